import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe } from '@jest/globals';
import type { Redis } from 'ioredis';
import { tryClient } from '../../src/store/client.ts';
import { openStore, type Store, type StoreOptions } from '../../src/store/redis.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { findFreePort } from '../support/free-port.ts';
import { findProgram } from '../support/servers.ts';

const redisServer = findProgram('redis-server');
/** PATH as the stores get it: the folder of redis-server, or none. */
export const path = redisServer === undefined ? '' : dirname(redisServer);

export const describeWithRedis = redisServer === undefined ? describe.skip : describe;
export const withoutRedis = redisServer === undefined ? ' (skipped: no redis-server on PATH)' : '';

export function makeData(): string {
  const data = mkdtempSync(join(tmpdir(), 'repartee-store-'));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  return data;
}

/** Opens a store that is closed after the test at the latest. */
export async function open(options: StoreOptions): Promise<Store> {
  const store = await openStore(options);
  let closed: Promise<void> | undefined;
  const close = (): Promise<void> => (closed ??= store.close());
  onTestFinished(close);
  return { ...store, close };
}

/** A redis-server of the operator's, on a port of loopback, until the test ends. */
export async function serveRedis(...flags: readonly string[]): Promise<string> {
  const port = await findFreePort();
  const folder = makeData();
  const server = spawn(redisServer ?? 'redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...flags], { stdio: 'ignore' });
  const ended = new Promise(done => server.once('exit', done));
  onTestFinished(() => {
    server.kill('SIGKILL');
    return ended;
  });
  for (let attempt = 0; ; attempt++) {
    try {
      await tryClient({ host: '127.0.0.1', port }, 1_000, async client => client.ping());
      break;
    } catch (error) {
      if ((error as Error).message.startsWith('NOAUTH')) break;
      if (attempt === 100) throw error;
      await new Promise(done => setTimeout(done, 20));
    }
  }
  return `redis://127.0.0.1:${port}`;
}

/** One suite over every kind of store; a kind that this machine lacks is shown as skipped. `where` makes options for one test. */
export function describeOverStores(title: string, suite: (where: () => Promise<StoreOptions>, kind: Store['kind']) => void): void {
  describe(`${title}, embedded`, () => suite(async () => ({ store: 'embedded', data: makeData(), path: '' }), 'embedded'));
  describeWithRedis(`${title}, child${withoutRedis}`, () => suite(async () => ({ store: 'child', data: makeData(), path }), 'child'));
  describeWithRedis(`${title}, url${withoutRedis}`, () => suite(async () => ({ store: 'url', data: makeData(), path: '', url: await serveRedis('--appendonly', 'yes', '--appendfsync', 'always') }), 'url'));
}

export interface OtherProcess {
  readonly pid: number;
  /** Lines it has printed. */
  lines(): readonly string[];
  /** Resolves when it has printed that many lines, or ended. */
  reaches(count: number): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  readonly ended: Promise<number | null>;
}

/** Runs a module in another process, with `open` and `join` of the stores, `options`, and `print`. */
export function runBeside(options: StoreOptions, body: string): OtherProcess {
  const redis = JSON.stringify(resolve(import.meta.dirname, '../../src/store/redis.ts'));
  const code = `import { openStore, joinStore } from ${redis};
    import { writeSync } from 'node:fs';
    const options = ${JSON.stringify(options)};
    const print = line => writeSync(1, line + '\\n');
    ${body}`;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
    for (const look of waiting) look();
  });
  const lines = (): readonly string[] => output.split('\n').slice(0, -1);
  const ended = new Promise<number | null>(done => child.once('close', done));
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  onTestFinished(() => kill('SIGKILL'));
  return {
    pid: child.pid ?? 0,
    lines,
    reaches: count => Promise.race([ended.then(() => undefined), new Promise<void>(done => {
      const look = (): void => {
        if (lines().length >= count) done();
      };
      waiting.add(look);
      look();
    })]),
    kill,
    ended,
  };
}

/** Writes in three places at once: no reader may ever find them different. */
export const threefold = `
local n = redis.call('INCR', KEYS[1])
redis.call('RPUSH', KEYS[2], n)
redis.call('HSET', KEYS[3], 'n', n)
redis.call('ZADD', KEYS[4], n, 'member-' .. n)
redis.call('XADD', KEYS[5], 'MAXLEN', 10, '*', 'n', n)
return n`;
export const threefoldKeys = ['{t}counter', '{t}list', '{t}hash', '{t}zset', '{t}stream'] as const;

/** Reads the places back: the number in each. */
export async function readThreefold(client: Redis): Promise<readonly number[]> {
  const [counter, list, hash, zset, stream] = threefoldKeys;
  const last = await client.xrevrange(stream, '+', '-', 'COUNT', 1);
  return [
    Number(await client.get(counter)), await client.llen(list), Number(await client.hget(hash, 'n')), await client.zcard(zset), Number(last[0]?.[1][1] ?? 0),
  ];
}
