// The word lists' gate: what needs no model to be refused. It reads whole words and phrases, as a reader sees them.
import { bare, fold, readings, unleet } from './fold.ts';
import { openLists } from './lists.ts';
import { readWords, toReadable, type Cluster, type Run } from './read-words.ts';
import { add, openList, treesOf, type Entry, type List, type Tree } from './word-tree.ts';

/** Why a text is refused, for the operator; undefined: nothing was found. Without a language: English, and what is severe in any. */
export type Look = (text: string, language?: string) => string | undefined;

export interface Floor {
  /** For what others wrote: slurs, threats, encouragement of self-harm, minors as sexual objects. Somebody who swears is no reason for silence. */
  readonly severe: Look;
  /** For what is posted, or handed to a model unasked: obscenities too. */
  readonly full: Look;
}

/** The operator's own words and phrases: `allow` beats every list, `deny` beats `allow`. */
export interface FloorOptions {
  readonly allow: readonly string[];
  readonly deny: readonly string[];
}

export function openFloor({ allow, deny }: FloorOptions): Floor {
  const lists = openLists();
  const operators = openList();
  for (const phrase of deny) add(operators, phrase, { as: 'deny', isWide: true });
  const allowed = openList();
  for (const phrase of allow) add(allowed, phrase, { as: 'allow', isWide: true });

  const look = (text: string, isFull: boolean, tag: string): string | undefined => {
    const language = toLanguage(tag);
    const own = lists.own(language);
    const counts = ({ as }: Entry, shown: string): boolean => as !== 'full' || (isFull && !own.harmless.has(shown));
    return toReason(find(toReadable(text), [operators, allowed, lists.everywhere, ...own.lists], language, counts));
  };
  return {
    severe: (text, language = 'en') => look(text, false, language),
    full: (text, language = 'en') => look(text, true, language),
  };
}

const sameLists: Readonly<Record<string, string>> = { nb: 'no', nn: 'no', tl: 'fil' };
const toLanguage = (tag: string): string => {
  const [primary = ''] = tag.toLowerCase().split(/[-_]/u);
  return sameLists[primary] ?? primary;
};

interface Hit {
  readonly entry: Entry;
  /** As it stands in the list. */
  readonly shown: string;
  readonly start: number;
  readonly end: number;
}

function toReason(hits: readonly Hit[]): string | undefined {
  const denied = hits.find(({ entry }) => entry.as === 'deny');
  if (denied) return `'${denied.shown}' is on the list of denied words`;
  let covered = 0;
  // In the order of the text, the wider first: whatever is covered ends before the widest cover that began so far.
  for (const { entry, shown, end } of [...hits].sort((one, other) => one.start - other.start || other.end - one.end || rank(one.entry) - rank(other.entry))) {
    if (entry.as === 'allow') covered = Math.max(covered, end);
    else if (end > covered) return `'${shown}' is on the word list`;
  }
  return undefined;
}

const rank = ({ as }: Entry): number => (as === 'allow' ? 0 : 1);

/** A phrase that has begun. */
interface Begun {
  readonly tree: Tree;
  readonly shown: string;
  readonly start: number;
}

/** Letters that stand alone are read as a word when nothing but this much stands between them. */
const widestGap = 3;
/** Words in spelled letters: long enough for any list, short enough to be quick. */
const spelledLengths = [4, 5, 6, 7, 8, 9, 10] as const;
/** So many are looked at together; a word may begin in one lot and end in the next. */
const lot = 200;
const overlap = 9;

function find(text: string, lists: readonly List[], language: string, counts: (entry: Entry, shown: string) => boolean): readonly Hit[] {
  const hits: Hit[] = [];
  const roots = lists.map(({ tree }) => tree);
  let begun: readonly Begun[] = [];
  let letters: { letter: string; start: number; end: number }[] = [];

  const enter = ({ tree: before, shown: said, start }: Begun, word: string, end: number, isBare: boolean, after: Begun[]): void => {
    for (const tree of treesOf(before.next?.get(word))) {
      const { entry, shown = said === '' ? word : `${said} ${word}` } = tree;
      if (entry !== undefined && (entry.isWide || !isBare) && counts(entry, shown)) hits.push({ entry, shown, start, end });
      if (tree.next !== undefined) after.push({ tree, shown, start });
    }
  };
  const step = (before: readonly Begun[], word: string, start: number, end: number, after: Begun[], isBare = false): void => {
    for (const each of before) enter(each, word, end, isBare, after);
    for (const root of roots) if (root.next?.has(word) === true) enter({ tree: root, shown: '', start }, word, end, isBare, after);
  };
  const stepAll = (before: readonly Begun[], word: string, { start, end }: Cluster, after: Begun[]): void => {
    const forms = readings(word, language);
    for (const form of forms) step(before, form, start, end, after);
    const plain = bare(word);
    if (plain !== undefined) for (const form of readings(plain)) if (!forms.includes(form)) step(before, form, start, end, after, true);
  };
  const flush = (): void => {
    const spelled = letters;
    letters = [];
    if (spelled.length < 3) return;
    const word = spelled.map(({ letter }) => letter).join('');
    const at = (from: number, size: number): void => {
      const first = spelled[from];
      const last = spelled[from + size - 1];
      if (first && last) step([], word.slice(from, from + size), first.start, last.end, []);
    };
    if (spelled.length === 3) at(0, 3);
    for (let from = 0; from + 4 <= spelled.length; from++) for (const size of spelledLengths) at(from, size);
  };
  const onCluster = (cluster: Cluster): void => {
    const before = begun;
    let after: Begun[] = [];
    const { parts, whole, start, end } = cluster;
    let open = before;
    for (const part of parts) {
      after = [];
      stepAll(open, fold(part, language), cluster, after);
      open = after;
    }
    if (parts.length === 0) after = [...before];
    if (whole !== undefined) {
      const written = fold(whole, language);
      const spellings = new Set(unleet(written, language));
      if (!/[^\p{L}\p{M}]/u.test(written)) spellings.add(written);
      for (const spelling of spellings) stepAll(before, spelling, cluster, after);
    }
    begun = after;
    const last = letters.at(-1);
    if (last && (!cluster.isSpelled || start - last.end > widestGap)) flush();
    if (cluster.isSpelled) for (const part of parts) letters.push({ letter: fold(part, language), start, end });
    if (letters.length < lot) return;
    const kept = letters.slice(-overlap);
    flush();
    letters = kept;
  };
  const onRun = (run: Run): void => {
    flush();
    begun = [];
    for (const hit of findInRun(run, lists)) if (counts(hit.entry, hit.shown)) hits.push(hit);
  };
  readWords(text, onCluster, onRun);
  flush();
  return hits;
}

const dictionary = new Intl.Segmenter(undefined, { granularity: 'word' });
/** The dictionary is slow, and slower on long texts: it is shown this much on both sides, and no more than so many times. */
const surroundings = 12;
const mostLooks = 300;

function* findInRun({ text, start }: Run, lists: readonly List[]): Generator<Hit> {
  let looks = 0;
  for (let at = 0; at < text.length; at++) {
    for (const { runs } of lists) {
      for (const entry of runs.get(text.charAt(at)) ?? []) {
        if (!text.startsWith(entry.text, at)) continue;
        const end = at + entry.text.length;
        if (!entry.isBordered || ++looks > mostLooks || standsAlone(text, at, end)) yield { entry, shown: entry.text, start: start + at, end: start + end };
      }
    }
  }
}

function standsAlone(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - surroundings);
  const borders = new Set([0, Math.min(text.length, end + surroundings) - from]);
  for (const { index } of dictionary.segment(text.slice(from, end + surroundings))) borders.add(index);
  return borders.has(start - from) && borders.has(end - from);
}
