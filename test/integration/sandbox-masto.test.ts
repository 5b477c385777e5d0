// A client library that others wrote and that knows nothing of this server.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOAuthAPIClient, createRestAPIClient, createStreamingAPIClient } from 'masto';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { openClient, openEmpty, type Notification } from '../support/sandbox-client.ts';

let sandbox: Sandbox;
let rest: ReturnType<typeof createRestAPIClient>;

beforeAll(async () => {
  sandbox = await openEmpty();
  rest = createRestAPIClient({ url: sandbox.url, accessToken: 'repartee' });
});
afterAll(() => sandbox.close());

describe('paging over notifications', () => {
  const ids: string[] = [];
  const page = async (query: string) => openClient(sandbox.url, 'repartee').get<readonly Notification[]>(`/api/v1/notifications?types[]=mention${query}`);

  beforeAll(async () => {
    for (let at = 0; at < 90; at += 1) await openClient(sandbox.url, `asker${at % 7}`).say(`@repartee question ${at}`);
    const newest = await page('&limit=80');
    const earlier = await page(`&limit=80&max_id=${newest.body.at(-1)?.id}`);
    ids.push(...[...newest.body, ...earlier.body].map(({ id }) => id));
  });

  it('is gapless with masto by min_id, over 90 mentions', async () => {
    const start = ids.at(-1)!;
    const seen: string[] = [];
    const sizes: number[] = [];
    for await (const list of rest.v1.notifications.list({ types: ['mention'], minId: start, limit: 40 }).setDirection('prev')) {
      if (list.length === 0) break;
      sizes.push(list.length);
      seen.push(...list.map(({ id }) => id).reverse());
    }
    expect(ids).toHaveLength(90);
    expect(seen).toEqual(ids.slice(0, -1).reverse());
    expect(sizes).toEqual([40, 40, 9]);
  });

  it('gives the items right after min_id, the newest ones after since_id, and the ones before max_id, newest first', async () => {
    const oldest = ids.at(-1)!;
    const idsOf = async (query: string) => (await page(query)).body.map(({ id }) => id);
    expect(await idsOf(`&min_id=${oldest}&limit=2`)).toEqual([ids[87], ids[88]]);
    expect(await idsOf(`&since_id=${oldest}&limit=2`)).toEqual([ids[0], ids[1]]);
    expect(await idsOf(`&max_id=${ids[5]}&limit=2`)).toEqual([ids[6], ids[7]]);
    expect(await idsOf(`&min_id=${oldest}&since_id=${ids[1]}&limit=1`)).toEqual([ids[88]]);
    expect(await idsOf(`&min_id=${oldest}&max_id=${ids[87]}&limit=5`)).toEqual([ids[88]]);
    expect(await idsOf(`&since_id=${ids[0]}`)).toEqual([]);
    expect((await idsOf('')).length).toBe(40);
    expect((await idsOf('&limit=500')).length).toBe(80);
  });

  it('links to the pages around it with the filter kept, and to nowhere from an empty page', async () => {
    const { headers } = await page('&limit=2');
    const links = headers.get('link') ?? '';
    expect(links).toContain(`types%5B%5D=mention&limit=2&max_id=${ids[1]}>; rel="next"`);
    expect(links).toContain(`types%5B%5D=mention&limit=2&min_id=${ids[0]}>; rel="prev"`);
    expect((await page(`&min_id=${ids[0]}`)).headers.get('link')).toBeNull();
  });

  it('follows account and type filters, and forgets what is dismissed', async () => {
    const client = openClient(sandbox.url, 'repartee');
    const someone = (await client.get<{ id: string }>('/api/v1/accounts/lookup?acct=asker3')).body;
    const { body } = await page(`&account_id=${someone.id}`);
    expect(new Set(body.map(({ account }) => account.acct))).toEqual(new Set(['asker3']));
    expect((await client.get<unknown[]>('/api/v1/notifications?exclude_types[]=mention')).body).toEqual([]);
    expect((await client.send('POST', `/api/v1/notifications/${body[0]?.id}/dismiss`)).status).toBe(200);
    expect((await client.get(`/api/v1/notifications/${body[0]?.id}`)).status).toBe(404);
    await client.send('POST', '/api/v1/notifications/clear');
    expect((await page('')).body).toEqual([]);
  });
});

describe('masto against the sandbox', () => {
  it('reads itself, the instance and a thread, posts once and removes', async () => {
    const me = await rest.v1.accounts.verifyCredentials();
    expect([me.acct, me.bot]).toEqual(['repartee', true]);
    const instance = await rest.v2.instance.fetch();
    expect(instance.configuration.statuses).toMatchObject({ maxCharacters: 500, charactersReservedPerUrl: 23 });
    expect(instance.configuration.urls.streaming).toBe(sandbox.url.replace('http', 'ws'));
    const asked = await openClient(sandbox.url, 'ada').say('@repartee well?');
    const create = () => rest.v1.statuses.create({ status: '@ada well.', inReplyToId: asked.id, visibility: 'unlisted' }, { requestInit: { headers: { 'Idempotency-Key': 'one' } } });
    const [first, second] = [await create(), await create()];
    expect(second.id).toBe(first.id);
    const context = await rest.v1.statuses.$select(asked.id).context.fetch();
    expect(context.descendants.map(({ id }) => id)).toEqual([first.id]);
    await rest.v1.statuses.$select(first.id).remove();
    await expect(rest.v1.statuses.$select(first.id).fetch()).rejects.toMatchObject({ statusCode: 404, message: 'Record not found' });
    expect(await rest.v1.accounts.updateCredentials({ displayName: 'Rep', bot: false, source: { language: 'fr' } })).toMatchObject({ displayName: 'Rep', bot: false, source: { language: 'fr' } });
    expect((await rest.v1.statuses.create({ status: 'Bonjour' })).language).toBe('fr');
  });

  it('hears a mention over the stream', async () => {
    const streaming = createStreamingAPIClient({ streamingApiUrl: sandbox.url.replace('http', 'ws'), accessToken: 'repartee' });
    const heard = (async () => {
      for await (const event of streaming.user.notification.subscribe()) return event;
      return undefined;
    })();
    const asker = openClient(sandbox.url, 'ada');
    const asking = setInterval(() => void asker.say('@repartee can you hear me?'), 200);
    const event = await heard;
    clearInterval(asking);
    streaming.close();
    expect(event).toMatchObject({ stream: ['user:notification'], event: 'notification', payload: { type: 'mention', account: { acct: 'ada' } } });
  });

  it('signs in out of band', async () => {
    const redirectUris = 'urn:ietf:wg:oauth:2.0:oob';
    const app = await rest.v1.apps.create({ clientName: 'Test <app>', redirectUris, scopes: 'read write' });
    const query = new URLSearchParams({ response_type: 'code', client_id: app.clientId ?? '', redirect_uri: redirectUris, scope: 'read write' });
    const read = async (path: string): Promise<string> => (await fetch(`${sandbox.url}${path}`)).text();
    expect(await read(`/oauth/authorize?${query.toString()}`)).toContain('Test &lt;app&gt;');
    const code = /<code>(.+)<\/code>/.exec(await read(`/oauth/authorize?${query.toString()}&handle=newcomer`))?.[1] ?? '';
    const oauth = createOAuthAPIClient({ url: sandbox.url });
    const grant = { grantType: 'authorization_code' as const, code, clientId: app.clientId ?? '', clientSecret: app.clientSecret ?? '', redirectUri: redirectUris };
    const token = await oauth.token.create(grant);
    expect(token).toMatchObject({ accessToken: 'newcomer', tokenType: 'Bearer', scope: 'read write' });
    await expect(oauth.token.create(grant)).rejects.toMatchObject({ statusCode: 400, message: 'invalid_grant' });
    await expect(oauth.token.create({ ...grant, clientSecret: 'guessed' })).rejects.toMatchObject({ statusCode: 401 });
    const appOnly = await openClient(sandbox.url).send<{ access_token: string }>('POST', '/oauth/token', { grant_type: 'client_credentials', client_id: app.clientId, client_secret: app.clientSecret });
    expect((await openClient(sandbox.url, appOnly.body.access_token).get('/api/v1/accounts/verify_credentials')).status).toBe(422);
  });
});
