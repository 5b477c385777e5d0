import { refreshPool } from '../src/context/refresh.ts';
import type { Bot } from '../src/bot.ts';
import type { ContextSource } from '../src/core/ports.ts';
import type { Log } from '../src/log.ts';
import type { Note } from './listen.ts';

const sourceTimeoutMs = 8_000;

/** Reads the sources that `wanted` picks into the pool, keeps what the others said, and says which ones could not be read. */
export async function refresh(sources: readonly ContextSource[], wanted: (source: ContextSource) => boolean, { pool, moderate }: Pick<Bot, 'pool' | 'moderate'>, log: Log, note: Note): Promise<void> {
  const results = await refreshPool(sources.filter(wanted), pool, { timeoutMs: sourceTimeoutMs, now: Date.now, moderate, keep: sources.map(({ name }) => name) });
  for (const { name, error } of results) {
    note(`context ${name}`, error);
    if (error !== undefined) log(`context ${name}: ${error}`);
  }
}
