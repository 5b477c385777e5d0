import type { Ledger, Network } from '../src/core/ports.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Stage } from './queues.ts';

/** One account on one network, by name. */
export interface Account {
  readonly name: Network['name'];
  readonly self: Pick<Network['self'], 'account'>;
}

/** Wakes up every unfinished record that is due: a lost job can never lose a mention. Returns how many it woke. */
export async function sweep(network: Account, ledger: Ledger, wake: (stage: Stage, refs: readonly MentionRef[]) => Promise<void>, limit = 500): Promise<number> {
  const due = await ledger.due(network.name, network.self.account, limit);
  const compose = due.filter(({ state }) => state === 'seen');
  const publish = due.filter(({ state }) => state !== 'seen' && state !== 'held');
  await wake('compose', compose);
  await wake('publish', publish);
  return compose.length + publish.length;
}
