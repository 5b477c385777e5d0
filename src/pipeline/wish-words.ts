// Words that anyone may say to the bot, and what it says to them, by language. A wish is the whole of what somebody says: a sentence that holds one of these words is none.

export const wishes = ['stop', 'come back', 'delete', 'not here', 'forget me', 'what do you know'] as const;
export type Wish = (typeof wishes)[number];

interface Language {
  /** What may stand around a wish: please, bot, now. */
  readonly polite: string;
  /** Several ways to say one are separated by `|`. */
  readonly says: Readonly<Record<Wish, string>>;
  readonly answers: Readonly<Record<Wish, string>>;
  readonly goodnight: string;
  readonly neutral: string;
}

export const languages: Readonly<Record<string, Language>> = {
  en: {
    polite: 'please pls bot now thanks thank you just kindly immediately hey dear',
    says: {
      stop: 'stop|stop it|stop that|stop this|stop replying|stop replying to me|stop answering me|stop answering|stop tagging me|stop mentioning me|stop talking to me|stop posting to me|dont reply to me|do not reply to me|dont reply|do not reply|dont answer me|never reply to me|leave me alone|go away|shut up|opt out|optout|unsubscribe|no more replies|no bots|block me|mute me|enough',
      'come back': 'come back|opt in|optin|resubscribe|start again|start|you may answer me again|you can answer me again|answer me again|unstop|talk to me again',
      delete: 'delete|delete this|delete it|delete that|delete your reply|delete your post|delete this reply|delete this post|remove|remove this|remove it|remove that|remove your reply|remove your post|take it down|take this down|take that down|undo',
      'not here': 'not here|not in this thread|stay out|stay out of this|stay out of this thread|not now|leave this thread|stop in this thread|be quiet here|quiet here|no bots here|leave us alone',
      'forget me': 'forget me|forget about me|forget everything|forget everything about me|delete my data|delete all my data|erase me|erase my data|delete everything about me|remove my data|delete my posts from your memory',
      'what do you know': 'what do you know about me|what do you know of me|what do you have on me|what do you keep about me|what have you stored about me|what data do you have about me|show me my data|my data|data about me',
    },
    answers: {
      stop: 'Understood: you will not hear from me again. Say “come back” to me if you ever miss it.', 'come back': 'Glad to be asked. I answer you again from now on.', delete: 'It is gone.', 'not here': 'I stay out of this thread.',
      'forget me': 'Done: what I kept about you is erased. Of this message only its number stays, so that I do not answer it twice.',
      'what do you know': 'I keep {count} of your mentions, the oldest from {since}: who asked, when, and my answer. No profile, nothing guessed. It goes by itself after {days} days; say “forget me” and it goes now.',
    },
    goodnight: 'I suspect we could both go on for ever, so one of us should be the first to say it: good night.', neutral: 'I will pass on this one.',
  },
  fr: {
    polite: 'svp stp s il te plait vous merci bot maintenant le la robot',
    says: {
      stop: 'stop|arrete|arretez|arrete ca|arrete de repondre|arrete de me repondre|arretez de me repondre|ne me reponds plus|ne me repondez plus|ne reponds plus|laisse moi tranquille|laissez moi tranquille|fous moi la paix|fiche moi la paix|tais toi|va t en|desinscription|desinscris moi|ca suffit',
      'come back': 'reviens|revenez|reponds moi a nouveau|tu peux me repondre a nouveau|tu peux revenir|reinscris moi', delete: 'supprime|supprime ca|supprime ta reponse|supprimez|supprimez ca|supprimez votre reponse|efface|efface ca|efface ta reponse|retire ca|retire ta reponse|enleve ca',
      'not here': 'pas ici|pas dans ce fil|reste en dehors|reste en dehors de ca|pas de bot ici|tais toi ici', 'forget me': 'oublie moi|oubliez moi|oublie tout|oublie tout de moi|efface mes donnees|supprime mes donnees|supprimez mes donnees|effacez mes donnees',
      'what do you know': 'que sais tu de moi|que sais tu sur moi|qu est ce que tu sais de moi|qu est ce que tu sais sur moi|que savez vous de moi|que savez vous sur moi|mes donnees',
    },
    answers: {
      stop: 'Compris : vous ne m’entendrez plus. Dites-moi « reviens » si je vous manque.', 'come back': 'Avec plaisir. Je vous réponds de nouveau.', delete: 'C’est supprimé.', 'not here': 'Je reste en dehors de ce fil.',
      'forget me': 'C’est fait : ce que je gardais sur vous est effacé. De ce message il ne reste que le numéro, pour ne pas y répondre deux fois.',
      'what do you know': 'Je garde {count} de vos mentions, la plus ancienne du {since} : qui a demandé, quand, et ma réponse. Aucun profil, rien de deviné. Tout part de soi-même après {days} jours ; dites « oublie-moi » et c’est fait.',
    },
    goodnight: 'Je soupçonne que nous pourrions continuer longtemps, vous et moi. Je me dévoue : bonne nuit.', neutral: 'Je passe mon tour sur celle-ci.',
  },
  de: {
    polite: 'bitte bot jetzt danke sofort mal endlich doch lieber',
    says: {
      stop: 'stop|stopp|hor auf|hor auf damit|hor auf zu antworten|antworte mir nicht|antworte mir nicht mehr|antworte nicht mehr|schreib mir nicht mehr|lass mich in ruhe|lasst mich in ruhe|geh weg|sei still|halt die klappe|abmelden|es reicht|schluss|schluss damit|nicht mehr antworten',
      'come back': 'komm zuruck|antworte mir wieder|du darfst wieder|du darfst mir wieder antworten|anmelden', delete: 'losche|losche das|losch das|loschen|bitte loschen|losche deine antwort|losch deine antwort|losche den beitrag|nimm das zuruck|entferne das|weg damit',
      'not here': 'nicht hier|hier nicht|halt dich raus|nicht in diesem thread|bleib hier weg|misch dich nicht ein|keine bots hier', 'forget me': 'vergiss mich|vergiss alles|vergiss alles uber mich|losche meine daten|losch meine daten|meine daten loschen|losche alles uber mich',
      'what do you know': 'was weisst du uber mich|was weißt du uber mich|was weisst du von mir|was speicherst du uber mich|was hast du uber mich gespeichert|meine daten|zeig mir meine daten',
    },
    answers: {
      stop: 'Verstanden: Du hörst nichts mehr von mir. Sag „komm zurück“, falls ich dir fehle.', 'come back': 'Gern. Ab jetzt antworte ich dir wieder.', delete: 'Ist weg.', 'not here': 'Aus diesem Gespräch halte ich mich heraus.',
      'forget me': 'Erledigt: Was ich über dich hatte, ist gelöscht. Von dieser Nachricht bleibt nur die Nummer, damit ich sie nicht zweimal beantworte.',
      'what do you know': 'Ich habe {count} deiner Erwähnungen, die älteste vom {since}: wer gefragt hat, wann, und meine Antwort. Kein Profil, nichts geraten. Nach {days} Tagen geht es von selbst; sag „vergiss mich“, und es geht sofort.',
    },
    goodnight: 'Ich fürchte, wir zwei könnten ewig so weitermachen. Einer muss es sagen: gute Nacht.', neutral: 'Hier setze ich eine Runde aus.',
  },
  es: {
    polite: 'por favor porfa bot ahora gracias ya',
    says: {
      stop: 'stop|para|basta|detente|deja de responder|deja de responderme|no me respondas|no me respondas mas|no respondas|dejame en paz|dejame tranquilo|dejame tranquila|callate|vete|darme de baja|baja|no me contestes|no me contestes mas|deja de contestarme',
      'come back': 'vuelve|regresa|puedes volver|respondeme de nuevo|contestame de nuevo', delete: 'borra|borra eso|borra esto|borralo|borra tu respuesta|elimina|elimina eso|elimina esto|eliminalo|elimina tu respuesta|quita eso|quitalo',
      'not here': 'aqui no|no aqui|en este hilo no|no te metas|no te metas aqui|sin bots aqui', 'forget me': 'olvidame|olvida todo|olvida todo sobre mi|borra mis datos|elimina mis datos',
      'what do you know': 'que sabes de mi|que sabes sobre mi|que guardas de mi|que guardas sobre mi|que datos tienes de mi|mis datos',
    },
    answers: {
      stop: 'Entendido: no volverás a saber de mí. Dime «vuelve» si algún día me echas de menos.', 'come back': 'Encantado. Desde ahora te respondo otra vez.', delete: 'Ya no está.', 'not here': 'Me quedo fuera de este hilo.',
      'forget me': 'Hecho: lo que guardaba sobre ti está borrado. De este mensaje solo queda el número, para no responderlo dos veces.',
      'what do you know': 'Guardo {count} de tus menciones, la más antigua del {since}: quién preguntó, cuándo y mi respuesta. Sin perfil ni suposiciones. Se va solo a los {days} días; di «olvídame» y se va ya.',
    },
    goodnight: 'Sospecho que tú y yo podríamos seguir así eternamente. Alguien tiene que decirlo: buenas noches.', neutral: 'En esta paso.',
  },
  pt: {
    polite: 'por favor pf bot agora obrigado obrigada ja',
    says: {
      stop: 'stop|para|pare|chega|basta|para de responder|pare de responder|para de me responder|pare de me responder|nao me responda|nao me responda mais|nao me respondas|nao me respondas mais|me deixa em paz|deixa me em paz|deixe me em paz|cala a boca|vai embora|sair da lista',
      'come back': 'volta|volte|pode voltar|responde me de novo|pode me responder de novo', delete: 'apaga|apague|apaga isso|apague isso|apaga a resposta|apague a resposta|apaga a tua resposta|apague sua resposta|remova|remova isso|remove isso|exclua|exclui isso',
      'not here': 'aqui nao|nao aqui|neste fio nao|nesta conversa nao|fica fora disto|fique fora disso|sem bots aqui', 'forget me': 'esquece me|esqueca me|me esquece|me esqueca|esqueca tudo|esqueca tudo sobre mim|apaga os meus dados|apague meus dados|apague os meus dados',
      'what do you know': 'o que sabes de mim|o que sabes sobre mim|o que voce sabe sobre mim|o que voce sabe de mim|que dados tens de mim|que dados voce tem sobre mim|meus dados|os meus dados',
    },
    answers: {
      stop: 'Entendido: não vais ouvir mais de mim. Diz «volta» se um dia sentires falta.', 'come back': 'Com gosto. A partir de agora respondo-te outra vez.', delete: 'Já não está lá.', 'not here': 'Fico fora desta conversa.',
      'forget me': 'Feito: o que eu guardava sobre ti foi apagado. Desta mensagem fica só o número, para não responder duas vezes.',
      'what do you know': 'Guardo {count} das tuas menções, a mais antiga de {since}: quem perguntou, quando, e a minha resposta. Nenhum perfil, nada adivinhado. Desaparece sozinho após {days} dias; diz «esquece-me» e desaparece já.',
    },
    goodnight: 'Desconfio que nós dois podíamos continuar para sempre. Alguém tem de o dizer: boa noite.', neutral: 'Desta vez passo.',
  },
  it: {
    polite: 'per favore perfavore bot adesso ora grazie',
    says: {
      stop: 'stop|basta|fermati|smettila|smetti|smetti di rispondere|smetti di rispondermi|non rispondermi|non rispondermi piu|non rispondere|lasciami in pace|lasciami stare|sta zitto|stai zitto|vattene|disiscrivimi',
      'come back': 'torna|torna qui|puoi tornare|rispondimi di nuovo|puoi rispondermi di nuovo', delete: 'cancella|cancellalo|cancella questo|cancella la risposta|cancella la tua risposta|elimina|eliminalo|elimina questo|elimina la tua risposta|rimuovi|rimuovilo|toglilo',
      'not here': 'non qui|qui no|stanne fuori|resta fuori|non in questa discussione|niente bot qui', 'forget me': 'dimenticami|dimentica tutto|dimentica tutto di me|cancella i miei dati|elimina i miei dati',
      'what do you know': 'cosa sai di me|che cosa sai di me|cosa sai su di me|che dati hai su di me|i miei dati',
    },
    answers: {
      stop: 'Capito: non mi sentirai più. Dimmi «torna» se ti manco.', 'come back': 'Volentieri. Da ora ti rispondo di nuovo.', delete: 'Non c’è più.', 'not here': 'Resto fuori da questa discussione.',
      'forget me': 'Fatto: quello che tenevo su di te è cancellato. Di questo messaggio resta solo il numero, per non rispondere due volte.',
      'what do you know': 'Tengo {count} delle tue menzioni, la più vecchia del {since}: chi ha chiesto, quando, e la mia risposta. Nessun profilo, niente di indovinato. Sparisce da sé dopo {days} giorni; di’ «dimenticami» e sparisce subito.',
    },
    goodnight: 'Ho il sospetto che noi due potremmo andare avanti per sempre. Qualcuno deve dirlo: buonanotte.', neutral: 'Questa la salto.',
  },
  nl: {
    polite: 'alsjeblieft aub svp bot nu bedankt dank je',
    says: {
      stop: 'stop|stop ermee|hou op|houd op|stop met antwoorden|stop met reageren|antwoord me niet|antwoord me niet meer|reageer niet meer|reageer niet meer op mij|laat me met rust|ga weg|hou je mond|uitschrijven|afmelden|genoeg',
      'come back': 'kom terug|je mag weer|antwoord me weer|je mag me weer antwoorden', delete: 'verwijder|verwijder dit|verwijder dat|verwijder je antwoord|wis|wis dit|haal weg|haal dit weg|weg ermee',
      'not here': 'niet hier|hier niet|blijf erbuiten|bemoei je er niet mee|niet in dit draadje|geen bots hier', 'forget me': 'vergeet me|vergeet mij|vergeet alles|vergeet alles over mij|wis mijn gegevens|verwijder mijn gegevens',
      'what do you know': 'wat weet je over mij|wat weet je van mij|wat weet je over me|wat bewaar je over mij|mijn gegevens',
    },
    answers: {
      stop: 'Begrepen: je hoort niets meer van mij. Zeg “kom terug” als je me mist.', 'come back': 'Graag. Vanaf nu antwoord ik je weer.', delete: 'Het is weg.', 'not here': 'Ik blijf uit dit draadje.',
      'forget me': 'Klaar: wat ik over je bewaarde is gewist. Van dit bericht blijft alleen het nummer, zodat ik het niet twee keer beantwoord.',
      'what do you know': 'Ik bewaar {count} van je vermeldingen, de oudste van {since}: wie vroeg, wanneer, en mijn antwoord. Geen profiel, niets geraden. Het gaat vanzelf weg na {days} dagen; zeg “vergeet me” en het gaat nu.',
    },
    goodnight: 'Ik vermoed dat wij samen eeuwig door kunnen gaan. Iemand moet het zeggen: welterusten.', neutral: 'Deze laat ik voorbijgaan.',
  },
  ja: {
    polite: 'お願いします お願い ください 下さい ボット さん どうか もう',
    says: {
      stop: 'やめて|止めて|やめろ|ストップ|返信しないで|返信するな|返信をやめて|返信やめて|話しかけないで|放っておいて|ほっといて|黙って|停止|配信停止|リプしないで',
      'come back': '戻ってきて|戻って|また返信して|また答えて|再開|再開して', delete: '消して|削除|削除して|これを消して|これ消して|返信を消して|返信を削除して|取り消して',
      'not here': 'ここではやめて|ここはやめて|ここではいい|このスレッドではやめて|入ってこないで|口を出さないで', 'forget me': '忘れて|私を忘れて|私のことを忘れて|全部忘れて|私のデータを消して|私のデータを削除して|データを削除して',
      'what do you know': '私について何を知っている|私の何を知っている|私について何を知ってる|私の何を知ってる|私のデータ|私のデータを見せて',
    },
    answers: {
      stop: '承知しました。もう返信しません。気が変わったら「戻ってきて」とどうぞ。', 'come back': '喜んで。これからまたお返事します。', delete: '消しました。', 'not here': 'このスレッドでは黙っています。',
      'forget me': '完了です。あなたについて持っていたものは消しました。このメッセージは番号だけ残し、二度答えないようにします。',
      'what do you know': 'あなたからの呼びかけを{count}件、いちばん古いものは{since}から持っています。誰が、いつ、私の答え、それだけ。プロフィールも推測もありません。{days}日で自然に消え、「忘れて」で今すぐ消えます。',
    },
    goodnight: 'このままだと二人で永遠に続きそうです。誰かが言わないと。おやすみなさい。', neutral: '今回は遠慮しておきます。',
  },
};
