import { TemporaryError } from '../../core/errors.ts';
import type { Clock } from '../../core/ports.ts';
import { readReset } from './failures.ts';

/** After "too many requests", so long at least nobody asks again, and then one at a time, so far apart. */
const probeEveryMs = 5_000;
/** No server counts reading in longer windows; who says otherwise is asked again. */
const longestWindowMs = 15 * 60_000;
/** The part of the allowance that reading leaves to answers, and the part that looking again leaves to both. */
const [keptForAnswers, keptForBoth] = [0.1, 0.2];

export interface Gate {
  /** Runs a request, or throws TemporaryError without one while the server wants none. */
  pass<T>(call: () => Promise<T>): Promise<T>;
  /** What an answer said about the allowance. */
  look(headers: Headers): void;
}

/**
 * Three ways to one account, for reading, for answering and for looking again at what was read: each closes when the server says "too many" to it, and
 * opens with one probe. Reading also stops while what is left of the allowance is for answers, and looking again earlier still.
 */
export function openGates(host: string, clock: Clock): Readonly<Record<'reading' | 'answering' | 'looking', Gate>> {
  let lastProbeAt = -Infinity;
  let allowance: { readonly left: number; readonly of: number; readonly resetsAt: number } | undefined;

  const look = (headers: Headers): void => {
    const [left, of, resetMs] = [toNumber(headers, 'x-ratelimit-remaining'), toNumber(headers, 'x-ratelimit-limit'), readReset(headers, clock.now())];
    allowance = Number.isFinite(left) && of > 0 && resetMs !== undefined ? { left, of, resetsAt: clock.now() + Math.min(resetMs, longestWindowMs) } : undefined;
  };
  const open = (keptBack: number): Gate => {
    let closedUntil = 0;
    let isLimited = false;
    let limits = 0;
    const refuse = (afterMs: number, why: string): never => {
      throw new TemporaryError(`${host} ${why}`, { afterMs: Math.max(afterMs, 1) });
    };
    return {
      look,
      async pass(call) {
        const now = clock.now();
        if (now < closedUntil) refuse(closedUntil - now, 'said 429 and wants to be left alone for a while');
        if (keptBack > 0 && allowance && now < allowance.resetsAt && allowance.left <= allowance.of * keptBack) refuse(allowance.resetsAt - now, 'allows few more requests just now: they are kept for answers');
        if (isLimited) {
          const nextProbeAt = lastProbeAt + probeEveryMs;
          if (now < nextProbeAt) refuse(nextProbeAt - now, 'said 429 and is being asked whether that is over');
          lastProbeAt = now;
        }
        const limitsBefore = limits;
        try {
          const answer = await call();
          // What was under way before the last refusal says nothing about it.
          if (limits === limitsBefore) isLimited = false;
          return answer;
        } catch (error) {
          const pauseMs = error instanceof TemporaryError ? error.afterMs : undefined;
          if (pauseMs !== undefined) {
            isLimited = true;
            limits += 1;
            closedUntil = Math.max(closedUntil, clock.now() + Math.max(pauseMs, probeEveryMs));
          }
          throw error;
        }
      },
    };
  };
  return { reading: open(keptForAnswers), answering: open(0), looking: open(keptForBoth) };
}

const toNumber = (headers: Headers, name: string): number => Number(headers.get(name) ?? NaN);
