import { availableParallelism, loadavg } from 'node:os';

/** How long something may take for which there is a processor; four times as long where others are at it too. */
export function atEaseMs(ms: number): number {
  const isCrowded = (loadavg()[0] ?? 0) > 2 * availableParallelism();
  if (isCrowded) process.stdout.write(`  the machine is crowded: what should take ${ms} ms may take ${4 * ms}\n`);
  return isCrowded ? 4 * ms : ms;
}
