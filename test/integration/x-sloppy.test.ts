// Servers that only resemble X: other people's stand-ins, proxies, and X on a bad day.
import { describe, expect, it } from '@jest/globals';
import { UnknownOutcomeError } from '../../src/core/errors.ts';
import type { Network } from '../../src/core/ports.ts';
import { x } from '../../src/networks/x/index.ts';
import { walkMentions } from '../contract/network-driver.ts';
import { openBooks } from '../support/books.ts';
import { serve } from '../support/servers.ts';
import { oauth1, toTools } from '../support/x-driver.ts';

type Post = Readonly<Record<string, unknown>> & { readonly id: string };

/** A stand-in that knows one user, ignores `start_time`, gives short ids and few fields, and lists in whatever order it likes. */
async function openStandIn(posts: Post[], order: 'newest first' | 'oldest first' = 'newest first', more: { drips?: boolean } = {}): Promise<{ network: Network; sent: string[] }> {
  const sent: string[] = [];
  const { url } = await serve((request, response, body) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const say = (status: number, answer: unknown) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    if (request.method === 'POST') {
      sent.push(body);
      if (!more.drips) return say(201, { data: { id: '2001', text: 'x' } });
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '1000' });
      const timer = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(timer));
      return undefined;
    }
    if (pathname.endsWith('/users/me')) return say(200, { data: { id: '0', username: 'quip', name: 'Quip' } });
    if (pathname.endsWith('/tweets')) return say(200, { data: sent.map((body, at) => ({ id: String(2001 + at), text: (JSON.parse(body) as { text: string }).text })), meta: { result_count: sent.length } });
    if (!pathname.endsWith('/mentions')) return say(404, { title: 'Not Found', status: 404 });
    const since = Number(searchParams.get('since_id') ?? 0);
    const found = posts.filter(({ id }) => Number(id) > since).slice(-Number(searchParams.get('max_results')));
    return say(200, { data: order === 'newest first' ? found.toReversed() : found, meta: { result_count: found.length } });
  });
  const settings = x.settings.parse({ ...oauth1, apiUrl: url, timeoutSeconds: 1 });
  return { network: await x.open(settings, toTools(openBooks())), sent };
}

const post = (id: number, text = `@quip question ${id}`): Post => ({ id: String(id), text, author_id: '10' });

describe('a server that only resembles X', () => {
  it.each(['newest first', 'oldest first'] as const)('gives every mention once and oldest first, though it lists them %s', async order => {
    const posts = [post(997), post(998)];
    const { network } = await openStandIn(posts, order);
    const first = await network.mentions();
    expect(first).toMatchObject({ mentions: [], cursor: '998' });
    posts.push(post(999), post(1000), post(1001));
    const { mentions, cursor } = await walkMentions(network, first.cursor);
    expect(mentions.map(({ id }) => id)).toEqual(['999', '1000', '1001']);
    expect(cursor).toBe('1001');
    expect((await walkMentions(network, cursor)).mentions).toEqual([]);
  });

  it('is answered although it tells neither people nor times nor where handles stand', async () => {
    const posts: Post[] = [];
    const { network, sent } = await openStandIn(posts);
    const { cursor } = await network.mentions();
    posts.push(post(1001));
    const [mention] = (await network.mentions(cursor)).mentions;
    if (!mention) throw new Error('the mention did not arrive');
    expect(mention).toMatchObject({ author: { id: '10', handle: 'somebody' }, url: 'https://x.com/i/web/status/1001' });
    expect(mention.unanswerable).toBeUndefined();
    expect(Math.abs(Date.parse(mention.createdAt) - Date.now())).toBeLessThan(5_000);
    expect((await network.thread(mention)).map(({ id }) => id)).toEqual(['1001']);
    expect(await network.post({ to: mention, text: 'well', idempotencyKey: 'k', giveUpAt: performance.now() + 5_000, giveUpBy: Infinity })).toMatchObject({ id: '2001' });
    expect(sent).toEqual(['{"text":"well","reply":{"in_reply_to_tweet_id":"1001"}}']);
  });

  it('that does not say what a post answers is read back by the words of the answer', async () => {
    const posts: Post[] = [];
    const { network } = await openStandIn(posts);
    const { cursor } = await network.mentions();
    posts.push(post(1001), post(1002));
    const { mentions: [one, other] } = await network.mentions(cursor);
    if (!one || !other) throw new Error('the mentions did not arrive');
    await network.post({ to: one, text: 'well', idempotencyKey: 'k', giveUpAt: performance.now() + 5_000, giveUpBy: Infinity });
    expect(await network.find(one, 'well')).toMatchObject({ id: '2001' });
    expect(await network.find(other, 'something else')).toBeUndefined();
    expect(await network.find(other)).toBeUndefined();
  });

  it('leaves out what it cannot say right, and tells that it did', async () => {
    const posts: Post[] = [];
    const { network } = await openStandIn(posts);
    const { cursor } = await network.mentions();
    posts.push(post(1001), { ...post(1002), id: 1002 as unknown as string }, post(1003));
    const page = await network.mentions(cursor);
    expect(page.mentions.map(({ id }) => id)).toEqual(['1001', '1003']);
    expect(page.gap).toBe('one mention could not be read and left out');
  });

  it('that takes its time over an answer, byte by byte, leaves its outcome unknown when the time is over', async () => {
    const posts: Post[] = [];
    const { network } = await openStandIn(posts, 'newest first', { drips: true });
    const { cursor } = await network.mentions();
    posts.push(post(1001));
    const [mention] = (await network.mentions(cursor)).mentions;
    if (!mention) throw new Error('the mention did not arrive');
    const started = performance.now();
    const failure: unknown = await network.post({ to: mention, text: 'well', idempotencyKey: 'k', giveUpAt: performance.now() + 5_000, giveUpBy: Infinity }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnknownOutcomeError);
    expect((failure as Error).message).toMatch(/gave no usable answer to the post: no answer in time$/u);
    expect(performance.now() - started).toBeLessThan(2_500);
  });
});
