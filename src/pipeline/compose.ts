import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Halt, Songs } from '../core/manners.ts';
import type { Costs, Ledger } from '../core/ports.ts';
import type { Draft, LedgerRecord, Outcome, Receipt } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { answer, type AnswerTools } from './answer.ts';
import { refusedDrafts, type ApproveTools } from './approve.ts';
import { openAsking } from './asking.ts';
import { backoff, dearBackoff } from './backoff.ts';
import { giveBack, keepReply, takeBudget } from './budget.ts';
import { toFixedAnswer } from './fixed.ts';
import { grantOnce, tellKept, wait, type GrantTools } from './grant.ts';
import { whoAnswers } from './heard.ts';
import { held, mustWait, toHeld } from './hold.ts';
import { obey } from './obey.ts';
import { orderOf } from './orders.ts';
import { describeQuota, forgotten, forOwner, silence, silenceIn, silenceTo, usedUp, type SilenceTools } from './silence.ts';
import { eraseAtEnd, paused, verify, type StepTools } from './steps.ts';
import { fixedLine, readWish } from './wish.ts';

export interface ComposeTools extends AnswerTools, StepTools, SilenceTools, GrantTools {
  readonly network: AnswerTools['network'] & StepTools['network'] & GrantTools['network'];
  readonly halt: Halt;
  readonly receipts: GrantTools['receipts'];
  readonly memory: GrantTools['memory'];
  readonly quotas: GrantTools['quotas'];
  readonly wishes: GrantTools['wishes'];
  /** Answers of this network wait for a human's word. */
  readonly holds?: boolean;
  /** Who may give orders in private, as `network:handle`. */
  readonly owners?: readonly string[];
  readonly audit?: ApproveTools['audit'];
  /** What the canary knows of voices and models; absent: it is switched off. */
  readonly songs?: Songs | undefined;
}

/** One mention → one draft in the ledger. */
export async function compose(ref: MentionRef, tools: ComposeTools): Promise<Outcome> {
  const { ledger, network } = tools;
  const seen = await ledger.get(ref);
  if (seen?.state !== 'seen') return { kind: 'nothing', reason: seen ? `it is ${seen.state} already` : 'the ledger does not know it' };
  const before = refusedDrafts(seen);
  // While a model thinks, another run may have drafted, and its author edited the mention: what is made here answers other words by then.
  const { draftNumber } = seen;
  const end = async (kind: 'skipped' | 'withheld' | 'parked', reason: string, drafts = before): Promise<Outcome> => {
    const done = await ledger.change(ref, { from: ['seen'], to: kind, draftNumber, patch: { reason, unjudged: undefined } });
    if (done) await eraseAtEnd(done, tools);
    return done ? { kind, reason, ...faultsOf(drafts, before) } : { kind: 'nothing', reason: 'somebody was faster' };
  };

  const order = orderOf(seen.mention, tools.owners);
  const record = order ? seen : await grantEarly(seen, tools);
  if ('kind' in record) return record;
  const { granted } = record;
  if (granted && 'silent' in granted) return end('skipped', granted.silent);
  const halted = order ? undefined : await tools.halt.reason(network.name);
  if (halted !== undefined) return paused(halted);
  const quiet = silence(record.mention, network.self, await ledger.now(), order ? forOwner(tools.rules) : tools.rules);
  if (quiet !== undefined) return end('skipped', granted ? unsaid(quiet) : quiet);
  if (record.forgotten) return end('skipped', forgotten);
  if (record.verify) {
    const verified = await verify(record, tools);
    if ('kind' in verified) return verified;
    // What was said is not known here any more, and so there is no receipt of it.
    if ('found' in verified) {
      await tools.receipts.concern(ref, verified.found.id, [record.mention.author.id]);
      const done = await ledger.change(ref, { from: ['seen'], to: 'posted', patch: { reply: verified.found, ...(order && { ordered: true }) } });
      if (done) await eraseAtEnd(done, tools);
      return done ? { kind: 'posted', reply: verified.found, readBack: true } : { kind: 'nothing', reason: 'somebody was faster' };
    }
  }
  const { costs } = network;
  const keep = async (made: Made): Promise<Outcome> => {
    const { text, language, receipt, privately, toOwner } = made;
    const draft = { number: draftNumber, text, language, receipt: { ...receipt, ...(privately && { privately }) }, ...(privately && { privately }), ...(toOwner && { toOwner }) };
    const waits = mustWait(draft, tools.holds);
    const to = waits ? toHeld(record.mention, draft, await ledger.now(), tools.rules.maxAgeMs) : { to: 'drafted' as const, patch: { draft, failures: undefined } };
    const drafted = await ledger.change(ref, { from: ['seen'], ...to, draftNumber, patch: { ...to.patch, unjudged: undefined } });
    await tools.failpoint?.('after the draft', ref);
    const refused = faultsOf(receipt.drafts, before);
    if (drafted && waits) return { ...held(ref, draft), ...refused };
    return drafted ? { kind: 'drafted', ms: made.receipt.took.total, ...refused } : { kind: 'nothing', reason: 'somebody was faster' };
  };
  if (order) return keep({ ...toFixedAnswer(record.mention, await obey(order, record.mention, tools), order.language, tools), privately: true, toOwner: true });
  const early = await answerEarly(record, tools);
  if (early !== undefined) return 'silent' in early ? end('skipped', early.silent) : 'kind' in early ? early : keep(early);
  let settle: (mentionId: string, costs: Costs) => Promise<unknown> = giveBack;
  try {
    // What was heard of one voice says nothing about the next, and its file may change at any time.
    const persona = tools.persona();
    const model = await whoAnswers(persona, tools.model, tools.songs);
    if ('waits' in model) return paused(model.waits);
    const budget = costs && await takeBudget(ref.id, costs);
    if (budget && 'short' in budget) return await end('skipped', budget.short);
    // What a search found for an earlier try lies in the pool.
    const isFirstTry = record.failures === undefined;
    const made = await answer(record.mention, draftNumber, { ...tools, model, persona: () => persona, asking: model.isFixed ? undefined : openAsking(record, ledger), silenceIn: thread => silenceIn(thread, record.mention, network.self, tools) }, budget?.rung === 'full' && !isFirstTry ? { ...budget, rung: 'thread' } : budget, before);
    if ('silent' in made) return await end('skipped', made.silent);
    if ('refused' in made) return await end('withheld', made.refused, made.drafts);
    const kept = await keep(made);
    // Whoever was faster needs what was set aside; what waits for a human is paid for when it goes on.
    if (kept.kind !== 'held') settle = kept.kind === 'drafted' ? keepReply : async () => undefined;
    return kept;
  } catch (error) {
    if (error instanceof PermanentError && error.about !== 'account') return await end('parked', error.message);
    if (error instanceof PermanentError || error instanceof TemporaryError) return await later(record, error, ledger);
    throw error;
  } finally {
    if (costs) await settle(ref.id, costs);
  }
}

/** What was wrong with those that were not refused before. */
const faultsOf = (drafts: Receipt['drafts'], before: Receipt['drafts']): { readonly refused?: readonly string[] } => (drafts.length > before.length ? { refused: drafts.slice(before.length).map(({ refused }) => refused) } : {});

type Made = Pick<Draft, 'text' | 'language' | 'receipt' | 'privately' | 'toOwner'>;
type Early = { readonly silent: string } | Made | Outcome;

/** Why somebody whose wish was granted does not hear of it. */
const unsaid = (why: string): string => `what its author wished is done, and nothing is said about it: ${why}`;
/** A crowd keeps nobody from asking what is kept about him: he is told when there is room. */
const crowdMs = 10 * 60_000;

/** A wish is granted before anything else is looked at. */
async function grantEarly(record: LedgerRecord, tools: ComposeTools): Promise<LedgerRecord | Outcome> {
  try {
    return await grantOnce(record, tools);
  } catch (error) {
    if (error instanceof PermanentError && error.about !== 'account') {
      const done = await tools.ledger.change(record, { from: ['seen'], to: 'skipped', patch: { reason: error.message } });
      return done ? { kind: 'skipped', reason: error.message } : { kind: 'nothing', reason: 'somebody was faster' };
    }
    if (error instanceof PermanentError || error instanceof TemporaryError) return later(record, error, tools.ledger);
    throw error;
  }
}

/** What needs no model and no money: what is said about a wish, or silence towards this person; undefined: an answer is to be composed. */
async function answerEarly(record: LedgerRecord, tools: ComposeTools): Promise<Early | undefined> {
  const { mention, granted } = record;
  try {
    const wished = readWish(mention.text, mention.language);
    if (wished) {
      const used = await usedUp(mention, await tools.ledger.now(), tools);
      if (used) {
        if (granted || used.of === 'person') return { silent: granted ? unsaid(describeQuota(used)) : describeQuota(used) };
        return await wait(record, crowdMs, describeQuota(used), tools);
      }
      const says = granted && 'says' in granted ? granted : { says: await tellKept(wished, mention, tools), language: wished.language };
      return { ...toFixedAnswer(mention, says.says, says.language, tools), privately: true };
    }
    const quiet = await silenceTo(mention, await tools.ledger.now(), tools);
    if (quiet === undefined || 'silent' in quiet) return quiet;
    const line = fixedLine('goodnight', tools.detectLanguage(mention.text, mention.language));
    return toFixedAnswer(mention, line.text, line.language, tools);
  } catch (error) {
    if (error instanceof PermanentError && error.about !== 'account') return { silent: error.message };
    if (error instanceof PermanentError || error instanceof TemporaryError) return later(record, error, tools.ledger);
    throw error;
  }
}

/** Every failure that another try may mend ends here; only age ends the tries. */
async function later(record: LedgerRecord, error: TemporaryError | PermanentError, ledger: Ledger): Promise<Outcome> {
  const failures = (record.failures ?? 0) + 1;
  const told = error instanceof TemporaryError ? error.afterMs : undefined;
  // A model that is slow or breaks off may be paid for it, and may be asked only so often: it gets time to recover.
  const { calls = 0 } = await ledger.get(record) ?? {};
  const wait = calls > (record.calls ?? 0) ? dearBackoff(calls) : backoff(failures);
  const afterMs = told ?? (error instanceof PermanentError ? 60_000 : wait);
  await ledger.change(record, { from: ['seen'], to: 'seen', patch: { failures }, dueInMs: afterMs + 5_000 });
  return { kind: 'later', afterMs, reason: error.message, scope: told !== undefined || error instanceof PermanentError ? 'account' : 'mention' };
}
