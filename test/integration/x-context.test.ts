// What is hot on X: read for money, shared by all, never more than the day allows.
import { afterEach, describe, expect, it } from '@jest/globals';
import { memoryPool } from '../../src/context/pool.ts';
import { openSearch } from '../../src/context/search.ts';
import { TemporaryError } from '../../src/core/errors.ts';
import { takeBudget } from '../../src/pipeline/budget.ts';
import { openXDriver, type XDriver } from '../support/x-driver.ts';

let driver: XDriver;
const open = async (options: Parameters<typeof openXDriver>[0] = {}): Promise<XDriver> => (driver = await openXDriver(options));
afterEach(() => driver.close());

const talk = async (): Promise<void> => {
  for (const by of ['ana', 'bo', 'cy']) await driver.say(by, `the #goose is back, says ${by}`);
};

describe('trends', () => {
  it('are one request, shared by its trends in what each cost', async () => {
    await open();
    await talk();
    const trends = await driver.network.trending();
    expect(trends[0]).toMatchObject({ kind: 'tag', source: 'X', text: '#goose' });
    expect(trends.reduce((sum, { cost = 0 }) => sum + cost, 0)).toBeCloseTo(0.01, 9);
    expect(driver.books.dollars()).toBeCloseTo(driver.x.bill().dollars, 9);
  });

  it('are personal ones where nothing else may be asked, and none, for nothing, where that is refused', async () => {
    await open({ sandbox: { premium: true } });
    await talk();
    expect((await (await driver.openWith({ bearer: undefined })).trending()).map(({ text }) => text)).toContain('#goose');
    await driver.close();
    await open();
    await talk();
    const plain = await driver.openWith({ bearer: undefined });
    expect([await plain.trending(), await plain.trending()]).toEqual([[], []]);
    expect(driver.x.requests.filter(({ path }) => path.includes('personalized_trends'))).toHaveLength(1);
    expect(driver.books.dollars()).toBe(0);
  });

  it('are left out when the budget of the day is spent', async () => {
    await open({ settings: { budget: { perMention: 0.05, perDay: 0.015 } } });
    await driver.network.trending();
    await expect(driver.network.trending()).rejects.toBeInstanceOf(TemporaryError);
    expect(driver.x.requests.filter(({ path }) => path.includes('/trends/'))).toHaveLength(1);
  });
});

describe('a search', () => {
  it('finds what people say, without what tags us, and books every post that came back', async () => {
    await open();
    await talk();
    await driver.say('di', 'is the goose back?', { tag: true });
    const items = await driver.network.search?.('goose back', AbortSignal.timeout(5_000)) ?? [];
    expect(items.map(({ text }) => text).toSorted()).toEqual(['ana', 'bo', 'cy'].map(by => `the #goose is back, says ${by}`));
    expect(items[0]).toMatchObject({ kind: 'post', source: 'X', cost: 0.005, by: { network: 'x', id: expect.stringMatching(/^\d+$/u), handle: '' } });
    expect(driver.books.dollars()).toBeCloseTo(4 * 0.005, 9);
  });

  it('lies in the pool for everybody, and failing costs nobody an answer', async () => {
    await open();
    await talk();
    const pool = memoryPool();
    const lines: string[] = [];
    const search = openSearch(driver.network, pool, async () => undefined, line => lines.push(line));
    expect(await search?.('What on earth is it with the goose these days?', 'en')).toBe(true);
    expect(await search?.('why does my goose hate me?', 'en')).toBe(false);
    expect(driver.x.requests.filter(({ path }) => path.includes('/search/'))).toHaveLength(1);
    expect((await pool.all()).items).toHaveLength(3);
    driver.faults.before = () => ({ status: 503, body: '<html>' });
    expect(await search?.('what about the ferry?', 'en')).toBe(false);
    expect(lines).toEqual([expect.stringMatching(/^x \d+: nothing found about a topic: 127\.0\.0\.1:\d+ said 503/u)]);
  });

  it('costs no more than is set aside for it, whatever the posts bring along', async () => {
    await open();
    const { world } = driver.x;
    const by = world.ensureUser('bo');
    for (let number = 0; number < 12; number += 1) {
      const quoteOf = world.say({ by, text: `an otter ${number}` }).id;
      world.say({ by, text: `the goose ${number}`, quoteOf, media: [{ url: 'https://x.example/1.png', altText: 'a goose' }] });
    }
    expect(await driver.network.search?.('goose', new AbortController().signal)).toHaveLength(10);
    expect(driver.x.bill()).toMatchObject({ dollars: 0.05, dollarsWithIncludes: 0.05 });
    expect(driver.books.dollars()).toBeCloseTo(0.05, 9);
  });

  it('is out of reach of what a mention may cost, unless the operator gives more', async () => {
    await open();
    driver.books.meter('').charge({ what: 'a mention and its author', price: 0.011, mention: '1' });
    expect(await takeBudget('1', driver.network.costs as never)).toMatchObject({ rung: 'thread' });
    const rich = await driver.openWith({ budget: { perMention: 0.08, perDay: 5 } });
    expect(await takeBudget('1', rich.costs as never)).toMatchObject({ rung: 'full' });
  });
});
