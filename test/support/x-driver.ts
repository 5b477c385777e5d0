import type { Network } from '../../src/core/ports.ts';
import { x } from '../../src/networks/x/index.ts';
import { demoKeys, openX, type Answer, type XFaults, type XSandbox, type XSandboxOptions } from '../../src/sandbox/x/index.ts';
import type { Driver, Words } from '../contract/network-driver.ts';
import { openBooks, type Books } from './books.ts';

const { appKey, appSecret, accessToken, accessSecret, bearer, clientId, clientSecret, refreshToken } = demoKeys;
export const oauth1 = { appKey, appSecret, accessToken, accessSecret };
/** The other way to log in, in place of the four keys. */
export const oauth2 = { appKey: undefined, appSecret: undefined, accessToken: undefined, accessSecret: undefined, bearer: undefined, clientId, clientSecret, refreshToken };

/** What a network is given, with books and a vault in memory. */
export function toTools(books: Books, lines: string[] = [], clock = { now: () => Date.now(), monotonic: () => performance.now() }, kept = new Map<string, string>()) {
  return {
    clock, userAgent: 'a test', meter: books.meter, hide: () => undefined, say: (line: string) => void lines.push(line),
    vault: { get: async (name: string) => kept.get(name), put: async (name: string, value: string) => void kept.set(name, value), alone: <T>(_: string, __: number, work: () => Promise<T>) => work() },
  };
}

export interface XDriver extends Driver {
  readonly x: XSandbox & { readonly url: string };
  readonly faults: XFaults;
  readonly books: Books;
  /** Lines for the operator. */
  readonly lines: readonly string[];
  /** The same bot with other settings. */
  openWith(settings: Readonly<Record<string, unknown>>): Promise<Network>;
}

/** The local X without its town, with a bot on it. `wrap` goes around the bot. */
export async function openXDriver(options: { readonly settings?: Readonly<Record<string, unknown>>; readonly sandbox?: XSandboxOptions; readonly wrap?: (network: Network) => Network } = {}): Promise<XDriver> {
  const faults: XFaults = {};
  const sandbox = await openX({ town: false, faults, ...options.sandbox });
  const books = openBooks();
  const lines: string[] = [];
  const kept = new Map<string, string>();
  const wrap = options.wrap ?? (network => network);
  const openWith = async (settings: Readonly<Record<string, unknown>>): Promise<Network> => wrap(await x.open(
    x.settings.parse({ ...oauth1, bearer, handle: 'repartee', apiUrl: sandbox.url, webUrl: sandbox.url, timeoutSeconds: 2, ...options.settings, ...settings }), toTools(books, lines, undefined, kept),
  ));
  const refusal = (status: number, afterMs?: number): Answer => ({
    status, body: { title: 'A made-up refusal', detail: `a made-up ${status}`, type: 'about:blank', status },
    ...(afterMs !== undefined && { headers: { 'x-rate-limit-reset': String(Math.ceil((Date.now() + afterMs) / 1_000)) } }),
  });
  /** Only the bot signs its requests; its own requests after a post are no posts. */
  const once = (answer: Answer | 'cut') => {
    let left = 1;
    return ({ method, path }: { readonly method: string; readonly path: string }) => (method === 'POST' && path === '/2/tweets' && left-- > 0 ? answer : undefined);
  };
  const call = async <T>(by: string, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.url}${path}`, { method, headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' }, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${await response.text()}`);
    return await response.json() as T;
  };

  return {
    network: await openWith({}),
    x: sandbox, faults, books, lines, openWith,
    reopen: () => openWith({}),
    async say(by: string, words: string, { under, tag = false }: Words & { readonly tag?: boolean } = {}) {
      const { data } = await call<{ data: { id: string } }>(by, 'POST', '/2/tweets', { text: tag ? `@repartee ${words}` : words, ...(under !== undefined && { reply: { in_reply_to_tweet_id: under } }) });
      return data.id;
    },
    async posted() {
      const { data = [] } = await call<{ data?: readonly { id: string }[] }>('a_judge', 'GET', `/2/users/${sandbox.bot.id}/tweets?max_results=100`);
      return data.map(({ id }) => id);
    },
    async look(id: string, by: string) {
      const fields = 'tweet.fields=referenced_tweets,in_reply_to_user_id&expansions=in_reply_to_user_id';
      const { data, includes } = await call<{ data: { text: string; referenced_tweets?: readonly { type: string; id: string }[] }; includes?: { users?: readonly { username: string }[] } }>(by, 'GET', `/2/tweets/${id}?${fields}`);
      const typed = data.text.match(/@\w+/gu)?.map(handle => handle.slice(1)) ?? [];
      return {
        text: data.text, visibility: 'public' as const, contentWarning: undefined,
        replyTo: data.referenced_tweets?.find(({ type }) => type === 'replied_to')?.id,
        notifies: [...new Set([...includes?.users?.map(({ username }) => username) ?? [], ...typed])],
      };
    },
    failReads(status, afterMs) {
      faults.before = ({ method }) => (method === 'GET' ? refusal(status, afterMs) : undefined);
    },
    failPosts(status) {
      faults.before = once(refusal(status));
    },
    losePostAnswer() {
      faults.after = once('cut') as NonNullable<XFaults['after']>;
    },
    close: () => sandbox.close(),
  };
}
