// A model that judges texts, behind any server that speaks `POST {url}/moderations`.
import { z } from 'zod';
import { TemporaryError } from '../core/errors.ts';
import type { ModerationSettings } from './settings.ts';

/** Why one of the texts is refused, or undefined. Whatever goes wrong is a TemporaryError: it cannot tell, and that decides nothing. */
export type AskEndpoint = (texts: readonly string[]) => Promise<string | undefined>;

export type EndpointOptions = Pick<ModerationSettings, 'key' | 'model' | 'timeoutSeconds'> & { readonly url: string };

/** No answer about a thread is nearly as long. */
const mostBytes = 1024 * 1024;

export function openEndpoint({ url, key, model, timeoutSeconds }: EndpointOptions, userAgent: string): AskEndpoint {
  const address = new URL(`${url.replace(/\/+$/u, '')}/moderations`);
  const { host } = address;
  const headers = { 'content-type': 'application/json', accept: 'application/json', 'user-agent': userAgent, ...(key !== undefined && { authorization: `Bearer ${key}` }) };

  return async texts => {
    const signal = AbortSignal.timeout(timeoutSeconds * 1_000);
    try {
      // A redirect is not followed: it would take the texts to somebody whom the operator did not name.
      const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify({ ...(model !== undefined && { model }), input: texts }), redirect: 'manual', signal });
      if (!response.ok) {
        await response.body?.cancel();
        throw new TemporaryError(`${host} said ${response.status} when asked to moderate`, toWait(response.headers.get('retry-after')));
      }
      return readVerdict(await readAtMost(response, host), texts.length, host);
    } catch (error) {
      if (error instanceof TemporaryError) throw error;
      if (signal.aborted) throw new TemporaryError(`${host} did not moderate within ${timeoutSeconds} s`, { cause: error });
      throw new TemporaryError(`${host} could not be reached for moderation: ${codeOf(error)}`, { cause: error });
    }
  };
}

const flags = z.record(z.string(), z.unknown()).nullish().catch(undefined);
const answerShape = z.object({
  results: z.array(z.object({ flagged: z.boolean(), categories: flags, category_scores: flags })),
});

function readVerdict(body: string, asked: number, host: string): string | undefined {
  const read = answerShape.safeParse(parse(body));
  if (!read.success) throw new TemporaryError(`${host} answered with something that is not a moderation`);
  const { results } = read.data;
  const hit = results.find(({ flagged }) => flagged);
  if (hit) return `${host} flags it${toCategories(hit.categories ?? {}, hit.category_scores ?? {})}`;
  if (results.length !== asked) throw new TemporaryError(`${host} moderated ${results.length} of ${asked} texts`);
  return undefined;
}

/** The worst first. What the server names them ends in front of the operator, so it is cut down to what a name holds. */
function toCategories(categories: Readonly<Record<string, unknown>>, scores: Readonly<Record<string, unknown>>): string {
  const scoreOf = (name: string): number => {
    const score = Object.hasOwn(scores, name) ? scores[name] : undefined;
    return typeof score === 'number' && Number.isFinite(score) ? score : 0;
  };
  const names = Object.keys(categories).filter(name => categories[name] === true).sort((one, other) => scoreOf(other) - scoreOf(one)).slice(0, 3);
  const shown = names.map(name => name.replace(/[^\w/ -]/gu, '').slice(0, 40) + (scoreOf(name) > 0 ? ` ${scoreOf(name).toFixed(2)}` : ''));
  return shown.length === 0 ? '' : `: ${shown.join(', ')}`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined; // the shape says so
  }
}

async function readAtMost(response: Response, host: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) throw new TemporaryError(`${host} sent more than ${mostBytes} bytes about moderation`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toWait(retryAfter: string | null): { afterMs?: number } {
  const seconds = Number(retryAfter);
  return retryAfter !== null && seconds > 0 ? { afterMs: Math.ceil(Math.min(seconds, 600) * 1_000) } : {};
}

/** The system's word for it, such as ECONNREFUSED, from the depth of the causes that fetch wraps around it. */
function codeOf(error: unknown): string {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = 'cause' in cause ? cause.cause : undefined) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return 'connection failed';
}
