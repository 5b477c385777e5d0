// The states of an automaton, grown from phrases and packed.
import { parse, type Part, type Phrases, type Sequence } from './phrases.ts';

/** What may not follow (the state where that begins), or not stand before (as it is written there), for the state behind it to be entered. */
export interface Guard {
  readonly to: number;
  readonly ahead?: number;
  readonly behind?: readonly string[];
}

/** Edges of each state side by side, by their codes. */
export interface Packed {
  readonly first: Uint32Array;
  readonly codes: Uint16Array;
  readonly targets: Uint32Array;
  readonly guards: readonly Guard[];
}

/** Edges that are taken without a letter. */
export const accepts = 0;
export const leads = 1;
export const guarded = 2;

/** The first edge that is not of an earlier letter. */
export function firstOf(codes: Uint16Array, letter: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((codes[middle] ?? 0) < letter) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Phrases that begin alike share their states as far as they do. */
export function grow(lists: readonly (readonly Phrases[])[], borders: ReadonlySet<number>): Packed {
  const tree = openTree();
  const guards: Guard[] = [];

  const addAll = (parts: Sequence, from: number): number => parts.reduce((at, part) => add(part, at), from);
  function add(part: Part, from: number): number {
    if (part.is === 'text') {
      let at = from;
      for (let sign = 0; sign < part.text.length; sign += 1) at = tree.step(at, part.text.charCodeAt(sign));
      return at;
    }
    if (part.is === 'repeated') return repeat(part.part, part.least, part.most, from);
    if (part.is === 'signs') {
      const [only = 0] = part.codes;
      if (part.codes.length === 1) return tree.step(from, only);
      const to = tree.state();
      for (const code of part.codes) tree.edge(from, code, to);
      return to;
    }
    if (part.is === 'one of') {
      const [only = []] = part.of;
      if (part.of.length === 1) return addAll(only, from);
      const to = tree.state();
      for (const each of part.of) tree.edge(addAll(each, from), leads, to);
      return to;
    }
    const to = tree.state();
    tree.edge(from, guarded, guards.length);
    if (part.isBehind) guards.push({ to, behind: part.of.flatMap(written) });
    else {
      const ahead = tree.state();
      guards.push({ to, ahead });
      for (const each of part.of) tree.edge(addAll(each, ahead), accepts, 0);
    }
    return to;
  }
  function repeat(part: Part, least: number, most: number, from: number): number {
    let at = from;
    for (let done = 0; done < least; done += 1) at = add(part, at);
    const to = tree.state();
    tree.edge(at, leads, to);
    if (most === Infinity) {
      if (part.is === 'signs') for (const code of part.codes) tree.edge(to, code, to);
      else tree.edge(add(part, to), leads, to);
      return to;
    }
    for (let done = least; done < most; done += 1) {
      at = add(part, at);
      tree.edge(at, leads, to);
    }
    return to;
  }

  const ends: Sequence = borders.size === 0 ? [] : [{ is: 'signs', codes: [...borders] }];
  for (const [list, all] of lists.entries()) {
    for (const { phrases, names } of all) {
      for (const phrase of phrases) for (const parts of parse(phrase, names)) tree.edge(addAll([...parts, ...ends], 0), accepts, list);
    }
  }
  return { ...tree.packed(), guards };
}

/** As what it is written, all the ways. */
const written = (parts: Sequence): string[] => parts.reduce<string[]>((before, part) => before.flatMap(each => ways(part).map(way => each + way)), ['']);
function ways(part: Part): string[] {
  if (part.is === 'text') return [part.text];
  if (part.is === 'signs') return part.codes.map(code => String.fromCharCode(code));
  if (part.is === 'one of') return part.of.flatMap(written);
  throw new Error('what may not stand before is written out');
}

interface Tree {
  /** A new state to which several ways may lead. */
  readonly state: () => number;
  readonly edge: (from: number, code: number, to: number) => void;
  /** The state after this sign, which no other way leads to. */
  readonly step: (from: number, code: number) => number;
  readonly packed: () => Omit<Packed, 'guards'>;
}

/** States as they come, and their edges in linked lists; the first state is there. */
function openTree(): Tree {
  let [states, edges] = [1, 1];
  let heads = new Uint32Array(1 << 12);
  let owned = new Uint8Array(1 << 12);
  let [codes, targets, later] = [new Uint16Array(1 << 12), new Uint32Array(1 << 12), new Uint32Array(1 << 12)];

  const state = (): number => {
    if (states === heads.length) [heads, owned] = [widened(heads, new Uint32Array(states * 2)), widened(owned, new Uint8Array(states * 2))];
    states += 1;
    return states - 1;
  };
  const edge = (from: number, code: number, to: number): void => {
    if (edges === codes.length) [codes, targets, later] = [widened(codes, new Uint16Array(edges * 2)), widened(targets, new Uint32Array(edges * 2)), widened(later, new Uint32Array(edges * 2))];
    codes[edges] = code;
    targets[edges] = to;
    later[edges] = heads[from] ?? 0;
    heads[from] = edges;
    edges += 1;
  };
  const edgesOf = (from: number): [code: number, target: number][] => {
    const found: [number, number][] = [];
    for (let at = heads[from] ?? 0; at !== 0; at = later[at] ?? 0) found.push([codes[at] ?? 0, targets[at] ?? 0]);
    return found;
  };
  // Thousands of phrases begin here, too many to look through for each.
  const begun = new Uint32Array(1 << 16);
  return {
    state, edge,
    step(from, code) {
      if (from === 0 && begun[code] !== 0) return begun[code] ?? 0;
      if (from !== 0) for (let at = heads[from] ?? 0; at !== 0; at = later[at] ?? 0) {
        const target = targets[at] ?? 0;
        if (codes[at] === code && owned[target] === 1) return target;
      }
      const to = state();
      owned[to] = 1;
      edge(from, code, to);
      if (from === 0) begun[code] = to;
      return to;
    },
    packed() {
      // What the first state leads to is its own: it is entered with every word.
      const firsts = [...reachedFrom(0)].flatMap(edgesOf).filter(([code]) => code !== leads);
      const packing = { first: new Uint32Array(states + 1), codes: new Uint16Array(edges + firsts.length), targets: new Uint32Array(edges + firsts.length) };
      let at = 0;
      const isBehind = (place: number, code: number, target: number): boolean => {
        const other = packing.codes[place] ?? 0;
        return other > code || (other === code && (packing.targets[place] ?? 0) > target);
      };
      for (let from = 0; from < states; from += 1) {
        packing.first[from] = at;
        if (from === 0) {
          for (const [code, target] of firsts.sort(([a, to], [b, other]) => a - b || to - other)) {
            packing.codes[at] = code;
            packing.targets[at] = target;
            at += 1;
          }
          continue;
        }
        // Few lead on from any other: each is put where it belongs among those before it.
        const begin = at;
        for (let edge = heads[from] ?? 0; edge !== 0; edge = later[edge] ?? 0) {
          const [code, target] = [codes[edge] ?? 0, targets[edge] ?? 0];
          let place = at;
          for (; place > begin && isBehind(place - 1, code, target); place -= 1) {
            packing.codes[place] = packing.codes[place - 1] ?? 0;
            packing.targets[place] = packing.targets[place - 1] ?? 0;
          }
          packing.codes[place] = code;
          packing.targets[place] = target;
          at += 1;
        }
      }
      packing.first[states] = at;
      return { first: packing.first, codes: packing.codes.slice(0, at), targets: packing.targets.slice(0, at) };
    },
  };

  function reachedFrom(from: number): Set<number> {
    const reached = new Set([from]);
    for (const each of reached) for (const [code, target] of edgesOf(each)) if (code === leads) reached.add(target);
    return reached;
  }
}

function widened<T extends Uint8Array | Uint16Array | Uint32Array>(before: T, after: T): T {
  after.set(before);
  return after;
}
