import { stepsOf } from './decode.ts';
import { lettersOf } from './fold.ts';

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
const hasRun = (letters: string, runs: ReadonlySet<string>, length: number): boolean => {
  if (runs.size === 0) return false;
  for (let at = 0; at + length <= letters.length; at += 1) if (runs.has(letters.slice(at, at + length))) return true;
  return false;
};

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

/** The same under an alphabet that is turned or mirrored, forwards or backwards. */
export function recitesInCipher(text: string, { steps, plain }: Source): boolean {
  const letters = lettersOf(text).replace(notLatin, '');
  if (letters.length <= cipherRun) return false;
  const backwards = Array.from(letters).toReversed().join('');
  // Turned by nothing it is no cipher, but a few words that anybody says.
  return [letters, backwards].some(each => [false, true].some(isMirrored => {
    const found = stepsOf(each, isMirrored);
    for (let at = 0; at + cipherRun <= found.length; at += 1) if (steps.has(found.slice(at, at + cipherRun)) && !(each === letters && plain.includes(each.slice(at, at + cipherRun + 1)))) return true;
    return false;
  }));
}

/** Whether a value stands there in such a cipher. */
export function hidesInCipher(text: string, value: string): boolean {
  const sought = stepsOf(lettersOf(value).replace(notLatin, ''));
  if (sought.length < 9) return false;
  const letters = lettersOf(text).replace(notLatin, '');
  const backwards = Array.from(letters).toReversed().join('');
  return [letters, backwards].some(each => [false, true].some(isMirrored => stepsOf(each, isMirrored).includes(sought)));
}

/** Overlapping groups of letters: what two texts have in common shows in them. */
export function groupsOf(text: string): ReadonlySet<string> {
  const letters = lettersOf(text);
  const groups = new Set<string>();
  for (let at = 0; at + 4 <= letters.length; at += 1) groups.add(letters.slice(at, at + 4));
  return groups;
}

/** 0 (nothing in common) to 1 (the same letters). */
export function likeness(one: string, other: string): number {
  const [ours, theirs] = [groupsOf(one), groupsOf(other)];
  if (ours.size === 0 || theirs.size === 0) return lettersOf(one) === lettersOf(other) ? 1 : 0;
  let common = 0;
  for (const group of ours) if (theirs.has(group)) common += 1;
  return common / (ours.size + theirs.size - common);
}
