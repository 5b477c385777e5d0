import { setTimeout as wait } from 'node:timers/promises';
import type { Court } from './court.ts';
import type { Judged } from './judge.ts';
import type { Burst, Kill } from './schedule.ts';
import type { Hit, Side, Ties } from './side.ts';

/** How a side came through the storm, as the judge saw it. */
export interface Passage {
  readonly judged: readonly Judged[];
  /** When each kill hit a living process, ms since 1970. */
  readonly killedAt: readonly number[];
  /** How many of them hit one that was ready. */
  readonly ofReady: number;
  readonly seconds: number;
}

/** A post that does not come is waited for so long: a network without a stream is looked at every few seconds. */
const postWithinMs = 4_500;
/** Without any progress for so long, nothing more is waited for. */
const patienceMs = 40_000;
/** Nobody is asked while so many wait for an answer: a storm is about kills, not about a crowd that grows for hours. */
const mostOpen = 400;
/** What is posted twice may come late. */
const lateMs = 5_000;

/** Takes one side through the storm until it is done with every mention or gets nowhere any more, and lets the judge count. What could not be asked by then is not in its count. */
export async function runStorm(court: Court, side: Side, schedule: readonly Burst[], { stopped }: Ties, say: (line: string) => void): Promise<Passage> {
  const startedAt = Date.now();
  const killedAt: number[] = [];
  let ofReady = 0;
  const kills = schedule.filter(({ kill }) => kill !== undefined).length;
  const mentions = schedule.reduce((sum, { numbers }) => sum + numbers.length, 0);
  const isWorthSaying = (at: number): boolean => kills <= 25 || at % 25 === 0 || at === kills;
  for (const { numbers, spreadMs, kill } of schedule) {
    if (!await areDone(side, (numbers[0] ?? 0) - mostOpen, stopped)) break;
    // While nobody is ready nobody posts, and a kill interrupts nothing. The blind kills come all the same.
    const afterPosts = kill?.afterPosts;
    const posts = afterPosts === undefined ? undefined : untilReady(side, stopped).then(() => court.posts(afterPosts, postWithinMs));
    const asked = numbers.map(async (number, at) => {
      await wait(spreadMs * at / numbers.length);
      await side.heard(await court.ask(number));
    });
    const allAsked = Promise.all(asked);
    await Promise.race([stopped, posts ?? wait(spreadMs), allAsked.then(() => posts ?? wait(spreadMs))]);
    if (kill !== undefined) {
      const hit = await strike(side, kill, stopped);
      killedAt.push(Date.now());
      if (hit === 'ready') ofReady += 1;
      if (isWorthSaying(killedAt.length)) say(`kill ${killedAt.length} of ${kills} (${kill.target}, ${hit}), ${await side.done()} of ${mentions} mentions done`);
    }
    await Promise.race([stopped, allAsked]);
  }
  await areDone(side, mentions, stopped);
  const seconds = (Date.now() - startedAt) / 1_000;
  await Promise.race([stopped, wait(lateMs)]);
  return { judged: await court.count(), killedAt, ofReady, seconds };
}

async function untilReady(side: Side, stopped: Promise<never>): Promise<void> {
  for (const since = performance.now(); !side.isReady() && performance.now() - since < patienceMs;) await Promise.race([stopped, wait(20)]);
}

/** Kills until somebody who lived was hit: what is already dying is started again in a moment. */
async function strike(side: Side, kill: Kill, stopped: Promise<never>): Promise<Hit> {
  for (;;) {
    const hit = side.kill(kill);
    if (hit !== 'nobody') return hit;
    await Promise.race([stopped, wait(20)]);
  }
}

/** Waits until so many mentions are done; false when nothing more happens. */
async function areDone(side: Side, mentions: number, stopped: Promise<never>): Promise<boolean> {
  let best = -1;
  let lastProgress = performance.now();
  while (performance.now() - lastProgress < patienceMs) {
    const done = await side.done();
    if (done >= mentions) return true;
    if (done > best) lastProgress = performance.now();
    best = Math.max(best, done);
    await Promise.race([stopped, wait(100)]);
  }
  return false;
}
