import { randomBytes } from 'node:crypto';
import type { Job } from 'bullmq';
import type { Bot } from '../src/bot.ts';
import type { Log } from '../src/log.ts';
import { limiterMax, openQueue, type Connection } from './queues.ts';

export interface AliveOptions {
  readonly connection: Connection;
  readonly watch: Pick<Bot['watch'], 'trouble' | 'look' | 'concerns'>;
  readonly log: Log;
  /** Called once, with a line that says which worker takes nothing any more. The process ends then. */
  readonly fail: (line: string) => void;
  /** A worker that takes no job for so long, although it could, is as good as dead. */
  readonly limitMs: number;
}

type Process<T, R> = (job: Job<T>, token?: string) => Promise<R>;

export interface Alive {
  /** The same processor, whose jobs count as a sign of life of its worker. `longestMs`: what the longest job takes. */
  counted<T, R>(name: string, places: { readonly concurrency: number; readonly longestMs: number }, process: Process<T, R>): Process<T, R | undefined>;
  stop(): void;
}

const beatName = 'beat';
/** Every process adds one to each of its queues every 11 to 15 s, out of step with the others. */
const beatsPerLimit = 4;
/** Redis serves who waits longest, and others may have been that all the time: who got none for a third of the limit adds so many at once, every second. */
const burst = 8;
const askMs = 2_000;

/**
 * Looks whether the workers of this process take jobs, which BullMQ's own `isRunning` does not say: a blip of the network can leave a worker waiting for
 * ever, without an error. Every process puts a small job, a beat, into each of its queues now and then. A worker for which there are none
 * although Redis answers and nobody told it to wait ends its process, for its supervisor to start it again.
 */
export function watchWorkers({ connection, watch, log, fail, limitMs }: AliveOptions): Alive {
  const id = randomBytes(6).toString('base64url');
  const lookEveryMs = limitMs / 45;
  const hungryMs = limitMs / 3;
  const watched = new Set<Watched>();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let beatAt = 0;

  const forgive = (): void => watched.forEach(each => each.sign());
  const look = async (): Promise<void> => {
    const now = performance.now();
    if (watch.trouble()) return forgive();
    if (now >= beatAt) {
      beatAt = now + limitMs / beatsPerLimit * (1 + Math.random() / 3);
      for (const each of watched) each.beat(1);
    }
    for (const each of watched) {
      if (each.silentMs() < hungryMs) continue;
      if (each.isFull() || await each.isHeldBack()) each.sign();
      else if (each.silentMs() < limitMs) each.beat(burst);
      else if (await watch.look()) return forgive();
      else if (!isStopped && each.silentMs() >= limitMs) {
        isStopped = true;
        return fail(`${each.name}: no job was taken for ${Math.floor(each.silentMs() / 1_000)} s although Redis answers: this process ends, to be started again`);
      }
    }
  };
  const loop = async (): Promise<void> => {
    await look();
    if (isStopped) return;
    const begun = performance.now();
    timer = setTimeout(() => {
      // It was this whole process that stood still.
      if (performance.now() - begun > lookEveryMs + hungryMs / 2) forgive();
      void loop();
    }, lookEveryMs).unref();
  };

  return {
    counted(name, places, process) {
      const each = openWatched(name, places, { id, connection, watch, log });
      watched.add(each);
      timer ??= setTimeout(() => void loop(), lookEveryMs).unref();
      return async (job, token) => {
        each.sign();
        if (job.name === beatName) return undefined;
        const ended = each.begin();
        try {
          return await process(job, token);
        } finally {
          ended();
        }
      };
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** One worker of this process. */
interface Watched {
  readonly name: string;
  readonly sign: () => void;
  silentMs(): number;
  begin(): () => void;
  /** Every place is taken, by jobs of which one may well still be at it. */
  isFull(): boolean;
  /** Somebody told the workers of this queue to wait. */
  isHeldBack(): Promise<boolean>;
  beat(count: number): void;
}

function openWatched(
  name: string, { concurrency, longestMs }: { readonly concurrency: number; readonly longestMs: number }, { id, connection, watch, log }: Pick<AliveOptions, 'connection' | 'watch' | 'log'> & { readonly id: string },
): Watched {
  // Errors of the connection are told of where it was opened.
  const queue = openQueue<object>(name, connection, () => undefined);
  const running = new Map<symbol, number>();
  let signAt = performance.now();
  let isAdding = false;
  const sign = (): void => {
    signAt = performance.now();
  };
  const add = async (count: number): Promise<void> => {
    // Fixed ids: what nobody has taken yet is not added again.
    const opts = (index: number) => ({ jobId: `${beatName}-${id}-${index}`, removeOnComplete: true, removeOnFail: true });
    await queue.addBulk(Array.from({ length: count }, (_, index) => ({ name: beatName, data: {}, opts: opts(index) })));
  };
  return {
    name,
    sign,
    silentMs: () => performance.now() - signAt,
    begin() {
      const job = Symbol(name);
      running.set(job, performance.now());
      return () => {
        running.delete(job);
        sign();
      };
    },
    isFull: () => running.size >= concurrency && performance.now() - Math.max(...running.values()) < longestMs,
    async isHeldBack() {
      const asked = Promise.all([queue.isPaused(), queue.getRateLimitTtl(limiterMax)]).then(([isPaused, limitedMs]) => isPaused || limitedMs > 0);
      // On a connection that gives no answer while Redis answers elsewhere nobody can take a job.
      const late = new Promise<false>(resolve => {
        setTimeout(() => resolve(false), askMs).unref();
      });
      try {
        return await Promise.race([asked, late]);
      } catch (error) {
        return watch.concerns(error);
      }
    },
    beat(count) {
      if (isAdding) return;
      isAdding = true;
      add(count).catch((error: unknown) => {
        if (!watch.concerns(error)) log(`${name}: no beat was added: ${error instanceof Error ? error.message : String(error)}`);
      }).finally(() => {
        isAdding = false;
      });
    },
  };
}
