// What people and the operator may say to the running bot, on both networks: the real program, a sandbox that judges, and a look into every file of the store.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';
import { seeX } from '../support/x-people.ts';

const isMissing = findProgram('redis-server') === undefined;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

/** One network as somebody sees it who only reads and writes posts. */
function see(scene: Scene, network: 'mastodon' | 'x') {
  const url = scene.env['MASTODON_URL'] ?? (scene.env['X_API_URL'] ?? '').replace(/\/x$/u, '');
  const x = seeX(url);
  const say = async (who: string, text: string, under?: string): Promise<string> =>
    (network === 'x' ? await x.post(who, `@repartee ${text}`, under) : await person(url, who).post(`@repartee ${text}`, under === undefined ? {} : { in_reply_to_id: under })).id;
  const answers = async (id: string): Promise<{ readonly id: string; readonly text: string }[]> =>
    (network === 'x' ? await x.answers(id) : (await person(url, 'reader').answers(id)).map(status => ({ id: status.id, text: status.content })));
  /** Private ones are seen by whom they are for. */
  const answersTo = async (who: string, id: string) => (network === 'x' ? answers(id) : (await person(url, who).answers(id)).map(({ id: answer, content }) => ({ id: answer, text: content })));
  const answer = async (who: string, id: string, withinMs = 20_000) => {
    await until(async () => (await answersTo(who, id)).length > 0, withinMs);
    const [first] = await answersTo(who, id);
    if (!first) throw new Error('it was there a moment ago');
    return first;
  };
  return { say, answers, answersTo, answer };
}

const once = async (work: () => Promise<unknown>): Promise<number> => {
  const from = performance.now();
  await work();
  return performance.now() - from;
};

const command = async (scene: Scene, ...args: string[]): Promise<string> => {
  const program = runProgram(args, { env: scene.env });
  expect(await program.ended).toBe(0);
  return program.output();
};

async function live(network: 'mastodon' | 'x'): Promise<string> {
  const data = await freshFolder();
  const scene = await openScene(network, { redis: { data } });
  const bot = await scene.bot();
  const { say, answers, answersTo, answer } = see(scene, network);
  const told: string[] = [];

  // stop, and come back
  const stopMs = await once(async () => answer('stella', await say('stella', 'stop')));
  const unheard = await say('stella', 'what is the weather?');
  await until(async () => await scene.state(unheard) === 'skipped');
  await answer('stella', await say('stella', 'come back'));
  await answer('stella', await say('stella', 'what is number 5 about?'));
  expect(await answersTo('stella', unheard)).toEqual([]);
  told.push(`stop ${seconds(stopMs)}`);

  // delete
  const asked = await say('dora', 'what is number 6 about?');
  const { id } = await answer('dora', asked);
  const deleteMs = await once(async () => {
    await say('dora', 'delete', id);
    await until(async () => (await answers(asked)).length === 0);
  });
  told.push(`delete ${seconds(deleteMs)}`);

  // forget me
  const word = network === 'x' ? 'quokka' : 'wombat';
  const zelda = await say('zelda_forgets', `what is a ${word} about?`);
  await answer('zelda_forgets', zelda);
  const forgetMs = await once(async () => answer('zelda_forgets', await say('zelda_forgets', 'forget me')));
  const grep = (what: string) => execFileSync('sh', ['-c', `grep -rla -- ${what} ${data} || true`], { encoding: 'utf8' }).trim();
  // The last answer goes once it is posted, and the file a moment later.
  await until(() => grep('zelda_forgets') === '' && grep(word) === '', 15_000);
  expect(readdirSync(data).length).toBeGreaterThan(0);
  expect(readFileSync(join(data, 'appendonlydir', readdirSync(join(data, 'appendonlydir')).find(name => name.endsWith('.manifest')) ?? ''), 'utf8')).toContain('file');
  told.push(`forget me ${seconds(forgetMs)}`);

  // pause, over a restart, and resume
  const pauseMs = await once(() => command(scene, 'pause', '--reason', 'a test'));
  const waiting = await say('paula', 'what is number 7 about?');
  await until(async () => await scene.state(waiting) === 'seen');
  await bot.end('SIGKILL');
  const second = await scene.bot();
  await second.says(/paused: a test/u);
  await new Promise(resolve => setTimeout(resolve, 3_000));
  expect(await answersTo('paula', waiting)).toEqual([]);
  expect(await command(scene, 'status')).toContain('paused: all networks: a test');
  const resumeMs = await once(async () => {
    await command(scene, 'resume');
    await answer('paula', waiting, 15_000);
  });
  told.push(`pause ${seconds(pauseMs)}, answered after resume ${seconds(resumeMs)}`);

  // undo
  expect(await answersTo('paula', waiting)).toHaveLength(1);
  const undoMs = await once(async () => {
    expect(await command(scene, 'undo', '--since', '2h')).toMatch(/\d+ answers removed/u);
  });
  expect(await answersTo('paula', waiting)).toEqual([]);
  expect(await command(scene, 'undo', '--since', '2h')).toContain('0 answers removed');
  told.push(`undo ${seconds(undoMs)}`);
  expect(await second.end()).toBe(0);
  return `  ${network}: ${told.join(', ')}\n`;
}

(isMissing ? describe.skip : describe)(`the bot minds people and its operator${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('stop, delete, forget me, pause, resume and undo, on both networks', async () => {
    for (const line of await Promise.all([live('mastodon'), live('x')])) process.stdout.write(line);
  }, 180_000);
});
