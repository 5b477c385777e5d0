import type { FastifyInstance } from 'fastify';
import { packageFile } from '../../package-root.ts';
import { openDoor } from '../front-door.ts';
import { openJournal } from '../journal.ts';
import { readTown } from '../town.ts';
import { listActivityEndpoints } from './activity-endpoints.ts';
import { openActivityStream } from './activity-stream.ts';
import { openBill, type XBill } from './bill.ts';
import { openCallers } from './callers.ts';
import { openLimits } from './limits.ts';
import { openSignatures } from './oauth1.ts';
import { botId, demoKeys, type XSandboxOptions } from './options.ts';
import { addPageRoutes } from './page-routes.ts';
import { listPostEndpoints } from './post-endpoints.ts';
import { noSuchRoute, toProblem } from './problem.ts';
import type { Entry, UserRecord } from './records.ts';
import { openRenderer } from './render.ts';
import { listSearchEndpoint } from './search-endpoint.ts';
import { openServing, type XRequest } from './serve.ts';
import type { Server } from './server.ts';
import { openSight } from './sight.ts';
import { openSubscriptions } from './subscriptions.ts';
import { listTimelineEndpoints } from './timeline-endpoints.ts';
import { listTokenEndpoints } from './token-endpoints.ts';
import { openTokens } from './tokens.ts';
import { seed } from './town.ts';
import { listTrendEndpoints } from './trend-endpoints.ts';
import { listUsageEndpoint } from './usage-endpoint.ts';
import { listUserEndpoints } from './user-endpoints.ts';
import { openWorld, type World } from './world.ts';

export type { Answer, FaultyRequest } from '../faults.ts';
export { demoKeys, type XFaults, type XKeys, type XSandboxOptions } from './options.ts';
export type { XBill } from './bill.ts';
export type { XRequest } from './serve.ts';

export interface XSandbox {
  /** What everybody said, and a way to say more without any rules. */
  readonly world: World;
  readonly bot: UserRecord;
  /** Every request of the API, oldest first, and what it cost. */
  readonly requests: readonly XRequest[];
  bill(): XBill;
  /** Breaks off every connection to the activity stream. */
  cutStreams(): void;
}

const prefix = '/x';

/** Adds a small server of the X API v2 to an app. It is one app's and one bot's; everybody else is a person with a handle. */
export const addX = (app: FastifyInstance, options: XSandboxOptions = {}): XSandbox => {
  const { bot: handle = 'repartee', keys = demoKeys, now = Date.now, faults = {} } = options;
  const journal = openJournal<Entry>(options.data, 'x.ndjson');
  const world = openWorld(journal, now);
  const bot = world.ensureUser(handle, {
    id: botId, name: handle.slice(0, 1).toUpperCase() + handle.slice(1), description: 'Automated. Tag me and I answer, once.', isAutomated: true, avatar: handle.slice(0, 1).toUpperCase(), color: '#0b6460',
  });
  const town = options.town === false ? undefined : readTown(packageFile('src', 'sandbox', 'town', 'x.json'));
  if (town !== undefined && world.posts().length === 0) seed(world, town);
  const tokens = openTokens(journal, keys, now);
  const verify = openSignatures(keys, now);
  const bill = openBill(now);
  const server: Server = {
    world, bot, render: openRenderer(world), sightOf: openSight(world, bot, faults), vocabulary: options.vocabulary ?? 'both', maxWeightedLength: options.maxWeightedLength ?? 280,
  };
  const subscriptions = openSubscriptions(journal, now);
  const stream = openActivityStream(server, subscriptions, bill, options.keepAliveMs ?? 20_000);
  const requests: XRequest[] = [];

  addPageRoutes(app, world, bot, bill, options.receipt);
  app.addHook('onClose', () => journal.close());
  void app.register(async (part) => {
    part.removeAllContentTypeParsers();
    // Signatures and faults come first: what the body says is read where it is needed.
    part.addContentTypeParser('*', { parseAs: 'string' }, async (_request: unknown, body: string) => body);
    part.setErrorHandler((error: Error, _request, reply) => {
      const { status, body } = toProblem(error);
      return reply.code(status).send(body);
    });
    part.setNotFoundHandler((_request, reply) => reply.code(404).send(noSuchRoute().body));
    const serve = openServing(part, { options, faults, now, bill, limits: openLimits(now), readCaller: openCallers(world, bot, keys, verify, tokens), requests });
    [
      ...listUserEndpoints(server), ...listTimelineEndpoints(server), listSearchEndpoint(server), ...listPostEndpoints(server),
      ...listTrendEndpoints(server, town, options.premium ?? false), ...listActivityEndpoints(subscriptions, stream), listUsageEndpoint(bill, now),
      ...listTokenEndpoints(keys, tokens, verify),
    ].forEach(serve);
  }, { prefix });
  return { world, bot, requests, bill: bill.read, cutStreams: stream.cut };
};

/** Opens such a server alone, for this machine alone. */
export const openX = async ({ port = 0, ...options }: XSandboxOptions & { readonly port?: number } = {}): Promise<XSandbox & { readonly url: string; close(): Promise<void> }> => {
  const app = openDoor(() => true, options.bot ?? 'repartee');
  const sandbox = addX(app, options);
  const url = await app.listen({ host: '127.0.0.1', port });
  return { ...sandbox, url: `${url}${prefix}`, close: () => app.close() };
};
