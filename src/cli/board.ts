import { systemClock, type Bot } from '../bot.ts';
import { PermanentError, TemporaryError } from '../core/errors.ts';
import type { Network } from '../core/ports.ts';
import type { LedgerRecord } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { approve, askAgain, edit, reject } from '../pipeline/approve.ts';
import { takeBack } from '../pipeline/grant.ts';
import type { Settings } from '../settings.ts';
import { readCondition } from '../store/condition.ts';
import { listRecords, retryRecord } from '../store/ledger-book.ts';
import { readBill } from '../store/meter.ts';
import { countLeftAlone } from '../store/wishes.ts';
import type { ActName, Board, Done } from '../web/tools.ts';
import { undoSince } from './undo.ts';

/** Unfinished mentions are looked at for a list; more than so many at once nobody reads. */
const lookAtMost = 500;

type BoardTools = Pick<Bot, 'accounts' | 'ledger' | 'receipts' | 'halt' | 'audit' | 'pool' | 'composeTools'> & { readonly store: Pick<Bot['store'], 'client'> };

/** What the desk does, with the very verbs that the phone and the command line have. */
export function openBoard(bot: BoardTools, settings: Pick<Settings, 'approval' | 'keepMs' | 'posting' | 'answer'>): Board {
  const { ledger, receipts, store, accounts, audit } = bot;
  const of = ({ network, account }: Pick<MentionRef, 'network' | 'account'>): Network | undefined => accounts.find(({ name, self }) => name === network && self.account === account);
  const places = accounts.map(({ name, self }) => ({ network: name, account: self.account }));
  // What is done here is written down here, with who did it.
  const tools = (network: Network) => ({ ...bot.composeTools(network), audit: undefined });

  const act = async (name: ActName, record: LedgerRecord, network: Network, by: string, fence: string, text: string): Promise<Done> => {
    const { wishes } = tools(network);
    switch (name) {
      case 'approve': return approve(record, fence, by, { ledger, wishes });
      case 'edit': return edit(record, fence, text, by, tools(network));
      case 'ask again': return askAgain(record, fence, by, { ledger, wishes });
      case 'reject': return reject(record, fence, by, { ledger, wishes });
      case 'retry': {
        const tried = await retryRecord(ledger, record, { settleMs: settings.posting.settleMs, maxAgeMs: settings.answer.maxAgeMs });
        return 'retried' in tried ? { done: tried.retried } : tried;
      }
      case 'remove': {
        if (record.state !== 'posted' || !record.reply || record.reason !== undefined) return { refused: 'there is no answer of ours to remove' };
        await takeBack(record, record.reply, 'removed by the operator', { network, ledger, receipts });
        return { done: record };
      }
      case 'leave alone':
        await wishes.leaveAlone(record.network, record.mention.author);
        return { done: record };
      case 'come back':
        await wishes.comeBack(record.network, record.mention.author);
        return { done: record };
    }
  };

  return {
    places: () => Promise.all(accounts.map(async ({ name, self }) => {
      const [counts, paused] = await Promise.all([ledger.count(name, self.account), bot.halt.reason(name)]);
      return { network: name, account: self.account, handle: self.handle, counts, paused, holds: settings.approval.includes(name) };
    })),
    list: (states, page, network) => listRecords(store.client, ledger, { states, ...page, network, accounts: places, lookAtMost, keepFinalMs: settings.keepMs }),
    async show(ref) {
      const [record, network] = [await ledger.get(ref), of(ref)];
      if (!record) return undefined;
      return {
        record,
        receipt: record.reply && await receipts.get(ref.network, ref.account, record.reply.id),
        isLeftAlone: network !== undefined && await tools(network).wishes.leftAlone(ref.network, [record.mention.author]),
      };
    },
    async act(name, ref, { by, fence, text }) {
      const [record, network] = [await ledger.get(ref), of(ref)];
      if (!record || !network) return { refused: 'the ledger does not know it, or its account is not configured here' };
      const on = `${ref.network}/${ref.account}/${ref.id}`;
      // Written down before it is done: what nobody may read about afterwards is not done.
      await audit.note({ by, what: name, on });
      try {
        const done = await act(name, record, network, by, fence, text);
        if ('refused' in done) await audit.note({ by, what: name, on, outcome: `not done: ${done.refused}` });
        return done;
      } catch (error) {
        if (!(error instanceof TemporaryError || error instanceof PermanentError)) throw error;
        await audit.note({ by, what: name, on, outcome: `not done: ${error.message}` });
        return { refused: error.message };
      }
    },
    async pause(network, by) {
      await audit.note({ by, what: `paused ${network ?? 'everything'}` });
      await bot.halt.pause(network, `by ${by} at the desk`);
    },
    async resume(network, by) {
      await audit.note({ by, what: `resumed ${network ?? 'everything'}` });
      await bot.halt.resume(network);
    },
    async undo(sinceMs, network, by) {
      await audit.note({ by, what: `removed the answers of the last ${sinceMs / 60_000} minutes on ${network ?? 'all networks'}` });
      return undoSince(sinceMs, network, { client: store.client, accounts, ledger, receipts, keepMs: settings.keepMs });
    },
    async health() {
      const [{ lines, troubles }, { items }, leftAlone] = await Promise.all([readCondition(store.client), bot.pool.all(), countLeftAlone(store.client)]);
      const sources = Map.groupBy(items, ({ source }) => source);
      return {
        lines, troubles, leftAlone,
        sources: Array.from(sources, ([name, each]) => ({ name, items: each.length, newest: each.map(({ at }) => at).toSorted().at(-1) })),
        bills: await Promise.all(accounts.flatMap(({ name, self, costs }) => (costs ? [readBill(store.client, name, self.account, systemClock).then(bill => ({ network: name, account: self.account, perDay: costs.perDay, ...bill }))] : []))),
      };
    },
  };
}
