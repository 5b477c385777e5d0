import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SetupError } from '../../src/core/errors.ts';
import * as networks from '../../src/networks/index.ts';
import { openMastodon } from '../../src/networks/mastodon/open.ts';
import { bot, clock, failureOf, get, htmlError, openBot, openFakeMastodon, userAgent } from '../support/fake-mastodon.ts';
import { openFlakyServer, type FlakyServer } from '../support/flaky-server.ts';

let server: FlakyServer;
beforeEach(async () => { server = await openFakeMastodon(); });
afterEach(() => server.close());

async function complaint(promise: Promise<unknown>): Promise<string> {
  const error = await failureOf(promise);
  expect(error).toBeInstanceOf(SetupError);
  const { message } = error as SetupError;
  expect(message).not.toContain('\n');
  expect(message).not.toContain('secret-token');
  return message;
}

describe('opening Mastodon', () => {
  it('says who and where we are', async () => {
    const network = await openBot(server);
    expect(network.self).toEqual({ account: 'bot@town.example', id: '1', handle: 'bot', name: 'Bot', url: 'https://town.example/@bot' });
    expect(network.limits.text).toBe(500);
    expect(network.pollMs).toBe(30_000);
    expect(network.about).toBe(`bot@town.example on ${server.url}, Mastodon 4.7.2, 500 characters, polling`);
    expect('doorbell' in network).toBe(false);
    expect(server.requests.every(({ headers }) => headers['user-agent'] === userAgent && headers['authorization'] === 'Bearer secret-token')).toBe(true);
  });

  it('takes limits, software and streaming address from an older instance answer', async () => {
    server.answer(get('/api/v2/instance'), htmlError(404));
    server.answer(get('/api/v1/instance'), { status: 200, body: { uri: 'https://old.example', version: '2.7.2 (compatible; Plum 1.2)', max_toot_chars: 5000, urls: { streaming_api: 'wss://old.example' } } });
    const network = await openBot(server);
    expect(network.self.account).toBe('bot@old.example');
    expect(network.about).toBe(`bot@old.example on ${server.url}, Plum 1.2, 5000 characters, streaming`);
    expect('doorbell' in network).toBe(true);
  });

  it('keeps the account key to characters that fit into every key', async () => {
    server.answer(get('/api/v2/instance'), { status: 200, body: { domain: 'localhost:3000', version: '4.7.2' } });
    expect((await openBot(server)).self.account).toBe('bot@localhost-3000');
  });

  it('does without a streaming address that is none', async () => {
    server.answer(get('/api/v2/instance'), { status: 200, body: { domain: 'town.example', version: '4.7.2', configuration: { urls: { streaming: 'soon' } } } });
    expect('doorbell' in await openBot(server)).toBe(false);
  });
});

describe('opening Mastodon complains in one line about', () => {
  const host = () => new URL(server.url).host;

  it('a refused token', async () => {
    server.answer(get('/api/v1/accounts/verify_credentials'), { status: 401, body: { error: 'The access token is invalid' } });
    expect(await complaint(openBot(server))).toBe(`${host()} refused the token (401): make a new one under Settings → Development, and put it in MASTODON_TOKEN`);
  });

  it('a refused token, as snac says it', async () => {
    server.answer(get('/api/v1/accounts/verify_credentials'), { status: 422, body: '' });
    expect(await complaint(openBot(server))).toContain(`${host()} refused the token (422): make a new one`);
  });

  it.each([['/api/v1/accounts/verify_credentials', 'read:accounts'], ['/api/v1/notifications', 'read:notifications']])('a token without the scope for %s', async (path, scope) => {
    server.answer(get(path), { status: 403, body: { error: 'This action is outside the authorized scopes' } });
    expect(await complaint(openBot(server))).toContain(`(403), it may lack ${scope}: make one with the scopes read and write`);
  });

  it('a server that is something else', async () => {
    const other = await openFlakyServer();
    other.answer(() => true, htmlError(404));
    try {
      expect(await complaint(openBot(other))).toBe(`${other.url} does not answer like a Mastodon server (GET /api/v2/instance gave 404 text/html)`);
      other.answer(() => true, { status: 200, body: '<html>welcome</html>' });
      expect(await complaint(openBot(other))).toContain('(GET /api/v2/instance gave 200 text/html)');
      other.answer(() => true, { status: 200, body: { hello: 'world' } });
      expect(await complaint(openBot(other))).toContain('(GET /api/v2/instance gave 200 application/json)');
    } finally {
      await other.close();
    }
  });

  it('an address that has moved', async () => {
    server.answer(get('/api/v2/instance'), { status: 301, headers: { location: 'https://www.town.example/api/v2/instance' } });
    expect(await complaint(openBot(server))).toBe(`${server.url} sends us on to https://www.town.example: put that address in MASTODON_URL`);
  });

  it('a server that is not there', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');
    expect(await complaint(openMastodon({ url: `http://127.0.0.1:${port}`, token: 'secret-token' }, { clock, userAgent, say: () => undefined })))
      .toBe(`http://127.0.0.1:${port} could not be reached: connection refused`);
  });

  it('a server that never answers', async () => {
    server.answer(() => true, 'hang');
    expect(await complaint(openBot(server))).toBe(`${server.url} could not be reached: no answer in time`);
  });

  it.each(['mastodon example', 'ftp://mastodon.example', 'https://user:pass@mastodon.example', 'http://'])('the address %j', async url => {
    expect(await complaint(openMastodon({ url, token: 'secret-token' }, { clock, userAgent, say: () => undefined }))).toBe('MASTODON_URL is no web address: write it like https://mastodon.example');
  });
});

describe('the notification policy', () => {
  const told = async (): Promise<string[]> => {
    const lines: string[] = [];
    await openMastodon({ url: server.url, token: 'secret-token', timeoutSeconds: 1 }, { clock, userAgent, say: line => lines.push(line) });
    return lines;
  };

  it('that drops mentions is told of, in words of the server\'s own settings', async () => {
    server.answer(get('/api/v2/notifications/policy'), { status: 200, body: { for_not_following: 'drop', for_not_followers: 'accept', for_new_accounts: 'drop', for_private_mentions: 'filter', summary: {} } });
    expect(await told()).toEqual([expect.stringContaining('drops mentions by people whom it does not follow, new accounts and will not answer them')]);
  });

  it.each([['filters', { status: 200, body: { for_private_mentions: 'filter' } }], ['is missing', { status: 404, body: { error: 'Not Found' } }], ['is a page', htmlError(500)], ['never comes', 'hang']] as const)('that %s is nothing to tell', async (_, answer) => {
    server.answer(get('/api/v2/notifications/policy'), answer);
    expect(await told()).toEqual([]);
  });
});

describe('what good manners ask of the operator', () => {
  const told = async (): Promise<string[]> => {
    const lines: string[] = [];
    await openMastodon({ url: server.url, token: 'secret-token', timeoutSeconds: 1 }, { clock, userAgent, say: line => lines.push(line) });
    return lines;
  };

  it('is said at the start: the label of a bot, who runs it, and rules about machines', async () => {
    server.answer(get('/api/v1/accounts/verify_credentials'), { status: 200, body: { ...bot, bot: false, note: 'Hello.' } });
    server.answer(get('/api/v2/instance'), { status: 200, body: { domain: 'town.example', version: '4.7.2', rules: [{ id: '1', text: 'Be kind.' }, { id: '2', text: 'Bots post unlisted.' }] } });
    expect(await told()).toEqual([
      expect.stringContaining('does not say that it is a bot'), expect.stringContaining('names nobody who runs it'), expect.stringContaining('this server has a rule about that: "Bots post unlisted."'),
    ]);
  });

  it('is nothing where all of it is done', async () => {
    expect(await told()).toEqual([]);
  });
});

describe('the registry entry', () => {
  const entry = networks['mastodon'];

  it('is on with address and token, off with neither', () => {
    expect(entry?.isOn({ url: 'town.example', token: 'x' })).toBe(true);
    expect(entry?.isOn({})).toBe(false);
  });

  it('names the variable that is missing when half of it is there', () => {
    expect(() => entry?.isOn({ url: 'town.example' })).toThrow(new SetupError('MASTODON_URL is set, but MASTODON_TOKEN is missing'));
    expect(() => entry?.isOn({ token: 'x' })).toThrow(new SetupError('MASTODON_TOKEN is set, but MASTODON_URL is missing'));
  });

  it('refuses a token that could not be sent in a header, without repeating it', () => {
    const { error } = entry?.settings.safeParse({ url: 'town.example', token: 'sec\nret' }) ?? {};
    expect(error?.message).toContain('no access token has');
    expect(error?.message).not.toContain('ret');
  });

  it('describes every field, and names only fields that exist', () => {
    const fields = Object.entries(entry?.settings.shape ?? {});
    expect(fields.length).toBeGreaterThan(0);
    for (const [, field] of fields) expect((field as { description?: string }).description).toMatch(/\w+/);
    expect(fields.map(([name]) => name)).toEqual(expect.arrayContaining([...Object.keys(entry?.environment ?? {}), ...(entry?.secrets ?? [])]));
  });
});
