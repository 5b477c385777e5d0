// Where a walk leads that began at the beginning of a word. Thousands of phrases begin there, and nearly all of them are gone again two letters later: what is
// left of them depends on the letters alone, and is worked out once.
import { accepts, firstOf, guarded, leads, type Packed } from './phrase-tree.ts';
import { firstLetter } from './phrases.ts';

export interface WordStarts {
  /** To be called before each walk, and not within one. */
  readonly ready: () => void;
  /** Behind the letter, of whoever was at `node`; `nowhere`: nothing is left, `unsure`: that depends on more than the letters. */
  readonly next: (node: number, letter: number, kinds: number) => number;
  /** The states that a node stands for. */
  readonly statesAt: (node: number) => readonly number[];
  /** A bit for each list of which a phrase ends there. */
  readonly acceptedAt: (node: number) => number;
  /** Behind a whole word and the border after it; undefined: that depends on more than the letters. `kindsOf` a letter. */
  readonly behind: (word: string, kindsOf: (letter: number) => number) => WordEnd | undefined;
}

/** Where a word ends, of whoever began with it: the node there, and what was accepted on the way. */
export interface WordEnd {
  readonly node: number;
  readonly accepted: number;
}

export const unsure = -1;
export const nowhere = 0;
/** Before the first letter of a word. */
export const atStart = 1;

/** Texts in many scripts would fill any memory. Of more than so much nothing is remembered, and before the next walk all of it is forgotten. */
export interface Most {
  readonly nodes: number;
  readonly steps: number;
}
const usually: Most = { nodes: 20_000, steps: 100_000 };

/** So many words are remembered as a whole. */
const mostWords = 5_000;
/** Of most words nothing is left. */
const gone: WordEnd = { node: nowhere, accepted: 0 };

/** Nearly all letters are among these: what follows on them lies side by side. */
const common = ' .abcdefghijklmnopqrstuvwxyz0123456789';
const places = new Uint8Array(128);
for (let at = 0; at < common.length; at += 1) places[common.charCodeAt(at)] = at + 1;
const width = common.length;
/** What is written there is higher by this, so that an empty place is 0. */
const offset = 2;

export function openWordStarts({ first, codes, targets }: Packed, most = usually): WordStarts {
  let nodes: { readonly states: readonly number[]; readonly accepted: number }[] = [];
  let byStates = new Map<string, number>();
  let onCommon = new Int32Array(0);
  let onOthers = new Map<number, number>();
  const words = new Map<string, WordEnd | undefined>();
  const endOf = (state: number): number => first[state + 1] ?? 0;

  function nodeOf(states: readonly number[], accepted: number): number {
    const key = `${accepted} ${states.join(' ')}`;
    const before = byStates.get(key);
    if (before !== undefined) return before;
    nodes.push({ states, accepted });
    byStates.set(key, nodes.length - 1);
    if (nodes.length * width > onCommon.length) {
      const wider = new Int32Array(Math.max(1 << 16, onCommon.length * 2));
      wider.set(onCommon);
      onCommon = wider;
    }
    return nodes.length - 1;
  }
  function begin(): void {
    [nodes, byStates, onCommon, onOthers] = [[], new Map(), new Int32Array(0), new Map()];
    words.clear();
    nodeOf([], 0);
    nodeOf([0], 0);
  }
  begin();

  const isFull = (): boolean => nodes.length >= most.nodes || onOthers.size >= most.steps;

  function work(node: number, letter: number, kinds: number): number {
    const into = new Set<number>();
    let accepted = 0;
    // False where it matters what stands before or behind.
    const reach = (state: number): boolean => {
      if (into.has(state)) return true;
      into.add(state);
      for (let edge = first[state] ?? 0; edge < endOf(state); edge += 1) {
        const code = codes[edge] ?? 0;
        if (code === guarded) return false;
        if (code === accepts) accepted |= 1 << (targets[edge] ?? 0);
        if (code === leads && !reach(targets[edge] ?? 0)) return false;
      }
      return true;
    };
    for (const state of nodes[node]?.states ?? []) {
      let edge = first[state] ?? 0;
      for (; edge < endOf(state) && (codes[edge] ?? 0) < firstLetter; edge += 1) if ((kinds & (1 << (codes[edge] ?? 0))) !== 0 && !reach(targets[edge] ?? 0)) return unsure;
      for (edge = firstOf(codes, letter, edge, endOf(state)); edge < endOf(state) && codes[edge] === letter; edge += 1) if (!reach(targets[edge] ?? 0)) return unsure;
    }
    const goesOn = (state: number): boolean => endOf(state) > (first[state] ?? 0) && (codes[endOf(state) - 1] ?? 0) > guarded;
    return nodeOf([...into].filter(goesOn).sort((a, b) => a - b), accepted);
  }

  function next(node: number, letter: number, kinds: number): number {
    const place = letter < 128 ? places[letter] ?? 0 : 0;
    if (place === 0) {
      const key = node * 0x10000 + letter;
      const before = onOthers.get(key);
      if (before !== undefined) return before;
      if (isFull()) return unsure;
      const after = work(node, letter, kinds);
      onOthers.set(key, after);
      return after;
    }
    const at = node * width + place - 1;
    const before = onCommon[at] ?? 0;
    if (before !== 0) return before - offset;
    if (isFull()) return unsure;
    const after = work(node, letter, kinds);
    onCommon[at] = after + offset;
    return after;
  }

  function walk(word: string, kindsOf: (letter: number) => number): WordEnd | undefined {
    let [node, accepted] = [atStart, 0];
    for (let at = 0; at < word.length && node !== nowhere; at += 1) {
      const letter = word.charCodeAt(at);
      node = next(node, letter, kindsOf(letter));
      if (node === unsure) return undefined;
      accepted |= nodes[node]?.accepted ?? 0;
    }
    return node === nowhere && accepted === 0 ? gone : { node, accepted };
  }

  return {
    next,
    behind(word, kindsOf) {
      const before = words.get(word);
      if (before !== undefined || words.has(word)) return before;
      const end = walk(word, kindsOf);
      // Where that is unsure because of how much is remembered, it may be known of the next walk.
      if (!isFull()) words.set(word, end);
      return end;
    },
    ready() {
      if (isFull()) begin();
      else if (words.size >= Math.min(mostWords, most.nodes)) words.clear();
    },
    statesAt: node => nodes[node]?.states ?? [],
    acceptedAt: node => nodes[node]?.accepted ?? 0,
  };
}
