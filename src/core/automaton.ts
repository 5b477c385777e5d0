// Many phrases as one automaton: one walk over a text finds all of them, at a few steps for each letter however many they are. Packed arrays hold it; as
// regular expressions the same phrases cost twenty times the memory, and time with each of them.
import { classes, firstLetter, type Phrases } from './phrases.ts';
import { accepts, firstOf, grow, guarded, leads, type Guard, type Packed } from './phrase-tree.ts';
import { atStart, nowhere, openWordStarts, unsure, type Most, type WordEnd, type WordStarts } from './word-starts.ts';

/** A part of a text where a phrase stands. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export interface Automaton {
  /** A bit for each list of which a phrase stands in the text. */
  readonly listsIn: (text: string) => number;
  /** Where phrases stand: the first one that begins as far as it goes, and on from there. */
  readonly placesIn: (text: string) => Place[];
}

/** Among the kinds of a letter. No code of a class is so high. */
const isBorder = 1 << firstLetter;
/** So long a word is remembered, with its border: for a longer piece of a text V8 keeps all of the text. */
const longestWord = 12;
/** What began at so many words and still goes on is followed state by state, where what meets becomes one. */
const mostRuns = 32;

/**
 * Readies lists of phrases (31 at most). `borders` are the signs between words: a phrase begins behind one and ends before one. Without them words do not stand
 * apart, and a phrase stands wherever its signs do. `most`: how much is remembered of walks.
 */
export function openAutomaton(lists: readonly (readonly Phrases[])[], borders: string, most?: Most): Automaton {
  const all = 2 ** lists.length - 1;
  let packed: Packed | undefined;
  let starts: WordStarts | undefined;
  const signs = Array.from(borders, sign => sign.charCodeAt(0));
  const kindsOf = openKinds(signs);
  const isDense = signs.length === 0;
  const begins = (text: string, at: number): boolean => isDense || (at > 0 && (kindsOf(text.charCodeAt(at - 1)) & isBorder) !== 0);
  /** With the border behind it. Empty where there is none, or words do not stand apart. */
  const wordAt = (text: string, from: number): string => {
    for (let at = from; !isDense && at < text.length && at - from < longestWord; at += 1) if ((kindsOf(text.charCodeAt(at)) & isBorder) !== 0) return text.slice(from, at + 1);
    return '';
  };
  return {
    listsIn(text) {
      const walk = openWalk(packed ??= grow(lists, new Set(signs)), text, kindsOf);
      const { ready, next, behind, statesAt, acceptedAt } = (starts ??= openWordStarts(packed, most));
      ready();
      let ahead: WordEnd | undefined;
      let runs: number[] = [];
      let accepted = 0;
      for (let at = 0; at < text.length && (accepted | walk.accepted()) !== all; at += 1) {
        if (begins(text, at)) {
          // Where the last word has led to, without a look at its letters.
          if (ahead !== undefined && ahead.node !== nowhere && !runs.includes(ahead.node)) runs.push(ahead.node);
          const word = wordAt(text, at);
          ahead = word === '' ? undefined : behind(word, kindsOf);
          if (ahead === undefined) runs.push(atStart);
          else accepted |= ahead.accepted;
          walk.enterGuarded(at);
        }
        const letter = text.charCodeAt(at);
        const kinds = kindsOf(letter);
        if (runs.length > 0) {
          const isTooMuch = runs.length > mostRuns;
          const later: number[] = [];
          for (const node of runs) {
            const after = isTooMuch ? unsure : next(node, letter, kinds);
            if (after === unsure) walk.join(statesAt(node));
            else if (after !== nowhere && !later.includes(after)) {
              accepted |= acceptedAt(after);
              later.push(after);
            }
          }
          runs = later;
        }
        walk.step(at);
      }
      return accepted | walk.accepted();
    },
    placesIn(text) {
      const places: Place[] = [];
      const walk = openWalk(packed ??= grow(lists, new Set(signs)), text, kindsOf);
      for (let start = 0; start < text.length; start += 1) {
        if (!begins(text, start)) continue;
        const end = endOf(walk, start) - Math.min(1, signs.length);
        if (end <= start) continue;
        places.push({ start, end });
        start = end - 1;
      }
      return places;
    },
  };
}

/** Where the longest phrase ends that begins there; 0: none does. */
function endOf(walk: Walk, start: number): number {
  let end = 0;
  walk.begin(0, start);
  for (let at = start; walk.goesOn(); at += 1) {
    walk.step(at);
    if (walk.accepted() === 0) continue;
    end = at + 1;
    walk.forget();
  }
  return end;
}

interface Walk {
  /** Anew, from this state alone. */
  readonly begin: (state: number, at: number) => void;
  /** Behind what guards the beginning of some phrases. */
  readonly enterGuarded: (at: number) => void;
  /** Also at these, which were not known of before. */
  readonly join: (states: readonly number[]) => void;
  readonly step: (at: number) => void;
  readonly accepted: () => number;
  readonly goesOn: () => boolean;
  readonly forget: () => void;
}

/** In which round a state was entered last, of all walks that there are. */
let entered = new Uint32Array(0);
let rounds = 0;
const mostRounds = 2 ** 30;

function openWalk({ first, codes, targets, guards }: Packed, text: string, kindsOf: (letter: number) => number): Walk {
  if (entered.length < first.length) entered = new Uint32Array(first.length);
  // Where the walk was, and where it is: lists that are written over, for a new one with every letter would be most of the cost.
  let was: number[] = [];
  let is: number[] = [];
  let count = 0;
  let accepted = 0;
  let round = newRound();
  let looks: Walk | undefined;

  function begin(state: number, at: number): void {
    [accepted, count, round] = [0, 0, newRound()];
    enter(state, at);
  }

  function enter(state: number, at: number): void {
    if (entered[state] === round) return;
    entered[state] = round;
    const end = first[state + 1] ?? 0;
    let edge = first[state] ?? 0;
    for (; edge < end; edge += 1) {
      const code = codes[edge] ?? 0;
      const target = targets[edge] ?? 0;
      if (code === accepts) accepted |= 1 << target;
      else if (code === leads) enter(target, at);
      else if (code === guarded) {
        const guard = guards[target];
        if (guard !== undefined && isFree(guard, at)) enter(guard.to, at);
      } else break;
    }
    if (edge === end) return;
    is[count] = state;
    count += 1;
  }

  function enterGuarded(at: number): void {
    for (let edge = 0; edge < (first[1] ?? 0) && (codes[edge] ?? 0) <= guarded; edge += 1) {
      const guard = codes[edge] === guarded ? guards[targets[edge] ?? 0] : undefined;
      if (guard !== undefined && isFree(guard, at)) enter(guard.to, at);
    }
  }

  function join(states: readonly number[]): void {
    for (const state of states) is[count++] = state;
  }

  function isFree({ ahead, behind = [] }: Guard, at: number): boolean {
    if (ahead === undefined) return !behind.some(each => text.endsWith(each, at));
    const look = (looks ??= openWalk({ first, codes, targets, guards }, text, kindsOf));
    look.begin(ahead, at);
    for (let to = at; look.accepted() === 0 && look.goesOn(); to += 1) look.step(to);
    return look.accepted() === 0;
  }

  function step(at: number): void {
    round = newRound();
    if (count === 0) return;
    const left = count;
    [was, is, count] = [is, was, 0];
    if (at >= text.length) return;
    const letter = text.charCodeAt(at);
    const kinds = kindsOf(letter);
    for (let each = 0; each < left; each += 1) follow(was[each] ?? 0, letter, kinds, at + 1);
  }

  function follow(state: number, letter: number, kinds: number, at: number): void {
    const end = first[state + 1] ?? 0;
    let edge = first[state] ?? 0;
    let code = codes[edge] ?? 0;
    for (; edge < end && code < firstLetter; code = codes[edge] ?? 0) {
      if ((kinds & (1 << code)) !== 0) enter(targets[edge] ?? 0, at);
      edge += 1;
    }
    if (end - edge > 8) edge = firstOf(codes, letter, edge, end);
    for (; edge < end && (codes[edge] ?? 0) <= letter; edge += 1) if (codes[edge] === letter) enter(targets[edge] ?? 0, at);
  }

  return {
    begin, enterGuarded, join, step,
    accepted: () => accepted,
    goesOn: () => count > 0,
    forget() {
      accepted = 0;
    },
  };
}

function newRound(): number {
  if (rounds >= mostRounds) {
    rounds = 0;
    entered.fill(0);
  }
  rounds += 1;
  return rounds;
}

/** For a letter a bit for each class that it is of, and one where it is a border. */
function openKinds(borders: readonly number[]): (letter: number) => number {
  const table = Uint8Array.from({ length: Math.max(127, ...borders) + 1 }, (_, letter) => (1 << classes.any)
    | (borders.includes(letter) ? isBorder : 0)
    | (letter === 32 || borders.includes(letter) ? 0 : 1 << classes.inWord)
    | (letter === 32 || letter === 46 ? 0 : 1 << classes.inSentence)
    | (letter >= 48 && letter <= 57 ? 1 << classes.digit : 0));
  const others = (1 << classes.any) | (1 << classes.inWord) | (1 << classes.inSentence);
  return letter => (letter < table.length ? table[letter] ?? 0 : others);
}
