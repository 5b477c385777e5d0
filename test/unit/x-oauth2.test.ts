import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { Vault } from '../../src/core/ports.ts';
import { openVault } from '../../src/store/vault.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openTokenServer, type TokenServer } from '../support/token-server.ts';
import { isPair, openLogin, type XLogin } from '../support/x-login.ts';

const hourMs = 3_600_000;
const refused = 'X refuses the refresh token: get a new X_REFRESH_TOKEN, or use OAuth 1.0a, which never ends';
const lost = /^the login of X is lost: a refresh was cut off at 2026-11-23T12:00:00Z between X's answer and the store; get a new X_REFRESH_TOKEN, or use OAuth 1\.0a, which never ends$/u;

describeOnRedis('the tokens of X', redis => {
  let server: TokenServer;
  let vault: Vault;
  let login: XLogin;
  beforeEach(async () => {
    server = await openTokenServer();
    vault = openVault(async () => redis().client);
    login = openLogin(server, vault);
  });
  afterEach(() => server.close());

  /** What it fails with, after a look for secrets in it. */
  const failureOf = async (work: Promise<unknown>): Promise<Error> => {
    const [ended] = await Promise.allSettled([work]);
    if (ended.status === 'fulfilled' || !(ended.reason instanceof Error)) throw new Error('it did not fail');
    for (const secret of [...server.given, server.keys.clientSecret, server.keys.refreshToken]) expect(ended.reason.message + String(ended.reason.stack)).not.toContain(secret);
    return ended.reason;
  };

  describe('in good weather', () => {
    it('are fetched once, kept until a minute before their end, and renewed with the newest refresh token', async () => {
      const tokens = login.open();
      const first = await tokens.access();
      expect(await login.works(first)).toBe(true);
      login.clock.advance(2 * hourMs - 62_000);
      expect(await tokens.access()).toBe(first);
      login.clock.advance(2_000);
      const second = await tokens.access();
      expect(second).not.toBe(first);
      expect(await login.works(second)).toBe(true);
      expect(server.exchanges.map(({ form }) => form['refresh_token'])).toEqual([server.keys.refreshToken, server.given[0]]);
      expect(login.lines).toEqual([]);
    });

    it('are asked for as a form, by a confidential app with its secret and by a public one with its name', async () => {
      await login.open().access();
      await login.open({ clientSecret: undefined, refreshToken: server.given[0] ?? '' }).access();
      const { clientId, clientSecret, refreshToken } = server.keys;
      const common = { userAgent: 'a test', type: expect.stringMatching(/^application\/x-www-form-urlencoded/u), outcome: 'issued' };
      expect(server.exchanges).toEqual([
        { ...common, authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`, form: { grant_type: 'refresh_token', refresh_token: refreshToken } },
        { ...common, authorization: undefined, form: { grant_type: 'refresh_token', refresh_token: server.given[0], client_id: clientId } },
      ]);
    });

    it('are fetched once for all who ask at once, here and in another process', async () => {
      const [one, other] = [login.open(), login.open()];
      const got = await Promise.all([one.access(), one.access(), other.access(), other.access()]);
      expect(new Set(got).size).toBe(1);
      const next = await Promise.all([one.access(got[0]), other.access(got[0]), one.access(got[0])]);
      expect(new Set(next).size).toBe(1);
      expect(next[0]).not.toBe(got[0]);
      expect(server.exchanges.map(({ outcome }) => outcome)).toEqual(['issued', 'issued']);
    });

    it('are never the one that was refused, also where somebody else has just begun to look for one', async () => {
      const stale = await login.open().access();
      const tokens = login.open();
      const [found, newer] = await Promise.all([tokens.access(), tokens.access(stale)]);
      expect(found).toBe(stale);
      expect(newer).not.toBe(stale);
    });

    it('are stored before they are used, hidden before that, and lie there sealed', async () => {
      const seen: boolean[] = [];
      const watched = login.through({
        async put(name, value) {
          if (isPair(name)) seen.push(server.given.every(token => login.hidden.has(token)));
          await vault.put(name, value);
        },
      });
      const token = await login.open({ vault: watched }).access();
      expect(seen).toEqual([true]);
      const keys = await redis().client.keys('*');
      expect(keys).toHaveLength(2);
      for (const value of await redis().client.mget(keys)) expect(value).toMatch(/^sealed1\.[\w-]+$/u);
      expect(await login.open().access()).toBe(token);
      expect(server.exchanges).toHaveLength(1);
    });

    it('start over with a new refresh token of the operator', async () => {
      await login.open().access();
      expect(await failureOf(login.open({ refreshToken: 'another' }).access())).toMatchObject({ message: refused });
      expect(await login.works(await login.open().access())).toBe(true);
    });

    it('that cannot be opened are one line', async () => {
      await login.open().access();
      const failure = await failureOf(login.open({ clientSecret: 'another' }).access());
      expect(failure).toBeInstanceOf(PermanentError);
      expect(failure).toMatchObject({ about: 'account', message: expect.stringMatching(/^the login of X that is stored as x-login-[\da-f]{24} cannot be opened: was X_CLIENT_SECRET changed\? Set it back, or get a new X_REFRESH_TOKEN$/u) });
      expect(server.exchanges).toHaveLength(1);
    });
  });

  describe('when X says no', () => {
    it.each([400, 401])('to the refresh token (%i), are lost at once, and nobody blames a refresh that was cut off, then or later', async status => {
      server.faults.before = { status, body: '{"error":"invalid_request","error_description":"Value passed for the token was invalid."}' };
      for (let time = 0; time < 2; time += 1) expect(await failureOf(login.open().access())).toMatchObject({ name: 'PermanentError', about: 'account', message: refused });
      server.faults.before = undefined;
      expect(await login.works(await login.open().access())).toBe(true);
      expect(login.lines).toEqual([]);
    });

    it.each([
      [401, '{"error":"unauthorized_client","error_description":"Missing valid authorization header"}'],
      [403, '{"title":"Client Forbidden","type":"https://api.x.com/2/problems/client-forbidden","status":403}'],
    ])('to the app (%i), name the app and not the refresh token', async (status, body) => {
      server.faults.before = { status, body };
      expect(await failureOf(login.open().access())).toMatchObject({ name: 'PermanentError', about: 'account', message: expect.stringMatching(/^X refuses the app \(127\.0\.0\.1:\d+ said 40[13]\): are X_CLIENT_ID and X_CLIENT_SECRET /u) });
    });

    it('for a while, say for how long, and leave no mark', async () => {
      server.faults.before = { status: 429, body: '{}', headers: { 'retry-after': '30' } };
      const failure = await failureOf(login.open().access());
      expect(failure).toBeInstanceOf(TemporaryError);
      expect((failure as TemporaryError).afterMs).toBeGreaterThanOrEqual(30_000);
      server.faults.before = undefined;
      await login.open().access();
      expect(login.lines).toEqual([]);
    });

    it.each([
      ['a broken X', { status: 503, body: '{}' }],
      ['a page that stands in front of X', { status: 403, body: '<!doctype html><title>Are you human?</title>' }],
      ['a page that calls the request bad', { status: 400, body: '<html>Bad Request</html>' }],
    ])('as %s, are not given up', async (_, answer) => {
      server.faults.before = answer;
      expect(await failureOf(login.open().access())).toBeInstanceOf(TemporaryError);
      server.faults.before = undefined;
      expect(await login.works(await login.open().access())).toBe(true);
    });

    it('by sending us elsewhere, are not shown there', async () => {
      const elsewhere = await openTokenServer();
      onTestFinished(() => elsewhere.close());
      server.faults.before = { status: 307, body: '', headers: { location: `${elsewhere.url}/2/oauth2/token` } };
      expect(await failureOf(login.open().access())).toBeInstanceOf(TemporaryError);
      expect(elsewhere.exchanges).toEqual([]);
    });

    it('by not being there, are asked for later, without a mark', async () => {
      const gone = createServer().listen(0, '127.0.0.1');
      await once(gone, 'listening');
      const { port } = gone.address() as AddressInfo;
      gone.close();
      const failure = await failureOf(login.open({ api: `http://127.0.0.1:${port}` }).access());
      expect(failure).toMatchObject({ name: 'TemporaryError', message: `X gave no new token: 127.0.0.1:${port} could not be reached` });
      expect(await failureOf(login.open({ api: 'http://nobody.invalid' }).access())).toMatchObject({ message: 'X gave no new token: nobody.invalid could not be reached' });
      await login.open().access();
      expect(login.lines).toEqual([]);
    });
  });

  describe('when an answer is lost', () => {
    it('before X did anything, are fetched with the same refresh token, and that is said once', async () => {
      server.faults.before = 'cut';
      const tokens = login.open();
      expect(await failureOf(tokens.access())).toMatchObject({ name: 'TemporaryError', message: 'X gave no new token: no answer' });
      login.clock.advance(hourMs);
      expect(await failureOf(tokens.access())).toBeInstanceOf(TemporaryError);
      server.faults.before = undefined;
      await tokens.access(await tokens.access());
      expect(login.lines).toEqual(['X: a refresh of the login that began at 2026-11-23T12:00:00Z never ended; a new one worked, nothing is lost']);
    });

    it.each(['cut', 'half', 'page', 'stall'] as const)('after X changed the token (%s), are lost, and the line says since when, each time', async after => {
      server.faults.after = after;
      expect(await failureOf(login.open().access())).toBeInstanceOf(TemporaryError);
      server.faults.after = undefined;
      for (let time = 0; time < 2; time += 1) {
        const failure = await failureOf(login.open().access());
        expect(failure).toMatchObject({ name: 'PermanentError', about: 'account', message: expect.stringMatching(lost) });
      }
      expect(server.exchanges.map(({ outcome }) => outcome)).toEqual(['issued', 'refused', 'refused']);
    });

    it('are not thrown away because X forgot to say how long they live', async () => {
      server.faults.members = { expires_in: undefined };
      const tokens = login.open();
      const token = await tokens.access();
      login.clock.advance(hourMs);
      expect(await tokens.access()).toBe(token);
    });
  });

  describe('when the store fails', () => {
    it('before X is asked, wait for it and ask nothing', async () => {
      const failure = await failureOf(login.open({ vault: login.through({ get: () => Promise.reject(new Error('READONLY')) }) }).access());
      expect(failure).toMatchObject({ name: 'TemporaryError', message: 'the login of X cannot be read or stored: READONLY' });
      expect(server.exchanges).toEqual([]);
    });

    it('after X changed the token, are kept, not used, and stored before anything else', async () => {
      let isFull = false;
      const full = login.through({ put: (name, value) => (isFull && isPair(name) ? Promise.reject(new Error('OOM')) : vault.put(name, value)) });
      const tokens = login.open({ vault: full });
      const old = await tokens.access();
      isFull = true;
      for (const stale of [old, undefined, old]) {
        expect(await failureOf(tokens.access(stale))).toMatchObject({ name: 'TemporaryError', message: 'the new login that X gave is not stored yet, and is kept until it is: OOM' });
      }
      isFull = false;
      const token = await tokens.access();
      expect(await login.works(token)).toBe(true);
      expect(await login.open().access()).toBe(token);
      expect(server.exchanges).toHaveLength(2);
    });
  });
});
