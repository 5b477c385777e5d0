import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, openTwitter, signX, type OpenX } from '../support/x-client.ts';

const unauthorized = { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' };

describe('who may come in to X', () => {
  let x: OpenX;
  beforeAll(async () => {
    x = await openEmptyX();
  });
  afterAll(() => x.close());

  const ask = (authorization: string, path = '/2/users/me') => askX(x.url, authorization, 'GET', path);
  const sign = (oauth: Readonly<Record<string, string>> = {}, path = '/2/users/me') => signX('GET', `${x.url}${path}`, oauth);

  it('is the bot by the signature of its keys', async () => {
    const { data } = await openTwitter(x.url).v2.me();
    expect(data).toEqual({ id: x.bot.id, name: 'Repartee', username: 'repartee' });
    expect(data.id).toMatch(/^\d{19}$/);
    expect((await ask(sign({}, '/2/users/me?user.fields=name,description'), '/2/users/me?user.fields=name,description')).status).toBe(200);
  });

  it.each([
    ['without keys', () => ''],
    ['with a bearer that is none', () => bearer('far-too-long-to-be-a-handle')],
    ['with the name of the bot, which has keys', () => bearer('Repartee')],
    ['with a signature of something else', () => signX('GET', `${x.url}/2/users/${x.bot.id}`)],
    ['with a signature by other secrets', () => signX('GET', `${x.url}/2/users/me`, {}, { ...demoKeys, accessSecret: 'guessed' })],
    ['with a tampered signature', () => sign().replace(/(?<=oauth_signature=")./, (first) => (first === 'A' ? 'B' : 'A'))],
    ['with a clock off by ten minutes', () => sign({ oauth_timestamp: String(Math.floor(Date.now() / 1000) + 600) })],
    ['as another app', () => sign({ oauth_consumer_key: 'other' })],
    ['as another user', () => sign({ oauth_token: 'other' })],
    ['with another method of signing', () => sign({ oauth_signature_method: 'PLAINTEXT' })],
    ['with half a header', () => 'OAuth oauth_consumer_key="x", oauth_token="%"'],
  ])('is nobody %s, and is not told why', async (_, authorization) => {
    const { status, body, headers } = await ask(authorization());
    expect([status, body]).toEqual([401, unauthorized]);
    expect(Math.abs(Date.parse(headers.get('date') ?? '') - Date.now())).toBeLessThan(5000);
  });

  it('is nobody with a query that was not signed', async () => {
    expect((await ask(sign(), '/2/users/me?user.fields=name')).status).toBe(401);
  });

  it('may sign anything a query can hold', async () => {
    const query = '"it\'s 100% a+b" ~!* ü&=日本 #tea';
    const found = await openTwitter(x.url).v2.search(query, { 'tweet.fields': ['lang', 'author_id'], start_time: new Date(Date.now() - 60_000).toISOString() });
    expect(found.meta).toEqual({ result_count: 0 });
    const path = '/2/tweets/search/recent?query=a%20b+c&max_results=10';
    expect((await ask(sign({}, path), path)).status).toBe(200);
  });

  it('comes with each nonce once', async () => {
    const once = sign();
    expect([(await ask(once)).status, (await ask(once)).status]).toEqual([200, 401]);
  });

  it('has the kind of key that the endpoint is for', async () => {
    const { status, body } = await ask(bearer(demoKeys.bearer));
    expect([status, body]).toEqual([403, {
      title: 'Unsupported Authentication', type: 'https://api.x.com/2/problems/unsupported-authentication', status: 403,
      detail: 'Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint.  Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].',
    }]);
  });

  it('hears from v1.1 alone what is wrong with the keys', async () => {
    const path = '/1.1/account/verify_credentials.json';
    const code = async (oauth: Readonly<Record<string, string>>, spoil = (header: string) => header) =>
      (await askX<{ errors: readonly { code: number }[] }>(x.url, spoil(sign(oauth, path)), 'GET', path)).body.errors[0]?.code;
    expect(await code({ oauth_timestamp: '1' })).toBe(135);
    expect(await code({ oauth_consumer_key: 'other' })).toBe(215);
    expect(await code({ oauth_token: 'other' })).toBe(89);
    expect(await code({}, (header) => header.replace(/oauth_signature="../, 'oauth_signature="zz'))).toBe(32);
    expect(await code({})).toBe(453);
  });
});

describe('the tokens of OAuth 2.0', () => {
  let x: OpenX;
  let now = Date.now();
  beforeAll(async () => {
    x = await openEmptyX({ now: () => now });
  });
  afterAll(() => x.close());

  const refresh = (token: string) => openTwitter(x.url, { clientId: demoKeys.clientId, clientSecret: demoKeys.clientSecret }).refreshOAuth2Token(token);
  const me = (token: string) => askX<{ data?: { username: string } }>(x.url, bearer(token), 'GET', '/2/users/me');

  it('are the app\'s for its key and secret', async () => {
    const app = await openTwitter(x.url, { appKey: demoKeys.appKey, appSecret: demoKeys.appSecret }).appLogin();
    expect((await app.v2.user(x.bot.id)).data.username).toBe('repartee');
    const { status, body } = await askX<unknown>(x.url, 'Basic bm86bm8=', 'POST', '/oauth2/token', 'grant_type=client_credentials', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([status, body]).toEqual([403, { errors: [{ code: 99, message: 'Unable to verify your credentials', label: 'authenticity_token_error' }] }]);
  });

  it('live two hours, and each refreshing token is good for one use', async () => {
    const first = await refresh(demoKeys.refreshToken);
    expect(first).toMatchObject({ expiresIn: 7200, scope: expect.arrayContaining(['tweet.write', 'offline.access']) });
    expect((await me(first.accessToken)).body.data?.username).toBe('repartee');
    await expect(refresh(demoKeys.refreshToken)).rejects.toMatchObject({
      code: 400, data: { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
    });
    now += 7_200_000;
    expect((await me(first.accessToken)).status).toBe(401);
    const second = await refresh(first.refreshToken ?? '');
    expect((await me(second.accessToken)).status).toBe(200);
  });

  it('come for a form as well as for JSON, to the app alone, and can be taken back', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const basic = `Basic ${Buffer.from(`${demoKeys.clientId}:${demoKeys.clientSecret}`).toString('base64')}`;
    const fresh = await openEmptyX();
    const ask = (authorization: string, path: string, body: string) => askX<{ access_token: string }>(fresh.url, authorization, 'POST', path, body, form);
    const grant = `grant_type=refresh_token&refresh_token=${demoKeys.refreshToken}`;
    expect((await ask('', '/2/oauth2/token', grant)).status).toBe(401);
    const { body: { access_token: token } } = await ask(basic, '/2/oauth2/token', grant);
    const me = () => askX(fresh.url, bearer(token), 'GET', '/2/users/me').then(({ status }) => status);
    expect(await me()).toBe(200);
    expect((await ask(basic, '/2/oauth2/revoke', `token=${token}`)).body).toEqual({ revoked: true });
    expect(await me()).toBe(401);
    await fresh.close();
  });
});
