import type { Ledger, Network, Receipts } from '../core/ports.ts';
import { takeBack } from '../pipeline/grant.ts';
import { listRecords } from '../store/ledger-book.ts';
import type { Store } from '../store/redis.ts';

export interface UndoTools {
  readonly client: Store['client'];
  readonly accounts: readonly Network[];
  readonly ledger: Ledger;
  readonly receipts: Receipts;
  readonly keepMs: number;
}

/** Removes our answers of the last so many ms, on one network or on all; what could not be removed is told, a line each. */
export async function undoSince(sinceMs: number, only: string | undefined, { client, accounts, ledger, receipts, keepMs }: UndoTools): Promise<{ readonly removed: number; readonly failed: readonly string[] }> {
  const from = await ledger.now() - sinceMs;
  const { records } = await listRecords(client, ledger, { states: ['posted', 'ordered'], network: only, limit: Number.MAX_SAFE_INTEGER, keepFinalMs: keepMs });
  let removed = 0;
  const failed: string[] = [];
  const elsewhere = new Map<string, number>();
  for (const record of records) {
    const network = accounts.find(({ name, self }) => name === record.network && self.account === record.account);
    if (!record.reply || record.updatedAt < from || record.reason !== undefined) continue;
    if (!network) {
      const account = `${record.network} ${record.account}`;
      elsewhere.set(account, (elsewhere.get(account) ?? 0) + 1);
      continue;
    }
    try {
      await takeBack(record, record.reply, 'removed by the operator', { network, ledger, receipts });
      removed += 1;
    } catch (error) {
      failed.push(`${record.reply.url} is still there: ${(error as Error).message}`);
    }
  }
  for (const [account, count] of elsewhere) failed.push(`${count} answers of ${account} are still there: it is not configured here; at the desk of the bot that runs they can be removed`);
  return { removed, failed };
}
