import { z } from 'zod';
import { readPause } from './failures.ts';

export interface TokenRequest {
  /** Address of the API, without a slash at its end. */
  readonly api: string;
  readonly clientId: string;
  /** Absent: a public client, which only names itself. */
  readonly clientSecret?: string | undefined;
  readonly timeoutMs: number;
  readonly userAgent: string;
}

/** What became of a refresh token that was offered to X. */
export type TokenAnswer =
  | { readonly kind: 'issued'; readonly accessToken: string; readonly refreshToken: string; readonly lifeMs: number }
  /** X does not take this token. */
  | { readonly kind: 'refused' }
  /** X does not take the app, whatever the token; the token was not used up. */
  | { readonly kind: 'barred'; readonly why: string }
  /** The token was surely not used up. */
  | { readonly kind: 'not done'; readonly why: string; readonly afterMs?: number | undefined }
  /** The token may be used up, and the answer is lost. */
  | { readonly kind: 'unknown'; readonly why: string };

/** A pair without its life would be a login thrown away: X gives two hours. */
const issued = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1), expires_in: z.coerce.number().positive().catch(7_200) });
const refusal = z.looseObject({ error: z.string().optional().catch(undefined) });

/**
 * After the timeout an answer that is here already is still read. A process that was stopped, and goes on when its time is over, finds that out
 * before it finds the answer; giving up at once would throw away the only living pair.
 */
const graceMs = 500;

/** Offers the token once. Never throws: every failure is an answer, and none holds a secret. */
export async function askForTokens(refreshToken: string, request: TokenRequest, nowMs: () => number): Promise<TokenAnswer> {
  const { api, clientId, clientSecret, timeoutMs, userAgent } = request;
  const { host } = new URL(api);
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken, ...(clientSecret === undefined && { client_id: clientId }) });
  const login = clientSecret === undefined ? {} : { authorization: `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString('base64')}` };
  const stop = new AbortController();
  let timer = setTimeout(() => {
    timer = setTimeout(() => stop.abort(), graceMs);
  }, timeoutMs);
  try {
    const response = await fetch(`${api}/2/oauth2/token`, { method: 'POST', body, headers: { ...login, 'user-agent': userAgent }, redirect: 'error', signal: stop.signal });
    const said = toJson(await response.text());
    const { status } = response;
    if (response.ok) {
      const { data } = issued.safeParse(said);
      return data ? { kind: 'issued', accessToken: data.access_token, refreshToken: data.refresh_token, lifeMs: data.expires_in * 1_000 } : { kind: 'unknown', why: 'an answer that was cut off or is no JSON' };
    }
    const why = `${host} said ${status}`;
    if (status === 429) return { kind: 'not done', why, afterMs: readPause(Object.fromEntries(response.headers), nowMs()) };
    // A page instead of a refusal comes from something in front of X, and says nothing about the token.
    const { data } = refusal.safeParse(said);
    if (!data || !(status === 400 || status === 401 || status === 403)) return { kind: 'unknown', why };
    const isAboutApp = status === 403 || data.error === 'unauthorized_client' || data.error === 'invalid_client';
    return isAboutApp ? { kind: 'barred', why } : { kind: 'refused' };
  } catch (error) {
    return neverSent(error) ? { kind: 'not done', why: `${host} could not be reached` } : { kind: 'unknown', why: 'no answer' };
  } finally {
    clearTimeout(timer);
  }
}

const trouble = z.object({ syscall: z.string().optional(), code: z.string().optional() });
const failure = z.object({ cause: trouble.extend({ errors: z.array(trouble).min(1).optional() }) });

/** Whether no connection came about: of several addresses, with none. */
function neverSent(error: unknown): boolean {
  const cause = failure.safeParse(error).data?.cause;
  if (!cause) return false;
  return (cause.errors ?? [cause]).every(({ syscall, code }) => syscall === 'connect' || syscall === 'getaddrinfo' || code === 'UND_ERR_CONNECT_TIMEOUT');
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // judged by its shape
  }
}
