import { isIP } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { SetupError } from '../core/errors.ts';
import { addAbout } from './about-page.ts';
import { addAssets } from './assets.ts';
import { addDeadline } from './deadline.ts';
import { addDesk } from './desk.ts';
import { addHealth, forMachines } from './health.ts';
import { guards, languageOf, sendSorry, sendTrouble } from './page.ts';
import { addReceipts } from './receipt-routes.ts';
import type { WebTools } from './tools.ts';
import { words } from './words.ts';

export type { WebTools } from './tools.ts';

/** Everything that we serve, on whichever server. `find` gives the tools once there are any. `isHome`: nobody else has a front page here. */
export function addRoutes(app: FastifyInstance, find: () => WebTools | undefined, isHome = false): void {
  addHealth(app, find);
  // A house of its own on a server that may have other rules: what comes in and what goes wrong is ours to answer.
  void app.register(async web => {
    web.addHook('onRequest', async (_, answer) => void answer.headers(guards));
    web.setErrorHandler((error: Error & { readonly statusCode?: number; readonly status?: number }, request, answer) => sendError(error, request, answer, find()));
    addDeadline(web, () => find()?.trouble() !== undefined);
    addAssets(web);
    addAbout(web, find, isHome);
    addReceipts(web, find);
    addDesk(web, find);
  });
}

/** What went wrong, for whoever asked; a fault of ours is for the log as well. */
function sendError(error: Error & { readonly statusCode?: number; readonly status?: number }, request: FastifyRequest, answer: FastifyReply, tools: WebTools | undefined): FastifyReply {
  const language = languageOf(request);
  const say = words[language];
  // The server that we are guests of may name it otherwise.
  const status = error.statusCode ?? error.status ?? 500;
  if (status < 500 && (request.method === 'GET' || request.method === 'HEAD')) return sendSorry(answer, language, status, say.unreadable, say.unreadableWhy);
  if (status < 500) return sendSorry(answer, language, status, status === 413 ? say.tooMuch : say.notTaken, say.notTakenWhy);
  if (tools?.isTrouble?.(error) === true) return sendTrouble(request, answer);
  tools?.log?.(`a page could not be made, ${request.method} ${request.routeOptions.url ?? ''}: ${error.stack ?? error.message}`);
  return sendSorry(answer, language, 500, say.broken, say.brokenWhy);
}

const readWithinMs = 10_000;
const ownNames = ['127.0.0.1', 'localhost', '[::1]'];

/** A server for the real bot. `publicUrl`: by which name the world reaches it, through whatever stands before it. */
export async function openWeb({ port, host, publicUrl, proxies = [] }: { readonly port: number; readonly host: string; readonly publicUrl?: string | undefined; readonly proxies?: readonly string[] | undefined }, tools: WebTools): Promise<{ readonly url: string; close(): Promise<void> }> {
  // Whoever stands before us on this machine, or where the operator says so, tells who really asks; anybody else could name any address.
  const app = fastify({
    forceCloseConnections: true,
    // Whoever sends a little now and then holds a connection no longer than this. Answers may take their time.
    requestTimeout: readWithinMs, keepAliveTimeout: readWithinMs,
    http: { headersTimeout: readWithinMs, connectionsCheckingInterval: 1_000 },
    trustProxy: publicUrl === undefined && proxies.length === 0 ? false : ['loopback', ...proxies],
    frameworkErrors: (_, request, answer) => sendSorry(answer.headers(guards) as FastifyReply, languageOf(request), 400, words[languageOf(request)].unreadable, words[languageOf(request)].unreadableWhy),
  });
  const names = [...ownNames, host.toLowerCase(), ...publicUrl === undefined ? [] : [new URL(publicUrl).hostname]];
  // Served on every address of this machine, it goes by each of them: no other site can turn its name into a number.
  const isEverywhere = host === '0.0.0.0' || host === '::';
  const isOurs = (name: string): boolean => names.includes(name) || (isEverywhere && isIP(name.replace(/^\[(.*)\]$/u, '$1')) !== 0);
  // A page of another site that turned its own name into our address must not read from here.
  app.addHook('onRequest', async (request, answer) => {
    if (!isOurs(request.hostname.toLowerCase()) && !forMachines.includes(request.url)) return answer.code(403).send({ error: 'This server does not go by that name. Whoever runs it says by which address it is reached: PUBLIC_URL in .env, or web.publicUrl in the settings' });
    return undefined;
  });
  app.setNotFoundHandler((request, answer) => sendSorry(answer.headers(guards), languageOf(request), 404, words[languageOf(request)].nowhere, words[languageOf(request)].nowhereWhy));
  addRoutes(app, () => tools, true);
  for (let tried = port; tried < port + 20 && tried <= 65_535; tried++) {
    try {
      return { url: await app.listen({ host, port: tried }), close: () => app.close() };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new SetupError(`ports ${port} to ${port + 19} are taken: choose another one with --port`);
}
