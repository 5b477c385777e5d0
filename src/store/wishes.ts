import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Person, Wishes } from '../core/manners.ts';

export interface WishesOptions {
  /** Handles of one person on several networks, each as `network:handle`. */
  readonly linked: readonly (readonly string[])[];
  /** How long a thread stays quiet: longer than anybody would go on with it. */
  readonly keepQuietMs: number;
}

/** What stands for somebody who wants to be left alone: it can be checked, and says nothing to whoever reads the store. */
const toHash = (text: string): string => createHash('sha256').update(`repartee wish ${text}`).digest('base64url').slice(0, 22);

const atHandle = (network: string, handle: string): string => `${network}:${handle.replace(/^@/u, '').toLowerCase()}`;

/** Wishes in Redis: one set of those to be left alone, without an end; one key per post of a quiet thread. */
export function openWishes(redis: Redis, { linked, keepQuietMs }: WishesOptions): Wishes {
  const groups = linked.map(group => group.map(each => each.toLowerCase()));
  const alone = 'repartee:left-alone';
  /** An id is for good; a handle stands for what the operator linked. */
  const namesOf = (network: string, { id, handle }: Person): string[] => {
    const here = atHandle(network, handle);
    const others = groups.filter(group => group.includes(here)).flat();
    return [`${network}#${id}`, ...others].map(toHash);
  };
  const quietKey = (network: string, account: string) => (post: string) => `repartee:quiet:${network}:${account}:${toHash(post)}`;
  return {
    async leftAlone(network, people) {
      const names = people.flatMap(person => namesOf(network, person));
      return names.length > 0 && (await redis.smismember(alone, ...names)).includes(1);
    },
    leaveAlone: async (network, person) => await redis.sadd(alone, ...namesOf(network, person)) > 0,
    comeBack: async (network, person) => await redis.srem(alone, ...namesOf(network, person)) > 0,
    isQuiet: async (network, account, posts) => posts.length > 0 && await redis.exists(...posts.map(quietKey(network, account))) > 0,
    async keepQuiet(network, account, posts) {
      const set = await Promise.all(posts.map(post => redis.set(quietKey(network, account)(post), '1', 'PX', keepQuietMs, 'GET')));
      return !set.includes('1');
    },
  };
}
