// Several processes on one account: one that sleeps, wrong clocks, two by mistake, and an orderly end.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { CrashPoint } from '../../src/core/ports.ts';
import type { Faults } from '../../src/sandbox/faults.ts';
import { threadsOf, wake } from '../support/asleep.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { freshFolder, type Program } from '../support/program.ts';
import { openScene, type Scene, type SceneNetwork } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const title = isMissing ? ' (skipped: no redis-server on PATH)' : '';
const onRedis = isMissing ? describe.skip : describe;

const askAll = (scene: Scene, count: number) => Promise.all(Array.from({ length: count }, () => scene.ask()));
const once = (count: number) => Array.from({ length: count }, () => 1);
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
/** That it ends in order; else with all that it said. */
const endsWell = async (bot: Program, doing: string, ended = bot.ended): Promise<void> => {
  // Longer than its own watchdog lets it hang.
  const code = await Promise.race([ended, pause(60_000).then(() => ['it did not end', ...threadsOf(bot.process)].join('\n'))]);
  expect(code === 0 ? doing : `${doing}: ${String(code)}\n${bot.output()}`).toBe(doing);
};

onRedis(`a worker that is stopped between the compare-and-set and the first byte${title}`, () => {
  /** For so long, or until somebody else has answered what it was about. */
  const sleep = async (network: SceneNetwork, ms?: number): Promise<void> => {
    const scene = await openScene(network);
    const witness = join(await freshFolder(), 'stopped');
    await scene.bot({ role: 'listen' });
    const sleeper = await scene.bot({ role: 'work', point: 'before the post', nth: 1, signal: 'SIGSTOP', witness });
    const first = await scene.ask();
    await until(() => existsSync(witness), 10_000);
    const since = performance.now();
    const stopped = ms === undefined ? until(async () => (await scene.counts([first]))[0] === 1, 60_000, 50) : pause(ms);
    await scene.bot({ role: 'work' });
    await askAll(scene, 3);
    await stopped;
    const [before, sleptMs] = [await scene.counts([first]), performance.now() - since];
    await wake(sleeper.process);
    await scene.settled(30_000);
    expect(await scene.counts()).toEqual(once(4));
    // After its deadline and T somebody else has taken it over while it slept; before, nobody has.
    if (ms === undefined) expect(sleptMs).toBeGreaterThan(12_500);
    else expect(before).toEqual([0]);
    await endsWell(sleeper, 'after its sleep', sleeper.end());
  };

  it('posts nothing twice, for how long ever', async () => {
    await Promise.all([sleep('mastodon', 1_000), sleep('gotosocial', 8_000), sleep('x', 12_500), sleep('gotosocial')]);
  }, 180_000);
});

onRedis(`clocks that differ by ten minutes${title}`, () => {
  const settleEachOther = async (): Promise<void> => {
    const isOurs = (body: unknown) => !JSON.stringify(body).includes('@repartee ');
    const faults: Faults = { latencyMs: ({ method, body }) => (method === 'POST' && isOurs(body) ? 2_000 : 0) };
    const scene = await openScene('gotosocial', { faults });
    await scene.bot({ role: 'listen', skewMs: -600_000 });
    await scene.bot({ role: 'work', skewMs: 600_000 });
    // It sleeps in the middle of a post, and so the other one, ten minutes ahead, finds an attempt that looks long over.
    const slow = await scene.bot({ role: 'work', skewMs: -600_000, point: 'in the post', nth: 2, signal: 'SIGSTOP' });
    const asked = performance.now();
    await askAll(scene, 8);
    await pause(6_000);
    slow.process.kill('SIGCONT');
    await scene.settled(40_000);
    process.stdout.write(`  all answered after ${((performance.now() - asked) / 1_000).toFixed(1)} s\n`);
    expect(await scene.counts()).toEqual(once(8));
  };

  const jumpBack = async (): Promise<void> => {
    const scene = await openScene('mastodon');
    await scene.bot({ jump: { afterMs: 2_000, byMs: 600_000 } });
    await askAll(scene, 4);
    await pause(2_500);
    await askAll(scene, 4);
    await scene.settled(30_000);
    expect(await scene.counts()).toEqual(once(8));
  };

  it('make nothing early, late or twice, whoever settles what the other one left; nor does one that jumps back', async () => {
    await Promise.all([settleEachOther(), jumpBack()]);
  }, 180_000);
});

onRedis(`two instances on one account, by mistake${title}`, () => {
  const takeOver = async (signal: 'SIGKILL' | 'SIGTERM' | 'SIGSTOP'): Promise<void> => {
    const scene = await openScene('gotosocial');
    const first = await scene.bot();
    const second = await scene.bot();
    expect(second.output()).toMatch(/process \d+ on \S+ listens on this account already: this process answers what that one hears, and takes over when it is gone/u);
    await askAll(scene, 10);
    await scene.settled(20_000);
    const ended = performance.now();
    if (signal === 'SIGSTOP') first.process.kill('SIGSTOP');
    else await first.end(signal);
    await second.says(/this one listens now/u);
    const tookMs = performance.now() - ended;
    process.stdout.write(`  ${signal}: taken over after ${(tookMs / 1_000).toFixed(1)} s\n`);
    expect(tookMs).toBeLessThan(atEaseMs(10_000));
    await askAll(scene, 10);
    if (signal === 'SIGSTOP') {
      await pause(3_000);
      await wake(first.process);
    }
    await scene.settled(40_000);
    expect(await scene.counts()).toEqual(once(20));
  };

  it('answer once, and when the first one dies, ends or sleeps, the second takes over within ten seconds', async () => {
    await Promise.all([takeOver('SIGKILL'), takeOver('SIGTERM'), takeOver('SIGSTOP')]);
  }, 180_000);
});

onRedis(`SIGTERM in the middle${title}`, () => {
  const points: CrashPoint[] = ['before the ledger', 'before the queue', 'in the model', 'after the draft', 'before the post', 'in the post', 'after the post', 'after the ledger', 'in the sweep'];

  const endAtEach = async (): Promise<void> => {
    const scene = await openScene('mastodon');
    await (await scene.bot()).end();
    for (const point of points) {
      const bot = await scene.bot({ point, nth: 2, signal: 'SIGTERM' });
      await askAll(scene, 2);
      const started = performance.now();
      await endsWell(bot, point);
      expect(performance.now() - started).toBeLessThan(atEaseMs(10_000));
    }
    await scene.bot();
    await scene.settled(20_000);
    expect(await scene.counts()).toEqual(once(points.length * 2));
  };

  const endInEnding = async (): Promise<void> => {
    const scene = await openScene('mastodon');
    const first = await scene.bot({ point: 'in stopping' });
    await askAll(scene, 5);
    await first.end('SIGTERM');
    expect(first.process.signalCode).toBe('SIGKILL');
    await scene.bot();
    await scene.settled(20_000);
    expect(await scene.counts()).toEqual(once(5));
  };

  const endAnyhow = async (instead: 'hangs' | 'fails', said: RegExp): Promise<void> => {
    const scene = await openScene('mastodon');
    const bot = await scene.bot({ point: 'in stopping', instead });
    await askAll(scene, 2);
    await scene.settled(20_000);
    await endsWell(bot, instead, bot.end('SIGTERM'));
    expect(bot.output()).toMatch(said);
  };

  it('of anything: the process ends in order within ten seconds, and the next one goes on; also after SIGKILL in the middle of that, and without what hangs or fails', async () => {
    await Promise.all([
      endAtEach(), endInEnding(), endAnyhow('hangs', /not everything ended within 9\.5 s: this process goes without it/u),
      endAnyhow('fails', /while stopping: it fails in stopping[^]*stopped/u),
    ]);
  }, 240_000);
});
