import type { Redis } from 'ioredis';
import { silences, type Numbers } from '../core/counts.ts';
import type { Clock } from '../core/ports.ts';
import { toQuantile } from './histogram.ts';
import { readSpans, readTotals, sumOf } from './metrics.ts';

const keptMs = 10_000;

/** What the bot may tell of itself to everybody, read at most every ten seconds, however many ask. */
export function openNumbers(redis: Redis, clock: Clock): () => Promise<Numbers> {
  let known: { readonly numbers: Promise<Numbers>; readonly at: number } | undefined;
  return () => {
    const now = clock.monotonic();
    if (known && now - known.at < keptMs) return known.numbers;
    const numbers = readNumbers(redis, clock.now());
    const reading = { numbers, at: now };
    known = reading;
    numbers.catch(() => {
      if (known === reading) known = undefined;
    });
    return numbers;
  };
}

export async function readNumbers(redis: Redis, now: number): Promise<Numbers> {
  const [all, days, hours] = await Promise.all([readTotals(redis), readSpans(redis, 'day', 30, now), readSpans(redis, 'hour', 24, now)]);
  const [month, day] = [sumOf(days), sumOf(hours)];
  const answered = month.count('mentions', 'answered');
  const [allDollars, monthDollars] = [all, month].map(each => each.count('dollars', 'model') + each.count('dollars', 'network')) as [number, number];
  const took = month.took('whole');
  const wanted = answered + (['withheld', 'rejected', 'parked', 'quarantined'] as const).reduce((sum, end) => sum + month.count('mentions', end), 0) + month.count('silences', 'age');
  return {
    answered: { all: all.count('mentions', 'answered'), month: answered, day: day.count('mentions', 'answered') },
    silent: Object.fromEntries(silences.map(why => [why, all.count('silences', why)])) as Numbers['silent'],
    withheld: all.count('mentions', 'withheld'),
    rejected: all.count('mentions', 'rejected'),
    parked: all.count('mentions', 'parked'),
    ...(took.count > 0 && { secondsToAnswer: { median: toQuantile(took, 0.5), p95: toQuantile(took, 0.95) } }),
    dollars: { all: allDollars, month: monthDollars },
    ...(answered > 0 && { dollarsPerAnswer: monthDollars / answered }),
    ...(wanted > 0 && { answerRate: answered / wanted }),
  };
}
