// Redis goes away for a while and comes back. Who asked before, meanwhile and afterwards is answered once, and soon.
import { describe, expect, it } from '@jest/globals';
import { openScene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

async function goAway(seconds: number, how: 'SIGKILL' | 'SIGSTOP'): Promise<void> {
  const scene = await openScene('mastodon');
  const bot = await scene.bot();
  await Promise.all([scene.ask(), scene.ask()]);
  await until(async () => (await scene.counts()).every(count => count === 1), 15_000);
  await scene.ask();
  if (how === 'SIGKILL') await scene.redis.end();
  else scene.redis.signal('SIGSTOP');
  await pause(seconds * 500);
  const meanwhile = await scene.ask();
  await pause(seconds * 500);
  if (how === 'SIGKILL') await scene.redis.start();
  else scene.redis.signal('SIGCONT');
  const back = performance.now();
  const afterwards = await scene.ask();
  await until(async () => (await scene.counts([meanwhile, afterwards])).every(count => count === 1), 30_000);
  const tookMs = performance.now() - back;
  process.stdout.write(`  away for ${seconds} s (${how}): answering again ${(tookMs / 1_000).toFixed(1)} s after it came back\n`);
  await scene.settled(30_000);
  expect(await scene.counts()).toEqual([1, 1, 1, 1, 1]);
  expect(tookMs).toBeLessThan(5_000);
  expect(bot.output().split('\n').length).toBeLessThan(60 + seconds * 3); // trouble is told, not poured out
  expect(await bot.end()).toBe(0);
}

(isMissing ? describe.skip : describe)(`Redis is away${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('for 1, 5, 15 and 60 s: the bot waits, and answers again within five seconds of its return', async () => {
    await Promise.all([goAway(1, 'SIGKILL'), goAway(5, 'SIGKILL'), goAway(15, 'SIGKILL'), goAway(60, 'SIGKILL'), goAway(20, 'SIGSTOP')]);
  }, 150_000);

  it('and the bot is to end: it does so within ten seconds', async () => {
    const scene = await openScene('mastodon');
    const bot = await scene.bot();
    await scene.redis.end();
    await pause(500);
    const asked = performance.now();
    await bot.end();
    expect(performance.now() - asked).toBeLessThan(10_000);
  }, 40_000);
});
