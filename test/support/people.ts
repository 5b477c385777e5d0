// A plain HTTP client for the sandbox, as a person with curl would use it. Shares nothing with the adapter.
import { found } from './until.ts';

export interface SeenStatus {
  readonly id: string;
  readonly content: string;
  readonly visibility: string;
  readonly language: string | null;
  readonly spoiler_text: string;
  readonly in_reply_to_id: string | null;
  readonly account: { readonly acct: string };
  readonly mentions: readonly { readonly acct: string }[];
}

export interface Person {
  post(text: string, more?: Readonly<Record<string, string>>): Promise<SeenStatus>;
  /** Answers of `by` to a status of ours. */
  answers(id: string, by?: string): Promise<SeenStatus[]>;
  /** The same, once there is one. */
  answer(id: string, withinMs?: number): Promise<SeenStatus>;
}

/** Somebody on the sandbox; the handle is the token. */
export function person(url: string, handle: string): Person {
  // A test that runs a command meanwhile does not notice that an idle connection was closed.
  const headers = { authorization: `Bearer ${handle}`, connection: 'close' };
  const call = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(url + path, { ...init, headers });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const answers: Person['answers'] = async (id, by = 'repartee') => {
    const { descendants } = await call(`/api/v1/statuses/${id}/context`) as { descendants: SeenStatus[] };
    return descendants.filter(status => status.account.acct === by && status.in_reply_to_id === id);
  };
  return {
    answers,
    post: async (text, more = {}) => await call('/api/v1/statuses', { method: 'POST', body: new URLSearchParams({ status: text, ...more }) }) as SeenStatus,
    answer: (id, withinMs = 15_000) => found(`an answer to ${id}`, async () => (await answers(id))[0], withinMs, 25),
  };
}

/** The receipt of an answer on the sandbox, which is kept a moment after the answer is seen. */
export async function receiptOf<T>(url: string, id: string, withinMs = 5_000): Promise<T> {
  return found(`the receipt of ${id}`, async () => {
    const response = await fetch(`${url}/sandbox/receipts/${id}`, { headers: { connection: 'close' } });
    if (response.ok) return await response.json() as T;
    if (response.status !== 404) throw new Error(`no receipt of ${id}: ${response.status} ${await response.text()}`);
    return undefined;
  }, withinMs, 25);
}

/** What a reader sees of a status's HTML. */
export const readable = (html: string): string =>
  html.replace(/<br\s*\/?>|<\/p>\s*<p>/gu, '\n').replace(/<[^>]+>/gu, '').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
