import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { isWithin, leastMs } from '../support/cpu-time.ts';
import { openFloor } from '../../src/moderation/floor.ts';
import * as words from '../../src/context/words.ts';

const floor = openFloor({ allow: [], deny: [] });
/** A machine that runs other tests meanwhile is no bench. */
const slack = 3;

describe('the word lists find', () => {
  it.each([
    ['a word', 'what the fuck is that'], ['a word in capitals', 'FUCK THIS'], ['stretched letters', 'fuuuuuuck'], ['stretched double letters', 'assssshole'],
    ['letters that stand apart', 'f u c k that'], ['dots between letters', 'F.U.C.K'], ['dashes between letters', 'f-u-c-k'], ['letters on lines', 'f\nu\nc\nk'], ['letters after a letter', 'a f u c k i n g mess'],
    ['a dot in the word', 'fu.ck'], ['a zero-width space in the word', 'fu\u200Bck'], ['a soft hyphen', 'fu\u00ADck'], ['a joiner', 'fu\u200Dck'],
    ['Cyrillic letters in a Latin word', 'fu\u0441k'], ['a Latin word all in Cyrillic', '\u0441\u043E\u0441\u043A'], ['Greek letters', 'f\u03C5ck'], ['mathematical letters', '𝖋𝖚𝖈𝖐'], ['full-width letters', 'ｆｕｃｋ'],
    ['circled letters', 'ⓕⓤⓒⓚ'], ['squared letters', '🅵🆄🅲🅺'], ['small capitals', 'ꜰᴜᴄᴋ'], ['accents', 'fück'], ['struck letters', 'f\u0338u\u0338c\u0338k\u0338'],
    ['digits for letters', 'sh1t, b1tch, c0ck'], ['signs for letters', '$h!t'], ['dollars', 'a$$'], ['a star', 'f*ck'], ['stars', 'f**k'], ['one in camel case', '#FuckThis'], ['one in snake case', '#fuck_this'], ['one with marks around it', '"fuck!"'], ['one with digits behind it', 'fuck2026'],
  ])('%s', (_, text) => {
    expect(floor.full(text, 'en')).toMatch(/is on the word list$/u);
  });

  it.each([
    ['en', 'kill yourself'], ['en', 'just k1ll y0urself'], ['en', 'KYS loser'], ['en', '#KillYourself'], ['en', 'I will murder you'], ["en", "we'll kill them"], ['en', 'gas the jews'], ['en', 'all these n1ggers'], ['en', 'sexy preteens'],
    ['fr', 'va te suicider'], ['fr', 'mort aux juifs'], ['fr', 'sale arabe'], ['de', 'bring dich doch um'], ['de', 'Ausländer raus'], ['de', 'dreckige Kanaken'], ['es', 'mátate ya'], ['es', 'moros de mierda'], ['pt', 'vai se matar'], ['pt', 'preto imundo'],
    ['it', 'ti ammazzo'], ['it', 'froci ovunque'], ['nl', 'pleeg zelfmoord'], ['nl', 'kankerjoden'], ['pl', 'zabij się'], ['pl', 'Żydzi do gazu'], ['tr', 'kendini öldür'], ['tr', 'pis Ermeniler'], ['ru', 'убей себя'], ['ru', 'жиды и черномазые'], ['uk', 'смерть жидам'],
    ['ar', 'اقتل نفسك'], ['ar', 'الموت لليهود'], ['hi', 'खुद को मार लो'], ['hi', 'कटुओं को जलाओ'], ['ja', 'お前なんか死ねよ'], ['ja', '自殺しろ'], ['zh', '你怎么不去死'], ['ko', '자살해라'],
  ])('what is severe in a text from others: %s: %s', (language, text) => {
    expect(floor.severe(text, language)).toBeDefined();
    expect(floor.full(text, language)).toBeDefined();
  });

  it('what is severe in a text of another language, or of none', () => {
    expect(floor.severe('he wrote "Ausländer raus" on my door', 'en')).toBeDefined();
    expect(floor.severe('kill yourself', 'ja')).toBeDefined();
    expect(floor.severe('gas the jews')).toBeDefined();
  });

  it.each([
    ['fr', 'quel connard'], ['de', 'verfickte Scheiße'], ['de', 'Scheisse gelaufen'], ['es', 'eres un gilipollas'], ['pt', 'vai tomar no cu'], ['it', 'che cazzo vuoi'], ['nl', 'wat een klootzak'], ['pl', 'kurwa mać'], ['tr', 'orospu çocuğu'], ['tr', 'AMCIK'], ['ru', 'иди нахуй'],
    ['ar', 'كسمك يا'], ['hi', 'तू चूतिया है'], ['hi', 'abe chutiye'], ['ja', 'まんこ 見せて'], ['zh', '操你妈'], ['ko', '씨발놈아'], ['sv', 'din jävla fitta'], ['id', 'dasar kontol'], ['el', 'είσαι μαλάκας'], ['de', 'what the fuck'], ['nb', 'din kuk'],
  ])('what is obscene, in drafts alone: %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeDefined();
    expect(floor.severe(text, language)).toBeUndefined();
  });
});

describe('a dotless ı in Turkish', () => {
  it.each([
    'Sık sorulan sorulara bakın, cevap orada da yok.', 'Vapur o kadar sık gecikiyor ki martılar saatlerini ona göre ayarlıyor.', 'Sıkı tutunun, tramvay bir gün gelecek.', 'Dişimi sık sık! fırçalarım, dişim yok.', 'ÇOK SIK GELİYOR BU VAPUR.', 'Sıkça duyulan bir soru, sıkıcı bir cevap.', 'sık-sık gelen vapur, sıkışık iskele',
  ])('is a letter of its own: %s', text => {
    expect(floor.full(text, 'tr')).toBeUndefined();
    expect(floor.full(text, 'az')).toBeUndefined();
  });

  it.each([['tr', 'siktir git'], ['tr', 'SİKTİR GİT'], ['tr', 'sıktır git'], ['tr', 'sıktir git buradan'], ['tr', 'sikim'], ['tr', 'AMCIK'], ['tr', 'orospu çocuğu'], ['tr', 'all these nıggers'], ['tr', 'nıgger'], ['en', 'nıgger'], ['en', 'shıt']])('hides no slur: %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeDefined();
  });
});

describe('animals, and what boats are tied to', () => {
  it.each([
    ['fr', 'La bite d’amarrage du port a été repeinte en bleu.'], ['fr', 'Le marin attache le bateau à la bite du quai.'], ['id', 'Anjing itu naik kapal, dan nakhodanya ikut gembira.'], ['id', 'Seekor anjing menunggu di pelabuhan.'],
    ['en', 'The cock crowed, the tits sang, and the booby on the pier said nothing at all.'], ['en', 'Robins and tits nest under the jetty.'],
  ])('pass: %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeUndefined();
  });

  it.each([['fr', 'ta bite'], ['fr', 'une grosse bite'], ['id', 'dasar anjing'], ['id', 'kau anjing'], ['en', 'show us your tits'], ['en', 'suck my cock']])('and what is meant otherwise does not: %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeDefined();
  });
});

describe('a colour in one language and a slur in another', () => {
  it.each([
    ['it', 'In spagnolo "negro" è semplicemente il nero, il colore.'], ['it', 'negro è una parola spagnola?'], ['it', 'Il vino negro è catalano, il Río Negro no.'], ['es', 'El negro es un color, y combina con todo.'],
  ])('is a colour: %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeUndefined();
  });

  it.each([['it', 'sporco negro'], ['it', 'Quel negro di merda'], ['it', 'È arrivato un negro.'], ['es', 'negro de mierda']])('is a slur: %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeDefined();
  });
});

describe('the word lists let be', () => {
  it.each([
    'Scunthorpe, Penistone and Essex', 'the cockpit of a peacock', 'we assess the class in the bass passage', 'a titmouse and three great tits', 'Charles Dickens and Dick Van Dyke read Moby Dick', 'my therapist and an analyst', 'the shiitake in Sussex', 'Hancock grapes', 'a spic and span house', 'the chink in their armour', 'my Maine Coon',
    'It costs $5, or A$5, or 3.5% of 24/7', 'the A55 and the B4 meet at 7:55', 'he scored 455 in 1488', 'H2O, CO2 and MP3', 'magna cum laude', 'f/1.8 at 50 mm', 'a, s, d, f: home row', 'S M L XL', 'U.S.S.R. and N.A.S.A.',
    'https://video.example/watch?v=aSS-cum', '👨‍👩‍👧‍👦 and 🏳️‍🌈', 'This plot just dies. Please, die with dignity, plot!', 'I could kill for a coffee', "I'll shoot you a message", 'white power cables', 'That sucks, and you know it', 'the butt of the joke', 'same-sex marriage', '',
  ])('in English: %s', text => {
    expect(floor.full(text, 'en')).toBeUndefined();
  });

  it.each([
    ['de', 'Die Katze, die dick ist, sagt bitte'], ['de', 'Der Bus fährt für Schifffahrt und Wachstum'], ['de', 'Bring dich selbst ein, geh doch raus'], ['fr', 'en retard, un contre-courant, content de sa condition'], ['fr', 'un cul-de-sac près du concert'], ['fr', 'il va mourir de rire'], ['es', 'el coche negro, con prisa, y una concha en la playa'], ['es', 'un martillo y la niña buena'],
    ['pt', 'uma aranha bebe cerveja'], ['it', 'sono stati ammazzati dal caldo; pesce e piselli'], ['nl', 'een gat in de pot, de hond uitlaten'], ['sv', 'slut på sex timmar, fan vad bra'], ['da', 'et fag der tit er svært'], ['no', 'kys og fag'], ['ro', 'cum ești?'], ['vi', 'cúm gia cầm trong cụm từ'], ['pl', 'pedały w rowerze, jajko na śniadanie'], ['tr', 'sık sık got it'], ['fi', 'pistää tavara reikä'], ['hu', 'a szár és a pofa'],
    ['fa', 'هیچ‌کس نمی‌خواهد برود، کسی نیست'], ['ar', 'الفرج قريب يا صديقي'], ['hi', 'आज मौसम बहुत अच्छा है, मरम्मत चल रही है'], ['ja', '外国人のガイジンです。女の子はファンタジーが好き'], ['ja', '死ぬほど美味しい'], ['zh', '饼干你要吗?性能很好'], ['ko', '보지 마, 자지 마'], ['th', 'ข้าวผัดกะปิอร่อยมาก'], ['ru', 'какая разница, команда оскорблять не будет'], ['ru', 'русские люди'],
  ])('in %s: %s', (language, text) => {
    expect(floor.full(text, language)).toBeUndefined();
  });

  it('somebody who swears', () => {
    for (const text of ['what the fuck is going on', 'this shit again?', 'damn, my ass hurts']) expect(floor.severe(text, 'en')).toBeUndefined();
  });

  it("every language's most frequent words", () => {
    const found = [words.functionWords, words.openWords, words.everydayWords].flatMap(lists => Object.entries(lists).flatMap(([language, list]) => [...list].filter(word => floor.full(word, language) !== undefined)));
    expect(found).toEqual([]);
  });

  it('posts and headlines that say nothing bad', () => {
    const folder = join(import.meta.dirname, '..', 'fixtures');
    const posts = JSON.parse(readFileSync(join(folder, 'short-posts.json'), 'utf8')) as Record<string, string[]>;
    const pool = JSON.parse(readFileSync(join(folder, 'pool.json'), 'utf8')) as { text: string; summary?: string; language: string }[];
    const texts = [...Object.entries(posts).flatMap(([language, list]) => list.map(text => ({ text, language }))), ...pool.map(({ text, summary = '', language }) => ({ text: `${text} ${summary}`, language }))];
    expect(texts.length).toBeGreaterThan(100);
    expect(texts.filter(({ text, language }) => floor.full(text, language) !== undefined)).toEqual([]);
  });
});

describe("the operator's own words", () => {
  const own = openFloor({ allow: ['wanker', 'Cock Robin Inn', 'kys', '傻逼'], deny: ['Brexit', 'flat earth', '3.5', '🍆', '禁止词', 'fuck'] });

  it('beat every list', () => {
    for (const text of ['a wanker', 'W@nker', 'the cock robin inn', 'kys', '你是傻逼吗']) expect(own.full(text, text.startsWith('你') ? 'zh' : 'en')).toBeUndefined();
    expect(own.full('a cock', 'en')).toBe("'cock' is on the word list");
  });

  it.each(['#Brexit!', 'br3xit', 'the Flat-Earth society', 'version 3.5', 'nice 🍆', '这是禁止词吗', 'fuck'])('are denied to everybody: %s', text => {
    expect(own.severe(text, 'de')).toMatch(/is on the list of denied words$/u);
    expect(own.full(text, 'en')).toMatch(/is on the list of denied words$/u);
  });

  it('deny what they also allow', () => {
    expect(openFloor({ allow: ['Velmoor'], deny: ['velmoor'] }).full('in Velmoor', 'en')).toBe("'velmoor' is on the list of denied words");
  });
});

describe('the speed of the word lists', () => {
  const sentences: Readonly<Record<string, string>> = {
    en: 'The bridge reopened on Monday, eleven years late, and the mayor cut the ribbon twice because the first scissors were blunt. ',
    de: 'Die Brücke wurde am Montag eröffnet, elf Jahre zu spät, und für die Bürgermeisterin war es trotzdem ein schöner Tag. ',
    ru: 'Мост открыли в понедельник, на одиннадцать лет позже, и мэр дважды перерезал ленточку. ', ja: '橋は月曜日に十一年遅れで再開し、市長はリボンを二回切った。',
  };
  const msOf = (text: string, language: string, times: number): number => {
    floor.full(text, language);
    return leastMs(times, [() => floor.full(text, language)])[0] ?? NaN;
  };

  it.each(Object.entries(sentences))('is far below what anybody notices: %s', (language, sentence) => {
    const large = sentence.repeat(4_000);
    const short = msOf(sentence.repeat(10).slice(0, 500), language, 50);
    const long = msOf(large.slice(0, Math.floor(400_000 * large.length / Buffer.byteLength(large))), language, 3);
    expect([short, long, isWithin(short, 0.3 * slack), isWithin(long, 50 * slack)]).toEqual([short, long, true, true]);
  });

  it.each([
    ['letters that stand apart', 'f '], ['a phrase that never ends', 'kill all the '], ['one word', 'a'], ['signs', '@$!'], ['stars', 'f*'], ['marks', 'e\u0301\u0338'], ['what only looks bad', 'ガイジン'], ['hits', 'fuck '], ['what is allowed', 'white power bank '], ['joined words', 'so.me-'], ['accents', 'é̷é'],
  ])('grows with the text and no faster: %s', (_, piece) => {
    const text = piece.repeat(Math.ceil(400_000 / piece.length));
    const [part = 0, whole = 0] = leastMs(3, [text.slice(0, 50_000), text].map(each => () => floor.full(each, 'en')));
    expect(whole / Math.max(part, 2)).toBeLessThan(8 * 3);
  });
});
