import type { Clock } from '../../core/ports.ts';
import type { Request } from './client.ts';
import { readDate, type Headers } from './failures.ts';

/** 300 looks in 15 minutes are allowed: one every three seconds, with a little air. */
const shortestMs = 3_200;
/** So long after the last mention people may still be talking. */
const busyForMs = 60_000;

/** How often to look for mentions: as the settings say, faster while people talk, never more often than the rest of the rate limit allows. */
export function openPace(usualMs: number, clock: Clock) {
  let busyUntil = 0;
  let room = { perLookMs: 0, until: 0 };
  return {
    get ms(): number {
      const now = clock.now();
      const wanted = now < busyUntil ? Math.min(usualMs, Math.max(shortestMs, usualMs / 3)) : usualMs;
      return Math.max(wanted, now < room.until ? room.perLookMs : 0);
    },
    heard: (mentions: number): void => {
      if (mentions > 0) busyUntil = clock.now() + busyForMs;
    },
    /** Sees the headers of every answer; those about mentions say how many looks are left. */
    look: ({ path }: Request, headers: Headers): void => {
      const remaining = Number(headers['x-rate-limit-remaining'] ?? NaN);
      const resetMs = Number(headers['x-rate-limit-reset'] ?? NaN) * 1_000;
      if (!path.endsWith('/mentions') || !Number.isFinite(remaining) || !Number.isFinite(resetMs)) return;
      const leftMs = resetMs - readDate(headers, clock.now());
      if (leftMs > 0) room = { perLookMs: leftMs / Math.max(1, remaining), until: clock.now() + leftMs };
    },
  };
}
