import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { readTown } from '../../src/sandbox/town.ts';
import { openClient, openEmpty, type Status } from '../support/sandbox-client.ts';

const fixture = join(import.meta.dirname, '../fixtures/sandbox-town.json');
const folder = mkdtempSync(join(tmpdir(), 'sandbox-page-'));
const feedFile = join(folder, 'feed.xml');
const receipts = new Map<string, unknown>();
let sandbox: Sandbox;

beforeAll(async () => {
  writeFileSync(feedFile, '<rss><pubDate>{{minutes-ago:30}}</pubDate></rss>');
  sandbox = await openSandbox({
    feedFile,
    receipt: async (_, id) => (receipts.get(id)),
    extend: (app) => void app.get('/extra', () => ({ extra: true })),
  });
});
afterAll(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

/** Asks with a Host header of one's own, which fetch does not let one set. */
const statusWithHost = (host: string): Promise<number> => new Promise((resolve, reject) => {
  request(`${sandbox.url}/api/v2/instance`, { headers: { host } }, (answer) => {
    answer.resume();
    resolve(answer.statusCode ?? 0);
  }).on('error', reject).end();
});

describe('the sandbox as a newcomer meets it', () => {
  it('opens with a town: people, talk, trends and links', async () => {
    const client = openClient(sandbox.url);
    const posts = (await client.get<readonly Status[]>('/sandbox/timeline?limit=200')).body;
    expect(posts.length).toBeGreaterThanOrEqual(60);
    expect(new Set(posts.map(({ account }) => account.acct)).size).toBeGreaterThanOrEqual(12);
    expect(new Set(posts.map(({ language }) => language)).size).toBeGreaterThanOrEqual(5);
    expect(posts.map(({ created_at: at }) => at)).toEqual(posts.map(({ created_at: at }) => at).toSorted().toReversed());
    const older = (await client.get<readonly Status[]>(`/sandbox/timeline?limit=2&max_id=${posts[4]?.id}`)).body;
    expect(older.map(({ id }) => id)).toEqual([posts[5]?.id, posts[6]?.id]);
    for (const kind of ['tags', 'links', 'statuses']) expect((await client.get<readonly unknown[]>(`/api/v1/trends/${kind}`)).body.length).toBeGreaterThan(0);
    const domain = (await client.get<{ domain: string }>('/api/v2/instance').then(({ body }) => body.domain));
    expect(domain).toMatch(/\.example$/);
  });

  it('lets a tag that people use rise in the trends', async () => {
    const names = async () => (await openClient(sandbox.url).get<readonly { name: string; history: readonly { uses: string }[] }[]>('/api/v1/trends/tags?limit=20')).body;
    expect((await names()).some(({ name }) => name === 'teapot')).toBe(false);
    for (const who of ['ada', 'bo', 'cleo']) await openClient(sandbox.url, who).say('look at that #Teapot');
    expect((await names()).find(({ name }) => name === 'teapot')?.history[0]?.uses).toBe('3');
  });

  it('serves the page and its files under a strict policy, and nothing beside them', async () => {
    const page = await fetch(sandbox.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
    const file = /src="\/sandbox\/page\/([\w.-]+)"/.exec(await page.text())?.[1];
    expect((await fetch(`${sandbox.url}/sandbox/page/${file}`)).headers.get('content-type')).toContain('text/javascript');
    for (const path of ['..%2findex.ts', '%2e%2e%2f%2e%2e%2f%2e%2e%2fpackage.json', 'missing.js']) expect((await fetch(`${sandbox.url}/sandbox/page/${path}`)).status).toBe(404);
  });

  it('draws avatars, and leads the links in posts to the page', async () => {
    const svg = await (await fetch(`${sandbox.url}/sandbox/avatars/repartee.svg`)).text();
    expect(svg).toContain('>R</text>');
    const post = await openClient(sandbox.url, 'ada').say('here');
    const opened = await fetch(post.url, { redirect: 'manual' });
    expect([opened.status, opened.headers.get('location')]).toEqual([302, `/#${post.id}`]);
  });

  it('follows the feed file at each request, dates it, and saves the way when nothing changed', async () => {
    const first = await fetch(`${sandbox.url}/feed.xml`);
    const date = Date.parse(/<pubDate>(.+)<\/pubDate>/.exec(await first.text())?.[1] ?? '');
    expect(Math.abs(Date.now() - 30 * 60_000 - date)).toBeLessThan(6 * 60_000);
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await fetch(`${sandbox.url}/feed.xml`, { headers })).status).toBe(304);
    writeFileSync(feedFile, '<rss>new</rss>');
    const second = await fetch(`${sandbox.url}/feed.xml`, { headers });
    expect([second.status, await second.text()]).toEqual([200, '<rss>new</rss>']);
  });

  it('hands out receipts of what the visitor can see, and carries the routes of its host', async () => {
    const client = openClient(sandbox.url, 'ada');
    const [open, secret, without] = [await client.say('for all'), await client.say('for two @repartee', { visibility: 'direct' }), await client.say('no receipt')];
    for (const { id } of [open, secret]) receipts.set(id, { answer: 'because' });
    expect((await client.get<unknown>(`/sandbox/receipts/${open.id}`)).body).toEqual({ answer: 'because' });
    for (const id of [secret.id, without.id, '8']) expect((await client.get(`/sandbox/receipts/${id}`)).status).toBe(404);
    expect((await client.get<unknown>('/extra')).body).toEqual({ extra: true });
  });

  it('answers to names of this machine only and takes no orders from other sites', async () => {
    expect([await statusWithHost('127.0.0.1:1'), await statusWithHost('localhost'), await statusWithHost('repartee.localhost')]).toEqual([200, 200, 200]);
    expect([await statusWithHost('evil.example'), await statusWithHost('127.0.0.1.evil.example')]).toEqual([403, 403]);
    const post = async (origin: string) => (await fetch(`${sandbox.url}/api/v1/statuses`, {
      method: 'POST', body: new URLSearchParams({ status: 'hi' }), headers: { authorization: 'Bearer visitor', origin },
    })).status;
    expect([await post(sandbox.url), await post('http://evil.example'), await post('null')]).toEqual([200, 403, 403]);
  });

  it('takes the next free port when it may, and says which one was taken', async () => {
    const taken: number[] = [];
    const next = await openEmpty({ port: sandbox.port, tries: 5, onTaken: (port) => taken.push(port) });
    expect([taken[0], next.port > sandbox.port, next.url]).toEqual([sandbox.port, true, `http://127.0.0.1:${next.port}`]);
    await next.close();
    await expect(openEmpty({ port: sandbox.port })).rejects.toThrow(`port ${sandbox.port} is taken`);
  });
});

describe('a town file', () => {
  const broken = (change: (text: string) => string): (() => unknown) => {
    const path = join(folder, 'town.json');
    writeFileSync(path, change(readFileSync(fixture, 'utf8')));
    return () => readTown(path);
  };

  it('is read with what may be left out', () => {
    expect(readTown(fixture).posts).toMatchObject([{ key: 'a', favourites: 3, visibility: 'public' }, { key: 'b', replyTo: 'a', boosts: 0 }]);
  });

  it.each([
    ['a missing member', '"text": "It stopped."', '"words": "It stopped."', /posts\[1\]\.text is not a text/],
    ['a stranger', '"by": "mill", "text": "It', '"by": "moll", "text": "It', /post "b" is by "moll", who is not in accounts/],
    ['an answer to nothing', '"replyTo": "a"', '"replyTo": "z"', /post "b" answers "z", which does not exist/],
    ['an answer before its question', '"minutesAgo": 10', '"minutesAgo": 100', /post "b" is not younger than "a"/],
    ['an unknown visibility', '"replyTo": "a"', '"replyTo": "a", "visibility": "secret"', /posts\[1\]\.visibility is not public, unlisted/],
    ['a number that is none', '"uses": 12', '"uses": "many"', /trends\[0\]\.uses is not a number/],
  ])('with %s is refused by its place', (_, from, to, message) => {
    expect(broken((text) => text.replace(from, to))).toThrow(message);
  });
});
