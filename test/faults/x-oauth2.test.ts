// The refresh token of OAuth 2.0 changes with every use: whoever loses the new one is locked out. Real processes, killed and crossed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { demoKeys, openX, type XFaults, type XSandbox } from '../../src/sandbox/x/index.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import type { Task } from '../support/x-refresher.ts';

const rounds = 50;
const program = join(import.meta.dirname, '..', 'support', 'x-refresher.ts');

describeOnRedis('the login of X', redis => {
  let x: XSandbox & { readonly url: string; close(): Promise<void> };
  let faults: XFaults;
  beforeEach(async () => {
    faults = {};
    x = await openX({ town: false, faults });
  });
  afterEach(() => x.close());

  const run = (task: Omit<Task, 'api' | 'connection' | 'keys'> = {}): Promise<{ readonly said: string; readonly signal: NodeJS.Signals | null }> => new Promise(done => {
    const child = spawn(process.execPath, [program, JSON.stringify({ api: x.url, connection: redis().connection, keys: demoKeys, ...task })], { stdio: ['ignore', 'pipe', 'inherit'], env: { NODE_NO_WARNINGS: '1' } });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.once('close', (_, signal) => done({ said: said.trim(), signal }));
  });
  const refusals = (): number => x.requests.filter(({ path, status }) => path === '/2/oauth2/token' && status >= 400).length;
  const renewals = (): number => x.requests.filter(({ path, status }) => path === '/2/oauth2/token' && status === 200).length;

  it(`survives kill -9 between the store and the first use, ${rounds} times`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      const before = renewals();
      expect(await run({ dies: 'after the store' })).toEqual({ said: '', signal: 'SIGKILL' });
      expect(renewals()).toBeGreaterThan(before);
      if (round % 10 === 9) expect(await run()).toEqual({ said: 'good', signal: null });
    }
    expect(await run()).toEqual({ said: 'good', signal: null });
    expect(refusals()).toBe(0);
  }, 60_000);

  it(`is renewed by two processes at once, ${rounds} times, one renewal each time`, async () => {
    expect(await run()).toEqual({ said: 'good', signal: null });
    const before = renewals();
    expect((await Promise.all([run({ rounds }), run({ rounds })])).map(({ said }) => said)).toEqual(['good', 'good']);
    expect({ refusals: refusals(), renewals: renewals() - before }).toEqual({ refusals: 0, renewals: rounds });
  }, 60_000);

  it('would be lost in such a crossing without the lock', async () => {
    expect(await run()).toMatchObject({ said: 'good' });
    faults.latencyMs = 30;
    const said = (await Promise.all([run({ rounds: 3, isNaive: true }), run({ rounds: 3, isNaive: true })])).map(each => each.said);
    expect(refusals()).toBeGreaterThan(0);
    expect(said).not.toEqual(['good', 'good']);
  }, 60_000);

  it('is lost when a process dies between the answer of X and the store, and that is said', async () => {
    expect(await run({ dies: 'before the store' })).toMatchObject({ signal: 'SIGKILL' });
    const { said } = await run();
    expect(said).toMatch(/^the login of X is lost: a refresh was cut off at \d{4}-\S+Z between X's answer and the store; get a new X_REFRESH_TOKEN, or use OAuth 1\.0a, which never ends$/u);
    for (const secret of Object.values(demoKeys)) expect(said).not.toContain(secret);
  }, 30_000);

  it('is kept, and that is said, when it dies before X heard of it', async () => {
    faults.before = ({ path }) => (path === '/2/oauth2/token' ? 'cut' : undefined);
    expect((await run()).said).toBe('X gave no new token: no answer');
    faults.before = undefined;
    expect((await run()).said).toMatch(/^X: a refresh of the login that began at \S+ never ended; a new one worked, nothing is lost\ngood$/u);
    expect(refusals()).toBe(0);
  }, 30_000);

  it('lies in the store sealed: no token can be read there', async () => {
    expect((await run()).said).toBe('good');
    const keys = await redis().client.keys('repartee:vault:*');
    const values = await Promise.all(keys.map(key => redis().client.get(key)));
    expect(values).toHaveLength(1);
    expect(values[0]).toMatch(/^sealed1\.[\w-]+$/u);
  });
});
