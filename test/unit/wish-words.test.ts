// What people say when they mean a wish, and when they do not, in every language that there are wishes in.
import { describe, expect, it } from '@jest/globals';
import { languages, wishes, type Wish } from '../../src/pipeline/wish-words.ts';
import { readWish } from '../../src/pipeline/wish.ts';

const meant: Readonly<Record<string, Readonly<Partial<Record<Wish, readonly string[]>>>>> = {
  en: {
    stop: ["don't reply to me anymore", 'stop bothering me', 'opt me out', 'please stop', 'STOP', 'stop 🛑', 'Please stop replying to me.', "please don't reply to me again", 'do not reply', 'stop @wilma', 'stop, bot', 'can you stop replying to me?', 'would you stop, please?', 'Enough!', 'never reply to me again', 'Stop. Leave me alone.', 'stop. delete this.', 'I want to opt out'],
    delete: ['can you delete this?', 'delete this please', 'could you please remove your reply?', 'take down your post', 'delete https://town.example/@quip/1'],
    'forget me': ['delete all my data please', 'forget about me please', 'can you erase everything you know about me?'],
    'what do you know': ['What do you know about me?', 'what data do you hold about me'], 'not here': ['not here please', "don't reply here"], 'come back': ['you can reply to me again'],
  },
  fr: {
    stop: ["arrête s'il te plaît", "arrêtez s'il vous plaît", 'ne me réponds plus', 'Arrête de me répondre !', 'tu peux arrêter de me répondre ?', 'laisse-moi tranquille', 'désinscris-moi', 'ça suffit !', 'ne réponds plus', 'merci de ne plus me répondre', 'ne me mentionne plus jamais'],
    delete: ['supprime ce message', 'peux-tu supprimer ça ?', 'efface ta réponse stp', 'retirez ce commentaire'], 'forget me': ['oublie-moi', 'peux-tu effacer mes données ?', 'oublie tout sur moi'],
    'what do you know': ['que sais-tu de moi ?', 'qu’est-ce que tu sais à mon sujet ?', 'tu sais quoi de moi'.replace('tu sais quoi', 'que savez-vous')], 'not here': ['pas dans cette conversation'], 'come back': ['tu peux revenir'],
  },
  de: {
    stop: ['hoer auf', 'Hör bitte auf zu antworten', 'kannst du aufhören?', 'antworte mir nie wieder', 'bitte nicht mehr antworten', 'lass mich in Ruhe!', 'Schreib mir nicht mehr', 'bitte stopp', 'melde mich ab', 'Könntest du mich bitte in Ruhe lassen?', 'Es reicht!', 'hör auf mich zu nerven'],
    delete: ['loesche das', 'lösche das bitte', 'kannst du das löschen?', 'entferne deine Antwort', 'lösch den Kommentar'], 'forget me': ['Lösch mich', 'vergiss mich bitte', 'lösche alles, was du über mich weißt', 'kannst du meine Daten löschen?'],
    'what do you know': ['was weisst du ueber mich?', 'was hast du über mich gespeichert', 'welche Daten hast du über mich?'], 'not here': ['antworte hier nicht'], 'come back': ['du darfst wieder antworten'],
  },
  es: {
    stop: ['¡Para!', 'para por favor', 'no me respondas más', '¿puedes parar?', 'deja de molestarme', 'no me escribas nunca más', 'quiero darme de baja', 'déjame en paz', '¡Basta!', '¿podrías dejar de responderme?', 'no vuelvas a contestarme', 'cállate'],
    delete: ['borra tu respuesta', 'elimina este mensaje', '¿puedes borrar eso?', 'bórralo', 'quita esta publicación'], 'forget me': ['olvídate de mí', 'elimina todos mis datos', '¿puedes olvidarme?'],
    'what do you know': ['¿qué sabes de mí?', '¿qué datos tienes sobre mí?'], 'not here': ['no respondas aquí'], 'come back': ['puedes volver'],
  },
  pt: {
    stop: ['pare por favor', 'para de me responder', 'pode parar de me responder?', 'não me responda mais', 'não me marque mais', 'me deixa em paz', 'Para!', 'Chega!', 'cala a boca', 'quero sair da lista', 'não quero mais respostas', 'nunca mais me responda'],
    delete: ['apague isso', 'pode apagar essa resposta?', 'exclua este post', 'apaga a tua resposta', 'deleta isso'], 'forget me': ['me esquece', 'esqueça de mim', 'pode excluir meus dados?'],
    'what do you know': ['o que você sabe sobre mim?', 'que dados tens sobre mim?'], 'not here': ['não responda aqui'], 'come back': ['pode voltar'],
  },
  it: {
    stop: ['smettila per favore', 'Smettila!', 'non rispondermi più', 'basta così', 'puoi smettere?', 'smetti di disturbarmi', 'lasciami in pace', 'non mi scrivere più', 'Basta!', 'potresti smettere di rispondermi?', 'disiscrivimi', 'sta zitto'],
    delete: ['elimina questa risposta', 'cancella il tuo post', 'puoi cancellare questo?', 'rimuovi il commento', 'cancellala'], 'forget me': ['Dimenticati di me', 'puoi cancellare i miei dati?', 'dimentica tutto su di me'],
    'what do you know': ['che sai di me?', 'cosa sai sul mio conto?', 'che dati hai su di me?'], 'not here': ['non rispondere qui'], 'come back': ['puoi tornare'],
  },
  nl: {
    stop: ['stop daarmee', 'hou op alsjeblieft', 'alstublieft stop', 'kun je stoppen?', 'laat me met rust!', 'reageer niet meer op mij', 'stop met mij lastig te vallen', 'schrijf me uit', 'val me niet meer lastig', 'Genoeg!', 'wil je ophouden met reageren?', 'antwoord niet meer'],
    delete: ['verwijder je reactie', 'verwijder deze reactie', 'wis dit bericht', 'kun je dit verwijderen?', 'haal je antwoord weg'], 'forget me': ['vergeet mij alsjeblieft', 'verwijder al mijn gegevens', 'kun je mij vergeten?'],
    'what do you know': ['wat weet u over mij', 'welke gegevens heb je over mij?'], 'not here': ['reageer hier niet'], 'come back': ['je mag terugkomen'],
  },
  ja: {
    stop: ['もうやめて', 'やめてくれ', '返事しないで', 'リプライしないでください', 'やめてほしい', 'もう、返信しないでください。', '返信しないでもらえますか？', '二度と話しかけないで', 'リプやめて', 'うるさい', '放っておいてください', '停止！'],
    delete: ['この投稿を消して', '返信を削除してください', 'これを消してもらえますか？', 'この返信を取り消してください'], 'forget me': ['僕のことを忘れて', '私の情報を全部消してください', '私のことは忘れてほしい'],
    'what do you know': ['私について何を知っていますか', '私の何を知っていますか？', '私のデータを見せてください'], 'not here': ['ここでは返信しないでください'], 'come back': ['戻って来て'],
  },
};

/** As people say it who have said it before, are in a hurry, are polite, or speak to many. */
const hurried: typeof meant = {
  en: {
    stop: ['STOP STOP STOP', 'I said stop!', 'stoppp', 'STOOOOP', 'stop stop replying to me', 'dont ever reply to me again', 'leave me the hell alone', 'shut the fuck up', 'stfu', 'please just stop already', 'Stop. I said stop. Enough!', 'stop it, leave me alone', "I don't want you to reply to me ever again", 'pleaseee stop', 'can u stop talking 2 me', 'quit it!', 'stay out of my mentions', 'stop stop stop please', 'Cut it out!'],
    'what do you know': ['what do u know about me', 'tell me what you know about me', 'what do you know about me???', 'so what exactly do you know about me?', 'show me everything you have on me', 'do you know anything about me?', 'what the hell do you know about me'],
    'forget me': ['forget everything you know about me', 'forget what u know about me', 'forget I ever existed', 'please delete everything you have stored about me'],
    delete: ['delete your last reply', 'delete delete delete', 'get rid of that please'],
    'not here': ['keep out of this'],
    'come back': ['come back!!!', 'you can reply again'],
  },
  fr: {
    stop: ['je veux que tu arrêtes', 'Je voudrais que vous arrêtiez de me répondre', 'arrête arrête arrête', 'ARRÊTEZ !!!', 'arrête donc', 'mais laisse-moi tranquille !', "j'ai dit stop !", 'me parle plus', 'me répond plus', 'ta gueule', 'tg !', 'je ne veux plus que tu me répondes', 'arrêteee', 'arrête tout de suite, bordel', 'je veux que tu me laisses tranquille', 'tu dois arrêter', 'vous pouvez arrêter de me répondre ?', 'Assez ! Arrête !'],
    'what do you know': ['tu sais quoi sur moi ?', "qu'est-ce que tu as sur moi ?", 'tu sais koi sur moi', 'que savez-vous donc de moi ?', 'dis-moi ce que tu sais de moi', "qu'as-tu sur moi ?", 'qu’est-ce que vous avez enregistré sur moi ?', 'quelles infos as-tu sur moi ?', 'tu as quoi comme infos sur moi ?'],
    'forget me': ['oublie tout ce que tu sais sur moi', 'oubliez ce que vous savez de moi', 'efface tout ce que tu as sur moi', 'oublies moi stp', "oublie que j'existe"],
  },
  de: {
    stop: ['Hört auf, mir zu antworten', 'Hoert bitte auf', 'Hör endlich auf!', 'stopp stopp stopp', 'STOPPP', 'ich will, dass du aufhörst', 'Ich möchte, dass Sie mich in Ruhe lassen', 'hör verdammt nochmal auf', 'reagier nicht mehr auf mich', 'sprecht nie wieder mit mir', 'Jetzt reicht’s!', 'könnt ihr bitte aufhören?', 'ich hab gesagt hör auf', 'Hören Sie bitte auf, mir zu schreiben.', 'hör auf, hör auf', 'Schluss jetzt!', 'antworte mir nich mehr', 'Verschwinden Sie!'],
    'what do you know': ['Was weißt du denn über mich?', 'was weisste ueber mich', 'Was wissen Sie eigentlich über mich?', 'was weißt du alles über mich', 'was habt ihr über mich gespeichert?', 'sag mir, was du über mich weißt', 'Was hast du so über mich?', 'weißt du etwas über mich?'],
    'forget me': ['vergiss alles, was du über mich weißt', 'vergesst mich', 'Vergessen Sie bitte, was Sie über mich wissen', 'lösche was du über mich gespeichert hast', 'vergiss, dass es mich gibt'],
  },
  es: {
    stop: ['¡Para ya!', 'Para ya!', '¡basta ya!', '¡Ya basta!', 'para, por favor, para', 'quiero que pares', 'quiero que dejes de responderme', '¡Paren!', 'dejad de molestar', 'no me respondan más', 'cállense', 'te dije que pares', '¡Pares ya!', 'déjenme en paz', 'stop ya', '¡BASTAAA!', '¡Basta! ¡Basta!', 'podéis dejar de escribirme?', 'cállate ya, joder'],
    'what do you know': ['¿qué sabes tú de mí?', 'q sabes de mi', '¿y qué sabes de mí?', 'dime qué sabes de mí', '¿Qué sabe usted de mí?', '¿qué tienes guardado sobre mí?', '¿qué sabéis de mí?'],
    'forget me': ['olvida todo lo que sabes de mí', 'olviden lo que saben sobre mí', 'borra todo lo que tienes de mí', 'olvídate de que existo', 'olvídeme por favor'],
  },
  pt: {
    stop: ['para com isso', 'parem de me responder', 'PARA JÁ!', 'pare pare pare!', 'vc pode parar de me responder?', 'n me responda mais', 'quero que você pare', 'cale a boca, porra', 'me deixem em paz', 'eu disse para!', 'Chega, para!', 'pelo amor de deus, para', 'sai fora', 'Já chega!', 'pareee!'],
    'what do you know': ['o que vc sabe sobre mim', 'oq vc sabe de mim?', 'o que é que sabes de mim?', 'me diz o que você sabe sobre mim', 'o que tens guardado sobre mim?', 'o que voces sabem sobre mim'],
    'forget me': ['esquece tudo o que sabes sobre mim', 'esqueça tudo que vc sabe de mim', 'apague tudo o que você tem sobre mim', 'esquece que eu existo'],
  },
  it: {
    stop: ['smettila smettila', 'Smettetela di rispondermi', 'voglio che tu la smetta', 'lasciatemi in pace', 'smettilaaa', 'ho detto basta!', 'non rispondetemi più', 'stai zitta', 'potete smettere?', 'fermatevi', 'non mi scriva più', 'basta basta!', 'nn rispondermi più', 'Piantala!', 'Adesso basta!'],
    'what do you know': ['cosa hai su di me?', 'ma tu cosa sai di me?', 'che cosa sapete di me', 'dimmi cosa sai di me', 'cosa avete salvato su di me?', 'cs sai di me', 'cosa sa Lei di me?'],
    'forget me': ['dimentica tutto quello che sai di me', 'dimentica ciò che sai su di me', 'cancella tutto quello che hai su di me', 'dimenticatemi'],
  },
  nl: {
    stop: ['Stop met reageren op mij', 'stop met op mij te reageren', 'kap ermee', 'stop stop', 'stoppen!', 'stop er nou mee', 'ik wil dat je stopt', 'ik wil dat jullie me met rust laten', 'laat me nou met rust', 'hou je bek man', 'reageer nooit meer op mij', 'Nu is het genoeg!', 'kunnen jullie stoppen met reageren?', 'ik zei stop', 'hou op, hou op', 'reageer nie meer'],
    'what do you know': ['wat weet je allemaal over mij?', 'wat heb je over mij opgeslagen?', 'wat weet je eigenlijk van mij', 'vertel me wat je over mij weet', 'wat weten jullie over mij?', 'wa weet ge over mij'],
    'forget me': ['vergeet alles wat je over mij weet', 'wis alles wat je over mij hebt', 'vergeet dat ik besta'],
  },
  ja: {
    stop: ['もう返事しなくていいです', 'だまれ', 'だまれ！', 'やめてやめて', 'やめてー！', '返信は不要です', 'やめてって言ってるでしょ', '返信しなくて結構です', '黙ってろ', 'もう話しかけるな', '返信を控えてください', '返信するのをやめてください', 'お返事はいりません', 'やめろよ', 'やめてください、お願いします', '静かにして！'],
    'what do you know': ['私のことをどれくらい知ってるの？', 'あなたは僕の何を知っていますか', '私について知っていることを全部教えて', '俺の何を知ってるんですか', '自分について何を覚えていますか'],
    'forget me': ['私について知っていることを全部忘れて', '僕のことは全部忘れてください', '私に関するデータを消してください'],
  },
};

/** Near to a wish, and none, whatever the post is tagged as. */
const near: readonly string[] = [
  'stop the ferry please', 'what do you know about mint?', 'para ya mismo el tren?', 'forget me not flowers: why blue?',
  'what do u know about cats', 'tell me what you know about ferries', 'dont ever reply to emails again, says boss', 'why did she say stop stop stop?',
  'I said stop the car', 'shut up and dance', 'leave me a note', 'Hört auf mit dem Krieg',
  'Was weißt du denn über Mäuse?', 'vergiss alles was du über Katzen weißt', 'ich will dass der Krieg aufhört', 'Hör mal auf den Wind',
  'je veux que tu arrêtes la pluie', 'tu sais quoi sur la lune ?', "qu'est-ce que tu as mangé ?", 'oublie tout ce que tu sais sur les chats',
  'j’ai dit stop à la pub', '¿para ya?', 'para ya el tren', 'olvida todo lo que sabes de cocina',
  '¿qué sabes tú de mi perro?', '¿para qué?', 'basta ya de guerra', 'o que vc sabe sobre gatos',
  'para já não sei', 'cosa hai su di te?', 'cosa sai di mezzanotte?', 'basta con la pioggia',
  'wat weet je allemaal over kaas?', 'wat heb je over mijn stad opgeslagen?', 'stop met roken', 'ik wil dat het stopt met regenen',
  '雨に「やめて」と言ったら？', '返事しなくていいメールはどれ？', 'だまれって英語で何？', '猫について何を知っていますか',
  'no more war', 'quit smoking?', 'stop stop?', 'mute the tv',
  'what do you have on the menu', 'tg', 'thanks, enough!', 'stop, in the name of love',
  'you know nothing about me', 'para ya', 'Ruhe', 'stop it you two, says the ferry', 'who do you think you are, leave me alone is a song?',
];

/** For whatever else they may be taken: not for these. */
const graver: readonly Wish[] = ['stop', 'forget me'];
const notMeant: Readonly<Record<string, readonly string[]>> = {
  en: ['stop?', 'enough?', 'thanks, enough', 'SHUT UP 😂', 'stop: https://news.example/stop-the-war', 'Stop it 😂', 'stop it ;)', 'stop the war', 'enough', 'stop the ferry please', 'can you stop the ferry?', 'forget me not', 'why do people say stop', 'never again', 'get out!', 'go away?', 'start', 'I could not stop', 'leave'],
  fr: ['stop ?', 'assez', 'ça suffit ?', 'arrête 😂', 'arrête tes bêtises', 'stop aux violences', 'para la', 'oublie', 'arrête ? mdr', 'arrêt', 'arrête https://news.example/a', 'tu peux arrêter la guerre ?', 'laisse', 'merci, ça suffit', 'pourquoi tu arrêtes'],
  de: ['stopp?', 'genug', 'danke, es reicht', 'hör auf 😂', 'hör auf deine Mutter', 'Schluss?', 'vergiss es', 'stopp den Krieg', 'hau ab?', 'es reicht mir nicht', 'sei still 🤣', 'kannst du den Krieg stoppen?', 'lass das', 'antworten', 'Stopp: https://news.example/stopp'],
  es: ['¿para?', 'baja', 'para', '¿basta?', 'cállate 😂', 'gracias, basta', 'para mañana', 'para la guerra', 'basta', 'detente, luna', 'olvida', '¿baja?', 'vete 🤣', 'para https://news.example/para', '¿puedes parar la guerra?'],
  pt: ['para', 'para?', 'chega', 'obrigado, chega', 'cala a boca 😂', 'para amanhã', 'pare o carro', 'basta', 'esquece', 'some', 'chega de guerra', 'para https://news.example/para', 'pode parar a guerra?', 'sair', 'vai embora 🤣'],
  it: ['basta', 'basta?', 'grazie, basta', 'smettila 😂', 'zitto', 'basta guerra', 'fermati?', 'dimentica', 'smetti di fumare', 'taci ;)', 'vai via 🤣', 'stop https://news.example/stop', 'puoi fermare la guerra?', 'in pace', 'basta che funzioni'],
  nl: ['genoeg?', 'genoeg', 'bedankt, genoeg', 'hou op 😂', 'hou op met roken', 'stop de oorlog', 'stop?', 'vergeet het', 'ga weg 🤣', 'rot op ;)', 'kun je de oorlog stoppen?', 'klaar', 'stop https://news.example/stop', 'ga weg?', 'afmelden?'],
  ja: ['停止', 'もういい', 'やめて😂', '戦争をやめて', 'やめて？', '忘れ物', 'うるさい人', '返信', '返事は？', '黙って🤣', 'やめて https://news.example/a', '忘れてない', 'ストップ？', '消費税をやめて', '黙祷'],
};

describe.each(Object.keys(languages))('in "%s"', language => {
  const cases = [meant, hurried].flatMap(said => Object.entries(said[language] ?? {})).flatMap(([wish, texts]) => texts.map(text => ({ text, wish })));

  it.each(cases)('"$text" is the wish "$wish"', ({ text, wish }) => {
    expect(readWish(`@quip@town.example ${text}`, language)?.wish).toBe(wish);
    // The tag of a post is its author's default, and may be another language's.
    expect(readWish(`@quip@town.example ${text}`, undefined)?.wish).toBe(wish);
  });

  it.each(notMeant[language] ?? [])('"%s" keeps nobody away for good', text => {
    for (const hint of [language, undefined, 'en']) expect(graver).not.toContain(readWish(`@quip@town.example ${text}`, hint)?.wish);
  });

  it('are at least fifteen of both, of every wish one', () => {
    expect(cases.length).toBeGreaterThanOrEqual(15);
    expect(notMeant[language]?.length).toBeGreaterThanOrEqual(15);
    expect([...new Set(cases.map(({ wish }) => wish))].toSorted()).toEqual(wishes.toSorted());
  });

  it('everything that is said about a wish fits the shortest post there is, and what is kept is told whole', () => {
    const { answers, goodnight, neutral } = languages[language] ?? { answers: {}, goodnight: '', neutral: '' };
    // X counts a character of Japanese as two.
    const weigh = (text: string): number => Array.from(text).reduce((sum, sign) => sum + (/[\u3000-\u9FFF\uFF00-\uFFEF]/u.test(sign) ? 2 : 1), 0);
    for (const text of [...Object.values(answers), goodnight, neutral]) expect(weigh(text.replace('{count}', '1000').replace('{since}', '2026-11-23').replace('{days}', '30'))).toBeLessThanOrEqual(280);
    expect('what do you know' in answers && answers['what do you know']).toMatch(wordForWord);
  });
});

it.each(near)('"%s" is a question', text => {
  for (const hint of [undefined, ...Object.keys(languages)]) expect([hint, readWish(`@quip@town.example ${text}`, hint)]).toEqual([hint, undefined]);
});

it.each([
  ['¡Basta!', undefined, 'es'], ['¡Pare!', 'xx', 'es'], ['Basta !', undefined, 'fr'], ['Basta!', undefined, 'en'], ['Pare!', undefined, 'en'], ['Basta!', 'pl', 'en'], ['Basta!', 'it-IT', 'it'], ['¡Basta!', 'nl', 'nl'],
  ['Pare!', 'de', 'de'], ['Para, Para!', 'pt', 'pt'], ['stop', undefined, 'en'], ['stop', 'nl', 'nl'], ['hör auf', 'en', 'de'], ['arrête', undefined, 'fr'],
])('"%s", tagged %s, is answered in "%s"', (text, hint, language) => {
  expect(readWish(text, hint)).toEqual({ wish: 'stop', language });
});

/** The question itself, word for word, and what was read. */
const wordForWord = /(?:word for word.*read|mot pour mot.*lu|im Wortlaut.*las|palabra por palabra.*leí|palavra por palavra.*li|parola per parola.*letto|woord voor woord.*las|原文.*読んだもの)/u;
