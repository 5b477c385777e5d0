import type { ContextSource, Pool } from '../core/ports.ts';

/** What became of one source; with `error`, the pool still holds what the source said before. */
export interface Refreshed {
  readonly name: string;
  readonly items: number;
  readonly ms: number;
  readonly error?: string;
}

/** Asks all sources at once; each one's items are in the pool as soon as it has answered. `keep`: names whose words stay, these sources' alone when absent. Rejects only when the pool itself fails. */
export async function refreshPool(sources: readonly ContextSource[], pool: Pool, { timeoutMs, now, keep = sources.map(({ name }) => name) }: { timeoutMs: number; now: () => number; keep?: readonly string[] }): Promise<readonly Refreshed[]> {
  return await Promise.all(sources.map(async (source): Promise<Refreshed> => {
    const start = now();
    const asked = await ask(source, timeoutMs);
    const ms = now() - start;
    if ('error' in asked) return { name: source.name, items: 0, ms, error: asked.error };
    await pool.put(source.name, asked.items, keep);
    return { name: source.name, items: asked.items.length, ms };
  }));
}

type Asked = { readonly items: Awaited<ReturnType<ContextSource['trending']>> } | { readonly error: string };

/** A source that does not listen to its signal is left behind all the same. */
async function ask(source: ContextSource, timeoutMs: number): Promise<Asked> {
  const controller = new AbortController();
  const late = Promise.withResolvers<Asked>();
  const timer = setTimeout(() => {
    controller.abort();
    late.resolve({ error: `${source.name} did not answer within ${timeoutMs} ms` });
  }, timeoutMs);
  try {
    return await Promise.race([toAsked(source, controller.signal), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function toAsked(source: ContextSource, signal: AbortSignal): Promise<Asked> {
  try {
    return { items: await source.trending(signal) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
