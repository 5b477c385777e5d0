// The ledger's commands, beside a running bot, without one, and from one Redis to another.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const root = join(import.meta.dirname, '../..');
const run = (env: Readonly<Record<string, string>>, args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/main.ts'), 'ledger', ...args], { input, encoding: 'utf8', env: { PATH: '', HOME: '/nowhere', NODE_NO_WARNINGS: '1', ...env }, maxBuffer: 1e8 });
  return { status, stdout, stderr };
};

async function openTown() {
  const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
  const [, url = ''] = await judge.says(/sandbox ready: (\S+)/u);
  const folder = await freshFolder();
  const env = { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', REPARTEE_DATA: join(folder, 'data'), PORT: '0', MODEL_PRESET: 'none' };
  return { url, folder, env };
}

describe('the ledger\'s commands', () => {
  it('list, show and refuse beside a running bot, and without one', async () => {
    const { url, env } = await openTown();
    const bot = runProgram(['start'], { env, withoutRedis: true });
    await bot.says(/ready: /u);
    const asker = person(url, 'milo');
    const { id } = await asker.post('@repartee what is new?');
    await asker.answer(id);
    await bot.says(/posted/u);
    expect(run(env, ['list'])).toMatchObject({ status: 0, stdout: 'none\n' });
    const listed = run(env, ['list', '--state', 'posted', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ network: 'mastodon', id, state: 'posted', asker: 'milo' }]);
    expect(await bot.end()).toBe(0);

    expect(run(env, ['list', '--state', 'posted']).stdout).toContain(`posted mastodon ${id} by @milo`);
    expect(run(env, ['show', id]).stdout).toMatch(/asked by\s+@milo[^]*state\s+posted[^]*reply\s+http/u);
    expect(run(env, ['retry', id])).toMatchObject({ status: 1, stderr: `${id} is not tried again: it is answered\n` });
    expect(run(env, ['show', '4711'])).toMatchObject({ status: 1, stderr: 'the ledger holds no mention 4711\n' });
    const unknown = run(env, ['list', '--state', 'lost']);
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining('there is no such state; there are seen, drafted')]);
    expect(run({ ...env, REPARTEE_DATA: join(env.REPARTEE_DATA, 'nothing') }, ['list'])).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing is kept in') });
    expect(run(env, ['import', '/nowhere/file'])).toMatchObject({ status: 2, stderr: expect.stringContaining('/nowhere/file cannot be read') });
    expect(run(env, ['import', '-'], 'nonsense\n')).toMatchObject({ status: 2, stderr: 'line 1: it is not JSON; nothing was imported\n' });
  }, 60_000);

  const isMissing = findProgram('redis-server') === undefined;
  (isMissing ? it.skip : it)(`move it to another Redis: nothing is answered again, and what was left is answered there${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, async () => {
    const { url, folder, env } = await openTown();
    const bot = runProgram(['start'], { env, withoutRedis: true });
    await bot.says(/ready: /u);
    const asker = person(url, 'milo');
    const answered = (await asker.post('@repartee what is new?')).id;
    await asker.answer(answered);
    await bot.says(/posted/u);
    await bot.end('SIGKILL');
    const exported = run(env, ['export']);
    expect(exported).toMatchObject({ status: 0, stderr: expect.stringContaining('lines; logins that change') });
    expect(exported.stdout).not.toContain('MASTODON_TOKEN');
    const waiting = (await asker.post('@repartee and now?')).id;

    const redis = await openRedisProcess();
    const file = join(folder, 'ledger.ndjson');
    await writeFile(file, exported.stdout);
    const there = { ...env, REDIS_URL: redis.url, REPARTEE_DATA: join(folder, 'other') };
    expect(run(there, ['import', file])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^added 1 mentions, 1 receipts and 1 cursors; 0 mentions/u) });
    expect(run(there, ['import', file]).stdout).toMatch(/^added 0 mentions, 0 receipts and 0 cursors; 1 mentions, 1 receipts and 1 cursors were there/u);
    const next = runProgram(['start'], { env: there });
    await next.says(/ready: /u);
    await until(async () => (await asker.answers(waiting)).length === 1, 20_000);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect([(await asker.answers(answered)).length, (await asker.answers(waiting)).length]).toEqual([1, 1]);
    expect(await next.end()).toBe(0);
  }, 90_000);
});
