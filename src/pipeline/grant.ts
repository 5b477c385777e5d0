import { PermanentError } from '../core/errors.ts';
import type { Memory, Wishes } from '../core/manners.ts';
import type { Clock, Ledger, Network, Receipts } from '../core/ports.ts';
import type { Mention } from '../core/types.ts';
import { idsOf } from './silence.ts';
import { toAnswer, type Wished } from './wish.ts';

export interface GrantTools {
  readonly network: Pick<Network, 'name' | 'self' | 'thread' | 'remove' | 'costs'>;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly wishes: Wishes;
  readonly memory: Memory;
  readonly clock: Clock;
}

/** What is to be said about a wish that was granted, or why nothing is. `erase`: once that is said, it is forgotten too. */
export type Granted = { readonly says: string; readonly erase?: true } | { readonly silent: string };

/** Does what somebody asked for, at once and as often as it is asked for; said is it once. */
export async function grant(wished: Wished, mention: Mention, tools: GrantTools): Promise<Granted> {
  const { network, account, author } = mention;
  const { wishes, memory, clock } = tools;
  switch (wished.wish) {
    case 'stop': return await wishes.leaveAlone(network, author) ? { says: toAnswer(wished) } : { silent: 'its author is left alone already' };
    case 'come back': return await wishes.comeBack(network, author) ? { says: toAnswer(wished) } : { silent: 'asked to come back, and was never away' };
    case 'delete': return remove(wished, mention, tools);
    case 'not here': return await wishes.keepQuiet(network, account, await readIds(mention, tools)) ? { says: toAnswer(wished) } : { silent: 'this thread is quiet already' };
    case 'forget me':
      await memory.erase(network, author, mention.id);
      return { says: toAnswer(wished), erase: true };
    case 'what do you know': {
      const { mentions, oldestAt, keptDays } = await memory.about(network, author);
      return { says: toAnswer(wished, { count: mentions, since: new Date(oldestAt ?? clock.now()).toISOString().slice(0, 10), days: keptDays }) };
    }
  }
}

/** The asker, and the person whose post was answered, may have an answer removed. */
async function remove(wished: Wished, mention: Mention, { network, ledger, receipts }: GrantTools): Promise<Granted> {
  const { account, replyTo, author } = mention;
  const receipt = replyTo === undefined ? undefined : await receipts.get(mention.network, account, replyTo);
  if (!receipt || replyTo === undefined) return { silent: 'asked to delete something that is no answer of ours' };
  const record = await ledger.get(receipt.mention);
  const mayRemove = [record?.mention.author.id, ...receipt.mayRemove ?? []];
  if (!mayRemove.includes(author.id)) return { silent: 'asked to delete an answer that was given to somebody else' };
  await takeBack(receipt.mention, { id: replyTo, url: '' }, 'removed at the wish of somebody it concerned', { network, ledger, receipts });
  return { says: toAnswer(wished) };
}

/** Removes one of our answers, its receipt, and says so in its record. */
export async function takeBack(ref: Parameters<Ledger['get']>[0], reply: { readonly id: string; readonly url: string }, reason: string, { network, ledger, receipts }: Pick<GrantTools, 'network' | 'ledger' | 'receipts'>): Promise<void> {
  await network.remove(reply);
  await receipts.remove(ref.network, ref.account, reply.id);
  await ledger.change(ref, { from: ['posted'], to: 'posted', patch: { reason } });
}

/** Where reading costs money, by what the mention says itself. */
async function readIds(mention: Mention, { network }: GrantTools): Promise<string[]> {
  if (network.costs) return idsOf([...mention.before ?? [], mention], mention);
  try {
    return idsOf(await network.thread(mention), mention);
  } catch (error) {
    if (error instanceof PermanentError) return idsOf([mention], mention);
    throw error;
  }
}
