// Words that anyone may say to the bot, and what it says to them, by language. A wish is the whole of what somebody says: a sentence that holds one of these words is none.

export const wishes = ['stop', 'come back', 'delete', 'not here', 'forget me', 'what do you know'] as const;
export type Wish = (typeof wishes)[number];

interface Language {
  /** What makes a request of anything. */
  readonly please: string;
  /** What else may stand around a wish: bot, now, thanks. */
  readonly polite: string;
  /** How somebody begins to ask for it: can you; in Japanese, how he ends. */
  readonly asks: string;
  /** Stops that people say of other things too, or that are other words as well: wishes only with an exclamation mark and nothing else, or asked for. */
  readonly weak: string;
  /** Several ways to say one are separated by `|`; of `{a/b/}` one is said, or nothing where one is empty. */
  readonly says: Readonly<Record<Wish, string>>;
  readonly answers: Readonly<Record<Wish, string>>;
  readonly goodnight: string;
  readonly neutral: string;
}

export const languages: Readonly<Record<string, Language>> = {
  en: {
    please: 'please|pls|plz|kindly|i beg you',
    polite: 'bot|now|right now|thanks|thank you|thx|just|immediately|hey|hi|hello|dear|ok|okay|sorry',
    asks: 'can you|could you|would you|will you|can u|could u|i want you to|i would like you to|id like you to|i need you to|you should|you must|you need to|you have to',
    weak: 'enough|that is enough|thats enough',
    says: {
      stop: 'stop{ it/ that/ this/}|stop {replying/responding/answering/posting/talking/writing/tweeting}{ to me/ to my posts/}{ anymore/ any more/}|stop {answering/tagging/mentioning/bothering/pestering/harassing/annoying/following/spamming/contacting/messaging/pinging/quoting} me|{dont/do not/never/no longer} {reply/respond/write/talk}{ to me/ to my posts/}{ anymore/ any more/ again/ ever again/ ever/}|{dont/do not/never/no longer} {answer/mention/tag/bother/contact/quote/message} me{ anymore/ any more/ again/ ever again/}|leave me {alone/be/in peace}|go away|get lost|fuck off|piss off|shut up|{/i want to /i would like to /id like to /i }{opt out/optout}|opt me out|unsubscribe{ me/}|no more {replies/answers}|i dont want {your/any more/more} {replies/answers}|no bots|block me|mute me',
      'come back': 'come back|opt in|opt me in|optin|resubscribe|start{ again/}|{you may /you can /}{answer me/reply to me/talk to me} again|you {may/can} come back|unstop',
      delete: '{delete/remove/erase}{ this/ it/ that/ {your/this/that/the} {reply/post/answer/comment/tweet/toot}/}|take {it/this/that/your reply/your post} down|take down {it/this/that/your reply/your post}|undo',
      'not here': 'not here|not in this {thread/conversation}|stay out{ of {this/it}{ thread/ conversation/}/}|{dont/do not} {reply/answer/post} here|not now|leave this {thread/conversation}|stop in this thread|{be quiet/quiet/no bots} here|leave us alone',
      'forget me': 'forget {me/about me/everything/everything about me/all about me}|erase me|delete me|{delete/erase/remove} {my data/all my data/all of my data/my information/{everything/all} {about me/you have on me/you know about me}}|delete my posts from your memory',
      'what do you know': 'what do you {know/have/keep/store/hold/remember} {about/of/on} me|what {data/information/info} do you {have/keep/store/hold} {about/of/on} me|what have you {stored/saved/kept/collected} {about/on} me|what is {stored/kept/known} about me|{show me /show /}my data|data about me',
    },
    answers: {
      stop: 'Understood: you will not hear from me again. Say “come back” to me if you ever miss it.', 'come back': 'Glad to be asked. I answer you again from now on.', delete: 'It is gone.', 'not here': 'I stay out of this thread.',
      'forget me': 'Done: what I kept about you is erased. Of this message only its number stays, so that I do not answer it twice.',
      'what do you know': 'I keep {count} of your mentions, the oldest from {since}: who asked and when; where I answered, also your question word for word, what I read for it, and my answer. No profile, nothing guessed. It goes after {days} days; say “forget me” and it goes now.',
    },
    goodnight: 'I suspect we could both go on for ever, so one of us should be the first to say it: good night.', neutral: 'I will pass on this one.',
  },
  fr: {
    please: 's il te plait|s il vous plait|svp|stp|merci de|je t en prie|je vous en prie',
    polite: 'merci|bot|le bot|robot|maintenant|tout de suite|bonjour|salut|desole|desolee',
    asks: 'peux tu|tu peux|pouvez vous|vous pouvez|pourrais tu|pourriez vous|tu pourrais|vous pourriez|est ce que tu peux|est ce que vous pouvez|veuillez|je te demande de|je vous demande de|je voudrais',
    weak: 'ca suffit|assez|basta',
    says: {
      stop: 'stop|{arrete/arretez/arreter/cesse/cessez/cesser}{ ca/ cela/ de repondre/ de me repondre/ de repondre a mes messages/ de m embeter/ de me parler/ de m ecrire/ de me mentionner/}|ne {me reponds/me repondez/m ecris/m ecrivez/me parle/me parlez/me mentionne/me mentionnez} {plus/plus jamais/pas}|ne {plus/pas/plus jamais} me repondre|{me reponds/reponds/reponds moi} {plus/pas}|ne {reponds/repondez} {plus/pas}|{laisse/laissez} moi {tranquille/en paix}|me laisser {tranquille/en paix}|{fous/fiche/foutez/fichez} moi la paix|{tais toi/taisez vous/ta gueule}|{va t en/allez vous en/degage/casse toi}|desinscription|{desinscris/desinscrivez} moi|me desinscrire|plus de reponses',
      'come back': 'reviens|revenez|{reponds/repondez} moi {a nouveau/de nouveau/encore}|{tu peux/vous pouvez} {revenir/me repondre {a/de} nouveau}|{reinscris/reinscrivez} moi',
      delete: '{supprime/supprimez/supprimer/efface/effacez/effacer/retire/retirez/retirer/enleve/enlevez/enlever}{ ca/ cela/ ceci/ le/ la/ {ta/votre/cette/la} reponse/ {ce/ton/votre} {message/post/tweet/pouet/commentaire}/}',
      'not here': 'pas ici|pas dans {ce fil/cette conversation/cette discussion}|{reste/restez} en dehors{ de ca/ de ce fil/}|ne {reponds/repondez} pas ici|pas de bot ici|tais toi ici',
      'forget me': '{oublie/oubliez/oublier} {moi/tout{/ de moi/ sur moi}}|m oublier|{efface/effacez/effacer/supprime/supprimez/supprimer} {{toutes /}mes donnees/mes informations/tout sur moi}',
      'what do you know': '{que /qu est ce que /}{sais tu/savez vous/tu sais/vous savez} {de moi/sur moi/a mon sujet}|quelles {donnees/informations} {as tu/avez vous/tu as/vous avez} sur moi|que {gardes tu/gardez vous/conserves tu/conservez vous} sur moi|{montre moi /montrez moi /}mes donnees',
    },
    answers: {
      stop: 'Compris : vous ne m’entendrez plus. Dites-moi « reviens » si je vous manque.', 'come back': 'Avec plaisir. Je vous réponds de nouveau.', delete: 'C’est supprimé.', 'not here': 'Je reste en dehors de ce fil.',
      'forget me': 'C’est fait : ce que je gardais sur vous est effacé. De ce message il ne reste que le numéro, pour ne pas y répondre deux fois.',
      'what do you know': 'Je garde {count} de vos mentions, la plus ancienne du {since} : qui, quand ; là où j’ai répondu, aussi votre question mot pour mot, ce que j’ai lu et ma réponse. Aucun profil, rien de deviné. Tout part après {days} jours ; dites « oublie-moi » et c’est fait.',
    },
    goodnight: 'Je soupçonne que nous pourrions continuer longtemps, vous et moi. Je me dévoue : bonne nuit.', neutral: 'Je passe mon tour sur celle-ci.',
  },
  de: {
    please: 'bitte',
    polite: 'bot|jetzt|danke|vielen dank|sofort|mal|endlich|doch|lieber|hey|hallo|einfach',
    asks: 'kannst du|konntest du|wurdest du|konnen sie|konnten sie|wurden sie|du sollst|magst du',
    weak: 'es reicht|schluss{ damit/}|genug|basta|lass das',
    says: {
      stop: 'stop|stopp|hor auf{ damit/ zu antworten/ mir zu antworten/ zu schreiben/ mir zu schreiben/ zu nerven/ mich zu nerven/}|{horen sie/hort} auf|{damit /}aufhoren|{antworte/antwortet/antworten sie} {mir /}{nicht/nicht mehr/nie wieder/nie mehr}|schreib{e/} {mir /}{nicht/nicht mehr/nie wieder/nie mehr}|{mir /}{nicht/nicht mehr/nie wieder} {antworten/schreiben}|{lass/lasst/lassen sie} mich in {ruhe/frieden}|mich in ruhe lassen|geh weg|hau ab|verschwinde|verpiss dich|{sei/seid} {still/ruhig}|halt{ die klappe/ den mund/s maul/ die fresse}|abmelden|{melde /}mich {ab/abmelden}|ich will mich abmelden|keine antworten mehr|{sprich/rede} mich nicht mehr an|{erwahne/markiere} mich nicht mehr|nerv {nicht/mich nicht}',
      'come back': 'komm{en sie/} zuruck|antworte mir wieder|du darfst {wieder/zuruckkommen/{mir /}wieder antworten}|anmelden|melde mich wieder an',
      delete: '{losche/losch/loscht/loschen sie/entferne/entfern} {das/dies/es/das hier/{deine/diese/die/ihre} antwort/{deinen/diesen/den/ihren} {beitrag/post/kommentar/tweet/trot}}|losche|losch|loschen|{das/dies/es/{deine/diese/die} antwort/{deinen/diesen/den} {beitrag/post/kommentar/tweet}} {loschen/entfernen}|nimm das {zuruck/runter/weg}|weg damit',
      'not here': 'nicht hier|hier nicht|halt dich raus|nicht in {diesem thread/diesem faden/dieser unterhaltung/dieser diskussion}|bleib hier weg|misch dich nicht ein|keine bots hier|{antworte/schreib} hier nicht|hier nicht antworten',
      'forget me': '{vergiss/vergesst/vergessen sie} {mich/alles{/ uber mich/ von mir}}|mich vergessen|{losche/losch/loschen sie} {mich/meine daten/alle meine daten/alles uber mich/alles was du uber mich weisst}|{{alle /}meine daten/alles uber mich} loschen',
      'what do you know': 'was {weisst du/wissen sie/speicherst du/speichern sie/hast du/haben sie} {uber mich/von mir/zu mir}{ gespeichert/ gesammelt/}|welche daten {hast du/haben sie/speicherst du} {uber mich/von mir}{ gespeichert/}|was ist uber mich gespeichert|{zeig mir /zeige mir /}meine daten',
    },
    answers: {
      stop: 'Verstanden: Du hörst nichts mehr von mir. Sag „komm zurück“, falls ich dir fehle.', 'come back': 'Gern. Ab jetzt antworte ich dir wieder.', delete: 'Ist weg.', 'not here': 'Aus diesem Gespräch halte ich mich heraus.',
      'forget me': 'Erledigt: Was ich über dich hatte, ist gelöscht. Von dieser Nachricht bleibt nur die Nummer, damit ich sie nicht zweimal beantworte.',
      'what do you know': 'Ich habe {count} deiner Erwähnungen, die älteste vom {since}: wer gefragt hat und wann; wo ich geantwortet habe, auch deine Frage im Wortlaut, was ich dazu las, und meine Antwort. Kein Profil, nichts geraten. Nach {days} Tagen geht es; sag „vergiss mich“, und es geht sofort.',
    },
    goodnight: 'Ich fürchte, wir zwei könnten ewig so weitermachen. Einer muss es sagen: gute Nacht.', neutral: 'Hier setze ich eine Runde aus.',
  },
  es: {
    please: 'por favor|porfa|porfavor|te lo ruego',
    polite: 'bot|ahora|ahora mismo|gracias|ya|oye|hola|de una vez',
    asks: 'puedes|podrias|puede|podria|te pido que|haz el favor de|deberias',
    weak: 'para|pare|parar|basta|suficiente',
    says: {
      stop: 'stop|detente|detengase|{deja/deje/dejen/dejar/para/pare/parar} de {responder/responderme/contestar/contestarme/escribirme/molestarme/hablarme/mencionarme/etiquetarme}|no me {respondas/responda/contestes/conteste/escribas/hables/molestes/menciones/etiquetes}{ mas/ nunca mas/ nunca/}|no {respondas/contestes}{ mas/}|no {vuelvas/vuelva} a {responderme/contestarme/escribirme/hablarme}|{dejame/dejeme/dejenme/dejarme} {en paz/tranquilo/tranquila}|callate|callese|vete|vayase|largate|{quiero /}{darme/dame/deme} de baja|no quiero {mas respuestas/que me respondas}',
      'come back': 'vuelve|vuelva|regresa|regrese|puedes {volver/regresar}|{respondeme/contestame} {de nuevo/otra vez}|puedes {responderme/contestarme} {de nuevo/otra vez}',
      delete: '{borra/borre/borrar/elimina/elimine/eliminar/quita/quite/quitar}{ eso/ esto/ {tu/su/esta/la} {respuesta/publicacion}/ {este/tu/su} {mensaje/post/tuit/comentario}/}|{borra/borre/borrar/elimina/elimine/eliminar/quita/quitar}{lo/la}',
      'not here': 'aqui no|no aqui|en {este hilo/esta conversacion} no|no te metas{ aqui/}|sin bots aqui|no {respondas/contestes} aqui',
      'forget me': 'olvidame|olvideme|olvidarme|{olvidate/olvidese/olvidarte} de mi|olvida todo{ sobre mi/ de mi/}|{borra/borre/borrar/elimina/elimine/eliminar} {{todos /}mis datos/todo sobre mi/mi informacion}',
      'what do you know': 'que {sabes/sabe/guardas/guarda/tienes/recuerdas} {de/sobre/acerca de} mi|que {datos/informacion} {tienes/tiene/guardas/guarda} {de/sobre} mi|{muestrame /}mis datos',
    },
    answers: {
      stop: 'Entendido: no volverás a saber de mí. Dime «vuelve» si algún día me echas de menos.', 'come back': 'Encantado. Desde ahora te respondo otra vez.', delete: 'Ya no está.', 'not here': 'Me quedo fuera de este hilo.',
      'forget me': 'Hecho: lo que guardaba sobre ti está borrado. De este mensaje solo queda el número, para no responderlo dos veces.',
      'what do you know': 'Guardo {count} de tus menciones, la más antigua del {since}: quién preguntó y cuándo; si respondí, también tu pregunta palabra por palabra, lo que leí y mi respuesta. Sin perfil ni suposiciones. Se va a los {days} días; di «olvídame» y se va ya.',
    },
    goodnight: 'Sospecho que tú y yo podríamos seguir así eternamente. Alguien tiene que decirlo: buenas noches.', neutral: 'En esta paso.',
  },
  pt: {
    please: 'por favor|pf|pfv|se faz favor|faz favor',
    polite: 'bot|robo|agora|obrigado|obrigada|ja|oi|ola|de uma vez',
    asks: 'pode|podes|poderia|podias|voce pode|voce poderia|quero que',
    weak: 'para|pare|parar|chega|basta',
    says: {
      stop: 'stop|{para/pare/parar/deixa/deixe/deixar} de {responder/me responder/responder me/me escrever/escrever me/me incomodar/incomodar me/me chatear/falar comigo/me mencionar/me marcar}|nao {me responda/me respondas/me responde/responda/respondas/fale comigo/fales comigo/me escreva/me escrevas/me incomode/me incomodes/me marque/me marques}{ mais/ nunca mais/}|nunca mais me {responda/respondas}|{me deixa/me deixe/deixa me/deixe me/me deixar} em paz|{cala/cale} a boca|cala te|vai embora|va embora|vai te embora|{quero /}sair da lista|me descadastr{e/a}|descadastrar|nao quero {mais respostas/que me {responda/respondas}}',
      'come back': 'volta|volte|pode{s/} voltar|responde me de novo|pode me responder de novo|me responde de novo',
      delete: '{apaga/apague/apagar/remova/remover/exclua/exclui/excluir/deleta/deletar/elimina/eliminar}{ isso/ isto/ {a /}{tua/sua} resposta/ {a/esta/essa} {resposta/mensagem}/ {o/este/esse/teu/seu} {post/tweet/comentario}/}|remove {isso/isto/a resposta/a tua resposta}',
      'not here': 'aqui nao|nao aqui|neste fio nao|nesta {conversa/discussao} nao|{fica/fique} fora {disto/disso}|sem bots aqui|nao {responda/respondas} aqui',
      'forget me': '{esquece/esqueca/esquecer} me|me {esquece/esqueca/esquecer}|{esquece/esqueca} {de mim/tudo{/ sobre mim}}|{apaga/apague/apagar/exclua/excluir/remova} {{todos os /os /}meus dados/tudo sobre mim}',
      'what do you know': 'o que {sabes/voce sabe/guardas/voce guarda/tens/voce tem/sabe} {de/sobre} mim|que dados {tens/voce tem/guardas/voce guarda} {de/sobre} mim|{mostra me /mostre /}{os /}meus dados',
    },
    answers: {
      stop: 'Entendido: não vais ouvir mais de mim. Diz «volta» se um dia sentires falta.', 'come back': 'Com gosto. A partir de agora respondo-te outra vez.', delete: 'Já não está lá.', 'not here': 'Fico fora desta conversa.',
      'forget me': 'Feito: o que eu guardava sobre ti foi apagado. Desta mensagem fica só o número, para não responder duas vezes.',
      'what do you know': 'Guardo {count} das tuas menções, a mais antiga de {since}: quem perguntou e quando; onde respondi, também a tua pergunta palavra por palavra, o que li e a minha resposta. Nenhum perfil, nada adivinhado. Desaparece após {days} dias; diz «esquece-me» e é já.',
    },
    goodnight: 'Desconfio que nós dois podíamos continuar para sempre. Alguém tem de o dizer: boa noite.', neutral: 'Desta vez passo.',
  },
  it: {
    please: 'per favore|perfavore|per piacere|per cortesia|ti prego',
    polite: 'bot|adesso|ora|grazie|subito|ciao|scusa',
    asks: 'puoi|potresti|puo|potrebbe|dovresti|ti chiedo di',
    weak: 'basta|zitto|smettere',
    says: {
      stop: 'stop|fermati|si fermi|fermarti|smettila|smettetela|la smetta|smetterla|finiscila|{smetti/smetta/smettere/smettila/smetterla} di {rispondere/rispondermi/scrivermi/disturbarmi/parlarmi/taggarmi/menzionarmi}|smetti|non {rispondermi/rispondere/scrivermi/parlarmi/disturbarmi/menzionarmi/taggarmi}{ piu/ mai piu/}|non mi {rispondere/scrivere/parlare/disturbare/risponda/taggare}{ piu/ mai piu/}|{lasciami/mi lasci/lasciarmi} {in pace/stare}|{sta/stai/stia} zitto|taci|chiudi {il becco/la bocca}|vattene|vai via|va via|sparisci|disiscrivimi|basta {risposte/rispondere/rispondermi/cosi}',
      'come back': 'torna{ qui/}|ritorna|puoi tornare|{puoi /}rispondermi di nuovo|rispondimi di nuovo',
      delete: '{cancella/cancelli/cancellare/elimina/elimini/eliminare/rimuovi/rimuova/rimuovere/togli}{ questo/ quello/ {questa/quella/la/la tua} risposta/ {il tuo/questo/il} {post/messaggio/commento/tweet}/}|{cancella/cancellar/elimina/eliminar/rimuovi/rimuover/togli/toglier}{lo/la}',
      'not here': 'non qui|qui no|stanne fuori|resta fuori|non in questa {discussione/conversazione}|niente bot qui|non rispondere qui',
      'forget me': 'dimenticami|dimenticarmi|dimenticati di me|dimentica {me/tutto{/ di me/ su di me}}|{cancella/cancelli/cancellare/elimina/eliminare} {{tutti /}i miei dati/tutto {di/su di} me}|cancellami|eliminami',
      'what do you know': '{cosa/che cosa/che} {sai/sa/conosci/ricordi/conservi/tieni} {di me/su di me/sul mio conto}|{che/quali} {dati/informazioni} {hai/ha/conservi} {su di me/di me}|{mostrami /}i miei dati',
    },
    answers: {
      stop: 'Capito: non mi sentirai più. Dimmi «torna» se ti manco.', 'come back': 'Volentieri. Da ora ti rispondo di nuovo.', delete: 'Non c’è più.', 'not here': 'Resto fuori da questa discussione.',
      'forget me': 'Fatto: quello che tenevo su di te è cancellato. Di questo messaggio resta solo il numero, per non rispondere due volte.',
      'what do you know': 'Tengo {count} delle tue menzioni, la più vecchia del {since}: chi ha chiesto e quando; dove ho risposto, anche la tua domanda parola per parola, ciò che ho letto e la mia risposta. Nessun profilo, niente di indovinato. Sparisce dopo {days} giorni; di’ «dimenticami» e sparisce ora.',
    },
    goodnight: 'Ho il sospetto che noi due potremmo andare avanti per sempre. Qualcuno deve dirlo: buonanotte.', neutral: 'Questa la salto.',
  },
  nl: {
    please: 'alsjeblieft|alstublieft|asjeblieft|aub|svp',
    polite: 'bot|nu|bedankt|dank je|dank u|meteen|hoi|hallo|eens|toch|even|gewoon',
    asks: 'kun je|kan je|kunt u|wil je|wilt u|zou je|zou u|je moet|kan jij|wil jij',
    weak: 'genoeg|basta',
    says: {
      stop: 'stop{ ermee/ er mee/ daarmee/ hiermee/}|{ermee /daarmee /}stoppen|{hou/houd} {op/ermee op/daarmee op}|{ermee /}ophouden|{stop/stoppen/hou op/houd op/ophouden} met {antwoorden/reageren/{mij/me} te antwoorden/op mij te reageren/{mij/me} lastig te vallen/schrijven}|antwoord {me/mij} niet{ meer/}|{antwoord/reageer} niet{ meer/}{ op mij/ op mijn berichten/}|{niet/nooit} meer {antwoorden/reageren}{ op mij/}|laat {me/mij} met rust|{me/mij} met rust laten|ga weg|rot op|donder op|{hou/houd} je {mond/kop/bek}|uitschrijven|afmelden|{schrijf/meld} {me/mij} {uit/af}|val {me/mij} niet {meer /}lastig|{noem/tag/vermeld} {me/mij} niet meer|geen {antwoorden/reacties} meer',
      'come back': 'kom terug|je mag weer|antwoord {me/mij} weer|je mag {me/mij} weer antwoorden|je mag terugkomen',
      delete: '{verwijder/wis/verwijderen/wissen}{ dit/ dat/ het/ {je/jouw/uw/dit/het} {antwoord/bericht}/ {je/jouw/uw/deze/die/de} {reactie/post/tweet}/}|{dit/dat/{je/dit} {antwoord/bericht}/{je/deze} {reactie/post}} {verwijderen/wissen/weghalen}|haal{ dit/ dat/ het/ je reactie/ je antwoord/} weg|weg ermee',
      'not here': 'niet hier|hier niet|blijf erbuiten|bemoei je er niet mee|niet in {dit draadje/dit gesprek/deze discussie}|geen bots hier|{reageer/antwoord} hier niet',
      'forget me': 'vergeet {me/mij/alles{/ over mij/ over me/ van mij}}|{me/mij} vergeten|{wis/verwijder/wissen/verwijderen} {{al /}mijn gegevens/mijn data/alles over {mij/me}}|{{al /}mijn gegevens/alles over {mij/me}} {wissen/verwijderen}',
      'what do you know': 'wat {weet/bewaar/heb/onthoud} {je/jij} {over/van} {mij/me}|wat {weet/bewaart/heeft} u {over/van} {mij/me}|welke {gegevens/data/informatie} {heb je/heeft u/bewaar je} {over/van} {mij/me}|mijn gegevens|laat mijn gegevens zien',
    },
    answers: {
      stop: 'Begrepen: je hoort niets meer van mij. Zeg “kom terug” als je me mist.', 'come back': 'Graag. Vanaf nu antwoord ik je weer.', delete: 'Het is weg.', 'not here': 'Ik blijf uit dit draadje.',
      'forget me': 'Klaar: wat ik over je bewaarde is gewist. Van dit bericht blijft alleen het nummer, zodat ik het niet twee keer beantwoord.',
      'what do you know': 'Ik bewaar {count} van je vermeldingen, de oudste van {since}: wie vroeg en wanneer; waar ik antwoordde ook je vraag woord voor woord, wat ik erbij las en mijn antwoord. Geen profiel, niets geraden. Het gaat na {days} dagen weg; zeg “vergeet me” en het gaat nu.',
    },
    goodnight: 'Ik vermoed dat wij samen eeuwig door kunnen gaan. Iemand moet het zeggen: welterusten.', neutral: 'Deze laat ik voorbijgaan.',
  },
  ja: {
    please: 'ください|下さい|お願いします|お願い|どうか|頼む|頼みます|ちょうだい|頂戴',
    polite: 'もう|ボット|ボットさん|さん|今すぐ|ね|よ|二度と|これ以上|すみません|ごめん|ありがとう|本当に|いい加減',
    asks: 'くれ|くれる|くれますか|くれませんか|くれない|くれないか|もらえる|もらえますか|もらえませんか|いただけますか|いただけませんか|ほしい|ほしいです|欲しい|欲しいです',
    weak: '停止|もういい|もういいです|結構です',
    says: {
      stop: '{やめて/止めて/やめろ/止めろ/やめなさい}|ストップ|{返信/返事/リプ/リプライ/返答/回答/メンション/反応}{を/は/}{しないで/するな/やめて/やめろ/止めて/不要/不要です/いらない/いりません/要りません}|話しかけ{ないで/るな/てこないで}|絡まないで|絡んでこないで|{放って/ほうって/ほっと/ほって/放っと}{おいて/いて}|ほっといて|黙って{/て}|黙れ|うるさい|{構わ/かまわ/関わら/答え}ないで|消えて|あっち{行/い}って|配信停止{して/}|停止して',
      'come back': '{戻って/帰って}{きて/来て/}|また{返信して/返事して/答えて}|{返信を/返事を/}再開{して/}',
      delete: '消して|削除{して/}|取り消して|取り下げて|{これ/それ/{この/その/あなたの/今の/}{投稿/返信/返事/リプ/リプライ/ポスト/ツイート/メッセージ}}{を/}{消して/削除して/削除/取り消して}',
      'not here': 'ここ{では/は/に/には}{やめて/いい/返信しないで/来ないで/答えないで}|この{スレッド/スレ/会話}{では/には/に}{やめて/返信しないで/来ないで/入ってこないで}|入ってこないで|口を{出さないで/挟まないで}',
      'forget me': '忘れて|私{を/のこと/のことを/のことは/について}{全部/すべて/}忘れて|{全部/すべて}忘れて|{私の/}{データ/情報/個人情報}{を/}{全部/すべて/}{消して/削除して/消去して/忘れて}',
      'what do you know': '私{について/のことを/のこと/に関して/の}{何を/何/なにを/どれだけ/どこまで/どんなことを}知って{いる/る/いますか/ますか/いるの/るの/いるか}|私{について/のことを/のこと}何を{保存して/記録して/覚えて/持って}{いる/る/いますか/ますか}|私{の/についての}{データ/情報}{を見せて/を教えて/}|私について知っていることを教えて',
    },
    answers: {
      stop: '承知しました。もう返信しません。気が変わったら「戻ってきて」とどうぞ。', 'come back': '喜んで。これからまたお返事します。', delete: '消しました。', 'not here': 'このスレッドでは黙っています。',
      'forget me': '完了です。あなたについて持っていたものは消しました。このメッセージは番号だけ残し、二度答えないようにします。',
      'what do you know': 'あなたからの呼びかけを{count}件、最古は{since}。誰がいつ、答えたものは質問の原文、読んだもの、私の答えも持っています。プロフィールも推測もなし。{days}日で自然に消え、「忘れて」で今すぐ消えます。',
    },
    goodnight: 'このままだと二人で永遠に続きそうです。誰かが言わないと。おやすみなさい。', neutral: '今回は遠慮しておきます。',
  },
};
