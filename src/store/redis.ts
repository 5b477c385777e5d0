import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SetupError } from '../core/errors.ts';
import { journalName, readAddress, toEmbeddedConnection } from './address.ts';
import { findServer, openChild, readChild, toChildConnection } from './child.ts';
import { answers, openClient, patience, warn, type Connection } from './client.ts';
import { makeFolder } from './data-folder.ts';
import { openUrl } from './redis-url.ts';

export interface Store {
  readonly kind: 'url' | 'child' | 'embedded';
  /** One line for the operator: which server and version, where, and what it promises about a crash. */
  readonly about: string;
  /** It answers before a write is on disk, and says on demand when it is: for `openDurable`. */
  readonly confirms: boolean;
  /** For BullMQ and ioredis, without maxRetriesPerRequest, which is theirs to choose. */
  readonly connection: Connection;
  /** The application's own client: commands only, never blocking. While Redis is away they wait, except where one joined a running bot. */
  readonly client: Redis;
  /** Asks that its files be written anew, without what was deleted. One that is not ours may refuse: then its own habits count. */
  rewrite(): Promise<void>;
  /** Quits the client; a Redis of our own is stopped, after all clients. */
  close(): Promise<void>;
}

export interface StoreOptions {
  readonly store: 'auto' | 'url' | 'child' | 'embedded';
  readonly url?: string;
  /** Folder for all that is kept on disk. */
  readonly data: string;
  /** The PATH variable to look for a server on. */
  readonly path: string;
  /** How often the files of a Redis of our own are written anew, in ms; absent: every six hours. */
  readonly rewriteEveryMs?: number;
}

/** What was forgotten is gone from the disk so much later at most: networks that set a time count on it. */
const defaultRewriteEveryMs = 6 * 3_600_000;

type Opened = Pick<Store, 'about' | 'connection'> & { readonly confirms?: boolean; rewrite?(): void; close?(): Promise<void> };

/**
 * The Redis to use: the operator's own, else a server on PATH as a private child, else the embedded one; "auto" stays with the one
 * whose data the folder holds. SetupError says what is missing.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { data, rewriteEveryMs = defaultRewriteEveryMs } = options;
  const kind = chooseKind(options);
  if (kind === 'url') return toStore('url', await openUrl(urlOf(options)));
  const server = kind === 'child' ? serverOf(options) : undefined;
  makeFolder(data);
  if (server !== undefined) return rewriting(toStore('child', await openChild(server, data)), rewriteEveryMs);
  // A whole Redis in JavaScript and WebAssembly: only for those who use it.
  const { openEmbedded } = await import('./embedded.ts');
  return toStore('embedded', await openEmbedded(data, rewriteEveryMs));
}

/** SetupError when the store that is asked for cannot be had. Writes nothing. */
export async function checkStore(options: StoreOptions): Promise<void> {
  const kind = chooseKind(options);
  if (kind === 'child') serverOf(options);
  if (kind === 'url') await toStore('url', await openUrl(urlOf(options))).close();
}

function urlOf({ url }: StoreOptions): string {
  if (url === undefined) throw new SetupError('store is "url", but REDIS_URL is not set: set it, or choose another store');
  return url;
}

function serverOf({ store, data, path }: StoreOptions): string {
  const server = findServer(path);
  if (server !== undefined) return server;
  const wanted = store === 'auto' ? `the data in ${join(data, 'redis')} needs` : 'store is "child", but PATH lacks';
  throw new SetupError(`${wanted} redis-server, valkey-server or keydb-server: install one, or set store to "embedded"`);
}

function chooseKind({ store, url, data, path }: StoreOptions): Store['kind'] {
  if (store !== 'auto') return store;
  if (url !== undefined) return 'url';
  if (existsSync(join(data, 'redis'))) return 'child';
  if (existsSync(join(data, journalName))) return 'embedded';
  return findServer(path) === undefined ? 'embedded' : 'child';
}

/** For a command beside a running bot: connects to the Redis that it uses. Undefined when none runs; `close` only disconnects. */
export async function joinStore(options: StoreOptions): Promise<Store | undefined> {
  const { store, url, data } = options;
  if (url !== undefined && (store === 'url' || store === 'auto')) return toStore('url', await openUrl(url), false);
  const address = readAddress(data);
  if (!address || (store !== 'auto' && store !== address.kind)) return undefined;
  const connection = address.kind === 'child' ? toChildConnection(address.socket) : toEmbeddedConnection(address);
  if (!(await answers(connection))) return undefined; // what a bot left behind that has ended
  const opened = address.kind === 'child' ? await readChild(address.socket, data) : { about: 'embedded Redis of the running bot', connection };
  return toStore(address.kind, opened, false);
}

/** Redis rewrites its file only when that has grown. Done at once too: there may have been nobody to do it for days. */
function rewriting(store: Store, everyMs: number): Store {
  let isClosing = false;
  const rewrite = (): void => {
    if (!isClosing) void store.rewrite();
  };
  rewrite();
  const timer = setInterval(rewrite, everyMs).unref();
  return {
    ...store,
    close() {
      isClosing = true;
      clearInterval(timer);
      return store.close();
    },
  };
}

const rewritePauseMs = 1_000;
const rewriteTries = 60;

/** One that is under way began before what was deleted now: another one has to follow it. */
async function rewriteFile(client: Redis, tries = rewriteTries): Promise<void> {
  try {
    await client.bgrewriteaof();
  } catch (error) {
    const { message } = error as Error;
    if (client.status === 'end') return;
    if (tries === 0 || !message.includes('already in progress')) return warn(`the file of Redis is not written anew: ${message}`);
    setTimeout(() => void rewriteFile(client, tries - 1), rewritePauseMs).unref();
  }
}

/** What is under way gets this long to be answered when the client says goodbye. */
const goodbyeMs = 1_000;

function toStore(kind: Store['kind'], opened: Opened, waits = true): Store {
  const connection = { ...patience, ...opened.connection };
  const client = openClient(connection, waits);
  return {
    kind,
    about: opened.about,
    confirms: opened.confirms ?? false,
    connection,
    client,
    async rewrite() {
      if (kind === 'embedded') opened.rewrite?.();
      else await rewriteFile(client);
    },
    async close() {
      if (client.status === 'ready') await Promise.race([client.quit(), sleep(goodbyeMs, undefined, { ref: false })]);
      client.disconnect();
      await opened.close?.();
    },
  };
}
