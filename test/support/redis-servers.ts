import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Connection } from '../../src/store/client.ts';
import { findProgram } from './servers.ts';

/** An empty Redis of the test's own. */
export interface TestRedis {
  readonly connection: Connection;
  readonly client: Redis;
  close(): Promise<void>;
}

const embedded = `
import { createRedisMock } from 'js-redis-server';
const server = await createRedisMock();
console.log(server.port);
process.stdin.on('end', () => process.exit()).resume();
`;

/** js-redis-server: is there on every machine. In a process of its own, as a blocking command holds its process for seconds after its client has gone. */
export async function openEmbeddedRedis(): Promise<TestRedis> {
  const server = spawn(process.execPath, ['--input-type=module', '--eval', embedded], { cwd: new URL('../..', import.meta.url), stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(server.stdout, 'data', { signal: AbortSignal.timeout(10_000) }) as [Buffer];
  const connection = { host: '127.0.0.1', port: Number(port) };
  const client = new Redis(connection);
  return {
    connection,
    client,
    async close() {
      client.disconnect();
      const exit = once(server, 'exit');
      server.stdin.end();
      await exit;
    },
  };
}

/** A redis-server on a socket in a folder of its own, as durable as the bot runs it. */
async function openRealRedis(program: string): Promise<TestRedis> {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-redis-'));
  const path = join(folder, 'socket');
  const server = spawn(program, ['--port', '0', '--unixsocket', path, '--dir', folder, '--appendonly', 'yes', '--appendfsync', 'always', '--save', '', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  const ended = new Promise(resolve => server.once('exit', resolve));
  const client = new Redis({ path, retryStrategy: () => 20 });
  client.on('error', () => undefined); // the socket is not there yet; ping waits for it
  await Promise.race([client.ping(), ended.then(() => Promise.reject(new Error(`${program} ended at once`))), sleep(5_000, undefined, { ref: false }).then(() => Promise.reject(new Error(`${program} does not answer`)))]);
  return {
    connection: { path },
    client,
    async close() {
      client.disconnect();
      server.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** For whoever needs only one: a redis-server where there is one, which is several times as fast. */
export function openSomeRedis(): Promise<TestRedis> {
  const program = findProgram('redis-server');
  return program === undefined ? openEmbeddedRedis() : openRealRedis(program);
}

/** A suite that needs only one. */
export function describeOnRedis(title: string, suite: (redis: () => TestRedis) => void): void {
  describe(title, over(suite, openSomeRedis));
}

const over = (suite: (redis: () => TestRedis) => void, open: () => Promise<TestRedis>) => () => {
  let redis: TestRedis | undefined;
  const opened = (): TestRedis => {
    if (!redis) throw new Error('the Redis of this suite is not open');
    return redis;
  };
  beforeAll(async () => {
    redis = await open();
  });
  beforeEach(async () => {
    await opened().client.flushall();
  });
  afterAll(async () => {
    await redis?.close();
  });
  suite(opened);
};

/** One suite over every kind of Redis that we run on, empty before each test. A kind that this machine lacks is shown as skipped. */
export function describeOverRedis(title: string, suite: (redis: () => TestRedis) => void): void {
  const program = findProgram('redis-server');
  describe(`${title}, on js-redis-server`, over(suite, openEmbeddedRedis));
  const maybe = program ? describe : describe.skip;
  maybe(program ? `${title}, on redis-server` : `${title}, on redis-server (there is none on PATH)`, over(suite, () => openRealRedis(program ?? '')));
}
