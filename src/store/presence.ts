import type { Redis } from 'ioredis';
import type { Clock } from '../core/ports.ts';
import type { openProcessId } from './process-id.ts';

const key = 'repartee:processes';
const forgetMs = 86_400_000;

/** Which processes work on this store. Whoever is on the list and surely or possibly dead did not stop cleanly. */
export async function openPresence(redis: Redis, self: ReturnType<typeof openProcessId>, clock: Clock) {
  await redis.zremrangebyscore(key, '-inf', String(clock.now() - forgetMs));
  const others = (await redis.zrange(key, '0', '-1')).filter(id => id !== self.id);
  const gone = others.filter(id => self.isGone(id));
  const beat = async (): Promise<void> => {
    await redis.zadd(key, String(clock.now()), self.id);
  };
  await beat();
  if (gone.length > 0) await redis.zrem(key, ...gone);
  return {
    /** Some process before us ended without saying goodbye, or may have. */
    unclean: others.some(id => !self.isAlive(id)),
    beat,
    async leave(): Promise<void> {
      await redis.zrem(key, self.id);
    },
  };
}
