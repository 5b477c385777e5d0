// What the operator is told: at the start, and later by `status`, with what goes wrong and since when.
import { expect, it } from '@jest/globals';
import { freshFolder, runProgram } from '../support/program.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

it('says the same later, and what has gone wrong meanwhile, until it goes well again', async () => {
  const folder = await freshFolder();
  const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
  const [, url = '', port = ''] = await judge.says(/sandbox ready: (http:\/\/127\.0\.0\.1:(\d+))/);
  const env = { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', REPARTEE_DATA: `${folder}/data`, PORT: '0', MODEL_PRESET: 'none' };
  const bot = runProgram(['start'], { env });
  await bot.says(/ready: /);
  const status = async () => {
    const asked = runProgram(['status'], { env });
    expect(await asked.ended).toBe(0);
    return asked.output();
  };
  // The token is the handle here, and no secret is ever shown.
  const about = /\*\*\*@\S+ on http:\/\/127\.0\.0\.1:\d+, Mastodon 4\.7\.2\+sandbox, 500 characters, streaming/u;
  const store = /store: (?:private|embedded) [^\n]+nothing acknowledged is lost/u;
  const voice = /voice: gadfly \(\w+\), model: built-in engine, no model/u;
  for (const line of [about, store, voice]) expect(bot.output()).toMatch(line);
  const fine = await status();
  for (const line of [about, store, voice]) expect(fine).toMatch(line);
  expect(fine).not.toContain('trouble');

  await judge.end('SIGKILL');
  await until(async () => /trouble since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: mastodon \S+, reading mentions: 127\.0\.0\.1:\d+ gave no usable answer to mentions: connection refused/u.test(await status()), 60_000);
  runProgram(['sandbox', '--port', port, '--no-town']);
  await until(async () => !(await status()).includes('reading mentions'), 60_000);
  expect(await bot.end()).toBe(0);
}, 180_000);

(findProgram('redis-server') === undefined ? it.skip : it)('says that nothing runs on a Redis on which no bot ever ran (skipped where there is no redis-server on PATH)', async () => {
  const redis = await openRedisProcess();
  const env = { REDIS_URL: redis.url, REPARTEE_DATA: `${await freshFolder()}/data` };
  const json = runProgram(['status', '--json'], { env });
  expect(await json.ended).toBe(1);
  expect(JSON.parse(json.output())).toMatchObject({ running: false, accounts: [] });
  const told = runProgram(['status'], { env });
  expect(await told.ended).toBe(1);
  expect(told.output()).toMatch(/^no bot runs on it/u);
});
