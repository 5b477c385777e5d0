import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { askX, bearer, openTwitter, sayX } from '../support/x-client.ts';
import { openEmpty } from '../support/sandbox-client.ts';
import { until } from '../support/until.ts';

interface PagePost {
  readonly id: string;
  readonly author: { readonly handle: string; readonly name: string; readonly color: string; readonly avatar: string };
  readonly text: string;
  readonly createdAt: string;
  readonly replyTo: string | null;
  readonly replyToHandle: string | null;
  readonly quoteOf: string | null;
}

describe('X beside Mastodon, as the page sees it', () => {
  let sandbox: Sandbox;
  let url: string;
  const receipts = new Map<string, unknown>();
  beforeAll(async () => {
    sandbox = await openSandbox({ receipt: async (_, id) => receipts.get(id) });
    url = `${sandbox.url}/x`;
  });
  afterAll(() => sandbox.close());

  const get = async <T>(path: string): Promise<T> => (await fetch(`${sandbox.url}${path}`)).json() as Promise<T>;
  const timeline = () => get<{ bot: string; posts: readonly PagePost[] }>('/sandbox/x/timeline');

  it('opens with a town whose people talk in several languages', async () => {
    const { bot, posts } = await timeline();
    expect([bot, posts.length >= 12]).toEqual(['repartee', true]);
    expect(posts.map(({ createdAt }) => createdAt)).toEqual(posts.map(({ createdAt }) => createdAt).toSorted().toReversed());
    expect(posts.filter(({ replyTo }) => replyTo !== null).every(({ replyTo }) => posts.some(({ id }) => id === replyTo))).toBe(true);
    expect(new Set(sandbox.x?.world.posts().map(({ lang }) => lang)).size).toBeGreaterThanOrEqual(3);
  });

  it('lets the page post as a visitor and see it plain, while the API escapes it', async () => {
    const { id, text } = await sayX(url, 'visitor', '@repartee is 1 < 2 & why?');
    expect(text).toBe('@repartee is 1 &lt; 2 &amp; why?');
    const answer = await openTwitter(url).v2.reply('Because of 2.', id);
    const { posts: [reply, asked] } = await timeline();
    expect(asked).toMatchObject({ id, author: { handle: 'visitor' }, text: '@repartee is 1 < 2 & why?', replyTo: null, replyToHandle: null, quoteOf: null });
    expect(reply).toMatchObject({ id: answer.data.id, author: { handle: 'repartee' }, text: 'Because of 2.', replyTo: id, replyToHandle: 'visitor' });
  });

  it('tells the page what is posted and deleted, and what it costs', async () => {
    const leave = new AbortController();
    const events = await fetch(`${sandbox.url}/sandbox/x/events`, { signal: leave.signal });
    let heard = '';
    const listening = (async () => {
      for await (const part of events.body!.pipeThrough(new TextDecoderStream())) heard += part;
    })();
    const { id } = await sayX(url, 'visitor', '@repartee and now?');
    const answer = await openTwitter(url).v2.reply('Now too.', id);
    await openTwitter(url).v2.deleteTweet(answer.data.id);
    await until(() => heard.split('event: bill').length > 2 && heard.includes('event: delete'));
    leave.abort();
    await expect(listening).rejects.toThrow(/abort/);
    expect(heard).toContain(`event: delete\ndata: ${answer.data.id}\n`);
    expect(heard).toMatch(/event: post\ndata: \{"id":"\d{19}","author":\{"handle":"visitor"/);
    const bill = await get<{ dollars: number }>('/sandbox/x/bill');
    expect(bill).toEqual(sandbox.x?.bill());
    expect(heard).toContain(`event: bill\ndata: ${JSON.stringify(bill)}\n`);
  });

  it('hands out receipts', async () => {
    receipts.set('17', { why: 'because' });
    expect(await get('/sandbox/x/receipts/17')).toEqual({ why: 'because' });
    expect((await fetch(`${sandbox.url}/sandbox/x/receipts/18`)).status).toBe(404);
  });

  it('speaks X where Mastodon would answer', async () => {
    expect(await askX(url, '', 'GET', '/2/nothing')).toMatchObject({ status: 404, body: { title: 'Not Found', type: 'about:blank', status: 404 } });
    const foreign = await askX(url, bearer('visitor'), 'POST', '/2/tweets', { text: 'hi' }, { origin: 'http://evil.example' });
    expect(foreign).toMatchObject({ status: 403, body: { title: 'Forbidden', detail: 'This server takes no orders from other sites' } });
  });
});

it('lets the bot alone post before its first look, on X too', async () => {
  let isOpen = false;
  const sandbox = await openEmpty({ isOpen: () => isOpen });
  const url = `${sandbox.url}/x`;
  const post = () => askX(url, bearer('visitor'), 'POST', '/2/tweets', { text: 'early' });
  expect(await post()).toMatchObject({ status: 503, body: { title: 'Service Unavailable', detail: expect.stringContaining('waking up') } });
  expect((await openTwitter(url).v2.tweet('up before them')).data.text).toBe('up before them');
  isOpen = true;
  expect((await post()).status).toBe(201);
  await sandbox.close();
});

it('is left out when nobody wants it', async () => {
  const sandbox = await openEmpty({ x: false });
  expect([sandbox.x, (await fetch(`${sandbox.url}/x/2/users/me`)).status]).toEqual([undefined, 404]);
  await sandbox.close();
});
