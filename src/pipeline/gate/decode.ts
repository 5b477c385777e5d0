import { fold, unmask } from './fold.ts';

/** What a text says to somebody who decodes it. */
export interface Decoded {
  readonly how: string;
  readonly text: string;
  /** No sentence looks like this by chance: whatever it says, somebody was meant to decode it. */
  readonly isSurely: boolean;
  /** The whole text with other letters, which chance makes much of. */
  readonly isCipher?: true;
}

const morse: Readonly<Record<string, string>> = Object.fromEntries(`a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- y-.-- z--..
  0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----. @.--.-. /-..-. $...-..- ..-.-.- ,--..-- ?..--.. !-.-.-- :---... =-...- +.-.-. --....- _..--.-`
  .split(/\s+/u).map(each => [each.slice(1), each[0] ?? '']));
const nato = 'alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'.split(' ');
const spoken = new Map([...nato.map(word => [word, word[0] ?? ''] as const), ['alpha', 'a'], ['juliet', 'j'], ['whisky', 'w'],
  ...'anton berta cäsar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe ypsilon zacharias'.split(' ').map(word => [word, word[0] ?? ''] as const)]);

/** Signs as one says them over the telephone. */
const saidSigns = new Map('zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ay=a bee=b see=c cee=c dee=d ee=e eff=f gee=g aitch=h eye=i jay=j kay=k el=l em=m en=n oh=o pee=p cue=q ar=r ess=s tee=t vee=v ex=x zed=z zee=z null=0 eins=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9'
  .split(' ').map(each => [each.slice(0, -2), each.at(-1) ?? '']));

const letters = (text: string): number => text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
const toText = (bytes: readonly number[]): string => Buffer.from(bytes).toString('utf8');
/** Bytes that somebody meant to be read. */
const isReadable = (text: string): boolean => text.length >= 4 && !/[\uFFFD\p{Cc}\p{Co}\p{Cn}]/u.test(text.replace(/[\t\n\r]/gu, '')) && letters(text) * 10 >= text.length * 6;

/** Every run that can be read as this, with its place in the text unread. */
function* readRuns(text: string, run: RegExp, how: string, read: (found: string) => string): Generator<Decoded> {
  for (const [found] of text.matchAll(run)) {
    const decoded = read(found);
    if (isReadable(decoded)) yield { how, text: decoded, isSurely: letters(decoded) >= 4 && !/^[et\s]*$/iu.test(decoded) };
  }
}

const inNumbers = (base: number) => (found: string): string => {
  const values = found.match(/[\da-f]+/giu)?.map(each => parseInt(each, base)) ?? [];
  return values.every(value => value > 8 && value < 0x3000) ? String.fromCodePoint(...values.slice(0, 2_000)) : '';
};
const fromHex = (found: string): string => toText((found.replace(/0x|\\x|[^\da-f]/giu, '').match(/[\da-f]{2}/giu) ?? []).slice(0, 4_000).map(each => parseInt(each, 16)));
const fromBits = (found: string): string => {
  const bits = found.replace(/[^01]/gu, '');
  const size = bits.length % 8 === 0 ? 8 : 7;
  return toText((bits.match(new RegExp(`[01]{${size}}`, 'gu')) ?? []).map(each => parseInt(each, 2)));
};
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';
function fromBase32(found: string): string {
  let bits = '';
  for (const letter of found.toLowerCase().replace(/=+$/u, '')) bits += base32.indexOf(letter).toString(2).padStart(5, '0');
  return fromBits8(bits);
}
const fromBits8 = (bits: string): string => toText((bits.match(/[01]{8}/gu) ?? []).map(each => parseInt(each, 2)));

function fromMorse(found: string): string {
  const marks = found.replace(/[·•∙․*]/gu, '.').replace(/[−–—_‐‑]/gu, '-');
  return marks.trim().split(/\s*[/|\n]\s*|\s{3,}/u).map(word => word.split(/\s+/u).map(each => morse[each] ?? '').join('')).join(' ');
}

/** Runs in the alphabets of codes. Long runs of one kind only: a price, a time or a hash mentioned in words is shorter. */
function* codes(text: string): Generator<Decoded> {
  yield* readRuns(text, /(?<![\p{L}\p{N}])[.\-·•∙․*−–—_‐‑]{1,7}(?:[ \t]{1,4}(?:[/|][ \t]{0,3})?[.\-·•∙․*−–—_‐‑]{1,7}){3,}(?![\p{L}\p{N}])/gu, 'Morse', fromMorse);
  yield* readRuns(text, /(?<![\p{L}\p{N}+/_-])[A-Za-z0-9+/_-]{8,}={0,2}(?![\p{L}\p{N}+/_-])/gu, 'base64', found => (/[A-Z]/u.test(found) && /[a-z]|\d/u.test(found) ? Buffer.from(found.slice(0, 8_000), 'base64').toString('utf8') : ''));
  yield* readRuns(text, /(?<![\p{L}\p{N}])[A-Za-z2-7]{16,}={0,6}(?![\p{L}\p{N}])/gu, 'base32', found => fromBase32(found.slice(0, 4_000)));
  yield* readRuns(text, /(?<![\p{L}\p{N}])(?:0x)?[\da-f]{2}(?:[\s:,-]?(?:0x|\\x)?[\da-f]{2}){4,}(?![\p{L}\p{N}])|(?:\\x[\da-f]{2}){3,}/giu, 'hex', fromHex);
  yield* readRuns(text, /(?<!\d)[01]{7,8}(?:[\s,]?[01]{7,8}){2,}(?!\d)/gu, 'binary', fromBits);
  yield* readRuns(text, /(?<!\d)\d{2,3}(?:[\s,;-]{1,2}\d{2,3}){4,}(?!\d)/gu, 'character codes', inNumbers(10));
  yield* readRuns(text, /(?<!\d)[01]?[0-7]{2,3}(?:[\s,\\]{1,2}[01]?[0-7]{2}){4,}(?!\d)/gu, 'octal codes', inNumbers(8));
  yield* readRuns(text, /(?<!\d)[1-5]{2}(?:[\s,-][1-5]{2}){5,}(?!\d)/gu, 'a square of letters', found => (found.match(/[1-5]{2}/gu) ?? []).map(([row = '1', column = '1']) => 'abcdefghiklmnopqrstuvwxyz'[(Number(row) - 1) * 5 + Number(column) - 1] ?? '').join(''));
  yield* readRuns(text, /(?<!\p{L})[ABab]{5}(?:[\s,]?[ABab]{5}){2,}(?!\p{L})/gu, 'two letters', found => (found.replace(/[^ab]/giu, '').match(/.{5}/gu) ?? []).map(each => String.fromCharCode(97 + (parseInt(each.toLowerCase().replaceAll('a', '0').replaceAll('b', '1'), 2) % 26))).join(''));
  yield* readRuns(text, /(?<!\d)(?:[1-9]|1\d|2[0-6])(?:[\s,.-]{1,3}(?:[1-9]|1\d|2[0-6])){7,}(?!\d)/gu, 'numbers of letters', found => (found.match(/\d+/gu) ?? []).map(each => String.fromCharCode(96 + Number(each))).join(''));
  // Signs that no language mixes with letters: the denser alphabets of the same idea.
  for (const [found] of text.matchAll(/(?<!\S)(?=\S{0,40}[A-Za-z]\S{0,40}[\dA-Z])\S{6,}(?!\S)/gu)) {
    if (new Set(found.match(/[<>?#&|`~;@$!%{}\\*^]/gu)).size >= 2 && !/^[\p{P}\s]*[\p{L}\p{N}]+[\p{P}\s]*$/u.test(found)) yield { how: 'a dense code', text: '', isSurely: true };
  }
  yield* readRuns(text, /(?:%[\da-f]{2}){2,}|%40[\p{L}]/giu, 'percent signs', found => fromHex(found.replaceAll('%', '')));
  yield* readRuns(text, /(?:&#x?[\da-f]{2,6};?){2,}/giu, 'entities', found => inNumbers(/#\D/u.test(found) ? 16 : 10)(found.replace(/[&#;x]+/giu, ' ')));
  yield* readRuns(text, /(?:\\?u\+?\{?[\da-f]{4,5}\}?[\s,]?){3,}/giu, 'code points', found => inNumbers(16)(found.replace(/[\\u+{}]/giu, ' ')));
}

/** A word in single letters, with whatever between them. Initials are shorter. */
function* spelled(text: string): Generator<Decoded> {
  for (const [found] of text.matchAll(/(?<![\p{L}\p{N}])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d@](?:[^\p{L}\p{N}@]{1,3}[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d@]){6,}(?![\p{L}\p{N}])/gu)) {
    const word = found.replace(/[^\p{L}\p{N}@]/gu, '');
    // Notes and bases are single letters too.
    if (/\p{L}{4}/u.test(word) && !/^[a-hgact]+$/iu.test(word)) yield { how: 'single letters', text: word, isSurely: true };
  }
  let said = '';
  for (const word of fold(text).replaceAll('x-ray', 'xray').split(/[^\p{L}-]+/u)) {
    const letter = spoken.get(word);
    if (letter !== undefined) said += letter;
    else if (said.length < 4) said = '';
  }
  if (said.length >= 4) yield { how: 'a spelling alphabet', text: said, isSurely: true };
  const signs = text.split(/[^\p{L}\p{N}]+/u).map(word => (word.length === 1 ? word : saidSigns.get(word.toLowerCase()) ?? ' ')).join('');
  if (/\S{5}/u.test(signs)) yield { how: 'signs by name', text: signs, isSurely: false };
  const initials = text.split(/\n+/u).filter(line => line.trim() !== '').map(line => line.trim()[0] ?? '').join('');
  if (initials.length >= 5) yield { how: 'first letters', text: initials, isSurely: /[@$]/u.test(initials) };
}

/**
 * The steps from letter to letter. They are the same whatever letter an alphabet is turned to, and opposite where it is mirrored: a passage is
 * found under all of these ciphers at once.
 */
export function stepsOf(letters: string, isMirrored = false): string {
  let steps = '';
  for (let at = 1; at < letters.length; at += 1) {
    const step = (letters.charCodeAt(at) - letters.charCodeAt(at - 1) + 26) % 26;
    steps += String.fromCharCode(97 + (isMirrored ? (26 - step) % 26 : step));
  }
  return steps;
}

const rotate = (text: string, by: (index: number) => number): string =>
  text.replace(/[a-z]/giu, letter => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(first + by(letter.charCodeAt(0) - first));
  });

/** The whole text under ciphers that keep its length. Chance makes much of them: they count for what they say only. */
function* ciphers(text: string): Generator<Decoded> {
  yield { how: 'backwards', text: Array.from(text).toReversed().join(''), isSurely: false };
  yield { how: 'word by word backwards', text: text.replace(/[\p{L}\p{N}@]+/gu, word => Array.from(word).toReversed().join('')), isSurely: false, isCipher: true };
  // What holds no address holds none in another alphabet: the signs in it stay what they are.
  if (!/[\p{L}\p{N}][.:/][\p{L}/]/u.test(text)) return;
  for (let by = 1; by < 26; by += 1) yield { how: 'a turned alphabet', text: rotate(text, index => (index + by) % 26), isSurely: false, isCipher: true };
  yield { how: 'a mirrored alphabet', text: rotate(text, index => 25 - index), isSurely: false, isCipher: true };
}

const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', '@': 'a', $: 's', '|': 'i', '!': 'i' };
/** Every digit as the letter that it stands for in such writing. */
export const fromDigits = (text: string): string => text.replace(/[013457@$]/gu, sign => leet[sign] ?? sign);

/** Digits for letters, in words that have both. */
export const fromLeet = (text: string): string =>
  text.replace(/[\p{L}\p{N}@$|!]{3,}/gu, word => (/\p{L}/u.test(word) && /[013457890@$|!]/u.test(word) ? word.replace(/[013457890@$|!]/gu, sign => leet[sign] ?? sign) : word));

/** Everything that a text says in a code that we know, nearest first; one level deep, and one more inside of what is surely a code. */
export function* decode(text: string): Generator<Decoded> {
  const open = unmask(text);
  for (const found of [...codes(open), ...spelled(open)]) {
    yield found;
    if (found.isSurely) yield* [...codes(found.text), ...ciphers(found.text)].map(inner => ({ ...inner, how: `${inner.how} in ${found.how}` }));
  }
  yield* ciphers(open);
}
