// Redis goes away, by kill -9 and by standing still, for 1, 5, 15 and 60 s, while people go on asking.
import { describe, expect, it } from '@jest/globals';
import { atEaseMs } from '../support/at-ease.ts';
import { openDeafProxy } from '../support/deaf-proxy.ts';
import { openScene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

async function goAway(how: 'killed' | 'stopped', awayMs: number): Promise<string> {
  const scene = await openScene('mastodon');
  const bot = await scene.bot();
  const before = [await scene.ask()];
  await until(async () => (await scene.counts(before))[0] === 1, 15_000);
  before.push(await scene.ask(), await scene.ask(), await scene.ask());
  if (how === 'killed') await scene.redis.end();
  else scene.redis.signal('SIGSTOP');
  const during: string[] = [];
  for (const share of [0.2, 0.5, 0.2]) {
    await wait(awayMs * share);
    during.push(await scene.ask());
  }
  await wait(awayMs * 0.1);
  if (how === 'killed') await scene.redis.start();
  else scene.redis.signal('SIGCONT');
  const returned = performance.now();
  const answeredAfter = async (ids: readonly string[]) => {
    await until(async () => (await scene.counts(ids)).some(count => count > 0), 30_000, 50);
    return performance.now() - returned;
  };
  const after = [scene.ask(), scene.ask()];
  const firstMs = await answeredAfter([...during, ...await Promise.all(after)]);
  await scene.settled(40_000);
  const allMs = performance.now() - returned;
  expect(await scene.counts()).toEqual(Array.from({ length: 9 }, () => 1));
  expect(firstMs).toBeLessThan(atEaseMs(5_000));
  const told = bot.output().split('\n').filter(line => line.includes('Redis'));
  expect(told.length).toBeLessThan(8);
  if (awayMs > 5_000) expect(told.join('\n')).toMatch(/Redis does not answer .*everything waits[^]*Redis works again/u);
  expect(await bot.end()).toBe(0);
  return `  ${how} for ${inSeconds(awayMs)}: the first answer ${inSeconds(firstMs)} after its return, all within ${inSeconds(allMs)}, ${told.length} lines about it\n`;
}

(isMissing ? describe.skip : describe)(`Redis away${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  const vanish = async (): Promise<void> => {
    const scene = await openScene('mastodon');
    const proxy = await openDeafProxy({ port: Number(new URL(scene.redis.url).port) });
    const bot = await scene.bot({ env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } });
    await scene.ask();
    await scene.settled(15_000);
    proxy.vanish();
    const vanished = performance.now();
    const asked = await scene.ask();
    await until(async () => (await scene.counts([asked]))[0] === 1, 30_000);
    process.stdout.write(`  vanished: answered ${inSeconds(performance.now() - vanished)} later\n`);
    await scene.settled(1_000);
    expect(await scene.counts()).toEqual([1, 1]);
    expect(await bot.end()).toBe(0);
  };

  const beAsked = async (): Promise<void> => {
    const end = async (how: 'killed' | 'stopped', awayMs: number): Promise<number> => {
      const scene = await openScene('mastodon');
      const bot = await scene.bot();
      await scene.ask();
      if (how === 'killed') await scene.redis.end();
      else scene.redis.signal('SIGSTOP');
      await wait(awayMs);
      const asked = performance.now();
      expect(await bot.end()).toBe(0);
      return performance.now() - asked;
    };
    const took = await Promise.all([end('killed', 0), end('killed', 5_000), end('stopped', 0), end('stopped', 6_000)]);
    process.stdout.write(`  SIGTERM without Redis: ended after ${took.map(inSeconds).join(', ')}\n`);
    for (const ms of took) expect(ms).toBeLessThan(10_000);
  };

  it('killed and started again, stopped and continued, or vanished: that is noticed, the first answer comes within five seconds of its return, all come, each once; and SIGTERM is obeyed', async () => {
    const away = (seconds: number) => Promise.all((['killed', 'stopped'] as const).map(how => goAway(how, seconds * 1_000)));
    // The rest goes on beside the long minute.
    const rest = async () => {
      const lines = [...(await Promise.all([away(1), away(5)])).flat(), ...await away(15)];
      await Promise.all([vanish(), beAsked()]);
      return lines;
    };
    const [long, lines] = await Promise.all([away(60), rest()]);
    for (const line of [...lines, ...long]) process.stdout.write(line);
  }, 180_000);
});
