import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { Job, Queue } from 'bullmq';
import type { Redis } from 'ioredis';

/** What one worker of this process takes and ends. */
export interface Pulse {
  /** A job begins; what is returned is called at its end. */
  begin(): () => void;
  /** The time begins anew: there was nothing to take. */
  restart(): void;
  idleForMs(): number;
  running(): number;
}

export function openPulse(): Pulse {
  let lastAt = performance.now();
  let running = 0;
  return {
    begin() {
      lastAt = performance.now();
      running += 1;
      return () => {
        lastAt = performance.now();
        running -= 1;
      };
    },
    restart() {
      lastAt = performance.now();
    },
    idleForMs: () => performance.now() - lastAt,
    running: () => running,
  };
}

export interface Watched {
  readonly queue: Pick<Queue, 'name' | 'add' | 'getJob' | 'getRateLimitTtl' | 'isPaused'>;
  readonly concurrency: number;
  readonly pulse: Pulse;
}

const beat = 'beat';
/** A job that is taken for being there, and nothing else. */
export const isBeat = ({ name }: Pick<Job, 'name'>): boolean => name === beat;

const answersWithinMs = 2_000;

/**
 * A worker may look alive and take nothing any more: a connection that was cut at the wrong moment raises no error. So a beat is put into every
 * queue, at its head. When for `limitMs` this worker took nothing, nobody else took the beat either, nothing holds the queue back and Redis answers,
 * `fail` is told why, once.
 */
export function watchConsumption(watched: readonly Watched[], redis: Redis, fail: (line: string) => void, { limitMs = 45_000, everyMs = 10_000 } = {}): { stop(): void } {
  const jobId = `${beat}-${randomBytes(6).toString('base64url')}`;
  const end = (line: string): void => {
    clearInterval(timer);
    fail(line);
  };
  const addBeat = ({ queue }: Watched) => queue.add(beat, {}, { jobId, lifo: true, removeOnComplete: true, removeOnFail: true });
  const look = async (each: Watched): Promise<void> => {
    const { queue, pulse, concurrency } = each;
    if (pulse.idleForMs() > limitMs && pulse.running() < concurrency) {
      const isHeldBack = await queue.getRateLimitTtl() > 0 || await queue.isPaused();
      const isLeft = await queue.getJob(jobId) !== undefined;
      if (isHeldBack || !isLeft) pulse.restart();
      else return end(`${queue.name}: nothing was taken from it for ${Math.round(pulse.idleForMs() / 1_000)} s although Redis answers; this process ends, so that its supervisor starts another one`);
    }
    await addBeat(each);
  };
  let isLooking = false;
  let wasAway = false;
  const restart = (): void => {
    for (const { pulse } of watched) pulse.restart();
  };
  const lookAtAll = async (): Promise<void> => {
    if (isLooking) return; // Redis is away, and the last look waits for it
    isLooking = true;
    try {
      const isThere = await answers(redis);
      if (!isThere || wasAway) restart();
      wasAway = !isThere;
      if (isThere) for (const each of watched) await look(each);
    } catch {
      restart(); // it went away in the middle, or takes no writes
    } finally {
      isLooking = false;
    }
  };
  const timer: NodeJS.Timeout = setInterval(() => void lookAtAll(), everyMs).unref();
  return { stop: () => clearInterval(timer) };
}

async function answers(redis: Redis): Promise<boolean> {
  const late = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => late.resolve(false), answersWithinMs);
  try {
    return await Promise.race([redis.ping().then(() => true), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
