// The worst that people, feeds and models send, against the real program: it stays up, and each mention ends with an answer or with a reason.
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { bot as botAccount, get, openFakeMastodon, to, wireStatus } from '../support/fake-mastodon.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { serve } from '../support/servers.ts';
import { until } from '../support/until.ts';

const asking = (text: string): string => `<p><span class="h-card"><a href="https://town.example/@bot" class="u-url mention">@<span>bot</span></a></span> ${text}</p>`;
const others = Array.from({ length: 100 }, (_, index) => ({ id: `90${index}`, username: `p${index}`, acct: `p${index}@far.example`, url: `https://far.example/@p${index}` }));

const words: readonly (readonly [what: string, status: Readonly<Record<string, unknown>>])[] = [
  ['ten megabytes', { content: asking('goose '.repeat(1_750_000)) }],
  ['lone surrogates', { content: asking('is \uD83D the goose \uDE00 real?') }],
  ['chains of joiners', { content: asking('👩‍👩‍👦‍👦'.repeat(2_000)) }],
  ['overrides of direction', { content: asking('is \u202Eesoog eht\u202C right?\u2066\u2067\u2068') }],
  ['nothing', { content: '' }],
  ['only emoji', { content: asking('🦢🦢🦢') }],
  ['a hundred other people', { content: asking(others.map(({ acct, url }) => `<a href="${url}" class="u-url mention">@${acct}</a>`).join(' ')), mentions: others }],
  ['a thread of four thousand', { content: asking('and?'), in_reply_to_id: '1' }],
  ['a warning of a megabyte', { content: asking('hm?'), spoiler_text: 'x'.repeat(1_000_000) }],
  ['a name of a megabyte', { content: asking('hm?'), account: { id: '7', username: 'ana', acct: 'ana', display_name: 'A'.repeat(1_000_000), note: '<p>'.repeat(200_000), url: 'https://town.example/@ana', bot: false } }],
  ['a picture without an address', { content: asking('this?'), media_attachments: [{ id: '1', type: 'image', url: null }, null, 7] }],
];

it('stays up whatever people and feeds send', async () => {
  const server = await openFakeMastodon();
  onTestFinished(() => server.close());
  const ids = words.map((_, index) => String(1_000 + index));
  const statuses = words.map(([, more], index) => wireStatus(ids[index] ?? '', { created_at: new Date().toISOString(), ...more }));
  let isOpen = false;
  server.answer(request => isOpen && get('/api/v1/notifications')(request) && !request.path.includes('max_id') && request.path.includes('min_id'), { status: 200, body: [] });
  server.answer(({ path }) => path.endsWith('/context'), { status: 200, body: { ancestors: [], descendants: [] } });
  server.answer(get(`/api/v1/statuses/${ids[7]}/context`), { status: 200, body: { ancestors: Array.from({ length: 4_000 }, (_, index) => wireStatus(String(index + 1))), descendants: [] } });
  server.answer(to('POST', '/api/v1/statuses'), { status: 200, body: wireStatus('5000', { account: botAccount }) });

  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  const feed = (answer: (response: ServerResponse) => void) => serve((_, response) => answer(response));
  const feeds = await Promise.all([
    feed(response => response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>No feed here</body></html>')),
    feed(response => response.end(`<rss><channel>${'<item><title>x</title></item>'.repeat(700_000)}`)),
    feed(response => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    feed(response => {
      const timer = setInterval(() => response.write('<item>'), 20);
      response.on('close', () => clearInterval(timer));
    }),
    feed(response => response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end()),
  ]);
  const folder = await freshFolder();
  await writeFile(join(folder, 'repartee.yaml'), `manners: { quotas: { personSoon: 0, newcomer: 0 } }\nnetworks:\n  mastodon:\n    pollSeconds: 1\ncontext:\n  feeds: [${feeds.map(({ url }) => `'${url}/feed'`).join(', ')}]\n  allowHosts: [${feeds.map(({ host }) => `'${host}'`).join(', ')}]\n`);
  const env = { MASTODON_URL: server.url, MASTODON_TOKEN: 'made-up', REPARTEE_DATA: join(folder, 'data'), REPARTEE_CONFIG: join(folder, 'repartee.yaml'), MODEL_PRESET: 'none', PORT: '0' };
  const bot = runProgram(['start'], { env });
  await bot.says(/ready: /);
  server.answer(get('/api/v1/notifications'), { status: 200, body: statuses.map((status, index) => ({ id: String(2_000 + index), type: 'mention', created_at: new Date().toISOString(), status })).toReversed() }, 1);
  isOpen = true;

  const mentions = async (): Promise<Readonly<Record<string, number>>> => {
    const asked = runProgram(['status', '--json'], { env });
    await asked.ended;
    return (JSON.parse(asked.output()) as { readonly accounts: readonly { readonly mentions: Readonly<Record<string, number>> }[] }).accounts[0]?.mentions ?? {};
  };
  let seen: Readonly<Record<string, number>> = {};
  await until(async () => {
    seen = await mentions();
    return Object.values(seen).reduce((sum, count) => sum + count, 0) === words.length && Object.keys(seen).every(state => ['posted', 'skipped', 'withheld', 'parked', 'rejected'].includes(state));
  }, 180_000);
  process.stdout.write(`  hostile: ${JSON.stringify(seen)}\n`);
  expect(seen['posted']).toBe(words.length);
  for (const { body } of server.requests.filter(to('POST', '/api/v1/statuses'))) {
    const { status } = JSON.parse(body) as { readonly status: string };
    expect(status.match(/@\S+/gu)).toEqual(['@ana']);
    expect(status).toEqual(status.toWellFormed());
    expect(status).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/u);
  }
  const complaints = () => bot.output().match(/context 127[^\n]*/gu) ?? [];
  await until(async () => complaints().length >= feeds.length, 30_000);
  for (const why of [/is not a feed/u, /sent more than 2000000 bytes/u, /did not answer within \d+ ms/u, /169\.254\.169\.254/u]) expect(complaints().join('\n')).toMatch(why);
  expect(await bot.end()).toBe(0);
}, 180_000);

it('stays up whatever a model says, and says nothing worse itself', async () => {
  const server = await openFakeMastodon();
  onTestFinished(() => server.close());
  const said: readonly (readonly [what: string, answer: (response: ServerResponse) => void])[] = [
    ['nothing', response => response.end('{"choices":[{"message":{"content":""}}]}')],
    ['400 kB', response => response.end(JSON.stringify({ choices: [{ message: { content: 'No. '.repeat(100_000) } }] }))],
    ['a page', response => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>')],
    ['bytes that are no text', response => response.end(Buffer.concat([Buffer.from('{"choices":[{"message":{"content":"A goose '), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from('"}}]}')]))],
    ['another language', response => response.end(JSON.stringify({ choices: [{ message: { content: 'Die Gans führt ihren eigenen Kalender.' } }] }))],
    ['JSON in prose', response => response.end(JSON.stringify({ choices: [{ message: { content: 'Sure! {"reply": "The goose keeps its own calendar."}' } }] }))],
    ['a word too late', response => void setTimeout(() => response.end(JSON.stringify({ choices: [{ message: { content: 'Late.' } }] })), 4_000)],
  ];
  let turn = -1;
  const model = await serve((request, response, body) => {
    if (request.url?.endsWith('/models') === true) return void response.end('{"data":[]}');
    // Each mention names its number; a second try gets the same.
    turn = Number(/case (\d+)/u.exec(body)?.[1] ?? 0);
    response.setHeader('content-type', 'application/json');
    said[turn]?.[1](response);
    return undefined;
  });
  server.answer(({ path }) => path.endsWith('/context'), { status: 200, body: { ancestors: [], descendants: [] } });
  server.answer(to('POST', '/api/v1/statuses'), { status: 200, body: wireStatus('5000', { account: botAccount }) });
  const folder = await freshFolder();
  await writeFile(join(folder, 'repartee.yaml'), `canary: { limit: 0 }\nmanners: { quotas: { personSoon: 0, newcomer: 0 } }\nnetworks:\n  mastodon:\n    pollSeconds: 1\nmodel:\n  baseUrl: ${model.url}/v1\n  name: tiny\n  timeoutSeconds: 2\n`);
  const env = { MASTODON_URL: server.url, MASTODON_TOKEN: 'made-up', REPARTEE_DATA: join(folder, 'data'), REPARTEE_CONFIG: join(folder, 'repartee.yaml'), PORT: '0' };
  const bot = runProgram(['start'], { env });
  await bot.says(/ready: /);
  const statuses = said.map((_, index) => wireStatus(String(1_000 + index), { created_at: new Date().toISOString(), content: asking(`what of case ${index}?`) }));
  server.answer(get('/api/v1/notifications'), { status: 200, body: statuses.map((status, index) => ({ id: String(2_000 + index), type: 'mention', created_at: new Date().toISOString(), status })).toReversed() }, 1);

  await until(async () => said.every((_, index) => new RegExp(`${1_000 + index}: (?:posted|withheld|again in)`, 'u').test(bot.output())), 30_000);
  const posts = server.requests.filter(to('POST', '/api/v1/statuses')).map(({ body }) => JSON.parse(body) as { readonly status: string; readonly in_reply_to_id: string });
  process.stdout.write(`  hostile model: ${posts.map(({ status, in_reply_to_id: id }) => `${said[Number(id) - 1_000]?.[0]} → ${status.slice(0, 60)}`).join(' | ')}\n`);
  // Which language an answer may be in is judged elsewhere.
  expect(posts.map(({ status }) => status)).toEqual(['@ana Die Gans führt ihren eigenen Kalender.']);
  for (const [index, [what]] of said.entries()) {
    const line = new RegExp(`${1_000 + index}: (\\S+)`, 'u').exec(bot.output())?.[1];
    expect({ what, line }).toEqual({ what, line: what === 'another language' ? 'posted' : expect.stringMatching(/^withheld:|^again/u) });
  }
  expect(await bot.end()).toBe(0);
}, 180_000);
