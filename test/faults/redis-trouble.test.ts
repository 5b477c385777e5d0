// Redis answers and refuses to write: it is full, read-only, out of disk, or still reading its data. The real program, and a sandbox that counts.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Faults } from '../../src/sandbox/faults.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { closing } from '../support/cleanup.ts';
import { runProgram, type Program } from '../support/program.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { findFreePort } from '../support/free-port.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** Commands that Redis refused or failed so far. */
async function refusals(scene: Scene): Promise<number> {
  const info = await scene.redis.client.info('commandstats');
  return [...info.matchAll(/rejected_calls=(\d+),failed_calls=(\d+)/gu)].reduce((sum, [, rejected, failed]) => sum + Number(rejected) + Number(failed), 0);
}

const cursorOf = async ({ redis }: Scene) => redis.client.get((await redis.client.keys('repartee:cursor:*'))[0] ?? '');

async function health(bot: Program): Promise<{ readonly code: number; readonly status: string }> {
  const [, url = ''] = /ready: (\S+),/u.exec(bot.output()) ?? [];
  const answer = await fetch(`${url}/healthz`);
  return { code: answer.status, status: (await answer.json() as { status: string }).status };
}

async function status(scene: Scene): Promise<string> {
  const asked = runProgram(['status'], { env: scene.env });
  await asked.ended;
  return asked.output();
}

/** Posts of the bot take their time, so that more are waiting than are under way. */
const slowly: Faults = { latencyMs: ({ method, body }) => (method === 'POST' && !JSON.stringify(body).includes('@repartee ') ? 300 : 0) };
const early = 20;

/** People ask before, in the middle of and after a trouble; it is told of, nothing is lost or answered twice, and all goes on by itself. */
async function survive(scene: Scene, { says, begin, end, refusesFor = 6_000 }: { readonly says: RegExp; readonly begin: () => Promise<unknown>; readonly end: () => Promise<unknown>; readonly refusesFor?: number }): Promise<string> {
  const bot = await scene.bot();
  await scene.ask();
  await scene.settled(15_000);
  await Promise.all(Array.from({ length: early }, () => scene.ask()));
  await until(async () => (await scene.counts()).filter(count => count > 0).length > 2, 10_000);
  await begin();
  await bot.says(says);
  const cursor = await cursorOf(scene);
  const before = { refusals: await refusals(scene), output: bot.output().length, at: performance.now() };
  await Promise.all([scene.ask(), scene.ask()]);
  await until(async () => (await health(bot)).code === 503);
  expect((await health(bot)).status).toMatch(says);
  expect(await status(scene)).toMatch(says);
  await wait(refusesFor);
  const attempts = (await refusals(scene) - before.refusals) / ((performance.now() - before.at) / 1_000);
  const lines = bot.output().slice(before.output).split('\n').filter(line => line !== '');
  expect(await cursorOf(scene)).toBe(cursor);
  await end();
  const over = performance.now();
  const late = await scene.ask();
  await until(async () => (await scene.counts([late]))[0] === 1, 20_000);
  const firstMs = performance.now() - over;
  await until(async () => (await scene.counts()).every(count => count === 1), 20_000);
  const allMs = performance.now() - over;
  await scene.settled(1_000);
  expect(await scene.counts()).toEqual(Array.from({ length: early + 4 }, () => 1));
  expect((await health(bot)).code).toBe(200);
  expect(await bot.end()).toBe(0);
  expect(attempts).toBeLessThan(20);
  expect(lines.length).toBeLessThan(8);
  expect(firstMs).toBeLessThan(atEaseMs(5_000));
  return `answered ${seconds(firstMs)} after its end, all within ${seconds(allMs)}; meanwhile ${attempts.toFixed(1)} refused commands/s, ${lines.length} lines\n`;
}

/** A disk of four megabytes, until the tests are over; undefined where nobody may mount one. */
function mountSmallDisk(): string | undefined {
  if (isMissing) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'repartee-disk-'));
  let isMounted = false;
  afterAll(() => {
    if (isMounted) execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return undefined; // not root, or not allowed in this container
  }
  isMounted = true;
  mkdirSync(join(folder, 'data'));
  return folder;
}

/** Takes all the room that is left. */
function fill(file: string): void {
  const opened = openSync(file, 'w');
  try {
    for (;;) writeSync(opened, Buffer.alloc(4_096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    closeSync(opened);
  }
}

(isMissing ? describe.skip : describe)(`Redis in trouble${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it.concurrent('is full: intake pauses, and goes on when there is room', closing(async () => {
    const scene = await openScene('mastodon', { faults: slowly });
    const { client } = scene.redis;
    process.stdout.write(`  full: ${await survive(scene, { says: /Redis is full/u, begin: () => client.config('SET', 'maxmemory', '1mb'), end: () => client.config('SET', 'maxmemory', '0') })}`);
  }), 180_000);

  it.concurrent('is read-only: intake pauses, and goes on when it is the primary again', closing(async () => {
    const scene = await openScene('mastodon', { faults: slowly });
    const { client } = scene.redis;
    const nobody = String(await findFreePort());
    process.stdout.write(`  read-only: ${await survive(scene, { says: /Redis is read-only/u, begin: () => client.replicaof('127.0.0.1', nobody), end: () => client.replicaof('NO', 'ONE') })}`);
  }), 180_000);

  it.concurrent('is reading its data: that is waited for', closing(async () => {
    const scene = await openScene('mastodon', { redis: { flags: ['--enable-debug-command', 'local'] } });
    const { client } = scene.redis;
    const bot = await scene.bot();
    await scene.ask();
    await scene.settled(15_000);
    await client.call('DEBUG', 'POPULATE', '4000', 'stuff', '100');
    await client.bgrewriteaof();
    await until(async () => /aof_rewrite_in_progress:0/u.test(await client.info('persistence')));
    await scene.redis.end();
    const loaded = scene.redis.start(['--key-load-delay', '1200', '--loading-process-events-interval-bytes', '1024']);
    await bot.says(/Redis is reading its data/u);
    await scene.ask();
    expect(await health(bot)).toEqual({ code: 503, status: expect.stringMatching(/Redis is reading its data/u) });
    await loaded;
    const over = performance.now();
    const late = await scene.ask();
    await until(async () => (await scene.counts([late]))[0] === 1, 20_000);
    const firstMs = performance.now() - over;
    await scene.settled(20_000);
    process.stdout.write(`  reading its data: answered ${seconds(firstMs)} after its end\n`);
    expect(firstMs).toBeLessThan(atEaseMs(5_000));
    expect(await scene.counts()).toEqual([1, 1, 1]);
    expect(await bot.end()).toBe(0);
  }), 180_000);

  const startIn = async (says: RegExp, begin: (scene: Scene) => Promise<unknown>, end: (scene: Scene) => Promise<unknown>): Promise<void> => {
    const scene = await openScene('mastodon');
    await begin(scene);
    const bot = runProgram(['{}'], { env: scene.env, script: 'test/support/bot-process.ts' });
    await bot.says(says);
    const list = runProgram(['ledger', 'list'], { env: scene.env });
    await list.ended;
    expect(list.output()).not.toMatch(/^\s+at /mu);
    await wait(1_500);
    expect(bot.output()).not.toMatch(/ready/u);
    await end(scene);
    await bot.says(/ready/u);
    await scene.ask();
    await scene.settled(20_000);
    expect(await scene.counts()).toEqual([1]);
    expect(await bot.end()).toBe(0);
  };
  it.concurrent('is full or read-only when the bot starts: that is waited for', closing(async () => {
    const nobody = String(await findFreePort());
    await Promise.all([
      startIn(/Redis is full/u, ({ redis }) => redis.client.config('SET', 'maxmemory', '1'), ({ redis }) => redis.client.config('SET', 'maxmemory', '0')),
      startIn(/Redis is read-only/u, ({ redis }) => redis.client.replicaof('127.0.0.1', nobody), ({ redis }) => redis.client.replicaof('NO', 'ONE')),
    ]);
  }), 180_000);

  it.concurrent('is full when somebody looks into the ledger or tries a mention again: that is said in a line', closing(async () => {
    const scene = await openScene('mastodon');
    const bot = await scene.bot();
    const id = await scene.ask();
    await scene.settled(15_000);
    const [key = ''] = await scene.redis.client.keys(`repartee:ledger:*:${id}`);
    await bot.end();
    const ask = async (...args: string[]) => {
      const asked = runProgram(['ledger', ...args], { env: scene.env });
      await asked.ended;
      return asked.output();
    };
    const { mention } = JSON.parse(await scene.redis.client.hget(key, 'rest') ?? '') as { mention: unknown };
    await scene.redis.client.multi().hset(key, 'state', 'withheld').hset(key.replace(':ledger:', ':texts:'), 'mention', JSON.stringify(mention)).del('repartee:ended-are-listed').exec();
    await scene.redis.client.config('SET', 'maxmemory', '1');
    expect(await ask('list', '--state', 'posted')).not.toMatch(/OOM/u);
    expect(await ask('retry', id)).toMatch(/^Redis is full: [^\n]*\n$/u);
  }), 180_000);

  const disk = mountSmallDisk();
  (disk === undefined ? it.skip : it.concurrent)(`is out of disk: intake pauses, and goes on when there is room${disk === undefined ? ' (skipped: no file system may be mounted here)' : ''}`, closing(async () => {
    const filler = join(disk ?? '', 'filler');
    const scene = await openScene('mastodon', { faults: slowly, redis: { data: join(disk ?? '', 'data'), flags: ['--appendfsync', 'everysec'] } });
    process.stdout.write(`  out of disk: ${await survive(scene, { says: /Redis cannot write to its disk/u, begin: async () => fill(filler), end: async () => rmSync(filler) })}`);
  }), 180_000);
});
