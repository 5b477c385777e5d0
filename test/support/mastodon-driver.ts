import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import type { ServerName } from '../../src/sandbox/servers/index.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Visibility } from '../../src/core/types.ts';
import type { Driver, Found, Words } from '../contract/network-driver.ts';
import { openBot } from './fake-mastodon.ts';
import { openFlakyServer, type Answer, type FlakyServer } from './flaky-server.ts';

const bot = 'repartee';
const toWire: Readonly<Record<Visibility, string>> = { public: 'public', unlisted: 'unlisted', followers: 'private', direct: 'direct' };
const fromWire: Readonly<Record<string, Visibility>> = { public: 'public', unlisted: 'unlisted', private: 'followers', direct: 'direct' };

interface WireFound {
  readonly id: string;
  readonly content: string;
  readonly visibility: string;
  readonly in_reply_to_id: string | null;
  readonly spoiler_text: string;
  readonly mentions: readonly { readonly acct: string }[];
}

export interface MastodonDriver extends Driver {
  readonly proxy: FlakyServer;
  readonly sandbox: Sandbox;
}

/** The sandbox without its town, as one of the servers it can be, with a bot that talks to it through a server that can fail. `wrap` goes around the bot. */
export async function openMastodonDriver({ server = 'mastodon', wrap = network => network }: { readonly server?: ServerName; readonly wrap?: (network: Network) => Network } = {}): Promise<MastodonDriver> {
  const sandbox = await openSandbox({ town: false, bot, server });
  const proxy = await openFlakyServer(sandbox.url);
  const openNetwork = async (): Promise<Network> => wrap(await openBot(proxy, { token: bot, timeoutSeconds: 5 }));

  const call = async <T>(by: string, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(new URL(path, sandbox.url), {
      method,
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${await response.text()}`);
    return await response.json() as T;
  };
  const refusal = (status: number, afterMs?: number): Answer => ({
    status,
    headers: afterMs === undefined ? {} : { 'x-ratelimit-reset': new Date(Date.now() + afterMs).toISOString() },
    body: { error: `a made-up ${status}` },
  });
  const { id: botId } = await call<{ id: string }>(bot, 'GET', '/api/v1/accounts/verify_credentials');

  return {
    network: await openNetwork(),
    proxy, sandbox,
    reopen: openNetwork,
    async say(by: string, words: string, { visibility = 'public', under, contentWarning, tag = false }: Words & { readonly tag?: boolean } = {}) {
      const status = tag ? `@${bot} ${words}` : words;
      const { id } = await call<{ id: string }>(by, 'POST', '/api/v1/statuses', { status, visibility: toWire[visibility], in_reply_to_id: under, spoiler_text: contentWarning });
      return id;
    },
    async posted() {
      const own = await call<readonly { id: string }[]>(bot, 'GET', `/api/v1/accounts/${botId}/statuses`);
      return own.map(({ id }) => id);
    },
    async look(id: string, by: string): Promise<Found> {
      const found = await call<WireFound>(by, 'GET', `/api/v1/statuses/${id}`);
      return {
        text: found.content,
        visibility: fromWire[found.visibility] ?? 'public',
        replyTo: found.in_reply_to_id ?? undefined,
        notifies: found.mentions.map(({ acct }) => acct),
        contentWarning: found.spoiler_text || undefined,
      };
    },
    failReads: (status, afterMs) => proxy.answer(({ method }) => method === 'GET', refusal(status, afterMs)),
    failPosts: status => proxy.answer(({ method }) => method === 'POST', refusal(status), 1),
    losePostAnswer: () => proxy.answer(({ method }) => method === 'POST', 'lose', 1),
    async close() {
      await proxy.close();
      await sandbox.close();
    },
  };
}
