import { createHash } from 'node:crypto';
import type { LedgerPatch } from '../core/ports.ts';
import type { Draft, LedgerRecord, Outcome } from '../core/record.ts';
import type { Mention, MentionRef } from '../core/types.ts';
import { fixedModel } from './fixed.ts';
import { forgotten, silence } from './silence.ts';
import { finish, type PublishTools } from './steps.ts';

/** Names a draft and the words it has now: who decides on a held one says which he saw. */
export const toFence = ({ number, edits = 0 }: Pick<Draft, 'number' | 'edits'>): string => `${number}.${edits}`;

/** Whether a draft needs a human's word. Lines that nobody composed need none. */
export const mustWait = ({ receipt }: Pick<Draft, 'receipt'>, holds: boolean | undefined): boolean =>
  holds === true && receipt.model !== fixedModel && receipt.approved !== true;

/** How a draft is held: under its fence, until nobody would want it any more. Nothing looks at it before. */
export function toHeld({ createdAt, forgetAt }: Mention, draft: Draft, now: number, maxAgeMs: number): { readonly to: 'held'; readonly patch: LedgerPatch; readonly dueInMs: number } {
  const left = [Date.parse(createdAt) + maxAgeMs - now, Date.parse(forgetAt ?? '') - now].filter(ms => !Number.isNaN(ms));
  return { to: 'held', patch: { draft, fence: toFence(draft), failures: undefined }, dueInMs: Math.max(0, Math.ceil(Math.min(maxAgeMs, ...left))) + 1 };
}

export const held = (ref: MentionRef, draft: Draft): Outcome & { readonly kind: 'held' } => ({ kind: 'held', reason: `it waits for approval as ${toShortId(ref, toFence(draft))}` });

/** A draft that was made before answers had to wait, or that is tried again. */
export async function holdDrafted(record: LedgerRecord, draft: Draft, { ledger, rules }: PublishTools): Promise<Outcome> {
  const done = await ledger.change(record, { from: ['drafted'], ...toHeld(record.mention, draft, await ledger.now(), rules.maxAgeMs) });
  return done ? held(record, draft) : { kind: 'nothing', reason: 'somebody was faster' };
}

/** A held draft whose time has come: over, or it waits on. */
export async function lookAtHeld(record: LedgerRecord, tools: PublishTools): Promise<Outcome> {
  const { ledger, network, rules } = tools;
  const now = await ledger.now();
  const quiet = silence(record.mention, network.self, now, rules) ?? (record.draft === undefined ? forgotten : undefined);
  if (quiet !== undefined || !record.draft) return finish(record, 'skipped', `nobody approved it in time: ${quiet}`, tools, record.fence);
  await ledger.change(record, { from: ['held'], ...toHeld(record.mention, record.draft, now, rules.maxAgeMs), ...(record.fence !== undefined && { fence: record.fence }) });
  return { kind: 'nothing', reason: 'it waits for approval' };
}

/** No look-alikes, and an even share for every byte that is taken. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const shortLength = 6;

/** By which a person names a held draft: another one, or the same one changed, has another name. */
export function toShortId({ network, account, id }: MentionRef, fence: string): string {
  const hash = createHash('sha256').update(`held ${network}/${account}/${id}/${fence}`).digest();
  return Array.from(hash.subarray(0, shortLength), byte => letters[byte % letters.length]).join('');
}

/** The held draft that somebody names, by its short name or by the mention's id. */
export function findHeld(records: readonly LedgerRecord[], name: string): { readonly found: LedgerRecord } | { readonly refused: string } {
  const [record, ...others] = records.filter(each => each.id === name || toShortId(each, each.fence ?? '') === name.toUpperCase());
  if (!record) return { refused: `no draft is held as ${name}: it was decided on, changed or has become too old` };
  return others.length === 0 ? { found: record } : { refused: `${name} stands for several drafts: decide on them at the desk, or by mention with --network and --account` };
}
