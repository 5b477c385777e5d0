import type { Redis } from 'ioredis';
import { SetupError } from '../core/errors.ts';

/** What a Redis promises about a crash: read back from it, whoever started it. */
export interface StorePromise {
  /** "Redis 7.2.4". */
  readonly server: string;
  /** For the operator. */
  readonly promise: string;
  /** A power cut may lose what it answered, but it can be asked to answer only when a write is on disk (WAITAOF). */
  readonly confirms: boolean;
  /** Whatever it answered is on its disk. */
  readonly isDurable: boolean;
}

/** Reads the settings back. SetupError when it is too old, or may throw away what must be kept; `name` is how the operator knows it. */
export async function readPromise(client: Redis, name: string): Promise<StorePromise> {
  await sayHello(client);
  const info = toFields(await readOr(client.info(), ''));
  const [kind, version] = info.valkey_version ? ['Valkey', info.valkey_version] : ['Redis', info.redis_version];
  const isOlder = toOlder(version);
  if (isOlder(6, 2)) throw new SetupError(`${name} is ${kind} ${version}: 6.2 or newer is needed`);

  const policy = info.maxmemory_policy ?? (await readSetting(client, 'maxmemory-policy'));
  if (policy !== undefined && policy !== 'noeviction') {
    throw new SetupError(`${name} may throw away what must be kept (maxmemory-policy ${policy}): set maxmemory-policy noeviction`);
  }
  const append = info.aof_enabled ?? { yes: '1', no: '0' }[(await readSetting(client, 'appendonly')) ?? ''];
  const sync = append === '1' ? await readSetting(client, 'appendfsync') : undefined;
  const confirms = sync === 'everysec' && version !== undefined && !isOlder(7, 2);
  const pauses = sync !== undefined && (await readSetting(client, 'no-appendfsync-on-rewrite')) === 'yes';
  return { server: `${kind} ${version ?? 'of unknown version'}`, promise: toPromise(append, sync, confirms, pauses), confirms, isDurable: sync === 'always' && !pauses };
}

function toPromise(append: string | undefined, sync: string | undefined, confirms: boolean, pauses: boolean): string {
  if (append === '0') return 'no AOF: a crash of it may lose what it acknowledged';
  if (append === undefined || sync === undefined) return 'durability unconfirmed: it does not let us read its settings';
  if (pauses && !confirms) return `AOF ${sync}, but not while it rewrites its file (no-appendfsync-on-rewrite): a power cut may lose the last half minute then`;
  if (sync === 'always') return 'AOF always: nothing acknowledged is lost';
  if (confirms) return 'AOF everysec: a power cut may lose the last second, but no mention and no post under way, which wait until they are on disk';
  if (sync === 'everysec') return 'AOF everysec: a power cut may lose the last second';
  return `AOF ${sync}: a power cut may lose the last half minute`;
}

/** A version that is not told is new enough. */
const toOlder = (version: string | undefined) => (thanMajor: number, thanMinor: number): boolean => {
  if (version === undefined) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
};

/** Resolves when it takes commands; what it says otherwise is thrown, as while it reads its data. */
export async function sayHello(client: Redis): Promise<void> {
  try {
    await client.ping();
  } catch (error) {
    // A Redis whose disk is full refuses this too, and is there.
    if (!(error as Error).message.startsWith('MISCONF')) throw error;
  }
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
    if ((error as Error).name === 'ReplyError' && !/^(?:LOADING|BUSY|MASTERDOWN)\b/u.test((error as Error).message)) return otherwise;
    throw error;
  }
}
