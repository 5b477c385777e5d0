import { refreshPool } from '../src/context/refresh.ts';
import type { ContextSource, Pool } from '../src/core/ports.ts';
import type { Log } from '../src/log.ts';

const sourceTimeoutMs = 8_000;

/** Reads every source into the pool and says which ones could not be read. */
export async function refresh(sources: readonly ContextSource[], pool: Pool, log: Log): Promise<void> {
  const results = await refreshPool(sources, pool, { timeoutMs: sourceTimeoutMs, now: Date.now });
  for (const { name, error } of results) {
    if (error !== undefined) log(`context ${name}: ${error}`);
  }
}
