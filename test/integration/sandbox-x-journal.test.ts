import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, openTwitter, sayX, type OpenX } from '../support/x-client.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sandbox-x-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Opens the server on the folder, does something in it and closes it. */
const visit = async <T>(act: (x: OpenX) => Promise<T>, town = false): Promise<T> => {
  const x = await openEmptyX({ data: folder, town });
  try {
    return await act(x);
  } finally {
    await x.close();
  }
};

describe('the journal of X', () => {
  it('brings people, posts, deletions, follows and subscriptions back after a restart', async () => {
    const before = await visit(async (x) => {
      const kept = await sayX(x.url, 'ada', '@repartee keep this');
      const gone = await sayX(x.url, 'ada', '@repartee drop this');
      await askX(x.url, bearer('ada'), 'DELETE', `/2/tweets/${gone.id}`);
      const shy = x.world.ensureUser('shy', { isProtected: true });
      x.world.follow(x.bot, shy);
      const whisper = x.world.say({ by: shy, text: '@repartee psst' });
      await openTwitter(x.url).v2.post('activity/subscriptions', { event_type: 'post.mention.create', filter: { user_id: x.bot.id } });
      return { bot: x.bot, ids: [whisper.id, kept.id] };
    });
    await visit(async (x) => {
      expect(x.bot).toEqual(before.bot);
      expect((await openTwitter(x.url).v2.userMentionTimeline(x.bot.id)).tweets.map(({ id }) => id)).toEqual(before.ids);
      expect((await openTwitter(x.url, demoKeys.bearer).v2.get<{ meta: unknown }>('activity/subscriptions')).meta).toEqual({ result_count: 1 });
    });
  });

  it('remembers which tokens were used up', async () => {
    const refresh = (x: OpenX, token: string) => openTwitter(x.url, { clientId: demoKeys.clientId, clientSecret: demoKeys.clientSecret }).refreshOAuth2Token(token);
    const { accessToken, refreshToken } = await visit((x) => refresh(x, demoKeys.refreshToken));
    await visit(async (x) => {
      await expect(refresh(x, demoKeys.refreshToken)).rejects.toMatchObject({ code: 400 });
      expect((await openTwitter(x.url, accessToken).v2.me()).data.username).toBe('repartee');
      await refresh(x, refreshToken ?? '');
    });
  });

  it('gives no id twice, not even after a deletion, and not when the clock was set back', async () => {
    const first = await visit(async (x) => {
      const post = await sayX(x.url, 'ada', 'first');
      await askX(x.url, bearer('ada'), 'DELETE', `/2/tweets/${post.id}`);
      return post.id;
    });
    // As if that had happened a year ahead of the clock that the next start finds.
    const ahead = (BigInt(first) + (BigInt(365 * 86_400_000) << 22n)).toString();
    const path = join(folder, 'x.ndjson');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(first, ahead));
    const ids = await visit(async (x) => [(await sayX(x.url, 'ada', 'second')).id, (await sayX(x.url, 'bo', 'third')).id]);
    expect(ids.map((id) => BigInt(id) > BigInt(ahead))).toEqual([true, true]);
    expect(new Set(ids).size).toBe(2);
  });

  it('has the town once', async () => {
    const posts = (x: OpenX) => Promise.resolve(x.world.posts().map(({ id }) => id));
    const born = await visit(posts, true);
    expect(born.length).toBeGreaterThan(11);
    expect(await visit(posts, true)).toEqual(born);
  });
});
