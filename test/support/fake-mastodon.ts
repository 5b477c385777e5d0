import { openMastodon } from '../../src/networks/mastodon/open.ts';
import type { Clock, Network } from '../../src/core/ports.ts';
import type { Mention } from '../../src/core/types.ts';
import { openFlakyServer, type Answer, type FlakyServer, type SeenRequest } from './flaky-server.ts';

/** Time as it is. */
export const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
export const userAgent = 'repartee-test/0';

/** A mention that no server knows. */
export const someMention: Mention = {
  network: 'mastodon', account: 'bot@town.example', id: '100', url: 'https://town.example/@ana/100', text: '@bot what is up?', createdAt: '2026-01-02T03:04:05.000Z',
  author: { id: '7', handle: 'ana', name: 'Ana', isBot: false }, media: [], links: [], visibility: 'public', salutation: '@ana ',
};

/** A status as a bare server sends it. */
export function wireStatus(id: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id, uri: `https://town.example/s/${id}`, url: `https://town.example/@ana/${id}`, created_at: '2026-01-02T03:04:05.000Z', content: `<p>post ${id}</p>`,
    visibility: 'public', spoiler_text: '', sensitive: false, language: 'en', in_reply_to_id: null, mentions: [], media_attachments: [], tags: [],
    account: { id: '7', username: 'ana', acct: 'ana', display_name: 'Ana', note: '', url: 'https://town.example/@ana', bot: false }, ...more,
  };
}

export const bot = { id: '1', username: 'bot', acct: 'bot', display_name: 'Bot', note: 'Run by @ann@town.example.', url: 'https://town.example/@bot', bot: true };

/** Answers of a Mastodon that has nothing but the bot; give it rules for the rest. */
export async function openFakeMastodon(instance: Readonly<Record<string, unknown>> = {}): Promise<FlakyServer> {
  const server = await openFlakyServer();
  server.answer(get('/api/v2/instance'), { status: 200, body: { domain: 'town.example', version: '4.7.2', configuration: { statuses: { max_characters: 500, characters_reserved_per_url: 23 }, urls: {} }, ...instance } });
  server.answer(get('/api/v1/accounts/verify_credentials'), { status: 200, body: bot });
  server.answer(get('/api/v1/notifications'), { status: 200, body: [] });
  return server;
}

export function openBot(server: FlakyServer, more: Readonly<Record<string, unknown>> = {}): Promise<Network> {
  return openMastodon({ url: server.url, token: 'secret-token', timeoutSeconds: 1, ...more }, { clock, userAgent, say: () => undefined });
}

/** Requests of this method to this path, whatever their query. */
export function to(method: string, path: string): (request: SeenRequest) => boolean {
  return request => request.method === method && request.path.split('?')[0] === path;
}
export const get = (path: string) => to('GET', path);

export const htmlError = (status: number): Answer => ({ status, body: `<html><body><h1>${status}</h1></body></html>` });

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('it did not fail');
}
