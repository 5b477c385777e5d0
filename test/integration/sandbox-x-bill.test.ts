import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { demoKeys, type XSandboxOptions } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, openTwitter, sayX, type OpenX } from '../support/x-client.ts';

let x: OpenX;
let now: number;
const reopen = async (options: XSandboxOptions = {}): Promise<void> => {
  await x?.close();
  now = Date.now();
  x = await openEmptyX({ now: () => now, ...options });
};
beforeEach(() => reopen());
afterEach(() => x.close());

const app = (path: string) => askX(x.url, bearer(demoKeys.bearer), 'GET', path);
const last = () => x.requests.at(-1);
const cost = (dollars: number, dollarsWithIncludes = dollars) => ({ dollars, dollarsWithIncludes });
const summon = (handle = 'ada', text = `@repartee ${Math.random()}`) => x.world.say({ by: x.world.ensureUser(handle), text, lang: 'en', createdAt: now });

describe('the bill', () => {
  it('has the bot read its own mentions cheaply, and somebody else\'s posts not', async () => {
    const asked = summon();
    await openTwitter(x.url).v2.userMentionTimeline(x.bot.id);
    expect(last()).toEqual({ method: 'GET', path: `/2/users/${x.bot.id}/mentions`, status: 200, ...cost(0.001) });
    summon();
    await app(`/2/users/${x.bot.id}/mentions`);
    expect(last()).toMatchObject(cost(0.005));
    await app(`/2/tweets/${asked.id}`);
    expect(last()).toMatchObject(cost(0));
  });

  it('counts what comes along in one total and not in the other, each resource once a day', async () => {
    const parent = summon('bo', 'the moon is cheese');
    x.world.say({ by: x.world.ensureUser('ada'), text: '@repartee is it?', replyTo: parent.id, createdAt: now });
    const poll = () => openTwitter(x.url).v2.userMentionTimeline(x.bot.id, { expansions: ['author_id', 'referenced_tweets.id', 'referenced_tweets.id.author_id'] });
    await poll();
    expect(last()).toMatchObject(cost(0.001, 0.026));
    await poll();
    expect(last()).toMatchObject(cost(0));
    await app(`/2/tweets/${parent.id}`);
    expect(last()).toMatchObject(cost(0.005, 0));
    expect(x.bill()).toEqual({
      ...cost(0.006, 0.026),
      lines: expect.arrayContaining([
        { what: 'owned read', count: 1, ...cost(0.001) }, { what: 'included post', count: 1, ...cost(0, 0.005) }, { what: 'included user', count: 2, ...cost(0, 0.02) },
        { what: 'post read', count: 1, ...cost(0.005, 0) },
      ]),
    });
  });

  it('begins anew with the UTC day', async () => {
    summon();
    await app(`/2/users/${x.bot.id}/mentions`);
    now += 86_400_000;
    await app(`/2/users/${x.bot.id}/mentions`);
    expect(last()).toMatchObject(cost(0.005));
  });

  it.each([
    ['a summoned reply', 0.01, () => openTwitter(x.url).v2.reply('So it is.', summon().id)],
    ['a reply below its own post, which nobody called for,', 0.015, () => openTwitter(x.url).v2.reply('And more.', x.world.say({ by: x.bot, text: 'Much.' }).id)],
    ['a post', 0.015, () => openTwitter(x.url).v2.tweet('Good morning.')],
    ['a post with a link', 0.2, () => openTwitter(x.url).v2.tweet('See https://example.com/tea')],
    ['a summoned reply with no more than a domain', 0.2, () => openTwitter(x.url).v2.reply('Ask example.com', summon().id)],
    ['a user', 0.01, () => openTwitter(x.url).v2.me()],
    ['trends', 0.01, () => app('/2/trends/by/woeid/1')],
    ['taking a post back', 0.01, () => openTwitter(x.url).v2.deleteTweet(x.world.say({ by: x.bot, text: 'oops' }).id)],
    ['an empty search', 0, () => app('/2/tweets/search/recent?query=nothing')],
    ['something that fails', 0, () => app('/2/tweets/17?colour=red')],
    ['asking what was used', 0, () => app('/2/usage/tweets')],
    ['a visitor', 0, () => sayX(x.url, 'visitor', 'see https://example.com/tea')],
  ])('for %s is %d dollars', async (_, dollars, act) => {
    await act();
    expect(last()).toMatchObject(cost(dollars));
    expect(x.bill()).toMatchObject(cost(dollars));
  });

  it('ends with the credits: then nothing is served to the app, and people talk on', async () => {
    const credits = 'Your enrolled account does not have any credits to fulfill this request.';
    await reopen({ credits: 0.015 });
    await openTwitter(x.url).v2.tweet('My last money.');
    await expect(openTwitter(x.url).v2.tweet('More.')).rejects.toMatchObject({ code: 402, data: { title: 'CreditsDepleted', detail: credits, type: 'https://api.x.com/2/problems/credits' } });
    expect((await app(`/2/users/${x.bot.id}/mentions`)).status).toBe(402);
    await sayX(x.url, 'visitor', 'so quiet here');
  });

  it('ends sooner when what comes along counts', async () => {
    await reopen({ credits: 0.011, includesBilled: true });
    summon();
    await app(`/2/users/${x.bot.id}/mentions?expansions=author_id`);
    expect((await app(`/2/users/${x.bot.id}/mentions`)).status).toBe(402);
  });

  it('is told in posts by X itself', async () => {
    summon();
    await app(`/2/users/${x.bot.id}/mentions`);
    const { data: { cap_reset_day: day, ...data } } = (await askX<{ data: { cap_reset_day: number } }>(x.url, bearer(demoKeys.bearer), 'GET', '/2/usage/tweets?usage.fields=daily_project_usage')).body;
    expect(day).toBeGreaterThan(0);
    expect(data).toEqual({
      project_cap: '3000000', project_id: '1', project_usage: '1', daily_project_usage: { project_id: '1', usage: [{ date: `${new Date(now).toISOString().slice(0, 10)}T00:00:00.000Z`, usage: '1' }] },
    });
  });
});

describe('the rate limits', () => {
  it('count down by endpoint and caller, refuse, and begin anew after 15 minutes', async () => {
    await reopen();
    const trends = () => app('/2/trends/by/woeid/1');
    const first = await trends();
    expect([first.headers.get('x-rate-limit-limit'), first.headers.get('x-rate-limit-remaining'), first.headers.get('x-rate-limit-reset')])
      .toEqual(['75', '74', String(Math.ceil((now + 900_000) / 1000))]);
    for (let at = 1; at < 75; at += 1) await trends();
    const refused = await trends();
    expect([refused.status, refused.body, refused.headers.get('x-rate-limit-remaining')])
      .toEqual([429, { title: 'Too Many Requests', type: 'about:blank', status: 429, detail: 'Too Many Requests' }, '0']);
    expect((await app(`/2/users/${x.bot.id}/mentions`)).headers.get('x-rate-limit-remaining')).toBe('449');
    expect((await openTwitter(x.url).v2.userMentionTimeline(x.bot.id)).rateLimit).toMatchObject({ limit: 300, remaining: 299 });
    now += 900_000;
    expect((await trends()).status).toBe(200);
  });
});
