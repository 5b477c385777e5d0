import { PermanentError } from '../core/errors.ts';
import type { Memory, Quotas, Wishes } from '../core/manners.ts';
import type { Clock, Ledger, Network, Receipts } from '../core/ports.ts';
import type { LedgerRecord, Outcome } from '../core/record.ts';
import type { Mention } from '../core/types.ts';
import { idsOf } from './silence.ts';
import { readWish, toAnswer, type Wished } from './wish.ts';

export interface GrantTools {
  readonly network: Pick<Network, 'name' | 'self' | 'thread' | 'remove' | 'costs'>;
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly wishes: Wishes;
  readonly quotas: Quotas;
  readonly memory: Memory;
  readonly clock: Clock;
}

type Granted = { readonly says: string } | { readonly silent: string };

/** To forget somebody walks over the whole store. He who asks again meanwhile waits; what he wrote until then goes at the next time too. */
const eraseEveryMs = 10 * 60_000;

/** A wish that changes something, and needs no more than itself for it. */
const readDeed = ({ text, language }: Pick<Mention, 'text' | 'language'>): Wished | undefined => {
  const wished = readWish(text, language);
  return wished?.wish === 'what do you know' ? undefined : wished;
};

/** A wish that nobody has granted yet. */
export const isToGrant = ({ state, granted, mention }: LedgerRecord): boolean => state === 'seen' && granted === undefined && readDeed(mention) !== undefined;

/**
 * Does what somebody wishes, whatever forbids an answer: a pause, his quota, the age of the mention, who could read it. The record then tells what is
 * to be said, once; as it was where he wishes nothing.
 */
export async function grantOnce(record: LedgerRecord, tools: GrantTools): Promise<LedgerRecord | Outcome> {
  const { mention } = record;
  const { network, ledger, quotas } = tools;
  const wished = readDeed(mention);
  if (record.granted || !wished || mention.author.id === network.self.id) return record;
  const isForgetting = wished.wish === 'forget me';
  const waitMs = isForgetting ? await quotas.untilErasing(mention.network, mention.account, mention.author.id, mention.id, eraseEveryMs) : 0;
  if (waitMs > 0) return wait(record, waitMs, 'what is kept about its author was erased a moment ago, and is once more later', tools);
  const granted = await grant(wished, mention, tools);
  const done = await ledger.change(record, { from: ['seen'], to: 'seen', patch: { granted: 'says' in granted ? { ...granted, language: wished.language } : granted, ...(isForgetting && { erase: true as const }) } });
  return done ?? { kind: 'nothing', reason: 'somebody was faster' };
}

/** Puts a mention off. */
export async function wait(record: LedgerRecord, afterMs: number, reason: string, { ledger }: Pick<GrantTools, 'ledger'>): Promise<Outcome> {
  await ledger.change(record, { from: ['seen'], to: 'seen', dueInMs: afterMs + 5_000 });
  return { kind: 'later', afterMs, reason, scope: 'mention' };
}

/** What is kept about somebody, told to him. */
export async function tellKept(wished: Wished, { network, author }: Mention, { memory, clock }: GrantTools): Promise<string> {
  const { mentions, oldestAt, keptDays } = await memory.about(network, author);
  return toAnswer(wished, { count: mentions, since: new Date(oldestAt ?? clock.now()).toISOString().slice(0, 10), days: keptDays });
}

async function grant(wished: Wished, mention: Mention, tools: GrantTools): Promise<Granted> {
  const { network, account, author } = mention;
  const { wishes, memory } = tools;
  switch (wished.wish) {
    case 'stop': return await wishes.leaveAlone(network, author) ? { says: toAnswer(wished) } : { silent: 'its author is left alone already' };
    case 'come back': return await wishes.comeBack(network, author) ? { says: toAnswer(wished) } : { silent: 'asked to come back, and was never away' };
    case 'delete': return remove(wished, mention, tools);
    case 'not here': return await wishes.keepQuiet(network, account, await readIds(mention, tools)) ? { says: toAnswer(wished) } : { silent: 'this thread is quiet already' };
    case 'forget me':
      await memory.erase(network, author, other => other.id === mention.id || ![undefined, 'forget me'].includes(readDeed(other)?.wish));
      return { says: toAnswer(wished) };
    case 'what do you know': return { says: await tellKept(wished, mention, tools) };
  }
}

/** The asker, and those whom an answer is about, may have it removed. */
async function remove(wished: Wished, mention: Mention, { network, ledger, receipts }: GrantTools): Promise<Granted> {
  const { account, replyTo, author } = mention;
  const whose = replyTo === undefined ? undefined : await receipts.whose(mention.network, account, replyTo, author.id);
  if (!whose || replyTo === undefined) return { silent: 'asked to delete something that is no answer of ours' };
  if (!whose.isConcerned) return { silent: 'asked to delete an answer that was given to somebody else' };
  await takeBack(whose.mention, { id: replyTo, url: '' }, 'removed at the wish of somebody it concerned', { network, ledger, receipts });
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
