import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { openClient, openEmpty, type Status } from '../support/sandbox-client.ts';

interface Frame { readonly stream?: readonly string[]; readonly event?: string; readonly payload?: string; readonly error?: string; readonly status?: number }

let sandbox: Sandbox;
let ada: ReturnType<typeof openClient>;

beforeAll(async () => {
  sandbox = await openEmpty();
  ada = openClient(sandbox.url, 'ada');
});
afterAll(() => sandbox.close());

const address = (query = ''): string => `${sandbox.url.replace('http', 'ws')}/api/v1/streaming${query}`;

/** An open socket and everything it said. */
const listenTo = async (socket: WebSocket) => {
  const frames: Frame[] = [];
  socket.on('message', (data: Buffer) => frames.push(JSON.parse(data.toString('utf8')) as Frame));
  await once(socket, 'open');
  return {
    frames,
    send: (frame: unknown) => socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
    async until(count: number): Promise<readonly Frame[]> {
      while (frames.length < count) await once(socket, 'message');
      return frames;
    },
    /** Waits until the server has read everything sent so far. */
    async settle(): Promise<void> {
      socket.ping();
      await once(socket, 'pong');
    },
    close: () => socket.close(),
  };
};

const refusal = async (socket: WebSocket): Promise<number> => {
  const [, response] = await once(socket, 'unexpected-response') as [unknown, { statusCode: number }];
  socket.on('error', () => undefined);
  socket.terminate();
  return response.statusCode;
};

describe('streaming by WebSocket', () => {
  it.each([
    ['an Authorization header', () => new WebSocket(address('?stream=user:notification'), { headers: { authorization: 'Bearer repartee' } })],
    ['a protocol', () => new WebSocket(address('?stream=user:notification'), ['repartee'])],
    ['a parameter', () => new WebSocket(address('?stream=user:notification&access_token=repartee'))],
  ])('knows its listener by %s', async (_, open) => {
    const socket = await listenTo(open());
    const asked = await ada.say('@repartee hello');
    const [frame] = await socket.until(1);
    socket.close();
    expect(frame).toMatchObject({ stream: ['user:notification'], event: 'notification' });
    expect(JSON.parse(frame?.payload ?? '')).toMatchObject({ type: 'mention', status: { id: asked.id } });
  });

  it('carries several streams after subscribe frames, and falls silent after unsubscribe', async () => {
    const socket = await listenTo(new WebSocket(address(), ['repartee']));
    for (const stream of ['user', 'public']) socket.send({ type: 'subscribe', stream });
    socket.send({ type: 'subscribe', stream: 'hashtag', tag: 'Tea' });
    await socket.settle();
    const post = await ada.say('@repartee #tea');
    await ada.say('not for the public', { visibility: 'unlisted' });
    await ada.send('DELETE', `/api/v1/statuses/${post.id}`);
    const frames = await socket.until(5);
    expect(frames.map(({ stream, event }) => [...stream ?? [], event])).toEqual([
      ['public', 'update'], ['hashtag', 'tea', 'update'], ['user', 'notification'], ['public', 'delete'], ['hashtag', 'tea', 'delete'],
    ]);
    expect(frames[3]?.payload).toBe(post.id);
    for (const stream of ['user', 'public']) socket.send({ type: 'unsubscribe', stream });
    await socket.settle();
    await ada.say('@repartee #tea again');
    expect((await socket.until(6))[5]?.stream).toEqual(['hashtag', 'tea']);
    socket.close();
  });

  it('keeps private words to those they are for', async () => {
    const stranger = await listenTo(new WebSocket(address('?stream=user'), ['bo']));
    stranger.send({ type: 'subscribe', stream: 'public' });
    const friend = await listenTo(new WebSocket(address('?stream=direct'), ['repartee']));
    friend.send({ type: 'subscribe', stream: 'user:notification' });
    await stranger.settle();
    await friend.settle();
    const secret = await ada.say('@repartee secret', { visibility: 'direct' });
    // A stranger's private mention is held back by the first policy of an account, so the second one is what rings.
    const quiet = await ada.say('@repartee psst', { visibility: 'unlisted' });
    const [frame, ring] = await friend.until(2);
    await stranger.settle();
    expect((JSON.parse(ring?.payload ?? '') as { status: Status }).status.id).toBe(quiet.id);
    expect(frame).toMatchObject({ stream: ['direct'], event: 'conversation' });
    expect((JSON.parse(frame?.payload ?? '') as { last_status: Status }).last_status.id).toBe(secret.id);
    expect(stranger.frames).toEqual([]);
    friend.close();
    stranger.close();
  });

  it('says when a stream is unknown or a frame is no JSON, and stays open', async () => {
    const socket = await listenTo(new WebSocket(address('?stream=gossip'), ['repartee']));
    socket.send('{');
    expect(await socket.until(2)).toEqual([{ error: 'Unknown stream type', status: 400 }, { error: 'Invalid JSON', status: 400 }]);
    await socket.settle();
    socket.close();
  });

  it('turns away bad tokens, no token, other sites and other hosts at the door', async () => {
    expect(await refusal(new WebSocket(address(), ['not-a-handle']))).toBe(401);
    expect(await refusal(new WebSocket(address()))).toBe(401);
    expect(await refusal(new WebSocket(`${sandbox.url.replace('http', 'ws')}//`, ['repartee']))).toBe(404);
    expect(await refusal(new WebSocket(address(), ['repartee'], { origin: 'http://elsewhere.example' }))).toBe(403);
    expect(await refusal(new WebSocket(address(), ['repartee'], { headers: { host: 'elsewhere.example' } }))).toBe(403);
  });
});

/** Reads server-sent events until there are `count` of them. */
const readEvents = async (path: string, token: string | undefined, whenOpen: () => Promise<unknown>, count: number) => {
  const stop = new AbortController();
  const answer = await fetch(`${sandbox.url}${path}`, { signal: stop.signal, headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  await whenOpen();
  let text = '';
  const events = () => text.split('\n\n').filter((block) => block.startsWith('event:') && block.includes('\ndata: '));
  for await (const chunk of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (events().length >= count) break;
  }
  stop.abort();
  return { type: answer.headers.get('content-type'), text, events: events().map((block) => ({ event: block.slice(7, block.indexOf('\n')), data: block.slice(block.indexOf('data: ') + 6) })) };
};

describe('streaming by server-sent events', () => {
  it('brings notifications', async () => {
    const { type, text, events } = await readEvents('/api/v1/streaming/user/notification', 'repartee', () => ada.say('@repartee by events'), 1);
    expect(type).toBe('text/event-stream');
    expect(text.startsWith(':)')).toBe(true);
    expect(events).toMatchObject([{ event: 'notification' }]);
    expect(JSON.parse(events[0]?.data ?? '')).toMatchObject({ type: 'mention', account: { acct: 'ada' } });
  });

  it('refuses without a token and for unknown streams', async () => {
    const status = async (path: string) => (await fetch(`${sandbox.url}/api/v1/streaming/${path}`)).status;
    expect([await status('user'), await status('gossip?access_token=repartee')]).toEqual([401, 400]);
    expect(await (await fetch(`${sandbox.url}/api/v1/streaming/health`)).text()).toBe('OK');
  });

  it('feeds the page with everything the visitor may see, unlisted answers too, and what goes away', async () => {
    const { events } = await readEvents('/sandbox/events', undefined, async () => {
      await ada.say('nothing for you', { visibility: 'direct' });
      await ada.say('for you @visitor', { visibility: 'direct' });
      const quiet = await ada.say('quiet', { visibility: 'unlisted' });
      await ada.send('DELETE', `/api/v1/statuses/${quiet.id}`);
    }, 3);
    expect(events.map(({ event }) => event)).toEqual(['status', 'status', 'delete']);
    expect(events[0]?.data).toContain('for you');
    expect((JSON.parse(events[1]?.data ?? '') as Status).id).toBe(events[2]?.data);
  });
});
