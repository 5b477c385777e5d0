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
  return [...Map.groupBy(readSet<Benign>('benign'), each => each.language)].flatMap(([language, all]) => all.map((_, from) => {
    let text = '';
    for (let at = from; text.length < 2 * room; at += 1) text += `${all[at % all.length]?.draft} `;
    return { text: Array.from(text).slice(0, room).join(''), language };
  }));
}

const share = (sorted: readonly number[], part: number): number => Math.round((sorted[Math.floor(sorted.length * part)] ?? 0) * 100) / 100;

/** Milliseconds for a draft, each the middle one of five rounds over all of them: a compiler at work and a pause of the machine are not the gate's. */
export function measureGate(): { readonly drafts: number; readonly ms: { readonly p50: number; readonly p99: number } } {
  const drafts = longDrafts();
  const times = drafts.map(() => [] as number[]);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [at, { text, language }] of drafts.entries()) {
      const begun = performance.now();
      review(text, { ...rules, room, language, fluentIn: ['en'] });
      if (round > 0) times[at]?.push(performance.now() - begun);
    }
  }
  const middle = times.map(each => share(each.toSorted((a, b) => a - b), 0.5)).toSorted((a, b) => a - b);
  return { drafts: drafts.length, ms: { p50: share(middle, 0.5), p99: share(middle, 0.99) } };
}
