import { bareQuestion, clean } from './clean.ts';
import { languages, wishes, type Wish } from './wish-words.ts';

export interface Wished {
  readonly wish: Wish;
  /** The language it was said in. */
  readonly language: string;
}

const withoutAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC').replaceAll('ß', 'ss');
/** Letters alone, without accents: how a wish is typed in a hurry. */
const toBare = (text: string): string => withoutAccents(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

/** Everything that a way to say something stands for, each once: what stands in braces is read with the braces inside of it. */
function waysToSay(pattern: string): readonly string[] {
  let at = 0;
  const oneAfterAnother = (): readonly string[] => {
    let ways: readonly string[] = [''];
    while (at < pattern.length && pattern[at] !== '/' && pattern[at] !== '}') {
      const [plain = ''] = /^[^{}/]*/u.exec(pattern.slice(at)) ?? [];
      at += plain.length;
      ways = ways.map(way => way + plain);
      if (pattern[at] !== '{') continue;
      at += 1;
      const choice = oneOfSome();
      at += 1;
      ways = ways.flatMap(way => choice.map(each => way + each));
    }
    return ways;
  };
  const oneOfSome = (): readonly string[] => {
    const ways = [...oneAfterAnother()];
    for (; pattern[at] === '/'; ways.push(...oneAfterAnother())) at += 1;
    return ways;
  };
  return oneOfSome();
}

/** A language as it is read: phrases by what they wish, and what may stand around them, the longest first. */
interface Read {
  readonly language: string;
  readonly isSpaced: boolean;
  readonly phrases: ReadonlyMap<string, Wish>;
  readonly weak: ReadonlySet<string>;
  /** What somebody writes in a hurry, and what he means. */
  readonly short: ReadonlyMap<string, string>;
  readonly please: readonly string[];
  readonly polite: readonly string[];
  readonly asks: readonly string[];
}

/** Nothing but letters, spaces and the signs of a pattern stands in them, so accents go before there are thousands of phrases. */
const split = (words: string): readonly string[] => withoutAccents(words).split('|').flatMap(waysToSay).map(each => (each.includes('  ') ? each.replace(/ +/gu, ' ') : each).trim()).filter(each => each !== '');
const longestFirst = (words: string): readonly string[] => split(words).toSorted((a, b) => b.length - a.length);

/** Thousands of phrases, put together when the first one is needed: a process that reads none starts without them. */
let readLanguages: readonly Read[] | undefined;
const toRead = (): readonly Read[] => Object.entries(languages).map(([language, { says, weak, short = '', please, polite, asks }]) => ({
  language, isSpaced: language !== 'ja',
  phrases: toPhrases(says),
  weak: new Set(split(weak)), short: new Map(short.split('|').map(each => each.split('=') as [string, string])),
  please: longestFirst(please), polite: longestFirst(polite), asks: longestFirst(asks),
}));

function toPhrases(says: Readonly<Record<Wish, string>>): ReadonlyMap<string, Wish> {
  const phrases = new Map<string, Wish>();
  for (const wish of wishes) for (const words of split(says[wish])) phrases.set(words, wish);
  return phrases;
}

/** Longer texts say more than a wish. */
const longest = 80;

/** Who laughs does not mean it. */
const laughing = /[\u{1F600}-\u{1F606}\u{1F609}\u{1F60B}\u{1F60F}\u{1F61B}-\u{1F61D}\u{1F602}\u{1F638}\u{1F639}\u{1F643}\u{1F923}\u{1F92A}\u{1F92D}\u{1F480}]|[:;x]-?[dp](?![\p{L}\p{N}])|;-?\)/iu;
/** These are for good, or nearly so: said in earnest, or not at all. */
const grave: readonly Wish[] = ['stop', 'forget me'];

/** What somebody wishes of us, when that is all he says; `hint` decides where several languages say it alike. */
export function readWish(text: string, hint: string | undefined): Wished | undefined {
  const question = bareQuestion(text);
  const wished = readWhole(question, hint) ?? readSentences(question, hint);
  if (!wished) return undefined;
  // A link says what is to be stopped, and it is not us.
  if (wished.wish !== 'delete' && /https?:\/\//iu.test(clean(text))) return undefined;
  return grave.includes(wished.wish) && laughing.test(question) ? undefined : wished;
}

const mostSentences = 3;

/** Said in two or three sentences, or parts of one, each of them a wish: the graver one, for the others can be said again. */
function readSentences(question: string, hint: string | undefined): Wished | undefined {
  const end = /[!！]\P{L}*$/u.test(question) ? '!' : '';
  const sentences = (question.match(/[^,;、.!。！]+[,;、.!。！]*/gu) ?? []).filter(each => toBare(each) !== '').map(each => each.replace(/[,;、]+$/u, end));
  if (sentences.length < 2 || sentences.length > mostSentences) return undefined;
  const all = sentences.flatMap(each => readWhole(each, hint) ?? []);
  return all.length === sentences.length ? grave.flatMap(wish => all.find(each => each.wish === wish) ?? [])[0] ?? all[0] : undefined;
}

function readWhole(question: string, hint: string | undefined): Wished | undefined {
  if (question.length > longestCry) return undefined;
  const isAsked = /[?？]/u.test(question);
  const isLoud = /[!！]/u.test(question);
  // An apostrophe parts words in French and is left out in a hurry in English.
  const typed = [...new Set([question, question.replace(/['’ʼ`]/gu, '')].map(toBare).flatMap(calmed))].filter(each => each !== '' && each.length <= longest);
  readLanguages ??= toRead();
  const found = readLanguages.flatMap(each => typed.flatMap(words => readIn(words, isAsked, isLoud, each)));
  const tag = hint?.toLowerCase().slice(0, 2);
  const [first] = found;
  const told = found.find(({ language }) => language === tag);
  if (told || !first || found.every(({ language }) => language === first.language)) return told ?? first;
  // Several languages say it alike: marks tell, or else it is answered as anything of one word is.
  const [, written] = marks.find(([mark]) => mark.test(question)) ?? [];
  return found.find(({ language }) => language === written) ?? { wish: first.wish, language: tag !== undefined && tag in languages ? tag : 'en' };
}

/** Whoever cries it twenty times over says no more than a wish. */
const longestCry = 400;

/** What only one of them writes. */
const marks: readonly (readonly [RegExp, string])[] = [[/[¡¿ñ]/iu, 'es'], [/[ãõ]/iu, 'pt'], [/[äöüß]/iu, 'de'], [/\p{L}[ \u00A0\u202F][!?]/u, 'fr']];

/** As it is, and with every letter that is drawn out as one or two; what is said over and over once, too. */
function calmed(bare: string): readonly string[] {
  return [bare, bare.replace(/(\p{L})\1{2,}/gu, '$1'), bare.replace(/(\p{L})\1{2,}/gu, '$1$1')].flatMap(each => [each, once(each), each.replace(/^(.{2,}?)\1+$/u, '$1')]);
}

/** Japanese has no spaces, and many words for me; where there are spaces, words are read as they stand and as they are meant. */
const spellings = (bare: string, { isSpaced, short }: Read): readonly string[] => (isSpaced
  ? [...new Set([bare, bare.replace(/[^ ]+/gu, word => short.get(word) ?? word)])]
  : [bare.replaceAll(' ', '').replace(/^((?:あなたは|君は|きみは|お前は|もう)?)(?:僕|俺|自分|わたし|わたくし|ほく|おれ|あたし|ホク|オレ|ワタシ)(?=[のをにはか])/u, '$1私')]);

/** Without what is said again at once. */
const once = (words: string): string => words.replace(/(?<![^ ])(.+?)(?: \1)+(?![^ ])/gu, '$1');

function readIn(bare: string, isAsked: boolean, isLoud: boolean, of: Read): readonly Wished[] {
  const { language, isSpaced, phrases, weak, ...around } = of;
  const without = isSpaced ? withoutWords : withoutEnds;
  for (const typed of spellings(bare, of)) {
    const plain = without(typed, around.please);
    const calm = without(plain, around.polite);
    const bared = without(calm, around.please);
    const asked = isSpaced ? withoutStart(bared, around.asks) : withoutEnds(bared, around.asks);
    const isRequest = plain !== typed || bared !== calm || asked !== bared;
    const candidates = [typed, plain, calm, bared, once(bared), asked, ...(language === 'de' ? [typed, plain, calm, bared, asked].map(withoutDigraphs) : []), ...(isSpaced ? [] : [without(asked, around.polite)])];
    for (const words of candidates) {
      const wish = phrases.get(words);
      if (wish && (!isAsked || isRequest || wish === 'what do you know')) return [{ wish, language }];
      if (weak.has(words) && (isRequest || (isLoud && !isAsked && words === typed))) return [{ wish: 'stop', language }];
    }
  }
  return [];
}

/** Where there is no umlaut on the keyboard. */
const withoutDigraphs = (text: string): string => text.replace(/([aou])e/gu, '$1');

/** Without these, wherever they stand between spaces; what would be nothing stays. */
const withoutWords = (text: string, phrases: readonly string[]): string =>
  phrases.reduce((left, phrase) => (left.includes(phrase) ? left.replaceAll(` ${phrase} `, ' ') : left), ` ${text} `).trim() || text;

/** Without one of these before it. */
function withoutStart(text: string, phrases: readonly string[]): string {
  const start = phrases.find(phrase => text.startsWith(`${phrase} `));
  return start === undefined ? text : text.slice(start.length + 1);
}

/** Without these before and after it, as often as they stand there: Japanese has no spaces. */
function withoutEnds(text: string, phrases: readonly string[]): string {
  for (const phrase of phrases) {
    if (text.length <= phrase.length) continue;
    if (text.endsWith(phrase)) return withoutEnds(text.slice(0, -phrase.length), phrases);
    if (text.startsWith(phrase)) return withoutEnds(text.slice(phrase.length), phrases);
  }
  return text;
}

/** What is answered, with its blanks filled in. */
export const toAnswer = ({ wish, language }: Wished, values: Readonly<Record<string, string | number>> = {}): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), (languages[language] ?? languages['en'])?.answers[wish] ?? '');

/** A fixed line in the nearest language that has one. */
export const fixedLine = (kind: 'goodnight' | 'neutral', language: string): { readonly text: string; readonly language: string } => {
  const tag = language in languages ? language : 'en';
  return { text: languages[tag]?.[kind] ?? '', language: tag };
};
