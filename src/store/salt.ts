import { createHmac, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Kept with the logins. It goes where the hashes go that were made with it, and nowhere else. */
export const saltKey = 'repartee:vault:people';
/** Salts of stores that were moved into this one, whose hashes go on to count. */
export const movedSalts = 'repartee:vault:people-moved';

/** What this store mixes into the hashes of people; made when it is first needed. Read each time: a store that was emptied has another one. */
export async function readSalt(redis: Redis): Promise<string> {
  const known = await redis.get(saltKey);
  if (known !== null) return known;
  await redis.set(saltKey, randomBytes(32).toString('base64url'), 'NX');
  const made = await redis.get(saltKey);
  if (made === null) throw new Error('the store was emptied just now');
  return made;
}

/** Under which hashes of people may stand here: the store's own first. */
export const readSalts = async (redis: Redis): Promise<readonly string[]> => [await readSalt(redis), ...await redis.smembers(movedSalts)];

/** Takes over the salt of another store: as this one's own where it has none yet. False: it is known. */
export async function keepSalt(redis: Redis, salt: string): Promise<boolean> {
  if (await redis.set(saltKey, salt, 'NX') !== null) return true;
  return await redis.get(saltKey) !== salt && await redis.sadd(movedSalts, salt) > 0;
}

/** A hash that cannot be guessed without the salt. It takes a hash, so that those from before there was one could be taken over. */
export const toSalted = (salt: string, hash: string): string => createHmac('sha256', salt).update(hash).digest('base64url').slice(0, 22);
