import { DelayedError, Worker, type Job } from 'bullmq';
import type { Bot } from '../src/bot.ts';
import type { Log } from '../src/log.ts';
import type { Alive } from './alive.ts';
import { workerOptions, type Connection } from './queues.ts';

export interface WorkerTools {
  readonly connection: Connection;
  readonly alive: Pick<Alive, 'counted'>;
  readonly watch: Pick<Bot['watch'], 'concerns' | 'trouble' | 'whenWell'>;
  readonly log: Log;
}

/** Starts a worker; `describe` is the line for a job that failed. The store's own trouble is waited out, and told of elsewhere. */
export interface StartWorker {
  <T, R>(name: string, places: { readonly concurrency: number; readonly longestMs: number }, process: (job: Job<T>, token?: string) => Promise<R>, describe: (job: Job<T> | undefined, error: Error) => string): Worker;
}

/** What BullMQ says when a lock ran out while Redis was away: the job is run again, and the ledger knows how far it came. */
const isLockLost = ({ message }: Error): boolean => /^(?:could not renew lock|Missing lock) for job/u.test(message);

const againMs = 1_000;

export const openWorkers = ({ connection, alive, watch, log }: WorkerTools): StartWorker => <T, R>(name: string, places: { readonly concurrency: number; readonly longestMs: number }, process: (job: Job<T>, token?: string) => Promise<R>, describe: (job: Job<T> | undefined, error: Error) => string) => {
  /** A Redis that loses keys refuses nothing, and gives jobs on. */
  const whenWell = async (job: Job<T>, token?: string): Promise<R> => {
    const trouble = watch.trouble();
    if (!trouble || trouble.isAway) return process(job, token);
    takeRest();
    await job.moveToDelayed(Date.now() + againMs, token);
    throw new DelayedError();
  };
  const worker = new Worker(name, alive.counted(name, places, whenWell), workerOptions(connection, places.concurrency));
  const closing = new AbortController();
  /** BullMQ asks for the next job again at once, thousands of times in a second, when Redis refuses to give it one. */
  const rest = async (): Promise<void> => {
    await worker.pause(true);
    await watch.whenWell(closing.signal);
    if (!worker.closing) await worker.resume();
  };
  let resting: Promise<void> | undefined;
  const takeRest = (): void => {
    if (worker.closing) return;
    resting ??= rest().finally(() => {
      resting = undefined;
    });
  };
  worker.on('closing', () => closing.abort());
  worker.on('error', error => {
    if (!watch.concerns(error)) {
      if (!isLockLost(error)) log(`${name}: ${error.message}`);
      return;
    }
    if (watch.trouble() && !watch.trouble()?.isAway) takeRest();
  });
  worker.on('failed', (job, error) => {
    if (!watch.concerns(error)) log(describe(job, error));
  });
  return worker;
};
