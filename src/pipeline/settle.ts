import type { LedgerRecord, Outcome } from '../core/record.ts';
import { finish, lookFor, markPosted, sameAttempt, type PublishTools } from './steps.ts';

/** How often our reply must be missing before it counts as never posted: T has passed by the first look, the second one guards against a bad read. */
const absencesNeeded = 2;
const secondLookMs = 1_000;

/** An attempt whose outcome nobody knows: wait until it can no longer be written, read our own posts, then decide. */
export async function settle(record: LedgerRecord, tools: PublishTools): Promise<Outcome> {
  const { ledger, settleMs } = tools;
  const wait = (afterMs: number, reason: string): Outcome => ({ kind: 'later', afterMs, reason, scope: 'mention' });

  const now = await ledger.now();
  if (record.state === 'posting') {
    // The writer may still be at it, unless its process is surely gone; the network gets T to show what reached it.
    const goneForMs = tools.goneForMs(record.fence?.split('#')[0] ?? '');
    const writableForMs = Math.min((record.deadline ?? 0) - now, goneForMs === undefined ? Infinity : -goneForMs);
    const left = writableForMs + settleMs;
    if (writableForMs > 0) return wait(left, 'an attempt may still be under way');
    const patch = { wasUnknown: true, absences: undefined };
    const unknown = await ledger.change(record, { from: ['posting'], to: 'unknown', ...sameAttempt(record), patch, deadlineInMs: left, dueInMs: settleMs + 5_000 });
    return unknown ? wait(Math.max(0, left), 'an attempt ended without an answer') : { kind: 'nothing', reason: 'somebody was faster' };
  }

  const early = (record.deadline ?? 0) - now;
  if (early > 0) return wait(early, 'the network may still show our reply');
  const read = await lookFor(record, tools);
  await tools.failpoint?.('in settling', record);
  if ('kind' in read) return read;
  if (read.found) return markPosted(record, read.found, tools, true);
  if (tools.onUnknown === 'park') return finish(record, 'parked', 'an attempt ended without an answer and no reply of ours is shown', tools, record.fence);
  const absences = (record.absences ?? 0) + 1;
  if (absences < absencesNeeded) {
    const again = await ledger.change(record, { from: ['unknown'], to: 'unknown', ...sameAttempt(record), patch: { absences }, deadlineInMs: secondLookMs, dueInMs: secondLookMs + 5_000 });
    return again ? wait(secondLookMs, 'our reply is not shown yet') : { kind: 'nothing', reason: 'somebody was faster' };
  }
  if (record.duplicate !== undefined) return redraft(record, tools);
  const ready = await ledger.change(record, { from: ['unknown'], to: 'ready', ...sameAttempt(record), patch: { absences: undefined } });
  return ready ? wait(0, 'no reply of ours is shown: the same text once more') : { kind: 'nothing', reason: 'somebody was faster' };
}

/** So many texts are tried before a mention is parked for them: a refusal costs nothing, and an engine without a model has only so many lines. */
const textsTried = 4;

/**
 * The network refuses the text as one it has, and shows no reply of ours to this mention. Said at the first attempt, another mention got the same
 * words and this one got none: it is composed anew. Said after an attempt that may have arrived, there is nothing to be sure of.
 */
async function redraft(record: LedgerRecord, tools: PublishTools): Promise<Outcome> {
  const number = record.draft?.number ?? 1;
  const reason = 'the network has this text already, but not under this mention';
  if (record.duplicate === 'later' || number - (record.reworded ?? 0) >= textsTried) return finish(record, 'parked', reason, tools, record.fence);
  const patch = { draft: undefined, draftNumber: number + 1, wasUnknown: undefined, duplicate: undefined, absences: undefined };
  const seen = await tools.ledger.change(record, { from: ['unknown'], to: 'seen', ...sameAttempt(record), patch });
  return seen ? { kind: 'redraft', reason } : { kind: 'nothing', reason: 'somebody was faster' };
}
