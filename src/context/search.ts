import type { Moderate } from '../core/manners.ts';
import type { Network, Pool } from '../core/ports.ts';
import { onlyFit } from './refresh.ts';
import { toTopic } from './topic.ts';

const timeoutMs = 3_000;
/** Each word more finds less: networks want all of them in one post. */
const mostWords = 2;

/** Asks a network about what a question is about, for every mention at once: what it says lies in the pool, for the next one too. Undefined where it cannot be asked. */
export function openSearch(network: Network, pool: Pool, moderate: Moderate, say: (line: string) => void): ((question: string, language: string) => Promise<boolean>) | undefined {
  if (!network.search) return undefined;
  return async (question, language) => {
    const { words, personal } = toTopic(question, language);
    // Strangers' posts say nothing about the asker's own life.
    if (personal || words.length === 0) return false;
    const surest = [words.filter(({ named }) => named), words.filter(({ definite }) => definite), words].find(some => some.length > 0) ?? [];
    const topic = surest.slice(0, mostWords).map(({ asked }) => asked.toLowerCase()).join(' ');
    try {
      const items = await onlyFit(await network.search?.(topic, AbortSignal.timeout(timeoutMs)) ?? [], moderate);
      await pool.add(`${network.name} ${topic}`, items);
      return items.length > 0;
    } catch (error) {
      say(`${network.name} ${network.self.account}: nothing found about a topic: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  };
}
