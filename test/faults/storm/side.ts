import type { Mention } from './judge.ts';
import type { Kill } from './schedule.ts';

/** Whom a kill hit: one that was ready, at best one that was still starting, or nobody that lived. */
export type Hit = 'ready' | 'starting' | 'nobody';

export const bestOf = (hits: readonly Hit[]): Hit => (['ready', 'starting'] as const).find(hit => hits.includes(hit)) ?? 'nobody';

/** Those who answer and are killed for it: the bot, or the naive control. */
export interface Side {
  /** Told about every mention as it is asked. */
  heard(mention: Mention): Promise<void>;
  /** Whether somebody is there to hear of a mention and to answer it. */
  isReady(): boolean;
  kill(kill: Kill): Hit;
  /** How many mentions it is done with. */
  done(): Promise<number>;
}

/** What a part of the storm tells of itself while it opens. */
export interface Ties {
  /** Takes what undoes a thing as soon as the thing is there: the storm may be stopped at any moment. */
  readonly onEnd: (undo: () => unknown) => void;
  /** Hears of a process that ended although nobody killed it. */
  readonly onDeath: (error: Error) => void;
  /** Fails when the storm is stopped; never resolves. */
  readonly stopped: Promise<never>;
}
