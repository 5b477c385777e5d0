import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Clock, Ledger, Network, Receipts } from '../core/ports.ts';
import type { LedgerRecord, Outcome, PostRef, State } from '../core/types.ts';
import { backoff } from './backoff.ts';
import { giveBack } from './budget.ts';

export interface PublishTools {
  readonly network: Network;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly clock: Clock;
  /** Names this process in a fence. */
  readonly processId: string;
  /** Since when the process of a fence is surely gone and can write nothing any more; undefined when it may live. */
  readonly goneSince: (processId: string) => number | undefined;
  /** How long a request may take from the moment `posting` is entered. */
  readonly postTimeoutMs: number;
  /** T: within this time the network shows or refuses a post that it got. */
  readonly settleMs: number;
  readonly onUnknown: 'settle' | 'park';
  readonly maxAgeMs: number;
  /** Mentions from before this time are looked for on the network before they are posted; 0 for none. */
  readonly verifyBefore: () => number;
}

/** Ties a change to the attempt that the record was read in: what was seen of one attempt decides nothing about a later one. */
export const sameAttempt = ({ fence }: LedgerRecord): { readonly fence?: string } => (fence === undefined ? {} : { fence });

/** The receipt first: a posted record without one could not be explained. */
export async function markPosted(record: LedgerRecord, reply: PostRef, tools: PublishTools, readBack: boolean, fence?: string): Promise<Outcome> {
  if (record.draft) await tools.receipts.put({ ...record.draft.receipt, reply, ...await toCost(record, tools) });
  const from: State[] = readBack ? ['drafted', 'ready', 'posting', 'unknown'] : ['posting'];
  const done = await tools.ledger.change(record, { from, to: 'posted', ...(fence ? { fence } : {}), patch: { reply, draft: undefined, failures: undefined, fence: undefined, deadline: undefined } });
  return done ? { kind: 'posted', reply, readBack } : { kind: 'nothing', reason: 'somebody settled it meanwhile' };
}

async function toCost({ id }: LedgerRecord, { network }: PublishTools): Promise<{ readonly dollars?: number }> {
  return network.costs ? { dollars: await giveBack(id, network.costs) } : {};
}

/** Ends a record in a final state, with its reason. */
export async function finish(record: LedgerRecord, kind: 'skipped' | 'rejected' | 'parked', reason: string, tools: PublishTools, fence?: string): Promise<Outcome> {
  const done = await tools.ledger.change(record, { from: [record.state], to: kind, ...(fence ? { fence } : {}), patch: { reason } });
  if (done && tools.network.costs) await giveBack(record.id, tools.network.costs);
  return done ? { kind, reason } : { kind: 'nothing', reason: 'somebody was faster' };
}

/** The record stays as it is until another try is worth it. */
export async function postpone(record: LedgerRecord, error: TemporaryError | PermanentError, tools: PublishTools): Promise<Outcome> {
  const failures = (record.failures ?? 0) + 1;
  const told = error instanceof TemporaryError ? error.afterMs : undefined;
  const afterMs = told ?? backoff(failures);
  await tools.ledger.change(record, { from: [record.state], to: record.state, ...sameAttempt(record), patch: { failures }, dueInMs: afterMs + 5_000 });
  return { kind: 'later', afterMs, reason: error.message, scope: told === undefined ? 'mention' : 'account' };
}

/** Our reply as the network shows it; `later` when it cannot be read now. */
export async function lookFor(record: LedgerRecord, tools: PublishTools): Promise<{ readonly found: PostRef | undefined } | Outcome> {
  try {
    return { found: await tools.network.find(record.mention, record.draft?.text) };
  } catch (error) {
    if (error instanceof TemporaryError || (error instanceof PermanentError && error.about === 'account')) return postpone(record, error, tools);
    if (error instanceof PermanentError) return finish(record, 'parked', `our own posts could not be read: ${error.message}`, tools, record.fence);
    throw error;
  }
}
