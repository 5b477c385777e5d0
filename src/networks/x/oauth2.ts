import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { PermanentError, SetupError, TemporaryError } from '../../core/errors.ts';
import type { Clock, Vault } from '../../core/ports.ts';
import { openSeal } from './seal.ts';

export interface TokenOptions {
  /** Address of the API, without a slash at its end. */
  readonly api: string;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
  /** The operator's: the first of a row, each of which X exchanges for the next. */
  readonly refreshToken: string;
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly hide: (secret: string) => void;
  readonly say: (line: string) => void;
}

export interface Tokens {
  /**
   * An access token that is good for another minute. `stale`: one that was just refused; a newer one is fetched unless somebody did that already.
   * Throws TemporaryError when X cannot be reached, PermanentError about the account when the login is lost.
   */
  access(stale?: string): Promise<string>;
}

/** What lies in the vault: the living pair, and since when a refresh is under way. */
const stored = z.object({ refreshToken: z.string(), accessToken: z.string().optional(), expiresAt: z.number().optional(), startedAt: z.number().optional() });
type Stored = z.infer<typeof stored>;

const issued = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_in: z.number().positive() });

/** So long before its end a token counts as over. */
const spareMs = 60_000;
/** A refresh whose answer was lost on the way may be stored yet by a process that was only stopped. */
const patienceMs = 10_000;
const lookAgainMs = 200;

type Answer = { readonly kind: 'issued'; readonly pair: z.infer<typeof issued> } | { readonly kind: 'refused' | 'not sent' | 'unknown'; readonly why: string };

/**
 * The tokens of OAuth 2.0. X changes the refresh token with each use and the old one dies, so the new pair is stored before it is used, under a
 * lock that all processes share. Between X's answer and the store lies a moment in which a crash loses the login; it is as short as one write,
 * and whoever comes next finds the mark of it and says what happened.
 */
export function openTokens(options: TokenOptions): Tokens {
  const { clientId, clientSecret, refreshToken: seed, clock, vault, hide, say } = options;
  const name = `x-login-${createHash('sha256').update(`${clientId}\n${seed}`).digest('hex').slice(0, 24)}`;
  const seal = openSeal(clientSecret ?? seed);
  const lockMs = options.timeoutMs + 20_000;
  let held: { readonly token: string; readonly expiresAt: number } | undefined;
  let renewing: Promise<string> | undefined;

  const read = async (): Promise<Stored> => {
    const sealed = await vault.get(name);
    if (sealed === undefined) return { refreshToken: seed };
    const text = seal.open(sealed);
    if (text === undefined) throw new SetupError('the stored login of X cannot be opened: was X_CLIENT_SECRET changed? Set it back, or get a new X_REFRESH_TOKEN');
    return stored.parse(JSON.parse(text));
  };
  const write = (value: Stored): Promise<void> => vault.put(name, seal.seal(JSON.stringify(value)));
  const isGood = (token: string | undefined, expiresAt: number | undefined, stale: string | undefined): boolean =>
    token !== undefined && token !== stale && (expiresAt ?? 0) - clock.now() > spareMs;
  const hold = (token: string, expiresAt: number): string => {
    hide(token);
    held = { token, expiresAt };
    return token;
  };

  /** One refresh, alone. Gives the token that X refused and since when another refresh may be under way, when that is how it ended. */
  const refresh = async (stale: string | undefined): Promise<string | { readonly refused: string; readonly openSince: number | undefined }> => {
    const before = await read();
    if (before.accessToken !== undefined && isGood(before.accessToken, before.expiresAt, stale)) return hold(before.accessToken, before.expiresAt ?? 0);
    const used = before.refreshToken;
    await write({ ...before, startedAt: clock.now() });
    const answer = await ask(used, options);
    if (answer.kind === 'issued') {
      const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = answer.pair;
      const expiresAt = clock.now() + seconds * 1_000;
      // Whoever got this answer holds the only living pair: nothing that another process could have stored is newer.
      await write({ refreshToken, accessToken, expiresAt });
      hide(refreshToken);
      if (before.startedAt !== undefined) say(`X: a refresh of the login that began at ${toTime(before.startedAt)} never ended; a new one worked, nothing is lost`);
      return hold(accessToken, expiresAt);
    }
    if (answer.kind === 'refused') return { refused: used, openSince: before.startedAt };
    // What surely was not sent leaves no mark; whatever may have arrived does.
    if (answer.kind === 'not sent') await write(before);
    throw new TemporaryError(`X gave no new token: ${answer.why}`);
  };

  const renew = async (stale: string | undefined): Promise<string> => {
    const giveUpAt = clock.monotonic() + patienceMs;
    for (;;) {
      const ended = await vault.alone(name, lockMs, () => refresh(stale));
      if (typeof ended === 'string') return ended;
      if (ended.openSince === undefined) throw new PermanentError('X refuses the refresh token: get a new X_REFRESH_TOKEN, or use OAuth 1.0a, which never ends', { about: 'account' });
      // Somebody else was in the middle of one: if it was only stopped, it stores the new pair when it goes on.
      while ((await read()).refreshToken === ended.refused) {
        if (clock.monotonic() > giveUpAt) {
          throw new PermanentError(`the login of X is lost: a refresh was cut off at ${toTime(ended.openSince)} between X's answer and the store; get a new X_REFRESH_TOKEN, or use OAuth 1.0a, which never ends`, { about: 'account' });
        }
        await sleep(lookAgainMs);
      }
    }
  };

  hide(seed);
  return {
    async access(stale) {
      if (held && isGood(held.token, held.expiresAt, stale)) return held.token;
      renewing ??= renew(stale).finally(() => {
        renewing = undefined;
      });
      return renewing;
    },
  };
}

const toTime = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/u, 'Z');

async function ask(refreshToken: string, { api, clientId, clientSecret, timeoutMs, userAgent }: TokenOptions): Promise<Answer> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, ...(clientSecret === undefined && { client_id: clientId }) });
  const login = clientSecret === undefined ? {} : { authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}` };
  try {
    const response = await fetch(`${api}/2/oauth2/token`, { method: 'POST', body: form, headers: { ...login, 'user-agent': userAgent }, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const text = await response.text();
    const pair = response.ok ? issued.safeParse(toJson(text)).data : undefined;
    if (pair) return { kind: 'issued', pair };
    if (response.ok) return { kind: 'unknown', why: 'an answer that was cut off or is no JSON' };
    const why = `${new URL(api).host} said ${response.status}`;
    if (response.status === 400 || response.status === 401 || response.status === 403) return { kind: 'refused', why };
    return { kind: response.status === 429 ? 'not sent' : 'unknown', why };
  } catch (error) {
    const code = causes.safeParse(error).data?.cause;
    const isUnsent = code !== undefined && (code.syscall === 'connect' || code.syscall === 'getaddrinfo');
    return { kind: isUnsent ? 'not sent' : 'unknown', why: isUnsent ? `${new URL(api).host} could not be reached` : 'no answer' };
  }
}

const causes = z.object({ cause: z.object({ syscall: z.string().optional() }) });

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // judged by its shape
  }
}
