import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { packageFile } from '../package-root.ts';
import { addAccountRoutes } from './account-routes.ts';
import { addFaults, type Faults } from './faults.ts';
import { openDoor, openGuests } from './front-door.ts';
import { addInstanceRoutes } from './instance-routes.ts';
import { openJournal } from './journal.ts';
import { addNotificationRoutes } from './notification-routes.ts';
import { addOauthRoutes } from './oauth-routes.ts';
import { addPageRoutes } from './page-routes.ts';
import { openRenderer } from './render.ts';
import type { Entry } from './records.ts';
import { addStatusRoutes } from './status-routes.ts';
import { addStreaming } from './streaming.ts';
import { addTimelineRoutes } from './timeline-routes.ts';
import { dressRenderer, dressRequests } from './servers/dress.ts';
import { openKind, type ServerName } from './servers/index.ts';
import { readTown, residenceMs, seed, type Town } from './town.ts';
import { openTrends } from './trends.ts';
import { openWorld } from './world.ts';
import { addX, type XSandbox, type XSandboxOptions } from './x/index.ts';

export interface SandboxOptions {
  /** 0 or absent: any free one. */
  readonly port?: number;
  /** How many ports to try, from `port` upwards; 1 when absent. */
  readonly tries?: number;
  /** Told about each port that was taken. */
  readonly onTaken?: (port: number) => void;
  /** Folder of the journal `sandbox.ndjson`; absent: everything is forgotten at the end. */
  readonly data?: string;
  /** Whether an empty sandbox is filled with the town; yes when absent. */
  readonly town?: boolean;
  /** A feed to serve instead of the town's. */
  readonly feedFile?: string;
  /** Handle of the bot account that is there from the start; `repartee` when absent. */
  readonly bot?: string;
  /** Until it says yes nobody but the bot may post: a mention from before the bot's first look would be too old for it. */
  readonly isOpen?: () => boolean;
  /** The receipt of a reply on one of the networks here, by its id. */
  readonly receipt?: (network: 'mastodon' | 'x', replyId: string) => Promise<unknown>;
  /** An X at `/x` on the same port, with the bot, the data and the town of this one; `false` for none. */
  readonly x?: Omit<XSandboxOptions, 'bot' | 'data' | 'town' | 'receipt'> | false;
  /** Adds other routes to the same port. */
  readonly extend?: (app: FastifyInstance) => Promise<void> | void;
  /** The server software it passes for; the newest Mastodon when absent. */
  readonly server?: ServerName;
  /** What the tests want to go wrong. Never reachable over HTTP. */
  readonly faults?: Faults;
  /** The clock by which people post, in ms. */
  readonly now?: () => number;
}

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  /** The X on the same port, when there is one; clients reach it at `url` and `/x`. */
  readonly x: XSandbox | undefined;
  close(): Promise<void>;
}

const host = '127.0.0.1';
const isTaken = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';

const listen = async (app: FastifyInstance, { port = 0, tries = 1, onTaken }: SandboxOptions): Promise<number> => {
  for (let tried = 0; ; tried += 1) {
    try {
      await app.listen({ host, port: port + tried });
      return (app.server.address() as AddressInfo).port;
    } catch (error) {
      if (!isTaken(error)) throw error;
      onTaken?.(port + tried);
      if (tried + 1 >= tries) throw new Error(tries > 1 ? `ports ${port} to ${port + tried} are taken` : `port ${port} is taken`, { cause: error });
    }
  }
};

/** Opens a small Mastodon-compatible server on this machine, for this machine alone. A bearer token is simply a handle. */
export const openSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const town: Town = readTown(packageFile('src', 'sandbox', 'town', 'town.json'));
  const kind = openKind(options.server ?? 'mastodon');
  const { maxCharacters, charactersPerLink, takesAll } = kind;
  const journal = openJournal<Entry>(options.data, 'sandbox.ndjson');
  const world = openWorld(journal, kind.policy);
  const bot = options.bot ?? 'repartee';
  world.ensureAccount(bot, { name: bot.slice(0, 1).toUpperCase() + bot.slice(1), bot: true, note: 'The bot of this sandbox, run by whoever started it (@you).', avatar: bot.slice(0, 1).toUpperCase(), color: '#0b6460', createdAt: Date.now() - residenceMs });
  if (options.town !== false && world.timeline.length === 0) seed(world, town);

  const app = openDoor(options.isOpen ?? (() => true), bot, kind);
  if (options.faults) addFaults(app, options.faults);
  dressRequests(app, kind);
  const guests = openGuests(world);
  const render = dressRenderer(openRenderer(world, town.domain), kind, town);
  addInstanceRoutes(app, world, { name: town.name, domain: town.domain, maxCharacters }, kind);
  addOauthRoutes(app, world);
  addAccountRoutes(app, world, guests, render, town.domain);
  addStatusRoutes(app, world, guests, render, { maxCharacters, charactersPerLink, domain: town.domain, now: options.now ?? Date.now, ...(takesAll === true && { takesAll }) }, kind);
  addNotificationRoutes(app, world, guests, render, kind.notifications);
  addTimelineRoutes(app, world, guests, render, openTrends(world, town));
  addStreaming(app, world, render, kind);
  addPageRoutes(app, world, render, { feedFile: options.feedFile ?? packageFile('src', 'sandbox', 'town', 'feed.xml'), receipt: async id => options.receipt?.('mastodon', id) });
  const x = options.x === false ? undefined : addX(app, {
    bot, ...(options.data !== undefined && { data: options.data }), town: options.town !== false, receipt: async id => options.receipt?.('x', id), ...options.x,
  });
  await options.extend?.(app);

  const close = async (): Promise<void> => {
    await app.close();
    journal.close();
  };
  try {
    const port = await listen(app, options);
    return { url: `http://${host}:${port}`, port, x, close };
  } catch (error) {
    await close();
    throw error;
  }
};
