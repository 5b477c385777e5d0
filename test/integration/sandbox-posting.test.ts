import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { openClient, openEmpty, type Notification, type Status } from '../support/sandbox-client.ts';

let sandbox: Sandbox;
let bot: ReturnType<typeof openClient>;
let ada: ReturnType<typeof openClient>;
let bo: ReturnType<typeof openClient>;
let nobody: ReturnType<typeof openClient>;

beforeAll(async () => {
  sandbox = await openEmpty();
  [bot, ada, bo] = [openClient(sandbox.url, 'repartee'), openClient(sandbox.url, 'ada'), openClient(sandbox.url, 'bo')];
  nobody = openClient(sandbox.url);
});
afterAll(() => sandbox.close());

describe('posting in the sandbox', () => {
  it('shows a post with the markup of Mastodon and tells whom it names', async () => {
    const posted = await ada.say('Hi @repartee & "all" <b>!\nmore\n\n#Tea at https://www.tea.example/a/long/path/to/a/cup/of/tea.');
    const base = sandbox.url;
    expect(posted.content).toBe(
      `<p>Hi <span class="h-card" translate="no"><a href="${base}/@repartee" class="u-url mention">@<span>repartee</span></a></span> &amp; &quot;all&quot; &lt;b&gt;!<br />more</p>`
      + `<p><a href="${base}/tags/tea" class="mention hashtag" rel="tag">#<span>Tea</span></a> at `
      + '<a href="https://www.tea.example/a/long/path/to/a/cup/of/tea" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://www.</span>'
      + '<span class="ellipsis">tea.example/a/long/path/to/a/c</span><span class="invisible">up/of/tea</span></a>.</p>');
    expect(posted).toMatchObject({ visibility: 'public', language: null, tags: [{ name: 'tea' }], mentions: [{ acct: 'repartee', url: `${base}/@repartee` }] });
    const [newest] = await bot.mentions('&limit=1');
    expect(newest).toMatchObject({ type: 'mention', account: { acct: 'ada' }, status: { id: posted.id } });
    expect(newest?.id).not.toBe(posted.id);
    expect((await bot.get<Notification>(`/api/v1/notifications/${newest?.id}`)).body.status?.id).toBe(posted.id);
  });

  it('leaves names of nobody and of other servers plain', async () => {
    const posted = await ada.say('@who_is_this and @repartee@elsewhere.example');
    expect(posted.content).toBe('<p>@who_is_this and @repartee@elsewhere.example</p>');
    expect(posted.mentions).toEqual([]);
  });

  it('reads what `curl -d` and a browser form send as well as JSON', async () => {
    const headers = { authorization: 'Bearer ada' };
    const raw = await fetch(`${sandbox.url}/api/v1/statuses`, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: 'status=@repartee what is it?&visibility=unlisted' });
    expect(await raw.json()).toMatchObject({ visibility: 'unlisted', mentions: [{ acct: 'repartee' }] });
    const form = new FormData();
    form.set('status', 'multi\r\npart');
    form.set('spoiler_text', 'careful');
    const multipart = await fetch(`${sandbox.url}/api/v1/statuses`, { method: 'POST', headers, body: form });
    expect(await multipart.json()).toMatchObject({ content: '<p>multi<br />part</p>', spoiler_text: 'careful', sensitive: true });
    const media = await fetch(`${sandbox.url}/api/v1/statuses`, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body: 'status=x&media_ids[]=7' });
    expect(media.status).toBe(422);
    for (const type of ['application/json', 'multipart/form-data; boundary=x']) {
      const broken = await fetch(`${sandbox.url}/api/v1/statuses`, { method: 'POST', headers: { ...headers, 'content-type': type }, body: '{"status":' });
      expect([broken.status, await broken.json()]).toEqual([400, { error: 'Error occurred while parsing request parameters' }]);
    }
  });

  it('refuses what Mastodon refuses, in its words', async () => {
    const refused = async (body: unknown, by = ada) => {
      const { status, body: said } = await by.send<unknown>('POST', '/api/v1/statuses', body);
      return [status, said];
    };
    expect(await refused({ status: '  ' })).toEqual([422, { error: "Validation failed: Text can't be blank" }]);
    expect(await refused({ status: 'x'.repeat(501) })).toEqual([422, { error: 'Validation failed: Text character limit of 500 exceeded' }]);
    expect((await refused({ status: 'x'.repeat(495), spoiler_text: 'warning' }))[0]).toBe(422);
    expect((await refused({ status: 'x', in_reply_to_id: '12' }))[0]).toBe(404);
    expect((await refused({ status: 'x', visibility: 'secret' }))[0]).toBe(422);
    expect(await refused({ status: 'x' }, nobody)).toEqual([401, { error: 'The access token is invalid' }]);
    expect(await refused({ status: 'x' }, openClient(sandbox.url, 'not a handle'))).toEqual([401, { error: 'The access token is invalid' }]);
    expect((await nobody.get<unknown>('/api/v1/statuses/12')).body).toEqual({ error: 'Record not found' });
  });

  it('counts a link as 23, a full address as its name and an emoji as one', async () => {
    const link = `https://long.example/${'x'.repeat(300)}`;
    const tail = ` @repartee@elsewhere.example.org ${link}`;
    const answered = async (status: string): Promise<number> => (await ada.send('POST', '/api/v1/statuses', { status })).status;
    const room = 500 - ' @repartee '.length - 23;
    expect(await answered('🏳️‍🌈'.repeat(room) + tail)).toBe(200);
    expect(await answered('🏳️‍🌈'.repeat(room + 1) + tail)).toBe(422);
  });

  it('posts once per idempotency key, one after the other and at the same time', async () => {
    const send = (key: string, by = ada) => by.send('POST', '/api/v1/statuses', { status: `once ${key} @repartee` }, { 'idempotency-key': key });
    const first = await send('k1');
    const again = await send('k1');
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect((await send('k1', bo)).body.id).not.toBe(first.body.id);
    const crowd = await Promise.all(Array.from({ length: 12 }, () => send('k2')));
    expect(new Set(crowd.map(({ body }) => body.id)).size).toBe(1);
    expect((await bot.mentions()).filter(({ status }) => status?.content.includes('once k2'))).toHaveLength(1);
    await ada.send('DELETE', `/api/v1/statuses/${first.body.id}`);
    expect((await send('k1')).status).toBe(404);
  });

  it('threads answers, and an answer without a name in it tells nobody', async () => {
    const root = await ada.say('root');
    const before = (await ada.mentions()).length;
    const reply = await bo.say('reply', { in_reply_to_id: root.id });
    const deep = await ada.say('deep', { in_reply_to_id: reply.id });
    const own = await ada.say('own', { in_reply_to_id: root.id });
    const context = (await bot.get<{ ancestors: Status[]; descendants: Status[] }>(`/api/v1/statuses/${reply.id}/context`)).body;
    expect(context.ancestors.map(({ id }) => id)).toEqual([root.id]);
    expect(context.descendants.map(({ id }) => id)).toEqual([deep.id]);
    const whole = (await nobody.get<{ descendants: Status[] }>(`/api/v1/statuses/${root.id}/context`)).body;
    expect(whole.descendants.map(({ id }) => id)).toEqual([own.id, reply.id, deep.id]);
    expect((await ada.mentions()).length).toBe(before);
    expect((await ada.get(`/api/v1/statuses/${root.id}`)).body.replies_count).toBe(2);
    expect(reply.in_reply_to_account_id).toBe(root.account.id);
  });

  it('takes a post back with its source, its mention and its place as a parent', async () => {
    const root = await ada.say('gone soon @repartee');
    const reply = await bo.say('answer', { in_reply_to_id: root.id });
    expect((await bo.send('DELETE', `/api/v1/statuses/${root.id}`)).status).toBe(404);
    const { status, body } = await ada.send('DELETE', `/api/v1/statuses/${root.id}`);
    expect([status, body.text, body.content]).toEqual([200, 'gone soon @repartee', undefined]);
    expect((await ada.get(`/api/v1/statuses/${root.id}`)).status).toBe(404);
    expect((await bot.mentions()).some((item) => item.status?.id === root.id)).toBe(false);
    expect((await bo.get(`/api/v1/statuses/${reply.id}`)).body.in_reply_to_id).toBeNull();
  });

  it('shows a quote, applause and boosts, and tells their author', async () => {
    const original = await ada.say('quotable');
    const quote = await bo.say('look', { quoted_status_id: original.id });
    expect(quote.quote).toMatchObject({ state: 'accepted', quoted_status: { id: original.id } });
    expect((await bo.send('POST', `/api/v1/statuses/${original.id}/favourite`)).body).toMatchObject({ favourites_count: 1, favourited: true });
    expect((await bo.send('POST', `/api/v1/statuses/${original.id}/reblog`)).body.reblog).toMatchObject({ id: original.id, reblogs_count: 1 });
    const told = (await ada.get<readonly Notification[]>('/api/v1/notifications?exclude_types[]=mention&limit=3')).body;
    expect(told.map(({ type }) => type)).toEqual(['reblog', 'favourite', 'quote']);
    expect((await bo.send('POST', `/api/v1/statuses/${original.id}/unfavourite`)).body.favourites_count).toBe(0);
  });
});

describe('who sees what in the sandbox', () => {
  const seenBy = async (id: string, by: ReturnType<typeof openClient>): Promise<boolean> => (await by.get(`/api/v1/statuses/${id}`)).status === 200;

  it('keeps a direct post to its author and those it names', async () => {
    const secret = await ada.say('psst @repartee', { visibility: 'direct' });
    expect([await seenBy(secret.id, ada), await seenBy(secret.id, bot), await seenBy(secret.id, bo), await seenBy(secret.id, nobody)]).toEqual([true, true, false, false]);
    const search = await bo.get<{ statuses: Status[] }>('/api/v2/search?q=psst&type=statuses');
    expect(search.body.statuses).toEqual([]);
    expect((await bo.send('POST', '/api/v1/statuses', { status: 'x', in_reply_to_id: secret.id })).status).toBe(404);
    const open = await bo.say('public');
    const hidden = await ada.say('@repartee only you', { visibility: 'direct', in_reply_to_id: open.id });
    const context = async (by: ReturnType<typeof openClient>) => (await by.get<{ descendants: Status[] }>(`/api/v1/statuses/${open.id}/context`)).body.descendants.map(({ id }) => id);
    expect([await context(bot), await context(bo)]).toEqual([[hidden.id], []]);
  });

  it('holds a private mention from a stranger back until the policy lets it through, as Mastodon does', async () => {
    const cleo = openClient(sandbox.url, 'cleo');
    const dan = openClient(sandbox.url, 'dan');
    await dan.get('/api/v1/accounts/verify_credentials');
    await cleo.say('@dan first', { visibility: 'direct' });
    expect(await dan.mentions()).toEqual([]);
    expect(await dan.mentions('&include_filtered=true')).toMatchObject([{ filtered: true }]);
    await dan.send('PATCH', '/api/v2/notifications/policy', { for_private_mentions: 'accept' });
    await cleo.say('@dan second', { visibility: 'direct' });
    expect((await dan.mentions()).map(({ status }) => status?.content.includes('second'))).toEqual([true]);
  });

  it('shows a followers-only post to followers, and keeps it out of public lists', async () => {
    const post = await ada.say('for friends #quiet', { visibility: 'private' });
    expect(await seenBy(post.id, bo)).toBe(false);
    const followed = await bo.send<{ following: boolean }>('POST', `/api/v1/accounts/${post.account.id}/follow`);
    expect(followed.body.following).toBe(true);
    expect(await seenBy(post.id, bo)).toBe(true);
    expect(await seenBy((await ada.say('not for friends', { visibility: 'direct' })).id, bo)).toBe(false);
    expect((await bo.get<Status[]>('/api/v1/timelines/home?limit=1')).body[0]?.id).toBe(post.id);
    const ids = async (path: string) => (await bo.get<Status[]>(path)).body.map(({ id }) => id);
    const unlisted = await ada.say('hush #quiet', { visibility: 'unlisted' });
    for (const path of ['/api/v1/timelines/public', '/api/v1/timelines/tag/quiet', '/api/v1/trends/statuses']) {
      const list = await ids(path);
      expect(list).not.toContain(post.id);
      expect(list).not.toContain(unlisted.id);
    }
    expect(await seenBy(unlisted.id, nobody)).toBe(true);
    expect((await nobody.get<Status[]>(`/api/v1/statuses?id[]=${post.id}&id[]=${unlisted.id}`)).body.map(({ id }) => id)).toEqual([unlisted.id]);
  });

  it('says how many requests are left, with the reset as a date', async () => {
    const { headers } = await ada.get('/api/v1/accounts/verify_credentials');
    expect(Number(headers.get('x-ratelimit-remaining'))).toBeGreaterThan(0);
    expect(headers.get('x-ratelimit-reset')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  });
});
