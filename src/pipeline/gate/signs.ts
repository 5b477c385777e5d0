// What kind of sign stands where in a text. Each is looked up in a table: expressions ask every letter anew, and take five times as long.

/** A bit for each kind. */
export const signs = { letter: 1, mark: 2, dot: 4, space: 8 };
/** `losing`: what stands behind it loses a mark that is at home in no script. `lookedUp`: none of these, or all that are set. */
const [unseen, homeless, losing, lookedUp] = [16, 32, 64, 128];

const tests: readonly (readonly [kind: number, is: RegExp])[] = [
  [signs.letter, /[\p{L}\p{N}]/v], [signs.mark, /\p{M}/v], [signs.dot, /\./v], [signs.space, /\s/v], [unseen, /[\p{Cf}\p{DI}]/v],
  [homeless, /[\p{Script=Inherited}&&\p{M}]/v], [losing, /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\d@$.]/v],
];
const kindOf = (sign: string): number => tests.reduce((kinds, [kind, is]) => (is.test(sign) ? kinds | kind : kinds), lookedUp);

const ofUnits = new Uint8Array(0x10000);
const ofPairs = new Map<number, number>();
const mostPairs = 4_096;

/** What takes two units. Half of a pair is of no kind. */
const isPair = 256;
/** Of the sign that begins there. */
function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if ((code & 0xFC00) === 0xD800 && (text.charCodeAt(at + 1) & 0xFC00) === 0xDC00) return pairAt(text, at) | isPair;
  return ofUnits[code] ||= kindOf(text.charAt(at));
}

function pairAt(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  const before = ofPairs.get(point);
  if (before !== undefined) return before;
  const kind = kindOf(String.fromCodePoint(point));
  if (ofPairs.size < mostPairs) ofPairs.set(point, kind);
  return kind;
}

/** A text with `between` for every run of signs that are none of these kinds. */
export function strip(text: string, wanted: number, between: string): string {
  let [left, from, isOut] = ['', 0, false];
  for (let at = 0; at < text.length;) {
    const kind = kindAt(text, at);
    const isWanted = (kind & wanted) !== 0;
    const to = at + (kind < isPair ? 1 : 2);
    if (!isWanted && !isOut) left += text.slice(from, at) + between;
    if (!isWanted) from = to;
    isOut = !isWanted;
    at = to;
  }
  return left + text.slice(from);
}

/** A text without what cannot be seen, and without the marks on and behind letters that need none. */
export function withoutMarks(text: string): string {
  let [left, from, before] = ['', 0, 0];
  for (let at = 0; at < text.length;) {
    const kind = kindAt(text, at);
    const to = at + (kind < isPair ? 1 : 2);
    if ((kind & unseen) !== 0 || ((kind & homeless) !== 0 && (before & losing) !== 0)) {
      left += text.slice(from, at);
      from = to;
    }
    before = kind;
    at = to;
  }
  return left + text.slice(from);
}

/** The words of a text, parted by space alone, that hold what is sought (an expression with the flag g). */
export function wordsWith(text: string, sought: RegExp): string[] {
  const found: string[] = [];
  const isSpace = (at: number): boolean => (kindAt(text, at) & signs.space) !== 0;
  let to = 0;
  for (const { index } of text.matchAll(sought)) {
    if (index < to) continue;
    let from = index;
    while (from > to && !isSpace(from - 1)) from -= 1;
    for (to = index; to < text.length && !isSpace(to);) to += 1;
    found.push(text.slice(from, to));
  }
  return found;
}

/** So many signs lie between letters that stand alone. */
const widest = 3;

/** Whether so many letters in a row stand alone. At-signs count as letters. */
export function hasSingles(text: string, count: number): boolean {
  let [run, word, gap] = [0, 0, 0];
  for (let at = 0; at <= text.length; at += 1) {
    const kind = at < text.length ? kindAt(text, at) : 0;
    const isLetter = (kind & signs.letter) !== 0 || (at < text.length && text.charCodeAt(at) === 0x40);
    if (kind >= isPair) at += 1;
    if (isLetter) {
      if (word === 0 && gap > widest) run = 0;
      word += 1;
      gap = 0;
    } else {
      gap += 1;
      if (word > 0) run = word === 1 ? run + 1 : 0;
      word = 0;
    }
    if (run >= count) return true;
  }
  return false;
}
