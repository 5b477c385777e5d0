import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Person, Wishes } from '../core/manners.ts';
import { readSalt, readSalts, toSalted } from './salt.ts';

export interface WishesOptions {
  /** Handles of one person on several networks, each as `network:handle`. */
  readonly linked: readonly (readonly string[])[];
  /** How long a thread stays quiet: longer than anybody would go on with it. */
  readonly keepQuietMs: number;
}

const alone = 'repartee:left-alone:salted';
/** As it was before there was a salt: whoever tried all handles found who was in there. */
const unsalted = 'repartee:left-alone';

/** Nobody has to say "stop" again: what stands for him is salted as it is. Done at every start. Versions from before the salt do not see it any more. */
export async function saltWishes(redis: Redis): Promise<void> {
  const old = await redis.smembers(unsalted);
  if (old.length === 0) return;
  const salt = await readSalt(redis);
  await redis.multi().sadd(alone, ...old.map(hash => toSalted(salt, hash))).srem(unsalted, ...old).exec();
}

/** How many hashes stand for people who want to be left alone. */
export const countLeftAlone = (redis: Redis): Promise<number> => redis.scard(alone);

/** What stands for somebody who wants to be left alone, and is salted before it is kept: then it can be checked, and says nothing to whoever has not the salt. */
const toHash = (text: string): string => createHash('sha256').update(`repartee wish ${text}`).digest('base64url').slice(0, 22);

const atHandle = (network: string, handle: string): string => `${network}:${handle.replace(/^@/u, '').toLowerCase()}`;

/** Wishes in Redis: one set of those to be left alone, without an end; one key per post of a quiet thread. */
export function openWishes(redis: Redis, { linked, keepQuietMs }: WishesOptions): Wishes {
  const groups = linked.map(group => group.map(each => each.toLowerCase()));
  /** An id is for good; a handle stands for what the operator linked. */
  const namesOf = (network: string, { id, handle }: Person): string[] => {
    const here = atHandle(network, handle);
    const others = groups.filter(group => group.includes(here)).flat();
    return [`${network}#${id}`, ...others].map(toHash);
  };
  const salted = (names: readonly string[], salts: readonly string[]): string[] => salts.flatMap(salt => names.map(name => toSalted(salt, name)));
  // A thread is no person, and its posts stand on the network for everybody.
  const quietKey = (network: string, account: string) => (post: string) => `repartee:quiet:${network}:${account}:${toHash(post)}`;
  return {
    async leftAlone(network, people) {
      const names = people.flatMap(person => namesOf(network, person));
      if (names.length === 0) return false;
      // In this order: what is taken over between the two is found in the second.
      return (await redis.smismember(unsalted, ...names)).includes(1) || (await redis.smismember(alone, ...salted(names, await readSalts(redis)))).includes(1);
    },
    leaveAlone: async (network, person) => await redis.sadd(alone, ...salted(namesOf(network, person), [await readSalt(redis)])) > 0,
    async comeBack(network, person) {
      const names = namesOf(network, person);
      const wasUnsalted = await redis.srem(unsalted, ...names) > 0;
      return await redis.srem(alone, ...salted(names, await readSalts(redis))) > 0 || wasUnsalted;
    },
    isQuiet: async (network, account, posts) => posts.length > 0 && await redis.exists(...posts.map(quietKey(network, account))) > 0,
    async keepQuiet(network, account, posts) {
      const set = await Promise.all(posts.map(post => redis.set(quietKey(network, account)(post), '1', 'PX', keepQuietMs, 'GET')));
      return !set.includes('1');
    },
  };
}
