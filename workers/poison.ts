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
const againMs = 1_000;
/** So many at most are run alone side by side, each in a process of its own. */
const mostPlaces = 3;
/**
 * A process takes seconds of a processor to start, then some hundredths of a second for each mention: another is started only where mentions still come after
 * so long, be it that there are many or that one hangs. Nobody for so long, and it begins with one again.
 */
const patienceMs = 10_000;

/**
 * What is done with a mention that was under way in two processes that ended: it is run alone, and only what ends that process too, twice, is
 * quarantined. Who must wait for it holds no place that others could use.
 */
export function openIsolation(ledger: Pick<Bot['ledger'], 'get' | 'change'>, runAlone: RunAlone, now: () => number = () => performance.now()): (stage: Stage, ref: MentionRef) => Promise<Outcome> {
  let [busy, places, grewAt, endedAt] = [0, 1, 0, 0];
  const later = (reason: string): Outcome => ({ kind: 'later', afterMs: againMs, reason, scope: 'mention' });
  return async (stage, ref) => {
    const at = now();
    if (busy === 0 && at - endedAt >= patienceMs) [places, grewAt] = [1, at];
    if (busy === places && places < mostPlaces && at - grewAt >= patienceMs) [places, grewAt] = [places + 1, at];
    if (busy === places) return later('other mentions are run alone first');
    busy += 1;
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
      return isPoison ? { kind: 'quarantined', reason } : later(reason);
    } finally {
      busy -= 1;
      endedAt = now();
    }
  };
}
