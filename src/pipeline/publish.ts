import { createHash } from 'node:crypto';
import { PermanentError, TemporaryError, UnknownOutcomeError } from '../core/errors.ts';
import type { LedgerRecord, Outcome } from '../core/record.ts';
import type { MentionRef, PostRef } from '../core/types.ts';
import { backoff } from './backoff.ts';
import { takeReply } from './budget.ts';
import { composeAnew, isReworded } from './edited.ts';
import { holdDrafted, lookAtHeld, mustWait } from './hold.ts';
import { settle } from './settle.ts';
import { forgotten, forOwner, silence, unwanted } from './silence.ts';
import { finish, markPosted, paused, postpone, verify, type PublishTools } from './steps.ts';

/** One draft → one post, whatever crashes. */
export async function publish(ref: MentionRef, tools: PublishTools): Promise<Outcome> {
  const record = await tools.ledger.get(ref);
  switch (record?.state) {
    case 'drafted':
      if (record.draft && mustWait(record.draft, tools.holds)) return holdDrafted(record, record.draft, tools);
      return send(record, tools);
    case 'held':
      return lookAtHeld(record, tools);
    case 'ready':
      return send(record, tools);
    case 'posting':
    case 'unknown':
      return settle(record, tools);
    default:
      return { kind: 'nothing', reason: record ? `it is ${record.state}` : 'the ledger does not know it' };
  }
}

/** Frozen once: the same text and key for every attempt of one draft. */
export const idempotencyKey = (record: MentionRef, draftNumber: number): string =>
  createHash('sha256').update(`${record.network}/${record.account}/${record.id}/${draftNumber}`).digest('hex').slice(0, 40);

async function send(read: LedgerRecord, tools: PublishTools): Promise<Outcome> {
  const { network, ledger, clock } = tools;
  let record = read;
  const isOrdered = record.draft?.toOwner === true;
  if (!record.wasUnknown) {
    const quiet = silence(record.mention, network.self, await ledger.now(), isOrdered ? forOwner(tools.rules) : tools.rules);
    if (quiet !== undefined) return finish(record, 'skipped', quiet, tools);
    // What is said about a wish of his he is told all the same, in private.
    const unwantedBy = record.draft && !record.draft.privately ? await unwanted(record.mention, record.draft.receipt.mayRemove ?? [], tools.wishes) : undefined;
    if (unwantedBy !== undefined) return finish(record, 'skipped', unwantedBy, tools);
  }
  // Who paused everything from afar must hear that it is so.
  const halt = async (): Promise<string | undefined> => (isOrdered ? undefined : tools.halt.reason(network.name));
  const halted = await halt();
  if (halted !== undefined) return paused(halted);
  if (record.verify) {
    const before = await verify(record, tools);
    if ('kind' in before) return before;
    if ('found' in before) return markPosted(record, before.found, tools, true);
    record = before.absent;
  }
  const ended = record.wasUnknown ? 'parked' : 'skipped';
  if (record.forgotten) return finish(record, ended, forgotten, tools);
  try {
    if (!record.wasUnknown && network.asItStands) {
      const now = await network.asItStands(record.mention);
      if (!now) return await finish(record, 'skipped', 'its author deleted it, or took our name out of it, before we answered', tools);
      if (isReworded(record, now)) return await composeAnew(record, now, tools);
    }
    const short = network.costs && await takeReply(record.id, network.costs);
    if (short) return await finish(record, ended, short.short, tools);
  } catch (error) {
    if (error instanceof TemporaryError || (error instanceof PermanentError && error.about === 'account')) return postpone(record, error, tools);
    // A server that shows no posts to us may take one all the same.
    if (!(error instanceof PermanentError)) throw error;
  }

  // The network may have been asked for long.
  const haltedMeanwhile = await halt();
  if (haltedMeanwhile !== undefined) return paused(haltedMeanwhile);
  const fence = `${tools.processId}#${clock.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const giveUpAt = clock.monotonic() + tools.postTimeoutMs;
  const giveUpBy = clock.now() + tools.postTimeoutMs;
  const posting = await enter(record, fence, tools);
  if (posting && 'kind' in posting) return posting;
  if (!posting) return { kind: 'nothing', reason: 'somebody was faster' };
  await tools.failpoint?.('before the post', record);
  // The store was started anew in between, and may not know that somebody else was faster.
  if (posting.verify) return notSent(posting, new TemporaryError('the store was started anew just before the post', { afterMs: 0 }), fence, tools);
  // As the ledger holds it now: it may have been composed anew since it was read above.
  const { draft, mention } = posting;
  if (!draft) throw new Error(`${record.network} ${record.id} is ${record.state} without a draft`);
  let reply: PostRef;
  try {
    const sent = network.post({ to: mention, text: draft.text, language: draft.language, ...(draft.privately && { privately: draft.privately }), idempotencyKey: idempotencyKey(record, draft.number), giveUpAt, giveUpBy });
    [reply] = await Promise.all([sent, tools.failpoint?.('in the post', record)]);
  } catch (error) {
    return refused(posting, error, fence, tools);
  }
  // What fails from here on says nothing about the post: the record stays as it is, and is settled.
  await tools.failpoint?.('after the post', record);
  const posted = await markPosted(posting, reply, tools, false, fence);
  await tools.failpoint?.('after the ledger', record);
  return posted;
}

/** Takes the right to post. The store may take the change and not confirm it in time: then nothing was sent, and that is what the record says. */
async function enter(record: LedgerRecord, fence: string, tools: PublishTools): Promise<LedgerRecord | Outcome | undefined> {
  try {
    return await tools.ledger.change(record, { from: ['drafted', 'ready'], to: 'posting', patch: { fence }, deadlineInMs: tools.postTimeoutMs, dueInMs: tools.postTimeoutMs + tools.settleMs });
  } catch (error) {
    if (!(error instanceof TemporaryError)) throw error;
    return notSent(record, error, fence, tools);
  }
}

/** Back to where it was: nobody heard of this attempt. */
async function notSent(record: LedgerRecord, error: TemporaryError, fence: string, { ledger }: PublishTools): Promise<Outcome> {
  const afterMs = error.afterMs ?? backoff((record.failures ?? 0) + 1);
  const done = await ledger.change(record, { from: ['posting'], to: 'ready', fence, patch: { fence: undefined, deadline: undefined }, dueInMs: afterMs + 5_000 });
  return done ? { kind: 'later', afterMs, reason: error.message, scope: 'mention' } : { kind: 'nothing', reason: 'somebody settled it meanwhile' };
}

async function refused(record: LedgerRecord, error: unknown, fence: string, tools: PublishTools): Promise<Outcome> {
  const { ledger } = tools;
  if (error instanceof UnknownOutcomeError) {
    const duplicate = error.isDuplicate ? { duplicate: record.wasUnknown ? 'later' as const : 'at first' as const } : {};
    const unknown = await ledger.change(record, { from: ['posting'], to: 'unknown', fence, patch: { wasUnknown: true, ...duplicate, absences: undefined }, deadlineInMs: tools.settleMs, dueInMs: tools.settleMs });
    return unknown ? { kind: 'later', afterMs: tools.settleMs, reason: error.message, scope: 'mention' } : { kind: 'nothing', reason: 'somebody settled it meanwhile' };
  }
  const failures = (record.failures ?? 0) + 1;
  const back = async (afterMs: number, scope: 'mention' | 'account'): Promise<Outcome> => {
    const done = await ledger.change(record, { from: ['posting'], to: 'ready', fence, patch: { failures }, dueInMs: afterMs + 5_000 });
    return done ? { kind: 'later', afterMs, reason: (error as Error).message, scope } : { kind: 'nothing', reason: 'somebody settled it meanwhile' };
  };
  if (error instanceof TemporaryError) return back(error.afterMs ?? backoff(failures), error.afterMs === undefined ? 'mention' : 'account');
  if (!(error instanceof PermanentError)) throw error;
  if (error.about === 'account') return back(60_000, 'account');
  // An edit of its author's uses up none of the tries.
  const drafts = (record.draft?.number ?? 1) - (record.reworded ?? 0);
  // A frozen text stays frozen: after an unknown outcome there is no asking again.
  if (error.about === 'text' && drafts < 2 && !record.wasUnknown) {
    await ledger.change(record, { from: ['posting'], to: 'seen', fence, patch: { draft: undefined, draftNumber: (record.draft?.number ?? 1) + 1 } });
    return { kind: 'redraft', reason: error.message };
  }
  return finish(record, 'rejected', error.message, tools, fence);
}
