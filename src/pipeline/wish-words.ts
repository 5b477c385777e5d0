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
  /** How its words are written in a hurry, and what is meant. */
  readonly short?: string;
  /** Several ways to say one are separated by `|`; of `{a/b/}` one is said, or nothing where one is empty. */
  readonly says: Readonly<Record<Wish, string>>;
  readonly answers: Readonly<Record<Wish, string>>;
  readonly goodnight: string;
  readonly neutral: string;
}

export const languages: Readonly<Record<string, Language>> = {
  en: {
    please: 'please|pls|plz|kindly|i beg you|pretty please|ffs|for {god/fuck/gods/fucks/god s/fuck s} sake|for the love of god|{i am/im/i m} begging you',
    polite: 'bot|now|right now|thanks|thank you|thx|just|immediately|hey|hi|hello|dear|ok|okay|sorry|the {hell/fuck}|{fucking/fuckin/freaking/goddamn/damn/dammit/damn it}|already|finally|really|seriously|exactly|actually|man|dude|bro|mate|robot|{you/you stupid/stupid} bot|ever|from now on|so|well|then|i said|i told you{ to/}|i already said',
    asks: 'can you|could you|would you|will you|can u|could u|i want you to|i would like you to|id like you to|i need you to|you should|you must|you need to|you have to|can you all|could you all|i want u to|please can you|i would like it if you',
    weak: 'enough|that is enough|thats enough|cut it out|knock it off|quit it|be quiet|quiet|silence',
    short: 'u=you|ya=you|ur=your|abt=about|wat=what|wut=what|dnt=dont|kno=know|2=to',
    says: {
      stop: 'stop{ it/ that/ this/}|no stop|i said enough|quit {replying/responding/answering/talking/writing/posting/bothering}{ to me/ me/}|i {dont/do not} want {you to {reply/respond/write/talk} to me/you to answer me/to hear from you}{ anymore/ any more/ again/ ever again/}|i want to be left alone|{get/stay/keep} away from me|{get/stay/keep} out of my {mentions/replies}|stfu|gtfo|shut {it/your mouth}|stop {replying/responding/answering/posting/talking/writing/tweeting}{ to me/ to my posts/}{ anymore/ any more/}|stop {answering/tagging/mentioning/bothering/pestering/harassing/annoying/following/spamming/contacting/messaging/pinging/quoting/trolling/stalking} me|{dont/do not/never/no longer} {reply/respond/write/talk}{ to me/ to my posts/}{ anymore/ any more/ again/ ever again/ ever/}|{dont/do not/never/no longer} {answer/mention/tag/bother/contact/quote/message} me{ anymore/ any more/ again/ ever again/}|leave me {alone/be/in peace}|go away|get lost|fuck off|piss off|shut up|{/i want to /i would like to /id like to /i }{opt out/optout}|opt me out|unsubscribe{ me/}|no more {replies/answers}|i dont want {your/any more/more} {replies/answers}|no bots|block me|mute me',
      'come back': 'come back|opt in|opt me in|optin|resubscribe|start{ again/}|{you may /you can /}{answer me/reply to me/talk to me} again|you {may/can} come back|unstop|you can {reply/answer} again|talk to me again|i want you back',
      delete: '{delete/remove/erase}{ this/ it/ that/ {your/this/that/the} {reply/post/answer/comment/tweet/toot}/}|take {it/this/that/your reply/your post} down|take down {it/this/that/your reply/your post}|undo|get rid of {it/this/that}|{delete/remove} your {last/latest} {reply/post/answer}',
      'not here': 'not here|not in this {thread/conversation}|stay out{ of {this/it}{ thread/ conversation/}/}|{dont/do not} {reply/answer/post} here|not now|leave this {thread/conversation}|stop in this thread|{be quiet/quiet/no bots} here|leave us alone|keep out of this{ thread/ conversation/}|not in my {thread/replies}',
      'forget me': 'forget {me/about me/everything/everything about me/all about me}|erase me|delete me|{delete/erase/remove} {my data/all my data/all of my data/my information/{everything/all} {about me/you have on me/you know about me}}|delete my posts from your memory|{forget/delete/erase/remove/wipe} {everything/all/whatever/what}{ that/} you {know/have/remember/have stored/have saved} {about/on} me|forget{ that/} i {exist/existed}|{wipe/clear/purge/forget} {my data/all my data}',
      'what do you know': 'what do you {know/have/keep/store/hold/remember} {about/of/on} me|what {data/information/info} do you {have/keep/store/hold} {about/of/on} me|what have you {stored/saved/kept/collected} {about/on} me|what is {stored/kept/known} about me|{show me /show /}my data|data about me|{tell me /show me /}{what/what all/everything/all}{ that/} you {know/have/keep/store/remember} {about/of/on} me|what all do you know about me|what do you have {stored/saved} {about/on} me|what have you got on me|do you know {anything/something} about me|what data of mine do you {have/keep/store}',
    },
    answers: {
      stop: 'Understood: you will not hear from me again. Say “come back” to me if you ever miss it.', 'come back': 'Glad to be asked. I answer you again from now on.', delete: 'It is gone.', 'not here': 'I stay out of this thread.',
      'forget me': 'Done: what I kept about you is erased. Of this message only its number stays, so that I do not answer it twice.',
      'what do you know': 'I keep {count} of your mentions, the oldest from {since}: who asked and when; where I answered, also your question word for word, what I read for it, and my answer. No profile, nothing guessed. It goes after {days} days; say “forget me” and it goes now.',
    },
    goodnight: 'I suspect we could both go on for ever, so one of us should be the first to say it: good night.', neutral: 'I will pass on this one.',
  },
  fr: {
    please: 's il te plait|s il vous plait|svp|stp|merci de|je t en prie|je vous en prie|de grace|pitie|par pitie|je {t/vous} en supplie',
    polite: 'merci|bot|le bot|robot|maintenant|tout de suite|bonjour|salut|desole|desolee|donc|alors|bon|enfin|mais|{bordel/putain/merde}|oh|he|hein|franchement|exactement|vraiment|du coup|au juste|immediatement|un peu|mec|j ai dit{ de/}|sale bot',
    asks: 'peux tu|tu peux|pouvez vous|vous pouvez|pourrais tu|pourriez vous|tu pourrais|vous pourriez|est ce que tu peux|est ce que vous pouvez|veuillez|je te demande de|je vous demande de|je voudrais|veux tu|tu veux bien|voulez vous|est ce que tu pourrais|tu dois|vous devez|j aimerais',
    weak: 'ca suffit|assez|basta|chut|silence|suffit|tg|c est assez|ca suffit maintenant|maintenant ca suffit|assez maintenant',
    short: 'koi=quoi|qoi=quoi|ke=que|keske=qu est ce que|pr=pour',
    says: {
      stop: 'stop|{arrete/arretes/arretez/arreter/cesse/cessez/cesser}{ tout/ de parler/ de m {importuner/emmerder}/ de me {harceler/taguer/saouler}/ ca/ cela/ de repondre/ de me repondre/ de repondre a mes messages/ de m embeter/ de me parler/ de m ecrire/ de me mentionner/}|ne {me reponds/me repondez/m ecris/m ecrivez/me parle/me parlez/me mentionne/me mentionnez} {plus/plus jamais/pas}|ne {plus/pas/plus jamais} me repondre|{reponds/reponds moi/{ne /}{me {reponds/repond/repondez/parle/parles/parlez/mentionne/mentionnez/tague/taguez}/m {ecris/ecrivez}}} {plus/plus jamais/pas/jamais}|ne {reponds/repondez} {plus/pas}|{laisse/laisses/laissez} moi {tranquille/en paix}|{je veux/j aimerais/je voudrais/je souhaite} que {{tu arretes/vous arretiez}{ ca/ de repondre/ de me repondre/ de m ecrire/ de me parler/ de m embeter/}/{tu me laisses/vous me laissiez} {tranquille/en paix}/tu te taises/vous vous taisiez}|je {ne /}veux {plus/pas} {de {tes/vos} reponses/que tu me {repondes/parles/ecrives}/que vous me {repondiez/parliez/ecriviez}}|j ai dit {assez/ca suffit/basta}|me laisser {tranquille/en paix}|{fous/fiche/foutez/fichez} moi la paix|tais toi|taisez vous|ta gueule|vos gueules|{ferme/fermez} la|la ferme|{va t en/allez vous en/degage/degagez/casse toi/cassez vous/fous le camp/foutez le camp}|desinscription|{desinscris/desinscrivez} moi|me desinscrire|plus de reponses',
      'come back': 'reviens|revenez|{reponds/repondez} moi {a nouveau/de nouveau/encore}|{tu peux/vous pouvez} {revenir/me repondre {a/de} nouveau}|{reinscris/reinscrivez} moi|tu peux me {repondre/parler} a nouveau',
      delete: '{supprime/supprimez/supprimer/efface/effacez/effacer/retire/retirez/retirer/enleve/enlevez/enlever}{ ca/ cela/ ceci/ le/ la/ {ta/votre/cette/la} reponse/ {ce/ton/votre} {message/post/tweet/pouet/commentaire}/}|{supprimes/effaces/enleves/retires}{ ca/ ta reponse/ ce message/}|{supprime/supprimez/efface/effacez/enleve/enlevez/retire/retirez} {ta/votre} {derniere /}reponse',
      'not here': 'pas ici|pas dans {ce fil/cette conversation/cette discussion}|{reste/restez} en dehors{ de ca/ de ce fil/}|ne {reponds/repondez} pas ici|pas de bot ici|tais toi ici',
      'forget me': '{oublie/oublies/oubliez/oublier} {moi/tout{/ de moi/ sur moi}/{tout /}ce que {tu sais/vous savez/tu as/vous avez} {de moi/sur moi/a mon sujet/sur mon compte}/que j existe}|{efface/effacez/effacer/supprime/supprimez/supprimer} {tout /}ce que {tu sais/vous savez/tu as/vous avez} {de moi/sur moi/a mon sujet}|m oublier|{efface/effacez/effacer/supprime/supprimez/supprimer} {{toutes /}mes donnees/mes informations/tout sur moi}',
      'what do you know': '{que /qu est ce que /}{sais tu/savez vous/tu sais/vous savez} {de moi/sur moi/a mon sujet}|quelles {donnees/informations} {as tu/avez vous/tu as/vous avez} sur moi|que {gardes tu/gardez vous/conserves tu/conservez vous} sur moi|{montre moi /montrez moi /}mes donnees|{que /qu est ce que /quest ce que /{{dis/dites/montre/montrez} moi /}{tout /}ce que /}{tu {sais/as/gardes/conserves/connais}/vous {savez/avez/gardez/conservez/connaissez}} {de moi/sur moi/a mon sujet/sur mon compte}|qu est ce que {tu as/vous avez} {garde/enregistre} sur moi|{tu {sais/as/gardes/connais}/vous {savez/avez/gardez}} quoi{ comme {donnees/infos}/} {de moi/sur moi/a mon sujet}|{que /qu }{sais tu/savez vous/as tu/avez vous/gardes tu/gardez vous} {de moi/sur moi/a mon sujet/sur mon compte}|quelles infos {as tu/avez vous/tu as/vous avez} sur moi|{tu sais/sais tu/vous savez/savez vous} quelque chose {de/sur} moi',
    },
    answers: {
      stop: 'Compris : vous ne m’entendrez plus. Dites-moi « reviens » si je vous manque.', 'come back': 'Avec plaisir. Je vous réponds de nouveau.', delete: 'C’est supprimé.', 'not here': 'Je reste en dehors de ce fil.',
      'forget me': 'C’est fait : ce que je gardais sur vous est effacé. De ce message il ne reste que le numéro, pour ne pas y répondre deux fois.',
      'what do you know': 'Je garde {count} de vos mentions, la plus ancienne du {since} : qui, quand ; là où j’ai répondu, aussi votre question mot pour mot, ce que j’ai lu et ma réponse. Aucun profil, rien de deviné. Tout part après {days} jours ; dites « oublie-moi » et c’est fait.',
    },
    goodnight: 'Je soupçonne que nous pourrions continuer longtemps, vous et moi. Je me dévoue : bonne nuit.', neutral: 'Je passe mon tour sur celle-ci.',
  },
  de: {
    please: 'bitte|bitteschon|ich flehe dich an|ich bitte dich|um gottes willen|um himmels willen',
    polite: 'bot|jetzt|danke|vielen dank|sofort|mal|endlich|doch|lieber|hey|hallo|einfach|denn|eigentlich|so|schon|nun|also|nochmal|noch mal|{verdammt/verdammte scheisse/verflucht}{ nochmal/ noch mal/}|zum teufel|mensch|alter|ey|mann|man|ja|auch|genau|{du/blode/bloder/doofer} bot|ein fur alle mal|endgultig|ich {habe/hab} {gesagt/doch gesagt}|{habe/hab} ich gesagt|ich sagte',
    asks: 'kannst du|konntest du|wurdest du|konnen sie|konnten sie|wurden sie|du sollst|magst du|konnt ihr|konntet ihr|wurdet ihr|willst du|du musst|du solltest|kannste',
    weak: 'es reicht|schluss{ damit/}|genug|basta|lass das|schluss jetzt|{jetzt/mir} {reicht es/reichts/reicht s}|es reicht jetzt|ruhe|schnauze|klappe|{ich sagte/ich habe gesagt/ich hab gesagt} {genug/schluss/es reicht}',
    short: 'nich=nicht|net=nicht|ned=nicht|haste=hast du|weisste=weisst du|weiste=weisst du|weist=weisst|kannste=kannst du|wat=was',
    says: {
      stop: 'stop|stopp|{hor/hort/horen sie} auf{ damit/ zu {antworten/schreiben/nerven/reden}/ mir zu {antworten/schreiben}/ mich zu {nerven/belastigen/markieren/erwahnen/taggen}/ mit mir zu {reden/sprechen}/ auf mich zu reagieren/}|{ich {will/mochte}/ich wunsche mir} dass {du {/damit }aufhorst{ mir zu antworten/ mir zu schreiben/}/{sie/ihr} {/damit }{aufhoren/aufhort}/du mich in ruhe lasst/{sie/ihr} mich in ruhe {lassen/lasst}/du mir nicht mehr {antwortest/schreibst}}|ich {will/mochte} keine {antworten/antwort}{ mehr/ von dir/ mehr von dir}|{reagier/reagiere/reagiert/reagieren sie} {nicht mehr/nie wieder}{ auf mich/}|{sprich/rede/sprecht/redet} {nicht mehr/nie wieder} mit mir|{kontaktier/kontaktiere} mich {nicht mehr/nie wieder}|{geht/gehen sie} weg|haut ab|verschwindet|verschwinden sie|verpisst euch|zieh leine|{haltet/halten sie} {die klappe/den mund/die fresse}|halt die schnauze|{damit /}aufhoren|{antworte/antwortet/antworten sie} {mir /}{nicht/nicht mehr/nie wieder/nie mehr}|schreib{e/} {mir /}{nicht/nicht mehr/nie wieder/nie mehr}|{mir /}{nicht/nicht mehr/nie wieder} {antworten/schreiben}|{lass/lasst/lassen sie} mich in {ruhe/frieden}|mich in ruhe lassen|geh weg|hau ab|verschwinde|verpiss dich|{sei/seid} {still/ruhig}|halt{ die klappe/ den mund/s maul/ die fresse}|abmelden|{melde /}mich {ab/abmelden}|ich will mich abmelden|keine antworten mehr|{sprich/rede} mich nicht mehr an|{erwahne/markiere} mich nicht mehr|nerv {nicht/mich nicht}',
      'come back': 'komm{en sie/} zuruck|antworte mir wieder|du darfst {wieder/zuruckkommen/{mir /}wieder antworten}|anmelden|melde mich wieder an|kommt zuruck|du darfst mir wieder {schreiben/antworten}',
      delete: '{losche/losch/loscht/loschen sie/entferne/entfern} {das/dies/es/das hier/{deine/diese/die/ihre} antwort/{deinen/diesen/den/ihren} {beitrag/post/kommentar/tweet/trot}}|losche|losch|loschen|{das/dies/es/{deine/diese/die} antwort/{deinen/diesen/den} {beitrag/post/kommentar/tweet}} {loschen/entfernen}|nimm das {zuruck/runter/weg}|weg damit',
      'not here': 'nicht hier|hier nicht|halt dich raus|nicht in {diesem thread/diesem faden/dieser unterhaltung/dieser diskussion}|bleib hier weg|misch dich nicht ein|keine bots hier|{antworte/schreib} hier nicht|hier nicht antworten',
      'forget me': '{vergiss/vergesst/vergessen sie} {dass es mich gibt/{alles /}was {du/ihr/sie} {uber mich/von mir} {weisst/wisst/wissen/hast/habt/haben/gespeichert hast/gespeichert habt/gespeichert haben}/mich/alles{/ uber mich/ von mir}}|mich vergessen|{losche/losch/loschen sie} {mich/meine daten/alle meine daten/alles uber mich/alles was du uber mich weisst}|{{alle /}meine daten/alles uber mich} loschen|{losche/losch/loscht/loschen sie} {alles /}was {du/ihr/sie} {uber mich/von mir} {weisst/wisst/wissen/hast/habt/haben/gespeichert hast/gespeichert habt/gespeichert haben}|loscht {mich/meine daten/alle meine daten}',
      'what do you know': 'was {weisst du/wissen sie/speicherst du/speichern sie/hast du/haben sie} {uber mich/von mir/zu mir}{ gespeichert/ gesammelt/}|welche daten {hast du/haben sie/speicherst du} {uber mich/von mir}{ gespeichert/}|was ist uber mich gespeichert|{zeig mir /zeige mir /}meine daten|was {weisst du/wisst ihr/wissen sie/hast du/habt ihr/haben sie/speicherst du/speichert ihr/merkst du dir} {alles /}{uber mich/von mir/zu mir}{ alles/ gespeichert/ gesammelt/ gemerkt/}|{sag/sage/sagt/sagen sie/zeig/zeige/erzahl/erzahle} mir {alles /}was {du/ihr/sie} {uber mich/von mir} {weisst/wisst/wissen/hast/habt/haben/gespeichert hast}|{weisst du/hast du/wissen sie} {etwas/was/irgendwas/irgendetwas} uber mich|welche {infos/informationen/daten} {hast du/habt ihr/haben sie/speicherst du} {uber mich/von mir}{ gespeichert/}',
    },
    answers: {
      stop: 'Verstanden: Du hörst nichts mehr von mir. Sag „komm zurück“, falls ich dir fehle.', 'come back': 'Gern. Ab jetzt antworte ich dir wieder.', delete: 'Ist weg.', 'not here': 'Aus diesem Gespräch halte ich mich heraus.',
      'forget me': 'Erledigt: Was ich über dich hatte, ist gelöscht. Von dieser Nachricht bleibt nur die Nummer, damit ich sie nicht zweimal beantworte.',
      'what do you know': 'Ich habe {count} deiner Erwähnungen, die älteste vom {since}: wer gefragt hat und wann; wo ich geantwortet habe, auch deine Frage im Wortlaut, was ich dazu las, und meine Antwort. Kein Profil, nichts geraten. Nach {days} Tagen geht es; sag „vergiss mich“, und es geht sofort.',
    },
    goodnight: 'Ich fürchte, wir zwei könnten ewig so weitermachen. Einer muss es sagen: gute Nacht.', neutral: 'Hier setze ich eine Runde aus.',
  },
  es: {
    please: 'por favor|porfa|porfavor|te lo ruego|xfa|xfavor|x favor|se lo ruego|te lo suplico|por el amor de dios|por dios',
    polite: 'bot|ahora|ahora mismo|gracias|ya|oye|hola|de una vez|pues|entonces|hombre|{tio/tia}|{joder/cono/carajo/mierda}|vale|venga|anda|bueno|a ver|exactamente|realmente|en serio|robot|usted|inmediatamente|maldita sea|maldito bot|{ya /}{te /}{he dicho/dije}{ que/}',
    asks: 'puedes|podrias|puede|podria|te pido que|haz el favor de|deberias|quiero que|necesito que|exijo que|le pido que|pueden|podrian|podeis|podriais|quieres|debes|tienes que|{haga/hazme/hagan} el favor de|deberian',
    weak: 'para|pare|parar|basta|suficiente|paren|parad|pares|{para/pare/paren/parad/basta/pares} ya|ya basta|ya para|para de una vez|silencio|ya esta bien|es suficiente|ya es suficiente',
    short: 'q=que|k=que|d=de|x=por|sbs=sabes',
    says: {
      stop: 'stop|detente|detengase|{deja/deje/dejen/dejad/dejar/dejes/para/pare/paren/parad/parar/pares} de {molestar/contactarme/comentar/responder/responderme/contestar/contestarme/escribirme/molestarme/hablarme/mencionarme/etiquetarme}|no me {respondas/responda/respondan/contestes/conteste/contesten/escribas/escriba/escriban/hables/hable/hablen/molestes/moleste/molesten/menciones/mencione/etiquetes/etiquete}{ mas/ nunca mas/ nunca/ otra vez/}|no {respondas/responda/respondan/contestes/conteste/contesten}{ mas/ nunca mas/}|no {vuelvas/vuelva/vuelvan} a {responderme/contestarme/escribirme/hablarme}|{dejame/dejeme/dejenme/dejadme/dejarme/me dejes/me deje/me dejen} {en paz/tranquilo/tranquila}|callate{ la boca/}|callese|callense|callaos|te calles|se calle|cierra {el pico/la boca}|calla la boca|vete de aqui|vayanse|larguense|larguese|fuera de aqui|{ya /}{te /}{he dicho/dije} {basta/que basta/que pares/que pare/que ya}|vete|vayase|largate|{quiero /}{darme/dame/deme} de baja|no quiero {mas respuestas/que me respondas}',
      'come back': 'vuelve|vuelva|regresa|regrese|puedes {volver/regresar}|{respondeme/contestame} {de nuevo/otra vez}|puedes {responderme/contestarme} {de nuevo/otra vez}|vuelvan|volved|puedes volver a {responderme/contestarme/hablarme}',
      delete: '{borra/borre/borrar/elimina/elimine/eliminar/quita/quite/quitar}{ eso/ esto/ {tu/su/esta/la} {respuesta/publicacion}/ {este/tu/su} {mensaje/post/tuit/comentario}/}|{borra/borre/borrar/elimina/elimine/eliminar/quita/quitar}{lo/la}|{borra/borre/elimina/elimine/quita} {tu/su} ultima {respuesta/publicacion}|{borre/elimine/quite/borren/eliminen}lo',
      'not here': 'aqui no|no aqui|en {este hilo/esta conversacion} no|no te metas{ aqui/}|sin bots aqui|no {respondas/contestes} aqui',
      'forget me': 'olvidame|olvideme|olvidenme|olvidadme|olvidarme|{olvidate/olvidese/olvidense/olvidaos/olvidarte/te olvides} de {mi/que existo}|{olvida/olvide/olviden/olvidad/olvidar} {todo{ sobre mi/ de mi/}/{todo lo/lo/todo} que {sabes/sabe/saben/sepas/tienes/tiene/guardas/guarda} {de/sobre} mi}|{borra/borre/borren/borrad/borrar/elimina/elimine/eliminar} {todo lo/lo/todo} que {sabes/sabe/saben/tienes/tiene/guardas} {de/sobre} mi|{borra/borre/borrar/elimina/elimine/eliminar} {{todos /}mis datos/todo sobre mi/mi informacion}',
      'what do you know': 'que {sabes/sabe/guardas/guarda/tienes/recuerdas} {de/sobre/acerca de} mi|que {datos/informacion} {tienes/tiene/guardas/guarda} {de/sobre} mi|{muestrame /}mis datos|{tu /y /y tu /}que {sabes/sabe/saben/sabeis/guardas/guarda/tienes/tiene/recuerdas/conoces/almacenas}{ tu/ vos/} {de/sobre/acerca de} mi|que {tienes/tiene/tienen} {guardado/almacenado} {de/sobre} mi|{dime/digame/cuentame/muestrame/ensename} {todo lo que/lo que/que} {sabes/sabe/tienes/tiene} {de/sobre/acerca de} mi|sabes algo {de/sobre} mi|que datos {mios/de mi/mios} {tienes/guardas}',
    },
    answers: {
      stop: 'Entendido: no volverás a saber de mí. Dime «vuelve» si algún día me echas de menos.', 'come back': 'Encantado. Desde ahora te respondo otra vez.', delete: 'Ya no está.', 'not here': 'Me quedo fuera de este hilo.',
      'forget me': 'Hecho: lo que guardaba sobre ti está borrado. De este mensaje solo queda el número, para no responderlo dos veces.',
      'what do you know': 'Guardo {count} de tus menciones, la más antigua del {since}: quién preguntó y cuándo; si respondí, también tu pregunta palabra por palabra, lo que leí y mi respuesta. Sin perfil ni suposiciones. Se va a los {days} días; di «olvídame» y se va ya.',
    },
    goodnight: 'Sospecho que tú y yo podríamos seguir así eternamente. Alguien tiene que decirlo: buenas noches.', neutral: 'En esta paso.',
  },
  pt: {
    please: 'por favor|pf|pfv|se faz favor|faz favor|porfavor|pfvr|pelo amor de deus|por amor de deus|eu imploro|te imploro',
    polite: 'bot|robo|agora|obrigado|obrigada|ja|oi|ola|de uma vez|entao|pois|{cara/mano}|{porra/caralho/caramba/merda}|afinal|exatamente|mesmo|logo|imediatamente|ei|ai|hein|desculpa|desculpe|realmente|{eu /}{ja /}disse|{eu /}{ja /}falei',
    asks: 'pode|podes|poderia|podias|voce pode|voce poderia|quero que|{quero/preciso/gostaria} que {voce/tu/voces}|gostaria que|preciso que|podem|poderiam|voces {podem/poderiam}|da {pra/para}|quer|voce deve|tens de|voce tem que',
    weak: 'para|pare|parar|chega|basta|parem|pares|ja chega|{para/pare/parem/chega/basta} {ja/agora}|ja basta|silencio|chega disso|chega disto',
    short: 'vc=voce|vcs=voces|ce=voce|oq=o que|oque=o que|q=que|k=que|n=nao|naum=nao|pra=para',
    says: {
      stop: 'stop|{para/pare/parem/pares/parar/deixa/deixe/deixem/deixar} de {me seguir/encher o saco/falar/responder as minhas mensagens/responder/me responder/responder me/me escrever/escrever me/me incomodar/incomodar me/me chatear/falar comigo/me mencionar/me marcar}|nao {me respondam/respondam/me fale/me fales/me contate/me responda/me respondas/me responde/responda/respondas/fale comigo/fales comigo/me escreva/me escrevas/me incomode/me incomodes/me marque/me marques}{ mais/ nunca mais/}|nunca mais me {responda/respondas}|{me deixa/me deixe/me deixem/deixa me/deixe me/deixem me/me deixar} em paz|{cala/cale/calem} {a/essa} boca|cala te|cale se|se cale|{para/pare/parem} com {isso/isto}|some daqui|cai fora|sai fora|{eu /}{ja /}{disse/falei} {chega/basta/para/pare/pra parar/para parar}|vai embora|va embora|vai te embora|{quero /}sair da lista|me descadastr{e/a}|descadastrar|nao quero {mais respostas/que me {responda/respondas}}',
      'come back': 'volta|volte|pode{s/} voltar|responde me de novo|pode me responder de novo|me responde de novo|voltem|{voce /}pode{s/} {me responder/responder me} {de novo/outra vez}',
      delete: '{apaga/apague/apagar/remova/remover/exclua/exclui/excluir/deleta/deletar/elimina/eliminar}{ isso/ isto/ {a /}{tua/sua} resposta/ {a/esta/essa} {resposta/mensagem}/ {o/este/esse/teu/seu} {post/tweet/comentario}/}|remove {isso/isto/a resposta/a tua resposta}|{apaga/apague/exclui/exclua/remove/remova} {a tua/a sua/tua/sua} ultima {resposta/mensagem}',
      'not here': 'aqui nao|nao aqui|neste fio nao|nesta {conversa/discussao} nao|{fica/fique} fora {disto/disso}|sem bots aqui|nao {responda/respondas} aqui',
      'forget me': '{esquece/esqueca/esquecer} me|me {esquece/esqueca/esquecer}|{esquece/esqueca/esquecam/esquecer} {de mim/que eu existo/tudo{/ sobre mim}/{tudo o que/tudo que/o que} {sabes/voce sabe/tu sabes/sabe/sabem/voces sabem/tens/voce tem/tem} {de/sobre} mim}|{apaga/apague/apagar/exclui/exclua/excluir/remova/remover} {tudo o que/tudo que/o que} {sabes/voce sabe/tu sabes/sabe/tens/voce tem/tem} {de/sobre} mim|{apaga/apague/apagar/exclua/excluir/remova} {{todos os /os /}meus dados/tudo sobre mim}',
      'what do you know': 'o que {sabes/voce sabe/guardas/voce guarda/tens/voce tem/sabe} {de/sobre} mim|que dados {tens/voce tem/guardas/voce guarda} {de/sobre} mim|{mostra me /mostre /}{os /}meus dados|{o que/que/o que e que} {sabes/tu sabes/tu sabe/voce sabe/voces sabem/sabe/guardas/voce guarda/tens/tu tens/voce tem/tem}{ tu/ voce/ guardado/ salvo/} {de/sobre} mim|{me {diz/diga/fala/conta/mostra}/{diz/diga/conta/mostra} me} {tudo o que/tudo que/o que} {voce sabe/sabes/tu sabes/voce tem/tens} {de/sobre} mim|{voce sabe/sabes} {algo/alguma coisa} {de/sobre} mim',
    },
    answers: {
      stop: 'Entendido: não vais ouvir mais de mim. Diz «volta» se um dia sentires falta.', 'come back': 'Com gosto. A partir de agora respondo-te outra vez.', delete: 'Já não está lá.', 'not here': 'Fico fora desta conversa.',
      'forget me': 'Feito: o que eu guardava sobre ti foi apagado. Desta mensagem fica só o número, para não responder duas vezes.',
      'what do you know': 'Guardo {count} das tuas menções, a mais antiga de {since}: quem perguntou e quando; onde respondi, também a tua pergunta palavra por palavra, o que li e a minha resposta. Nenhum perfil, nada adivinhado. Desaparece após {days} dias; diz «esquece-me» e é já.',
    },
    goodnight: 'Desconfio que nós dois podíamos continuar para sempre. Alguém tem de o dizer: boa noite.', neutral: 'Desta vez passo.',
  },
  it: {
    please: 'per favore|perfavore|per piacere|per cortesia|ti prego|x favore|ti supplico|ve ne prego|la prego|per l amor di dio|per carita',
    polite: 'bot|adesso|ora|grazie|subito|ciao|scusa|allora|dai|ma|{cavolo/cazzo/merda}|insomma|dunque|esattamente|davvero|immediatamente|ehi|oh|eh|tu|lei|senti|robot|una buona volta|una volta per tutte|{te l /ti /}ho detto{ di/}',
    asks: 'puoi|potresti|puo|potrebbe|dovresti|ti chiedo di|vuoi|potete|potreste|devi|dovete|voglio che{ tu/ lei/}|vorrei che{ tu/ lei/}|le chiedo di|ti prego di',
    weak: 'basta|zitto|smettere|zitta|zitti|{ora/adesso} basta|basta {ora/adesso}|silenzio',
    short: 'ke=che|cs=cosa|kosa=cosa|nn=non',
    says: {
      stop: 'stop|fermati|fermatevi|si fermi|ti fermi|fermarti|smettila|smettetela|smettete|smetta|la smetta|la smettano|finitela|la finisca|piantala|piantatela|la pianti|smetterla|finiscila|{smetti/smetta/smettete/smettere/smettila/smettetela/smetterla/la smetta/piantala} di {parlare/scrivere/infastidirmi/tormentarmi/contattarmi/rompere/rispondere/rispondermi/scrivermi/disturbarmi/parlarmi/taggarmi/menzionarmi}|smetti|non {rispondetemi/scrivetemi/parlatemi/rispondete/rispondermi/rispondere/scrivermi/parlarmi/disturbarmi/menzionarmi/taggarmi}{ piu/ mai piu/}|non mi {rispondere/scrivere/parlare/disturbare/risponda/scriva/parli/disturbi/taggare}{ piu/ mai piu/}|{lasciami/lasciatemi/mi lasci/mi lasciate/lasciarmi} {in pace/stare}|{sta/stai/stia/state} {zitto/zitta/zitti}|taci|tacete|levati {dai piedi/di torno}|andatevene|vattene via|se ne vada|non voglio piu {risposte/sentirti/che mi {risponda/scriva/parli}}|{te l /}ho detto {basta/che basta}|chiudi {il becco/la bocca}|vattene|vai via|va via|sparisci|disiscrivimi|basta {risposte/rispondere/rispondermi/cosi}',
      'come back': 'torna{ qui/}|ritorna|puoi tornare|{puoi /}rispondermi di nuovo|rispondimi di nuovo|tornate|torni|puoi {scrivermi/parlarmi} di nuovo',
      delete: '{cancella/cancelli/cancellare/elimina/elimini/eliminare/rimuovi/rimuova/rimuovere/togli}{ questo/ quello/ {questa/quella/la/la tua} risposta/ {il tuo/questo/il} {post/messaggio/commento/tweet}/}|{cancella/cancellar/elimina/eliminar/rimuovi/rimuover/togli/toglier}{lo/la}|{cancella/cancelli/elimina/elimini/rimuovi} {la tua/la sua/la} ultima risposta',
      'not here': 'non qui|qui no|stanne fuori|resta fuori|non in questa {discussione/conversazione}|niente bot qui|non rispondere qui',
      'forget me': 'dimenticami|dimenticatemi|mi dimentichi|dimenticati che esisto|{dimentica/dimentichi/dimenticate/dimenticare} {tutto /}{quello/cio/quel} che {sai/sa/sapete/hai/ha} {di me/su di me/sul mio conto}|{cancella/cancelli/cancellare/elimina/elimini/eliminare} {tutto /}{quello/cio/quel} che {sai/sa/sapete/hai/ha} {di me/su di me}|dimenticarmi|dimenticati di me|dimentica {me/tutto{/ di me/ su di me}}|{cancella/cancelli/cancellare/elimina/eliminare} {{tutti /}i miei dati/tutto {di/su di} me}|cancellami|eliminami',
      'what do you know': '{cosa/che cosa/che} {sai/sa/conosci/ricordi/conservi/tieni} {di me/su di me/sul mio conto}|{che/quali} {dati/informazioni} {hai/ha/conservi} {su di me/di me}|{mostrami /}i miei dati|{cosa/che cosa/che} {sai/sa/sapete/conosci/ricordi/conservi/tieni/hai/ha/avete/memorizzi} {di me/su di me/su me/sul mio conto}|{cosa/che cosa/che} {hai/ha/avete} {salvato/memorizzato/registrato} {di me/su di me}|{dimmi/mi dica/ditemi/mostrami/fammi vedere} {cosa/che cosa/{tutto /}{quello/cio} che} {sai/sa/hai/ha} {di me/su di me}|sai qualcosa {di me/su di me}',
    },
    answers: {
      stop: 'Capito: non mi sentirai più. Dimmi «torna» se ti manco.', 'come back': 'Volentieri. Da ora ti rispondo di nuovo.', delete: 'Non c’è più.', 'not here': 'Resto fuori da questa discussione.',
      'forget me': 'Fatto: quello che tenevo su di te è cancellato. Di questo messaggio resta solo il numero, per non rispondere due volte.',
      'what do you know': 'Tengo {count} delle tue menzioni, la più vecchia del {since}: chi ha chiesto e quando; dove ho risposto, anche la tua domanda parola per parola, ciò che ho letto e la mia risposta. Nessun profilo, niente di indovinato. Sparisce dopo {days} giorni; di’ «dimenticami» e sparisce ora.',
    },
    goodnight: 'Ho il sospetto che noi due potremmo andare avanti per sempre. Qualcuno deve dirlo: buonanotte.', neutral: 'Questa la salto.',
  },
  nl: {
    please: 'alsjeblieft|alstublieft|asjeblieft|aub|svp|ajb|asjeblief|alsublieft|ik smeek je|in godsnaam|in hemelsnaam',
    polite: 'bot|nu|bedankt|dank je|dank u|meteen|hoi|hallo|eens|toch|even|gewoon|allemaal|eigenlijk|nou|dan|dus|precies|zoal|zo|ook|nog|maar|echt|man|joh|hee|he|onmiddellijk|direct|{verdomme/godverdomme/gvd}|robot|{stomme/rot} bot|ik zei{ toch/}|ik heb gezegd',
    asks: 'kun je|kan je|kunt u|wil je|wilt u|zou je|zou u|je moet|kan jij|wil jij|kunnen jullie|willen jullie|zouden jullie|u moet|jullie moeten|zou jij|kan u|wil u',
    weak: 'genoeg|basta|{het/nu/zo/nu is het/zo is het/het is} genoeg|genoeg nu|stil|stilte|kappen|kappen nou|ik zei genoeg',
    short: 'ff=even|wa=wat|nie=niet|nt=niet|ge=je|gij=je',
    says: {
      stop: 'stop{ ermee/ er mee/ daarmee/ hiermee/}|{ermee /daarmee /}stoppen|{hou/houd} {op/ermee op/daarmee op}|{ermee /}ophouden|{stop/stopt/stoppen/hou op/houd op/houdt op/ophouden/kap} met {{antwoorden/reageren} op {mij/me/mijn berichten/mijn posts}/praten tegen {mij/me}/{mij/me} te {taggen/noemen/vermelden/volgen}/antwoorden/reageren/{mij/me} te antwoorden/op mij te reageren/{mij/me} lastig te vallen/schrijven}|antwoord {me/mij} niet{ meer/}|kap {ermee/daarmee}|ik wil dat {je/jij/u/jullie} {{ermee /}{stopt/ophoudt/stoppen/ophouden}/stopt met {reageren/antwoorden}{ op mij/}/{me/mij} met rust {laat/laten}/niet meer {reageert/antwoordt}}|ik wil geen {antwoorden/reacties}{ meer/}|{reageer/antwoord/reageert} nooit meer{ op {mij/me}/}|{reageer/reageert} niet{ meer/} op {me/mijn posts}|praat niet meer {met/tegen} {mij/me}|bek dicht|mond dicht|zwijg|{flikker/sodemieter} op|gaat u weg|{houd/houdt} uw mond|hou je {muil/klep/smoel}|laat {me/mij} alleen|{antwoord/reageer} niet{ meer/}{ op mij/ op mijn berichten/}|{niet/nooit} meer {antwoorden/reageren}{ op mij/}|laat {me/mij} met rust|{me/mij} met rust laten|ga weg|rot op|donder op|{hou/houd} je {mond/kop/bek}|uitschrijven|afmelden|{schrijf/meld} {me/mij} {uit/af}|val {me/mij} niet {meer /}lastig|{noem/tag/vermeld} {me/mij} niet meer|geen {antwoorden/reacties} meer',
      'come back': 'kom terug|je mag weer|antwoord {me/mij} weer|je mag {me/mij} weer antwoorden|je mag terugkomen|kom weer terug|je mag weer {reageren/antwoorden}',
      delete: '{verwijder/wis/verwijderen/wissen}{ dit/ dat/ het/ {je/jouw/uw/dit/het} {antwoord/bericht}/ {je/jouw/uw/deze/die/de} {reactie/post/tweet}/}|{dit/dat/{je/dit} {antwoord/bericht}/{je/deze} {reactie/post}} {verwijderen/wissen/weghalen}|haal{ dit/ dat/ het/ je reactie/ je antwoord/} weg|weg ermee|{verwijder/wis} je laatste {reactie/antwoord/bericht}',
      'not here': 'niet hier|hier niet|blijf erbuiten|bemoei je er niet mee|niet in {dit draadje/dit gesprek/deze discussie}|geen bots hier|{reageer/antwoord} hier niet',
      'forget me': 'vergeet {dat ik besta/{alles /}wat {je/jij/u/jullie} {over/van} {mij/me} {weet/weten/hebt/heeft/bewaart/hebt opgeslagen}/me/mij/alles{/ over mij/ over me/ van mij}}|{me/mij} vergeten|{wis/verwijder/wissen/verwijderen} {{al /}mijn gegevens/mijn data/alles over {mij/me}}|{{al /}mijn gegevens/alles over {mij/me}} {wissen/verwijderen}|{wis/verwijder/wissen/verwijderen} {alles /}wat {je/jij/u} {over/van} {mij/me} {weet/hebt/heeft/bewaart}',
      'what do you know': 'wat {weet/bewaar/heb/onthoud} {je/jij} {over/van} {mij/me}|wat {weet/bewaart/heeft} u {over/van} {mij/me}|welke {gegevens/data/informatie} {heb je/heeft u/bewaar je} {over/van} {mij/me}|mijn gegevens|laat mijn gegevens zien|wat {{weet/heb/bewaar/onthoud} {je/jij}/{weet/heeft/bewaart/onthoudt} u/{weten/hebben/bewaren} jullie} {over/van} {mij/me}{ opgeslagen/ bewaard/ verzameld/}|{{vertel/zeg} {me/mij} /laat {me/mij} zien /}{wat/alles wat} {je/u} {over/van} {mij/me} {weet/hebt/heeft/bewaart}|{weet je/weet jij/weet u} iets {over/van} {mij/me}',
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
    polite: 'もう|ボット|ボットさん|さん|今すぐ|ね|よ|二度と|これ以上|すみません|ごめん|ありがとう|本当に|いい加減|です|でした|ー|っ|ぇ|わ|まじで|マジで|ほんとに|ちょっと|あなたは|君は|お前は|きみは',
    asks: 'くれ|くれる|くれますか|くれませんか|くれない|くれないか|もらえる|もらえますか|もらえませんか|いただけますか|いただけませんか|ほしい|ほしいです|欲しい|欲しいです|くださいますか|くださいませんか|もらいたい|いただきたい',
    weak: '停止|もういい|もういいです|結構です|静かに|静かにして|静かにしろ|いい加減にして|いい加減にしろ',
    says: {
      stop: '{やめて/止めて/やめろ/止めろ/やめなさい}|ストップ|{返信/返事/ご返信/お返事/リプ/リプライ/返答/回答/メンション/反応}{を/は/}{しなくて{/も}{いい/いいよ/良い/結構/大丈夫}/するのをやめて/するのやめて/すんな/いらん/結構/控えて/お控え/お断り/お断りします/ご遠慮/しないで/するな/やめて/やめろ/止めて/不要/不要です/いらない/いりません/要りません}|{話しかけ/話し掛け}{ないで/るな/てこないで}|絡まないで|絡んでこないで|{放って/ほうって/ほっと/ほって/放っと}{おいて/いて}|ほっといて|{黙/だま}って{て/ろ/}|{黙/だま}れ|お黙り|おやめ|やめれ|{やめて/やめろ}{と/って}{言った/言ってる/言っている}{だろ/でしょ/でしょう/のに/じゃん/}|{返信/返事}{するな/しないで}{と/って}{言った/言ってる/言っている}{だろ/でしょ/のに/}|{しゃべ/喋}{るな/らないで}|{絡む/関わる/構う/絡}な|{放っと/ほっと}け|ついてこないで|うるさい|{構わ/かまわ/関わら/答え}ないで|消えて|あっち{行/い}って|配信停止{して/}|停止して',
      'come back': '{戻って/帰って}{きて/来て/}|また{返信して/返事して/答えて}|{返信を/返事を/}再開{して/}|{戻って/帰って}こい|また話{して/しよう}',
      delete: '消して|削除{して/}|取り消して|取り下げて|{これ/それ/{この/その/あなたの/今の/}{投稿/返信/返事/リプ/リプライ/ポスト/ツイート/メッセージ}}{を/}{消して/削除して/削除/取り消して}|{今の/さっきの}{返信/投稿/返事/リプ}を消して|消せ|削除しろ',
      'not here': 'ここ{では/は/に/には}{やめて/いい/返信しないで/来ないで/答えないで}|この{スレッド/スレ/会話}{では/には/に}{やめて/返信しないで/来ないで/入ってこないで}|入ってこないで|口を{出さないで/挟まないで}',
      'forget me': '忘れて|私{を/のこと/のことを/のことは/について}{全部/すべて/}忘れて|{全部/すべて}忘れて|{私の/}{データ/情報/個人情報}{を/}{全部/すべて/}{消して/削除して/消去して/忘れて}|私{について/のことを/のこと/に関して}知って{いる/る}こと{を/は/}{全部/すべて/}{忘れて/消して/削除して}|私に関する{データ/情報/記録}{を/は/}{全部/すべて/}{忘れて/消して/削除して}',
      'what do you know': '私{について/のことを/のこと/に関して/の}{何を/何/なにを/どれだけ/どこまで/どんなことを}知って{いる/る/いますか/ますか/いるの/るの/いるか}|私{について/のことを/のこと}何を{保存して/記録して/覚えて/持って}{いる/る/いますか/ますか}|私{の/についての}{データ/情報}{を見せて/を教えて/}|私について知っていることを教えて|私{について/のことを/のこと/に関して/の}{何を/何/なにを/どれだけ/どれくらい/どのくらい/どこまで/どんなことを}{知って/覚えて}{いる/る/いますか/ますか/いるの/るの/いるか/いるのですか/いるんですか/るんですか/ますか}|私{について/のことを/のこと/に関して}知って{いる/る}こと{を/は/}{全部/すべて/}{教えて/話して/見せて/言って/何}',
    },
    answers: {
      stop: '承知しました。もう返信しません。気が変わったら「戻ってきて」とどうぞ。', 'come back': '喜んで。これからまたお返事します。', delete: '消しました。', 'not here': 'このスレッドでは黙っています。',
      'forget me': '完了です。あなたについて持っていたものは消しました。このメッセージは番号だけ残し、二度答えないようにします。',
      'what do you know': 'あなたからの呼びかけを{count}件、最古は{since}。誰がいつ、答えたものは質問の原文、読んだもの、私の答えも持っています。プロフィールも推測もなし。{days}日で自然に消え、「忘れて」で今すぐ消えます。',
    },
    goodnight: 'このままだと二人で永遠に続きそうです。誰かが言わないと。おやすみなさい。', neutral: '今回は遠慮しておきます。',
  },
};
