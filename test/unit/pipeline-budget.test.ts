import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import type { Costs } from '../../src/core/ports.ts';
import type { Gathered } from '../../src/core/types.ts';
import { takeBudget } from '../../src/pipeline/budget.ts';
import { aMention, anItem, aPost } from '../support/fixtures.ts';
import { openLine, type Line } from '../support/line.ts';
import { openSomeRedis, type TestRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

const prices: Omit<Costs, 'reserve'> = { reply: 0.01, read: 0.005, search: 0.05, trends: 0.01, windowMs: 60_000, perMention: 0.1, perDay: 1 };
/** `others`: what is set aside for them. */
const costs = (today: number, mention: number, { others = 0, ...more }: Partial<Costs> & { readonly others?: number } = {}): Costs => ({
  ...prices, ...more,
  async reserve(_, least, most) {
    const left = Math.round(Math.max(0, Math.min(most, this.perDay - today - others)) * 1e6) / 1e6;
    return { granted: left < least ? 0 : left, today, mention };
  },
});

describe('a budget', () => {
  it.each([
    ['full', costs(0, 0.001)],
    ['full', costs(0, 0.035)],
    ['thread', costs(0, 0.036)],
    ['thread', costs(0.985, 0.001)],
    ['pool', costs(0.986, 0.001)],
    ['pool', costs(0, 0.09)],
  ])('steps down to %s', async (rung, each) => {
    expect(await takeBudget('1', each)).toMatchObject({ rung });
  });

  it.each([
    ["today's budget is spent ($0.991 of $1.000)", costs(0.991, 0)],
    ['the budget of one mention is spent ($0.091 of $0.100)', costs(0.9, 0.091)],
  ])('that has no reply in it says so: %s', async (short, each) => {
    expect(await takeBudget('1', each)).toEqual({ short });
  });

  it('whose rest is set aside for others is asked again, not given up', async () => {
    await expect(takeBudget('1', costs(0.5, 0, { others: 0.495 }))).rejects.toMatchObject({ name: 'TemporaryError', message: "the rest of today's budget is set aside for other mentions" });
  });

  it('has the last cent in it', async () => {
    expect(await takeBudget('1', costs(0.1 + 0.2, 0, { perDay: 0.31 }))).toEqual({ rung: 'pool', dollars: 0 });
  });
});

describe('a mention on a network that costs money', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await openSomeRedis();
  });
  beforeEach(async () => {
    await redis.client.flushall();
  });
  afterAll(() => redis.close());

  const unheard: Gathered = { open: false, items: [] };
  const openPaid = (each: Costs, gathered = unheard) => {
    const line = openLine(redis.client, { gathered });
    const paid: (number | undefined)[] = [];
    const searches: string[] = [];
    line.network.setThread('1', [aPost('0')]);
    const thread = line.network.thread.bind(line.network);
    Object.assign(line.network, { costs: each, thread: (mention: Parameters<Line['network']['thread']>[0], dollars?: number) => (paid.push(dollars), thread(mention)) });
    Object.assign(line.composeTools, { search: async (topic: string) => (searches.push(topic), false) });
    return { line, paid, searches };
  };

  it('has everything when there is money, and searches for what nobody here has heard of', async () => {
    const { line, paid, searches } = openPaid(costs(0, 0.001));
    const ref = await line.draft(aMention('1'));
    expect(paid).toEqual([expect.closeTo(0.039, 6)]);
    expect(searches).toEqual(['is the ferry ever on time?']);
    expect((await line.record(ref)).draft?.receipt.rung).toBe('full');
  });

  it.each([
    ['something is known', costs(0, 0), { open: false, items: [anItem('Ferry strike')] }],
    ['no topic was named', costs(0, 0), { open: true, items: [] }],
    ['the money is for the thread', costs(0, 0.05), unheard],
  ])('searches for nothing when %s', async (_, each, gathered) => {
    const { line, searches } = openPaid(each, gathered);
    await line.draft(aMention('1'));
    expect(searches).toEqual([]);
  });

  it('reads no thread when there is money for the reply alone', async () => {
    const { line, paid } = openPaid(costs(0, 0.09));
    const ref = await line.draft(aMention('1'));
    expect(paid).toEqual([0]);
    expect((await line.record(ref)).draft?.receipt.rung).toBe('pool');
  });

  it('is left alone, with the reason, when there is not even that', async () => {
    const { line, paid } = openPaid(costs(1, 0));
    const ref = await line.see(aMention('1'));
    expect(await line.compose(ref)).toEqual({ kind: 'skipped', reason: "today's budget is spent ($1.000 of $1.000)" });
    expect({ paid, asked: line.model.prompts.length, requests: line.network.requests.length }).toEqual({ paid: [], asked: 0, requests: 0 });
  });

  it('waits while the rest of the day is set aside for others', async () => {
    const { line, paid } = openPaid(costs(0.5, 0, { others: 0.495 }));
    const ref = await line.see(aMention('1'));
    expect(await line.compose(ref)).toMatchObject({ kind: 'later', scope: 'mention' });
    expect({ paid, state: (await line.record(ref)).state }).toEqual({ paid: [], state: 'seen' });
  });

  it('is not answered when the money went between its draft and its post', async () => {
    let today = 0;
    const { line } = openPaid({ ...prices, reserve: async (_, least, most) => ({ granted: most > 1 - today || least > 1 - today ? 0 : most, today, mention: 0 }) });
    const ref = await line.draft(aMention('1'));
    today = 0.995;
    expect(await line.publish(ref)).toEqual({ kind: 'skipped', reason: "today's budget is spent ($0.995 of $1.000)" });
    expect(line.network.requests).toEqual([]);
  });

  it('searches only at the first try: what was found then lies in the pool', async () => {
    const { line, searches } = openPaid(costs(0, 0.001));
    const ref = await line.see(aMention('1'));
    line.model.says.push(new TemporaryError('the model is away'), new TemporaryError('the model is away'));
    for (let turn = 0; turn < 3; turn += 1) {
      await line.compose(ref);
      line.clock.advance(60_000);
    }
    expect((await line.record(ref)).state).toBe('drafted');
    expect(searches).toHaveLength(1);
  });

  it('keeps what is set aside for whoever was faster', async () => {
    const held: [least: number, most: number][] = [];
    const { line } = openPaid({ ...prices, reserve: async (_, least, most) => (held.push([least, most]), { granted: most, today: 0, mention: 0 }) });
    const ref = await line.see(aMention('1'));
    const gate = Promise.withResolvers<void>();
    const slow = line.model.complete.bind(line.model);
    let calls = 0;
    Object.assign(line.composeTools.model, { complete: async (...asked: Parameters<typeof slow>) => {
      calls += 1;
      if (calls === 1) await gate.promise;
      return slow(...asked);
    } });
    const late = line.compose(ref);
    await until(async () => calls === 1);
    expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
    const before = held.length;
    gate.resolve();
    expect(await late).toMatchObject({ kind: 'nothing' });
    expect(held.slice(before)).toEqual([]);
  });

  it('is left alone before anything is read when its network would take no answer', async () => {
    const { line, paid } = openPaid(costs(0, 0));
    const ref = await line.see(aMention('1', { unanswerable: 'its author did not tag us' }));
    expect(await line.compose(ref)).toEqual({ kind: 'skipped', reason: 'its author did not tag us' });
    expect(paid).toEqual([]);
  });

  it('has on its receipt what it cost', async () => {
    const { line } = openPaid(costs(0.2, 0.026));
    const ref = await line.draft(aMention('1'));
    await line.publish(ref);
    expect(await line.receipts.get(ref.network, ref.account, (await line.record(ref)).reply?.id ?? '')).toMatchObject({ dollars: 0.026, rung: 'full' });
  });

  it('sends the text as the network likes it', async () => {
    const { line } = openPaid(costs(0, 0));
    Object.assign(line.network, { tidy: (text: string) => text.replace('ferry', 'boat') });
    const ref = await line.draft(aMention('1'));
    expect((await line.record(ref)).draft?.text).toBe('@milo@town.example The boat keeps its own calendar.');
  });
});
