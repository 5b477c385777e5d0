import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiPartialResponseError, ApiRequestError, ApiResponseError } from 'twitter-api-v2';
import type { FaultyRequest, XFaults } from '../../src/sandbox/x/index.ts';
import { openEmptyX, openTwitter, type OpenX } from '../support/x-client.ts';

let x: OpenX;
let now = 0;
let faults: XFaults;
beforeEach(async () => {
  faults = {};
  now = Date.now();
  x = await openEmptyX({ faults, now: () => now });
});
afterEach(() => x.close());

const bot = () => openTwitter(x.url).v2;
const post = (timeout = 5000) => openTwitter(x.url).v2.post('tweets', { text: 'Once.' }, { timeout });
const said = (): readonly string[] => x.world.posts().map(({ text }) => text);
const failure = async (asking: Promise<unknown>): Promise<unknown> => asking.then(() => undefined, (error: unknown) => error);
const onPost = <T>(fault: T) => ({ method }: FaultyRequest): T | undefined => (method === 'POST' ? fault : undefined);

describe('what can go wrong before anything is done', () => {
  it('is slowness, of all or of some', async () => {
    const started = performance.now();
    faults.latencyMs = ({ path }) => (path === '/2/users/me' ? 60 : 0);
    await bot().me();
    expect(performance.now() - started).toBeGreaterThan(55);
  });

  it('is a refusal of any kind, an HTML page among them', async () => {
    faults.before = onPost({ status: 503, body: '<html>Over capacity</html>', headers: { 'retry-after': '7' } });
    const error = await failure(post());
    expect(error).toBeInstanceOf(ApiResponseError);
    expect(error).toMatchObject({ code: 503, data: '<html>Over capacity</html>', headers: { 'content-type': 'text/html; charset=utf-8', 'retry-after': '7' } });
    expect([said(), x.requests.at(-1)]).toEqual([[], { method: 'POST', path: '/2/tweets', status: 503, dollars: 0, dollarsWithIncludes: 0 }]);
  });

  it('is a connection that is cut, or goes silent', async () => {
    faults.before = onPost('cut' as const);
    expect(await failure(post())).toBeInstanceOf(ApiRequestError);
    faults.before = onPost('stall' as const);
    expect(await failure(post(50))).toBeInstanceOf(ApiRequestError);
    expect([said(), x.requests.map(({ status }) => status)]).toEqual([[], [0, 0]]);
  });

  it('is known by method, path and body, and how often it was tried', async () => {
    const seen: FaultyRequest[] = [];
    faults.before = (request) => {
      seen.push(request);
      return request.attempt < 3 ? { status: 500, body: {} } : undefined;
    };
    for (const status of [500, 500, 201]) {
      const error = await failure(post());
      expect(error === undefined ? 201 : (error as ApiResponseError).code).toBe(status);
    }
    await failure(bot().me());
    expect(seen.map(({ attempt, body, path }) => [path, attempt, body])).toEqual([
      ...[1, 2, 3].map((attempt) => ['/2/tweets', attempt, { text: 'Once.' }]), ['/2/users/me', 1, ''],
    ]);
  });
});

describe('what can go wrong once it is done', () => {
  it.each(['cut', 'half', 'stall'] as const)('is an answer that is lost: %s', async (how) => {
    faults.after = onPost(how);
    const error = await failure(post(100));
    expect(error).toBeInstanceOf(how === 'half' ? ApiPartialResponseError : ApiRequestError);
    expect([said(), x.bill().dollars]).toEqual([['Once.'], 0.015]);
    faults.after = undefined;
    await expect(post()).rejects.toMatchObject({ code: 403, data: { detail: 'You are not allowed to create a Tweet with duplicate content.' } });
    expect((await bot().userTimeline(x.bot.id)).tweets.map(({ text }) => text)).toEqual(['Once.']);
  });

  it('is another answer', async () => {
    faults.after = onPost({ status: 504, body: '' });
    await expect(post()).rejects.toMatchObject({ code: 504 });
    expect(said()).toEqual(['Once.']);
  });
});

describe('what can go wrong by itself', () => {
  it('is a rate limit, with or without the time of its end', async () => {
    faults.limits = { 'POST /2/tweets': { limit: 0 } };
    await expect(post()).rejects.toMatchObject({ code: 429, rateLimit: { limit: 0, remaining: 0, reset: Math.ceil((now + 900_000) / 1000) } });
    faults.limits = { 'POST /2/tweets': { limit: 0, hidesReset: true } };
    const error = await failure(post());
    expect(error).toMatchObject({ code: 429 });
    expect((error as ApiResponseError).headers).not.toHaveProperty('x-rate-limit-reset');
  });

  it('is a post that cannot be read yet', async () => {
    faults.readLagMs = 5000;
    const { data } = await bot().tweet('Soon.');
    const timeline = async () => (await bot().userTimeline(x.bot.id)).tweets.length;
    expect([await timeline(), (await bot().singleTweet(data.id)).errors?.[0]?.title]).toEqual([0, 'Not Found Error']);
    now += 5000;
    expect([await timeline(), (await bot().singleTweet(data.id)).data.text]).toEqual([1, 'Soon.']);
  });

  it('is a clock that is off, as the Date header shows', async () => {
    now -= 600_000;
    const error = await failure(bot().me());
    expect(error).toMatchObject({ code: 401, headers: { date: new Date(now).toUTCString() } });
  });
});
