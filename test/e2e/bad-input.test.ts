// What an operator gets wrong: one clear line, exit code 2, nothing written.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { atEaseMs } from '../support/at-ease.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { findProgram, serve } from '../support/servers.ts';

interface Attempt {
  readonly config?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

async function attempt({ config, env = {}, args = [] }: Attempt) {
  const folder = await freshFolder();
  const data = join(folder, 'data');
  const file = join(folder, 'repartee.yaml');
  if (config !== undefined) await writeFile(file, config);
  const started = performance.now();
  const program = runProgram(['start', ...(config === undefined ? [] : ['--config', file]), ...args], { env: { PORT: '0', REPARTEE_DATA: data, ...env }, withoutRedis: true });
  const code = await program.ended;
  return { code, output: program.output().trim(), lines: program.output().trim().split('\n').length, written: existsSync(data) ? await readdir(data) : [], ms: performance.now() - started };
}

const wrong: readonly (readonly [string, Attempt, RegExp])[] = [
  ['an unknown setting', { config: 'persona: gadfly\ncontext:\n  feedz: []\n' }, /repartee\.yaml:3:3: unknown setting 'context\.feedz': did you mean 'feeds'\?/],
  ['a missing persona', { config: 'persona: gadflea\n' }, /gadflea.*gadfly/s],
  ['invalid YAML', { config: 'persona: [gadfly\nstore: auto\n' }, /repartee\.yaml:\d+:\d+: not valid YAML/],
  ['a role that does not exist', { args: ['--role', 'wrok'] }, /--role wrok/],
  ['a role without a Redis to share', { args: ['--role', 'work'] }, /--role work .*REDIS_URL/],
  ['a port that is none', { args: ['--port', 'http'] }, /port/],
  ['a Redis that does not answer', { env: { MASTODON_URL: 'SANDBOX', MASTODON_TOKEN: 'repartee', REDIS_URL: 'redis://:hunter2canary@127.0.0.1:1' } }, /REDIS_URL.*127\.0\.0\.1:1/],
];

describe('bad input', () => {
  it.each(wrong)('%s', async (_, given, message) => {
    const sandbox = given.env?.MASTODON_URL === 'SANDBOX' ? runProgram(['sandbox', '--port', '0', '--no-town']) : undefined;
    const url = sandbox ? (await sandbox.says(/sandbox ready: (\S+)/))[1] ?? '' : '';
    const result = await attempt({ ...given, env: { ...given.env, ...(url ? { MASTODON_URL: url } : {}) } });
    expect(result.output.split('\n').at(-1)).toMatch(message);
    expect(result.output).not.toContain('hunter2canary');
    expect(result.code).toBe(2);
    expect(result.written).toEqual([]);
    expect(result.ms).toBeLessThan(atEaseMs(8_000));
  });

  it('a refused token', async () => {
    const server = await serve((_, response) => response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":"The access token is invalid"}'));
    const result = await attempt({ env: { MASTODON_URL: server.url, MASTODON_TOKEN: 'canary-token' } });
    expect(result).toMatchObject({ code: 2, lines: 1, written: [] });
    expect(result.output).toMatch(/refused the token/);
    expect(result.output).not.toContain('canary-token');
  });

  it('a server that is not Mastodon', async () => {
    const server = await serve((_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Nothing here</h1>'));
    const result = await attempt({ env: { MASTODON_URL: server.url, MASTODON_TOKEN: 'x' } });
    expect(result).toMatchObject({ code: 2, lines: 1, written: [] });
    expect(result.output).toMatch(/does not answer like a Mastodon server/);
  });

  it('a data folder in use', async () => {
    const data = await freshFolder();
    const first = runProgram(['start'], { env: { PORT: '0', REPARTEE_DATA: data }, withoutRedis: true });
    await first.says(/ready/);
    const second = runProgram(['start'], { env: { PORT: '0', REPARTEE_DATA: data }, withoutRedis: true });
    expect(await second.ended).toBe(2);
    expect(second.output()).toMatch(/in use by process \d+/);
  });

  const redis = findProgram('redis-server');
  (redis === undefined ? it.skip : it)(`a Redis that evicts${redis === undefined ? ' (skipped: no redis-server on PATH)' : ''}`, async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    const folder = await freshFolder();
    await mkdir(join(folder, 'redis'));
    const server = spawn(redis ?? '', ['--port', String(port), '--bind', '127.0.0.1', '--dir', join(folder, 'redis'), '--save', '', '--maxmemory-policy', 'allkeys-lru'], { stdio: 'ignore' });
    onTestFinished(() => server.kill('SIGKILL'));
    const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
    const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
    const result = await attempt({ env: { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', REDIS_URL: `redis://127.0.0.1:${port}` } });
    expect(result).toMatchObject({ code: 2, written: [] });
    expect(result.output).toMatch(/noeviction/);
  });
});
