import type { Redis } from 'ioredis';
import type { Ledger } from '../core/ports.ts';
import { finalStates, openStates, standingOf, type LedgerRecord, type Standing, type State } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { readAccounts, scanned } from './ledger.ts';

// The ledger for people: what stands in it, and what may be tried again. The commands and the desk read it through here.

type Place = Omit<MentionRef, 'id'>;

export interface Wanted {
  /** Absent: every state that is neither posted nor skipped. */
  readonly states?: readonly Standing[] | undefined;
  readonly network?: string | undefined;
  readonly account?: string | undefined;
  /** Those that may be meant, for who knows them; else all keys are walked over for them. */
  readonly accounts?: readonly Place[];
  readonly limit: number;
  /** So many of the newest are left out. */
  readonly skip?: number;
  /** Of unfinished ones that are not held no more than so many are looked at, or than the page needs, those first that are due last; absent: all. */
  readonly lookAtMost?: number;
  /** How long a final record is kept; absent: those that have gone since count into `total` until their list is tidied. */
  readonly keepFinalMs?: number | undefined;
}

export interface Listed {
  /** Newest change first; without those that nobody can read, of which the ledger tells. */
  readonly records: readonly LedgerRecord[];
  /** How many there are, `limit` aside and those among them. */
  readonly total: number;
}

const isFinal = (state: Standing): boolean => state === 'ordered' || (finalStates as readonly Standing[]).includes(state);
/** These stand in lists, newest first. */
const isListed = (state: Standing): boolean => isFinal(state) || state === 'held';
const troubled = [...openStates, ...finalStates].filter(state => state !== 'posted' && state !== 'skipped');
const recordKeys = 'repartee:ledger:';
const endedKey = ({ network, account }: Place, state: Standing) => `repartee:ended:${network}:${account}:${state}`;

/** Records in some states. Held and final ones come from their lists, other unfinished ones from what is due. */
export async function listRecords(redis: Redis, ledger: Ledger, { states = troubled, network, account, accounts, limit, skip = 0, lookAtMost, keepFinalMs = Infinity }: Wanted): Promise<Listed> {
  const unlisted = await listOlderRecords(redis);
  const wanted = new Set<string>(states);
  const since = Math.max(0, await ledger.now() - keepFinalMs);
  const found: Changed[] = [];
  const lists: Ended[] = [];
  let [total, isAllKnown] = [0, true];
  for (const each of (accounts ?? await readAccounts(redis)).filter(one => isWanted(one, { network, account }))) {
    if (unlisted) {
      const ended = unlisted.filter(({ ref, state, updatedAt }) => ref.network === each.network && ref.account === each.account && wanted.has(state) && updatedAt >= since);
      total += ended.length;
      for (const one of ended) found.push(one);
    }
    for (const state of states.filter(one => isListed(one) && !(unlisted && isFinal(one)))) {
      lists.push({ place: each, state, key: endedKey(each, state), from: isFinal(state) ? since : '-inf' });
    }
    if (states.every(isListed)) continue;
    const due = `repartee:due:${each.network}:${each.account}`;
    const held = new Set(await redis.zrange(endedKey(each, 'held'), '0', '-1'));
    // Held ones are due last, and would leave no room for the others.
    const most = lookAtMost === undefined ? 0 : Math.max(lookAtMost, skip + limit) + held.size;
    const ids = await redis.zrevrange(due, 0, most - 1);
    if (ids.length === most) isAllKnown = false;
    const unfinished = (await readChanges(redis, each, ids.filter(id => !held.has(id)))).filter(({ state }) => wanted.has(state) && state !== 'held');
    total += ids.length === most && openStates.every(state => state === 'held' || wanted.has(state)) ? Math.max(0, await redis.zcard(due) - held.size) : unfinished.length;
    for (const one of unfinished) found.push(one);
  }
  for (const count of await Promise.all(lists.map(({ key, from }) => redis.zcount(key, from, '+inf')))) total += count;
  // Of a page near the end it is known from the other end with less reading which one it is.
  const left = Math.max(0, total - skip);
  const isNearEnd = isAllKnown && left < skip + limit;
  const ended = await Promise.all(lists.map(list => (isNearEnd ? readOldest(redis, list, left) : readNewest(redis, list, skip + limit))));
  const newest = [...found, ...ended.flat()].toSorted((one, other) => other.updatedAt - one.updatedAt);
  const begin = isNearEnd ? Math.max(0, newest.length - left) : skip;
  const { records } = await ledger.getAll(newest.slice(begin, begin + limit).map(({ ref }) => ref));
  return { records: records.filter(record => wanted.has(standingOf(record))), total };
}

/** A list of held or final records. `from`: what changed before is no more, though it may still stand there. */
interface Ended {
  readonly place: Place;
  readonly state: Standing;
  readonly key: string;
  readonly from: number | '-inf';
}

/** The first so many of a list, newest first. */
async function readNewest(redis: Redis, list: Ended, count: number): Promise<readonly Changed[]> {
  return toChanges(list, await redis.zrevrange(list.key, 0, count - 1, 'WITHSCORES'));
}

/** The last so many of it, in the same order. */
async function readOldest(redis: Redis, list: Ended, count: number): Promise<readonly Changed[]> {
  return count === 0 ? [] : toChanges(list, await redis.zrangebyscore(list.key, list.from, '+inf', 'WITHSCORES', 'LIMIT', 0, count)).toReversed();
}

const toChanges = ({ place, state }: Ended, flat: readonly string[]): Changed[] =>
  flat.flatMap((id, at) => (at % 2 === 0 ? [{ ref: { ...place, id }, state, updatedAt: Number(flat[at + 1]) }] : []));

interface Changed {
  readonly ref: MentionRef;
  readonly state: Standing;
  readonly updatedAt: number;
}

/**
 * KEYS: what the keys of an account's records begin with. ARGV: ids. Returns a line each for state, last change and, of a packed record, all of it (JSON,
 * which has no line break), '' where there is none: short words in and one string out, which an embedded store reads in a third of the time.
 */
const changesScript = `
local found = {}
for _, id in ipairs(ARGV) do
  local key = KEYS[1] .. id
  local values = redis.call('TYPE', key).ok == 'hash' and redis.call('HMGET', key, 'state', 'updatedAt') or { false, false }
  found[#found + 1] = values[1] or ''
  found[#found + 1] = values[2] or ''
  found[#found + 1] = values[1] and not values[2] and redis.call('HGET', key, 'rest') or ''
end
return table.concat(found, '\\n')
`;
/** No longer than a moment, for nobody else is heard meanwhile. */
const readAtOnce = 500;

/** When each record of an account changed last, for many at once: whole records would be too much to read. */
async function readChanges(redis: Redis, place: Place, ids: readonly string[]): Promise<readonly Changed[]> {
  const parts = Array.from({ length: Math.ceil(ids.length / readAtOnce) }, (_, part) => ids.slice(part * readAtOnce, (part + 1) * readAtOnce));
  const answers = await Promise.all(parts.map(part => redis.eval(changesScript, 1, `${recordKeys}${place.network}:${place.account}:`, ...part) as Promise<string>));
  const flat = answers.flatMap(answer => answer.split('\n'));
  return ids.flatMap((id, at) => {
    const [state = '', updatedAt = '', rest = ''] = flat.slice(at * 3, at * 3 + 3);
    if (state === '') return [];
    const packed = readPacked(rest);
    const changedAt = Number(updatedAt === '' ? packed.updatedAt : updatedAt);
    // One that nobody can read stands where it is noticed.
    return [{ ref: { ...place, id }, state: standingOf({ ...packed, state: state as State }), updatedAt: Number.isNaN(changedAt) ? Date.now() : changedAt }];
  });
}

function readPacked(rest: string): Pick<LedgerRecord, 'ordered'> & { readonly updatedAt?: number } {
  try {
    return rest === '' ? {} : JSON.parse(rest) as Pick<LedgerRecord, 'ordered'>;
  } catch {
    return {}; // told of when the whole record is read
  }
}

/** Told by a key, for a list that lacks some looks like one that lacks none. */
const listedKey = 'repartee:ended-are-listed';

/**
 * Records that ended before there were lists of them are put on these, once. One that goes on meanwhile is left out by whoever reads its state.
 * A store that refuses to write keeps nobody from reading: then every record that ended is returned.
 */
async function listOlderRecords(redis: Redis): Promise<readonly Changed[] | undefined> {
  if (await redis.exists(listedKey)) return undefined;
  try {
    for await (const ended of scanEnded(redis)) {
      const pipeline = redis.pipeline();
      for (const { ref, state, updatedAt } of ended) pipeline.zadd(endedKey(ref, state), 'NX', updatedAt, ref.id);
      for (const [error] of await pipeline.exec() ?? []) if (error) throw error;
    }
    await redis.set(listedKey, '1');
    return undefined;
  } catch (error) {
    if (!isRefusal(error as Error)) throw error;
  }
  const all = new Map<string, Changed>();
  for await (const ended of scanEnded(redis)) for (const one of ended) all.set(`${one.ref.network}:${one.ref.account}:${one.ref.id}`, one);
  return [...all.values()];
}

/** It is full, read-only, out of disk or misses its replicas. */
const isRefusal = ({ name, message }: Error): boolean => name === 'ReplyError' && /^(?:OOM|READONLY|MISCONF|NOREPLICAS)\b/u.test(message);

async function* scanEnded(redis: Redis): AsyncGenerator<readonly Changed[]> {
  for await (const keys of redis.scanStream({ match: `${recordKeys}*`, count: scanned })) {
    const ofAccounts = Map.groupBy(keys as string[], key => key.split(':').slice(2, 4).join(':'));
    for (const [whose, own] of ofAccounts) {
      const [network = '', account = ''] = whose.split(':');
      const ids = own.map(key => key.slice(recordKeys.length + whose.length + 1));
      yield (await readChanges(redis, { network, account }, ids)).filter(({ state }) => isFinal(state));
    }
  }
}

/** Which life of the store its bot works in, or did last: what is sure of this one is not looked for before it is posted. */
export const readLife = async (redis: Redis): Promise<string | undefined> => await redis.hget('repartee:epoch', 'id') ?? undefined;

/** Whether an account is asked for; where nothing is said, all are. */
export const isWanted = (each: Place, { network, account }: Pick<Wanted, 'network' | 'account'>): boolean =>
  (network === undefined || each.network === network) && (account === undefined || each.account === account);

/** Every record of this id: the same one may stand on several accounts. */
export async function findRecords(redis: Redis, ledger: Ledger, id: string, { network, account }: Pick<Wanted, 'network' | 'account'> = {}): Promise<readonly LedgerRecord[]> {
  const accounts = (await readAccounts(redis)).filter(each => isWanted(each, { network, account }));
  const records = await Promise.all(accounts.map(each => ledger.get({ ...each, id })));
  return records.filter(record => record !== undefined);
}

/** A text that was refused, by the network or the operator, is asked for anew; one that may stand on the network is looked for. A refused attempt leaves its fence, but an answer as well. */
function whereTo({ state, draft, draftNumber, wasUnknown, fence, duplicate }: LedgerRecord): State {
  // Words that were refused at their first attempt, as those of another answer, would only be refused again.
  if (draft === undefined || draft.number < draftNumber || duplicate === 'at first') return 'seen';
  if (wasUnknown || (fence !== undefined && state !== 'rejected')) return 'unknown';
  return state === 'rejected' ? 'seen' : 'drafted';
}

export interface RetryOptions {
  /** Within this time the network shows or refuses a post that it got. */
  readonly settleMs: number;
  /** Older mentions are left alone, unless they may be answered already. */
  readonly maxAgeMs: number;
}

/** A record that is sure of this one is looked for on the network first, whichever life of the store it is. */
const inNoLife = '';

/**
 * Tries a mention again that came to a bad end. What may have been posted is looked for first, whatever its state says.
 * Returns the record as it is now, or why it stays as it was: what the bot would only pass over keeps its words and its draft.
 */
export async function retryRecord(ledger: Ledger, record: LedgerRecord, { settleMs, maxAgeMs }: RetryOptions): Promise<{ readonly retried: LedgerRecord } | { readonly refused: string }> {
  const { state, draft, deadline, draftNumber, duplicate, fence, mention } = record;
  if (!isFinal(state)) return { refused: `it is ${state}, and is being looked after` };
  if (state === 'posted') return { refused: 'it is answered' };
  if (state === 'skipped') return { refused: `it was skipped on purpose: ${record.reason ?? 'nobody says why'}` };
  if (record.forgotten) return { refused: 'what was written may not be kept any longer: there is nothing left to answer' };
  const now = await ledger.now();
  const to = whereTo(record);
  const ageMs = now - Date.parse(mention.createdAt);
  if (to !== 'unknown' && ageMs > maxAgeMs) return { refused: `it is ${toHours(ageMs)} h old, and what is older than ${toHours(maxAgeMs)} h is left alone (answer.maxAgeHours)` };
  const change = {
    from: [state], to, dueInMs: 0,
    patch: {
      reason: undefined, failures: undefined, absences: undefined, crashes: undefined, calls: undefined,
      // Refused as a text that may be our own answer: it is looked for, and not sent any more.
      duplicate: to === 'unknown' ? duplicate : undefined,
      // What stands in a finished record is packed, and a change looks for the fence outside: said again, it can be found.
      ...(to === 'unknown' ? { wasUnknown: true, fence } : { fence: undefined, deadline: undefined }),
      // The number of words that were refused would only bring them again.
      ...(to === 'seen' && (draft !== undefined || state === 'withheld') && { draft: undefined, draftNumber: Math.max(draftNumber, draft?.number ?? 0) + 1, wasUnknown: undefined }),
    },
    ...(to === 'seen' && duplicate !== undefined && { verifiedIn: inNoLife }),
    // An attempt that was cut off may still be under way, and nothing that the network does not show yet is absent.
    ...(to === 'unknown' && { deadlineInMs: Math.max(0, (deadline ?? 0) - now) + settleMs }),
  };
  const retried = await ledger.change(record, change);
  return retried ? { retried } : { refused: 'somebody was faster' };
}

const toHours = (ms: number): number => Math.round(ms / 360_000) / 10;
