import type { Redis } from 'ioredis';

/** So many, so long: what nobody remembers may be said again. */
const kept = 50;
const keptMs = 24 * 3_600_000;

/** What an account posted lately, newest first, so that it does not say the same again. */
export function openSaid(redis: Redis, network: string, account: string): { readonly recent: () => Promise<string[]>; readonly remember: (text: string) => Promise<void> } {
  const key = `repartee:said:${network}:${account}`;
  return {
    recent: () => redis.lrange(key, 0, kept - 1),
    remember: async text => void await redis.multi().lpush(key, text).ltrim(key, 0, kept - 1).pexpire(key, keptMs).exec(),
  };
}
