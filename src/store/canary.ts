import type { Redis } from 'ioredis';
import type { Halt } from '../core/manners.ts';

/** What the canary needs to know and to do. */
export interface CanaryPost {
  /** How often it sings when nothing has changed, in ms; 0: never. */
  readonly everyMs: number;
  /** The share of refused answers that is borne. 0: it does not sing. */
  readonly limit: number;
  /** The version that was judged last, by whichever process. */
  last(): Promise<string | undefined>;
  passed(version: string): Promise<void>;
  halt(reason: string): Promise<void>;
}

const key = 'repartee:canary';

export const openCanary = (redis: Redis, halt: Halt, { everyMs, limit }: Pick<CanaryPost, 'everyMs' | 'limit'>): CanaryPost => ({
  everyMs, limit,
  last: async () => await redis.get(key) ?? undefined,
  passed: async version => void await redis.set(key, version),
  halt: reason => halt.pause(undefined, reason),
});
