import { tooMany } from './problem.ts';

const windowMs = 900_000;

export interface Allowance {
  readonly endpoint: string;
  readonly subject: string;
  readonly limit: number;
  readonly hidesReset: boolean;
}

/** Counts requests by endpoint and subject, in windows of 15 minutes that begin with the first. */
export const openLimits = (now: () => number) => {
  const windows = new Map<string, { startedAt: number; used: number }>();
  /** Takes one request into account: its headers, and whether it was one too many. */
  return ({ endpoint, subject, limit, hidesReset }: Allowance): { readonly headers: Readonly<Record<string, string>>; readonly refusal: Error | undefined } => {
    const key = `${endpoint} ${subject}`;
    const known = windows.get(key);
    const window = known !== undefined && now() - known.startedAt < windowMs ? known : { startedAt: now(), used: 0 };
    window.used += 1;
    windows.set(key, window);
    const reset = { 'x-rate-limit-reset': String(Math.ceil((window.startedAt + windowMs) / 1000)) };
    return {
      headers: { 'x-rate-limit-limit': String(limit), 'x-rate-limit-remaining': String(Math.max(0, limit - window.used)), ...(hidesReset ? {} : reset) },
      refusal: window.used > limit ? tooMany() : undefined,
    };
  };
};
