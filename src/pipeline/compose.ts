import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Halt } from '../core/manners.ts';
import type { Costs, Ledger } from '../core/ports.ts';
import type { Draft, LedgerRecord, Outcome } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { answer, type AnswerTools } from './answer.ts';
import { backoff } from './backoff.ts';
import { giveBack, keepReply, takeBudget } from './budget.ts';
import { toFixedAnswer } from './fixed.ts';
import { grant, type GrantTools } from './grant.ts';
import { forgotten, overQuota, silence, silenceIn, silenceTo, type SilenceTools } from './silence.ts';
import { paused, verify, type StepTools } from './steps.ts';
import { fixedLine, readWish } from './wish.ts';

export interface ComposeTools extends AnswerTools, StepTools, SilenceTools, GrantTools {
  readonly network: AnswerTools['network'] & StepTools['network'] & GrantTools['network'];
  readonly halt: Halt;
  readonly receipts: GrantTools['receipts'];
}

/** One mention → one draft in the ledger. */
export async function compose(ref: MentionRef, tools: ComposeTools): Promise<Outcome> {
  const { ledger, network } = tools;
  const record = await ledger.get(ref);
  if (record?.state !== 'seen') return { kind: 'nothing', reason: record ? `it is ${record.state} already` : 'the ledger does not know it' };
  const end = async (kind: 'skipped' | 'withheld' | 'parked', reason: string): Promise<Outcome> => {
    const done = await ledger.change(ref, { from: ['seen'], to: kind, patch: { reason } });
    return done ? { kind, reason } : { kind: 'nothing', reason: 'somebody was faster' };
  };

  const halted = await tools.halt.reason(network.name);
  if (halted !== undefined) return paused(halted);
  const quiet = silence(record.mention, network.self, await ledger.now(), tools.rules);
  if (quiet !== undefined) return end('skipped', quiet);
  if (record.forgotten) return end('skipped', forgotten);
  if (record.verify) {
    const before = await verify(record, tools);
    if ('kind' in before) return before;
    // What was said is not known here any more, and so there is no receipt of it.
    if ('found' in before) {
      const done = await ledger.change(ref, { from: ['seen'], to: 'posted', patch: { reply: before.found } });
      return done ? { kind: 'posted', reply: before.found, readBack: true } : { kind: 'nothing', reason: 'somebody was faster' };
    }
  }
  const { costs } = network;
  const keep = async (made: Pick<Draft, 'text' | 'language' | 'receipt' | 'privately'>, erase?: true): Promise<Outcome> => {
    const draft = { number: record.draftNumber, text: made.text, language: made.language, receipt: made.receipt, ...(made.privately && { privately: made.privately }) };
    const drafted = await ledger.change(ref, { from: ['seen'], to: 'drafted', patch: { draft, failures: undefined, ...(erase && { erase }) } });
    await tools.failpoint?.('after the draft', ref);
    return drafted ? { kind: 'drafted', ms: made.receipt.took.total } : { kind: 'nothing', reason: 'somebody was faster' };
  };
  const early = await answerEarly(record, tools);
  if (early !== undefined) return 'silent' in early ? end('skipped', early.silent) : 'kind' in early ? early : keep(early, early.erase);
  let settle: (mentionId: string, costs: Costs) => Promise<unknown> = giveBack;
  try {
    const budget = costs && await takeBudget(ref.id, costs);
    if (budget && 'short' in budget) return await end('skipped', budget.short);
    // What a search found for an earlier try lies in the pool.
    const isFirstTry = record.failures === undefined;
    const made = await answer(record.mention, record.draftNumber, { ...tools, silenceIn: thread => silenceIn(thread, record.mention, network.self, tools) }, budget?.rung === 'full' && !isFirstTry ? { ...budget, rung: 'thread' } : budget);
    if ('silent' in made) return await end('skipped', made.silent);
    if ('refused' in made) return await end('withheld', made.refused);
    const kept = await keep(made);
    // Whoever was faster needs what was set aside.
    settle = kept.kind === 'drafted' ? keepReply : async () => undefined;
    return kept;
  } catch (error) {
    if (error instanceof PermanentError && error.about !== 'account') return await end('parked', error.message);
    if (error instanceof PermanentError || error instanceof TemporaryError) return await later(record, error, ledger);
    throw error;
  } finally {
    if (costs) await settle(ref.id, costs);
  }
}

type Early = { readonly silent: string } | (Pick<Draft, 'text' | 'language' | 'receipt' | 'privately'> & { readonly erase?: true }) | Outcome;

/** What needs no model and no money: a wish, or silence towards this person; undefined: an answer is to be composed. */
async function answerEarly(record: LedgerRecord, tools: ComposeTools): Promise<Early | undefined> {
  const { mention } = record;
  try {
    const wished = readWish(mention.text, mention.language);
    if (wished) {
      const over = await overQuota(mention, await tools.ledger.now(), tools);
      // To be left alone is granted however often somebody asks; what walks over the whole store, or is said again, is not.
      if (over !== undefined && (wished.wish === 'forget me' || wished.wish === 'what do you know')) return { silent: over };
      const granted = await grant(wished, mention, tools);
      if ('silent' in granted) return granted;
      if (over !== undefined) return { silent: over };
      return { ...toFixedAnswer(mention, granted.says, wished.language, tools), privately: true, ...(granted.erase && { erase: granted.erase }) };
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
  const afterMs = told ?? (error instanceof PermanentError ? 60_000 : backoff(failures));
  await ledger.change(record, { from: ['seen'], to: 'seen', patch: { failures }, dueInMs: afterMs + 5_000 });
  return { kind: 'later', afterMs, reason: error.message, scope: told !== undefined || error instanceof PermanentError ? 'account' : 'mention' };
}
