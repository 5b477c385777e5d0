import type { Redis } from 'ioredis';
import type { MentionRef } from '../core/types.ts';

/** When a mention that was answered is looked at again: soon, while people change their minds, then as often as networks demand. */
const hourMs = 3_600_000;
const soonMs = [10 * 60_000, hourMs, 6 * hourMs];
const laterMs = 20 * hourMs;

/** Which answered mentions are to be looked at again, and when: one sorted set per account. */
export interface Rereads {
  add(ref: MentionRef): Promise<void>;
  /** Those that are due, each put off to its next time at once: whoever ends in the middle has lost a look, not a mention. */
  due(network: string, account: string, limit: number): Promise<readonly MentionRef[]>;
  drop(ref: MentionRef): Promise<void>;
}

export function openRereads(redis: Redis, { keepMs }: { readonly keepMs: number }, now: () => number = Date.now): Rereads {
  const key = (network: string, account: string) => `repartee:reread:${network}:${account}`;
  const firstKey = (network: string, account: string) => `repartee:answered:${network}:${account}`;
  return {
    async add({ network, account, id }) {
      await redis.multi().zadd(firstKey(network, account), 'NX', now(), id).zadd(key(network, account), 'NX', now() + (soonMs[0] ?? laterMs), id).exec();
    },
    async due(network, account, limit) {
      const ids = await redis.zrangebyscore(key(network, account), '-inf', now(), 'LIMIT', 0, limit);
      for (const id of ids) {
        const age = now() - Number(await redis.zscore(firstKey(network, account), id) ?? 0);
        const next = soonMs.find(ms => ms > age + 60_000);
        if (age > keepMs) await redis.multi().zrem(key(network, account), id).zrem(firstKey(network, account), id).exec();
        else await redis.zadd(key(network, account), now() + (next === undefined ? laterMs : next - age), id);
      }
      return ids.map(id => ({ network, account, id }));
    },
    async drop({ network, account, id }) {
      await redis.multi().zrem(key(network, account), id).zrem(firstKey(network, account), id).exec();
    },
  };
}
