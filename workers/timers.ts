import type { Queue } from 'bullmq';
import type { Bot } from '../src/bot.ts';
import type { Log } from '../src/log.ts';

export interface Timers {
  stop(): void;
}

/** A store that came back empty has lost them: it is looked whether they are there so often. */
const lookEveryMs = 2_000;

/** Sets what is done again and again, and sets it anew where the store has lost it. `set` may be called beside other processes that do the same. */
export async function keepTimers(chores: Pick<Queue, 'getJobScheduler'>, watch: Pick<Bot['watch'], 'trouble' | 'concerns'>, log: Log, set: () => Promise<void>): Promise<Timers> {
  await set();
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking || watch.trouble() !== undefined) return;
    isLooking = true;
    try {
      // The one that is set last tells of all.
      if (await chores.getJobScheduler('sweep')) return;
      await set();
      log('the store has lost what is done again and again: it is set anew');
    } catch (error) {
      if (!watch.concerns(error)) log(`what is done again and again is not looked after: ${(error as Error).message}`);
    } finally {
      isLooking = false;
    }
  };
  const looking = setInterval(() => void look(), lookEveryMs).unref();
  return { stop: () => clearInterval(looking) };
}
