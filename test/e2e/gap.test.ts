// An hour away: nobody listens, no stream is open, four hundred people ask. Then the bot comes back.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { openSandbox } from '../../src/sandbox/index.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { until } from '../support/until.ts';

const hourMs = 3_600_000;
const count = 400;

it.each(['mastodon', 'gotosocial', 'snac', 'hollo'] as const)('on %s all are answered once', async server => {
  let now = Date.now() - hourMs - 10_000;
  const sandbox = await openSandbox({ town: false, server, now: () => now });
  const call = async <T>(by: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(sandbox.url + path, { method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    return await response.json() as T;
  };
  const ask = async (number: number) => (await call<{ id: string }>(`asker${number}`, '/api/v1/statuses', { status: `@repartee what is number ${number} about?` })).id;
  const answers = async (id: string, number: number) =>
    (await call<{ descendants: readonly { in_reply_to_id: string }[] }>(`asker${number}`, `/api/v1/statuses/${id}/context`)).descendants.filter(({ in_reply_to_id: to }) => to === id).length;
  try {
    const folder = await freshFolder();
    await writeFile(join(folder, 'repartee.yaml'), 'networks:\n  mastodon:\n    pollSeconds: 2\n');
    const env = { MASTODON_URL: sandbox.url, MASTODON_TOKEN: 'repartee', REPARTEE_CONFIG: join(folder, 'repartee.yaml'), REPARTEE_DATA: join(folder, 'data'), PORT: '0' };
    const first = runProgram(['start'], { env });
    await first.says(/ready: /);
    now += 5_000;
    const early = await ask(0);
    await until(async () => await answers(early, 0) === 1, 40_000);
    await first.end('SIGKILL');

    const asked: string[] = [];
    for (let number = 1; number <= count; number += 1) {
      now += hourMs / count;
      asked.push(await ask(number));
    }
    const started = performance.now();
    const second = runProgram(['start'], { env });
    await second.says(/ready: /);
    const counts = () => Promise.all(asked.map((id, index) => answers(id, index + 1)));
    let known = 0;
    await until(async () => {
      while (known < count && await answers(asked[known] ?? '', known + 1) > 0) known += 1;
      return known === count;
    }, 60_000, 50);
    process.stdout.write(`  ${server}: ${count} answered ${((performance.now() - started) / 1_000).toFixed(1)} s after the start\n`);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect(await counts()).toEqual(asked.map(() => 1));
    expect(await answers(early, 0)).toBe(1);
    expect(await second.end()).toBe(0);
  } finally {
    await sandbox.close();
  }
}, 180_000);
