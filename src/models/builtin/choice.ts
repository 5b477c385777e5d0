import { clean } from './quote.ts';
import { hash } from './seed.ts';
import { fold, type Words } from './words.ts';

/** French and Italian articles hang on to their noun: "l'oie" are two words. */
const between = /\s+|(?<=(?:^|\s)(?:[dl]|un|dell|all|nell)['’])(?=\p{L})/iu;
const join = (words: readonly string[]): string => words.join(' ').replace(/(?<=['’]) /gu, '');

/** Two things to choose from, and which one it is: the same for everybody who asks, because an opinion that changes by asker is none. */
export interface Choice {
  readonly pick: string;
  readonly other: string;
}

/** The two sides of "a or b?", as they were written; undefined when the text offers no such choice. */
export function choiceOf(text: string, words: Words): Choice | undefined {
  // A side that is an address goes when the text is cleaned, and what stands before it is no side.
  if (/\p{L}\.\p{L}{2,}/u.test(text)) return undefined;
  const plain = clean(text);
  const sides = words.spaced ? sidesOf(plain, words) : sidesWithoutSpaces(plain, words);
  if (!sides) return undefined;
  const [a, b] = sides;
  if (fold(a) === fold(b)) return undefined;
  const sorted = [fold(a), fold(b)].sort();
  const first = hash(sorted.join('|')) % 2 === 0;
  return (fold(a) === sorted[0]) === first ? { pick: a, other: b } : { pick: b, other: a };
}

function sidesOf(text: string, words: Words): [string, string] | undefined {
  const sentence = text.split(/[.!;:\n]\s|[.!;:]$/).find(part => new RegExp(` (?:${words.or}) `, 'iu').test(part));
  if (!sentence?.includes('?') && text.split(' ').length > 5) return undefined;
  const parts = sentence?.replace(/\?.*$/, '').split(new RegExp(`,? (?:${words.or}) `, 'iu')) ?? [];
  if (parts.length !== 2) return undefined;
  const right = untilGrammar((parts[1] ?? '').replace(/,.*$/, '').trim().split(between).filter(Boolean), words);
  const left = (parts[0] ?? '').replace(/^.*,\s*/, '').trim().split(between).filter(Boolean);
  if (right.length === 0 || right.length > 4 || left.length === 0) return undefined;
  // "should I take the train or the bus": the second side shows where the first begins.
  const twin = left.map(fold).lastIndexOf(fold(right[0] ?? ''));
  const start = twin > 0 && left.length - twin <= 4 ? twin : Math.max(0, left.length - right.length);
  const a = tidy(join(left.slice(start)));
  const b = tidy(join(right));
  if (a.length < 2 || b.length < 2) return undefined;
  return [alike(a, b, words), b];
}

/** "the bus to work tomorrow": the side ends where grammar takes over again. */
function untilGrammar(side: readonly string[], words: Words): readonly string[] {
  const noun = side.findIndex(word => !words.stop.has(fold(word)));
  const end = side.findIndex((word, index) => noun >= 0 && index > noun && words.stop.has(fold(word)) && !words.joins.has(fold(word)));
  return end < 0 ? side : side.slice(0, end);
}

function sidesWithoutSpaces(text: string, words: Words): [string, string] | undefined {
  const found = new RegExp(words.or, 'u').exec(text);
  const [a, b] = (found ?? []).slice(1).filter(side => side !== undefined);
  return a && b && a.length <= 16 && b.length <= 16 ? [tidy(a), tidy(b)] : undefined;
}

const tidy = (side: string): string => side.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}'’]+$/gu, '');

/** "Tea or coffee?": the capital belongs to the sentence, not to the tea. */
const alike = (a: string, b: string, words: Words): string =>
  /^\p{Lu}\p{Ll}/u.test(a) && /^\p{Ll}/u.test(b) && words.nouns !== 'capital' ? a.charAt(0).toLowerCase() + a.slice(1) : a;
