import type { Redis } from 'ioredis';
import type { Halt } from '../core/manners.ts';

const key = 'repartee:halt';
const all = '*';

/** The kill switch: one hash in Redis, network or `*` → why. Looked at before every post, so it is obeyed at once wherever a bot runs. */
export const openHalt = (redis: Redis): Halt => ({
  async reason(network) {
    const [everywhere, here] = await redis.hmget(key, all, network);
    return everywhere ?? here ?? undefined;
  },
  pause: async (network, reason) => void await redis.hset(key, network ?? all, reason),
  resume: async network => void await (network === undefined ? redis.del(key) : redis.hdel(key, network)),
});

/** Everything that is paused: network (`*`: all) → why. */
export const readHalts = (redis: Redis): Promise<Record<string, string>> => redis.hgetall(key);
