// The ledger's commands, beside a running bot, without one, and from one Redis to another.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { aMention } from '../support/fixtures.ts';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { findProgram, serve } from '../support/servers.ts';
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

/** An export of some records of one account. */
const toFile = (records: readonly object[], account: string): string => [
  { kind: 'ledger', version: 1, at: 'now' }, ...records, { kind: 'cursor', network: 'faketown', account, cursor: 'c' }, { kind: 'end', records: records.length, receipts: 0, cursors: 1 },
].map(each => JSON.stringify(each)).join('\n');

/** A server before the town, which answers a post with an error that tells the token. */
async function echo(request: IncomingMessage, response: ServerResponse, body: string, town: string): Promise<void> {
  const { method = 'GET', url = '', headers: { authorization = '', 'content-type': type = 'text/plain' } } = request;
  if (method === 'POST' && url === '/api/v1/statuses') return void response.writeHead(404, { 'content-type': 'application/json' }).end(JSON.stringify({ error: `nobody here for ${authorization}` }));
  const answer = await fetch(town + url, { method, headers: { authorization, 'content-type': type }, ...(body !== '' && { body }) });
  response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'text/plain' }).end(await answer.text());
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
    const elsewhere = { ...env, REPARTEE_DATA: join(env.REPARTEE_DATA, 'nothing') };
    expect(run(elsewhere, ['list'])).toMatchObject({ status: 1, stderr: expect.stringContaining('nothing is kept in') });
    expect(run(elsewhere, ['import', '-'], 'nonsense\n').status).toBe(2);
    expect(existsSync(elsewhere.REPARTEE_DATA)).toBe(false);
    expect(run(env, ['list', '--network', 'mastodn'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/^--network mastodn: the ledger knows no such account; it knows mastodon \S+\n$/u) });
    expect(run(env, ['import', '/nowhere/file'])).toMatchObject({ status: 2, stderr: expect.stringContaining('/nowhere/file cannot be read') });
    expect(run(env, ['import', '-'], 'nonsense\n')).toMatchObject({ status: 2, stderr: 'standard input: line 1: it is not JSON; nothing was imported\n' });
  }, 180_000);

  it('ask which one is meant where an id stands on several accounts', async () => {
    const data = join(await freshFolder(), 'data');
    const env = { REPARTEE_DATA: data };
    const accounts = ['one@town.example', 'two@town.example'];
    const lines = [
      { kind: 'ledger', version: 1, at: 'now' },
      ...accounts.map(account => ({
        kind: 'record', network: 'faketown', account, id: '7', state: 'parked', texts: { mention: aMention('7', { account }) },
        fields: { mention: aMention('7', { account, createdAt: new Date().toISOString() }), seenAt: Date.now(), updatedAt: Date.now(), draftNumber: 1, reason: `\u001B[31m${account}` },
      })),
      ...accounts.map(account => ({ kind: 'cursor', network: 'faketown', account, cursor: 'c' })),
      { kind: 'end', records: 2, receipts: 0, cursors: 2 },
    ];
    expect(run(env, ['import'], lines.map(each => JSON.stringify(each)).join('\n')).stdout).toMatch(/^added 2 mentions, 0 receipts, 0 notes [^;]+ and 2 cursors;/u);
    expect(run(env, ['show', '7'])).toMatchObject({ status: 2, stderr: '7 stands on faketown one@town.example and faketown two@town.example: choose one with --network or --account\n' });
    const shown = run(env, ['show', '7', '--account', 'two@town.example']);
    expect(shown).toMatchObject({ status: 0, stdout: expect.stringMatching(/state\s+parked\nwhy\s+\[31mtwo@town\.example\n/u) });
    expect(shown.stdout).not.toContain('\u001B');
    expect(run(env, ['list', '--account', 'one@town.example', '--json']).stdout).toContain('"account": "one@town.example"');
  }, 180_000);

  it('keep and tell no secret that a server gave back in its error', async () => {
    const { url, env } = await openTown();
    const echoing = await serve((request, response, body) => void echo(request, response, body, url));
    const bot = runProgram(['start'], { env: { ...env, MASTODON_URL: echoing.url }, withoutRedis: true });
    await bot.says(/ready: /u);
    const { id } = await person(url, 'milo').post('@repartee what is new?');
    await bot.says(/nobody here for Bearer \*\*\*/u, 40_000);
    await until(() => run(env, ['list']).stdout.includes('rejected'), 10_000);
    await bot.end();
    // Who does not know the secret would tell it.
    const { MASTODON_TOKEN: _, MASTODON_URL: __, ...stranger } = env;
    for (const asked of [['list'], ['show', id], ['list', '--json'], ['export']]) {
      expect(run(stranger, asked)).toMatchObject({ status: 0, stdout: expect.stringContaining('nobody here for Bearer ***') });
    }
  }, 180_000);

  it('tell no secret that was kept before, and export it to nobody', async () => {
    const secret = 'tok"en-4711';
    const env = { REPARTEE_DATA: join(await freshFolder(), 'data'), MASTODON_URL: 'https://town.example', MASTODON_TOKEN: secret };
    const account = 'one@town.example';
    const mention = aMention('7', { account, createdAt: new Date().toISOString() });
    const fields = { mention, seenAt: Date.now(), updatedAt: Date.now(), draftNumber: 1, reason: `nobody here for Bearer ${secret}` };
    const record = { kind: 'record', network: 'faketown', account, id: '7', state: 'skipped', texts: { mention }, fields };
    expect(run(env, ['import'], toFile([record], account)).status).toBe(0);
    for (const asked of [['list', '--state', 'skipped'], ['list', '--state', 'skipped', '--json'], ['show', '7'], ['show', '7', '--json'], ['retry', '7'], ['export']]) {
      const { stdout, stderr } = run(env, asked);
      expect([asked, stdout + stderr]).toEqual([asked, expect.stringContaining('nobody here for Bearer ***')]);
      expect(stdout + stderr).not.toMatch(/en-4711/u);
    }
  }, 180_000);

  const isMissing = findProgram('redis-server') === undefined;
  (isMissing ? it.skip : it).each([
    ['is full', ['config', 'set', 'maxmemory', '1'], 'Redis is full: raise its maxmemory, or make room in it'],
    ['is read-only', ['replicaof', '127.0.0.1', '1'], 'Redis is read-only, as a replica is: make it the primary, or set REDIS_URL to the primary'],
  ])(`list and show where Redis %s, and say in one line why nothing can be tried again`, async (_, [command = '', ...args], said) => {
    const redis = await openRedisProcess();
    const env = { REDIS_URL: redis.url, REPARTEE_DATA: join(await freshFolder(), 'data') };
    const account = 'one@town.example';
    const record = (id: string, state: string, updatedAt: number) => {
      const mention = aMention(id, { account, createdAt: new Date().toISOString() });
      return { kind: 'record', network: 'faketown', account, id, state, texts: { mention }, fields: { mention, seenAt: updatedAt, updatedAt, draftNumber: 1, reason: 'a test' } };
    };
    const file = toFile([record('7', 'parked', Date.now()), record('8', 'skipped', Date.now()), record('9', 'rejected', Date.now() + 1_000)], account);
    expect(run(env, ['import'], file).status).toBe(0);
    await redis.client.del(...await redis.client.keys('repartee:ended*'));
    await redis.client.call(command, ...args);
    const listed = run(env, ['list']);
    expect(listed).toMatchObject({ status: 0, stderr: '', stdout: expect.stringMatching(/^\S+ rejected faketown 9 [^\n]*\n\S+ parked faketown 7 [^\n]*\n$/u) });
    expect(run(env, ['list', '--limit', '1']).stdout).toMatch(/ 9 .*\nand 1 more: --limit\n$/u);
    expect(run(env, ['show', '7'])).toMatchObject({ status: 0, stdout: expect.stringMatching(/state\s+parked/u) });
    expect(run(env, ['export'])).toMatchObject({ status: 0, stdout: expect.stringContaining('"records":3') });
    const refused = { status: 1, stdout: '', stderr: `${said}; then give the command again\n` };
    expect(run(env, ['retry', '7'])).toEqual(refused);
    expect(run(env, ['import'], toFile([record('10', 'parked', Date.now())], account))).toEqual(refused);
    expect(run(env, ['list', '--json']).stdout).not.toContain('"10"');
  }, 180_000);

  (isMissing ? it.skip : it)(`move it to another Redis: nothing is answered again, and what was unfinished is answered there${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, async () => {
    const { url, folder, env } = await openTown();
    const bot = runProgram(['start'], { env, withoutRedis: true });
    await bot.says(/ready: /u);
    const asker = person(url, 'milo');
    const answered = (await asker.post('@repartee what is new?')).id;
    await asker.answer(answered);
    await bot.says(/posted/u);
    // Whoever wants to be left alone is left alone wherever the ledger goes.
    const shy = person(url, 'shy');
    await shy.answer((await shy.post('@repartee stop')).id);
    await bot.end();
    // A model that never answers: what is asked now is still unfinished when its bot is killed.
    const mute = await serve(() => undefined);
    const { MODEL_PRESET: _, ...plain } = env;
    const slow = runProgram(['start'], { env: { ...plain, OPENAI_BASE_URL: `${mute.url}/v1`, OPENAI_MODEL: 'mute' }, withoutRedis: true });
    await slow.says(/ready: /u);
    const unfinished = (await asker.post('@repartee and what is old?')).id;
    await until(() => run(env, ['list']).stdout.includes(`seen mastodon ${unfinished} by @milo`), 20_000);
    // Its bot is sure that nobody answered it; the next one begins another life of its store, and will not be.
    const shown = () => run(env, ['show', unfinished]).stdout;
    expect(shown()).toMatch(/state\s+seen\n/u);
    expect(shown()).not.toContain('before posting');
    await slow.end('SIGKILL');
    expect(shown()).toMatch(/before posting\s+it is looked for on the network first\n/u);
    const exported = run(env, ['export']);
    expect(exported).toMatchObject({ status: 0, stderr: expect.stringMatching(/^exported 3 mentions, \d receipts, \d+ notes \(wishes, pauses, costs and the like\) and 1 cursors; logins that change/u) });
    expect(exported.stdout).not.toMatch(/MASTODON_TOKEN|"epoch"/u);
    const waiting = (await asker.post('@repartee and now?')).id;
    const unwanted = (await shy.post('@repartee is anybody there?')).id;

    const redis = await openRedisProcess();
    const file = join(folder, 'ledger.ndjson');
    await writeFile(file, exported.stdout);
    const there = { ...env, REDIS_URL: redis.url, REPARTEE_DATA: join(folder, 'other') };
    expect(run(there, ['import', file])).toMatchObject({ status: 0, stdout: expect.stringMatching(/^added 3 mentions, \d receipts, \d+ notes [^;]+ and 1 cursors; 0 mentions/u) });
    expect(run(there, ['import', file]).stdout).toMatch(/^added 0 mentions, 0 receipts, 0 notes [^;]+ and 0 cursors; 3 mentions, \d receipts, \d+ notes [^;]+ and 1 cursors were there/u);
    const next = runProgram(['start'], { env: there });
    await next.says(/ready: /u);
    const answers = async () => (await Promise.all([answered, unfinished, waiting].map(id => asker.answers(id)))).map(({ length }) => length);
    await until(async () => (await answers()).every(count => count > 0), 30_000);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect(await answers()).toEqual([1, 1, 1]);
    expect(await shy.answers(unwanted)).toEqual([]);
    expect(run(there, ['list', '--state', 'skipped']).stdout).toContain(`skipped mastodon ${unwanted} by @shy`);
    // Beside the bot that runs, and again: it is as it was.
    expect(run(there, ['import', file]).stdout).toMatch(/^added 0 mentions/u);
    expect(run(there, ['list'])).toMatchObject({ status: 0, stdout: 'none\n' });
    expect(await answers()).toEqual([1, 1, 1]);
    expect(await next.end()).toBe(0);
  }, 180_000);
});
