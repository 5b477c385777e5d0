import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocketServer, type WebSocket } from 'ws';
import { listenForRings } from '../../src/networks/mastodon/doorbell.ts';

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
const listen = (timeoutMs = 2_000): void => {
  ended = listenForRings({ url: `ws://127.0.0.1:${port()}`, token: 't0ken', userAgent: 'repartee-test/0', timeoutMs }, () => { rings += 1; }, stop.signal);
};
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
    ended = listenForRings({ url: `ws://127.0.0.1:${at}`, token: 't', userAgent: 'x', timeoutMs: 100 }, () => { rings += 1; }, stop.signal);
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
    expect(performance.now() - startedAt).toBeLessThan(100);
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
    ended = listenForRings({ url: gone, token: 't', userAgent: 'x', timeoutMs: 1_000 }, () => { rings += 1; }, stop.signal);
    await sleep(200);
    stop.abort();
    await ended;
    expect(rings).toBe(0);
    await openServer();
  });
});
