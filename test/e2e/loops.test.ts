// Two machines that answer each other: neither says that it is one, and it comes to an end all the same.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openSandbox } from '../../src/sandbox/index.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { closing, onTestFinished } from '../support/cleanup.ts';
import { person, type SeenStatus } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { until } from '../support/until.ts';

const quietMs = 6_000;

async function openTown() {
  const sandbox = await openSandbox({ town: false, x: false });
  onTestFinished(() => sandbox.close());
  const { url } = sandbox;
  const start = async (handle: string) => {
    // An account like anybody's: nothing tells that a program writes there.
    const response = await fetch(`${url}/api/v1/accounts/update_credentials`, { method: 'PATCH', headers: { authorization: `Bearer ${handle}` }, body: new URLSearchParams({ bot: 'false' }) });
    expect(await response.json()).toMatchObject({ bot: false });
    // Without quotas: that of newcomers would end it too, and not what is tried here.
    const folder = await freshFolder();
    const config = join(folder, 'repartee.yaml');
    await writeFile(config, 'manners: { quotas: { personSoon: 0, personDay: 0, newcomer: 0, thread: 0, server: 0, all: 0 } }\n');
    const bot = runProgram(['start'], { env: { MASTODON_URL: url, MASTODON_TOKEN: handle, REPARTEE_DATA: join(folder, 'data'), REPARTEE_CONFIG: config, PORT: '0', MODEL_PRESET: 'none' }, withoutRedis: true });
    await bot.says(/ready: /u);
    return bot;
  };
  const posts = async (handle: string): Promise<SeenStatus[]> => {
    const headers = { authorization: `Bearer ${handle}` };
    const { id } = await (await fetch(`${url}/api/v1/accounts/verify_credentials`, { headers })).json() as { id: string };
    return await (await fetch(`${url}/api/v1/accounts/${id}/statuses?limit=40`, { headers })).json() as SeenStatus[];
  };
  /** Until the bot has spoken, and then nobody for a while. */
  const silence = async (...handles: string[]): Promise<number[]> => {
    await until(async () => (await posts('repartee')).length > 0, 60_000, 50);
    const enoughMs = atEaseMs(quietMs);
    let before = '';
    let since = performance.now();
    await until(async () => {
      const now = (await Promise.all(handles.map(posts))).map(({ length }) => length).join();
      if (now !== before) since = performance.now();
      before = now;
      return performance.now() - since > enoughMs;
    }, 180_000);
    return before.split(',').map(Number);
  };
  return { url, start, posts, silence };
}

describe('two bots', () => {
  it.concurrent('of this kind stop after three posts each', closing(async () => {
    const town = await openTown();
    const bots = await Promise.all(['repartee', 'persifleur'].map(town.start));
    await person(town.url, 'persifleur').post('@repartee what do you think about the ferry?');
    const [ours = 0, theirs = 0] = await town.silence('repartee', 'persifleur');
    process.stdout.write(`  two of them: ${ours} and ${theirs} posts\n`);
    expect(ours).toBeGreaterThan(0);
    expect(ours).toBeLessThanOrEqual(3);
    expect(theirs - 1).toBeLessThanOrEqual(3);
    await Promise.all(bots.map(bot => bot.end()));
  }), 180_000);

  it.concurrent('one of which repeats whatever is said to it: three posts, the last a good night', closing(async () => {
    const town = await openTown();
    const bot = await town.start('repartee');
    const echo = person(town.url, 'echo');
    let isOver = false;
    const told = new Set<string>();
    const repeat = async () => {
      for (const status of await town.posts('repartee')) {
        if (told.has(status.id)) continue;
        told.add(status.id);
        await echo.post(`@repartee ${status.content.replace(/<[^>]+>/gu, '').replace(/@\S+/gu, '')}`, { in_reply_to_id: status.id });
      }
    };
    const echoing = (async () => {
      while (!isOver) {
        await repeat();
        await new Promise(resolve => setTimeout(resolve, 200));
      }
    })();
    await echo.post('@repartee what do you think about the ferry?');
    const [ours = 0] = await town.silence('repartee');
    isOver = true;
    await echoing;
    const [last] = await town.posts('repartee');
    process.stdout.write(`  against an echo: ${ours} posts\n`);
    expect(ours).toBe(3);
    expect(last?.content).toContain('good night');
    expect(await bot.end()).toBe(0);
  }), 180_000);
});
