import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Halt, Song, Songs } from '../core/manners.ts';

/** What the canary needs to know and to do. */
export interface CanaryPost extends Songs {
  /** How often it sings when nothing has changed, in ms; 0: never. */
  readonly everyMs: number;
  /** The share of refused answers that is borne. 0: it does not sing. */
  readonly limit: number;
  judged(version: string, song: Song): Promise<void>;
  /** One process at a time lets a version sing; the others do nothing. Whoever does not `keep` it for over `forMs` loses it, and is told so: false. */
  alone(version: string, forMs: number, work: (keep: () => Promise<boolean>) => Promise<void>): Promise<void>;
  halt(reason: string): Promise<void>;
}

const key = 'repartee:canary-songs';
/** Where versions before this one kept theirs; nobody reads it any more. */
const former = 'repartee:canary';
/** One that is sung no more is forgotten with the next that is: if it comes back, it is sung again. */
const keptMs = 30 * 86_400_000;
/** Deletes the lock if it still holds this token. KEYS: lock. ARGV: token. */
const unlock = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";
/** Extends the lock likewise. ARGV: token, ms. */
const extend = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";

export const openCanary = (redis: Redis, halt: Halt, { everyMs, limit }: Pick<CanaryPost, 'everyMs' | 'limit'>): CanaryPost => ({
  everyMs, limit,
  async of(version) {
    const kept = await redis.hget(key, version);
    return kept === null ? undefined : JSON.parse(kept) as Song;
  },
  async judged(version, song) {
    const old = Object.entries(await redis.hgetall(key)).filter(([, each]) => (JSON.parse(each) as Song).at < song.at - keptMs).map(([each]) => each);
    if (old.length > 0) await redis.hdel(key, ...old);
    await redis.multi().hset(key, version, JSON.stringify(song)).del(former).exec();
  },
  async alone(version, forMs, work) {
    const lock = `repartee:canary-sings:${version}`;
    const token = randomBytes(9).toString('base64url');
    if (await redis.set(lock, token, 'PX', forMs, 'NX') === null) return;
    try {
      await work(async () => await redis.eval(extend, 1, lock, token, forMs) === 1);
    } finally {
      await redis.eval(unlock, 1, lock, token);
    }
  },
  halt: reason => halt.pause(undefined, reason),
});
