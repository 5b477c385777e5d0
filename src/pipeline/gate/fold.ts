// Letters as a reader takes them, whatever they are written with: so that one rule finds a word in every disguise.
import { signs, strip, withoutMarks } from './signs.ts';

/** Latin letters' doubles in other scripts, as readers confuse them. Source: Unicode's confusables (UTS 39), the rows that look like one Latin letter. */
const doubles: Readonly<Record<string, string>> = {
  a: 'аɑαаᎪ', b: 'ЬвᏴƅ', c: 'сϲⅽᏟ', d: 'ԁⅾᏧ', e: 'еєҽεℯᎬ', f: 'ꞙƒ', g: 'ɡցᏀ', h: 'һнհᎻ', i: 'іıɩιӏΙІᎥ', j: 'јϳᎫ', k: 'кκᏦ', l: 'ⅼℓᏞ', m: 'мⅿᎷ', n: 'пոηᴎ', o: 'оοσօ೦ഠᏫ', p: 'рρᏢ',
  q: 'ԛզ', r: 'гᴦᎡ', s: 'ѕꜱᏚ', t: 'тτᎢ', u: 'υսᴜ', v: 'νѵⅴᏙ', w: 'ѡԝωᎳ', x: 'хχⅹ', y: 'уүγᎽ', z: 'ᴢᏃ',
};
const byDouble = new Map(Object.entries(doubles).flatMap(([letter, others]) => Array.from(others).flatMap(other => [[other, letter], [other.toLowerCase(), letter]] as const)));

const anyDouble = new RegExp(`[${[...byDouble.keys()].join('')}]`, 'gu');

/** Letters in circles, squares and flags, which compatibility folding leaves as they are. */
const framed: readonly (readonly [first: number, last: number])[] = [[0x1F150, 0x1F169], [0x1F170, 0x1F189], [0x1F1E6, 0x1F1FF], [0x1F110, 0x1F129], [0x1F130, 0x1F149]];
const lettersInFrames = /[\u{1F110}-\u{1F129}\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u{1F1E6}-\u{1F1FF}]/gu;

function unframe(letter: string): string {
  const point = letter.codePointAt(0) ?? 0;
  const [first] = framed.find(([from, to]) => point >= from && point <= to) ?? [point];
  return String.fromCharCode(97 + point - first);
}

/** Nothing but plain ASCII: nothing to fold but its case. */
// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const plain = /^[\u0000-\u007F]*$/u;

/** One draft is looked at from many sides: what was made of a text last is made once. */
export function once<T>(make: (text: string) => T, most = 32): (text: string) => T {
  const made = new Map<string, T>();
  return text => {
    const before = made.get(text);
    if (before !== undefined) return before;
    const now = make(text);
    if (made.size >= most) made.clear();
    made.set(text, now);
    return now;
  };
}

/** Compatibility forms, marks, frames and case gone; what cannot be seen too. Scripts stay what they are. */
export const unmask = once(text => {
  if (plain.test(text)) return text;
  return simple.test(text) ? unmaskEach(text) : unmaskAll(text);
});

/** Signs that nothing before or after them changes: of these every one is unmasked by itself, once. */
// oxlint-disable-next-line no-control-regex -- all of ASCII is meant
const simple = /^[\u0000-\u00AC\u00AE-\u02FF\u0370-\u0482\u048A-\u052F\u1E00-\u1EFF\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u3000-\u3029\u3030-\u3098\u309B-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF5E]*$/u;
const unmasked = new Map<number, string>();
function remember(code: number): string {
  const open = unmaskAll(String.fromCharCode(code));
  unmasked.set(code, open);
  return open;
}

function unmaskEach(text: string): string {
  let [open, from] = ['', 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    open += text.slice(from, at) + (unmasked.get(code) ?? remember(code));
    from = at + 1;
  }
  return open + text.slice(from);
}

const unmaskAll = (text: string): string => withoutMarks(text.normalize('NFKD').replace(lettersInFrames, unframe)).normalize('NFC');

/** The same in lower case, and every letter that looks Latin is Latin. */
export const fold = once(text => {
  const open = unmask(text).toLowerCase();
  return plain.test(open) ? open : open.replace(anyDouble, letter => byDouble.get(letter) ?? letter);
});

/** Its letters and digits alone, folded: what is left when somebody spaces, splits or decorates it. */
export const lettersOf = once(text => {
  const folded = fold(text);
  return plain.test(folded) ? folded.replace(/[^a-z\d]+/g, '') : strip(folded, signs.letter, '');
});

const alphabet = 'abcdefghijklmnopqrstuvwxyz';
const capitals = alphabet.toUpperCase();

/** With another letter for each of a to z and A to Z: `to` says which, by its place in the alphabet (0 to 25). */
export function rotate(text: string, to: (place: number) => number): string {
  let turned = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const place = (code | 32) - 97;
    turned += place < 0 || place > 25 || code < 65 || code > 122 ? text.charAt(at) : (code < 97 ? capitals : alphabet).charAt(to(place));
  }
  return turned;
}

/** Longer texts are turned as a whole: letter by letter each one takes a step of its own. */
const longest = 24;
const turned = (text: string, encoding: 'latin1' | 'utf16le'): string => {
  const bytes = Buffer.from(text, encoding);
  return (encoding === 'latin1' ? bytes.reverse() : bytes.swap16().reverse()).toString(encoding);
};

/** Read from the right. */
export function reversed(text: string): string {
  if (/[\uD800-\uDFFF]/.test(text)) return Array.from(text).toReversed().join('');
  if (text.length > longest) return turned(text, /[\u0100-\uFFFF]/.test(text) ? 'utf16le' : 'latin1');
  let back = '';
  for (let at = text.length - 1; at >= 0; at -= 1) back += text.charAt(at);
  return back;
}
