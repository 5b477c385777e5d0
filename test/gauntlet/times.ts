// How long the gate takes for drafts of 500 characters: harmless ones of a language, joined, for it is those that every clause looks at.
import { review } from '../../src/pipeline/review.ts';
import { rules } from '../support/gate.ts';
import { readSet, type Benign } from './run.ts';

const room = 500;
const rounds = 5;

interface Draft {
  readonly text: string;
  readonly language: string;
}

function longDrafts(): readonly Draft[] {
  const drafts = [...Map.groupBy(readSet<Benign>('benign'), each => each.language)].flatMap(([language, all]) => all.map((_, from) => {
    let text = '';
    for (let at = from; text.length < 2 * room; at += 1) text += `${all[at % all.length]?.draft} `;
    return { text: Array.from(text).slice(0, room).join(''), language };
  }));
  // Neighbours share words, and what was read last is remembered: a step of a prime parts them.
  return drafts.map((draft, at) => ({ draft, place: (at * 7_919) % drafts.length })).toSorted((one, other) => one.place - other.place).map(({ draft }) => draft);
}

const share = (sorted: readonly number[], part: number): number => sorted[Math.floor(sorted.length * part)] ?? NaN;
const toHundredths = (ms: number): number => Math.round(ms * 100) / 100;

/** Milliseconds for a draft, each the middle one of five rounds over all of them: a compiler at work and a pause of the machine are not the gate's. A refused one is not looked at to its end, and is left out. */
export function measureGate(): { readonly drafts: number; readonly refused: number; readonly ms: { readonly p50: number; readonly p99: number } } {
  const drafts = longDrafts();
  const times = drafts.map(() => [] as number[]);
  const refused = new Set<number>();
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, { text, language }] of drafts.entries()) {
      const begun = performance.now();
      const reason = review(text, { ...rules, room, language, fluentIn: ['en'] });
      if (round > 0) times[at]?.push(performance.now() - begun);
      if (reason !== undefined) refused.add(at);
    }
  }
  const middle = times.filter((_, at) => !refused.has(at)).map(each => share(each.toSorted((a, b) => a - b), 0.5)).toSorted((a, b) => a - b);
  return { drafts: drafts.length, refused: refused.size, ms: { p50: toHundredths(share(middle, 0.5)), p99: toHundredths(share(middle, 0.99)) } };
}
