import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { WebSocketServer, type WebSocket } from 'ws';
import { openEventStream } from './event-stream.ts';
import { baseOf, isForeign, isOwnHost, queryOf, readAccount, readToken } from './front-door.ts';
import { readFields, readText, toFields } from './fields.ts';
import { Refusal } from './refusal.ts';
import type { Renderer, View } from './render.ts';
import type { ServerKind } from './servers/server-kind.ts';
import { needsAccount, toChannel, toFrame, type Channel } from './streams.ts';
import type { World } from './world.ts';

const pingMs = 30_000;
const unknownStream = 'Unknown stream type';

const parseFrame = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** One socket: any number of channels, by `?stream=` and by subscribe frames. */
const serve = (socket: WebSocket, world: World, render: Renderer, view: View, first: { readonly name: string | undefined; readonly tag: string | undefined }): void => {
  const subscribed = new Map<string, Channel>();
  const say = (message: unknown): void => socket.send(JSON.stringify(message));
  const subscribe = (name: string, tag: string | undefined): void => {
    const channel = toChannel(name, tag);
    if (channel === undefined) say({ error: unknownStream, status: 400 });
    else if (needsAccount(channel) && view.viewerId === undefined) say({ error: 'Missing access token', status: 401 });
    else subscribed.set(`${channel.name} ${channel.tag}`, channel);
  };
  const silence = world.listen((happening) => {
    for (const channel of subscribed.values()) {
      const frame = toFrame(world, render, channel, view, happening);
      if (frame !== undefined) say(frame);
    }
  });
  let isAlive = true;
  const ping = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    return socket.ping();
  }, pingMs);
  socket.on('pong', () => void (isAlive = true));
  // A broken frame closes the socket, and `close` follows; without a listener it would end the process.
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    clearInterval(ping);
    silence();
  });
  socket.on('message', (data: Buffer) => {
    const parsed = parseFrame(data.toString('utf8'));
    if (parsed === undefined) return say({ error: 'Invalid JSON', status: 400 });
    const frame = readFields(parsed);
    const [type, name, tag] = [readText(frame, 'type'), readText(frame, 'stream') ?? '', readText(frame, 'tag')];
    if (type === 'subscribe') subscribe(name, tag);
    else if (type === 'unsubscribe') subscribed.delete(`${name} ${tag?.toLowerCase()}`);
    return undefined;
  });
  if (first.name !== undefined) subscribe(first.name, first.tag);
};

/** Streaming by WebSocket on `/api/v1/streaming` and as server-sent events below it. */
export const addStreaming = (app: FastifyInstance, world: World, render: Renderer, { streaming }: ServerKind): void => {
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false });

  app.server.on('upgrade', (request: IncomingMessage, stream, head) => {
    const refuse = (status: string, error: string): void => {
      const body = JSON.stringify({ error });
      stream.end(`HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
    };
    // Nobody else listens on a socket that is being upgraded; a reset would end the process.
    stream.on('error', () => stream.destroy());
    const { headers } = request;
    if (!isOwnHost(headers.host) || isForeign(headers)) return refuse('403 Forbidden', 'This server takes no orders from other sites');
    const address = URL.parse(request.url ?? '/', `http://${headers.host}`);
    if (!streaming.sockets || address?.pathname.startsWith('/api/v1/streaming') !== true) return refuse('404 Not Found', 'Not Found');
    const query = toFields(address.searchParams);
    const token = readToken(headers.authorization, query) ?? headers['sec-websocket-protocol']?.split(',')[0]?.trim();
    if (token === undefined || token === '') return refuse('401 Unauthorized', 'Missing access token');
    const account = readAccount(world, token);
    if (account === undefined) return refuse('401 Unauthorized', 'Invalid access token');
    const view = { base: `http://${headers.host}`, viewerId: account.id };
    return sockets.handleUpgrade(request, stream, head, (socket) =>
      serve(socket, world, render, view, { name: readText(query, 'stream'), tag: readText(query, 'tag') }));
  });
  app.addHook('preClose', async () => {
    for (const socket of sockets.clients) socket.terminate();
  });

  if (!streaming.events) return;
  app.get('/api/v1/streaming/health', (_request, reply) => reply.type('text/plain').send('OK'));

  app.get('/api/v1/streaming/*', (request, reply) => {
    const query = queryOf(request);
    const path = new URL(request.url, baseOf(request)).pathname;
    const name = path.slice('/api/v1/streaming/'.length).replace(/\/$/, '').replaceAll('/', ':');
    const channel = toChannel(name, readText(query, 'tag'));
    if (channel === undefined) throw new Refusal(400, 'Unknown channel requested');
    const token = readToken(request.headers.authorization, query);
    const account = readAccount(world, token);
    if (token !== undefined && account === undefined) throw new Refusal(401, 'Invalid access token');
    if (account === undefined && needsAccount(channel)) throw new Refusal(401, 'Missing access token');
    const view = { base: baseOf(request), viewerId: account?.id };
    const say = openEventStream(reply, () => silence());
    const silence = world.listen((happening) => {
      const frame = toFrame(world, render, channel, view, happening);
      if (frame !== undefined) say(frame.event, frame.payload);
    });
    return reply;
  });
};
