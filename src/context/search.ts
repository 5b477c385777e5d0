import type { Network, Pool } from '../core/ports.ts';

const timeoutMs = 3_000;
const topicLength = 120;

/** Asks a network about a topic, for every mention at once: what it says lies in the pool, for the next one too. Undefined where it cannot be asked. */
export function openSearch(network: Network, pool: Pool, say: (line: string) => void): ((topic: string) => Promise<boolean>) | undefined {
  if (!network.search) return undefined;
  return async topic => {
    const asked = topic.toLowerCase().slice(0, topicLength).trim();
    try {
      const items = await network.search?.(asked, AbortSignal.timeout(timeoutMs)) ?? [];
      await pool.add(`${network.name} ${asked}`, items);
      return items.length > 0;
    } catch (error) {
      say(`${network.name} ${network.self.account}: nothing found about a topic: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
}
