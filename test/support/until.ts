import { patience } from './at-ease.ts';

/** Looks until there is something, and complains when there is nothing within the time, or within four times that where the machine was crowded meanwhile. */
export async function found<T>(what: string, look: () => T | undefined | Promise<T | undefined>, withinMs: number, everyMs: number): Promise<T> {
  const begun = performance.now();
  for (let most = 1; ; most = Math.max(most, patience())) {
    const seen = await look();
    const ms = Math.round(performance.now() - begun);
    if (seen !== undefined && ms > withinMs) process.stderr.write(`  on a crowded machine it took ${ms} ms instead of ${withinMs}: ${what}\n`);
    if (seen !== undefined) return seen;
    if (ms > withinMs * most) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}

/** Waits until something holds, as patiently. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000, everyMs = 10): Promise<void> {
  await found(holds.toString(), async () => (await holds() ? true : undefined), withinMs, everyMs);
}
