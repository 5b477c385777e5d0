import type { Redis } from 'ioredis';
import type { Told } from '../core/manners.ts';

/** Which held drafts whom was told of: one hash per account. Whoever tells takes the name first, so that a crash in the middle tells nobody twice. */
export function openTold(redis: Redis): Told {
  const key = (network: string, account: string) => `repartee:told:${network}:${account}`;
  return {
    all: async (network, account) => new Map(Object.entries(await redis.hgetall(key(network, account)))),
    take: async (network, account, name) => await redis.hsetnx(key(network, account), name, '') === 1,
    keep: async (network, account, name, postId) => void await redis.hset(key(network, account), name, postId),
    drop: async (network, account, names) => void (names.length > 0 && await redis.hdel(key(network, account), ...names)),
  };
}
