// Answers that wait for a human, on both networks: the real program, its commands, and a sandbox that counts what is posted.
import { describe, expect, it } from '@jest/globals';
import { closing } from '../support/cleanup.ts';
import { runProgram } from '../support/program.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;

const command = async (scene: Scene, ...args: string[]): Promise<{ readonly status: number | null; readonly output: string }> => {
  const program = runProgram(args, { env: scene.env });
  const status = await program.ended;
  return { status, output: program.output() };
};
const isIn = (scene: Scene, id: string, state: string) => until(async () => await scene.state(id) === state, 10_000);

async function live(network: 'mastodon' | 'x'): Promise<void> {
  const scene = await openScene(network, { config: `approval: [${network}]\n` });
  const bot = await scene.bot();
  const [first, second, third] = [await scene.ask(), await scene.ask(), await scene.ask()];
  for (const id of [first, second, third]) await isIn(scene, id, 'held');
  await bot.says(/held: it waits for approval as [2-9A-Z]{6}/u);

  const listed = await command(scene, 'approve');
  const named = Object.fromEntries([...listed.output.matchAll(/^(\w{6}) .*what is number (\d) about/gmu)].map(([, name = '', number = '']) => [number, name]));
  expect(Object.keys(named).toSorted()).toEqual(['1', '2', '3']);
  expect((await command(scene, 'ledger', 'list', '--state', 'held')).output.match(/ held /gu)).toHaveLength(3);

  // Two at once, one of them by the mention's id: one post.
  const both = await Promise.all([command(scene, 'approve', named['1'] ?? ''), command(scene, 'approve', first)]);
  expect(both.filter(({ status }) => status === 0)).toHaveLength(1);
  expect(both.find(({ status }) => status === 1)?.output).toMatch(/nothing was done: (?:it is|no draft is held as)/u);
  expect(await command(scene, 'reject', (named['2'] ?? '').toLowerCase(), '--reason', 'not today')).toMatchObject({ status: 0 });
  await isIn(scene, first, 'posted');
  expect(await scene.state(second)).toBe('rejected');
  expect((await command(scene, 'ledger', 'show', second)).output).toContain('refused by the operator: not today');
  expect((await command(scene, 'approve', named['2'] ?? '')).output).toContain('no draft is held');

  // What waits outlasts the bot, and is approved while none runs.
  await bot.end('SIGKILL');
  expect(await command(scene, 'approve', named['3'] ?? '')).toMatchObject({ status: 0 });
  await scene.bot();
  await isIn(scene, third, 'posted');
  await new Promise(resolve => setTimeout(resolve, 2_500));
  expect(await scene.counts([first, second, third])).toEqual([1, 0, 1]);
}

(isMissing ? describe.skip : describe)(`an answer waits for a human${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it.concurrent.each(['mastodon', 'x'] as const)('held, approved once by two, rejected, and approved over a crash, on %s', closing(async network => {
    await live(network);
  }), 180_000);
});
