import { availableParallelism, loadavg } from 'node:os';

/** By how much limits are stretched now: other processes may want the processors too. */
export const patience = (): 1 | 4 => ((loadavg()[0] ?? 0) > 2 * availableParallelism() ? 4 : 1);

/** How long something may take for which there is a processor; four times as long where there are more who want one. */
export function atEaseMs(ms: number): number {
  const limit = patience() * ms;
  if (limit > ms) process.stderr.write(`  the machine is crowded: what should take ${ms} ms may take ${limit}\n`);
  return limit;
}
