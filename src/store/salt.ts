import { createHmac, randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';

/** Kept with the logins: no export takes it along. */
const key = 'repartee:vault:people';

/** What this store mixes into the hashes of people; made when it is first needed. Read each time: a store that was emptied has another one. */
export async function readSalt(redis: Redis): Promise<string> {
  const known = await redis.get(key);
  if (known !== null) return known;
  await redis.set(key, randomBytes(32).toString('base64url'), 'NX');
  const made = await redis.get(key);
  if (made === null) throw new Error('the store was emptied just now');
  return made;
}

/** A hash that cannot be guessed without the salt. It takes a hash, so that those from before there was one could be taken over. */
export const toSalted = (salt: string, hash: string): string => createHmac('sha256', salt).update(hash).digest('base64url').slice(0, 22);
