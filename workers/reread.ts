import type { Bot } from '../src/bot.ts';
import type { Network } from '../src/core/ports.ts';
import type { Outcome } from '../src/core/record.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Log } from '../src/log.ts';
import { reread } from '../src/pipeline/reread.ts';

/** Every 30 s: of 10,000 answers a day, kept for 30 days, 390,000 are due a day, and 432,000 can be looked at. */
const portion = 150;

/** From now on it is looked at again; also where a draft waits, and again where it may be known: whoever ends just here would forget it. */
export async function lookAgain({ kind }: Outcome, ref: MentionRef, { accounts, rereads }: Pick<Bot, 'accounts' | 'rereads'>): Promise<void> {
  if (kind !== 'skipped' && kind !== 'redraft' && accounts.some(network => network.look !== undefined)) await rereads.add(ref);
}

/** Looks again at some mentions that are due: what people delete takes our answer along, and goes from receipts. */
export async function rereadDue(network: Network, { rereads, rereadTools }: Pick<Bot, 'rereads' | 'rereadTools'>, log: Log): Promise<void> {
  const all = await reread(await rereads.due(network.name, network.self.account, portion), rereadTools(network));
  for (const { line } of all) if (line !== undefined) log(`${network.name} ${network.self.account} ${line}`);
  const refs = (found: typeof all[number]['found']) => all.filter(each => each.found === found).map(({ ref }) => ref);
  await rereads.seen(refs('stands'));
  await rereads.again(refs('unknown'));
  for (const ref of refs('over')) await rereads.drop(ref);
}
