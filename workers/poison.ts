import type { Bot } from '../src/bot.ts';
import type { Outcome } from '../src/core/record.ts';
import type { MentionRef } from '../src/core/types.ts';
import type { Stage } from './queues.ts';

/** Runs one stage of one mention in a process of its own. `crashed`: how that process ended instead of answering. */
export type RunAlone = (stage: Stage, ref: MentionRef) => Promise<{ readonly outcome: Outcome } | { readonly crashed: string }>;

/** A process may end for many reasons, and takes along what it was about: that alone says nothing of a mention. */
export const crashesTogether = 2;
/** A process that ran this mention and nothing else has one reason less. */
const crashesAlone = 2;
/** Who finds no place comes again after this at most; when exactly is left to chance, or all of them would come together and find one place again. */
const againMs = 1_000;
/** So many at most are run alone side by side, each in a process of its own. */
const mostPlaces = 3;
/** A process takes seconds of a processor to start, then some hundredths of a second for each mention: another is started only where there was no place for so long. */
const patienceMs = 10_000;
/** The next ones stand ready, so that no place is empty while others come again; few and for a short time, for they hold places of the others. */
const mostReady = 2;
const readyMs = 2_000;

/**
 * What is done with a mention that was under way in two processes that ended: it is run alone, and only what ends that process too, twice, is
 * quarantined. Who must wait for it holds no place that others could use.
 */
export function openIsolation(ledger: Pick<Bot['ledger'], 'get' | 'change'>, runAlone: RunAlone, now: () => number = () => performance.now()): (stage: Stage, ref: MentionRef) => Promise<Outcome> {
  let [busy, places, endedAt] = [0, 1, 0];
  /** Since when there is no place, or the last one was added. */
  let fullSince: number | undefined;
  const ready: ((hasPlace: boolean) => void)[] = [];
  const later = (reason: string, afterMs: number): Outcome => ({ kind: 'later', afterMs, reason, scope: 'mention' });
  const isNext = (): Promise<boolean> => new Promise(resolve => {
    const come = (hasPlace: boolean): void => {
      clearTimeout(timer);
      resolve(hasPlace);
    };
    const timer = setTimeout(() => {
      ready.splice(ready.indexOf(come), 1);
      come(false);
    }, readyMs);
    ready.push(come);
  });
  const leave = (): void => {
    endedAt = now();
    const next = ready.shift();
    if (next) return next(true);
    busy -= 1;
    fullSince = undefined;
  };
  return async (stage, ref) => {
    const at = now();
    if (busy === 0 && at - endedAt >= patienceMs) places = 1;
    if (busy === places) {
      fullSince ??= at;
      if (places < mostPlaces && at - fullSince >= patienceMs) {
        [places, fullSince] = [places + 1, at];
        const next = ready.shift();
        if (next) busy += 1;
        next?.(true);
      }
    }
    if (busy < places) busy += 1;
    else if (ready.length >= mostReady || !(await isNext())) return later('other mentions are run alone first', againMs * (0.2 + 0.8 * Math.random()));
    try {
      const run = await runAlone(stage, ref);
      if ('outcome' in run) return run.outcome;
      const record = await ledger.get(ref);
      if (!record) return { kind: 'nothing', reason: 'the ledger does not know it' };
      const crashes = (record.crashes ?? 0) + 1;
      const isPoison = crashes >= crashesAlone;
      const reason = `${crashes === 1 ? 'the process that ran it alone' : `${crashes} processes that ran it alone, one after the other,`} ended in the middle (${run.crashed})`;
      const changed = await ledger.change(record, { from: [record.state], to: isPoison ? 'quarantined' : record.state, patch: { crashes, ...(isPoison && { reason }) } });
      if (!changed) return { kind: 'nothing', reason: 'somebody was faster' };
      return isPoison ? { kind: 'quarantined', reason } : later(reason, againMs);
    } finally {
      leave();
    }
  };
}
