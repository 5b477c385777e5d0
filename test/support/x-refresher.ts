// A process that uses and renews the login of X, and may die or be stopped in the middle. Run by the fault tests with its task as JSON in argv.
import { Redis } from 'ioredis';
import type { Clock, Vault } from '../../src/core/ports.ts';
import { openTokens, type Tokens } from '../../src/networks/x/oauth2.ts';
import { openVault } from '../../src/store/vault.ts';

export interface Task {
  readonly api: string;
  readonly connection: { readonly path?: string; readonly host?: string; readonly port?: number };
  readonly keys: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string };
  /** From when on the clocks and the lock of these processes run so many times as fast. */
  readonly since: number;
  readonly pace: number;
  /** Kills itself right after a new pair is stored, right before, or (the naive one) when it is about to use its token. */
  readonly dies?: 'after the store' | 'before the store' | 'at the first use';
  /** Stops itself between its mark and its request, saying so. */
  readonly stops?: boolean;
  /** Renews so many times; once when absent. */
  readonly renewals?: number;
  /** Each time together with the other process. */
  readonly meets?: boolean;
  /** The plain way, for comparison. */
  readonly naive?: 'no lock' | 'stores what it has used';
}

const task = JSON.parse(process.argv[2] ?? '{}') as Task;
const redis = new Redis(task.connection as { path: string });
redis.on('error', () => process.exit(1)); // the test is over
const real = openVault(async () => redis);
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const vault: Vault = {
  get: name => real.get(name),
  async put(name, value) {
    const isMark = name.endsWith('-refreshing');
    if (task.dies === 'before the store' && !isMark) die();
    await real.put(name, value);
    if (task.dies === 'after the store' && !isMark) die();
    if (task.stops === true && isMark) {
      process.stdout.write('stopping\n');
      process.kill(process.pid, 'SIGSTOP');
    }
  },
  alone: (name, forMs, work) => (task.naive === 'no lock' ? work() : real.alone(name, forMs / task.pace, work)),
};
const clock: Clock = { now: () => task.since + (Date.now() - task.since) * task.pace, monotonic: () => performance.now() * task.pace };

/** Whether X takes the token. */
async function use(token: string): Promise<void> {
  const { status } = await fetch(`${task.api}/2/users/me`, { headers: { authorization: `Bearer ${token}` } });
  if (status === 401) throw new Error(`X said ${status} to a token that it gave`);
}

/** Takes turns, but stores a new refresh token only when the access token has proven good. */
const openLateTokens = (name: string): Tokens => ({
  access: () => real.alone(name, 1_000, async () => {
    const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: await real.get(name) ?? task.keys.refreshToken });
    const response = await fetch(`${task.api}/2/oauth2/token`, { method: 'POST', body });
    if (!response.ok) throw new Error(`X said ${response.status}`);
    const pair = await response.json() as { access_token: string; refresh_token: string };
    if (task.dies === 'at the first use') die();
    await use(pair.access_token);
    await real.put(name, pair.refresh_token);
    return pair.access_token;
  }),
});

const tokens = task.naive === 'stores what it has used' ? openLateTokens(`late-${task.keys.clientId}`) : openTokens({
  api: task.api, ...task.keys, timeoutMs: 5_000, userAgent: 'a test', vault, clock, hide: () => undefined, say: line => process.stdout.write(`${line}\n`),
});

async function meet(round: number): Promise<void> {
  const place = `meet:${task.keys.clientId}:${round}`;
  await redis.incr(place);
  const giveUpAt = performance.now() + 1_500; // the other one is locked out
  while (Number(await redis.get(place)) < 2 && performance.now() < giveUpAt) await new Promise(resolve => setTimeout(resolve, 1));
}

try {
  let token = await tokens.access();
  if (task.dies === 'after the store') {
    await use(token);
    process.stdout.write('alive\n');
  }
  for (let round = 0; round < (task.renewals ?? 1); round += 1) {
    if (task.meets === true) await meet(round);
    token = await tokens.access(token);
  }
  await use(token);
  process.stdout.write('good\n');
} catch (error) {
  process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
redis.disconnect();
