// Words and phrases by their words, so that one walk over a text finds all of them.
import { fold } from './fold.ts';
import { readWords, toReadable } from './read-words.ts';

/** What a word or phrase of a list means. */
export interface Entry {
  /** In which strength it counts; `allow` covers what it stands around, `deny` is never covered. */
  readonly as: 'severe' | 'full' | 'deny' | 'allow';
  /** It is looked for in texts of any language, and so in the spelling of people who put accents on it to hide it. */
  readonly isWide: boolean;
}

export interface Tree {
  /** A pattern is no more than its steps: many words may lead to one of them, and one word to those of many patterns. */
  next?: Map<string, Tree | readonly Tree[]>;
  entry?: Entry;
  /** The word that is only hinted at here. */
  shown?: string;
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

type Meaning = Entry & { readonly isBordered?: boolean; readonly language?: string };

/** Adds a phrase as it is. */
export function add(list: List, phrase: string, meaning: Meaning): void {
  const { parts, runs } = toParts(phrase, meaning.language);
  const [run] = runs;
  if (parts.length > 0 && runs.length === 0) grow(list.tree, [[parts]], meaning);
  else if (run !== undefined && runs.length === 1 && parts.length === 0) {
    const entry: RunEntry = { text: run, as: meaning.as, isWide: meaning.isWide, isBordered: meaning.isBordered ?? false };
    const first = run.charAt(0);
    const same = list.runs.get(first);
    if (same === undefined) list.runs.set(first, [entry]);
    else same.push(entry);
  }
}

/** Adds every phrase of a pattern: `|` stands between words of which one stands there, an empty one among them for none. */
export function addPattern(list: List, pattern: string, meaning: Meaning): void {
  if (!pattern.includes('|')) return add(list, pattern, meaning);
  grow(list.tree, pattern.split(' ').map(step => step.split('|').map(word => toParts(word, meaning.language).parts)), meaning);
}

/** The word or phrase as it is compared. */
export const toKey = (phrase: string, language?: string): string => {
  const { parts, runs } = toParts(phrase, language);
  return [...parts, ...runs].join(' ');
};

/** From the last step to the first, each leading to the one behind it. */
function grow(root: Tree, steps: readonly (readonly (readonly string[])[])[], { as, isWide }: Meaning): void {
  let after = endOf(as, isWide);
  for (const [place, step] of [...steps.entries()].toReversed()) {
    const node = place === 0 ? root : {};
    for (const words of step) {
      if (words.length > 0) link(node, words, after);
      else {
        for (const [word, trees] of after.next ?? []) for (const tree of treesOf(trees)) link(node, [word], tree);
        if (node !== root && after.entry !== undefined) node.entry = after.entry;
      }
    }
    after = node;
  }
}

function link(from: Tree, [word = '', ...rest]: readonly string[], to: Tree): void {
  const next = rest.length === 0 ? to : {};
  if (rest.length > 0) link(next, rest, to);
  from.next ??= new Map();
  const before = from.next.get(word);
  if (before === undefined) from.next.set(word, next);
  else if (!treesOf(before).includes(next)) from.next.set(word, [...treesOf(before), next]);
}

/** One is seldom in company. */
export const treesOf = (trees: Tree | readonly Tree[] | undefined): readonly Tree[] => (trees === undefined ? [] : isSeveral(trees) ? trees : [trees]);
const isSeveral = (trees: Tree | readonly Tree[]): trees is readonly Tree[] => Array.isArray(trees);

const ends = new Map<string, Tree>();
/** Where a phrase of this meaning is over. */
function endOf(as: Entry['as'], isWide: boolean): Tree {
  const key = `${as} ${isWide}`;
  const end = ends.get(key) ?? { entry: { as, isWide } };
  ends.set(key, end);
  return end;
}

function toParts(phrase: string, language?: string): { readonly parts: readonly string[]; readonly runs: readonly string[] } {
  const parts: string[] = [];
  const runs: string[] = [];
  readWords(toReadable(phrase), cluster => parts.push(...cluster.parts.map(part => fold(part, language))), run => runs.push(run.text));
  return { parts, runs };
}
