import { stepsOf } from './decode.ts';
import { lettersOf, once, reversed } from './fold.ts';

/** So many letters in a row, without spaces, are no chance: five or six words. */
const run = 24;
/** Fewer in scripts whose letters are syllables or words. */
const denseRun = 14;
/** Under a cipher nothing is said by chance. */
const cipherRun = 17;
/** How far apart the beginnings lie that are remembered: every run of `run + step - 1` letters holds one of them. */
const step = 4;

/** Where a text of ours could be recited from. */
export interface Source {
  readonly denseRun: number;
  readonly runs: ReadonlySet<string>;
  readonly dense: ReadonlySet<string>;
  readonly steps: ReadonlySet<string>;
  /** Its Latin letters, as they stand there. */
  readonly plain: string;
}

const denseLetters = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Thai}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;
const onlyDense = (letters: string): string => letters.match(denseLetters)?.join('') ?? '';
const notLatin = /[^a-z]+/gu;

const addRuns = (to: Set<string>, letters: string, length: number, every = step): void => {
  for (let at = 0; at + length <= letters.length; at += every) to.add(letters.slice(at, at + length));
};
/** Which runs there may be, by four of their letters: most passages are told to be foreign without being cut out. For a thread, which is read once, a table is not worth its making: a set does. */
const heads = new WeakMap<ReadonlySet<string>, Heads>();
type Heads = Pick<ReadonlySet<number>, 'has'>;
const headOf = (letters: string, at: number, length: number): number =>
  (letters.charCodeAt(at) * 29_791 + letters.charCodeAt(at + (length >> 2)) * 961 + letters.charCodeAt(at + (length >> 1)) * 31 + letters.charCodeAt(at + length - 1)) & 0xffff;
function headsOf(runs: ReadonlySet<string>, length: number): Heads {
  const before = heads.get(runs);
  if (before) return before;
  const all = Array.from(runs, each => headOf(each, 0, length));
  const made = runs.size < 256 ? new Set(all) : toTable(all);
  heads.set(runs, made);
  return made;
}
function toTable(all: readonly number[]): Heads {
  const table = new Uint8Array(0x10000);
  for (const head of all) table[head] = 1;
  return { has: head => table[head] === 1 };
}

function hasRun(letters: string, runs: ReadonlySet<string>, length: number): boolean {
  if (runs.size === 0) return false;
  const known = headsOf(runs, length);
  for (let at = 0; at + length <= letters.length; at += 1) if (known.has(headOf(letters, at, length)) && runs.has(letters.slice(at, at + length))) return true;
  return false;
}

/** Readies texts for `recites`, by their letters alone: case, spaces, marks and disguises make no difference. */
export function toSource(texts: readonly string[], dense = denseRun): Source {
  const [runs, denseRuns, steps] = [new Set<string>(), new Set<string>(), new Set<string>()];
  let plain = '';
  for (const text of texts) {
    const letters = lettersOf(text);
    addRuns(runs, letters, run);
    addRuns(denseRuns, onlyDense(letters), dense, 1);
    const latin = letters.replace(notLatin, '');
    plain += `${latin} `;
    addRuns(steps, stepsOf(latin), cipherRun);
  }
  return { runs, dense: denseRuns, steps, plain, denseRun: dense };
}

/** Whether a text repeats a passage of the source. Linear in the text. */
export function recites(text: string, source: Source): boolean {
  const letters = lettersOf(text);
  return hasRun(letters, source.runs, run)
    || (source.dense.size > 0 && hasRun(onlyDense(letters), source.dense, source.denseRun));
}

/** The same read from the right, in other letters than Latin ones: of those the ciphers tell. */
export function recitesBackwards(text: string, { runs, dense, denseRun: length }: Source): boolean {
  const letters = lettersOf(text);
  if (!/\P{ASCII}/u.test(letters)) return false;
  const back = reversed(letters);
  return hasRun(back, runs, run) || (dense.size > 0 && hasRun(onlyDense(back), dense, length));
}

/** The steps of a text's Latin letters and what they are mirrored, read from the right, and both: read from the right every step is its opposite. */
const stepsIn = once((text: string) => {
  const letters = lettersOf(text).replace(notLatin, '');
  const [steps, mirrored] = [stepsOf(letters), stepsOf(letters, true)];
  return { letters, forwards: [steps, mirrored], backwards: [reversed(mirrored), reversed(steps)] };
});

/** The same under an alphabet that is turned or mirrored, forwards or backwards. */
export function recitesInCipher(text: string, { steps, plain }: Source): boolean {
  const { letters, forwards, backwards } = stepsIn(text);
  if (letters.length <= cipherRun || steps.size === 0) return false;
  const isIn = (found: string, isHarmless: (at: number) => boolean): boolean => {
    const known = headsOf(steps, cipherRun);
    for (let at = 0; at + cipherRun <= found.length; at += 1) if (known.has(headOf(found, at, cipherRun)) && steps.has(found.slice(at, at + cipherRun)) && !isHarmless(at)) return true;
    return false;
  };
  // Turned by nothing it is no cipher, but a few words that anybody says.
  return forwards.some(found => isIn(found, at => plain.includes(letters.slice(at, at + cipherRun + 1)))) || backwards.some(found => isIn(found, () => false));
}

const stepsSought = once((value: string) => stepsOf(lettersOf(value).replace(notLatin, '')));

/** Whether a value stands there in such a cipher. */
export function hidesInCipher(text: string, value: string): boolean {
  const sought = stepsSought(value);
  if (sought.length < 9) return false;
  const { forwards, backwards } = stepsIn(text);
  return [...forwards, ...backwards].some(steps => steps.includes(sought));
}

/** What texts have in common shows in overlapping groups of so many letters. */
const group = 4;
/** Of so many texts they are remembered: of ours of late, and of what is hot. */
const mostTexts = 256;
/** More than lie between a digit and a Latin letter: no two groups of these have the same number. */
const radix = 79;
/** What the first letter of a group counts for. */
const farthest = radix ** (group - 1);

/** A number for each group of letters that a text holds, the lowest first, each once. */
export const groupsOf = once((text: string): Int32Array => {
  const letters = lettersOf(text);
  const all = new Int32Array(Math.max(0, letters.length - group + 1));
  let number = 0;
  for (let at = 0; at < letters.length; at += 1) {
    const left = at < group ? 0 : letters.charCodeAt(at - group);
    number = (Math.imul(number - Math.imul(left, farthest), radix) + letters.charCodeAt(at)) | 0;
    if (at >= group - 1) all[at - group + 1] = number;
  }
  all.sort();
  let count = 0;
  for (let at = 0; at < all.length; at += 1) {
    const number = all[at] ?? 0;
    if (count === 0 || number !== all[count - 1]) all[count++] = number;
  }
  return all.slice(0, count);
}, mostTexts);

/** How many groups both have. */
export function commonIn(ours: Int32Array, theirs: Int32Array): number {
  let [at, other, common] = [0, 0, 0];
  while (at < ours.length && other < theirs.length) {
    const apart = (ours[at] ?? 0) - (theirs[other] ?? 0);
    if (apart === 0) common += 1;
    if (apart <= 0) at += 1;
    if (apart >= 0) other += 1;
  }
  return common;
}

/** 0 (nothing in common) to 1 (the same letters). */
export function likeness(one: string, other: string): number {
  const [ours, theirs] = [groupsOf(one), groupsOf(other)];
  if (ours.length === 0 || theirs.length === 0) return lettersOf(one) === lettersOf(other) ? 1 : 0;
  const common = commonIn(ours, theirs);
  return common / (ours.length + theirs.length - common);
}
