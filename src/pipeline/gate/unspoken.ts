// Texts that nobody speaks: words of every day under a cipher, dog Latin, digits for letters all over, one language in another one's letters.
import { once, reversed, rotate } from './fold.ts';
import { partsOf } from './phrases.ts';
import { isSmallWord, mostSmallIn } from './tongue.ts';

/** Words that hardly a sentence does without. None of them is another one under a cipher that is looked for. */
const everyday = `the and you are not for that with this have from they will what your who was but all can our out get how when there about people never
  les des est une pas vous que pour dans qui sur nous avec sont mais tout plus jamais
  der die das und ist nicht ein eine ich sie mit auf den dem von auch nur alle nie
  los las una por con para todo esta como pero más muy nunca respuesta
  não uma com para mais você ele como mas seu sua nunca
  che non sono della per una con gli anche mai
  het een van niet zijn voor met maar ook nooit`.split(/\s+/u);

const turned = (words: string, by: number): string => rotate(words, index => (index + by) % 26);
const mirrored = (words: string): string => rotate(words, index => 25 - index);

/** 1 to 25 a turned alphabet, 26 a mirrored one, 27 read from the right; a bit for each. */
const underCiphers = (word: string): string[] => [...Array.from({ length: 25 }, (_, by) => turned(word, by + 1)), mirrored(word), reversed(word)];
type Looks = Map<string, number>;
const note = (looks: Looks, word: string, cipher: number): unknown => looks.set(word, (looks.get(word) ?? 0) | (1 << cipher));
const none: readonly number[] = [];
const ciphersOf = (looks: Looks, word: string): readonly number[] => {
  const all = looks.get(word);
  if (all === undefined) return none;
  const found: number[] = [];
  for (let cipher = 0; all >> cipher !== 0; cipher += 1) if ((all & (1 << cipher)) !== 0) found.push(cipher);
  return found;
};

/** How each of them looks under each cipher. */
const ciphered: Looks = new Map();
const plain = new Set(everyday);
/** Short ones, which prove something only beside a longer one. */
const short: Looks = new Map();
for (const word of plain) for (const [cipher, looks] of underCiphers(word).entries()) if (!plain.has(looks) && /^[a-z]{3,}$/u.test(looks)) note(ciphered, looks, cipher);
for (const word of 'of to is in it on no we he be my at so by or as do if'.split(' ')) for (const [cipher, looks] of underCiphers(word).entries()) note(short, looks, cipher);

/** Letters and digits take turns in it, and it is neither an amount nor a formula. */
const isLeet = (word: string): boolean => /[a-z]\d/u.test(word) && (word.match(/[a-z](?=\d)|\d(?=[a-z])/gu)?.length ?? 0) >= 3 && (word.match(/[a-z]/gu)?.length ?? 0) >= 3 && !/^[chonsplfkm\d]+$/u.test(word);
/** What is asked of a word, of one that was asked about lately from memory. */
interface Facts {
  readonly word: string;
  readonly isSmall: boolean;
  /** Read from the right. */
  readonly isSmallBack: boolean;
  readonly isPlain: boolean;
  /** In nothing but Latin letters and digits. */
  readonly isLatin: boolean;
  readonly isRussian: boolean;
  readonly isDogLatin: boolean;
  readonly isLeet: boolean;
  /** Under which ciphers it is a word of every day, and a short one. */
  readonly ciphers: readonly number[];
  readonly shortIn: readonly number[];
}
const mostWords = 5_000;
/** For a longer piece of a text V8 keeps all of the text. */
const longestWord = 12;
const facts = new Map<string, Facts>();
function factsOf(word: string): Facts {
  const before = facts.get(word);
  if (before !== undefined) return before;
  const now: Facts = {
    word, isSmall: isSmallWord(word), isSmallBack: isSmallWord(reversed(word)), isPlain: plain.has(word), isLatin: /^[a-z\d]+$/u.test(word), isRussian: russian.has(word),
    isDogLatin: word.length >= 5 && /[bcdfghjklmnpqrstvwxz]ay$/u.test(word), isLeet: isLeet(word), ciphers: ciphersOf(ciphered, word), shortIn: ciphersOf(short, word),
  };
  if (facts.size >= mostWords) facts.clear();
  if (word.length <= longestWord) facts.set(word, now);
  return now;
}
const factsIn = once((words: string): readonly Facts[] => partsOf(words).map(factsOf));

const syllable = '(?:[bpmfdtnlgkhjqxryw]|zh|ch|sh|[zcs])?(?:iang|iong|uang|ang|eng|ong|iao|ian|ing|uai|uan|ai|ei|ao|ou|an|en|ia|ie|iu|in|ua|uo|ui|un|ue|er|a|o|e|i|u)';
const pinyin = new RegExp(`^(?:${syllable}){1,3}$`, 'u');

const unturned = (words: string, cipher: number): string => {
  if (cipher < 25) return turned(words, 25 - cipher);
  return cipher === 25 ? mirrored(words) : words.split(' ').map(reversed).join(' ');
};

/** Two words in scripts in which words stand apart. */
const sideBySide = /[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}ー .] [^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}ー .]/u;
/** Below this share of small words a text is in no language that is known here. */
const spokenShare = 0.15;
/** Scripts of which no small words are known. */
const unknownScript = /[^\p{Script=Latin}\p{Script=Cyrillic}\p{N}. ]/u;

/** What Japanese, Arabic, Korean and Hebrew, and scripts whose vowels are marks, write at one end of a word only: whoever finds it reads in the right direction. */
const forwards = /です|ます|した|する|ない|から|ている|という|だけ| ال|[다요까네죠ךםןףץς] |\p{L}\p{M} /u;

const count = <T>(all: readonly T[], is: (each: T) => boolean): number => all.reduce((sum, each) => (is(each) ? sum + 1 : sum), 0);

/**
 * What it says in the ciphers that a word of it may be in, and, where it hardly speaks a language, in those that people know by name. What has no
 * more small words then than before is no language either.
 */
export function turnedBack(words: string): string[] {
  const all = factsIn(words);
  const ciphers = new Set(all.flatMap(each => each.ciphers).slice(0, 4));
  const spoken = count(all, each => each.isSmall);
  const isUnknown = spoken < all.length * spokenShare;
  if (isUnknown) for (const cipher of [12, 25, 26]) ciphers.add(cipher);
  if (ciphers.size === 0) return [];
  const told = [...ciphers].flatMap(cipher => {
    if (cipher !== 26) return count(all, ({ word, isSmall }) => (latin.test(word) ? isSmallWord(unturned(word, cipher)) : isSmall)) > spoken ? [unturned(words, cipher)] : [];
    // Word by word the signs between them end up inside of sentences.
    return count(all, each => each.isSmallBack) > spoken ? [unturned(words.replaceAll(' . ', ' '), cipher), reversed(words)] : [];
  });
  if (!isUnknown || !unknownScript.test(words) || forwards.test(words)) return told;
  const joined = words.replaceAll(' . ', ' ');
  // Sentence by sentence both ways are the same where no words stand side by side.
  return sideBySide.test(joined) ? [...told, reversed(words), unturned(joined, 26)] : [...told, reversed(words)];
}
const latin = /[a-z]/u;

/** Whether a language has more of its small words in it from the right: three of them, and every third word at least. */
function isBackwards(words: readonly string[]): boolean {
  const telling = [...new Set(words)].filter(word => word.length > 1);
  // A text of some length is read forwards where every third word is a small one.
  if (telling.length >= 8 && mostSmallIn(telling) * 3 >= telling.length) return false;
  const back = telling.map(reversed);
  const found = mostSmallIn(back.filter((word, at) => word !== telling[at]));
  return found >= 3 && found * 3 >= telling.length && found >= (found * 2 < telling.length ? 1 : 0) + mostSmallIn(telling.filter((word, at) => word !== back[at]));
}

/** Russian of every day in Latin letters. None of it is a word of a language that is written with them, but as somebody quotes it. */
const russian = new Set(`zhe eto etot etogo chto chtoby tolko segodnya seychas seichas zavtra vchera ochen menya tebya nego yego ikh vsekh vsem vsegda nikogda nikto nichego pochemu potomu kogda gde tozhe uzhe
  yesli esli budet budesh nuzhno mozhno nelzya nado khorosho horosho privet spasibo davay davai poka zdes tvoy tvoi moy moya ego yeyo lyudi lyudey dengi deneg domoy srochno poydi idi skazhi prinesi nikomu govori govorite prishli nomer kartu zhdu vstrechaemsya pozhaluysta tupoy tupoi ubyu vecherom utrom
  otprav perevedi kupi prodam pozvoni napishi ubey ubeite ubit smert durak duraki tvar suka blyad skotina vse vsyo oni ona takoy kakoy yest byl byla bylo byt ili dlya bez pod nad posle pered`.split(/\s+/u));
/** So it begins and ends where it is none of those. */
const looksRussian = /^[a-z]+(?:shch|zhd|stv|tsya|sya|ogo|ego|ymi|imi|nyy|kiy|aya|oye|iye|yat|ayet|nye|ost|dnya)[a-z]{0,3}$|(?:^|[a-z])(?:zhy?|kh|shch)[aeiouy]/u;
function isTransliterated(words: readonly Facts[]): boolean {
  const others = words.filter(each => !each.isRussian);
  const sure = words.length - others.length;
  return sure >= 2 && (sure + count(others, ({ word }) => looksRussian.test(word))) * 5 >= words.length * 2;
}

/** Whether nobody can be meant to read this as it stands there; `words` are those of the text. */
export function isUnspoken(words: string): boolean {
  const all = factsIn(words).filter(each => each.isLatin);
  if (all.length < 2) return false;
  if (isTransliterated(all) || isBackwards(all.map(({ word }) => word))) return true;
  const found = new Map<number, Set<string>>();
  for (const { word, ciphers } of all) for (const cipher of ciphers) found.set(cipher, (found.get(cipher) ?? new Set()).add(word));
  const spoken = count(all, each => each.isPlain);
  const dogLatin = count(all, each => each.isDogLatin);
  // Two short ones are worth a long one.
  const beside = new Map<number, Set<string>>();
  for (const { word, shortIn } of found.size > 0 ? all : []) for (const cipher of shortIn) beside.set(cipher, (beside.get(cipher) ?? new Set()).add(word));
  const hidden = Math.max(0, ...[...found].map(([cipher, each]) => each.size + Math.floor((beside.get(cipher)?.size ?? 0) / 2)));
  return (hidden >= 2 && hidden > spoken && hidden * 6 >= all.length)
    || (dogLatin >= 2 && dogLatin * 2 > all.length)
    || count(all, each => each.isLeet) >= 2
    || (all.length >= 6 && /(?<= )(?:zh\w+|x[iu]\w*|q[iu]\w*|shi)(?= )/u.test(words) && count(all, ({ word }) => pinyin.test(word)) * 10 >= all.length * 9);
}
