import { Queue, type JobsOptions, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import type { MentionRef } from '../src/core/types.ts';

/** Every key of ours begins with this. */
const prefix = 'repartee';

// A dead worker's job comes back after the lock's end and the next stalled check: about four seconds with these, sixty with the defaults.
// A lock lost by a living worker costs a second run, which the ledger ends; it can cost no second post.
const lockDuration = 3_000;
const stalledInterval = 1_000;

/** The ledger dedupes and the sweep adds again, so nothing is kept: a kept id would make the next add a silent no-op. */
const jobOptions: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** Far above what happens, but without a limiter BullMQ's script does not look at the pause that `queue.rateLimit` sets. */
export const limiterMax = 10_000;

export type Stage = 'compose' | 'publish';
/** Queues and workers share it; BullMQ adds one blocking connection per worker. */
export type Connection = Redis;

export const queueName = (stage: Stage, network: string, account: string): string => `${stage}-${network}-${account}`;

/** Ids may hold anything; a job id may hold no colon. */
const jobId = (ref: MentionRef): string => `${ref.network}-${ref.account}-${encodeURIComponent(ref.id)}`;

/** A queue that keeps next to no events: without a cap they outgrow everything else. */
export function openQueue<T>(name: string, connection: Connection, onError: (error: Error) => void): Queue<T> {
  const queue = new Queue<T>(name, { connection, prefix, streams: { events: { maxLen: 50 } } });
  queue.on('error', onError);
  return queue as Queue<T>;
}

export const workerOptions = (connection: Connection, concurrency: number): WorkerOptions => ({
  connection, prefix, concurrency, lockDuration, stalledInterval,
  // Seconds. A job that is delayed while the worker already waits is seen only when that wait ends; BullMQ waits five.
  drainDelay: 1,
  limiter: { max: limiterMax, duration: 1_000 },
  // How soon a worker tries again when its connection fails; BullMQ waits fifteen seconds.
  runRetryDelay: 500,
  // Only a stalled count above the limit fails a job, whatever its attempts; the ledger decides here, not the count.
  maxStalledCount: 1_000,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
});

/** Wakes the stage up for these mentions; one that is queued already stays as it is. */
export async function enqueue(queue: Pick<Queue<MentionRef>, 'addBulk'>, refs: readonly MentionRef[], name = 'mention'): Promise<void> {
  if (refs.length === 0) return;
  await queue.addBulk(refs.map(({ network, account, id }) => ({ name, data: { network, account, id }, opts: { ...jobOptions, jobId: jobId({ network, account, id }) } })));
}
