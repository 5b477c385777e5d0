import type { Redis } from 'ioredis';
import type { Lease, Network } from '../core/ports.ts';
import { readAccounts } from './ledger.ts';
import type { openProcessId } from './process-id.ts';

/** Much longer than a renewal may be late, and short enough for another process to take over soon. */
const lastsMs = 6_000;

/**
 * KEYS: lease, counter of its tokens. ARGV: who asks, a holder that is surely gone or '', how long it lasts.
 * Returns the token of who asked, or '' and who holds it. Redis counts the time: no clock of ours matters.
 */
const takeScript = `
local holder = redis.call('HGET', KEYS[1], 'holder')
if holder and holder ~= ARGV[1] and holder ~= ARGV[2] then return { '', holder } end
if holder ~= ARGV[1] then
  redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'token', redis.call('INCR', KEYS[2]) .. ' ' .. ARGV[1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { redis.call('HGET', KEYS[1], 'token'), ARGV[1] }
`;

const releaseScript = "if redis.call('HGET', KEYS[1], 'holder') == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0";

const leaseKey = (network: string, account: string): string => `repartee:lease:${network}:${account}`;

/** Whether some process listens on an account just now. */
export const isHeard = async (redis: Redis, network: string, account: string): Promise<boolean> => await redis.exists(leaseKey(network, account)) === 1;

/** Accounts of others that somebody listens on just now, on the same store. Every bot needs one of its own: two share the pool and the chores, and want different things of them. */
export async function findOtherBots(redis: Redis, ours: readonly { readonly name: string; readonly self: Pick<Network['self'], 'account'> }[]): Promise<readonly string[]> {
  const others = (await readAccounts(redis)).filter(({ network, account }) => !ours.some(({ name, self }) => name === network && self.account === account));
  const held = await Promise.all(others.map(({ network, account }) => redis.exists(leaseKey(network, account))));
  return others.filter((_, at) => held[at] === 1).map(({ network, account }) => `${network} ${account}`);
}

/**
 * Listening on one account is for one process at a time. The token goes with every write: who was stopped, lost the lease and goes on
 * is refused by the ledger.
 */
export function openLease(redis: Redis, self: ReturnType<typeof openProcessId>, network: string, account: string): Lease {
  const key = leaseKey(network, account);
  const take = (gone = '') => redis.eval(takeScript, 2, key, `repartee:tokens:${network}:${account}`, self.id, gone, String(lastsMs)) as Promise<[string, string]>;
  return {
    async hold() {
      let [token, holder] = await take();
      if (token === '' && self.goneForMs(holder) !== undefined) [token, holder] = await take(holder);
      return token === '' ? { heldBy: toName(holder) } : { token };
    },
    async release() {
      await redis.eval(releaseScript, 1, key, self.id);
    },
  };
}

/** As an operator looks for it. */
function toName(processId: string): string {
  const [host = '?', , pid = '?'] = processId.split('/');
  return `process ${pid} on ${host}`;
}
