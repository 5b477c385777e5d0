import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Vault } from '../core/ports.ts';
import { openProcessId } from './process-id.ts';

const lookAgainMs = 40;

/** Deletes the lock if it still holds this token. KEYS: lock. ARGV: token. */
const unlockScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

/**
 * Secrets in Redis. `connect` is called when one is first needed, so that who has none writes nothing.
 * A lock names the process that holds it: where that one is surely gone, nobody waits for the lock's time.
 */
export function openVault(connect: () => Promise<Redis>): Vault {
  const self = openProcessId();
  const key = (name: string) => `repartee:vault:${name}`;
  return {
    get: async name => (await (await connect()).get(key(name))) ?? undefined,
    async put(name, value) {
      await (await connect()).set(key(name), value);
    },
    async alone(name, forMs, work) {
      const redis = await connect();
      const token = `${self.id}#${randomBytes(9).toString('base64url')}`;
      const lock = key(`lock:${name}`);
      while ((await redis.set(lock, token, 'PX', forMs, 'NX')) === null) {
        const holder = await redis.get(lock);
        if (holder !== null && self.goneForMs(holder.split('#')[0] ?? '') !== undefined) await redis.eval(unlockScript, 1, lock, holder);
        else await sleep(lookAgainMs);
      }
      try {
        return await work();
      } finally {
        await redis.eval(unlockScript, 1, lock, token);
      }
    },
  };
}
