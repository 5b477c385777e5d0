// X as it is read: every mention once, nothing lost, and nothing paid that need not be.
import { afterEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { Mention } from '../../src/core/types.ts';
import { walkMentions } from '../contract/network-driver.ts';
import { openXDriver, type XDriver } from '../support/x-driver.ts';

let driver: XDriver;
const open = async (options: Parameters<typeof openXDriver>[0] = {}): Promise<XDriver> => (driver = await openXDriver(options));
afterEach(() => driver.close());

const start = async (): Promise<string> => (await driver.network.mentions()).cursor;
const tagged = async (words = 'hello', options: Parameters<XDriver['say']>[2] = {}): Promise<Mention> => {
  const cursor = await start();
  await driver.say('ana', words, { tag: true, ...options });
  const mention = (await walkMentions(driver.network, cursor)).mentions.at(-1);
  if (!mention) throw new Error('the mention did not arrive');
  return mention;
};
const apiCalls = () => driver.x.requests.map(({ method, path }) => `${method} ${path}`).filter(line => !/ana|bo|cy|asker/u.test(line));
const paid = () => driver.x.bill().dollars;

describe('mentions', () => {
  it('that nobody wrote cost nothing: not at the start, not on idle', async () => {
    await open();
    let cursor = await start();
    for (let look = 0; look < 20; look += 1) ({ cursor } = await driver.network.mentions(cursor));
    expect({ paid: paid(), withIncludes: driver.x.bill().dollarsWithIncludes, booked: driver.books.dollars() }).toEqual({ paid: 0, withIncludes: 0, booked: 0 });
  });

  it('of three pages are all kept when the second page fails: nothing lost, nothing twice, one line', async () => {
    await open();
    const cursor = await start();
    const ids: string[] = [];
    for (let number = 0; number < 230; number += 1) ids.push(await driver.say(`asker${number}`, `question ${number}`, { tag: true }));
    let reads = 0;
    driver.faults.before = ({ path }) => (path.endsWith('/mentions') && ++reads === 2 ? { status: 503, body: '<html><body>Over capacity</body></html>' } : undefined);
    const failure = await driver.network.mentions(cursor).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TemporaryError);
    expect((failure as Error).message).toMatch(/^127\.0\.0\.1:\d+ said 503 to mentions: an error page instead of JSON$/u);
    expect((await driver.network.mentions(cursor)).mentions.map(({ id }) => id)).toEqual(ids);
    expect(reads).toBe(5);
  });

  it('beyond the reach of X are reported, never passed over in silence', async () => {
    await open();
    const cursor = await start();
    const people = Array.from({ length: 801 }, (_, number) => driver.x.world.ensureUser(`asker${number % 50}`));
    people.forEach((by, number) => void driver.x.world.say({ by, text: `@repartee question ${number}` }));
    const page = await driver.network.mentions(cursor);
    expect(page.mentions).toHaveLength(800);
    expect(page.gap).toMatch(/^800 mentions were waiting, and X shows no more than 800, deleted ones among them: any older than \S+ and newer than the last look may be out of reach$/u);
    expect((await driver.network.mentions(page.cursor))).toMatchObject({ mentions: [], cursor: page.cursor });
  });

  it('well within it are not', async () => {
    await open();
    const cursor = await start();
    for (let number = 0; number < 650; number += 1) driver.x.world.say({ by: driver.x.world.ensureUser('ana'), text: `@repartee question ${number}` });
    const page = await driver.network.mentions(cursor);
    expect({ count: page.mentions.length, gap: page.gap }).toEqual({ count: 650, gap: undefined });
  });

  it.each(['legacy', 'new'] as const)('are understood on a server that speaks only the %s names, asked for once in each of the others', async vocabulary => {
    await open({ sandbox: { vocabulary } });
    const root = await driver.say('bo', 'the goose is back');
    const mention = await tagged('is <that> true?', { under: root });
    expect(mention).toMatchObject({ text: '@bo @repartee is <that> true?', author: { handle: 'ana' }, replyTo: root, before: [{ id: root, text: 'the goose is back' }] });
    const reads = driver.x.requests.filter(({ path }) => path.endsWith('/mentions')).map(({ status }) => status);
    expect(reads.filter(status => status === 400)).toHaveLength(vocabulary === 'legacy' ? 0 : 2);
    await driver.network.mentions(mention.id);
    expect(driver.x.requests.at(-1)).toMatchObject({ status: 200 });
  });

  it.each([
    ['an error page', { status: 502, body: '<html>bad gateway</html>' }, TemporaryError],
    ['a page that looks like an answer', { status: 200, body: '<html>welcome</html>' }, TemporaryError],
    ['an answer without data', { status: 200, body: {} }, TemporaryError],
    ['a list that is none', { status: 200, body: { data: 'soon' } }, TemporaryError],
    ['a refused login', { status: 401, body: { title: 'Unauthorized', type: 'about:blank', status: 401, detail: 'Unauthorized' } }, PermanentError],
    ['no credits', { status: 402, body: { title: 'CreditsDepleted', detail: 'Your enrolled account does not have any credits', type: 'https://api.x.com/2/problems/credits' } }, TemporaryError],
    ['a usage cap', { status: 429, body: { title: 'UsageCapExceeded', detail: 'Usage cap exceeded', type: 'https://api.x.com/2/problems/usage-capped' } }, TemporaryError],
  ])('that are answered with %s are read again later, with one line that says so', async (_, answer, kind) => {
    await open();
    const cursor = await start();
    driver.faults.before = ({ path }) => (path.endsWith('/mentions') ? answer : undefined);
    const failure = await driver.network.mentions(cursor).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toMatch(/^127\.0\.0\.1:\d+ (?:said|gave no usable answer)[^\n]*$/u);
    const afterMs = failure instanceof TemporaryError ? failure.afterMs : undefined;
    expect((afterMs ?? 0) >= 15 * 60_000).toBe(answer.status === 402 || answer.status === 429);
  });

  it.each(['cut', 'half'] as const)('whose answer is %s are read again', async how => {
    await open();
    const cursor = await start();
    const id = await driver.say('ana', 'hello', { tag: true });
    let left = 1;
    driver.faults.after = ({ path }) => (path.endsWith('/mentions') && left-- > 0 ? how : undefined);
    await expect(driver.network.mentions(cursor)).rejects.toBeInstanceOf(TemporaryError);
    expect((await driver.network.mentions(cursor)).mentions.map(mention => mention.id)).toEqual([id]);
  });

  it('wait for a reset by the clock of the answer, however wrong ours is', async () => {
    const theirs = () => Date.now() + 3 * 3_600_000;
    await open();
    const cursor = await start();
    driver.faults.before = () => ({ status: 429, body: { title: 'Too Many Requests', detail: 'Too Many Requests', type: 'about:blank', status: 429 }, headers: { date: new Date(theirs()).toUTCString(), 'x-rate-limit-reset': String(Math.ceil(theirs() / 1_000) + 60) } });
    const failure = await driver.network.mentions(cursor).catch((error: unknown) => error);
    expect((failure as TemporaryError).afterMs).toBeGreaterThan(55_000);
    expect((failure as TemporaryError).afterMs).toBeLessThan(65_000);
  });

  it('are looked for more often while people talk, and less when the limit is short', async () => {
    await open();
    expect(driver.network.pollMs).toBe(10_000);
    const { id } = await tagged();
    expect(driver.network.pollMs).toBeLessThan(4_000);
    driver.faults.limits = { 'GET /2/users/:id/mentions': { limit: 5 } };
    const quiet = await driver.reopen();
    await quiet.mentions(id);
    expect(quiet.pollMs).toBeGreaterThan(30_000);
  });
});

describe('a thread', () => {
  it('that came along whole is not asked for', async () => {
    await open();
    const root = await driver.say('bo', 'the goose is back');
    const mention = await tagged('why?', { under: root });
    const before = driver.x.requests.length;
    expect((await driver.network.thread(mention)).map(({ id }) => id)).toEqual([root, mention.id]);
    expect(driver.x.requests.length).toBe(before);
  });

  it('is read upwards no further than the money goes, and never past it', async () => {
    await open({ settings: { ancestors: 12, includesBilled: false } });
    let under = await driver.say('ana', 'post 0');
    for (let number = 1; number < 12; number += 1) under = await driver.say('bo', `post ${number}`, { under });
    const mention = await tagged('what?', { under });
    for (const [dollars, posts] of [[0, 0], [0.004, 0], [0.005, 1], [0.016, 3]] as const) {
      const before = driver.x.bill().dollars;
      await (await driver.reopen()).thread(mention, dollars);
      const spent = driver.x.bill().dollars - before;
      expect(spent).toBeLessThanOrEqual(dollars + 1e-9);
      if (posts === 0) expect(spent).toBe(0);
    }
  });

  it.each([true, false])('with quotes and pictures in it costs no more than it may, whether what comes along is billed (%s) or not', async includesBilled => {
    await open({ settings: { ancestors: 20, includesBilled } });
    const { world } = driver.x;
    const by = world.ensureUser('bo');
    const picture = { url: 'https://x.example/1.png', altText: 'a goose' };
    const bill = () => driver.x.bill()[includesBilled ? 'dollarsWithIncludes' : 'dollars'];
    for (const dollars of [0, 0.005, 0.01, 0.015, 0.02, 0.03]) {
      for (let depth = 2; depth < 9; depth += 1) {
        let under = world.say({ by, text: `start ${depth} ${dollars}`, media: [picture] });
        for (let number = 1; number < depth; number += 1) {
          const quoteOf = world.say({ by, text: `quoted ${number} ${depth} ${dollars}`, media: [picture] }).id;
          under = world.say({ by, text: `post ${number} ${depth} ${dollars}`, replyTo: under.id, quoteOf, media: [picture] });
        }
        const mention = await tagged(`what ${depth} ${dollars}?`, { under: under.id });
        const [before, booked] = [bill(), driver.books.dollars()];
        await driver.network.thread(mention, dollars);
        expect(bill() - before).toBeLessThanOrEqual(dollars + 1e-9);
        expect(driver.books.dollars() - booked).toBeCloseTo(bill() - before, 9);
      }
    }
  });

  it('shows the picture of the post that is asked about, and has it on the books', async () => {
    await open();
    const photo = driver.x.world.say({ by: driver.x.world.ensureUser('bo'), text: 'look', media: [{ url: 'https://x.example/1.png', altText: 'a goose on a bridge' }] });
    const mention = await tagged('what is this?', { under: photo.id });
    expect((await driver.network.thread(mention)).at(-2)?.media).toEqual([{ kind: 'image', url: 'https://x.example/1.png', alt: 'a goose on a bridge' }]);
    expect(driver.books.dollars()).toBeCloseTo(driver.x.bill().dollarsWithIncludes, 9);
  });

  it('shows pictures further up where they are free', async () => {
    await open({ settings: { includesBilled: false } });
    const { world } = driver.x;
    const photo = world.say({ by: world.ensureUser('bo'), text: 'look', media: [{ url: 'https://x.example/1.png', altText: 'a goose on a bridge' }] });
    const between = world.say({ by: world.ensureUser('cy'), text: 'no', replyTo: photo.id });
    const mention = await tagged('what is this?', { under: between.id });
    expect((await driver.network.thread(mention)).at(0)?.media).toMatchObject([{ alt: 'a goose on a bridge' }]);
  });

  it('names the authors of earlier posts without asking for them', async () => {
    await open();
    const root = await driver.say('bo', 'the goose is back');
    const second = await driver.say('cy', 'it never left', { under: root });
    const third = await driver.say('di', 'it did', { under: second });
    const mention = await tagged('who is right?', { under: third });
    expect((await driver.network.thread(mention)).map(({ author }) => author.handle)).toEqual(['bo', 'cy', 'di', 'ana']);
    expect(apiCalls().filter(line => /users\/(?!\d+\/(?:mentions|tweets))/u.test(line))).toEqual([]);
  });

  it('goes on without a post that is gone', async () => {
    await open({ settings: { ancestors: 5 } });
    const root = await driver.say('bo', 'one');
    const second = await driver.say('cy', 'two', { under: root });
    const third = await driver.say('di', 'three', { under: second });
    const mention = await tagged('hm?', { under: third });
    const gone = driver.x.world.post(second);
    if (gone) driver.x.world.remove(gone);
    expect((await driver.network.thread(mention)).map(({ id }) => id)).toEqual([root, third, mention.id]);
  });
});
