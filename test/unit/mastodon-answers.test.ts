import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError, UnknownOutcomeError } from '../../src/core/errors.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Mention, Reply } from '../../src/core/types.ts';
import { readPause } from '../../src/networks/mastodon/failures.ts';
import { bot, clock, failureOf, get, htmlError, openBot, openFakeMastodon, someMention, to, wireStatus } from '../support/fake-mastodon.ts';
import type { Answer, FlakyServer } from '../support/flaky-server.ts';

let server: FlakyServer;
let network: Network;
beforeEach(async () => {
  server = await openFakeMastodon();
  network = await openBot(server);
});
afterEach(() => server.close());

const toContext = get('/api/v1/statuses/100/context');
const toPost = to('POST', '/api/v1/statuses');
const reply = (more: Partial<Reply> = {}): Reply => ({ to: someMention, text: '@ana not much', language: 'en', idempotencyKey: 'key-1', giveUpAt: clock.monotonic() + 5_000, giveUpBy: Infinity, ...more });
const json = (status: number, headers: Readonly<Record<string, string>> = {}): Answer => ({ status, headers, body: { error: `it is a ${status}` } });
const date = 'Mon, 05 Jan 2026 10:00:00 GMT';
const limited = (reset: string): Answer => json(429, { date, 'x-ratelimit-reset': reset });

describe('a read that fails', () => {
  it.each<readonly [string, Answer]>([
    ['500', json(500)], ['503', json(503)], ['an HTML 502', htmlError(502)], ['an HTML page with 200', { status: 200, body: '<p>hello</p>' }],
    ['JSON of another shape', { status: 200, body: { hello: 1 } }], ['408', json(408)], ['a reset', 'reset'], ['half an answer', 'cut'], ['silence', 'hang'],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }],
  ])('by %s is temporary', async (_, answer) => {
    server.answer(toContext, answer);
    expect(await failureOf(network.thread(someMention))).toBeInstanceOf(TemporaryError);
  });

  it.each([[401, 'account'], [403, 'account'], [404, 'mention'], [410, 'mention']] as const)('by %d is permanent, about the %s', async (status, about) => {
    server.answer(toContext, json(status));
    const error = await failureOf(network.thread(someMention));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ about, message: `${new URL(server.url).host} said ${status} to a thread: it is a ${status}` });
  });

  it('by 429 says when to come back', async () => {
    server.answer(toContext, limited('2026-01-05T10:02:30.000000Z'));
    expect(await failureOf(network.thread(someMention))).toMatchObject({ name: 'TemporaryError', afterMs: 150_000 });
  });

  it('by a server that is gone is temporary', async () => {
    await server.close();
    expect(await failureOf(network.mentions('1'))).toMatchObject({ name: 'TemporaryError', message: expect.stringMatching(/connection (?:refused|lost)/) });
    server = await openFakeMastodon();
  });
});

describe('a post that fails', () => {
  it.each<readonly [string, Answer]>([
    ['500', json(500)], ['503', json(503)], ['408', json(408)], ['409', json(409)], ['an HTML 502', htmlError(502)], ['an HTML 429', htmlError(429)], ['418', json(418)],
    ['an HTML page with 200', { status: 200, body: '<p>hello</p>' }], ['JSON without a post', { status: 200, body: {} }], ['an empty 200', { status: 200 }],
    ['a reset', 'reset'], ['half an answer', 'cut'], ['silence', 'hang'], ['a redirect', { status: 301, headers: { location: '/elsewhere' } }],
  ])('by %s has an unknown outcome, and was sent once', async (_, answer) => {
    server.answer(toPost, answer);
    expect(await failureOf(network.post(reply()))).toBeInstanceOf(UnknownOutcomeError);
    expect(server.requests.filter(toPost)).toHaveLength(1);
  });

  it.each([[400, 'text'], [401, 'account'], [403, 'account'], [404, 'mention'], [410, 'mention'], [413, 'text'], [422, 'text']] as const)('by %d is permanent, about the %s', async (status, about) => {
    server.answer(toPost, json(status));
    const error = await failureOf(network.post(reply()));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ about });
    expect(String(error)).not.toContain('secret-token');
  });

  it('by an error without words is told by its number', async () => {
    server.answer(toPost, { status: 422, body: {} });
    expect(await failureOf(network.post(reply()))).toMatchObject({ name: 'PermanentError', about: 'text', message: `${new URL(server.url).host} said 422 to the post` });
  });

  it('by 429 is temporary and says when to come back', async () => {
    server.answer(toPost, limited('2026-01-05T12:00:00.000Z'));
    expect(await failureOf(network.post(reply()))).toMatchObject({ name: 'TemporaryError', afterMs: 7_200_000 });
  });

  it('by a refused connection is temporary: nothing was sent', async () => {
    await network.mentions('1');
    await server.close();
    await new Promise(resolve => setTimeout(resolve, 50));
    expect(await failureOf(network.post(reply()))).toMatchObject({ name: 'TemporaryError', message: expect.stringContaining('connection refused') });
    server = await openFakeMastodon();
  });

  it('by the clock sends nothing', async () => {
    expect(await failureOf(network.post(reply({ giveUpAt: clock.monotonic() - 1 })))).toBeInstanceOf(TemporaryError);
    expect(server.requests.filter(toPost)).toHaveLength(0);
  });

  it('by its deadline stops waiting then, before the time-out', async () => {
    server.answer(toPost, 'hang');
    const startedAt = performance.now();
    expect(await failureOf(network.post(reply({ giveUpAt: clock.monotonic() + 200 })))).toBeInstanceOf(UnknownOutcomeError);
    expect(performance.now() - startedAt).toBeLessThan(900);
  });
});

describe('how long to wait is read from', () => {
  const now = Date.parse(date);
  it.each<readonly [string, Readonly<Record<string, string>>, number | undefined]>([
    ['a date', { 'x-ratelimit-reset': '2026-01-05T10:05:00.000000Z', date }, 300_000],
    ["a date by the server's clock, not ours", { 'x-ratelimit-reset': '2026-01-05T08:01:00Z', date: 'Mon, 05 Jan 2026 08:00:00 GMT' }, 60_000],
    ['seconds since 1970', { 'x-ratelimit-reset': String(now / 1_000 + 90), date }, 90_000],
    ['Retry-After in seconds', { 'retry-after': '120' }, 120_000],
    ['Retry-After as a date', { 'retry-after': 'Mon, 05 Jan 2026 10:00:30 GMT' }, 30_000],
    ['a moment that is over: a second', { 'x-ratelimit-reset': '2026-01-05T09:00:00Z', date }, 1_000],
    ['a moment in years: three hours', { 'x-ratelimit-reset': '2036-01-05T09:00:00Z', date }, 10_800_000],
    ['nonsense: unknown', { 'x-ratelimit-reset': 'soon' }, undefined],
    ['nothing: unknown', {}, undefined],
  ])('%s', (_, headers, ms) => {
    expect(readPause(new Headers(headers), now)).toBe(ms);
  });
});

describe('what is sent with a post', () => {
  const sent = async (mention: Mention): Promise<unknown> => {
    server.answer(toPost, { status: 200, body: wireStatus('101', { account: bot, visibility: 'unlisted', in_reply_to_id: '100' }) });
    await network.post(reply({ to: mention }));
    return JSON.parse(server.requests.findLast(toPost)?.body ?? '');
  };

  it('is the answer, to whom, how visible, and its key', async () => {
    expect(await sent(someMention)).toEqual({ status: '@ana not much', in_reply_to_id: '100', visibility: 'unlisted', language: 'en', allowed_mentions: ['7'] });
    expect(server.requests.findLast(toPost)?.headers).toMatchObject({ 'idempotency-key': 'key-1', 'content-type': 'application/json' });
  });

  it.each([['public', 'unlisted'], ['unlisted', 'unlisted'], ['followers', 'direct'], ['direct', 'direct']] as const)('to a %s mention is %s', async (visibility, expected) => {
    expect(await sent({ ...someMention, visibility })).toMatchObject({ visibility: expected });
  });

  it('carries the content warning of the mention', async () => {
    expect(await sent({ ...someMention, contentWarning: 'politics' })).toMatchObject({ spoiler_text: 'politics', sensitive: true });
  });

  it('shortens a warning that would make the whole too long', async () => {
    const { spoiler_text: warning } = await sent({ ...someMention, contentWarning: 'w'.repeat(600) }) as { spoiler_text: string };
    expect(warning.length + '@ana not much'.length).toBe(500);
    expect(warning).toMatch(/^w+…$/);
  });
});

describe('our own reply', () => {
  const ours = wireStatus('101', { account: bot, visibility: 'unlisted', in_reply_to_id: '100' });
  const toOwn = get('/api/v1/accounts/1/statuses');

  it('is found in the thread among answers of others and to others', async () => {
    server.answer(toContext, { status: 200, body: { ancestors: [], descendants: [wireStatus('98', { in_reply_to_id: '100' }), wireStatus('99', { account: bot, in_reply_to_id: '98' }), ours] } });
    expect(await network.find(someMention)).toEqual({ id: '101', url: 'https://town.example/@ana/101', visibility: 'unlisted' });
  });

  it('is not there when nobody answered the mention itself', async () => {
    server.answer(toContext, { status: 200, body: { ancestors: [], descendants: [wireStatus('99', { account: bot, in_reply_to_id: '98' })] } });
    expect(await network.find(someMention)).toBeUndefined();
  });

  it('is found among our own posts when the mention is gone, pages back', async () => {
    const later = Array.from({ length: 40 }, (_, index) => wireStatus(String(300 - index), { account: bot, in_reply_to_id: '5', created_at: '2026-01-03T00:00:00.000Z' }));
    server.answer(toOwn, { status: 200, body: later });
    server.answer(request => toOwn(request) && request.path.includes('max_id=261'), { status: 200, body: [ours] });
    expect(await network.find(someMention)).toMatchObject({ id: '101' });
  });

  it('is not there when our own posts go back further than the mention without it', async () => {
    server.answer(toOwn, { status: 200, body: [wireStatus('50', { account: bot, in_reply_to_id: '5', created_at: '2026-01-01T00:00:00.000Z' })] });
    expect(await network.find(someMention)).toBeUndefined();
    expect(server.requests.filter(toOwn)).toHaveLength(1);
  });

  it('can never be looked for when our own posts do not go back far enough', async () => {
    server.answer(toOwn, { status: 200, body: [wireStatus('300', { account: bot, in_reply_to_id: '5', created_at: '2026-01-03T00:00:00.000Z' })] });
    expect(await failureOf(network.find(someMention))).toBeInstanceOf(PermanentError);
  });

  it('cannot be looked for while neither can be read', async () => {
    expect(await failureOf(network.find(someMention))).toBeInstanceOf(TemporaryError);
    server.answer(toContext, json(503));
    expect(await failureOf(network.find(someMention))).toBeInstanceOf(TemporaryError);
  });
});

describe('removing', () => {
  const ref = { id: '101', url: 'https://town.example/@bot/101' };
  const toDelete = to('DELETE', '/api/v1/statuses/101');

  it.each([200, 404, 410])('succeeds with %d', async status => {
    server.answer(toDelete, { status, body: status === 200 ? wireStatus('101') : { error: 'Record not found' } });
    await expect(network.remove(ref)).resolves.toBeUndefined();
    expect(server.requests.filter(toDelete)).toHaveLength(1);
  });

  it('does not take a refused token for success', async () => {
    server.answer(toDelete, json(401));
    expect(await failureOf(network.remove(ref))).toMatchObject({ name: 'PermanentError', about: 'account' });
  });
});
