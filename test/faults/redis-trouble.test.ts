// Redis is there and takes no writes. Nothing new is taken in, the cursor stays, the operator is told, and it goes on by itself.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { Faults } from '../../src/sandbox/faults.ts';
import type { Program } from '../support/program.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const title = isMissing ? ' (skipped: no redis-server on PATH)' : '';
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

const cursors = async ({ redis: { client } }: Scene) => Promise.all((await client.keys('repartee:cursor:*')).map(key => client.get(key)));

/** Where the bot tells how it is. */
async function health(bot: Program): Promise<{ status: number; said: string }> {
  const [, url] = await bot.says(/receipts at (http:\S+)/u);
  const response = await fetch(`${url}/healthz`);
  return { status: response.status, said: (await response.json() as { status: string }).status };
}

interface Trouble {
  begin(scene: Scene): unknown;
  end(scene: Scene): unknown;
  readonly said: RegExp;
  /** Redis notices it only after it has taken a write. */
  readonly isNoticedLate?: boolean;
}

async function suffer(trouble: Trouble, redis: SceneOptions['redis'] = {}): Promise<void> {
  let reads = 0;
  const faults: Faults = {
    before({ path }) {
      if (path === '/api/v1/notifications') reads += 1;
      return undefined;
    },
  };
  const scene = await openScene('mastodon', { faults, redis });
  const bot = await scene.bot();
  await Promise.all([scene.ask(), scene.ask()]);
  await scene.settled(15_000);
  const before = await cursors(scene);
  await trouble.begin(scene);
  const lines = bot.output().split('\n').length;
  await Promise.all([scene.ask(), scene.ask(), scene.ask()]);
  await bot.says(trouble.said, 10_000);
  expect(await health(bot)).toEqual({ status: 503, said: expect.stringMatching(trouble.said) });
  const earlier = reads;
  await pause(5_000);
  expect(reads - earlier).toBeLessThan(6); // it tries again, and does not hammer
  expect(bot.output().split('\n').length - lines).toBeLessThan(30); // it is told, not poured out
  expect((await scene.counts()).slice(2)).toEqual([0, 0, 0]);
  if (!trouble.isNoticedLate) expect(await cursors(scene)).toEqual(before);
  await trouble.end(scene);
  const over = performance.now();
  await until(async () => (await scene.counts()).every(count => count === 1), 30_000);
  const tookMs = performance.now() - over;
  process.stdout.write(`  ${trouble.said.source}: all answered ${(tookMs / 1_000).toFixed(1)} s after it was over\n`);
  expect(tookMs).toBeLessThan(8_000);
  await pause(2_500);
  expect(await scene.counts()).toEqual([1, 1, 1, 1, 1]);
  expect((await health(bot)).status).toBe(200);
}

/** A disk of 8 MB that only this test uses; undefined where none may be made. */
function openSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  return folder;
}

const disk = isMissing ? undefined : openSmallDisk();
afterAll(() => {
  if (disk === undefined) return;
  execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true });
});
const filler = (): string => join(disk ?? '', 'filler');
const fill = (): void => writeFileSync(filler(), Buffer.alloc(statfsSync(disk ?? '').bavail * statfsSync(disk ?? '').bsize));

(isMissing ? describe.skip : describe)(`a Redis that takes no writes${title}`, () => {
  it('for its memory is full', async () => {
    await suffer({
      begin: ({ redis: { client } }) => client.config('SET', 'maxmemory', '1mb'),
      end: ({ redis: { client } }) => client.config('SET', 'maxmemory', '0'),
      said: /Redis is full \(maxmemory\): nothing new is taken in/u,
    });
  }, 60_000);

  it('for it is a replica', async () => {
    await suffer({
      begin: ({ redis: { client } }) => client.replicaof('127.0.0.1', 1),
      end: ({ redis: { client } }) => client.replicaof('NO', 'ONE'),
      said: /Redis is read-only/u,
    });
  }, 60_000);

  it('for it reads a long journal', async () => {
    const scene = await openScene('mastodon', { redis: { args: ['--enable-debug-command', 'yes'] } });
    const { redis } = scene;
    const bot = await scene.bot();
    await scene.ask();
    await scene.settled(15_000);
    await redis.client.call('DEBUG', 'POPULATE', '2000000', 'junk', '20');
    await redis.client.bgrewriteaof();
    await until(async () => (await redis.client.info('persistence')).includes('aof_rewrite_in_progress:0'), 30_000);
    await redis.end();
    await scene.ask();
    await redis.start();
    const over = performance.now();
    await until(async () => (await scene.counts()).every(count => count === 1), 15_000);
    expect(performance.now() - over).toBeLessThan(5_000);
    expect(await bot.end()).toBe(0);
  }, 90_000);

  (disk === undefined ? it.skip : it)(`for its disk is full${disk === undefined ? ' (skipped: nothing can be mounted here)' : ''}`, async () => {
    await suffer({
      begin: async ({ redis: { client } }) => {
        await client.config('SET', 'appendfsync', 'everysec'); // with "always" it ends instead
        fill();
      },
      end: () => rmSync(filler()),
      said: /Redis cannot write to its disk/u,
      isNoticedLate: true,
    }, { folder: disk });
  }, 60_000);

  (disk === undefined ? it.skip : it)(`for it ended when its disk was full, and is started again${disk === undefined ? ' (skipped: nothing can be mounted here)' : ''}`, async () => {
    rmSync(join(disk ?? '', 'appendonlydir'), { recursive: true, force: true });
    const scene = await openScene('mastodon', { redis: { folder: disk } });
    const bot = await scene.bot();
    await scene.ask();
    await scene.settled(15_000);
    fill();
    await Promise.all([scene.ask(), scene.ask()]);
    await pause(3_000);
    rmSync(filler());
    await scene.redis.end();
    await scene.redis.start();
    await scene.settled(25_000);
    expect(await scene.counts()).toEqual([1, 1, 1]);
    expect(await bot.end()).toBe(0);
  }, 60_000);
});
