// Two machines that answer each other: neither says that it is one, and it comes to an end all the same.
import { describe, expect, it } from '@jest/globals';
import { openSandbox } from '../../src/sandbox/index.ts';
import { onTestFinished } from '../support/cleanup.ts';
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
    const bot = runProgram(['start'], { env: { MASTODON_URL: url, MASTODON_TOKEN: handle, REPARTEE_DATA: await freshFolder(), PORT: '0', MODEL_PRESET: 'none' }, withoutRedis: true });
    await bot.says(/ready: /u);
    return bot;
  };
  const posts = async (handle: string): Promise<SeenStatus[]> => {
    const headers = { authorization: `Bearer ${handle}` };
    const { id } = await (await fetch(`${url}/api/v1/accounts/verify_credentials`, { headers })).json() as { id: string };
    return await (await fetch(`${url}/api/v1/accounts/${id}/statuses?limit=40`, { headers })).json() as SeenStatus[];
  };
  /** Until nobody has said anything for a while. */
  const silence = async (...handles: string[]): Promise<number[]> => {
    let before = '';
    let since = performance.now();
    await until(async () => {
      const now = (await Promise.all(handles.map(posts))).map(({ length }) => length).join();
      if (now !== before) since = performance.now();
      before = now;
      return performance.now() - since > quietMs;
    }, 60_000);
    return before.split(',').map(Number);
  };
  return { url, start, posts, silence };
}

describe('two bots', () => {
  it('of this kind stop after three posts each', async () => {
    const town = await openTown();
    const bots = await Promise.all(['repartee', 'persifleur'].map(town.start));
    await person(town.url, 'persifleur').post('@repartee what do you think about the ferry?');
    const [ours = 0, theirs = 0] = await town.silence('repartee', 'persifleur');
    process.stdout.write(`  two of them: ${ours} and ${theirs} posts\n`);
    expect(ours).toBeGreaterThan(0);
    expect(ours).toBeLessThanOrEqual(3);
    expect(theirs - 1).toBeLessThanOrEqual(3);
    await Promise.all(bots.map(bot => bot.end()));
  }, 90_000);

  it('one of which repeats whatever is said to it: three posts, the last a good night', async () => {
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
  }, 90_000);
});
