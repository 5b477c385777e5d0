import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ETwitterStreamEvent, type TweetStream } from 'twitter-api-v2';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, openTwitter, sayX, type OpenX } from '../support/x-client.ts';
import { until } from '../support/until.ts';

interface Event { readonly data: { readonly event_uuid: string; readonly event_type: string; readonly tag?: string; readonly filter: object; readonly payload: { readonly id: string; readonly text: string }; readonly includes: { readonly users: readonly object[] } } }

let x: OpenX;
const streams: TweetStream<Event>[] = [];
const states: { beats: number; isOver: boolean }[] = [];
beforeAll(async () => {
  x = await openEmptyX({ keepAliveMs: 30 });
});
afterAll(async () => {
  for (const stream of streams) stream.destroy();
  await x.close();
});

const subscribe = (body: object) => openTwitter(x.url).v2.post<{ data: { subscription: { subscription_id: string } } }>('activity/subscriptions', body);

/** A stream as the client that others wrote reads it, and what came over it. */
const open = async (query: Readonly<Record<string, number>> = {}) => {
  const stream = openTwitter(x.url, demoKeys.bearer).v2.getStream<Event>('activity/stream', query, { autoConnect: false });
  const heard: Event[] = [];
  const state = { beats: 0, isOver: false };
  stream.on(ETwitterStreamEvent.Data, (event) => heard.push(event));
  stream.on(ETwitterStreamEvent.DataKeepAlive, () => (state.beats += 1));
  stream.on(ETwitterStreamEvent.ConnectionClosed, () => (state.isOver = true));
  streams.push(stream);
  states.push(state);
  await stream.connect();
  return { stream, heard, state };
};

describe('the activity stream', () => {
  it('is subscribed to by the bot alone, once', async () => {
    const mentions = { event_type: 'post.mention.create', filter: { user_id: x.bot.id }, tag: 'mentions' };
    const first = await subscribe(mentions);
    expect(first.data.subscription).toEqual({
      subscription_id: expect.stringMatching(/^\d{19}$/), event_type: 'post.mention.create', filter: { user_id: x.bot.id }, tag: 'mentions', created_at: expect.any(String), updated_at: expect.any(String),
    });
    expect(await subscribe(mentions)).toEqual({ ...first, meta: { total_subscriptions: 1 } });
    const ask = (authorization: string, body: object) => askX(x.url, authorization, 'POST', '/2/activity/subscriptions', body).then(({ status }) => status);
    expect(await ask(bearer(demoKeys.bearer), mentions)).toBe(403);
    expect(await ask(bearer('ada'), mentions)).toBe(403);
    expect(await ask(bearer('ada'), { ...mentions, event_type: 'post.mention' })).toBe(400);
    expect(await ask(bearer('ada'), { ...mentions, colour: 'red' })).toBe(400);
  });

  it('tells of typed handles alone, and not of protected accounts', async () => {
    const { heard, state } = await open();
    const own = x.world.say({ by: x.bot, text: 'I was saying' });
    await sayX(x.url, 'bo', 'no', { reply: { in_reply_to_tweet_id: own.id } });
    x.world.say({ by: x.world.ensureUser('shy', { isProtected: true }), text: '@repartee psst' });
    const asked = await sayX(x.url, 'ada', '@repartee is 1 < 2?');
    await until(() => heard.length > 0 && state.beats > 1);
    expect(heard).toEqual([{
      data: {
        event_uuid: expect.stringMatching(/^\d{19}$/), filter: { user_id: x.bot.id }, event_type: 'post.mention.create', tag: 'mentions',
        payload: expect.objectContaining({
          id: asked.id, text: '@repartee is 1 &lt; 2?', author_id: x.world.userNamed('ada')?.id, conversation_id: asked.id,
          entities: { mentions: [{ start: 0, start_str: '0', end: 9, end_str: '9', username: 'repartee', id: x.bot.id }] },
        }),
        includes: { users: [expect.objectContaining({ username: 'ada' }), expect.objectContaining({ username: 'repartee' })], tweets: [] },
      },
    }]);
    expect(x.bill().lines).toContainEqual({ what: 'activity event', count: 1, dollars: 0.005, dollarsWithIncludes: 0.005 });
  });

  it('refuses a third connection, and begins with what was missed', async () => {
    const { heard } = await open({ backfill_minutes: 1 });
    await until(() => heard.length === 1);
    const third = await askX(x.url, bearer(demoKeys.bearer), 'GET', '/2/activity/stream');
    expect(third).toMatchObject({ status: 429, body: { title: 'ConnectionException', connection_issue: 'TooManyConnections', type: 'https://api.x.com/2/problems/streaming-connection' } });
  });

  it('can break, and be opened again', async () => {
    x.cutStreams();
    await until(() => states.every(({ isOver }) => isOver));
    expect([states.length, (await open()).state.isOver]).toEqual([2, false]);
  });

  it('is silent once nobody is subscribed', async () => {
    const list = () => openTwitter(x.url, demoKeys.bearer).v2.get<{ data: readonly { subscription_id: string }[]; meta: object }>('activity/subscriptions');
    const { data: [subscription] } = await list();
    const removed = await openTwitter(x.url, demoKeys.bearer).v2.delete<unknown>(`activity/subscriptions/${subscription?.subscription_id}`);
    expect(removed).toEqual({ data: { deleted: true }, meta: { total_subscriptions: 0 } });
    expect(await list()).toEqual({ data: [], meta: { result_count: 0 } });
  });
});
