import type { Ledger, Network } from '../core/ports.ts';
import type { MentionRef } from '../core/types.ts';

export interface Heard {
  /** Where reading began; the start of an overlapping walk next time. */
  readonly from: string | undefined;
  readonly added: number;
}

/**
 * New mentions of one account → ledger → queue. The cursor moves with the ledger, page by page.
 * `from`: begin at this earlier cursor instead; ids can become visible out of order, and what is known already is not added again.
 */
export async function listen(network: Network, ledger: Ledger, enqueue: (refs: readonly MentionRef[]) => Promise<void>, from?: string): Promise<Heard> {
  const { account } = network.self;
  const start = await ledger.cursor(network.name, account);
  let cursor = from ?? start;
  let added = 0;
  for (;;) {
    const page = await network.mentions(cursor);
    const refs = await ledger.see(network.name, account, page.mentions, page.cursor);
    await enqueue(refs);
    added += refs.length;
    if (!page.more) return { from: start, added };
    cursor = page.cursor;
  }
}
