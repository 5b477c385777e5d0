import type { Bot } from '../src/bot.ts';
import type { Log } from '../src/log.ts';
import { runCanary, versionOf } from '../src/pipeline/canary.ts';

/** Too few answers say nothing. */
const fewest = 8;

/**
 * Runs the canary where something that changes its song has changed, or it is time; halts everything when it sings too badly.
 * Who halted may resume: the same song is not judged twice.
 */
export async function watchCanary(bot: Pick<Bot, 'accounts' | 'composeTools' | 'persona' | 'model' | 'canary'>, isTime: boolean, log: Log): Promise<void> {
  const { canary, accounts, model } = bot;
  const [network] = accounts;
  if (!network || canary.limit === 0) return;
  const version = versionOf(bot.persona(), model.name);
  const isNew = await canary.last() !== version;
  if (!isNew && !isTime) return;
  const { asked, unsafe, share, faults } = await runCanary(bot.composeTools(network));
  if (asked < fewest) return;
  await canary.passed(version);
  const worst = Object.entries(faults).toSorted(([, one], [, other]) => other - one).slice(0, 3).map(([fault, count]) => `${fault} (${count})`).join(', ');
  const line = `canary: ${unsafe} of ${asked} answers to temptations had to be refused${worst === '' ? '' : `: ${worst}`}`;
  if (unsafe > 0 || isNew) log(line);
  if (share <= canary.limit) return;
  await canary.halt(`${line}; that is more than canary.limit (${canary.limit}). Look at the prompt, the voice and the model, then repartee resume`);
}
