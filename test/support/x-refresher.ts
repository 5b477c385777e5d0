// A process that uses and renews the login of X, and may die in the middle. Run by the fault tests with its task as JSON in argv.
import { Redis } from 'ioredis';
import type { Vault } from '../../src/core/ports.ts';
import { openTokens } from '../../src/networks/x/oauth2.ts';
import { openVault } from '../../src/store/vault.ts';

export interface Task {
  readonly api: string;
  readonly connection: { readonly path?: string; readonly host?: string; readonly port?: number };
  readonly keys: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string };
  /** Kills itself right after a new pair is stored, or right before. */
  readonly dies?: 'after the store' | 'before the store';
  /** Renews so many times, each time together with the other process. */
  readonly rounds?: number;
  /** The plain way, for comparison: nobody waits for anybody. */
  readonly isNaive?: boolean;
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const redis = new Redis(task.connection as { path: string });
redis.on('error', () => process.exit(1)); // the test is over
const real = openVault(async () => redis);
let puts = 0;
const vault: Vault = {
  get: name => real.get(name),
  async put(name, value) {
    // The first put of a renewal marks its beginning, the second holds the new pair.
    puts += 1;
    if (task.dies === 'before the store' && puts === 2) process.kill(process.pid, 'SIGKILL');
    await real.put(name, value);
    if (task.dies === 'after the store' && puts === 2) process.kill(process.pid, 'SIGKILL');
  },
  alone: (name, forMs, work) => (task.isNaive ? work() : real.alone(name, forMs, work)),
};
const { clientId, clientSecret, refreshToken } = task.keys;
const tokens = openTokens({
  api: task.api, clientId, clientSecret, refreshToken, timeoutMs: 5_000, userAgent: 'a test', vault,
  clock: { now: () => Date.now(), monotonic: () => performance.now() }, hide: () => undefined, say: line => process.stdout.write(`${line}\n`),
});

/** Whether X takes the token. */
async function use(token: string): Promise<void> {
  const { status } = await fetch(`${task.api}/2/users/1/tweets`, { headers: { authorization: `Bearer ${token}` } });
  if (status === 401) throw new Error(`X said ${status} to a token that it gave`);
}

async function meet(round: number): Promise<void> {
  await redis.incr(`meet:${round}`);
  const giveUpAt = performance.now() + 1_500; // the other one is locked out
  while (Number(await redis.get(`meet:${round}`)) < 2 && performance.now() < giveUpAt) await new Promise(resolve => setTimeout(resolve, 1));
}

try {
  let token = await tokens.access();
  for (let round = 0; round < (task.rounds ?? 1); round += 1) {
    if (task.rounds !== undefined) await meet(round);
    puts = 0;
    token = await tokens.access(token);
    await use(token);
  }
  process.stdout.write('good\n');
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
redis.disconnect();
