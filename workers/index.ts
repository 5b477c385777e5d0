import type { Job, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Bot } from '../src/bot.ts';
import type { ContextSource, Network } from '../src/core/ports.ts';
import type { Outcome } from '../src/core/record.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Log } from '../src/log.ts';
import { watchWorkers } from './alive.ts';
import { openCanaryWatch } from './canary.ts';
import { startComposing } from './compose.ts';
import { startListening, type Listener } from './listen.ts';
import { startPublishing } from './publish.ts';
import { attendOwners, obeyOrder, wakeUrgent } from './owner.ts';
import { enqueue, openQueue, queueName, type Stage } from './queues.ts';
import { openIsolation, type RunAlone } from './poison.ts';
import { warmUp } from '../src/pipeline/canary.ts';
import { refresh } from './refresh.ts';
import { lookAgain, rereadDue } from './reread.ts';
import { sweep, sweepAtStart, type Account } from './sweep.ts';
import { keepTimers, type Timers } from './timers.ts';
import { openWorkers } from './worker.ts';

export type Role = 'all' | 'listen' | 'work' | 'web';

/** `source`: which one to read, of those that cost money. `isTime`: done although nothing has changed. */
type Chore = Partial<MentionRef> & { readonly source?: string; readonly isTime?: boolean };

const sweepEveryMs = 2_000;
/** How soon the owner hears of a draft that waits, and his favourite is seen. */
const ownerEveryMs = 5_000;
/** What was answered is looked at again in portions, so that answers never wait for it. */
const rereadEveryMs = 30_000;
/** How soon a change of prompt, voice or model is put to the test. */
const canaryLookMs = 5_000;
/** Jobs under way get this long to end; what is cut off is done again by whoever comes next. */
const drainMs = 8_000;
/** While Redis is away that time passes so much faster: nothing that ends can be written down. */
const hasteWithoutStore = 4;
/** After so long without a job a worker is as good as dead. */
const aliveMs = 45_000;
const longestChoreMs = 30_000;
/** With a real deadline a slow feed must not keep the ready line waiting. */
const firstContextMs = 400;

export interface WorkersOptions {
  readonly runAlone?: RunAlone;
  /** Called when a worker of this process takes no jobs any more although it could: a line for the operator. The process ends then. */
  readonly fail?: (line: string) => void;
  /** Another time than 45 s until then. */
  readonly aliveMs?: number | undefined;
}

const stages: readonly Stage[] = ['compose', 'publish'];
/** How many jobs of one queue wait, are put off to later, and are under way. */
export type Depth = { readonly stage: Stage; readonly waiting: number; readonly delayed: number; readonly active: number };

export interface Workers {
  /** Stops taking new work, lets running work end, closes everything of BullMQ. False when something did not end in time. */
  stop(): Promise<boolean>;
  /** What lies in the queues of an account, whoever works on it. */
  readonly depth: (network: Network) => Promise<readonly Depth[]>;
}

/** The queues of every account, on one connection. `concerns`: errors that somebody else tells of. */
export function openQueues(store: Bot['store'], log: Log, concerns: Bot['watch']['concerns'] = () => false) {
  const connection = new Redis({ ...store.connection, maxRetriesPerRequest: null });
  const onError = (error: Error) => {
    if (!concerns(error)) log(`Redis: ${error.message}`);
  };
  connection.on('error', onError);
  const queues = new Map<string, Queue<MentionRef>>();
  const queueOf = (stage: Stage, { name, self }: Account): Queue<MentionRef> => {
    const title = queueName(stage, name, self.account);
    const queue = queues.get(title) ?? openQueue<MentionRef>(title, connection, onError);
    queues.set(title, queue);
    return queue;
  };
  return {
    connection,
    onError,
    queueOf,
    wake: (network: Network) => (stage: Stage, refs: readonly MentionRef[]) => enqueue(queueOf(stage, network), refs),
    depth: (network: Network): Promise<readonly Depth[]> => Promise.all(stages.map(async stage => {
      const { wait = 0, delayed = 0, active = 0 } = await queueOf(stage, network).getJobCounts('wait', 'delayed', 'active');
      return { stage, waiting: wait, delayed, active };
    })),
    async close(): Promise<void> {
      await Promise.all([...queues.values()].map(queue => queue.close()));
      connection.disconnect();
    },
  };
}

/** Starts what the role asks for: listening, working, or both. */
export async function startWorkers(bot: Bot, role: Role, refreshMs: number, log: Log, { runAlone, fail = log, aliveMs: limitMs = aliveMs }: WorkersOptions = {}): Promise<Workers> {
  const { watch } = bot;
  const queues = openQueues(bot.store, log, watch.concerns);
  const { connection } = queues;
  const { note } = bot.condition;
  const listeners: Listener[] = [];
  const workers: Pick<Worker, 'close'>[] = [];
  const isolated = runAlone && openIsolation(bot.ledger, runAlone);
  const chores = openQueue<Chore>('chores', connection, queues.onError);
  const alive = watchWorkers({ connection, watch, log, fail, limitMs });
  const startWorker = openWorkers({ connection, alive, watch, log });
  const stopping = new AbortController();
  let timers: Timers | undefined;
  const wakeFor = (network: Network) => wakeUrgent(network, bot, queues.wake(network), chores as Queue<MentionRef>);

  if (role === 'all' || role === 'work') {
    for (const network of bot.accounts) {
      const wake = wakeFor(network);
      const composeTools = bot.composeTools(network);
      const publishTools = bot.publishTools(network);
      const longestMs = (stage: Stage) => limitMs + (stage === 'compose' ? 4 * composeTools.modelTimeoutMs : 2 * publishTools.postTimeoutMs);
      const options = (stage: Stage) => ({ queue: queues.queueOf(stage, network), startWorker, longestMs: longestMs(stage), log, runAlone: isolated && ((ref: MentionRef) => isolated(stage, ref)), note: (trouble: string | undefined) => note(`${network.name} ${network.self.account}, ${stage === 'compose' ? 'composing' : 'posting'}`, trouble), ended: (outcome: Outcome, ref: MentionRef) => lookAgain(outcome, ref, bot) });
      workers.push(startComposing(composeTools, { ...options('compose'), counts: bot.counts }, async ({ kind }, ref) => {
        if (kind === 'drafted') await wake('publish', [ref]);
        await payForContext(network, bot.sources, chores);
      }));
      const next = async (outcome: Outcome, ref: MentionRef): Promise<void> => {
        // A refused text goes back to be composed again.
        if (outcome.kind === 'redraft') await wake('compose', [ref]);
      };
      workers.push(startPublishing(publishTools, { ...options('publish'), next }));
    }
    const { everyMs, limit } = bot.canary;
    const watchCanary = openCanaryWatch(bot, log, stopping.signal);
    const work: Record<string, (job: Job<Chore>) => Promise<void>> = {
      refresh: () => refreshFree(bot, log),
      pay: job => refresh(bot.sources, source => source.name === job.data.source, bot, log, note),
      canary: job => watchCanary(job.data.isTime === true && everyMs > 0),
      reread: async () => {
        for (const network of bot.accounts) await rereadDue(network, bot, log);
      },
      sweep: async () => {
        await bot.failpoint?.('in the sweep');
        for (const network of bot.accounts) await sweep(network, bot.ledger, wakeFor(network));
      },
      obey: ({ data: { network, account, id } }) => obeyOrder({ network: network ?? '', account: account ?? '', id: id ?? '' }, bot, log),
      owner: () => attendOwners(turn++, bot, log),
    };
    let turn = 0;
    const chore = startWorker('chores', { concurrency: 4, longestMs: limitMs + longestChoreMs }, async (job: Job<Chore>) => work[job.name]?.(job), (job, error) => `${job?.name ?? 'chore'} failed: ${error.message}`);
    workers.push(chore);
    for (const network of bot.accounts) await sweepAtStart(network, bot.ledger, wakeFor(network));
    const [someAccount] = bot.accounts;
    if (someAccount) setTimeout(() => void warmUp(bot.composeTools(someAccount)), 0).unref();
    // Whoever needs no canary leaves those of the others alone: all processes on one Redis share them, and one too many does nothing.
    const sings = limit > 0 && !bot.model.isFixed;
    timers = await keepTimers(chores, watch, log, async () => {
      await chores.upsertJobScheduler('refresh', { every: refreshMs, startDate: Date.now() + refreshMs }, { name: 'refresh' });
      if (sings) await chores.upsertJobScheduler('canary look', { every: canaryLookMs }, { name: 'canary' });
      if (sings && everyMs > 0) await chores.upsertJobScheduler('canary', { every: everyMs, startDate: Date.now() + everyMs }, { name: 'canary', data: { isTime: true } });
      await chores.upsertJobScheduler('reread', { every: rereadEveryMs, startDate: Date.now() + rereadEveryMs }, { name: 'reread' });
      if (bot.owners.length > 0) await chores.upsertJobScheduler('owner', { every: ownerEveryMs }, { name: 'owner' });
      else await chores.removeJobScheduler('owner');
      await chores.upsertJobScheduler('sweep', { every: sweepEveryMs }, { name: 'sweep' });
    });
    await Promise.race([refreshFree(bot, log), pause(firstContextMs)]);
  }
  if (role === 'all' || role === 'listen') {
    for (const network of bot.accounts) {
      const wake = wakeFor(network);
      listeners.push(startListening(network, bot.ledger, refs => wake('compose', refs), log, { note, watch, lease: bot.lease(network), failpoint: bot.failpoint, counts: bot.counts }));
    }
    await Promise.all(listeners.map(({ first }) => first));
  }

  return {
    depth: queues.depth,
    async stop() {
      alive.stop();
      timers?.stop();
      stopping.abort();
      await bot.failpoint?.('in stopping');
      const ended = Promise.all([...listeners.map(listener => listener.stop()), ...workers.map(worker => worker.close())]);
      const drained = await Promise.race([ended.then(() => true), patience(watch).then(() => false)]);
      if (!drained) {
        log(`still busy, ${watch.trouble()?.isAway ? 'and Redis is away' : `after ${drainMs / 1_000} s`}: what is under way is looked after at the next start`);
        return false;
      }
      await chores.close();
      await queues.close();
      return true;
    },
  };
}

/** What costs nothing is read again and again, whether anybody asks or not. */
const refreshFree = (bot: Bot, log: Log): Promise<void> => refresh(bot.sources, source => source.paid === undefined, bot, log, bot.condition.note);

/** After a mention: what costs money is read for those that come after it, unless that was done not long ago by whomever. */
async function payForContext({ self }: Network, sources: readonly ContextSource[], chores: Queue<Chore>): Promise<void> {
  for (const { name, paid } of sources) {
    if (paid?.account === self.account) await chores.add('pay', { source: name }, { deduplication: { id: `pay ${name}`, ttl: paid.forMs } });
  }
}

async function patience(watch: Bot['watch']): Promise<void> {
  const stepMs = 250;
  for (let leftMs = drainMs; leftMs > 0; leftMs -= stepMs * (watch.trouble()?.isAway ? hasteWithoutStore : 1)) await pause(stepMs);
}

const pause = (ms: number): Promise<void> => new Promise(resolve => {
  setTimeout(resolve, ms).unref();
});
