import { bounds, type Durations } from '../core/counts.ts';

/** Which bucket a duration falls into; the one without end comes last. */
export function toBucket(seconds: number): number {
  const at = bounds.findIndex(bound => seconds <= bound);
  return at === -1 ? bounds.length : at;
}

/** The duration that a share (0 to 1) of them is not above, as Prometheus reckons it: evenly spread within a bucket. 0 when there are none; at most the last bound. */
export function toQuantile({ buckets, count }: Durations, share: number): number {
  if (count === 0) return 0;
  const rank = share * count;
  let below = 0;
  for (const [at, bound] of bounds.entries()) {
    const here = buckets[at] ?? 0;
    if (here > 0 && below + here >= rank) {
      const from = at === 0 ? 0 : bounds[at - 1] ?? 0;
      return from + (bound - from) * Math.max(0, rank - below) / here;
    }
    below += here;
  }
  return bounds.at(-1) ?? 0;
}
