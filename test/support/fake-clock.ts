import type { Clock } from '../../src/core/ports.ts';

/** A clock that stands still until it is moved. */
export interface FakeClock extends Clock {
  advance(ms: number): void;
}

export function openFakeClock(start = Date.parse('2026-11-23T12:00:00.000Z')): FakeClock {
  let passed = 0;
  return {
    now: () => start + passed,
    monotonic: () => 1_000 + passed,
    advance(ms) {
      passed += ms;
    },
  };
}
