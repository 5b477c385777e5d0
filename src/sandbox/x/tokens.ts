import type { Journal } from '../journal.ts';
import type { XKeys } from './options.ts';
import type { Entry } from './records.ts';

/** How long an access token of OAuth 2.0 lives. */
export const tokenLifeMs = 7_200_000;

/** The tokens of OAuth 2.0, over restarts: each refresh token is good for one use. */
export const openTokens = (journal: Journal<Entry>, keys: XKeys, now: () => number) => {
  const expiries = new Map<string, number>();
  const refreshes = new Set([keys.refreshToken]);

  const apply = (entry: Entry): void => {
    if (entry.kind === 'refresh') {
      refreshes.delete(entry.used);
      refreshes.add(entry.refresh);
      expiries.set(entry.access, entry.expiresAt);
    }
    if (entry.kind === 'revoke') {
      refreshes.delete(entry.token);
      expiries.delete(entry.token);
    }
  };
  const commit = (entry: Entry): void => {
    journal.append(entry);
    apply(entry);
  };
  journal.past.forEach(apply);

  return {
    isValid: (access: string): boolean => (expiries.get(access) ?? 0) > now(),
    /** Whether the token was good, and is no longer. */
    exchange(used: string, access: string, refresh: string): boolean {
      if (!refreshes.has(used)) return false;
      commit({ kind: 'refresh', used, access, refresh, expiresAt: now() + tokenLifeMs });
      return true;
    },
    revoke: (token: string) => commit({ kind: 'revoke', token }),
  };
};

export type Tokens = ReturnType<typeof openTokens>;
