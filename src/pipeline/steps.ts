import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Halt, Memory, Wishes } from '../core/manners.ts';
import type { Clock, Failpoint, Ledger, Network, Receipts } from '../core/ports.ts';
import type { LedgerRecord, Outcome, State } from '../core/record.ts';
import type { PostRef } from '../core/types.ts';
import { backoff } from './backoff.ts';
import { giveBack } from './budget.ts';
import type { SilenceRules } from './silence.ts';

/** What looking at a record takes. */
export interface StepTools {
  readonly network: Pick<Network, 'find' | 'costs'>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** On the monotonic clock: from when on nothing is under way any more that an earlier life of the ledger knew of. */
  readonly quietAt: () => number;
  readonly memory: Pick<Memory, 'eraseMention'>;
  readonly failpoint?: Failpoint | undefined;
}

export interface PublishTools extends StepTools {
  readonly network: Network;
  readonly receipts: Receipts;
  /** Names this process in a fence. */
  readonly processId: string;
  /** For how many ms the process of a fence has surely been unable to write anything; undefined when it may live. */
  readonly goneForMs: (processId: string) => number | undefined;
  /** How long a request may take from the moment `posting` is entered. */
  readonly postTimeoutMs: number;
  /** T: within this time the network shows or refuses a post that it got. */
  readonly settleMs: number;
  readonly onUnknown: 'settle' | 'park';
  readonly rules: SilenceRules;
  readonly wishes: Pick<Wishes, 'leftAlone' | 'isQuiet'>;
  readonly halt: Halt;
  /** Answers of this network wait for a human's word. */
  readonly holds?: boolean;
  readonly memory: Memory;
  /** What is posted is remembered for a while, so that it is not said again. */
  readonly remember: (text: string) => Promise<void>;
}

/** How soon everybody looks whether the kill switch was let go. */
export const haltLookMs = 2_000;

/** Nothing is posted, nothing is asked, and nothing is lost. */
export const paused = (reason: string): Outcome => ({ kind: 'later', afterMs: haltLookMs, reason: `paused: ${reason}`, scope: 'account' });

/** Ties a change to the attempt that the record was read in: what was seen of one attempt decides nothing about a later one. */
export const sameAttempt = ({ fence }: LedgerRecord): { readonly fence?: string } => (fence === undefined ? {} : { fence });

/** The receipt first: a posted record without one could not be explained. */
export async function markPosted(record: LedgerRecord, reply: PostRef, tools: PublishTools, readBack: boolean, fence?: string): Promise<Outcome> {
  await tools.receipts.concern(record, reply.id, [record.mention.author.id, ...record.draft?.receipt.mayRemove ?? []]);
  if (record.draft) await tools.receipts.put({ ...record.draft.receipt, reply, ...await toCost(record, tools) });
  const from: State[] = readBack ? ['drafted', 'ready', 'posting', 'unknown'] : ['posting'];
  const done = await tools.ledger.change(record, { from, to: 'posted', ...(fence ? { fence } : {}), patch: { reply, ...(record.draft?.toOwner && { ordered: true }), draft: undefined, failures: undefined, fence: undefined, deadline: undefined } });
  if (!done) return { kind: 'nothing', reason: 'somebody settled it meanwhile' };
  if (record.draft) await tools.remember(record.draft.receipt.answer);
  await eraseAtEnd(done, tools);
  return { kind: 'posted', reply, readBack };
}

async function toCost({ id }: LedgerRecord, { network }: PublishTools): Promise<{ readonly dollars?: number }> {
  return network.costs ? { dollars: await giveBack(id, network.costs) } : {};
}

/** Whoever is to be forgotten is so, however his mention ended. */
export async function eraseAtEnd(done: LedgerRecord, { memory }: Pick<StepTools, 'memory'>): Promise<void> {
  if (done.erase) await memory.eraseMention(done, true);
}

/** Ends a record in a final state, with its reason. */
export async function finish(record: LedgerRecord, kind: 'skipped' | 'rejected' | 'parked', reason: string, tools: StepTools, fence?: string): Promise<Outcome> {
  const done = await tools.ledger.change(record, { from: [record.state], to: kind, ...(fence ? { fence } : {}), patch: { reason } });
  if (done && tools.network.costs) await giveBack(record.id, tools.network.costs);
  if (done) await eraseAtEnd(done, tools);
  return done ? { kind, reason } : { kind: 'nothing', reason: 'somebody was faster' };
}

/** The record stays as it is until another try is worth it. */
export async function postpone(record: LedgerRecord, error: TemporaryError | PermanentError, tools: StepTools): Promise<Outcome> {
  const failures = (record.failures ?? 0) + 1;
  const told = error instanceof TemporaryError ? error.afterMs : undefined;
  const afterMs = told ?? backoff(failures);
  await tools.ledger.change(record, { from: [record.state], to: record.state, ...sameAttempt(record), patch: { failures }, dueInMs: afterMs + 5_000 });
  return { kind: 'later', afterMs, reason: error.message, scope: told === undefined ? 'mention' : 'account' };
}

/** After a lost connection it is soon known whether the store is the same as before. */
const unsureMs = 300;

/**
 * A mention that an earlier life of the ledger may have answered: `found`, or the record as it is once the network shows no reply of ours.
 * Until nothing of that life is under way any more, its absence would mean nothing.
 */
export async function verify(record: LedgerRecord, tools: StepTools): Promise<{ readonly found: PostRef } | { readonly absent: LedgerRecord } | Outcome> {
  const { ledger, clock } = tools;
  const again = (change: { readonly dueInMs?: number; readonly verifiedIn?: string | undefined }) => ledger.change(record, { from: [record.state], to: record.state, ...sameAttempt(record), ...change });
  const left = tools.quietAt() - clock.monotonic();
  if (left > 0) {
    const afterMs = left === Infinity ? unsureMs : left;
    await again({ dueInMs: afterMs + 5_000 });
    const reason = left === Infinity ? 'whether the store was started anew is not known yet' : 'the store was started anew, and an answer from before may be under way';
    return { kind: 'later', afterMs, reason, scope: 'mention' };
  }
  const verifiedIn = ledger.epoch();
  const read = await lookFor(record, tools);
  if ('kind' in read) return read;
  if (read.found) return { found: read.found };
  const absent = await again({ verifiedIn });
  return absent ? { absent } : { kind: 'nothing', reason: 'somebody was faster' };
}

/** Our reply as the network shows it; `later` when it cannot be read now. */
export async function lookFor(record: LedgerRecord, tools: StepTools): Promise<{ readonly found: PostRef | undefined } | Outcome> {
  try {
    return { found: await tools.network.find(record.mention, record.draft?.text) };
  } catch (error) {
    if (error instanceof TemporaryError || (error instanceof PermanentError && error.about === 'account')) return postpone(record, error, tools);
    if (error instanceof PermanentError) return finish(record, 'parked', `our own posts could not be read: ${error.message}`, tools, record.fence);
    throw error;
  }
}
