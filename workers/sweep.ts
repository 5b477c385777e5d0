import type { Ledger, Network } from '../src/core/ports.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Stage } from './queues.ts';

/** One account on one network, by name. */
export interface Account {
  readonly name: Network['name'];
  readonly self: Pick<Network['self'], 'account'>;
}

const limit = 200;
/** A record that was woken up is left to its job for this long. */
const patienceMs = 15_000;

/**
 * Wakes up every unfinished record that is due, or will be within `withinMs`: a lost job can never lose a mention.
 * One whose job is still there is not disturbed. Returns how many it woke.
 */
export async function sweep(network: Account, ledger: Ledger, wake: (stage: Stage, refs: readonly MentionRef[]) => Promise<void>, withinMs = 0): Promise<number> {
  const due = await ledger.due(network.name, network.self.account, limit, withinMs);
  await wake('compose', due.filter(({ state }) => state === 'seen'));
  await wake('publish', due.filter(({ state }) => state !== 'seen'));
  await Promise.all(due.map(record => ledger.change(record, { from: [record.state], to: record.state, dueInMs: patienceMs })));
  return due.length;
}

/** After a start nobody knows which jobs the last process took along: everything that would be due soon is woken up. */
export const sweepAtStart = (network: Account, ledger: Ledger, wake: (stage: Stage, refs: readonly MentionRef[]) => Promise<void>): Promise<number> => sweep(network, ledger, wake, patienceMs);
