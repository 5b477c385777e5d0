/** Milliseconds to wait after the n-th failure in a row: doubling from one second, at most a minute. */
export const backoff = (failures: number): number => Math.min(60_000, 1_000 * 2 ** Math.max(0, failures - 1));
