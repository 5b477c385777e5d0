// What must not be believed: answers that look like "nothing was posted", pages that look like the end, refusals that are none.
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { Mention } from '../../src/core/types.ts';
import { dryRun } from '../../src/networks/dry-run.ts';
import { openReading } from '../../src/networks/x/account.ts';
import { openClient } from '../../src/networks/x/client.ts';
import { listenForRings } from '../../src/networks/x/doorbell.ts';
import { parseSettings } from '../../src/networks/x/settings.ts';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { serve } from '../support/servers.ts';
import { until } from '../support/until.ts';
import { oauth1, oauth2, openXDriver, type XDriver } from '../support/x-driver.ts';

let driver: XDriver;
const open = async (options: Parameters<typeof openXDriver>[0] = {}): Promise<XDriver> => (driver = await openXDriver(options));
afterEach(() => driver.close());

const tagged = async (): Promise<Mention> => {
  const { cursor } = await driver.network.mentions();
  await driver.say('ana', 'hello', { tag: true });
  const [mention] = (await driver.network.mentions(cursor)).mentions;
  if (!mention) throw new Error('the mention did not arrive');
  return mention;
};
const answerOwn = (body: unknown): void => {
  driver.faults.before = ({ method, path }) => (method === 'GET' && /\/users\/\d+\/tweets$/u.test(path) ? { status: 200, body } : undefined);
};

describe('our own posts', () => {
  it.each([
    ['errors alone', { errors: [{ title: 'Service Unavailable', detail: 'try later' }] }],
    ['nothing, with errors', { meta: { result_count: 0 }, errors: [{ title: 'Service Unavailable' }] }],
    ['fewer than it counts', { data: [], meta: { result_count: 3 } }],
    ['an id that came as a number', { data: [{ id: 7, text: 'x' }] }],
    ['a reference that cannot be read', { data: [{ id: '7', text: 'x', referenced_tweets: [{ type: 'replied_to', id: 7 }] }] }],
  ])('shown as %s do not say that we did not answer', async (_, body) => {
    await open();
    const mention = await tagged();
    answerOwn(body);
    await expect(driver.network.find(mention)).rejects.toBeInstanceOf(TemporaryError);
  });

  it.each([
    ['none', { meta: { result_count: 0 } }],
    ['an answer to somebody else', { data: [{ id: '7', text: 'x', referenced_tweets: [{ type: 'replied_to', id: '5' }] }], meta: { result_count: 1 } }],
    ['one whose parent is gone', { data: [{ id: '7', text: 'x', referenced_posts: [{ type: 'replied_to', id: '5' }] }], errors: [{ title: 'Not Found Error', parameter: 'referenced_posts', resource_id: '5' }] }],
  ])('shown as %s do say so', async (_, body) => {
    await open();
    const mention = await tagged();
    answerOwn(body);
    expect(await driver.network.find(mention)).toBeUndefined();
  });
});

describe('many posts of ours since the mention', () => {
  const page = (number: number, last: number, replyTo: string) => ({
    data: Array.from({ length: 100 }, (_, at) => ({ id: String(10_000 + number * 100 + at), text: 'x', referenced_tweets: [{ type: 'replied_to', id: number === last ? replyTo : '5' }] })),
    meta: { result_count: 100, next_token: `t${number}` },
  });

  it('are read back to the reply, as far as they are shown at all; then nobody will ever be able to tell', async () => {
    await open();
    const mention = await tagged();
    let pages = 0;
    let last = 12;
    driver.faults.before = ({ method, path }) => (method === 'GET' && /\/users\/\d+\/tweets$/u.test(path) ? { status: 200, body: page(pages++, last, mention.id) } : undefined);
    expect(await driver.network.find(mention)).toMatchObject({ id: '11200' });
    [pages, last] = [0, 99];
    await expect(driver.network.find(mention)).rejects.toBeInstanceOf(PermanentError);
    expect(pages).toBe(32);
  });
});

describe('a walk over mentions', () => {
  const wait = (count: number): void => {
    for (let number = 0; number < count; number += 1) driver.x.world.say({ by: driver.x.world.ensureUser('ana'), text: `@repartee question ${number}` });
  };
  /** The sandbox as a server that gives fewer posts a page than it is asked for. */
  const pageBy = (size: number): void => {
    const posts = driver.x.world.posts().map(({ id, text }) => ({ id, text, author_id: '10' }));
    let reads = 0;
    driver.faults.before = ({ path }) => {
      if (!path.endsWith('/mentions')) return undefined;
      const page = posts.slice(reads * size, ++reads * size);
      return { status: 200, body: { data: page, meta: { result_count: page.length, ...(reads * size < posts.length && { next_token: `t${reads}` }) } } };
    };
  };

  it.each([[300, 10], [795, 99]])('of %d goes on to the end though a page holds only %d', async (count, size) => {
    await open();
    const { cursor } = await driver.network.mentions();
    wait(count);
    pageBy(size);
    expect((await driver.network.mentions(cursor)).mentions).toHaveLength(count);
  });

  it('that comes to the reach of X tells of a gap, also when one of them is hidden', async () => {
    await open();
    const { cursor } = await driver.network.mentions();
    wait(900);
    const [hidden] = driver.x.world.posts().slice(400);
    driver.faults.before = undefined;
    const posts = driver.x.world.posts().slice(0, 800).filter(({ id }) => id !== hidden?.id).map(({ id, text }) => ({ id, text, author_id: '10' }));
    let reads = 0;
    driver.faults.before = ({ path }) => {
      if (!path.endsWith('/mentions')) return undefined;
      const page = posts.slice(reads * 100, ++reads * 100);
      return { status: 200, body: { data: page, meta: { result_count: page.length, ...(reads < 8 && { next_token: `t${reads}` }) } } };
    };
    const page = await driver.network.mentions(cursor);
    expect({ count: page.mentions.length, gap: page.gap }).toEqual({ count: 799, gap: expect.stringMatching(/may be out of reach$/u) });
  });
});

describe('a look at mentions', () => {
  it('does not lead back when the newest one is gone and the look begins earlier', async () => {
    await open();
    const { cursor: start } = await driver.network.mentions();
    await driver.say('ana', 'one', { tag: true });
    const newest = await driver.say('ana', 'two', { tag: true });
    const { cursor } = await driver.network.mentions(start);
    expect(cursor).toBe(newest);
    const gone = driver.x.world.post(newest);
    if (gone) driver.x.world.remove(gone);
    const again = await driver.network.mentions(start);
    expect({ count: again.mentions.length, cursor: again.cursor }).toEqual({ count: 1, cursor: newest });
  });

  it('tells once of a mention that cannot be read, and reads what comes after it', async () => {
    await open();
    const { cursor } = await driver.network.mentions();
    driver.faults.before = ({ path }) => (path.endsWith('/mentions') ? { status: 200, body: { data: [{ id: 7, text: 'x' }], meta: { result_count: 1 } } } : undefined);
    const gaps = [];
    for (let look = 0; look < 3; look += 1) gaps.push((await driver.network.mentions(cursor)).gap);
    expect(gaps).toEqual(['one mention could not be read and left out', undefined, undefined]);
    driver.faults.before = undefined;
    const id = await driver.say('ana', 'hello', { tag: true });
    expect(await driver.network.mentions(cursor)).toMatchObject({ mentions: [{ id }], cursor: id });
  });

  it.each([
    ['errors alone', { errors: [{ title: 'Service Unavailable', detail: 'over capacity' }] }], ['errors and an empty count', { errors: [{ title: 'x', detail: 'y' }], meta: {} }],
  ])('begins again when a later page holds %s', async (_, body) => {
    await open();
    const { cursor } = await driver.network.mentions();
    for (let number = 0; number < 150; number += 1) driver.x.world.say({ by: driver.x.world.ensureUser('ana'), text: `@repartee ${number}` });
    let reads = 0;
    driver.faults.before = ({ path }) => (path.endsWith('/mentions') && ++reads === 2 ? { status: 200, body } : undefined);
    await expect(driver.network.mentions(cursor)).rejects.toBeInstanceOf(TemporaryError);
    expect((await driver.network.mentions(cursor)).mentions).toHaveLength(150);
  });

  it('has on the books what it read, also when a later page fails', async () => {
    await open();
    const { cursor } = await driver.network.mentions();
    for (let number = 0; number < 150; number += 1) driver.x.world.say({ by: driver.x.world.ensureUser('ana'), text: `@repartee ${number}` });
    let reads = 0;
    driver.faults.before = ({ path }) => (path.endsWith('/mentions') && ++reads === 2 ? { status: 503, body: '<html>' } : undefined);
    await expect(driver.network.mentions(cursor)).rejects.toBeInstanceOf(TemporaryError);
    expect(driver.books.dollars()).toBeCloseTo(driver.x.bill().dollarsWithIncludes, 9);
    expect(driver.books.dollars()).toBeGreaterThan(0.1);
  });
});

it('a search ends when nobody waits for it any more', async () => {
  await open();
  driver.faults.before = ({ path }) => (path.includes('/search/') ? 'stall' : undefined);
  const started = performance.now();
  await expect(driver.network.search?.('goose', AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'TemporaryError', message: expect.stringContaining('no answer in time') });
  expect(performance.now() - started).toBeLessThan(atEaseMs(450));
});

it('a search whose answer never came is booked at its most', async () => {
  await open();
  driver.x.world.say({ by: driver.x.world.ensureUser('ana'), text: 'the goose' });
  driver.faults.after = ({ path }) => (path.includes('/search/') ? 'stall' : undefined);
  await expect(driver.network.search?.('goose', AbortSignal.timeout(200))).rejects.toBeInstanceOf(TemporaryError);
  expect(driver.books.dollars()).toBeCloseTo(0.05, 9);
  driver.faults.after = undefined;
  driver.faults.before = ({ path }) => (path.includes('/search/') ? { status: 403, body: { title: 'Forbidden', detail: 'no' } } : undefined);
  await expect(driver.network.search?.('ferry', AbortSignal.timeout(200))).rejects.toMatchObject({ name: 'PermanentError' });
  expect(driver.books.dollars()).toBeCloseTo(0.05, 9);
});

it('links in answers are paid for beforehand, or are no setting to start with', async () => {
  await open();
  await expect(driver.openWith({ allowLinks: true })).rejects.toMatchObject({ name: 'SetupError', message: expect.stringMatching(/may cost \$0\.211 with a link in it, and budget\.perMention is \$0\.07: raise it, or set allowLinks to false/u) });
  const rich = await driver.openWith({ allowLinks: true, budget: { perMention: 0.25, perDay: 5 } });
  expect(rich.costs?.reply).toBe(0.2);
});

it('a stream is not listened to while there is no money for an answer', async () => {
  await open({ sandbox: { keepAliveMs: 100 }, settings: { stream: true, budget: { perMention: 0.07, perDay: 0.05 } } });
  const stop = new AbortController();
  let rings = 0;
  driver.network.doorbell?.(() => { rings += 1; }, stop.signal);
  await until(async () => rings > 0, 5_000);
  for (let number = 0; number < 60; number += 1) {
    await driver.say(`asker${number}`, `question ${number}`, { tag: true });
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  await new Promise(resolve => setTimeout(resolve, 300));
  expect(driver.books.dollars()).toBeGreaterThanOrEqual(0.039);
  expect(driver.books.dollars()).toBeLessThan(0.1);
  stop.abort();
});

it('a dry run looks as often as the network wants it to', async () => {
  let wanted = 10;
  await open({ wrap: network => dryRun({ ...network, get pollMs() { return wanted; } }, () => undefined) });
  wanted = 20;
  expect(driver.network.pollMs).toBe(20);
});

it('a page with 401 on it does not send a post again', async () => {
  await open({ settings: oauth2 });
  const mention = await tagged();
  let posts = 0;
  driver.faults.before = ({ method, path }) => (method === 'POST' && path === '/2/tweets' ? (posts += 1, { status: 401, body: '<html>Sign in</html>' }) : undefined);
  await expect(driver.network.post({ to: mention, text: 'well', idempotencyKey: 'k', giveUpAt: performance.now() + 5_000, giveUpBy: Infinity })).rejects.toMatchObject({ name: 'UnknownOutcomeError' });
  expect(posts).toBe(1);
});

it('a place that nobody wants trends of costs nothing, Premium or not', async () => {
  await open({ sandbox: { premium: true }, settings: { woeid: 0 } });
  expect([await driver.network.trending(), driver.x.bill().dollars]).toEqual([[], 0]);
});

it('a stream that never begins to answer is given up when we stop', async () => {
  await open();
  driver.faults.before = ({ path }) => (path === '/2/activity/stream' ? 'stall' : undefined);
  const settings = parseSettings({ ...oauth1, bearer: demoKeys.bearer, apiUrl: driver.x.url });
  const client = openClient(settings, undefined);
  const clock = { now: () => Date.now(), monotonic: () => performance.now() };
  const account = { self: driver.network.self, settings, host: 'x', client, meter: driver.books.meter(''), clock, hearName: () => undefined, read: openReading(client, 'x', clock, () => undefined) };
  const stop = new AbortController();
  const ended = listenForRings(account, () => undefined, stop.signal, () => undefined);
  await until(async () => driver.x.requests.some(({ path }) => path === '/2/activity/subscriptions'), 2_000);
  await new Promise(resolve => setTimeout(resolve, 200));
  stop.abort();
  expect(await Promise.race([ended.then(() => 'ended'), new Promise(resolve => setTimeout(() => resolve('hangs'), 1_500))])).toBe('ended');
});

describe('a server that answers late or without end', () => {
  const openAgainst = async (respond: (response: ServerResponse) => void) => {
    const { url, connections } = await serve((_, response) => respond(response));
    const client = openClient(parseSettings({ ...oauth1, apiUrl: url, timeoutSeconds: 1 }), undefined);
    const ask = () => client.send({ method: 'get', path: 'users/1/mentions' }).then(() => 'answered', (error: unknown) => (error instanceof Error ? error.message : 'else'));
    return { ask, connections };
  };

  it('is left with no connection open', async () => {
    driver = await openXDriver();
    const drips = await openAgainst(response => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 100);
      response.on('close', () => clearInterval(timer));
    });
    expect(await Promise.all([drips.ask(), drips.ask(), drips.ask()])).toEqual(Array(3).fill('no answer in time'));
    await until(async () => await drips.connections() === 0, 1_000);
  });

  it('takes no more than its share of memory', async () => {
    driver = await openXDriver();
    const chunk = 'x'.repeat(1 << 20);
    let sent = 0;
    const floods = await openAgainst(response => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length;
        sent += chunk.length;
      };
      response.on('drain', pour);
      pour();
    });
    expect(await floods.ask()).toBe('an answer that never ends');
    await until(async () => await floods.connections() === 0, 1_000);
    expect(sent).toBeLessThan(400 * (1 << 20));
  });
});
