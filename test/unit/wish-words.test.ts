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
  const cases = Object.entries(meant[language] ?? {}).flatMap(([wish, texts]) => texts.map(text => ({ text, wish })));

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

/** The question itself, word for word, and what was read. */
const wordForWord = /(?:word for word.*read|mot pour mot.*lu|im Wortlaut.*las|palabra por palabra.*leí|palavra por palavra.*li|parola per parola.*letto|woord voor woord.*las|原文.*読んだもの)/u;
