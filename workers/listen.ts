import type { Bot } from '../src/bot.ts';
import type { Counts } from '../src/core/counts.ts';
import { TemporaryError } from '../src/core/errors.ts';
import type { Failpoint, Lease, Ledger, Network } from '../src/core/ports.ts';
import { openStates } from '../src/core/record.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Log } from '../src/log.ts';
import { backoff } from '../src/pipeline/backoff.ts';
import { listen, type Heard } from '../src/pipeline/listen.ts';

export type Note = Bot['condition']['note'];

export interface Listener {
  /** Settled after the first walk, whatever came of it, or when another process listens: on a first start only what comes later is answered. */
  readonly first: Promise<void>;
  stop(): Promise<void>;
}

export interface ListenerOptions {
  readonly note?: Note;
  /** Only its holder listens. Absent: this is the only process. */
  readonly lease?: Lease;
  /** While the store is in trouble nothing is read, for nothing could be kept. */
  readonly watch?: Pick<Bot['watch'], 'concerns' | 'whenWell'>;
  readonly failpoint?: Failpoint | undefined;
  readonly counts?: Pick<Counts, 'mark'>;
}

/** The lease is renewed, and asked for again, so often. */
const leaseMs = 1_500;
/** A process that did nothing for so long was asleep: less than the lease lasts, and more than the renewal is late. */
const sleepMs = 4_000;
/** At most so often where mentions come in all the time. */
const rememberEveryMs = 1_000;
/** How late a mention may become visible, where the timer has nothing to do. */
const overlapMs = 5 * 60_000;
/** How far back reading begins at most in a store that came back empty while there was always something unfinished. */
const marksKeptMs = 30 * 60_000;
const markEveryMs = 60_000;
/** The watch says when the store works again; this is for the case that it does for others only. */
const storePauseMs = 2_000;

/** Listens until stopped: reads at once, whenever the doorbell rings, and on the network's slow timer. */
export function startListening(
  network: Network, ledger: Ledger, enqueue: (refs: readonly MentionRef[]) => Promise<void>, log: Log, { note = () => undefined, lease, watch, failpoint, counts }: ListenerOptions = {},
): Listener {
  const title = `${network.name} ${network.self.account}`;
  const part = `${title}, reading mentions`;
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  const pause = openPause();

  const mark: { last?: string } = {};
  /** Open while this process holds the lease. */
  let ear: AbortController | undefined;
  let token: string | undefined;
  let rival: string | undefined;
  const openEar = (): void => {
    if (ear || stopping.signal.aborted) return;
    ear = new AbortController();
    network.doorbell?.(() => pause.ring(), ear.signal);
  };
  const closeEar = (): void => {
    ear?.abort();
    ear = undefined;
  };
  /** Whether it is our turn; says once whose it is. */
  const holdLease = async (): Promise<boolean> => {
    const held = await lease?.hold();
    token = held && 'token' in held ? held.token : undefined;
    const other = held && 'heldBy' in held ? held.heldBy : undefined;
    if (other !== undefined) {
      closeEar();
      delete mark.last;
    }
    if (other !== undefined && other !== rival) {
      const line = `${other} listens on this account already: this process answers what that one hears, and takes over when it is gone`;
      log(`${title}: ${line}`);
      note(part, line);
    }
    if (other === undefined && rival !== undefined) log(`${title}: the other process is gone, this one listens now`);
    rival = other;
    return other === undefined;
  };
  /** Since it was asked last: long enough for somebody else to get the lease. While only the store is away, nobody does. */
  let [awakeAt, isUntold] = [performance.now(), false];
  const hasSlept = (): boolean => {
    const now = performance.now();
    const slept = isUntold || now - awakeAt > sleepMs;
    [awakeAt, isUntold] = [now, false];
    return slept;
  };
  /** While a walk or a pause lasts. */
  const renew = async (): Promise<void> => {
    isUntold = hasSlept();
    try {
      if (token !== undefined && !(await holdLease())) pause.ring();
    } catch {
      return; // the store is away: the next walk says so, and the lease ends by itself
    }
  };
  const renewal = lease && setInterval(() => void renew(), leaseMs).unref();

  const { account } = network.self;
  /** Where to begin again should the store be emptied. */
  let marks: Marks = [];
  /** Where reading is, whoever reads; that the store was not emptied in between, the second look says. */
  let rememberedAt = -Infinity;
  const remember = async (): Promise<void> => {
    rememberedAt = performance.now();
    const cursor = await ledger.cursor(network.name, account);
    const counts = await ledger.count(network.name, account);
    const still = await ledger.cursor(network.name, account);
    if (cursor !== undefined && still === cursor) marks = withMark(marks, cursor, openStates.every(state => (counts[state] ?? 0) <= 0));
  };
  let overlap: string | undefined;
  let overlapAt = -Infinity;
  const walk = async (heard: 'ring' | 'timer', held: string | undefined): Promise<Heard> => {
    // A store that was emptied meanwhile: we still know where we were. The timer's walk begins one walk earlier: what became visible late is caught.
    const isEmptied = marks.length > 0 && (await ledger.cursor(network.name, account)) === undefined;
    // While we slept somebody else may have read and answered, and a backup may have put the store back to where we left it: our page proves nothing then.
    if (isEmptied || (lease && hasSlept())) delete mark.last;
    const from = isEmptied ? marks[0]?.cursor : heard === 'timer' ? overlap : undefined;
    const done = await listen(network, ledger, enqueue, { from, signal: stopping.signal, mark, lease: held, failpoint });
    // Where the bell rings without end the timer never does, and one day it would read everything anew.
    if (heard === 'timer' || performance.now() - overlapAt > overlapMs) {
      overlap = done.from;
      overlapAt = performance.now();
    }
    // While mentions come in, who comes next is not kept waiting; an older mark only means that more is looked at again.
    if (done.added === 0 || performance.now() - rememberedAt > rememberEveryMs) await remember();
    return done;
  };

  const loop = async () => {
    let failures = 0;
    let heard: 'ring' | 'timer' = 'ring';
    while (!stopping.signal.aborted) {
      pause.forget();
      let pauseMs = leaseMs;
      try {
        // First the store, then the lease: somebody else may get it while the store is waited for.
        await watch?.whenWell(stopping.signal);
        if (stopping.signal.aborted) break;
        // A renewal that was answered just now may have lost it again.
        if (await holdLease() && (lease === undefined || token !== undefined)) {
          openEar();
          const { more, gaps } = await walk(heard, token);
          if (more) pause.ring();
          for (const gap of gaps) log(`${title}: ${gap}`);
          note(part, undefined);
          pauseMs = network.pollMs;
          counts?.mark('read', network.name, pauseMs);
        } else {
          await remember();
        }
        failures = 0;
      } catch (error) {
        failures++;
        if (watch?.concerns(error)) {
          pauseMs = Math.min(backoff(failures), storePauseMs);
        } else {
          pauseMs = (error instanceof TemporaryError ? error.afterMs : undefined) ?? backoff(failures);
          const why = error instanceof Error ? error.message : String(error);
          note(part, why);
          log(`${title}: mentions are not read, again in ${toDuration(pauseMs)}: ${why}`);
        }
      }
      first.resolve();
      // After a failure the bell is not heard: a server that asked for a pause gets one.
      heard = await pause.last(pauseMs, failures === 0);
    }
    first.resolve();
  };
  const done = loop();
  return {
    first: first.promise,
    async stop() {
      stopping.abort();
      pause.end();
      closeEar();
      clearInterval(renewal);
      await done;
      if (token !== undefined) await lease?.release();
    },
  };
}

type Marks = readonly { readonly cursor: string; readonly at: number }[];

/** The first mark is where nothing before it was unfinished or, where something always is, as old as they are kept. */
function withMark(marks: Marks, cursor: string, isQuiet: boolean): Marks {
  const next = { cursor, at: performance.now() };
  const last = marks.at(-1);
  if (isQuiet || last === undefined) return [next];
  const all = next.at - last.at >= markEveryMs ? [...marks, next] : marks;
  return all.slice(Math.max(0, all.findLastIndex(({ at }) => at <= next.at - marksKeptMs)));
}

const toDuration = (ms: number): string => (ms > 10 * 60_000 ? `${Math.ceil(ms / 60_000)} min` : `${Math.ceil(ms / 1_000)} s`);

/** Timers count in 32 bits. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The pause between two walks. What rings during a walk is remembered. One promise per pause: to race against one that lasts as long as the
 * process would keep every pause there ever was.
 */
function openPause() {
  let isOver = false;
  let rang = false;
  let wake: ((heard: 'ring') => void) | undefined;
  let hearsBell = true;
  return {
    /** What rings from now on counts. */
    forget: (): void => {
      rang = false;
    },
    ring: (): void => {
      rang = true;
      if (hearsBell) wake?.('ring');
    },
    end: (): void => {
      isOver = true;
      wake?.('ring');
    },
    last: async (ms: number, withBell: boolean): Promise<'ring' | 'timer'> => {
      if (isOver || (withBell && rang)) return 'ring';
      hearsBell = withBell;
      return new Promise(resolve => {
        const timer = setTimeout(() => {
          wake = undefined;
          resolve('timer');
        }, Math.min(ms, longestTimerMs));
        wake = heard => {
          clearTimeout(timer);
          wake = undefined;
          resolve(heard);
        };
      });
    },
  };
}
