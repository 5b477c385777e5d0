import { createHash, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Act, Attempts, Audit, Session, Sessions } from '../core/desk.ts';

const idleMs = 12 * 3_600_000;
const longestMs = 7 * 86_400_000;

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
const secret = (): string => randomBytes(24).toString('base64url');

export function openSessions(redis: Redis, now = Date.now): Sessions {
  const key = (token: string): string => `repartee:session:${hash(token)}`;
  return {
    async open(name, lock) {
      const [token, csrf] = [secret(), secret()];
      await redis.set(key(token), JSON.stringify({ name, csrf, since: now(), lock: hash(lock) }), 'PX', idleMs);
      return { token, session: { name, csrf } };
    },
    async read(token, lock) {
      const kept = await redis.get(key(token));
      if (kept === null) return undefined;
      const { name, csrf, since, lock: openedUnder } = JSON.parse(kept) as Session & { readonly since: number; readonly lock?: string };
      if (openedUnder !== hash(lock)) return undefined;
      const leftMs = since + longestMs - now();
      if (leftMs <= 0) return undefined;
      await redis.pexpire(key(token), Math.min(idleMs, leftMs));
      return { name, csrf };
    },
    async close(token) {
      await redis.del(key(token));
    },
  };
}

/** So many wrong passwords from one place, then none for so long. */
const wrongAtMost = 5;
const lockedMs = 15 * 60_000;

/** So many wrong ones from all places together, and each try takes longer. Nobody is locked out by them. */
const slowAfter = 30;
const slowMs = 5_000;
const knownMs = 90 * 86_400_000;

/** KEYS: count. ARGV: most, ms. Returns how long to wait, or 0 and has counted. */
const takeScript = `
local count = tonumber(redis.call('GET', KEYS[1]) or '0')
if count >= tonumber(ARGV[1]) then
  local left = redis.call('PTTL', KEYS[1])
  return left > 0 and left or tonumber(ARGV[2])
end
redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 0
`;

/** KEYS: all wrong ones, note of this place. ARGV: ms. Returns whether the place is a new one. */
const wrongScript = `
if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return redis.call('SET', KEYS[2], '1', 'PX', ARGV[1], 'NX') and 1 or 0
`;

/** Counted before the password is looked at, so that many at once are no more than one after the other. */
export function openAttempts(redis: Redis, delayMs = slowMs): Attempts {
  const key = (from: string): string => `repartee:attempts:${hash(from)}`;
  const browserKey = (browser: string): string => `repartee:known:${hash(browser)}`;
  const allKey = 'repartee:attempts';
  return {
    async take(from) {
      const waitMs = Number(await redis.eval(takeScript, 1, key(from), wrongAtMost, lockedMs));
      return { waitMs, delayMs: waitMs === 0 && Number(await redis.get(allKey)) >= slowAfter ? delayMs : 0 };
    },
    wrong: async from => Number(await redis.eval(wrongScript, 2, allKey, `${key(from)}:told`, lockedMs)) === 1,
    async clear(from) {
      await redis.del(key(from));
    },
    knows: async browser => await redis.exists(browserKey(browser)) === 1,
    async know(browser = secret()) {
      await redis.set(browserKey(browser), '1', 'PX', knownMs);
      return browser;
    },
  };
}

const auditKey = 'repartee:audit';
const auditLength = 10_000;

export function openAudit(redis: Redis, now = Date.now): Audit {
  return {
    async note(act) {
      await redis.lpush(auditKey, JSON.stringify({ at: now(), ...act }));
      await redis.ltrim(auditKey, 0, auditLength - 1);
    },
    async list(limit, skip = 0) {
      const [kept, total] = await Promise.all([redis.lrange(auditKey, skip, skip + limit - 1), redis.llen(auditKey)]);
      return { acts: kept.map(each => JSON.parse(each) as Act), total };
    },
  };
}

/** A decision on a draft, or an order of the owner's, as an act. */
export const toAct = ({ what, by, ref }: { readonly what: string; readonly by: string; readonly ref?: { readonly network: string; readonly account: string; readonly id: string } }): Omit<Act, 'at'> =>
  ({ by, what, ...(ref && { on: `${ref.network}/${ref.account}/${ref.id}` }) });
