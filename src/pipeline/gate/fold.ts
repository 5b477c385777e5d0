// Letters as a reader takes them, whatever they are written with: so that one rule finds a word in every disguise.

/** Latin letters' doubles in other scripts, as readers confuse them. Source: Unicode's confusables (UTS 39), the rows that look like one Latin letter. */
const doubles: Readonly<Record<string, string>> = {
  a: 'аɑαаᎪ', b: 'ЬвᏴƅ', c: 'сϲⅽᏟ', d: 'ԁⅾᏧ', e: 'еєҽεℯᎬ', f: 'ꞙƒ', g: 'ɡցᏀ', h: 'һнհᎻ', i: 'іıɩιӏΙІᎥ', j: 'јϳᎫ', k: 'кκᏦ', l: 'ⅼℓᏞ', m: 'мⅿᎷ', n: 'пոηᴎ', o: 'оοσօ೦ഠᏫ', p: 'рρᏢ',
  q: 'ԛզ', r: 'гᴦᎡ', s: 'ѕꜱᏚ', t: 'тτᎢ', u: 'υսᴜ', v: 'νѵⅴᏙ', w: 'ѡԝωᎳ', x: 'хχⅹ', y: 'уүγᎽ', z: 'ᴢᏃ',
};
const byDouble = new Map(Object.entries(doubles).flatMap(([letter, others]) => Array.from(others).flatMap(other => [[other, letter], [other.toLowerCase(), letter]] as const)));

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
function once(make: (text: string) => string): (text: string) => string {
  const made = new Map<string, string>();
  return text => {
    const before = made.get(text);
    if (before !== undefined) return before;
    const now = make(text);
    if (made.size >= 32) made.clear();
    made.set(text, now);
    return now;
  };
}

/** Compatibility forms, marks, frames and case gone; what cannot be seen too. Scripts stay what they are. */
export const unmask = once(text => {
  if (plain.test(text)) return text;
  return text.normalize('NFKD').replace(lettersInFrames, unframe).replace(/[\p{Cf}\p{DI}]|(?<=[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\d@$.])[\p{Script=Inherited}&&\p{M}]/gv, '').normalize('NFC');
});

/** The same in lower case, and every letter that looks Latin is Latin. */
export const fold = once(text => {
  const open = unmask(text).toLowerCase();
  return plain.test(open) ? open : Array.from(open, letter => byDouble.get(letter) ?? letter).join('');
});

/** Its letters and digits alone, folded: what is left when somebody spaces, splits or decorates it. */
export const lettersOf = once(text => fold(text).replace(/[^\p{L}\p{N}]+/gu, ''));
