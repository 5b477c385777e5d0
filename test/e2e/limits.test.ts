// A server that wants to be left alone, and the real program that leaves it alone.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { Faults, FaultyRequest } from '../../src/sandbox/faults.ts';
import { openSandbox } from '../../src/sandbox/index.ts';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { until } from '../support/until.ts';

const stormMs = 32_000;

it('asks once in five seconds at most while it hears 429 and not until when, and loses nobody', async () => {
  const faults: Faults = {};
  const sandbox = await openSandbox({ town: false, faults });
  const folder = await freshFolder();
  await writeFile(join(folder, 'repartee.yaml'), 'networks:\n  mastodon:\n    pollSeconds: 2\n');
  const bot = runProgram(['start'], { env: { MASTODON_URL: sandbox.url, MASTODON_TOKEN: 'repartee', REPARTEE_CONFIG: join(folder, 'repartee.yaml'), REPARTEE_DATA: join(folder, 'data'), MODEL_PRESET: 'none', PORT: '0' } });
  try {
    await bot.says(/ready: /);
    /** Nobody but the bot reads threads and mentions, or answers anybody. */
    const isBots = ({ method, path, body }: FaultyRequest): boolean =>
      path === '/api/v1/notifications' || (method === 'POST' && typeof body === 'object' && body !== null && 'in_reply_to_id' in body);
    const asked: number[] = [];
    faults.before = request => {
      if (!isBots(request)) return undefined;
      asked.push(performance.now());
      return { status: 429, body: { error: 'Too many requests' }, headers: { 'x-ratelimit-reset': '' } };
    };
    const started = performance.now();
    const people = Array.from({ length: 12 }, (_, index) => person(sandbox.url, `asker${index}`));
    const ids: string[] = [];
    for (const each of people) {
      ids.push((await each.post('@repartee is the goose right?')).id);
      await new Promise(resolve => setTimeout(resolve, stormMs / people.length));
    }
    // All that was under way when it began, and then one probe at a time.
    const probes = asked.filter(at => at > started + 3_000);
    expect(Math.max(0, ...probes.map(at => probes.filter(other => other >= at && other < at + 4_900).length))).toBeLessThanOrEqual(1);
    expect(asked.length).toBeGreaterThan(1);
    faults.before = undefined;
    await until(async () => (await Promise.all(people.map((each, index) => each.answers(ids[index] ?? '')))).every(answers => answers.length === 1), 40_000);
    process.stdout.write(`  429 for ${stormMs / 1_000} s: ${asked.length} requests, ${people.length} of ${people.length} answered after it\n`);
    expect(await bot.end()).toBe(0);
  } finally {
    await sandbox.close();
  }
}, 180_000);
