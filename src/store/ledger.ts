import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Ledger } from '../core/ports.ts';
import { finalStates, type LedgerRecord, type State } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import type { Durable } from './durable.ts';
import { readEpoch } from './epoch.ts';
import { toBareMention, toForgetAt } from './forget.ts';
import { change, see } from './ledger-lua.ts';
import { isOfOtherType } from './unreadable.ts';

export interface LedgerOptions {
  /** How long a record is kept once it is final: as long as its mention could come in again. */
  readonly keepFinalMs: number;
  /** Which life of the store this is; every record is to be verified where that is unknown. Absent, as for a command: the one that the store was told of last. */
  readonly epoch?: () => string | undefined;
  /** Where a mention that is seen and a post that begins are written; absent: what the store answers counts. */
  readonly durable?: Pick<Durable, 'client' | 'write'> | undefined;
  /** Takes secrets out of reasons before they are kept: a server may give one back in its error. */
  readonly scrub?: (text: string) => string;
  /** Takes a line for the operator about a record that nobody can read, once for each. */
  readonly warn?: (line: string) => void;
  /** Another clock than the store's own, in ms since 1970. */
  readonly now?: () => number;
}

/** How long a fresh record may wait before the sweep looks after it. */
const firstDueMs = 3_000;
/** A Redis that has come back tells within moments which life this is. */
const epochLookMs = 20;
const epochLooks = 50;

/** A record that nobody can read is tried again after this long: it may have been mended. */
const unreadableDueMs = 60_000;

/**
 * What is due and has no record, as in a store that lost some of what it had, or none that can be read, stands in the way of the others.
 * KEYS: record, due. ARGV: id, when it is due again where there is a record.
 */
const dropOrPutOff = "if redis.call('EXISTS', KEYS[1]) == 0 then return redis.call('ZREM', KEYS[2], ARGV[1]) end return redis.call('ZADD', KEYS[2], 'XX', ARGV[2], ARGV[1])";

type Scripts = Redis & {
  reparteeSee(keys: number, ...rest: string[]): Promise<string[]>;
  reparteeChange(keys: number, ...rest: string[]): Promise<[string[], string[]] | null>;
};

const isFinal = (state: State): boolean => (finalStates as readonly State[]).includes(state);
/** Nobody comes back to these: the receipt says what an answer was about. */
const isOver = (state: State): boolean => state === 'posted' || state === 'skipped';
/** These are counted while their records last: they ask for somebody to look at them. */
const badEnds = finalStates.filter(state => !isOver(state)) as readonly State[];

/** The ledger in Redis: two hashes per mention, one sorted set of unfinished ones per account, one cursor per account. */
export function openLedger(client: Redis, { keepFinalMs, epoch: ownEpoch, durable, scrub = text => text, warn = () => undefined, now }: LedgerOptions): Ledger {
  const epoch = ownEpoch ?? (() => undefined);
  for (const each of durable ? [client, durable.client] : [client]) {
    each.defineCommand('reparteeSee', { lua: see });
    each.defineCommand('reparteeChange', { lua: change });
  }
  const redis = client as Scripts;
  const write = <T>(send: (scripts: Scripts) => Promise<T>, matters: boolean): Promise<T> => (durable && matters ? durable.write(by => send(by as Scripts)) : send(redis));

  const key = (ref: MentionRef) => `repartee:ledger:${ref.network}:${ref.account}:${ref.id}`;
  const textsKey = (ref: MentionRef) => `repartee:texts:${ref.network}:${ref.account}:${ref.id}`;
  const beside = (what: string, network: string, account: string) => `repartee:${what}:${network}:${account}`;

  const bent = () => (now ? String(now()) : '');
  const readNow = async (): Promise<number> => {
    if (now) return now();
    const [seconds, micros] = await redis.time();
    return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  };

  const read = async (ref: MentionRef): Promise<LedgerRecord | undefined> => {
    const [fields, texts, told] = await Promise.all([redis.hgetall(key(ref)).catch(asUnreadable(ref)), redis.hgetall(textsKey(ref)).catch(asUnreadable(ref)), ownEpoch ? undefined : readEpoch(redis)]);
    return toRecord(ref, fields, texts, ownEpoch ? ownEpoch() : told);
  };

  const warned = new Set<string>();
  /** As `read`; one that nobody can read is told of. */
  const tryRead = async (ref: MentionRef): Promise<LedgerRecord | 'unreadable' | undefined> => {
    try {
      return await read(ref);
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      if (!warned.has(error.message)) warn(error.message);
      warned.add(error.message);
      return 'unreadable';
    }
  };

  const confirmIn = async (refs: readonly MentionRef[]): Promise<void> => {
    for (let looks = 0; epoch() === undefined && looks < epochLooks; looks++) await sleep(epochLookMs);
    const verifiedIn = epoch();
    await Promise.all(refs.map(ref => ledger.change(ref, { from: ['seen'], to: 'seen', verifiedIn })));
  };

  const ledger: Ledger = {
    async see(network, account, mentions, cursor, { epoch: seenIn, last = '', next = '', isEnd, lease = '' } = {}) {
      const refs = mentions.map(({ id }) => ({ network, account, id }));
      const keys = [...['cursor', 'due', 'counts', 'lease', 'walked'].map(what => beside(what, network, account)), ...refs.flatMap(ref => [key(ref), textsKey(ref)])];
      const each = mentions.flatMap(mention => [mention.id, JSON.stringify(toBareMention(mention)), JSON.stringify(mention), toExpiry(mention.forgetAt)]);
      const walk = [seenIn === undefined ? '' : JSON.stringify(seenIn), lease, last, next, isEnd ? '1' : ''];
      try {
        const [follows, ...added] = await write(by => by.reparteeSee(keys.length, ...keys, cursor, bent(), String(firstDueMs), ...walk, ...each), mentions.length > 0);
        const fresh = refs.filter(({ id }) => added.includes(id));
        // The store was started anew while this was under way, and has lost nothing that came before: nobody can have answered these.
        if (follows === '1' && fresh.length > 0 && epoch() !== seenIn) await confirmIn(fresh);
        return fresh;
      } catch (error) {
        if (error instanceof Error && error.message.includes('EMPTIED')) throw new TemporaryError('the store was emptied while mentions were read', { cause: error });
        if (error instanceof Error && error.message.includes('LEASELOST')) throw new TemporaryError('another process has taken over listening meanwhile', { cause: error });
        throw error;
      }
    },

    async cursor(network, account) {
      return (await redis.get(beside('cursor', network, account))) ?? undefined;
    },

    get: read,

    async getAll(refs) {
      const found = await Promise.all(refs.map(tryRead));
      return { records: found.filter(each => each !== undefined && each !== 'unreadable'), unreadable: refs.filter((_, at) => found[at] === 'unreadable') };
    },

    async change(ref, { from, to, fence, draftNumber, since, patch = {}, dueInMs = firstDueMs, deadlineInMs, verifiedIn }) {
      const { mention } = patch;
      const fields = Object.entries({ ...patch, ...(mention && { mention: toBareMention(mention), words: mention }), ...(patch.reason !== undefined && { reason: scrub(patch.reason) }), ...(verifiedIn !== undefined && { epoch: verifiedIn }) }).flatMap(([field, value]) => [field, value === undefined ? '' : JSON.stringify(value)]);
      const flat = await write(by => by.reparteeChange(
        5, key(ref), ...['due', 'counts'].map(what => beside(what, ref.network, ref.account)), textsKey(ref), beside('ended', ref.network, ref.account),
        ref.id, bent(), to, fence === undefined ? '' : JSON.stringify(fence),
        isFinal(to) ? '' : String(dueInMs), String(keepFinalMs), isOver(to) ? '1' : '', toExpiry(patch.draft && toForgetAt(patch.draft.receipt)),
        ...[deadlineInMs, draftNumber, since].map(each => (each === undefined ? '' : String(each))), String(from.length), ...from, ...fields,
      ), to === 'posting');
      return flat === null ? undefined : toRecord(ref, toFields(flat[0]), toFields(flat[1]), epoch());
    },

    async due(network, account, limit, withinMs = 0) {
      const until = await readNow() + withinMs;
      const ids = await redis.zrangebyscore(beside('due', network, account), '-inf', until, 'LIMIT', 0, limit);
      const { records } = await ledger.getAll(ids.map(id => ({ network, account, id })));
      const found = new Set(records.map(({ id }) => id));
      await Promise.all(ids.filter(id => !found.has(id)).map(id => redis.eval(dropOrPutOff, 2, key({ network, account, id }), beside('due', network, account), id, until + unreadableDueMs)));
      return records;
    },

    async held(network, account, limit = 0) {
      const ids = await redis.zrange(`${beside('ended', network, account)}:held`, '0', String(limit - 1));
      const { records } = await ledger.getAll(ids.map(id => ({ network, account, id })));
      return records.filter(({ state }) => state === 'held');
    },

    async count(network, account) {
      const since = await readNow() - keepFinalMs;
      const [counts, ...bad] = await Promise.all([redis.hgetall(beside('counts', network, account)), ...badEnds.map(state => redis.zcount(`${beside('ended', network, account)}:${state}`, since, '+inf'))]);
      const all: [string, number][] = Object.entries(counts).map(([state, count]) => [state, Number(count)]);
      const kept = badEnds.map((state, at): [string, number] => [state, bad[at] ?? 0]);
      return Object.fromEntries([...all.filter(([state]) => !badEnds.includes(state as State)), ...kept].filter(([, count]) => count !== 0));
    },

    now: readNow,
    epoch,
  };
  return ledger;
}

/** So many keys are looked at in one step when all must be: an embedded store walks over the whole of them in each. */
export const scanned = 10_000;

/** Every key that is like it, in no order; one may come twice. */
export async function* keysLike(redis: Redis, match: string): AsyncGenerator<string> {
  for await (const keys of redis.scanStream({ match, count: scanned })) yield* new Set(keys as string[]);
}

/** Accounts that this store has a cursor for. */
export async function readAccounts(redis: Redis): Promise<{ readonly network: string; readonly account: string }[]> {
  const found = new Set<string>();
  // A scan may name a key several times.
  for await (const keys of redis.scanStream({ match: 'repartee:cursor:*', count: scanned })) {
    for (const key of keys as string[]) found.add(key);
  }
  const accounts = Array.from(found, key => {
    const [, , network = '', account = ''] = key.split(':');
    return { network, account };
  });
  return accounts.toSorted((a, b) => (a.network + a.account < b.network + b.account ? -1 : 1));
}

/** Redis expires by its own clock, which is the wall's. */
function toExpiry(forgetAt: string | undefined): string {
  const at = forgetAt === undefined ? NaN : Date.parse(forgetAt);
  return Number.isNaN(at) ? '' : String(at);
}

export type Fields = Readonly<Record<string, string>>;

/** As scripts give a hash. */
export function toFields(flat: readonly string[]): Fields {
  return Object.fromEntries(flat.flatMap((field, at) => (at % 2 === 0 ? [[field, flat[at + 1] ?? '']] : [])));
}

function toRecord(ref: MentionRef, { state, ...fields }: Fields, texts: Fields, epoch: string | undefined): LedgerRecord | undefined {
  if (state === undefined) return undefined;
  const { epoch: seenIn, way, ...values } = { ...readFields(ref, fields), ...readFields(ref, texts) };
  const { mention, seenAt, updatedAt } = values as Partial<LedgerRecord>;
  if (typeof mention?.author?.handle !== 'string') throw unreadable(ref, 'mention');
  if (!isTime(seenAt)) throw unreadable(ref, 'seenAt');
  if (!isTime(updatedAt)) throw unreadable(ref, 'updatedAt');
  const { network, account, id } = ref;
  return {
    network, account, id, state,
    ...(texts['mention'] === undefined && { forgotten: true }),
    ...((seenIn === undefined || seenIn !== epoch) && { verify: true }),
    history: toHistory(typeof way === 'string' ? way : '', seenAt),
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
  } as LedgerRecord;
}

const isTime = (at: unknown): at is number => typeof at === 'number' && !Number.isNaN(new Date(at).getTime());

const unreadable = ({ network, account, id }: MentionRef, field: string): PermanentError =>
  new PermanentError(`${network} ${account} ${id}: its record cannot be read (${field}) and is passed over: see whether it was answered, then mend or delete repartee:ledger:${network}:${account}:${id} and repartee:texts:${network}:${account}:${id} in Redis`);

/** A key that somebody made something else of. */
export const asUnreadable = (ref: MentionRef) => (error: unknown): never => {
  throw isOfOtherType(error) ? unreadable(ref, 'its type') : error;
};

/** What a record's hash holds, packed or not. PermanentError with a line for the operator where nobody can read it. */
export function readFields(ref: MentionRef, { rest, ...fields }: Fields): Record<string, unknown> {
  const parse = (field: string, value: string): unknown => {
    try {
      return JSON.parse(value);
    } catch {
      // What is written there may be nobody's business; its field is told.
      throw unreadable(ref, field);
    }
  };
  const packed = rest === undefined ? {} : parse('rest', rest) as object;
  return { ...packed, ...Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, parse(field, value)])) };
}

/** `drafted+12,posted+40`: milliseconds from when it was seen. */
function toHistory(way: string, seenAt: number): LedgerRecord['history'] {
  return [{ state: 'seen', at: seenAt }, ...way.split(',').flatMap(step => {
    const [state, after] = step.split('+');
    return after === undefined ? [] : [{ state: state as State, at: seenAt + Number(after) }];
  })];
}
