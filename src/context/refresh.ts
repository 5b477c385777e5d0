import type { Moderate } from '../core/manners.ts';
import type { ContextSource, Pool } from '../core/ports.ts';
import type { ContextItem } from '../core/types.ts';

/** What became of one source; with `error`, the pool still holds what the source said before. */
export interface Refreshed {
  readonly name: string;
  readonly items: number;
  /** How many were left out: not fit to be read by a model, or to be quoted. */
  readonly unfit: number;
  readonly ms: number;
  readonly error?: string;
}

/** Asks all sources at once; each one's items are in the pool as soon as it has answered. `keep`: names whose words stay, these sources' alone when absent. Rejects only when the pool itself fails. */
export async function refreshPool(sources: readonly ContextSource[], pool: Pool, { timeoutMs, now, moderate, keep = sources.map(({ name }) => name) }: { timeoutMs: number; now: () => number; moderate: Moderate; keep?: readonly string[] }): Promise<readonly Refreshed[]> {
  return await Promise.all(sources.map(async (source): Promise<Refreshed> => {
    const start = now();
    const asked = await ask(source, timeoutMs);
    const ms = now() - start;
    if ('error' in asked) return { name: source.name, items: 0, unfit: 0, ms, error: asked.error };
    const fit = await onlyFit(asked.items, moderate);
    await pool.put(source.name, fit, keep);
    return { name: source.name, items: fit.length, unfit: asked.items.length - fit.length, ms };
  }));
}

/** What is hot passes the word lists before it is in the pool: what no model reads cannot come back as our own words. */
export async function onlyFit(items: readonly ContextItem[], moderate: Moderate): Promise<ContextItem[]> {
  const verdicts = await Promise.all(items.map(({ text, summary = '', language }) => moderate([text, summary], 'context', language)));
  return items.filter((_, at) => verdicts[at] === undefined);
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
