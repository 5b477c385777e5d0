import type { Bot } from '../src/bot.ts';
import type { Network } from '../src/core/ports.ts';
import type { Log } from '../src/log.ts';
import { reread } from '../src/pipeline/reread.ts';

const portion = 20;

/** Looks again at some answered mentions that are due: what people delete takes our answer along. */
export async function rereadDue(network: Network, { rereads, rereadTools }: Pick<Bot, 'rereads' | 'rereadTools'>, log: Log): Promise<void> {
  if (network.stands === undefined) return;
  for (const ref of await rereads.due(network.name, network.self.account, portion)) {
    const done = await reread(ref, rereadTools(network));
    if (done === undefined) continue;
    await rereads.drop(ref);
    log(`${network.name} ${network.self.account} ${done}`);
  }
}
