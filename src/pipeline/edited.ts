import type { LedgerRecord, Outcome } from '../core/record.ts';
import type { Mention } from '../core/types.ts';
import { finish, type PublishTools } from './steps.ts';

// A mention whose author edited it after its answer was written: nothing answers words that stand there no more.

/** So many answers are written anew for one mention. Somebody who edits without an end is not followed without one; where a human approves each, he may be followed a little longer. */
const followed = { byItself: 1, approved: 3 };

/** What an answer goes by. Addresses of media are left out: a server may serve the same picture from elsewhere. */
const toSaid = ({ text, contentWarning = '', links, media }: Mention): string => JSON.stringify([text, contentWarning, links, media.map(({ kind, alt = '' }) => [kind, alt])]);

/** Whether an answer that was written for it may have become another one. What was done as its author wished or ordered is told of whatever he writes since. */
export const isReworded = ({ mention, granted, draft }: LedgerRecord, now: Mention): boolean =>
  granted === undefined && draft?.toOwner !== true && !mention.isMasked && toSaid(mention) !== toSaid(now);

/** Back to composing, with the words that stand there now. Of the answer to the old ones nothing is kept: they were taken back. */
export async function composeAnew(record: LedgerRecord, mention: Mention, tools: PublishTools): Promise<Outcome> {
  const { reworded = 0, draft, draftNumber } = record;
  if (reworded >= (draft?.receipt.approved ? followed.approved : followed.byItself)) return finish(record, 'skipped', 'its author edited it again and again before we answered', tools);
  const patch = { mention, draft: undefined, unjudged: undefined, draftNumber: Math.max(draftNumber, draft?.number ?? 0) + 1, reworded: reworded + 1, failures: undefined, fence: undefined, deadline: undefined };
  // The network was asked in between: an attempt that began and failed meanwhile left the same state behind it, and a text that is frozen.
  const seen = await tools.ledger.change(record, { from: [record.state], to: 'seen', since: record.updatedAt, patch });
  return seen ? { kind: 'redraft', reason: 'its author edited it, and an answer to what it says now is written' } : { kind: 'nothing', reason: 'somebody was faster' };
}
