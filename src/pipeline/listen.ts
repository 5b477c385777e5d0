import { randomBytes } from 'node:crypto';
import type { Failpoint, Ledger, Network, Walk } from '../core/ports.ts';
import type { Mention, MentionRef } from '../core/types.ts';

export interface Heard {
  /** Where reading began; the start of an overlapping walk next time. */
  readonly from: string | undefined;
  /** Where it ended. */
  readonly to: string | undefined;
  readonly added: number;
  /** There is more to read, at once. */
  readonly more: boolean;
  /** What is out of reach, in a line for the operator. */
  readonly gaps: readonly string[];
}

export interface ListenOptions extends Pick<Walk, 'lease'> {
  /** What this listener told the ledger last; moved on with every page. */
  readonly mark?: { last?: string };
  /** Begin at this earlier cursor instead; ids can become visible out of order, and what is known already is not added again. */
  readonly from?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly failpoint?: Failpoint | undefined;
}

/** Pages of one walk: a server that never comes to an end gets no more of our time than this. */
const pagesPerWalk = 50;

/** New mentions of one account → ledger → queue. The cursor moves with the ledger, page by page. */
export async function listen(
  network: Network, ledger: Ledger, enqueue: (refs: readonly MentionRef[]) => Promise<void>, { from, signal, mark = {}, lease, failpoint }: ListenOptions = {},
): Promise<Heard> {
  const { account } = network.self;
  const epoch = ledger.epoch();
  const start = await ledger.cursor(network.name, account);
  // The store was started anew in between: what is read now would count as read before, and all of it would have to be verified.
  if (ledger.epoch() !== epoch) return { from: start, to: from ?? start, added: 0, more: true, gaps: [] };
  let cursor = from ?? start;
  let added = 0;
  const gaps: string[] = [];
  for (let pages = 1; ; pages++) {
    const page = await network.mentions(cursor);
    const isEnd = !page.more || page.cursor === cursor;
    await failpoint?.('before the ledger');
    const next = randomBytes(6).toString('base64url');
    const refs = await ledger.see(network.name, account, await withoutEdits(page.mentions, network.name, ledger), page.cursor, { epoch, last: mark.last, next, isEnd, lease });
    mark.last = next;
    await failpoint?.('before the queue');
    await enqueue(refs);
    added += refs.length;
    if (page.gap !== undefined) gaps.push(page.gap);
    cursor = page.cursor;
    if (isEnd || pages >= pagesPerWalk || signal?.aborted) return { from: start, to: cursor, added, more: !isEnd, gaps };
  }
}

/** Without those that are another one edited: it was answered, or is about to be. One that was passed over may have been edited so that it tags us. */
async function withoutEdits(mentions: readonly Mention[], network: string, ledger: Ledger): Promise<readonly Mention[]> {
  const isKnown = async ({ account, earlier = [] }: Mention): Promise<boolean> => {
    if (mentions.some(({ id }) => earlier.includes(id))) return true;
    const { records, unreadable } = await ledger.getAll(earlier.map(id => ({ network, account, id })));
    // One that nobody can read may have been answered.
    return unreadable.length > 0 || records.some(({ state }) => state !== 'skipped');
  };
  const known = await Promise.all(mentions.map(isKnown));
  return mentions.filter((_, at) => !known[at]);
}
