// Cuts a text into what can be looked up, in one walk over it.
import { squared } from './fold.ts';

/** What stands between two spaces: `#SomeWords`, `so.me-thing`, `w0rd!`. */
export interface Cluster {
  /** Offsets in the text that was read. */
  readonly start: number;
  readonly end: number;
  /** Its words, numbers and pictures. */
  readonly parts: readonly string[];
  /** All of it without what joins it; undefined when that says nothing new. */
  readonly whole: string | undefined;
  /** Only single letters. */
  readonly isSpelled: boolean;
}

/** Text in a script that puts no space between words. */
export interface Run {
  readonly start: number;
  readonly text: string;
}

const kinds = { apart: 1, letter: 2, digit: 3, sign: 4, dropped: 5, joiner: 6, unspaced: 7, picture: 8 } as const;

/** Kind of each code unit, filled as they come along. */
const known = new Uint8Array(0x10000);

/** No word that is looked up is longer; what is, is an address or a key. */
const longest = 40;

/** Compatibility forms gone, addresses cut down to their hosts: what follows there is no language. */
export const toReadable = (text: string): string => text.normalize('NFKC').replace(/(https?:\/\/[^\s/?#]+)\S*/giu, '$1 ');

export function readWords(text: string, onCluster: (cluster: Cluster) => void, onRun: (run: Run) => void): void {
  let at = 0;
  while (at < text.length) {
    const point = text.codePointAt(at) ?? 0;
    const kind = kindOf(point);
    const size = point > 0xffff ? 2 : 1;
    if (kind === kinds.unspaced) {
      const start = at;
      while (at < text.length && isInRun(text.codePointAt(at) ?? 0)) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      onRun({ start, text: text.slice(start, at) });
    } else if (kind === kinds.picture) {
      onCluster({ start: at, end: at + size, parts: [text.slice(at, at + size)], whole: undefined, isSpelled: false });
      at += size;
    } else if (kind === kinds.letter || kind === kinds.digit || kind === kinds.sign) {
      at = readCluster(text, at, onCluster);
    } else {
      at += size;
    }
  }
}

const isInRun = (point: number): boolean => {
  const kind = kindOf(point);
  return kind === kinds.unspaced || kind === kinds.dropped;
};

function readCluster(text: string, start: number, onCluster: (cluster: Cluster) => void): number {
  const parts: string[] = [];
  let whole = '';
  let part = '';
  let last: number = kinds.apart;
  let at = start;
  let isMixed = false;
  let wasLower = false;
  const cut = (): void => {
    if (part !== '') parts.push(part);
    part = '';
  };
  while (at < text.length) {
    const code = text.charCodeAt(at);
    const isHigh = code >= 0xd800 && code <= 0xdbff;
    const point = isHigh ? text.codePointAt(at) ?? 0 : code;
    const kind = kindOf(point);
    if (kind === kinds.joiner) {
      if (last === kinds.joiner) break;
      cut();
    } else if (kind === kinds.letter || kind === kinds.digit || kind === kinds.sign) {
      const letter = isHigh ? squared(point) ?? String.fromCodePoint(point) : text.charAt(at);
      const isUpper = code >= 65 && code <= 90;
      if (kind !== last || (isUpper && wasLower)) cut();
      wasLower = code >= 97 && code <= 122;
      if (kind === kinds.sign) isMixed = true;
      else part += letter;
      if (kind === kinds.digit) isMixed = true;
      whole += letter;
    } else if (kind !== kinds.dropped) break;
    if (kind !== kinds.dropped) last = kind;
    at += isHigh && point > 0xffff ? 2 : 1;
  }
  cut();
  const isSpelled = !isMixed && parts.length > 0 && parts.every(each => each.length === 1);
  const isWorth = whole.length <= longest && (isMixed || (parts.length > 1 && (whole.length > 3 || isSpelled)));
  onCluster({ start, end: at, parts, whole: isWorth ? whole : undefined, isSpelled });
  return at;
}

function kindOf(point: number): number {
  if (point > 0xffff) return classify(point);
  const kind = known[point];
  if (kind !== undefined && kind !== 0) return kind;
  return (known[point] = classify(point));
}

/** Zero-width and direction marks (Persian and Indic words hold some), the soft hyphen, Arabic's stretching stroke, variants and skins of pictures. */
const dropped: readonly (readonly [first: number, last: number])[] = [
  [0xad, 0xad], [0x34f, 0x34f], [0x61c, 0x61c], [0x640, 0x640], [0x180b, 0x180e], [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x2069],
  [0xfe00, 0xfe0f], [0xfeff, 0xfeff], [0x1f3fb, 0x1f3ff], [0xe0100, 0xe01ef],
];

function classify(point: number): number {
  const letter = String.fromCodePoint(point);
  if (dropped.some(([first, last]) => point >= first && point <= last)) return kinds.dropped;
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー・]/u.test(letter)) return kinds.unspaced;
  if (/[\p{L}\p{M}]/u.test(letter) || squared(point) !== undefined) return kinds.letter;
  if (/\p{N}/u.test(letter)) return kinds.digit;
  if (/[@$!*|]/u.test(letter)) return kinds.sign;
  if (/['’.\-_·‐]/u.test(letter)) return kinds.joiner;
  return /\p{Extended_Pictographic}/u.test(letter) ? kinds.picture : kinds.apart;
}
