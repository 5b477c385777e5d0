import type { Redis } from 'ioredis';
import type { Clock } from '../core/ports.ts';
import type { openProcessId } from './process-id.ts';

const key = 'repartee:processes';
const verifyKey = 'repartee:verify-before';
const forgetMs = 86_400_000;

/** Which processes work on this store. Whoever is on the list and surely or possibly dead did not stop cleanly. */
export async function openPresence(redis: Redis, self: ReturnType<typeof openProcessId>, clock: Clock) {
  const others = (await redis.zrange(key, '0', '-1')).filter(id => id !== self.id);
  // Remembered until the next unclean end: a clean restart must not forget what an earlier one had to look up.
  if (others.some(id => !self.isAlive(id))) await redis.set(verifyKey, clock.now());
  const verifyBefore = Number(await redis.get(verifyKey) ?? 0);
  await redis.zremrangebyscore(key, '-inf', String(clock.now() - forgetMs));
  const gone = others.filter(id => self.goneSince(id) !== undefined);
  if (gone.length > 0) await redis.zrem(key, ...gone);
  const beat = async (): Promise<void> => {
    await redis.zadd(key, String(clock.now()), self.id);
  };
  await beat();
  return {
    /** When last a process was found to have ended without a goodbye, or perhaps so. Whatever is older may be posted already. */
    verifyBefore,
    beat,
    async leave(): Promise<void> {
      await redis.zrem(key, self.id);
    },
  };
}
