import type { Halt } from '../core/manners.ts';
import type { Network } from '../core/ports.ts';
import type { LedgerRecord } from '../core/record.ts';
import type { Mention } from '../core/types.ts';
import { approve, reject, type ApproveTools, type Decided } from './approve.ts';
import { findHeld, toShortId } from './hold.ts';
import type { Order } from './orders.ts';

export interface ObeyTools extends ApproveTools {
  readonly network: Pick<Network, 'name' | 'self'>;
  readonly halt: Halt;
}

/** So many names fit into one post. */
const named = 8;

/** Does what its owner wants, and says so in a line for him alone. */
export async function obey({ what, id, language }: Order, { network: on, account, author }: Pick<Mention, 'network' | 'account' | 'author'>, tools: ObeyTools): Promise<string> {
  const { ledger, halt } = tools;
  const by = `${on}:${author.handle}`;
  const says = lines[language];
  const decide = async (verb: (record: LedgerRecord) => Promise<Decided>, done: string): Promise<string> => {
    const held = await ledger.held(on, account);
    if (id === '') return says.which(toNames(held));
    const found = findHeld(held, id);
    const decided = 'found' in found ? await verb(found.found) : found;
    return withoutHandles('refused' in decided ? says.refused(decided.refused.slice(0, 200)) : done);
  };
  switch (what) {
    case 'pause':
      await halt.pause(undefined, `by its owner, in private on ${on}`);
      await tools.audit?.({ what, by, at: await ledger.now() });
      return says.paused;
    case 'resume':
      await halt.resume();
      await tools.audit?.({ what, by, at: await ledger.now() });
      return says.resumed;
    case 'status': {
      const [counts, held, reason] = await Promise.all([ledger.count(on, account), ledger.held(on, account), halt.reason(on)]);
      const { posted = 0, skipped = 0, parked = 0, quarantined = 0, seen = 0, drafted = 0, ready = 0, posting = 0, unknown = 0 } = counts;
      return withoutHandles(says.status(reason, toNames(held), { posted, skipped, underWay: seen + drafted + ready + posting + unknown, troubled: parked + quarantined }));
    }
    case 'approve': return decide(record => approve(record, record.fence ?? '', by, tools), says.approved(id));
    case 'reject': return decide(record => reject(record, record.fence ?? '', by, tools), says.rejected(id));
  }
}

/** Nobody is told of what is for the owner alone. */
export const withoutHandles = (text: string): string => text.replace(/[@＠﹫]/gu, '(at)');

function toNames(held: readonly LedgerRecord[]): string {
  const names = held.slice(0, named).map(record => toShortId(record, record.fence ?? ''));
  return held.length > named ? `${names.join(', ')} … (${held.length})` : names.join(', ');
}

interface Counts { readonly posted: number; readonly skipped: number; readonly underWay: number; readonly troubled: number }

interface Lines {
  readonly paused: string;
  readonly resumed: string;
  readonly approved: (id: string) => string;
  readonly rejected: (id: string) => string;
  readonly refused: (why: string) => string;
  readonly which: (names: string) => string;
  readonly status: (paused: string | undefined, held: string, counts: Counts) => string;
}

const lines: Readonly<Record<Order['language'], Lines>> = {
  en: {
    paused: 'Paused: I ask no model and post nothing, on any network, until you say “resume”.',
    resumed: 'I go on.',
    approved: id => `${id} is approved and goes out now.`,
    rejected: id => `${id} is rejected: nothing is posted.`,
    refused: why => `Nothing was done: ${why}.`,
    which: names => (names === '' ? 'Nothing waits for approval.' : `Which one? There are ${names}.`),
    status: (paused, held, { posted, skipped, underWay, troubled }) =>
      `${paused === undefined ? 'I am at work.' : `Paused: ${paused}.`} ${held === '' ? 'Nothing waits for approval.' : `Waiting for approval: ${held}.`} ${posted} posted, ${skipped} passed over, ${underWay} under way, ${troubled} that need a look.`,
  },
  fr: {
    paused: 'En pause : je n’interroge aucun modèle et ne publie rien, sur aucun réseau, jusqu’à « reprends ».',
    resumed: 'Je reprends.',
    approved: id => `${id} est approuvé et part maintenant.`,
    rejected: id => `${id} est refusé : rien n’est publié.`,
    refused: why => `Rien n’a été fait : ${why}.`,
    which: names => (names === '' ? 'Rien n’attend d’approbation.' : `Lequel ? Il y a ${names}.`),
    status: (paused, held, { posted, skipped, underWay, troubled }) =>
      `${paused === undefined ? 'Je travaille.' : `En pause : ${paused}.`} ${held === '' ? 'Rien n’attend d’approbation.' : `En attente d’approbation : ${held}.`} ${posted} publiées, ${skipped} laissées, ${underWay} en cours, ${troubled} à regarder.`,
  },
};
