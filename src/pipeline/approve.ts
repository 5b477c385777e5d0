import { randomBytes } from 'node:crypto';
import { TemporaryError } from '../core/errors.ts';
import type { Moderate, Wishes } from '../core/manners.ts';
import type { Ledger, LedgerPatch, Network } from '../core/ports.ts';
import { gaveWay, type Draft, type LedgerRecord, type State } from '../core/record.ts';
import type { Mention, MentionRef, Persona, Post, Self } from '../core/types.ts';
import { bareQuestion } from './clean.ts';
import type { Context } from './gather.ts';
import { toFence, toHeld } from './hold.ts';
import { readCompletion } from './polish.ts';
import { judge, roomFor, toRules, type RuleTools } from './rules.ts';
import { forgotten, unwanted } from './silence.ts';

// What a human does with a draft that is held. Every verb acts on the very draft that was seen, by its fence, and on none that is on its way already.

/** The record as it is now, or why nothing was changed. */
export type Decided = { readonly done: LedgerRecord } | { readonly refused: string };

/** What was done, by whom. */
export interface Decision {
  readonly what: 'approve' | 'edit' | 'ask again' | 'reject' | 'pause' | 'resume';
  readonly ref?: MentionRef;
  readonly fence?: string;
  readonly by: string;
  readonly at: number;
}

export interface ApproveTools {
  readonly ledger: Ledger;
  readonly wishes: Pick<Wishes, 'leftAlone' | 'isQuiet'>;
  /** Told of everything that was done. */
  readonly audit?: ((decision: Decision) => Promise<void>) | undefined;
}

export interface EditTools extends ApproveTools, RuleTools {
  readonly network: RuleTools['network'] & Pick<Network, 'tidy'>;
  readonly persona: () => Persona;
  readonly moderate: Moderate;
  readonly rules: { readonly maxAgeMs: number };
}

/** It may be posted, as it is. */
export async function approve(ref: MentionRef, fence: string, by: string, tools: ApproveTools): Promise<Decided> {
  const held = await readHeld(ref, fence, tools);
  if ('refused' in held) return held;
  const { record: { mention }, draft } = held;
  const reason = await unwanted(mention, draft.receipt.mayRemove ?? [], tools.wishes);
  if (reason !== undefined) {
    const skipped = await decide('reject', ref, fence, by, 'skipped', { reason, fence: undefined }, tools);
    return 'refused' in skipped ? skipped : { refused: `it is skipped: ${reason}` };
  }
  return decide('approve', ref, fence, by, 'ready', { draft: { ...draft, receipt: { ...draft.receipt, approved: true } }, fence: undefined, failures: undefined }, tools);
}

/** Other words in its place, without the salutation: they stand before the same rules as a model's, and it stays held until they are approved. */
export async function edit(ref: MentionRef, fence: string, text: string, by: string, tools: EditTools): Promise<Decided> {
  const held = await readHeld(ref, fence, tools);
  if ('refused' in held) return held;
  const { record: { mention }, draft } = held;
  const read = readCompletion(text, randomBytes(6).toString('hex'));
  if ('fault' in read) return { refused: read.fault };
  const words = tools.network.tidy?.(read.text) ?? read.text;
  try {
    const fault = await judge(words, await toRules(toContext(mention, draft, tools.network.self), tools.persona(), roomFor(mention, tools), tools), tools.moderate);
    if (fault !== undefined) return { refused: fault };
  } catch (error) {
    if (error instanceof TemporaryError) return { refused: `it cannot be told now whether that may be said: ${error.message}` };
    throw error;
  }
  const { receipt } = draft;
  const next: Draft = {
    ...draft, text: mention.salutation + words, edits: (draft.edits ?? 0) + 1,
    receipt: { ...receipt, answer: words, edited: true, drafts: [...receipt.drafts, { text: receipt.answer, refused: gaveWay.changed }] },
  };
  const { to, patch, dueInMs } = toHeld(mention, next, await tools.ledger.now(), tools.rules.maxAgeMs);
  return decide('edit', ref, fence, by, to, patch, tools, dueInMs);
}

/** Another draft, please: this one is shown in the receipt of the next. */
export async function askAgain(ref: MentionRef, fence: string, by: string, tools: ApproveTools): Promise<Decided> {
  const held = await readHeld(ref, fence, tools);
  if ('refused' in held) return held;
  return decide('ask again', ref, fence, by, 'seen', { draftNumber: held.draft.number + 1, fence: undefined, failures: undefined, calls: undefined }, tools);
}

/** No answer at all: of a held draft, or of one that was approved and of which no post has begun yet (its fence is empty). */
export async function reject(ref: MentionRef, fence: string, by: string, tools: ApproveTools, reason?: string): Promise<Decided> {
  const patch = { reason: reason === undefined ? gaveWay.notWanted : `${gaveWay.notWanted}: ${reason}`, fence: undefined };
  const record = fence === '' ? await tools.ledger.get(ref) : undefined;
  const isApproved = record?.state === 'ready' && record.draft?.receipt.approved === true && !hasBegun(record);
  return decide('reject', ref, fence, by, 'rejected', patch, tools, 0, isApproved ? 'ready' : 'held');
}

/** Once a post was begun, its words are frozen: it may stand on the network. */
const hasBegun = ({ wasUnknown, history = [] }: LedgerRecord): boolean => wasUnknown === true || history.some(({ state }) => state === 'posting');

/** Drafts of this mention that the operator would not have, or, without their words, that answered what its author edited since. */
export function refusedDrafts({ draft, draftNumber, reworded = 0 }: LedgerRecord): Draft['receipt']['drafts'] {
  if (!draft) return Array.from({ length: reworded }, () => ({ text: '', refused: gaveWay.outdated }));
  return draft.number < draftNumber ? [...draft.receipt.drafts, { text: draft.receipt.answer, refused: gaveWay.notWanted }] : [];
}

async function readHeld(ref: MentionRef, fence: string, { ledger }: ApproveTools): Promise<{ readonly record: LedgerRecord; readonly draft: Draft } | { readonly refused: string }> {
  const record = await ledger.get(ref);
  if (record?.state !== 'held' || record.fence !== fence) return { refused: describe(record) };
  return record.draft && toFence(record.draft) === fence ? { record, draft: record.draft } : { refused: forgotten };
}

async function decide(what: Decision['what'], ref: MentionRef, fence: string, by: string, to: State, patch: LedgerPatch, { ledger, audit }: ApproveTools, dueInMs = 0, from: State = 'held'): Promise<Decided> {
  const done = await ledger.change(ref, { from: [from], to, ...(from === 'held' && { fence }), patch, dueInMs });
  if (!done) return { refused: describe(await ledger.get(ref)) };
  await audit?.({ what, ref: { network: ref.network, account: ref.account, id: ref.id }, fence, by, at: done.updatedAt });
  return { done };
}

/** What happened to it instead, for who comes too late. */
function describe(record: LedgerRecord | undefined): string {
  switch (record?.state) {
    case undefined: return 'the ledger does not know it';
    case 'held': return 'its draft is another one by now: look at it again';
    case 'seen': return record.reworded !== undefined && !record.draft ? 'its author edited it meanwhile, and an answer to what it says now is being written' : 'another draft was asked for, and is being written';
    case 'drafted': case 'ready': return 'it is approved already, and about to be posted';
    case 'posting': case 'unknown': return 'it is being posted, and nothing changes it any more';
    case 'posted': return `it is posted already: ${record.reply?.url ?? ''}`;
    default: return `it is ${record?.state} already${record?.reason === undefined ? '' : `: ${record.reason}`}`;
  }
}

/** What a draft was written from, as far as the record holds it. */
function toContext(mention: Mention, { language, receipt: { thread, open, items } }: Draft, self: Pick<Self, 'id' | 'handle'>): Context {
  const earlier = thread.map(({ author, url, text }): Post => ({
    network: mention.network, id: url, url, text, createdAt: mention.createdAt, media: [], links: [], visibility: mention.visibility,
    author: { id: author === self.handle ? self.id : `@${author}`, handle: author, name: '', isBot: false },
  }));
  return { thread: [...earlier, mention], question: bareQuestion(mention.text), language, gathered: { open, items } };
}
