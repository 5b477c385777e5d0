import type { Redis } from 'ioredis';
import type { Ledger } from '../core/ports.ts';
import { finalStates, openStates, type LedgerRecord, type MentionRef, type State } from '../core/types.ts';
import { readAccounts } from './ledger.ts';

// The ledger for people: what stands in it, and what may be tried again. The commands and the desk read it through here.

export interface Wanted {
  /** Absent: every state that is neither posted nor skipped. */
  readonly states?: readonly State[] | undefined;
  readonly network?: string | undefined;
  readonly account?: string | undefined;
  readonly limit: number;
}

export interface Listed {
  /** Newest change first. */
  readonly records: readonly LedgerRecord[];
  /** How many there are, `limit` aside. */
  readonly total: number;
}

const isFinal = (state: State): state is (typeof finalStates)[number] => (finalStates as readonly State[]).includes(state);
const troubled = [...openStates, ...finalStates].filter(state => state !== 'posted' && state !== 'skipped');

/** Records in some states. Final ones come from their lists, unfinished ones from what is due. */
export async function listRecords(redis: Redis, ledger: Ledger, { states = troubled, network, account, limit }: Wanted): Promise<Listed> {
  const accounts = (await readAccounts(redis)).filter(each => (network === undefined || each.network === network) && (account === undefined || each.account === account));
  const wanted = new Set(states);
  const found: { readonly ref: MentionRef; readonly at: number }[] = [];
  let total = 0;
  for (const each of accounts) {
    for (const state of states.filter(isFinal)) {
      const key = `repartee:ended:${each.network}:${each.account}:${state}`;
      const [flat, count] = await Promise.all([redis.zrevrange(key, 0, limit - 1, 'WITHSCORES'), redis.zcard(key)]);
      total += count;
      for (let at = 0; at < flat.length; at += 2) found.push({ ref: { ...each, id: flat[at] ?? '' }, at: Number(flat[at + 1]) });
    }
    if (!states.some(state => !isFinal(state))) continue;
    const ids = await redis.zrange(`repartee:due:${each.network}:${each.account}`, '0', '-1');
    found.push(...ids.map(id => ({ ref: { ...each, id }, at: Infinity })));
    const counts = await ledger.count(each.network, each.account);
    total += states.filter(state => !isFinal(state)).reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  }
  const newest = found.toSorted((one, other) => other.at - one.at);
  const records: LedgerRecord[] = [];
  for (let at = 0; at < newest.length && records.length < limit; at += limit) {
    const page = await Promise.all(newest.slice(at, at + limit).map(({ ref }) => ledger.get(ref)));
    records.push(...page.filter(record => record !== undefined && wanted.has(record.state)) as LedgerRecord[]);
  }
  return { records: records.slice(0, limit).toSorted((one, other) => other.updatedAt - one.updatedAt), total };
}

/** Every record of this id: the same one may stand on several accounts. */
export async function findRecords(redis: Redis, ledger: Ledger, id: string, { network, account }: Partial<Pick<Wanted, 'network' | 'account'>> = {}): Promise<readonly LedgerRecord[]> {
  const accounts = (await readAccounts(redis)).filter(each => (network === undefined || each.network === network) && (account === undefined || each.account === account));
  const records = await Promise.all(accounts.map(each => ledger.get({ ...each, id })));
  return records.filter(record => record !== undefined);
}

/** A text that was refused is asked for anew; one that may stand on the network is looked for. A refused attempt leaves its fence, but an answer as well. */
function whereTo({ state, draft, wasUnknown, fence }: LedgerRecord): State {
  if (draft === undefined) return 'seen';
  if (wasUnknown || (fence !== undefined && state !== 'rejected')) return 'unknown';
  return state === 'rejected' ? 'seen' : 'drafted';
}

/**
 * Tries a mention again that came to a bad end. What may have been posted is looked for first, whatever its state says.
 * Returns the record as it is now, or why it stays as it was.
 */
export async function retryRecord(ledger: Ledger, record: LedgerRecord): Promise<{ readonly retried: LedgerRecord } | { readonly refused: string }> {
  const { state, draft } = record;
  if (!isFinal(state)) return { refused: `it is ${state}, and is being looked after` };
  if (state === 'posted') return { refused: 'it is answered' };
  if (state === 'skipped') return { refused: `it was skipped on purpose: ${record.reason ?? 'nobody says why'}` };
  if (record.forgotten) return { refused: 'what was written may not be kept any longer: there is nothing left to answer' };
  const to = whereTo(record);
  const retried = await ledger.change(record, {
    from: [state], to, dueInMs: 0,
    patch: {
      reason: undefined, failures: undefined, absences: undefined, crashes: undefined, duplicate: undefined,
      ...(to === 'unknown' ? { wasUnknown: true } : { fence: undefined, deadline: undefined }),
      ...(to === 'seen' && draft !== undefined && { draft: undefined, draftNumber: draft.number + 1, wasUnknown: undefined }),
    },
    ...(to === 'unknown' && { deadlineInMs: 1 }),
  });
  return retried ? { retried } : { refused: 'somebody was faster' };
}
