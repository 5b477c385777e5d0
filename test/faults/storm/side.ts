import type { Mention } from './judge.ts';
import type { Kill } from './schedule.ts';
import type { Victim } from './victim.ts';

/** Those who answer and are killed for it: the bot, or the naive control. */
export interface Side {
  /** Told about every mention as it is asked. */
  heard(mention: Mention): Promise<void>;
  kill(kill: Kill): void;
  /** How many mentions it is done with. */
  done(): Promise<number>;
  close(): Promise<void>;
}

/** Kills one of those that work, a living one if there is one, or all of them. */
export function killWorkers(workers: readonly Victim[], { target, which }: Kill): void {
  const first = workers.slice(which).concat(workers.slice(0, which));
  const chosen = target === 'work' || target === 'listen' ? [first.find(worker => worker.isReady()) ?? first[0]] : workers;
  chosen.forEach(worker => worker?.kill());
}
