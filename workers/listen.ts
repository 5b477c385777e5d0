import type { Bot } from '../src/bot.ts';
import { TemporaryError } from '../src/core/errors.ts';
import type { Ledger, Network } from '../src/core/ports.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Log } from '../src/log.ts';
import { backoff } from '../src/pipeline/backoff.ts';
import { listen } from '../src/pipeline/listen.ts';

export type Note = Bot['condition']['note'];

export interface Listener {
  /** Settled after the first walk, whatever came of it: on a first start only what comes later is answered. */
  readonly first: Promise<void>;
  stop(): Promise<void>;
}

/** Listens until stopped: reads at once, whenever the doorbell rings, and on the network's slow timer. */
export function startListening(network: Network, ledger: Ledger, enqueue: (refs: readonly MentionRef[]) => Promise<void>, log: Log, note: Note = () => undefined): Listener {
  const part = `${network.name} ${network.self.account}, reading mentions`;
  const stopping = new AbortController();
  const stopped = Promise.withResolvers<'ring'>();
  stopping.signal.addEventListener('abort', () => stopped.resolve('ring'));
  const first = Promise.withResolvers<void>();
  let wake = Promise.withResolvers<'ring'>();
  network.doorbell?.(() => wake.resolve('ring'), stopping.signal);

  const loop = async () => {
    let overlap: string | undefined;
    let failures = 0;
    let heard: 'ring' | 'timer' = 'ring';
    while (!stopping.signal.aborted) {
      wake = Promise.withResolvers<'ring'>();
      let pauseMs = 0;
      try {
        // The timer's walk begins one walk earlier: what became visible late is caught, what is known is not added twice.
        const { from, more, gaps } = await listen(network, ledger, enqueue, heard === 'timer' ? overlap : undefined, stopping.signal);
        if (more) wake.resolve('ring');
        for (const gap of gaps) log(`${network.name} ${network.self.account}: ${gap}`);
        if (heard === 'timer' || overlap === undefined) overlap = from;
        failures = 0;
        note(part, undefined);
        pauseMs = network.pollMs;
      } catch (error) {
        failures++;
        pauseMs = (error instanceof TemporaryError ? error.afterMs : undefined) ?? backoff(failures);
        const why = error instanceof Error ? error.message : String(error);
        note(part, why);
        log(`${network.name} ${network.self.account}: mentions are not read, again in ${toDuration(pauseMs)}: ${why}`);
      }
      first.resolve();
      // After a failure the bell is not heard: a server that asked for a pause gets one.
      heard = await either(failures > 0 ? [stopped.promise] : [stopped.promise, wake.promise], pauseMs);
    }
  };
  const done = loop();
  return {
    first: first.promise,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

const toDuration = (ms: number): string => (ms > 10 * 60_000 ? `${Math.ceil(ms / 60_000)} min` : `${Math.ceil(ms / 1_000)} s`);

/** Timers count in 32 bits. */
const longestTimerMs = 2 ** 31 - 1;

async function either(rings: readonly Promise<'ring'>[], afterMs: number): Promise<'ring' | 'timer'> {
  const timer = Promise.withResolvers<'timer'>();
  const handle = setTimeout(() => timer.resolve('timer'), Math.min(afterMs, longestTimerMs));
  try {
    return await Promise.race([...rings, timer.promise]);
  } finally {
    clearTimeout(handle);
  }
}
