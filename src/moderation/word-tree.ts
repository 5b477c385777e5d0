// Words and phrases as a tree of their words, so that one walk over a text finds all of them.
import { fold } from './fold.ts';
import { readWords, toReadable } from './read-words.ts';

/** What a word or phrase of a list means. */
export interface Entry {
  readonly shown: string;
  /** In which strength it counts; `allow` covers what it stands around, `deny` is never covered. */
  readonly as: 'severe' | 'full' | 'deny' | 'allow';
  /** It is looked for in texts of any language, and so in the spelling of people who put accents on it to hide it. */
  readonly isWide: boolean;
}

export interface Tree {
  next?: Map<string, Tree>;
  entry?: Entry;
}

/** What is looked for in scripts without spaces. */
export interface RunEntry extends Entry {
  readonly text: string;
  /** Only where the dictionary sees words begin and end. */
  readonly isBordered: boolean;
}

/** One list, ready to be looked through. */
export interface List {
  readonly tree: Tree;
  /** By first code unit. */
  readonly runs: Map<string, RunEntry[]>;
}

export const openList = (): List => ({ tree: {}, runs: new Map() });

type Meaning = Omit<Entry, 'shown'> & { readonly isBordered?: boolean; readonly language?: string };

/** Adds a phrase as it is. */
export function add(list: List, phrase: string, meaning: Meaning): void {
  const { parts, runs } = toParts(phrase, meaning.language);
  const [run] = runs;
  if (parts.length > 0 && runs.length === 0) grow(list.tree, [[parts]], meaning, []);
  else if (run !== undefined && runs.length === 1 && parts.length === 0) {
    const entry: RunEntry = { shown: run, text: run, as: meaning.as, isWide: meaning.isWide, isBordered: meaning.isBordered ?? false };
    const first = run.charAt(0);
    const same = list.runs.get(first);
    if (same === undefined) list.runs.set(first, [entry]);
    else same.push(entry);
  }
}

/** Adds every phrase of a pattern: `|` stands between words of which one stands there, an empty one among them for none. */
export function addPattern(list: List, pattern: string, meaning: Meaning): void {
  if (!pattern.includes('|')) return add(list, pattern, meaning);
  grow(list.tree, pattern.split(' ').map(step => step.split('|').map(word => toParts(word, meaning.language).parts)), meaning, []);
}

/** The word or phrase as it is compared. */
export const toKey = (phrase: string, language?: string): string => {
  const { parts, runs } = toParts(phrase, language);
  return [...parts, ...runs].join(' ');
};

function grow(tree: Tree, [step, ...rest]: readonly (readonly (readonly string[])[])[], meaning: Meaning, path: readonly string[]): void {
  if (step === undefined) {
    if (path.length > 0) tree.entry ??= { shown: path.join(' '), as: meaning.as, isWide: meaning.isWide };
    return;
  }
  for (const words of step) {
    let at = tree;
    for (const word of words) {
      at.next ??= new Map();
      const child = at.next.get(word) ?? {};
      at.next.set(word, child);
      at = child;
    }
    grow(at, rest, meaning, [...path, ...words]);
  }
}

function toParts(phrase: string, language?: string): { readonly parts: readonly string[]; readonly runs: readonly string[] } {
  const parts: string[] = [];
  const runs: string[] = [];
  readWords(toReadable(phrase), cluster => parts.push(...cluster.parts.map(part => fold(part, language))), run => runs.push(run.text));
  return { parts, runs };
}
