import { openSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/index.ts';

/** The members of the sandbox's answers that tests look at. */
export interface Status {
  readonly id: string;
  readonly created_at: string;
  readonly in_reply_to_id: string | null;
  readonly in_reply_to_account_id: string | null;
  readonly visibility: string;
  readonly spoiler_text: string;
  readonly sensitive: boolean;
  readonly language: string | null;
  readonly content: string;
  readonly text?: string;
  readonly url: string;
  readonly replies_count: number;
  readonly favourites_count: number;
  readonly reblogs_count: number;
  readonly favourited?: boolean;
  readonly account: { readonly id: string; readonly acct: string };
  readonly mentions: readonly { readonly acct: string; readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly reblog: Status | null;
  readonly quote: { readonly state: string; readonly quoted_status: Status | null } | null;
}

export interface Notification { readonly id: string; readonly type: string; readonly account: { readonly acct: string }; readonly status?: Status; readonly filtered?: boolean }

export interface Answer<T> { readonly status: number; readonly headers: Headers; readonly body: T }

/** An empty sandbox of its own, closed by the test. */
export const openEmpty = (options: SandboxOptions = {}): Promise<Sandbox> => openSandbox({ town: false, ...options });

/** Asks a sandbox as somebody, or as nobody; the body goes as JSON. */
export const openClient = (url: string, token?: string) => {
  const ask = async <T = Status>(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer<T>> => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() as T };
  };
  return {
    get: <T = Status>(path: string) => ask<T>('GET', path),
    send: ask,
    async say(status: string, more: Readonly<Record<string, unknown>> = {}): Promise<Status> {
      const answer = await ask('POST', '/api/v1/statuses', { status, ...more });
      if (answer.status !== 200) throw new Error(`posting was answered with ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async mentions(query = ''): Promise<readonly Notification[]> {
      return (await ask<readonly Notification[]>('GET', `/api/v1/notifications?types[]=mention${query}`)).body;
    },
  };
};
