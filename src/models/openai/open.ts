import OpenAI, { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { z } from 'zod';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { Model } from '../../core/ports.ts';
import type { Completion, Prompt } from '../../core/types.ts';
import { bounded } from './bounded.ts';
import { toHabits, type ChatSettings } from './settings.ts';

/** A model that thinks may spend its whole limit on it; asked once more, it gets so many times as much. */
const raisedBy = 4;

/** One request per answer (two where the limit was spent on thinking): no hidden retries, a deadline, and a distrustful look at what comes back. */
export function openChatCompletions(options: ChatSettings): Model {
  const { baseUrl, tokenField, vision } = toHabits(options);
  const { name = 'default' } = options;
  const host = new URL(baseUrl).host;
  const title = `${name} at ${host}`;
  const { dollarsIn, dollarsOut } = options;
  const prices = dollarsIn === undefined || dollarsOut === undefined ? undefined : { in: dollarsIn, out: dollarsOut };
  const price = prices ? ` ($${prices.in} and $${prices.out} a million tokens)` : '';
  const client = new OpenAI({ apiKey: options.key ?? 'none', baseURL: baseUrl, maxRetries: 0, timeout: options.timeoutSeconds * 1_000, logLevel: 'off', organization: null, project: null, fetch: async (...asked: Parameters<typeof fetch>) => bounded(await fetch(...asked)) });
  let raised = 1;
  let mayRaise = true;

  const ask = async (prompt: Prompt, signal: AbortSignal, times: number): Promise<Said> => {
    const response: unknown = await client.chat.completions.create({
      model: name,
      messages: [{ role: 'system', content: prompt.system }, { role: 'user', content: userContent(prompt, vision) }],
      [tokenField]: options.maxTokens * times,
      ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    }, { signal });
    return readResponse(response, title, prices);
  };
  return {
    name: title + price,
    async complete(prompt, signal) {
      let answers = 0;
      try {
        const first = await ask(prompt, signal, raised);
        answers = 1;
        if (!first.ranOut || raised > 1 || !mayRaise) return first.completion;
        try {
          const second = await ask(prompt, signal, raisedBy);
          // It will think as long the next time.
          raised = raisedBy;
          return together(first.completion, second.completion);
        } catch (error) {
          if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) throw error;
          mayRaise = false; // more than the server allows
          return first.completion;
        }
      } catch (error) {
        throw toRepartee(error, host, answers);
      }
    },
  };
}

function userContent(prompt: Prompt, vision: boolean): OpenAI.ChatCompletionUserMessageParam['content'] {
  if (!vision || prompt.images.length === 0) return prompt.user;
  return [{ type: 'text', text: prompt.user }, ...prompt.images.slice(0, 4).map(({ url }) => ({ type: 'image_url' as const, image_url: { url, detail: 'low' as const } }))];
}

const responseShape = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }), finish_reason: z.string().nullish().catch(undefined) })).min(1),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(undefined),
});

/** Dollars for a million tokens. */
interface Prices {
  readonly in: number;
  readonly out: number;
}

interface Said {
  readonly completion: Completion;
  /** The limit was reached before a word was said. */
  readonly ranOut: boolean;
}

/** The later of two answers, with what both took. */
function together(first: Completion, later: Completion): Completion {
  const second = { ...later, calls: 2 };
  if (!first.tokens || !second.tokens) return second;
  const dollars = first.tokens.dollars === undefined || second.tokens.dollars === undefined ? undefined : first.tokens.dollars + second.tokens.dollars;
  return { ...second, tokens: { in: first.tokens.in + second.tokens.in, out: first.tokens.out + second.tokens.out, ...(dollars !== undefined && { dollars }) } };
}

function readResponse(response: unknown, model: string, prices: Prices | undefined): Said {
  const read = responseShape.safeParse(response);
  if (!read.success) throw new TemporaryError(`${model} answered with something that is not a chat completion`);
  const { usage, choices: [choice] } = read.data;
  const text = choice?.message.content ?? '';
  const refusal = choice?.message.refusal?.trim() || (choice?.finish_reason === 'content_filter' ? 'its filter' : undefined);
  return {
    completion: {
      text, model,
      ...(refusal !== undefined && { refusal: refusal.slice(0, 200) }),
      ...(usage && { tokens: { in: usage.prompt_tokens, out: usage.completion_tokens, ...(prices && { dollars: (usage.prompt_tokens * prices.in + usage.completion_tokens * prices.out) / 1e6 }) } }),
    },
    ranOut: text.trim() === '' && choice?.finish_reason === 'length',
  };
}

/** What never got there, or was sent away at the door, cost nothing; whoever was late, or broke off, may have answered. */
const unreached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const sentAway = new Set([429, 503]);

/** `answers`: how many it had made before. */
function toRepartee(error: unknown, host: string, answers: number): Error {
  const calls = answers + 1;
  if (error instanceof TemporaryError) return new TemporaryError(error.message, { calls, cause: error.cause });
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError || (error instanceof Error && error.name === 'TimeoutError')) return new TemporaryError(`${host} did not answer in time`, { calls, cause: error });
  if (error instanceof APIConnectionError) {
    const code = causeOf(error);
    return new TemporaryError(`${host} could not be reached: ${code}`, { calls: unreached.has(code) ? answers : calls, cause: error });
  }
  if (error instanceof APIError) {
    const status = Number(error.status);
    if (status === 401 || status === 402 || status === 403) return new PermanentError(`${host} refused the key or the account (${status})`, { about: 'account', cause: error });
    if (status === 404) return new PermanentError(`${host} does not know this model or address (404)`, { about: 'account', cause: error });
    if (status === 429 || status === 408 || status === 409 || status >= 500) {
      const after = Number(error.headers?.get('retry-after'));
      return new TemporaryError(`${host} said ${status}`, { calls: sentAway.has(status) ? answers : calls, ...(after > 0 ? { afterMs: Math.ceil(Math.min(after, 600) * 1_000) } : {}), cause: error });
    }
    return new PermanentError(`${host} said ${status}`, { cause: error });
  }
  return new TemporaryError(`${host} sent an answer that cannot be read`, { calls, cause: error });
}

/** The system's word for it, such as ECONNREFUSED, from the depth of the causes that fetch wraps around it. */
function causeOf(error: unknown): string {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = 'cause' in cause ? cause.cause : undefined) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return 'connection failed';
}
