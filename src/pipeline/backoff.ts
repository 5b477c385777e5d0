/** Milliseconds to wait after the n-th failure in a row: doubling from one second, at most a minute. */
export const backoff = (failures: number): number => Math.min(60_000, 1_000 * 2 ** Math.max(0, failures - 1));

/** The same where each try may cost money and there are few of them: trebling from ten seconds, at most an hour, so that eight of them outlast two hours. */
export const dearBackoff = (tries: number): number => Math.min(3_600_000, 10_000 * 3 ** Math.max(0, tries - 1));
