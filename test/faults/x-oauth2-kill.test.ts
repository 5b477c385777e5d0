// The refresh token of OAuth 2.0 changes with every use: whoever loses the new one is locked out. Real processes, killed, crossed and stopped.
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { wake } from '../support/asleep.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { compileCache } from '../support/program.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openTokenServer, type TokenServer } from '../support/token-server.ts';
import { until } from '../support/until.ts';
import type { Task } from '../support/x-refresher.ts';

const rounds = 50;
const moments = 30;
const lanes = 3;
/** The lock of 25 seconds and the patience of 10 pass so many times as fast. */
const pace = 10;
const since = Date.now();
const program = join(import.meta.dirname, '..', 'support', 'x-refresher.ts');
const lost = /^the login of X is lost: a refresh was cut off at \d{4}-\S+Z between X's answer and the store; get a new X_REFRESH_TOKEN, or use OAuth 1\.0a, which never ends$/u;
const recovered = /^X: a refresh of the login that began at \S+ never ended; a new one worked, nothing is lost\ngood$/u;
const good = { said: 'good', signal: null };
const killed = { said: '', signal: 'SIGKILL' };

interface Ended {
  readonly said: string;
  readonly signal: NodeJS.Signals | null;
}

/** The same numbers in every run. */
function openChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describeOnRedis('the login of X', redis => {
  const openServer = async (): Promise<TokenServer> => {
    const server = await openTokenServer();
    onTestFinished(() => server.close());
    return server;
  };
  const start = (server: TokenServer, task: Partial<Task> = {}): { readonly child: ChildProcess; readonly said: () => string; readonly ended: Promise<Ended> } => {
    const whole = { api: server.url, connection: redis().connection, keys: server.keys, since, pace, ...task } satisfies Task;
    const child = spawn(process.execPath, [program, JSON.stringify(whole)], { stdio: ['ignore', 'pipe', 'inherit'], env: { NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: compileCache } });
    onTestFinished(() => child.kill('SIGKILL'));
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    return { child, said: () => said, ended: new Promise(done => child.once('close', (_, signal) => done({ said: said.trim(), signal }))) };
  };
  const run = (server: TokenServer, task: Partial<Task> = {}): Promise<Ended> => start(server, task).ended;
  /** The login as somebody finds it who comes next and renews it. */
  const isAlive = async (server: TokenServer): Promise<boolean> => (await run(server)).said === 'good';
  const inLanes = async (total: number, each: (lane: number, count: number) => Promise<void>): Promise<void> => {
    await Promise.all(Array.from({ length: lanes }, (_, lane) => each(lane, Math.floor((total + lane) / lanes))));
  };

  it(`survives kill -9 between the store and the first use, ${rounds} times`, async () => {
    let [kills, lockOuts] = [0, 0];
    await inLanes(rounds, async (_, count) => {
      const server = await openServer();
      for (let round = 0; round < count; round += 1) {
        const { said, signal } = await run(server, { dies: 'after the store' });
        // Each victim first uses what the one before it left.
        if (said !== (round === 0 ? '' : 'alive')) lockOuts += 1;
        if (signal === 'SIGKILL' && server.count('issued') === round + 1) kills += 1;
      }
      if (!await isAlive(server)) lockOuts += 1;
      expect(server.count('refused')).toBe(0);
    });
    expect({ kills, lockOuts }).toEqual({ kills: rounds, lockOuts: 0 });
  }, 180_000);

  it(`survives kill -9 at ${moments} moments by chance, or says that it did not`, async () => {
    let [kills, lockOuts, marks] = [0, 0, 0];
    await inLanes(moments, async (lane, count) => {
      const chance = openChance(20_261_123 + lane);
      let server = await openServer();
      for (let round = 0; round < count; round += 1) {
        const before = server.count('issued');
        const { child, ended } = start(server, { renewals: 1_000_000 });
        await until(() => server.count('issued') > before);
        await sleep(chance() * 30);
        child.kill('SIGKILL');
        expect(await ended).toEqual(killed);
        kills += 1;
        const { said } = await run(server);
        if (lost.test(said)) {
          lockOuts += 1;
          server = await openServer();
          continue;
        }
        expect(said).toMatch(/(?:^|\n)good$/u);
        expect(server.count('refused')).toBe(0);
        if (recovered.test(said)) marks += 1;
      }
    });
    process.stdout.write(`  killed ${kills} times while it did nothing but renew: ${lockOuts} fell between X's answer and the store, ${marks} before X was asked\n`);
    expect(kills).toBe(moments);
  }, 180_000);

  it(`is renewed by two processes at once, ${rounds} times, one renewal each time`, async () => {
    const server = await openServer();
    expect(await run(server)).toEqual(good);
    const before = server.count('issued');
    expect(await Promise.all([run(server, { renewals: rounds, meets: true }), run(server, { renewals: rounds, meets: true })])).toEqual([good, good]);
    expect({ refusals: server.count('refused'), renewals: server.count('issued') - before }).toEqual({ refusals: 0, renewals: rounds });
    expect(await isAlive(server)).toBe(true);
  }, 180_000);

  it('would be lost in such a crossing without the lock', async () => {
    const server = await openServer();
    expect(await run(server)).toEqual(good);
    server.faults.latencyMs = { before: 30 };
    const naive = { renewals: 3, meets: true, naive: 'no lock' } as const;
    await Promise.all([run(server, naive), run(server, naive)]);
    expect(server.count('refused')).toBeGreaterThan(0);
  }, 180_000);

  it('would be lost by a kill if it were used before it is stored, every time', async () => {
    let lockOuts = 0;
    await inLanes(lanes, async () => {
      const server = await openServer();
      const naive = 'stores what it has used';
      expect(await run(server, { naive })).toEqual(good);
      expect(await run(server, { naive, dies: 'at the first use' })).toEqual(killed);
      if ((await run(server, { naive })).said === 'X said 400') lockOuts += 1;
    });
    expect(lockOuts).toBe(lanes);
  }, 180_000);

  it('is lost when a process dies between the answer of X and the store, and that is said', async () => {
    const server = await openServer();
    expect(await run(server, { dies: 'before the store' })).toEqual(killed);
    const { said } = await run(server);
    expect(said).toMatch(lost);
    for (const secret of [...Object.values(server.keys), ...server.given]) expect(said).not.toContain(secret);
  }, 180_000);

  it('is kept, and that is said, when it dies before X heard of it', async () => {
    const server = await openServer();
    server.faults.latencyMs = { before: 60_000 };
    const { child, ended } = start(server);
    await until(async () => (await redis().client.keys('*-refreshing')).length === 1);
    child.kill('SIGKILL');
    await ended;
    server.faults.latencyMs = undefined;
    expect((await run(server)).said).toMatch(recovered);
    expect(server.count('refused')).toBe(0);
  }, 180_000);

  it('goes to the other one while a process is stopped that X has answered, and comes through', async () => {
    const chance = openChance(7);
    await Promise.all(Array.from({ length: 6 }, async () => {
      const server = await openServer();
      server.faults.latencyMs = { after: 200 };
      const stopped = start(server, { renewals: 0 });
      await until(() => server.count('issued') === 1);
      stopped.child.kill('SIGSTOP');
      const other = start(server, { renewals: 0 });
      await until(() => server.count('refused') === 1, 10_000);
      await sleep(200 + chance() * 400);
      await wake(stopped.child);
      expect(await Promise.all([stopped.ended, other.ended])).toEqual([good, good]);
      expect(await isAlive(server)).toBe(true);
    }));
  }, 180_000);

  it('goes to the other one while a process is stopped that has not asked yet, which takes what it finds', async () => {
    await Promise.all(Array.from({ length: 3 }, async () => {
      const server = await openServer();
      const stopped = start(server, { renewals: 0, stops: true });
      await until(() => stopped.said() === 'stopping\n');
      expect((await run(server, { renewals: 0 })).said).toMatch(recovered);
      await wake(stopped.child);
      expect(await stopped.ended).toEqual({ said: 'stopping\ngood', signal: null });
      expect([server.count('issued'), server.count('refused')]).toEqual([1, 1]);
      expect(await isAlive(server)).toBe(true);
    }));
  }, 180_000);
});
