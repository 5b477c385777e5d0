import type { Queue } from 'bullmq';
import type { Bot } from '../src/bot.ts';
import type { Network } from '../src/core/ports.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Log } from '../src/log.ts';
import { compose } from '../src/pipeline/compose.ts';
import { versionOf } from '../src/pipeline/heard.ts';
import { isToGrant } from '../src/pipeline/grant.ts';
import { orderOf, ownersOn } from '../src/pipeline/orders.ts';
import { publish } from '../src/pipeline/publish.ts';
import { tellOwners } from '../src/pipeline/tell.ts';
import { enqueue, type Stage } from './queues.ts';

type Wake = (stage: Stage, refs: readonly MentionRef[]) => Promise<void>;

/** Orders of the owner's go past the queues, and so do wishes that are not granted yet: while everything is paused, these stand still, and hold whatever comes behind. */
export function wakeUrgent(network: Pick<Network, 'name'>, { ledger, owners, halt, ...bot }: Pick<Bot, 'ledger' | 'owners' | 'halt' | 'persona' | 'model' | 'canary'>, wake: Wake, chores: Pick<Queue<MentionRef>, 'addBulk'>): Wake {
  const hasOwners = ownersOn(network.name, owners).length > 0;
  return async (stage, refs) => {
    const isPaused = stage === 'compose' && refs.length > 0 && (await halt.reason(network.name) !== undefined || await isUnheard(bot));
    if (!hasOwners && !isPaused) return wake(stage, refs);
    const isUrgent = await Promise.all(refs.map(async ref => {
      const record = await ledger.get(ref);
      return record !== undefined && (record.draft?.toOwner === true || orderOf(record.mention, owners) !== undefined || (isPaused && isToGrant(record)));
    }));
    await enqueue(chores, refs.filter((_, at) => isUrgent[at]), 'obey');
    await wake(stage, refs.filter((_, at) => !isUrgent[at]));
  };
}

/** All mentions wait for the canary. */
const isUnheard = async ({ persona, model, canary }: Pick<Bot, 'persona' | 'model' | 'canary'>): Promise<boolean> =>
  canary.limit > 0 && !model.isFixed && await canary.of(versionOf(persona(), model.name)) === undefined;

/** One order or wish, from its mention to the line that it is answered with. What has to wait is swept to. */
export async function obeyOrder(ref: MentionRef, bot: Pick<Bot, 'accounts' | 'composeTools' | 'publishTools'>, log: Log): Promise<void> {
  const network = bot.accounts.find(({ name, self }) => name === ref.network && self.account === ref.account);
  if (!network) return;
  const composed = await compose(ref, bot.composeTools(network));
  const posted = await publish(ref, bot.publishTools(network));
  for (const outcome of [composed, posted]) if ('reason' in outcome && outcome.kind !== 'nothing') log(`${ref.network} ${ref.account} ${ref.id}, past the queues: ${outcome.kind}: ${outcome.reason}`);
}

/** Every held draft is told to who may approve it, and what he favoured is approved. */
export async function attendOwners(turn: number, bot: Pick<Bot, 'accounts' | 'tellTools'>, log: Log): Promise<void> {
  for (const network of bot.accounts) for (const line of await tellOwners(turn, bot.tellTools(network))) log(`${network.name} ${network.self.account} ${line}`);
}
