// One Redis, four processes: listen, two that work, web. They answer as one.
import { toReceiptId } from '../../src/store/receipts.ts';
import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { parseExposition, valueOf } from '../support/exposition.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const redis = findProgram('redis-server');
const scrape = async (page: string) => parseExposition(await (await fetch(`${page}/metrics`)).text());

(redis === undefined ? describe.skip : describe)(`roles in separate processes${redis === undefined ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('answer every mention once, share the work, and serve its receipts', async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const server = spawn(redis ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--dir', await freshFolder(), '--save', '', '--appendonly', 'yes', '--appendfsync', 'always'], { stdio: 'ignore' });
    onTestFinished(() => server.kill('SIGKILL'));
    const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
    const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
    const env = { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', REDIS_URL: `redis://127.0.0.1:${port}`, PORT: '0', REPARTEE_DATA: await freshFolder() };
    const start = async (role: string) => {
      const program = runProgram(['start', '--role', role], { env });
      await program.says(/ready/);
      return program;
    };
    const listening = await start('listen');
    const workers = [await start('work'), await start('work')];
    const web = await start('web');
    const [, page = ''] = await web.says(/ready: (\S+),/);

    const people = Array.from({ length: 60 }, (_, index) => person(url, `asker${index}`));
    const posted = await Promise.all(people.map(async (each, index) => ({ each, asked: await each.post(`@repartee tea or coffee, round ${index}?`) })));
    const answers = await Promise.all(posted.map(({ each, asked }) => each.answer(asked.id, 20_000)));
    await new Promise(resolve => setTimeout(resolve, 1_000));
    for (const { each, asked } of posted) expect(await each.answers(asked.id)).toHaveLength(1);
    for (const worker of workers) expect(worker.output()).toMatch(/posted http/);

    const health = await (await fetch(`${page}/healthz`)).json() as { status: string; accounts: string[] };
    expect(health.status).toBe('ok');
    // Neither of those that work serves pages: what they count is told by the one that does.
    const ready = await (await fetch(`${page}/readyz`)).json();
    expect(ready).toEqual({ ready: true, accounts: health.accounts, paused: [] });
    await until(async () => valueOf(await scrape(page), 'repartee_mentions_total', { network: 'mastodon', outcome: 'answered' }) === 60, 10_000);
    const families = await scrape(page);
    for (const step of ['whole', 'wait', 'publish', 'compose']) expect(valueOf(families, 'repartee_step_seconds_count', { network: 'mastodon', step })).toBe(60);
    expect(valueOf(families, 'repartee_ledger_records', { network: 'mastodon', state: 'posted' })).toBe(60);
    expect(valueOf(families, 'repartee_mentions_seen_total', { network: 'mastodon' })).toBe(60);
    expect(valueOf(families, 'repartee_model_calls_total', { network: 'mastodon', outcome: 'failed' })).toBe(0);
    const [network = '', account = ''] = health.accounts[0]?.split(' ') ?? [];
    const receipt = await fetch(`${page}/r/${toReceiptId(network, account, answers[0]?.id ?? '')}.json`);
    expect(await receipt.json()).toMatchObject({ receipt: { answer: { id: answers[0]?.id } } });
    const whisper = person(url, 'whisperer');
    const secret = await whisper.post('@repartee between us: tea or coffee?', { visibility: 'direct' });
    const quiet = await whisper.answer(secret.id, 40_000);
    expect(quiet.visibility).toBe('direct');
    expect((await fetch(`${page}/r/${toReceiptId(network, account, quiet.id)}`)).status).toBe(404);
    for (const worker of workers) expect(await worker.end()).toBe(0);
    await listening.end();
    await until(async () => (await fetch(`${page}/readyz`)).status === 503, 20_000);
    expect(await (await fetch(`${page}/readyz`)).json()).toMatchObject({ ready: false, missing: [expect.stringMatching(/^nobody listens on mastodon repartee@/u)] });
    expect((await fetch(`${page}/healthz`)).status).toBe(200);
  }, 180_000);
});
