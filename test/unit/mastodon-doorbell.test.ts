import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { openDoorbell, type Doorbell, type Stream } from '../../src/networks/mastodon/doorbell.ts';
import { toWays } from '../../src/networks/mastodon/streams.ts';
import { atEaseMs } from '../support/at-ease.ts';

let server: WebSocketServer;
let sockets: { readonly socket: WebSocket; readonly request: IncomingMessage }[];
let frames: string[];
let rings: number;
let stop: AbortController;
let ended: Promise<void> | undefined;

const openServer = async (port = 0): Promise<void> => {
  server = new WebSocketServer({ host: '127.0.0.1', port });
  server.on('connection', (socket, request) => {
    sockets.push({ socket, request });
    socket.on('message', data => frames.push(String(data as Buffer)));
  });
  await once(server, 'listening');
};
const closeServer = async (): Promise<void> => {
  for (const client of server.clients) client.terminate();
  server.close();
  await once(server, 'close');
};
const port = (): number => (server.address() as AddressInfo).port;
const listenAt = (url: string, more: Partial<Stream> = {}): Doorbell => {
  const bell = openDoorbell({ ways: [{ kind: 'socket', url }], token: 't0ken', userAgent: 'repartee-test/0', timeoutMs: 2_000, ...more });
  ended = bell.listen(() => { rings += 1; }, stop.signal);
  return bell;
};
const listen = (more: Partial<Stream> = {}): Doorbell => listenAt(`ws://127.0.0.1:${port()}`, more);
const until = async (condition: () => boolean): Promise<void> => {
  const deadline = performance.now() + 8_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await sleep(5);
  }
};
const event = (name: string): string => JSON.stringify({ stream: ['user:notification'], event: name, payload: '{}' });

beforeEach(async () => {
  sockets = [];
  frames = [];
  rings = 0;
  stop = new AbortController();
  await openServer();
});
afterEach(async () => {
  stop.abort();
  await ended;
  await closeServer();
});

describe('the doorbell', () => {
  it('subscribes, rings on connecting and on each notification, and on nothing else', async () => {
    listen();
    await until(() => frames.length === 1);
    expect(JSON.parse(frames[0] ?? '')).toEqual({ type: 'subscribe', stream: 'user:notification' });
    expect(sockets[0]?.request.url).toBe('/api/v1/streaming');
    expect(sockets[0]?.request.headers).toMatchObject({ authorization: 'Bearer t0ken', 'user-agent': 'repartee-test/0' });
    expect(rings).toBe(1);
    for (const frame of [event('notification'), event('update'), '[]', '7', event('notification')]) sockets[0]?.socket.send(frame);
    await until(() => rings === 3);
    await sleep(50);
    expect(rings).toBe(3);
  });

  it('leaves no connection open to a server that answers no goodbye', async () => {
    await closeServer();
    const open = new Set<unknown>();
    const rude = createServer(socket => {
      open.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => open.delete(socket));
      socket.once('data', (head: Buffer) => {
        const key = /sec-websocket-key: (\S+)/iu.exec(head.toString('latin1'))?.[1] ?? '';
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        const text = '{"error":"no","status":401}';
        socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
        socket.write(Buffer.concat([Buffer.from([0x81, text.length]), Buffer.from(text)]));
      });
    }).listen(0, '127.0.0.1');
    await once(rude, 'listening');
    listenAt(`ws://127.0.0.1:${(rude.address() as AddressInfo).port}`);
    await until(() => rings === 2);
    stop.abort();
    await ended;
    await until(() => open.size === 0);
    rude.close();
    await once(rude, 'close');
    await openServer();
  }, 15_000);

  it('does not ring for what people like', async () => {
    listen();
    await until(() => frames.length === 1);
    const told = (type: string): string => JSON.stringify({ stream: ['user:notification'], event: 'notification', payload: JSON.stringify({ id: '7', type, account: { id: '1' } }) });
    for (const frame of [told('favourite'), told('reblog'), told('mention'), told('follow')]) sockets[0]?.socket.send(frame);
    await until(() => rings === 2);
    await sleep(50);
    expect(rings).toBe(2);
  });

  it('comes back after a cut, and rings again', async () => {
    listen();
    await until(() => frames.length === 1);
    sockets[0]?.socket.terminate();
    await until(() => frames.length === 2);
    expect(rings).toBe(2);
  });

  it('comes back after the server was away', async () => {
    listen();
    await until(() => frames.length === 1);
    const at = port();
    await closeServer();
    await sleep(300);
    await openServer(at);
    await until(() => frames.length === 2);
    expect(rings).toBe(2);
  });

  it.each(['{"error":"Access token does not have the required scopes","status":401}', '<html>'])('takes the frame %j for a failure', async frame => {
    listen();
    await until(() => frames.length === 1);
    const closed = once(sockets[0]?.socket ?? server, 'close');
    sockets[0]?.socket.send(frame);
    await closed;
    await until(() => frames.length === 2);
  });

  it('waits longer with every failure', async () => {
    listen();
    const seenAt: number[] = [];
    server.on('connection', socket => {
      seenAt.push(performance.now());
      socket.terminate();
    });
    await until(() => seenAt.length === 3);
    const [first = 0, second = 0, third = 0] = seenAt;
    expect(second - first).toBeGreaterThanOrEqual(490);
    expect(third - second).toBeGreaterThanOrEqual(990);
  });

  it('gives up on a server that does not finish the handshake', async () => {
    let upgrades = 0;
    await closeServer();
    const silent = createServer(socket => {
      upgrades += 1;
      socket.on('error', () => socket.destroy());
      socket.resume();
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port: at } = silent.address() as AddressInfo;
    listenAt(`ws://127.0.0.1:${at}`, { timeoutMs: 100 });
    await until(() => upgrades === 2);
    expect(rings).toBe(0);
    stop.abort();
    await ended;
    silent.close();
    await once(silent, 'close');
    await openServer();
  });

  it('ends at once when it is told to, and leaves no connection', async () => {
    listen();
    await until(() => frames.length === 1);
    const closed = once(sockets[0]?.socket ?? server, 'close');
    const startedAt = performance.now();
    stop.abort();
    await ended;
    expect(performance.now() - startedAt).toBeLessThan(atEaseMs(100));
    await closed;
    sockets[0]?.socket.send(event('notification'));
    await sleep(50);
    expect(rings).toBe(1);
  });

  it('does not even begin when it was told to end before', async () => {
    stop.abort();
    listen();
    await ended;
    await sleep(50);
    expect(sockets).toHaveLength(0);
  });

  it('can be told to end while it waits for the next try', async () => {
    await closeServer();
    const gone = 'ws://127.0.0.1:1';
    listenAt(gone, { timeoutMs: 1_000 });
    await sleep(200);
    stop.abort();
    await ended;
    expect(rings).toBe(0);
    await openServer();
  });

  it('looks whether the login is good before it comes back, and stays away while it is not', async () => {
    let isGood = false;
    let looks = 0;
    listen({ verify: async () => (looks += 1, isGood) });
    await until(() => frames.length === 1);
    expect(looks).toBe(0);
    sockets[0]?.socket.terminate();
    await until(() => looks === 1);
    await sleep(50);
    expect(sockets).toHaveLength(1);
    isGood = true;
    await until(() => frames.length === 2);
    expect(looks).toBe(2);
  });

  it('that was not heard twice is connected to anew, and says so', async () => {
    const lines: string[] = [];
    const bell = listen({ say: line => lines.push(line) });
    await until(() => frames.length === 1);
    bell.missed();
    sockets[0]?.socket.send(event('update'));
    await sleep(50);
    bell.missed();
    await sleep(50);
    expect(lines).toEqual([]);
    bell.missed();
    await until(() => frames.length === 2);
    expect(lines).toEqual(['the stream is silent although there are mentions: connecting anew']);
  });

  it('goes on by server-sent events where no socket opens', async () => {
    const events = createHttpServer((request, response) => {
      expect(request.headers.authorization).toBe('Bearer t0ken');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(':)\n\nevent: upd');
      setTimeout(() => response.write('ate\ndata: {}\n\n:thump\n\nevent: notification\ndata: {}\n\n'), 20);
      setTimeout(() => response.end(), 200);
    }).listen(0, '127.0.0.1');
    await once(events, 'listening');
    const { port: at } = events.address() as AddressInfo;
    const lines: string[] = [];
    listenAt('ws://127.0.0.1:1', { ways: [{ kind: 'socket', url: 'ws://127.0.0.1:1' }, { kind: 'events', url: `http://127.0.0.1:${at}` }], say: line => lines.push(line) });
    await until(() => rings === 2);
    await until(() => rings === 4); // it comes back to the way that worked
    expect(lines).toEqual([]);
    stop.abort();
    await ended;
    events.closeAllConnections();
    events.close();
  }, 20_000);

  it('says once that mentions are polled when there is neither', async () => {
    const lines: string[] = [];
    const refusing = createHttpServer((_, response) => response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>')).listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const { port: at } = refusing.address() as AddressInfo;
    listenAt('', { ways: [{ kind: 'socket', url: `ws://127.0.0.1:${at}` }, { kind: 'events', url: `http://127.0.0.1:${at}` }], say: line => lines.push(line) });
    await until(() => lines.length > 0);
    expect(lines).toEqual(['no stream can be had: mentions are polled']);
    stop.abort();
    await ended;
    refusing.close();
  }, 20_000);
});

describe('the ways to a stream', () => {
  it.each([
    ['https://town.example/', 'wss://streaming.town.example', 'wss://streaming.town.example', 'https://streaming.town.example'],
    ['http://127.0.0.1:3000/', 'wss://127.0.0.1:3000', 'ws://127.0.0.1:3000', 'http://127.0.0.1:3000'],
    ['http://127.0.0.1:3000/', 'wss://streaming.town.example', 'wss://streaming.town.example', 'https://streaming.town.example'],
    ['https://town.example/', 'ws://town.example', 'wss://town.example', 'https://town.example'],
    ['http://127.0.0.1:3000/', 'ws://127.0.0.1:4000', 'ws://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ])('of %s, advertised as %s, are %s and %s', (server, advertised, socket, events) => {
    expect(toWays(new URL(server), advertised)).toEqual([{ kind: 'socket', url: socket }, { kind: 'events', url: events }]);
  });

  it('are none where nothing is advertised', () => {
    expect(toWays(new URL('https://town.example/'), undefined)).toEqual([]);
  });
});
