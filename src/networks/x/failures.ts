import { ApiPartialResponseError, ApiRequestError, ApiResponseError } from 'twitter-api-v2';
import { z } from 'zod';
import type { Clock } from '../../core/ports.ts';
import { PermanentError, TemporaryError, UnknownOutcomeError, type Blame } from '../../core/errors.ts';

/** How long everything waits when X says that the money or the allowance is used up, or that it does not like us just now. */
const longPauseMs = 15 * 60_000;
const pauseWithoutResetMs = 60_000;
const longestPauseMs = 24 * 3_600_000;

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const word = z.string().optional().catch(undefined);
const one = z.object({ detail: word, title: word, type: word, message: word, code: z.number().optional().catch(undefined), reason: word });
const problem = one.extend({ errors: z.array(one).optional().catch(undefined) });

/** What a refusal says, whichever of its shapes it has; an error page says nothing. */
export function readProblem(body: unknown): { readonly detail: string; readonly names: string; readonly code: number | undefined } {
  const { errors, ...whole } = problem.safeParse(body).data ?? {};
  const all = [whole, ...errors ?? []];
  return {
    detail: all.flatMap(({ detail, message, title }) => detail ?? message ?? title ?? []).join('; ').replace(/\s+/gu, ' ').slice(0, 240),
    /** Everything that says what kind of refusal it is. */
    names: all.flatMap(({ type, title, reason }) => [type ?? '', title ?? '', reason ?? '']).join(' '),
    code: all.find(({ code }) => code !== undefined)?.code,
  };
}

type Kind = 'money' | 'cap' | 'rate' | 'not summoned' | 'gone' | 'duplicate' | 'disliked' | 'not enrolled' | 'other';

/** Rows of what X answers, by status, type and words; what it says has changed before, so parts of it are enough. */
function toKind(status: number, body: unknown): Kind {
  const { detail, names, code } = readProblem(body);
  const says = (part: RegExp): boolean => part.test(detail);
  if (/usage-capped|UsageCapExceeded/iu.test(`${names} ${detail}`)) return 'cap';
  if (status === 402 || /problems\/credits|CreditsDepleted/iu.test(names)) return 'money';
  if (status === 429 || (code === 88 && status < 500)) return 'rate';
  if (status !== 403) return 'other';
  if (says(/duplicate content/iu)) return 'duplicate';
  if (says(/deleted or not visible/iu)) return 'gone';
  if (says(/only reply to or quote posts where you are mentioned|not been mentioned or otherwise engaged/iu)) return 'not summoned';
  if (/client-not-enrolled/iu.test(names)) return 'not enrolled';
  if (says(/not permitted to perform this action/iu)) return 'disliked';
  return 'other';
}

/** Whether X refused a reply because nobody had summoned us, which for every reply in a row means that the account itself is restricted. */
export const isNotSummoned = (error: unknown): boolean => error instanceof ApiResponseError && toKind(error.code, error.data) === 'not summoned';

/** Whether the app may not use the API at all, which nothing but the operator can change. */
export const isNotEnrolled = (error: unknown): boolean => error instanceof ApiResponseError && toKind(error.code, error.data) === 'not enrolled';

/** A failed read, as the port promises it. */
export function toReadError(error: unknown, host: string, what: string, clock: Clock): TemporaryError | PermanentError {
  if (error instanceof TemporaryError || error instanceof PermanentError) return error;
  if (!(error instanceof ApiResponseError)) return new TemporaryError(`${host} gave no usable answer to ${what}: ${describe(error)}`, { cause: error });
  const said = describeAnswer(error, host, what);
  const pause = toPause(error, said, clock);
  if (pause) return pause;
  if (error.code >= 500 || error.code === 408) return new TemporaryError(said, { cause: error });
  return new PermanentError(said, { about: error.code === 401 || error.code === 403 ? 'account' : 'mention', cause: error });
}

/** A failed post. Only a request that never left us and a refusal with a body that says so are definite; the rest may have been posted. */
export function toPostError(error: unknown, host: string, clock: Clock): TemporaryError | PermanentError | UnknownOutcomeError {
  if (error instanceof TemporaryError || error instanceof PermanentError || error instanceof UnknownOutcomeError) return error;
  if (neverSent(error)) return new TemporaryError(`${host} could not be reached: ${describe(error)}`, { cause: error });
  if (!(error instanceof ApiResponseError)) return new UnknownOutcomeError(`${host} gave no usable answer to the post: ${describe(error)}`, { cause: error });
  const said = describeAnswer(error, host, 'the post');
  const pause = toPause(error, said, clock);
  if (pause) return pause;
  const kind = toKind(error.code, error.data);
  if (kind === 'duplicate') return new UnknownOutcomeError(said, { isDuplicate: true, cause: error });
  if (kind === 'disliked') return new TemporaryError(`${said} (X slows this account down; look at it in a browser)`, { afterMs: longPauseMs, cause: error });
  if (kind === 'gone' || kind === 'not summoned') return new PermanentError(said, { about: 'mention', cause: error });
  const about = blameByStatus[error.code];
  // A page instead of a refusal says nothing about the post, whatever its status.
  return about === undefined || typeof error.data === 'string' ? new UnknownOutcomeError(said, { cause: error }) : new PermanentError(said, { about, cause: error });
}

const blameByStatus: Readonly<Record<number, Blame>> = { 400: 'text', 401: 'account', 403: 'account', 404: 'mention', 413: 'text', 422: 'text' };

/** Refusals that stop the whole account for a while. */
function toPause(error: ApiResponseError, said: string, clock: Clock): TemporaryError | undefined {
  switch (toKind(error.code, error.data)) {
    case 'money': return new TemporaryError(`${said} (the credits are used up: buy some in the developer console; X rests until then)`, { afterMs: longPauseMs, cause: error });
    case 'cap': return new TemporaryError(`${said} (a spending or usage cap is reached: X rests until it is lifted)`, { afterMs: Math.max(longPauseMs, readPause(error.headers, clock.now()) ?? 0), cause: error });
    case 'not enrolled': return new TemporaryError(`${said} (the app may not use the API: put it into a project in the developer console, then restart; X rests until tomorrow)`, { afterMs: longestPauseMs, cause: error });
    case 'rate': return new TemporaryError(said, { afterMs: readPause(error.headers, clock.now()) ?? pauseWithoutResetMs, cause: error });
    default: return undefined;
  }
}

/** Milliseconds until `x-rate-limit-reset`, by the clock of the answer it came with; a little late, so that not everybody comes back at once. */
export function readPause(headers: Headers, nowMs: number): number | undefined {
  const reset = Number(headers['x-rate-limit-reset'] ?? NaN);
  const retryAfter = Number(headers['retry-after'] ?? NaN);
  const ms = Number.isFinite(reset) ? reset * 1_000 - readDate(headers, nowMs) : retryAfter * 1_000;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 1_000), longestPauseMs) + Math.random() * 1_000 : undefined;
}

/** The time of the answer by its own clock, by ours when it does not say. */
export function readDate(headers: Headers, nowMs: number): number {
  const date = Date.parse(String(headers['date'] ?? ''));
  return Number.isNaN(date) ? nowMs : date;
}

function describeAnswer({ code, data }: ApiResponseError, host: string, what: string): string {
  const { detail } = readProblem(data);
  const reason = detail === '' && typeof data === 'string' ? 'an error page instead of JSON' : detail;
  return `${host} said ${code} to ${what}${reason === '' ? '' : `: ${reason}`}`;
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused', ECONNRESET: 'connection lost', EPIPE: 'connection lost', ENOTFOUND: 'no such host', EAI_AGAIN: 'name lookup failed', ETIMEDOUT: 'no answer in time',
  CERT_HAS_EXPIRED: 'its certificate has expired',
};

/** What went wrong, in a few words that hold no address and no secret. */
function describe(error: unknown): string {
  if (error instanceof ApiPartialResponseError) return 'an answer that was cut off or is no JSON';
  if (error instanceof Error && error.name === 'NoAnswerError') return error.message;
  if (!(error instanceof ApiRequestError)) return error instanceof z.ZodError ? 'something else than what was asked for' : 'connection failed';
  const cause = toCause(error);
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  if (code !== undefined) return words[code] ?? code;
  return /timed? ?out/iu.test(cause?.message ?? '') ? 'no answer in time' : 'connection failed';
}

const cause = z.object({ code: word, syscall: word, message: word, errors: z.array(z.object({ code: word, syscall: word })).min(1).optional().catch(undefined) });
const hidden = z.object({ _options: z.object({ error: cause }) });

/** What lies behind a failed request. twitter-api-v2 1.29.1 keeps it under another name than its `requestError` looks for. */
const toCause = (error: ApiRequestError): z.output<typeof cause> | undefined => cause.safeParse(error.requestError).data ?? hidden.safeParse(error).data?._options.error;

/** Certificates are checked before the first byte of a request; other TLS errors can come later. */
const refusedInHandshake = /^(?:CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|ERR_TLS_CERT_ALTNAME_INVALID|ERR_SSL_WRONG_VERSION_NUMBER)/u;

function neverSent(error: unknown): boolean {
  const behind = error instanceof ApiRequestError ? toCause(error) : undefined;
  if (!behind) return false;
  return (behind.errors ?? [behind]).every(({ code, syscall }) => syscall === 'connect' || syscall === 'getaddrinfo' || (code !== undefined && refusedInHandshake.test(code)));
}
