import type { Redis } from 'ioredis';
import type { Prompts, UsedPrompt } from '../core/ports.ts';

const key = 'repartee:prompts';

/** Instructions that answers were made with, by their hash, for as long as the store lasts. */
export function openPrompts(redis: Redis): Prompts {
  const known = new Set<string>();
  return {
    async keep(prompt) {
      if (known.has(prompt.version)) return;
      await redis.hsetnx(key, prompt.version, JSON.stringify(prompt));
      known.add(prompt.version);
    },
    async get(version) {
      const kept = await redis.hget(key, version);
      return kept === null ? undefined : JSON.parse(kept) as UsedPrompt;
    },
    async list() {
      return Object.values(await redis.hgetall(key)).map(kept => JSON.parse(kept) as UsedPrompt).toSorted((one, other) => other.since - one.since);
    },
  };
}
