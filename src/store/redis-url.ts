import { isIP } from 'node:net';
import { unescape } from 'node:querystring';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { SetupError } from '../core/errors.ts';
import { remotePatience, toConnectionReason, tryClient, type Connection } from './client.ts';

const answersWithinMs = 5_000;

/** A Redis of the operator's own: checked before anything is written to it. SetupError says what to change. */
export async function openUrl(url: string): Promise<{ readonly about: string; readonly connection: Connection }> {
  const connection = toConnection(url);
  const name = toName(url);
  const deadline = Date.now() + answersWithinMs;
  for (;;) {
    try {
      return { about: await tryClient(connection, Math.max(100, deadline - Date.now()), client => check(client, name)), connection };
    } catch (error) {
      if (error instanceof SetupError) throw error;
      const message = (error as Error).message;
      if (!message.startsWith('LOADING') || Date.now() >= deadline) throw toSetupError(error as Error, name);
      await sleep(200); // it reads its data and will answer
    }
  }
}

function toConnection(url: string): Connection {
  const parsed = URL.parse(url);
  if (!parsed || !['redis:', 'rediss:'].includes(parsed.protocol) || !parsed.hostname) {
    throw new SetupError('REDIS_URL is not an address like redis://user:password@host:6379/0 (or rediss:// for TLS)');
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const db = parsed.pathname.slice(1);
  if (!/^\d*$/.test(db)) throw new SetupError(`REDIS_URL ${toName(url)} ends in /${db}: a database is a number`);
  return {
    ...remotePatience,
    host,
    port: Number(parsed.port || 6379),
    ...(parsed.username ? { username: unescape(parsed.username) } : {}),
    ...(parsed.password ? { password: unescape(parsed.password) } : {}),
    ...(db ? { db: Number(db) } : {}),
    ...(parsed.protocol === 'rediss:' ? { tls: isIP(host) ? {} : { servername: host } } : {}),
  };
}

/** The address as it may be shown. */
function toName(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  return `${protocol}//${hostname}:${port || 6379}`;
}

function toSetupError(error: Error, name: string): SetupError {
  const why = toConnectionReason(error, answersWithinMs);
  if (why) return new SetupError(`REDIS_URL ${name} does not answer (${why})`, { cause: error });
  if (/^(NOAUTH|WRONGPASS)|without any password/.test(error.message)) return new SetupError(`REDIS_URL ${name} refuses the user name or password`, { cause: error });
  return new SetupError(`REDIS_URL ${name} does not answer (${error.message})`, { cause: error });
}

async function check(client: Redis, name: string): Promise<string> {
  await sayHello(client);
  const info = toFields(await readOr(client.info(), ''));
  const [server, version] = info.valkey_version ? ['Valkey', info.valkey_version] : ['Redis', info.redis_version];
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  if (version && (major < 6 || (major === 6 && minor < 2))) throw new SetupError(`REDIS_URL ${name} is ${server} ${version}: 6.2 or newer is needed`);

  const policy = info.maxmemory_policy ?? (await readSetting(client, 'maxmemory-policy'));
  if (policy !== undefined && policy !== 'noeviction') {
    throw new SetupError(`REDIS_URL ${name} may throw away what must be kept (maxmemory-policy ${policy}): set maxmemory-policy noeviction`);
  }
  const append = info.aof_enabled ?? { yes: '1', no: '0' }[(await readSetting(client, 'appendonly')) ?? ''];
  return `${server} ${version ?? 'of unknown version'} at ${name}, ${toPromise(append, append === '1' ? await readSetting(client, 'appendfsync') : undefined)}`;
}

async function sayHello(client: Redis): Promise<void> {
  try {
    await client.ping();
  } catch (error) {
    // A Redis whose disk is full refuses this too, and is there.
    if (!(error as Error).message.startsWith('MISCONF')) throw error;
  }
}

function toPromise(append: string | undefined, sync: string | undefined): string {
  if (append === '0') return 'no AOF: a crash of it may lose what it acknowledged';
  if (append === undefined || sync === undefined) return 'durability unconfirmed: it does not let us read its settings';
  if (sync === 'always') return 'AOF always: nothing acknowledged is lost';
  if (sync === 'everysec') return 'AOF everysec: a power cut may lose the last second';
  return `AOF ${sync}: a power cut may lose the last half minute`;
}

function toFields(info: string): Partial<Record<string, string>> {
  return Object.fromEntries(info.split('\r\n').filter(line => line.includes(':')).map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}

/** Managed servers often refuse CONFIG. */
async function readSetting(client: Redis, name: string): Promise<string | undefined> {
  const answer: unknown = await readOr(client.config('GET', name), []);
  const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** `otherwise` when the server refuses the command; a broken connection is still thrown. */
async function readOr<T>(reply: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reply;
  } catch (error) {
    if ((error as Error).name === 'ReplyError' && !(error as Error).message.startsWith('LOADING')) return otherwise;
    throw error;
  }
}
