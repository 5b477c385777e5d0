import { MastoDeserializeError, MastoHttpError, MastoTimeoutError, MastoUnexpectedError } from 'masto';
import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import { PermanentError, TemporaryError, UnknownOutcomeError, type Blame } from '../../core/errors.ts';

const shortestPauseMs = 1_000;
const longestPauseMs = 3 * 60 * 60 * 1_000;
/** A proxy that says "too many" seldom says until when. */
const pauseWithoutResetMs = 15_000;

/** What an HTTP client said went wrong, in a few words that hold no address and no secret. */
export function describeFailure(error: unknown): string {
  if (error instanceof MastoTimeoutError || (error instanceof DOMException && error.name === 'TimeoutError')) return 'no answer in time';
  const code = causes(error).map(one => one.code).find(one => one !== undefined);
  return code === undefined ? 'connection failed' : (words[code] ?? code);
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused', ECONNRESET: 'connection lost', UND_ERR_SOCKET: 'connection lost', ENOTFOUND: 'no such host', EAI_AGAIN: 'name lookup failed',
  ETIMEDOUT: 'no answer in time', UND_ERR_CONNECT_TIMEOUT: 'no answer in time', CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** Whether the server answered with a page or with something else that is no JSON; masto forgets the status of those. */
export const isPage = (error: unknown): boolean =>
  error instanceof MastoUnexpectedError || error instanceof MastoDeserializeError || (error instanceof TypeError && error.cause === undefined);

/** The same, when only the status is known. */
export function toStatusError(statusCode: number | undefined, host: string, what: string, cause: unknown): TemporaryError | PermanentError {
  const said = `${host} said ${statusCode ?? 'nothing'} to ${what}: a page instead of JSON`;
  if (statusCode === 429) return new TemporaryError(said, { afterMs: pauseWithoutResetMs, cause });
  return toPermanent(statusCode, said, cause) ?? new TemporaryError(`${host} gave no usable answer to ${what}: ${describeOdd(cause)}`, { cause });
}

/** 4xx will stay so, everything else may pass. */
function toPermanent(statusCode: number | undefined, said: string, cause: unknown): PermanentError | undefined {
  if (statusCode === undefined || statusCode < 400 || statusCode >= 500 || statusCode === 408 || statusCode === 429) return undefined;
  return new PermanentError(said, { about: statusCode === 401 || statusCode === 403 ? 'account' : 'mention', cause });
}

/** A failed read, as the port promises it: 4xx will stay so, everything else may pass. */
export function toReadError(error: unknown, host: string, what: string, clock: Clock): TemporaryError | PermanentError {
  if (!(error instanceof MastoHttpError)) {
    return new TemporaryError(`${host} gave no usable answer to ${what}: ${describeOdd(error)}`, { cause: error });
  }
  const said = describeAnswer(error, host, what);
  if (error.statusCode === 429) return new TemporaryError(said, { ...pause(error, clock), cause: error });
  return toPermanent(error.statusCode, said, error) ?? new TemporaryError(said, { cause: error });
}

/**
 * A failed post. Only a request that never left us and a refusal with a body that says so are definite; the rest may have been posted.
 * 403 is laid on the account: Mastodon answers so for a missing scope or a frozen account, and a parent that we may not see is a 404 there.
 * Where a server means the one mention with it, a paused account loses nothing, while the opposite mistake would burn every waiting mention.
 */
export function toPostError(error: unknown, host: string, clock: Clock): TemporaryError | PermanentError | UnknownOutcomeError {
  if (neverSent(error)) return new TemporaryError(`${host} could not be reached: ${describeFailure(error)}`, { cause: error });
  if (!(error instanceof MastoHttpError)) {
    return new UnknownOutcomeError(`${host} gave no usable answer to the post: ${describeOdd(error)}`, { cause: error });
  }
  const said = describeAnswer(error, host, 'the post');
  if (error.statusCode === 429) return new TemporaryError(said, { ...pause(error, clock), cause: error });
  const about = blameByStatus[error.statusCode];
  return about === undefined ? new UnknownOutcomeError(said, { cause: error }) : new PermanentError(said, { about, cause: error });
}

const blameByStatus: Readonly<Record<number, Blame>> = { 400: 'text', 401: 'account', 403: 'account', 404: 'mention', 410: 'mention', 413: 'text', 422: 'text' };

/** Milliseconds that an answer asks us to wait: X-RateLimit-Reset by the server's own clock, else Retry-After. */
export function readPause(headers: Headers, nowMs: number): number | undefined {
  const ms = readReset(headers, nowMs) ?? toDelay(headers.get('retry-after'), readNow(headers, nowMs));
  return ms === undefined ? undefined : Math.min(Math.max(ms, shortestPauseMs), longestPauseMs);
}

/** Milliseconds until the allowance is whole again, by the server's own clock. */
export const readReset = (headers: Headers, nowMs: number): number | undefined => toDelay(headers.get('x-ratelimit-reset'), readNow(headers, nowMs));

function readNow(headers: Headers, nowMs: number): number {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) ? nowMs : theirs;
}

/** Seconds from now, seconds since 1970, or a date in words. */
function toDelay(value: string | null, now: number): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds > 1_000_000_000 ? seconds * 1_000 - now : seconds * 1_000;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at - now;
}

function pause(error: MastoHttpError, clock: Clock): { readonly afterMs: number } {
  return { afterMs: (error.cause instanceof Response ? readPause(error.cause.headers, clock.now()) : undefined) ?? pauseWithoutResetMs };
}

function describeAnswer(error: MastoHttpError, host: string, what: string): string {
  // masto copies whatever stands under `error`, which need not be there.
  const reason = typeof error.message === 'string' ? error.message.trim().slice(0, 200) : '';
  return `${host} said ${error.statusCode} to ${what}${reason === '' ? '' : `: ${reason}`}`;
}

/** masto loses the status of an answer that is not JSON; its exception is then all we have. */
function describeOdd(error: unknown): string {
  if (error instanceof Error && error.name === 'TypeError' && error.cause === undefined) return 'an error page instead of JSON';
  if (error instanceof Error && /^Masto(?!Timeout)/.test(error.constructor.name)) return 'not JSON';
  return describeFailure(error);
}

const word = z.string().optional().catch(undefined);
const oneCause = z.object({ code: word, syscall: word });
const fetchError = z.object({ cause: z.union([z.object({ errors: z.array(oneCause).min(1) }), oneCause]) });

/** The failures behind a fetch error: one, or one for every address that was tried. */
function causes(error: unknown): readonly z.infer<typeof oneCause>[] {
  const cause = fetchError.safeParse(error).data?.cause;
  if (cause === undefined) return [];
  return 'errors' in cause ? cause.errors : [cause];
}

/** Certificates are checked before the first byte of a request; other TLS errors can come later. */
const refusedInHandshake = new Set([
  'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'CERT_UNTRUSTED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER', 'UND_ERR_CONNECT_TIMEOUT',
]);

function neverSent(error: unknown): boolean {
  const all = causes(error);
  return all.length > 0 && all.every(({ code, syscall }) =>
    syscall === 'connect' || syscall === 'getaddrinfo' || (code !== undefined && refusedInHandshake.has(code)));
}
