import { DelayedError, RateLimitError, type Job, type Queue, type Worker } from 'bullmq';
import { TemporaryError } from '../src/core/errors.ts';
import type { Outcome } from '../src/core/record.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Log } from '../src/log.ts';
import { crashesTogether } from './poison.ts';
import type { StartWorker } from './worker.ts';

export interface StageOptions {
  readonly queue: Queue<MentionRef>;
  readonly startWorker: StartWorker;
  readonly concurrency: number;
  /** What the longest job takes. */
  readonly longestMs: number;
  readonly log: Log;
  /** How this stage fares: what it waits for, or undefined when it goes well. */
  readonly note?: (trouble: string | undefined) => void;
  /** The pipeline's verb for one mention. */
  readonly run: (ref: MentionRef) => Promise<Outcome>;
  /** The same for one that was under way in processes which ended. Absent: as any other. */
  readonly runAlone?: ((ref: MentionRef) => Promise<Outcome>) | undefined;
  /** It came to something, and is not run again as it is. */
  readonly ended?: (outcome: Outcome, ref: MentionRef) => Promise<void>;
  /** Where a mention goes on to. */
  readonly next: (outcome: Outcome, ref: MentionRef) => Promise<void>;
}

const atOnce = 3;

/** One worker on one queue: runs the verb, then waits, passes on or ends as its outcome says. Shared by both stages. */
export function startStage({ queue, startWorker, concurrency, longestMs, log, note = () => undefined, run, runAlone = run, ended, next }: StageOptions): Worker {
  /** What the whole account waits for, said once and not at every look. */
  let waitsFor: string | undefined;
  const work = async (job: Job<MentionRef>, token?: string): Promise<Outcome['kind']> => {
    const ref = job.data;
    // BullMQ counts how often a worker that had it was heard of no more.
    const perform = job.stalledCounter >= crashesTogether ? runAlone : run;
    let outcome = await perform(ref);
    // "Again at once" is done here: a job that is delayed by a millisecond may lie there until the worker's wait ends.
    for (let again = 0; again < atOnce && outcome.kind === 'later' && outcome.scope === 'mention' && outcome.afterMs <= 0; again++) outcome = await perform(ref);
    const waits = outcome.kind === 'later' && outcome.scope === 'account' ? outcome.reason : undefined;
    const isSaid = waits !== undefined && waits === waitsFor;
    if (outcome.kind !== 'nothing') waitsFor = waits;
    if (outcome.kind !== 'nothing' && outcome.kind !== 'drafted' && !isSaid) log(`${ref.network} ${ref.account} ${ref.id}: ${describe(outcome)}`);
    if (outcome.kind === 'parked' || outcome.kind === 'rejected' || outcome.kind === 'quarantined') note(`${ref.id} ${outcome.kind}: ${outcome.reason}`);
    else if (outcome.kind !== 'later' && outcome.kind !== 'nothing') note(undefined);
    if (outcome.kind === 'later') {
      note(outcome.reason);
      // Redis takes whole milliseconds only, and no pause of nothing.
      const afterMs = Math.max(5, Math.ceil(outcome.afterMs));
      if (outcome.scope === 'account') {
        await queue.rateLimit(afterMs);
        throw new RateLimitError();
      }
      await job.moveToDelayed(Date.now() + afterMs, token);
      throw new DelayedError();
    }
    await ended?.(outcome, ref);
    await next(outcome, ref);
    return outcome.kind; // BullMQ keeps it for a while, and words of people have no place there
  };
  return startWorker(queue.name, { concurrency, longestMs }, work, (job, error) => `${queue.name} ${job?.data.id ?? ''}: ${error instanceof TemporaryError ? error.message : error.stack ?? error.message}; the sweep tries again`);
}

function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'posted': return `posted ${outcome.reply.url}${outcome.readBack ? ' (read back)' : ''}`;
    case 'later': return `again in ${(outcome.afterMs / 1_000).toFixed(1)} s: ${outcome.reason}`;
    case 'drafted': return `drafted in ${outcome.ms} ms`;
    default: return `${outcome.kind}: ${outcome.reason}`;
  }
}
