// Redis comes back with less than it had: the end of its journal never reached the disk, or somebody brought back a backup.
import { describe, expect, it } from '@jest/globals';
import { closing } from '../support/cleanup.ts';
import { openScene, type Scene, type SceneNetwork } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';

const isMissing = findProgram('redis-server') === undefined;
const title = isMissing ? ' (skipped: no redis-server on PATH)' : '';
const onRedis = isMissing ? describe.skip : describe;

const askAll = (scene: Scene, count: number) => Promise.all(Array.from({ length: count }, () => scene.ask()));
const once = (count: number) => Array.from({ length: count }, () => 1);

onRedis(`Redis comes back with less${title}`, () => {
  const all = (size: number): number => size;
  const cuts = [100, (size: number) => size * 0.01, (size: number) => size * 0.1, (size: number) => size / 2, all];

  const endTogether = async (bytes: number | ((size: number) => number)): Promise<void> => {
    const scene = await openScene('mastodon');
    const first = await scene.bot();
    await askAll(scene, 6);
    await scene.settled(20_000);
    await askAll(scene, 6);
    await first.end('SIGKILL');
    await scene.redis.end();
    await scene.redis.cut(bytes);
    await scene.redis.start();
    await scene.bot();
    // Without a cursor it is a first start, which answers nothing that was there before: nothing twice is all that can be promised.
    const isWhole = bytes !== all;
    if (isWhole) await scene.settled(30_000);
    else await new Promise(resolve => setTimeout(resolve, 8_000));
    const counts = await scene.counts();
    expect(Math.max(...counts)).toBe(1);
    if (isWhole) expect(counts).toEqual(once(12));
    else expect(counts.slice(0, 6)).toEqual(once(6));
  };

  it.concurrent('100 bytes, 1 %, 10 %, half or all of its journal are missing: the bot ended with it', closing(async () => {
    await Promise.all(cuts.map(endTogether));
  }), 180_000);

  const comeBack = async (network: SceneNetwork): Promise<void> => {
    const scene = await openScene(network, { faults: { latencyMs: ({ method, body }) => (method === 'POST' && !JSON.stringify(body).includes('@repartee ') ? 300 : 0) } });
    await scene.bot();
    await askAll(scene, 6);
    await scene.settled(20_000);
    await askAll(scene, 8);
    await new Promise(resolve => setTimeout(resolve, 250));
    await scene.redis.end();
    await scene.redis.cut(size => size * 0.4);
    await scene.redis.start();
    const afterwards = await scene.ask();
    const returned = performance.now();
    await scene.settled(40_000);
    expect(await scene.counts()).toEqual(once(15));
    expect(await scene.counts([afterwards])).toEqual([1]);
    process.stdout.write(`  ${network}: all answered ${((performance.now() - returned) / 1_000).toFixed(1)} s after Redis came back\n`);
  };

  const comeBackEmpty = async (): Promise<void> => {
    const scene = await openScene('mastodon');
    await scene.bot();
    await askAll(scene, 3);
    await scene.settled(20_000);
    await scene.redis.end();
    await askAll(scene, 3);
    await scene.redis.cut(size => size);
    await scene.redis.start();
    await scene.settled(40_000);
    expect(await scene.counts()).toEqual(once(6));
  };

  it.concurrent('the end of its journal is missing while the bot lives: what it is about to post is looked for first, and it remembers how far it had read', closing(async () => {
    await Promise.all([comeBack('mastodon'), comeBack('x'), comeBackEmpty()]);
  }), 180_000);

  const bringBack = async (signal: 'SIGKILL' | 'SIGTERM', network: SceneNetwork): Promise<void> => {
    const scene = await openScene(network);
    const first = await scene.bot();
    await askAll(scene, 3);
    await scene.settled(20_000);
    await scene.redis.end('SIGTERM');
    await scene.redis.backup();
    await scene.redis.start();
    await askAll(scene, 6);
    await scene.settled(40_000);
    await first.end(signal);
    await scene.redis.end();
    await scene.redis.restore();
    await scene.redis.start();
    await askAll(scene, 2);
    await scene.bot();
    await scene.settled(30_000);
    expect(await scene.counts()).toEqual(once(11));
  };

  it.concurrent('a backup from before is brought back after the bot was killed, and after it ended in order', closing(async () => {
    await Promise.all([bringBack('SIGKILL', 'mastodon'), bringBack('SIGTERM', 'mastodon'), bringBack('SIGTERM', 'x')]);
  }), 180_000);
});
