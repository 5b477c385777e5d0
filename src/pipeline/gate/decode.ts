import { reversed, rotate, unmask } from './fold.ts';
import { hasSingles, wordsWith } from './signs.ts';
import { partsOf, toWords } from './phrases.ts';
import { domains, schemes } from './addresses.ts';
import { trade } from './bidding.ts';

/** What a text says to somebody who decodes it. */
export interface Decoded {
  readonly how: string;
  readonly text: string;
  /** No sentence looks like this by chance: whatever it says, somebody was meant to decode it. */
  readonly isSurely: boolean;
  /** The text, or all of it that matters, with other letters: chance makes much of them. */
  readonly isCipher?: true;
}

const morse: Readonly<Record<string, string>> = Object.fromEntries(`a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. s... t- u..- v...- w.-- x-..- y-.-- z--..
  0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. 9----. @.--.-. /-..-. $...-..- ..-.-.- ,--..-- ?..--.. !-.-.-- :---... =-...- +.-.-. --....- _..--.-`
  .split(/\s+/u).map(each => [each.slice(1), each[0] ?? '']));
const nato = 'alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu'.split(' ');
const spoken = new Map([...nato.map(word => [word, word[0] ?? ''] as const), ['alpha', 'a'], ['juliet', 'j'], ['whisky', 'w'],
  ...'anton berta casar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe ypsilon zacharias'.split(' ').map(word => [word, word[0] ?? ''] as const)]);

/** Signs as one says them over the telephone. */
const saidSigns = 'zero=0 one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ay=a bee=b see=c cee=c dee=d ee=e eff=f gee=g aitch=h eye=i jay=j kay=k el=l em=m en=n oh=o pee=p cue=q ar=r ess=s tee=t vee=v ex=x zed=z zee=z null=0 eins=1 zwei=2 drei=3 vier=4 funf=5 sechs=6 sieben=7 acht=8 neun=9'
  .split(' ').map(each => [each.slice(0, -2), each.at(-1) ?? ''] as const);
/** Both by one look: a word for a letter, for a sign, or for either. */
const aloud = new Map<string, { letter?: string; sign?: string }>();
for (const [word, letter] of spoken) aloud.set(word, { letter });
for (const [word, sign] of saidSigns) aloud.set(word, { ...aloud.get(word), sign });

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
const fromHex = (found: string): string => ((/[,:-]\s/u.test(found) || (found.match(/[\da-f]{2}/giu)?.length ?? 0) < 5) && !/[a-f]/iu.test(found.replaceAll('0x', '')) ? '' : toText((found.replace(/0x|\\x|[^\da-f]/giu, '').match(/[\da-f]{2}/giu) ?? []).slice(0, 4_000).map(each => parseInt(each, 16))));
const fromBits = (found: string): string => {
  const bits = found.replace(/[^01]/gu, '');
  const size = bits.length % 8 === 0 ? 8 : 7;
  return toText((bits.match(new RegExp(`[01]{${size}}`, 'gu')) ?? []).map(each => parseInt(each, 2)));
};
/** A word that begins with a capital is none. */
const fromBase64 = (found: string): string => (/[A-Z]/u.test(found) && /[a-z]|\d/u.test(found) && /.[A-Z\d]/u.test(found) ? Buffer.from(found.slice(0, 8_000), 'base64').toString('utf8') : '');
/** Where that may be: a capital inside of a word, or a digit behind one. */
const mayBeBase64 = /[\w+/-][A-Z]|[A-Z][\w+/-]*\d/;
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

/** How a match ended in which nobody wins by less than two. */
const sets = /^(?:(?:6-[0-4]|[0-4]-6|7-[56]|[56]-7)(?:[\s,;]{1,2}|$)){2,5}$/u;

const isLadder = (numbers: readonly number[]): boolean => [1, -1].some(way => numbers.every((each, at) => at === 0 || each * way >= (numbers[at - 1] ?? 0) * way));
/** Numbers of letters in words. A ladder, a score and a formation are numbers too: those have few or only small ones. */
function fromGroups(found: string): string {
  const numbers = (found.match(/\d+/gu) ?? []).map(Number);
  if (numbers.length < 6 || numbers.filter(each => each > 9).length < 2 || isLadder(numbers) || sets.test(found)) return '';
  return numbers.map(each => String.fromCharCode(96 + each)).join('');
}

const keypad: Readonly<Record<string, string>> = { 2: 'abc', 3: 'def', 4: 'ghi', 5: 'jkl', 6: 'mno', 7: 'pqrs', 8: 'tuv', 9: 'wxyz' };
/** A key is pressed up to four times for a letter: one three times and another one twice are no numbers of buses. */
function fromKeypad(found: string): string {
  const keys = found.match(/\d+/gu) ?? [];
  if (!keys.some(each => each.length >= 3) || keys.filter(each => each.length >= 2).length < 2 || new Set(keys.map(each => each.length)).size < 2) return '';
  return keys.map(each => keypad[each[0] ?? '']?.[each.length - 1] ?? '').join('');
}

/** The same without anything between: nearly every key is pressed twice. */
function fromPressed(found: string): string {
  const keys = found.match(/(\d)\1*/gu) ?? [];
  return found.replace(/\s/gu, '').length * 4 >= keys.length * 7 && keys.length >= 4 ? keys.map(each => keypad[each[0] ?? '']?.[each.length - 1] ?? '').join('') : '';
}

/** Codes that hardly a letter is written in without a digit. */
function* inDigits(text: string): Generator<Decoded> {
  yield* readRuns(text.toLowerCase(), /(?<![\p{L}\p{N}])(?:0x)?[\da-f]{2}(?:[\s:,-]{0,2}(?:0x|\\x)?[\da-f]{2}){3,}(?![\p{L}\p{N}])|(?:\\x[\da-f]{2}){3,}/gu, 'hex', fromHex);
  // Of greys and the like all bytes are the same.
  if (text.includes('#')) yield* readRuns(text, /#[\da-f]{6}(?:[\s,;/|]{1,3}#?[\da-f]{6})+(?![\p{L}\p{N}])/giu, 'colours', found => (/([\da-f]{2})\1\1/iu.test(found) ? '' : fromHex(found)));
  if (text.includes('%')) yield* readRuns(text, /(?:%[\da-f]{2}){2,}|%40[\p{L}]/giu, 'percent signs', found => fromHex(found.replaceAll('%', '')));
  if (text.includes('&#')) yield* readRuns(text, /(?:&#x?[\da-f]{2,6};?){2,}/giu, 'entities', found => inNumbers(/#\D/u.test(found) ? 16 : 10)(found.replace(/[&#;x]+/giu, ' ')));
  yield* readRuns(text, /(?:\\?u\+?\{?[\da-f]{4,5}\}?[\s,]?){3,}/giu, 'code points', found => inNumbers(16)(found.replace(/[\\u+{}]/giu, ' ')));
  if (!/(?:\d\D{0,3}){3}\d/u.test(text)) return;
  yield* readRuns(text, /(?<!\d)[01]{7,8}(?:[\s,]?[01]{7,8}){2,}(?!\d)/gu, 'binary', fromBits);
  yield* readRuns(text, /(?<!\d)\d{2,3}(?:[\s,;-]{1,2}\d{2,3}){4,}(?!\d)/gu, 'character codes', inNumbers(10));
  yield* readRuns(text, /(?<!\d)[01]?[0-7]{2,3}(?:[\s,\\]{1,2}[01]?[0-7]{2}){4,}(?!\d)/gu, 'octal codes', inNumbers(8));
  yield* readRuns(text, /(?<!\d)[1-5]{2}(?:[\s,-][1-5]{2}){5,}(?!\d)/gu, 'a square of letters', found => (found.match(/[1-5]{2}/gu) ?? []).map(([row = '1', column = '1']) => 'abcdefghiklmnopqrstuvwxyz'[(Number(row) - 1) * 5 + Number(column) - 1] ?? '').join(''));
  yield* readRuns(text, /(?<!\d)(?:[1-9]|1\d|2[0-6])(?:[\s,.-]{1,3}(?:[1-9]|1\d|2[0-6])){7,}(?!\d)/gu, 'numbers of letters', found => (sets.test(found) || isLadder(found.match(/\d+/gu)?.map(Number) ?? []) ? '' : (found.match(/\d+/gu) ?? []).map(each => String.fromCharCode(96 + Number(each))).join('')));
  yield* readRuns(text, /(?<![\d-])(?:(?:[1-9]|1\d|2[0-6])[-·.](?![-·.])){2,}(?:[1-9]|1\d|2[0-6])(?:\s?[\s/|,;+]\s?(?:(?:[1-9]|1\d|2[0-6])[-·.])*(?:[1-9]|1\d|2[0-6]))*(?![\d-])/gu, 'numbers of letters', fromGroups);
  yield* readRuns(text, /(?<!\d)(?:([2-9])\1{0,3}[\s/.,|-]{1,3}){3,}([2-9])\2{0,3}(?!\d)/gu, 'a keypad', fromKeypad);
  yield* readRuns(text, /(?<![\d.,])(?=[2-9\s]{7})(?:([2-9])\1{0,3}){3,}(?:\s(?:([2-9])\2{0,3}){2,})*(?![\d.,])/gu, 'a keypad', fromPressed);
}

/** Runs in the alphabets of codes. Long runs of one kind only: a price, a time or a hash mentioned in words is shorter. */
function* codes(text: string): Generator<Decoded> {
  if (/\d/u.test(text)) yield* inDigits(text);
  // Many of both signs are code also where none of our tables reads it.
  for (const [found] of text.matchAll(/(?:[.\-·•∙․*−–—_‐‑]{1,12}[ \t]{1,4}){3,}[.\-·•∙․*−–—_‐‑]{0,12}/gu)) {
    const [dots, dashes] = [found.match(/[.·•∙․*]/gu)?.length ?? 0, found.match(/[-−–—_‐‑]/gu)?.length ?? 0];
    if (dots >= 3 && dashes >= 3 && dots + dashes >= 12) yield { how: 'Morse', text: '', isSurely: true };
  }
  if (/[.·-]\//u.test(text)) yield* readRuns(text, /(?<![\p{L}\p{N}/:])[.·−–-]{1,5}(?:\/{1,2}[.·−–-]{1,5}){3,}/gu, 'Morse', found => fromMorse(found.replace(/\/\/?/gu, each => (each === '/' ? ' ' : ' / '))));
  yield* readRuns(text, /(?<![\p{L}\p{N}])[.\-·•∙․*−–—_‐‑]{1,7}(?:[ \t]{1,4}(?:[/|][ \t]{0,3})?[.\-·•∙․*−–—_‐‑]{1,7}){3,}(?![\p{L}\p{N}])/gu, 'Morse', fromMorse);
  const isMixed = mayBeBase64.test(text);
  if (isMixed) yield* readRuns(text, /(?<![\p{L}\p{N}+/_-])[A-Za-z0-9+/_-]{8,}={0,2}(?![\p{L}\p{N}+/_-])/gu, 'base64', fromBase64);
  // Behind letters that belong to none of it the groups of four begin elsewhere.
  for (const [found] of !/[a-z][A-Z]/u.test(text) ? [] : text.matchAll(/(?<![\p{L}\p{N}])(?=[A-Za-z0-9]*[a-z][A-Z][A-Za-z0-9]*[a-z][A-Z])(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{14,}={0,2}/gu)) {
    for (let from = 1; from <= Math.min(16, found.length - 8); from += 1) {
      const inner = fromBase64(found.slice(from, from + ((found.length - from) & ~3)));
      if (/^[ -~]{8,}$/u.test(inner)) yield { how: 'base64', text: inner, isSurely: letters(inner) >= inner.length * 0.7 };
    }
  }
  // What joins words is a sign of it too.
  if (isMixed && /[-_/+](?:(?<=[\p{L}\p{N}].)|(?=[\p{L}\p{N}]))/u.test(text)) yield* readRuns(text, /(?<![\p{L}\p{N}])[A-Za-z0-9]{8,}={0,2}(?![\p{L}\p{N}])/gu, 'base64', fromBase64);
  if (/(?<![A-Za-z2-7])[A-Za-z2-7]{16}/.test(text)) yield* readRuns(text, /(?<![\p{L}\p{N}])[A-Za-z2-7]{16,}={0,6}(?![\p{L}\p{N}])/gu, 'base32', found => fromBase32(found.slice(0, 4_000)));
  yield* readRuns(text, /(?<!\p{L})[ABab]{5}(?:[\s,]?[ABab]{5}){2,}(?!\p{L})/gu, 'two letters', found => (found.replace(/[^ab]/giu, '').match(/.{5}/gu) ?? []).map(each => String.fromCharCode(97 + (parseInt(each.toLowerCase().replaceAll('a', '0').replaceAll('b', '1'), 2) % 26))).join(''));
  // Signs that no language mixes with letters: the denser alphabets of the same idea.
  for (const [found] of !/[<>?#&|`~;@$!%{}\\*^]\S*[<>?#&|`~;@$!%{}\\*^]/u.test(text) ? [] : text.matchAll(/(?<!\S)(?=\S{0,40}[A-Za-z]\S{0,40}[\dA-Z])\S{6,}(?!\S)/gu)) {
    if (new Set(found.match(/[<>?#&|`~;@$!%{}\\*^]/gu)).size >= 2 && !/^[\p{P}\s]*[\p{L}\p{N}]+[\p{P}\s]*$/u.test(found)) yield { how: 'a dense code', text: '', isSurely: true };
  }
}

/** "U.S.A., U.K. and E.U." spell nothing. */
const initialisms = /(?<![\p{L}\p{N}.])(?:\p{Lu}\.){2,3}(?:,\s(?:\p{Ll}{1,3}\s)?(?:\p{Lu}\.){2,3})+/gu;

const bidSpelled = /(?<!\p{L})(?:text|send|type|say|write|search|google|enter|sms|reply|reply with|answer with|look up|tippe|schreib|suche?|sende?|envoie|envoyez|tape[rz]?|cherche|escribe|envia|busca|scrivi|invia|cerca|escreve|envia|typ|stuur|zoek|wyslij|wpisz|напиши|отправь|введи|набери)\s(?:[“"«]?)((?:\p{L}[.*·-]){3,}\p{L})(?!\p{L})/giu;

const none: { readonly letter?: string; readonly sign?: string } = {};

/** A word in single letters, with whatever between them. Initials are shorter. */
function* spelled(written: string): Generator<Decoded> {
  const text = written.includes('.,') ? written.replace(initialisms, ' ') : written;
  // Five are a name where somebody is told to type or to send them.
  if (/(?<=\p{L})[.*·-]\p{L}[.*·-]/u.test(text)) for (const [, word = ''] of text.matchAll(bidSpelled)) yield { how: 'single letters', text: word, isSurely: true };
  for (const [found] of !hasSingles(text, 7) ? [] : text.matchAll(/(?<![\p{L}\p{N}])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d@](?:[^\p{L}\p{N}@]{1,3}[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\d@]){6,}(?![\p{L}\p{N}])/gu)) {
    const word = found.replace(/[^\p{L}\p{N}@]/gu, '');
    // Notes and bases are single letters too.
    if (/\p{L}{4}/u.test(word) && !/^[a-hgact]+$/iu.test(word)) yield { how: 'single letters', text: word, isSurely: true };
  }
  // No initials are in small letters.
  if (/(?<=\p{Ll})\.\p{Ll}\.\p{Ll}\.\p{Ll}/u.test(text) && /(?<![\p{L}\p{N}.])(?:\p{Ll}\.){4,}/u.test(text)) yield { how: 'single letters', text: '', isSurely: true };
  // Each letter with its place in the alphabet.
  if (text.includes('=') && [...text.matchAll(/(?<!\p{L})([A-Za-z])\s?=\s?(\d{1,2})(?!\d)/gu)].filter(([, letter = '', place]) => letter.toLowerCase().charCodeAt(0) - 96 === Number(place)).length >= 3) yield { how: 'numbers of letters', text: '', isSurely: true };
  // Both in one walk: of most texts nothing is kept.
  let [said, signs, run, longest] = ['', '', 0, 0];
  const words = toWords(text);
  for (const word of partsOf(words.includes(' x ray ') ? words.replaceAll(' x ray ', ' xray ') : words)) {
    if (word === '.' || word === '') continue;
    const { letter, sign = word.length === 1 ? word : undefined } = aloud.get(word) ?? none;
    if (letter !== undefined) said += letter;
    else if (said.length < 4) said = '';
    run = sign === undefined ? 0 : run + 1;
    longest = Math.max(longest, run);
    signs += sign ?? ' ';
  }
  if (said.length >= 4) yield { how: 'a spelling alphabet', text: said, isSurely: true };
  if (longest >= 5) yield { how: 'signs by name', text: signs, isSurely: false };
  const initials = !text.includes('\n') ? '' : text.split(/\n+/u).filter(line => line.trim() !== '').map(line => line.trim()[0] ?? '').join('');
  if (initials.length >= 5) yield { how: 'first letters', text: initials, isSurely: /[@$]/u.test(initials) };
}

/**
 * The steps from letter to letter. They are the same whatever letter an alphabet is turned to, and opposite where it is mirrored: a passage is
 * found under all of these ciphers at once.
 */
export function stepsOf(letters: string, isMirrored = false): string {
  const steps = Buffer.from(letters, 'latin1');
  let last = steps[0] ?? 0;
  for (let at = 1; at < steps.length; at += 1) {
    const letter = steps[at] ?? 0;
    const step = (letter - last + 26) % 26;
    steps[at] = 97 + (isMirrored ? (26 - step) % 26 : step);
    last = letter;
  }
  return steps.toString('latin1', 1);
}

/** What orders begin with. Of two letters there is a word in every language, from either side. */
const verbs = [...new Set(`${trade}|sudo|ban|kick|mute|unban|timeout|promote|demote|deop|whitelist`.split(/[|\s]/u).flatMap(verb => (verb.endsWith('?') ? [verb.slice(0, -2), verb.slice(0, -1)] : [verb])).filter(verb => verb.length > 2))];
const verbsBackwards = new Set(verbs.map(reversed));

/** By how many letters an alphabet may be turned; 0: mirrored. */
const turns = Array.from({ length: 26 }, (_, by) => by);
/** How words look turned, and by how much each is turned back. */
function turnedBy(words: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const looks = new Map<string, number[]>();
  for (const word of words.filter(each => /^[a-z]+$/u.test(each))) {
    for (const by of turns) {
      const look = rotate(word, index => (by === 0 ? 25 - index : (index + 26 - by) % 26));
      looks.set(look, [...looks.get(look) ?? [], by]);
    }
  }
  return looks;
}
const verbsTurned = turnedBy(verbs);

/** Names of schemes, and endings that everybody knows: how each looks turned, and by how much it is turned back. */
const schemesTurned = turnedBy(['http', 'https', 'hxxp', 'hxxps', 'web', ...schemes]);
const endingsTurned = turnedBy([...domains]);

/** What an address has inside, read from either side: of a text without it nothing is one in another alphabet, for signs stay what they are. */
const joined = /(?<=[\p{L}\p{N}@_])[.．:/@][\p{L}\p{N}/@]|(?<=[A-Za-z\d])[。｡][A-Za-z\d]/gu;
/** The same, read from the left. */
const addressed = /(?<=[\p{L}\p{N}@])[.．:/@][\p{L}/@]|(?<=[A-Za-z\d])[。｡][A-Za-z]/gu;
/** So many digits may be a number to call or an account, with whatever between them. */
const manyDigits = /(?:\d\D*){6}/u;

/** Under which turns one of these words may be an address. With a path behind it any ending may be one, with a number any word before it a call. */
const turnsOf = (words: readonly string[]): number[] => words.flatMap(word => {
  const low = word.toLowerCase();
  if (manyDigits.test(low)) return turns;
  const dot = low.search(/[.．。｡][a-z]/u);
  if (dot >= 0 && Math.max(low.lastIndexOf('/'), low.lastIndexOf(':')) > dot) return turns;
  const endings = Array.from(low.matchAll(/[.．。｡]([a-z]+)/gu), ([, ending = '']) => endingsTurned.get(ending) ?? []);
  const names = Array.from(low.matchAll(/(?<![a-z])([a-z]+)(?:\+\w{1,20})?:/gu), ([, name = '']) => schemesTurned.get(name) ?? []);
  return [...endings, ...names].flat();
});

/** The text under ciphers that keep its length: of most texts only the few words that may be an address. Chance makes much of them: they count for what they say only. */
function* ciphers(text: string): Generator<Decoded> {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const part = wordsWith(text, joined).join(' ');
  // Without such a verb nothing is ordered, from either side, and without these nobody is called.
  const isWhole = text.includes('@') || words.some(word => verbsBackwards.has(word)) || manyDigits.test(text);
  if (isWhole || part !== '') {
    const turnable = isWhole ? text : part;
    yield { how: 'backwards', text: reversed(turnable), isSurely: false, isCipher: true };
    yield { how: 'word by word backwards', text: turnable.replace(/[\p{L}\p{N}@]+/gu, word => reversed(word)), isSurely: false, isCipher: true };
  }
  const addresses = wordsWith(part, addressed);
  if (addresses.length === 0) return;
  const bidden = new Set(words.flatMap(word => verbsTurned.get(word) ?? []));
  for (const by of new Set([...bidden, ...turnsOf(addresses)])) {
    yield { how: by === 0 ? 'a mirrored alphabet' : 'a turned alphabet', text: rotate(bidden.has(by) ? text : addresses.join(' '), index => (by === 0 ? 25 - index : (index + by) % 26)), isSurely: false, isCipher: true };
  }
}

const leet: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', '@': 'a', $: 's', '|': 'i', '!': 'i' };
/** Every digit as the letter that it stands for in such writing. */
export const fromDigits = (text: string): string => text.replace(/[013457@$]/gu, sign => leet[sign] ?? sign);

/** Kana and signs of words stand beside numbers all the time. */
const mayBeLeet = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}!][013457890@$|]|[013457890@$|!][\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u;
/** Digits for letters, in words that have both. */
export const fromLeet = (text: string): string =>
  !mayBeLeet.test(text) ? text : text.split(' ').map(each => (/[013457890@$|!]/u.test(each) ? each.replace(/[\p{L}\p{N}@$|!]{2,}[\p{L}\p{N}@$|]/gu, toLetters) : each)).join(' ');
const toLetters = (word: string): string => (/\p{L}/u.test(word) ? word.replace(/[013457890@$|!]/gu, sign => leet[sign] ?? sign) : word);

/** Everything that a text says in a code that we know, nearest first; one level deep, and one more inside of what is surely a code. */
export function* decode(text: string): Generator<Decoded> {
  const open = unmask(text);
  for (const found of [...codes(open), ...spelled(open)]) {
    yield found;
    if (found.isSurely) yield* [...codes(found.text), ...ciphers(found.text)].map(inner => ({ ...inner, how: `${inner.how} in ${found.how}` }));
  }
  yield* ciphers(open);
}
