// What every request passes: who may come in, who it is, how its body is read and how a refusal is said.
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readFields, readText, toFields, type Fields } from './fields.ts';
import type { AccountRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import type { View } from './render.ts';
import { say } from './servers/dress.ts';
import type { Said, ServerKind } from './servers/server-kind.ts';
import type { World } from './world.ts';
import { readPerson } from './x/person.ts';

/** Requests one token may make in a window, and the window's length. Generous: the demo's bot must never meet it. */
const quota = { requests: 100_000, windowMs: 300_000 };

const handlePattern = /^\w{1,30}$/;

/** Tokens of an app that nobody signed in to: no account, and no account's name. */
export const appToken = 'app-token';

/** Whether a Host header names this machine; anything else is a page that turned its own name into our address. */
export const isOwnHost = (host: string | undefined): boolean =>
  host !== undefined && /^(?:127\.0\.0\.1|localhost|[\w-]+\.localhost|\[::1\])(?::\d+)?$/i.test(host);

/** Whether a browser sends this for a page of another site. */
export const isForeign = (headers: { readonly origin?: string | undefined; readonly host?: string | undefined }): boolean =>
  headers.origin !== undefined && headers.origin !== `http://${headers.host}`;

/** The token a request carries, wherever Mastodon accepts one. */
export const readToken = (authorization: string | undefined, query: Fields): string | undefined =>
  /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1]?.trim() ?? readText(query, 'access_token');

/** The account a token stands for, made on first use: a token is simply a handle. */
export const readAccount = (world: World, token: string | undefined): AccountRecord | undefined =>
  (token !== undefined && handlePattern.test(token) ? world.ensureAccount(token) : undefined);

export const baseOf = (request: FastifyRequest): string => `http://${request.headers.host}`;
export const queryOf = (request: FastifyRequest): Fields => readFields(request.query);
export const bodyOf = (request: FastifyRequest): Fields => readFields(request.body);
export const paramOf = (request: FastifyRequest, name: string): string => readText(readFields(request.params), name) ?? '';

const readers: Readonly<Record<string, (body: Buffer<ArrayBuffer>, type: string) => unknown>> = {
  'application/json': (body) => (body.length === 0 ? {} : JSON.parse(body.toString('utf8'))),
  'application/x-www-form-urlencoded': (body) => toFields(new URLSearchParams(body.toString('utf8'))),
  'multipart/form-data': async (body, type) => toFields(await new Response(body, { headers: { 'content-type': type } }).formData()),
  '*': () => ({}),
};

const acceptBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  for (const [type, read] of Object.entries(readers)) {
    app.addContentTypeParser(type, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer<ArrayBuffer>): Promise<unknown> => {
      try {
        return await read(body, request.headers['content-type'] ?? '');
      } catch {
        throw new Refusal(400, 'Error occurred while parsing request parameters');
      }
    });
  }
};

/** Counts the requests of each token in windows aligned to the clock, and says so in the headers Mastodon uses. */
const openMeter = () => {
  let window = 0;
  let counts = new Map<string, number>();
  return (request: FastifyRequest, reply: FastifyReply): void => {
    const current = Math.floor(Date.now() / quota.windowMs);
    if (current !== window) counts = new Map();
    window = current;
    const who = readToken(request.headers.authorization, queryOf(request)) ?? '';
    const used = (counts.get(who) ?? 0) + 1;
    counts.set(who, used);
    void reply.headers({
      'x-ratelimit-limit': quota.requests, 'x-ratelimit-remaining': Math.max(0, quota.requests - used),
      'x-ratelimit-reset': new Date((window + 1) * quota.windowMs).toISOString().replace('Z', '000Z'),
    });
    if (used > quota.requests) throw new Refusal(429, 'Too many requests');
  };
};

const answerErrors = (app: FastifyInstance, kind: Pick<ServerKind, 'refuse'>): void => {
  const refuse = (request: FastifyRequest, status: number, message: string): Said =>
    kind.refuse?.(status, message, readToken(request.headers.authorization, queryOf(request)) !== undefined) ?? { status, body: { error: message } };
  app.setErrorHandler((error: Error & { readonly statusCode?: number }, request, reply) => {
    if (error instanceof Refusal) return say(reply, refuse(request, error.status, error.message));
    const status = error.statusCode ?? 500;
    return reply.code(status).send({ error: status < 500 ? error.message : `the sandbox failed: ${error.stack}` });
  });
  app.setNotFoundHandler((request, reply) => say(reply, refuse(request, 404, 'Not Found')));
};

/** Whether the bot sends this. On X it has keys, and everybody without them is a person. */
const isBots = ({ url, headers, query }: FastifyRequest, bot: string): boolean =>
  (url.startsWith('/x/') ? readPerson(headers.authorization) === undefined : readToken(headers.authorization, readFields(query)) === bot);

/** As the real bot's pages: whoever sends a little now and then holds a connection no longer. Answers, and streams, may take their time. */
const readWithinMs = 10_000;

/** A server without routes that lets in only this machine's own programs and pages, and before `isOpen` only the bot and readers. */
export const openDoor = (isOpen: () => boolean, bot: string, kind: Pick<ServerKind, 'refuse'> = {}): FastifyInstance => {
  const app = fastify({
    forceCloseConnections: true,
    requestTimeout: readWithinMs, keepAliveTimeout: readWithinMs,
    http: { headersTimeout: readWithinMs, connectionsCheckingInterval: 1_000 },
    routerOptions: { querystringParser: (query) => toFields(new URLSearchParams(query)) },
  });
  const meter = openMeter();
  acceptBodies(app);
  answerErrors(app, kind);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (!isOwnHost(request.headers.host)) throw new Refusal(403, 'This server answers to names of this machine only');
    if (request.method !== 'GET' && request.method !== 'HEAD' && isForeign(request.headers)) throw new Refusal(403, 'This server takes no orders from other sites');
    const isReading = request.method === 'GET' && request.url !== '/';
    if (!isReading && !isOpen() && !isBots(request, bot)) {
      void reply.header('retry-after', '1');
      throw new Refusal(503, 'The town is just waking up: try again in a second');
    }
    if (request.url.startsWith('/api/')) meter(request, reply);
  });
  return app;
};

/** Reads who a request comes from. */
export const openGuests = (world: World) => {
  const visitor = (request: FastifyRequest): AccountRecord | undefined =>
    readAccount(world, readToken(request.headers.authorization, queryOf(request)));
  return {
    /** The account, where one is not needed. */
    visitor,
    /** The account, where one is. */
    member(request: FastifyRequest): AccountRecord {
      const account = visitor(request);
      if (account !== undefined) return account;
      if (readToken(request.headers.authorization, queryOf(request)) === appToken) throw new Refusal(422, 'This method requires an authenticated user');
      throw new Refusal(401, 'The access token is invalid');
    },
    view: (request: FastifyRequest): View => ({ base: baseOf(request), viewerId: visitor(request)?.id }),
  };
};

export type Guests = ReturnType<typeof openGuests>;
