import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Quota, Quotas } from '../core/manners.ts';
import { readSalt, toSalted } from './salt.ts';

/** Looks at all of them before it counts in any: who is refused has used up nothing. */
const take = `
local at = redis.call('TIME')
local now = at[1] * 1000 + math.floor(at[2] / 1000)
for i = 1, #KEYS do
  local limit, per = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - per)
  if not redis.call('ZSCORE', KEYS[i], ARGV[1]) and redis.call('ZCARD', KEYS[i]) >= limit then return i end
end
for i = 1, #KEYS do
  local per = tonumber(ARGV[i * 2 + 1])
  if not redis.call('ZSCORE', KEYS[i], ARGV[1]) then redis.call('ZADD', KEYS[i], now, ARGV[1]) end
  redis.call('PEXPIRE', KEYS[i], per)
end
return 0
`;

/** Turns of an hour ago are another conversation. */
const turnsMs = 3_600_000;

/** People are kept as hashes, and no longer than their quota runs. */
const toQuotaHash = (text: string): string => createHash('sha256').update(`repartee quota ${text}`).digest('base64url').slice(0, 16);

/** Who came how often, in Redis: one sorted set of mentions per quota, counted by the store's own clock. */
export function openQuotas(redis: Redis): Quotas {
  const key = async (kind: string, network: string, account: string, who: string) => `repartee:quota:${kind}:${network}:${account}:${toSalted(await readSalt(redis), toQuotaHash(who))}`;
  return {
    async take(network, account, mentionId, quotas) {
      const asked = quotas.filter(({ limit }) => limit > 0);
      if (asked.length === 0) return undefined;
      const keys = await Promise.all(asked.map((quota: Quota) => key(`${quota.of}-${quota.perMs / 1_000}`, network, account, quota.key)));
      const first = await redis.eval(take, keys.length, ...keys, mentionId, ...asked.flatMap(({ limit, perMs }) => [limit, perMs]));
      return asked[Number(first) - 1];
    },
    async turn(network, account, personId, mentionId, isSuspicious) {
      const turns = await key('turns', network, account, personId);
      if (!isSuspicious) {
        await redis.del(turns);
        return 0;
      }
      const [, count] = await redis.multi().zadd(turns, 0, mentionId).zcard(turns).pexpire(turns, turnsMs).exec() ?? [];
      return Number(count?.[1] ?? 0);
    },
    async untilErasing(network, account, personId, mentionId, forMs) {
      const erasing = await key('erasing', network, account, personId);
      await redis.set(erasing, mentionId, 'PX', forMs, 'NX');
      return await redis.get(erasing) === mentionId ? 0 : Math.max(1, await redis.pttl(erasing));
    },
    async goodnight(network, account, personId, mentionId, forMs) {
      const night = await key('goodnight', network, account, personId);
      await redis.set(night, mentionId, 'PX', forMs, 'NX');
      return await redis.get(night) === mentionId;
    },
  };
}
