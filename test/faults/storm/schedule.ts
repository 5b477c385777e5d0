import { openRandom, pick } from '../../support/random.ts';

/** Who dies: the listener, one that works, all that work, or every process at once. */
export type Target = 'listen' | 'work' | 'workers' | 'all';

export interface Kill {
  readonly target: Target;
  /** Which of those that work. */
  readonly which: number;
  /** After so many posts since the burst began, each of which the network has taken and not yet confirmed; undefined: when the burst ends. */
  readonly afterPosts: number | undefined;
}

/** Some mentions, spread evenly over a short time, and then a kill. */
export interface Burst {
  readonly numbers: readonly number[];
  readonly spreadMs: number;
  readonly kill: Kill | undefined;
}

const targets: readonly (readonly [upTo: number, target: Target])[] = [[0.1, 'listen'], [0.75, 'work'], [0.88, 'workers'], [1, 'all']];

/** The same storm for the same seed. Three kills of four wait for a post under way, the others come blindly. */
export function toSchedule({ mentions, kills, seed }: { readonly mentions: number; readonly kills: number; readonly seed: number }): readonly Burst[] {
  const random = openRandom(seed);
  const bursts = Math.max(1, kills);
  return Array.from({ length: bursts }, (_, at) => {
    const first = Math.floor(at * mentions / bursts);
    const numbers = Array.from({ length: Math.floor((at + 1) * mentions / bursts) - first }, (_each, index) => first + index);
    const chance = random();
    const target = targets.find(([upTo]) => chance < upTo)?.[1] ?? 'all';
    const kill: Kill = { target, which: pick(random, 0, 1), afterPosts: random() < 0.75 ? pick(random, 1, Math.max(1, numbers.length - 1)) : undefined };
    return { numbers, spreadMs: pick(random, 30, 500), kill: kills === 0 ? undefined : kill };
  });
}
