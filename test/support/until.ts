import { patience } from './at-ease.ts';

/** Looks until there is something, and complains when there is nothing within the time, or within four times that where the machine is crowded. */
export async function found<T>(what: string, look: () => T | undefined | Promise<T | undefined>, withinMs: number, everyMs: number): Promise<T> {
  const begun = performance.now();
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    const ms = performance.now() - begun;
    if (ms > withinMs && ms > withinMs * patience()) throw new Error(`not within ${Math.round(ms)} ms: ${what}`);
    await new Promise(resolve => setTimeout(resolve, everyMs));
  }
}

/** Waits until something holds, as patiently. */
export async function until(holds: () => boolean | Promise<boolean>, withinMs = 10_000, everyMs = 10): Promise<void> {
  await found(holds.toString(), async () => (await holds() ? true : undefined), withinMs, everyMs);
}
