import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Memory } from '../core/manners.ts';
import type { Ledger, Network, Receipts } from '../core/ports.ts';
import type { MentionRef } from '../core/types.ts';
import { takeBack } from './grant.ts';

export interface RereadTools {
  readonly network: Pick<Network, 'stands' | 'name' | 'self' | 'thread' | 'remove' | 'costs'>;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly memory: Pick<Memory, 'eraseMention'>;
}

/**
 * A mention that was answered, looked at again: where its author has deleted it, or taken our name out of it, our answer goes too, and what we kept
 * of it. Returns what was done in a line for the operator; undefined: it stands.
 */
export async function reread(ref: MentionRef, { network, ledger, receipts, memory }: RereadTools): Promise<string | undefined> {
  const record = await ledger.get(ref);
  if (record?.state !== 'posted' || record.reply === undefined || network.stands === undefined) return undefined;
  try {
    if (await network.stands(record.mention)) return undefined;
    await takeBack(ref, record.reply, 'removed: its author deleted the mention', { network, ledger, receipts });
  } catch (error) {
    if (error instanceof TemporaryError || error instanceof PermanentError) return undefined; // the next look comes by itself
    throw error;
  }
  await memory.eraseMention(ref);
  return `${ref.id}: its author deleted it, and so our answer is gone`;
}
