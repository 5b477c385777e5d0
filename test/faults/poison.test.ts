// A mention that ends every process which asks the model about it.
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { onTestFinished } from '../support/cleanup.ts';
import type { Program } from '../support/program.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { findProgram, serve } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const once = (count: number) => Array.from({ length: count }, () => 1);

/** Starts the bot again whenever it ends, as a supervisor does. */
async function supervise(scene: Scene) {
  let ends = 0;
  let isOver = false;
  let bot: Program = await scene.bot();
  const watch = async () => {
    while (!isOver) {
      await bot.ended;
      if (isOver) return;
      ends += 1;
      bot = await scene.bot();
    }
  };
  void watch();
  /** Before the test ends: what ends the last process must not start another. */
  const leave = (): void => {
    isOver = true;
  };
  onTestFinished(leave);
  return { ends: () => ends, bot: () => bot, leave };
}

(isMissing ? describe.skip : describe)(`a mention that ends its process${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  const endFour = async (): Promise<void> => {
    let words = 0;
    const model = await serve((_, response) => {
      words += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ choices: [{ message: { content: `A fresh answer, number ${words}, about nothing in particular.` } }] }));
    });
    const scene = await openScene('mastodon', {
      env: { MODEL_PRESET: '', OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_MODEL: 'tiny', NODE_OPTIONS: `--import ${join(import.meta.dirname, '../support/poison.ts')}` },
    });
    const bot = await supervise(scene);
    await Promise.all([1, 2, 3, 4].map(() => scene.ask()));
    const poison = await scene.ask('is hemlock good for me?');
    await Promise.all([1, 2, 3, 4].map(() => scene.ask()));
    await until(() => bot.ends() === 2, 30_000);
    await bot.bot().says(/ready/u);
    const later = await scene.ask();
    const asked = performance.now();
    await until(async () => (await scene.counts([later]))[0] === 1, 5_000, 50);
    process.stdout.write(`  answered beside it after ${((performance.now() - asked) / 1_000).toFixed(1)} s\n`);
    await until(async () => await scene.state(poison) === 'quarantined', 40_000);
    await bot.bot().says(/quarantined: 2 processes that ran it alone, one after the other, ended in the middle \(SIGSEGV\)/u);
    await until(async () => (await scene.counts()).filter(count => count > 0).length === 9, 20_000);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect(bot.ends()).toBe(2);
    expect(await scene.counts([poison])).toEqual([0]);
    expect((await scene.counts()).filter(count => count !== 0)).toEqual(once(9));
    bot.leave();
  };

  const surviveKills = async (): Promise<void> => {
    const scene = await openScene('mastodon', { faults: { latencyMs: ({ method, body }) => (method === 'POST' && !JSON.stringify(body).includes('@repartee ') ? 400 : 0) } });
    const bot = await supervise(scene);
    for (let kills = 0; kills < 6; kills++) {
      await Promise.all([scene.ask(), scene.ask()]);
      await new Promise(resolve => setTimeout(resolve, 300 + kills * 100));
      const killed = bot.bot();
      await killed.end('SIGKILL');
      await until(() => bot.bot() !== killed, 20_000);
      await bot.bot().says(/ready/u);
      await new Promise(resolve => setTimeout(resolve, 3_500)); // long enough for what was under way to be taken up again, and killed again
    }
    await scene.settled(40_000);
    expect(await scene.counts()).toEqual(once(12));
    const states = await Promise.all((await scene.redis.client.keys('repartee:ledger:*')).map(key => scene.redis.client.hget(key, 'state')));
    expect(new Set(states)).toEqual(new Set(['posted']));
    bot.leave();
  };

  it('ends two, is then run alone, ends two more, and is quarantined; the others do not wait for it, and a storm of kills quarantines nobody', async () => {
    await Promise.all([endFour(), surviveKills()]);
  }, 180_000);
});
