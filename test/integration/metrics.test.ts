import { afterEach, expect, it } from '@jest/globals';
import { toSilence } from '../../src/pipeline/reasons.ts';
import { TemporaryError } from '../../src/core/errors.ts';
import { approve, reject } from '../../src/pipeline/approve.ts';
import { toFence } from '../../src/pipeline/hold.ts';
import { openClient } from '../../src/store/client.ts';
import { countLedger, countModel } from '../../src/store/counted.ts';
import { openMeters } from '../../src/store/meter.ts';
import { openCounts, readMarks, readSeries, readTotals } from '../../src/store/metrics.ts';
import { openNumbers, readNumbers } from '../../src/store/numbers.ts';
import { openWishes } from '../../src/store/wishes.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { aMention, goodAnswer, self } from '../support/fixtures.ts';
import { findFreePort } from '../support/free-port.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

const net = 'faketown';

describeOverRedis('what is counted', redis => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closing.splice(0).map(close => close()));
  });
  const openTestCounts = (clock: Parameters<typeof openCounts>[1]) => {
    const counts = openCounts(Promise.resolve(redis().client), clock, error => { throw error; });
    closing.push(() => counts.close());
    return counts;
  };
  /** A line of one account whose ledger and model are counted, as the bot's are. */
  const openCountedLine = (options: Parameters<typeof openLine>[1] = {}) => {
    const line = openLine(redis().client, options);
    const counts = openTestCounts(line.clock);
    const ledger = countLedger(line.ledger, counts, toSilence);
    const tools = { ledger, model: countModel(line.model, counts, net) };
    const publish = (ref: Parameters<typeof line.publish>[0]) => line.publish(ref, { ledger });
    return {
      ...line, counts, counted: ledger, publish,
      async see(id: string, more: Parameters<typeof aMention>[1] = {}) {
        await line.ledger.see(net, self.account, [], 'c0', { epoch: 'epoch-1', isEnd: true });
        await ledger.see(net, self.account, [aMention(id, { createdAt: new Date(line.clock.now() - 2_000).toISOString(), ...more })], 'c0', { epoch: 'epoch-1', isEnd: true });
        return { network: net, account: self.account, id };
      },
      compose: (ref: Parameters<typeof line.compose>[0], more: Parameters<typeof line.compose>[1] = {}) => line.compose(ref, { ...tools, ...more }),
    };
  };

  it('is exact after a flush: what came in, what became of it, why, and how long it took', async () => {
    const line = openCountedLine();
    for (const id of ['1', '2', '3']) {
      const ref = await line.see(id);
      line.clock.advance(4_000);
      await line.compose(ref);
      line.clock.advance(1_500);
      expect((await line.publish(ref)).kind).toBe('posted');
      // Whoever comes once more finds it done, and counts nothing.
      await line.compose(ref);
      await line.publish(ref);
      // Nor does what is noted about it later.
      await line.counted.change(ref, { from: ['posted'], to: 'posted', patch: { reason: 'removed by the operator' } });
    }
    await line.compose(await line.see('4', { author: { id: 'b', handle: 'robot', name: 'Robot', isBot: true } }));
    await line.compose(await line.see('5', { createdAt: new Date(line.clock.now() - 9e6).toISOString() }));
    line.network.fates.push('mention gone');
    const gone = await line.see('6');
    await line.compose(gone);
    expect((await line.publish(gone)).kind).toBe('rejected');
    await line.counts.flush();
    const totals = await readTotals(redis().client);
    expect(totals.count('seen', '', net)).toBe(6);
    expect(['answered', 'skipped', 'rejected', 'withheld'].map(end => totals.count('mentions', end as 'answered', net))).toEqual([3, 2, 1, 0]);
    expect([totals.count('silences', 'bot'), totals.count('silences', 'age'), totals.count('silences', 'network')]).toEqual([1, 1, 0]);
    expect(totals.count('calls', 'answered')).toBe(4);
    expect(totals.took('whole', net)).toMatchObject({ count: 3, seconds: 16.5 });
    expect(totals.took('publish', net)).toMatchObject({ count: 3, seconds: 4.5 });
    expect(totals.took('wait', net)).toMatchObject({ count: 4, seconds: 12 });
    expect(totals.took('hear', net)).toMatchObject({ count: 4, seconds: 8 });
    expect(totals.took('hold', net).count).toBe(0);
    const { answered, silent, secondsToAnswer, answerRate, dollarsPerAnswer } = await readNumbers(redis().client, line.clock.now());
    expect({ answered, silent: [silent.bot, silent.age], dollarsPerAnswer }).toEqual({ answered: { all: 3, month: 3, day: 3 }, silent: [1, 1], dollarsPerAnswer: 0 });
    expect(secondsToAnswer?.median).toBeGreaterThan(5);
    expect(secondsToAnswer?.p95).toBeLessThanOrEqual(7.5);
    expect(answerRate).toBeCloseTo(3 / 5);
  });

  it('counts a decision of a human\'s wherever it is made, the time that he took apart, and no order of the owner\'s among the answers', async () => {
    const line = openCountedLine();
    const tools = { ledger: line.counted, wishes: openWishes(redis().client, { linked: [], keepQuietMs: 1_000 }) };
    const [yes, no] = [await line.see('1'), await line.see('2')];
    for (const ref of [yes, no]) expect((await line.compose(ref, { holds: true })).kind).toBe('held');
    line.clock.advance(60_000);
    const fence = toFence({ number: 1 });
    await approve(yes, fence, 'ada', tools);
    await reject(no, fence, 'ada', tools);
    line.clock.advance(1_000);
    await line.publish(yes);
    const order = await line.see('3', { text: '@repartee status', visibility: 'direct', author: { id: 'o', handle: 'ada@town.example', name: 'Ada', isBot: false } });
    expect((await line.compose(order, { owners: [`${net}:ada@town.example`] })).kind).toBe('drafted');
    expect((await line.publish(order)).kind).toBe('posted');
    await line.counts.flush();
    const totals = await readTotals(redis().client);
    expect(['answered', 'rejected', 'ordered'].map(end => totals.count('mentions', end as 'answered'))).toEqual([1, 1, 1]);
    expect(totals.took('hold')).toMatchObject({ count: 1, seconds: 60 });
    expect(totals.took('publish')).toMatchObject({ count: 1, seconds: 1 });
    expect(totals.took('whole')).toMatchObject({ count: 1, seconds: 61 });
  });

  it('returns what the gate refused to whoever counts, without what was refused before', async () => {
    const line = openCountedLine({ says: ['@victim look at this', goodAnswer, '```', '```'] });
    const first = await line.see('1');
    expect(await line.compose(first, { holds: true })).toMatchObject({ kind: 'held', refused: ['it mentioned a handle'] });
    expect(await line.compose(await line.see('2'))).toMatchObject({ kind: 'withheld', refused: ['it held a code fence', 'it held a code fence'] });
    expect(await line.compose(await line.see('3'))).not.toHaveProperty('refused');
  });

  it('adds up what several processes count at the same time, to the cent', async () => {
    const { clock } = openLine(redis().client);
    const all = [openTestCounts(clock), openTestCounts(clock), openTestCounts(clock)];
    await Promise.all(all.map(async (counts, at) => {
      for (let round = 1; round <= 20; round++) {
        counts.add('mentions', net, 'answered');
        counts.add('tokens', net, 'in', 100);
        counts.add('dollars', net, 'model', 0.1);
        counts.took(net, 'whole', at * 1_000);
        if (round % 7 === 0) await counts.flush();
      }
      await counts.flush();
    }));
    const totals = await readTotals(redis().client);
    expect([totals.count('mentions', 'answered'), totals.count('tokens', 'in'), totals.count('dollars', 'model')]).toEqual([60, 6_000, 6]);
    expect(totals.took('whole')).toMatchObject({ count: 60, seconds: 60 });
  });

  it('adds a batch once, also where it is sent again because nobody heard that it arrived', async () => {
    const { clock } = openLine(redis().client);
    const { client } = redis();
    let isDeaf = true;
    const deaf = Object.assign(Object.create(client) as typeof client, {
      async eval(...args: Parameters<typeof client.eval>) {
        const done = await client.eval(...args);
        if (isDeaf) throw new Error('the connection was cut before the answer came');
        return done;
      },
    });
    const counts = openCounts(Promise.resolve(deaf), clock, () => undefined);
    closing.push(() => counts.close());
    counts.add('mentions', net, 'answered');
    await expect(counts.flush()).rejects.toThrow('cut');
    counts.add('mentions', net, 'answered');
    await expect(counts.flush()).rejects.toThrow('cut');
    isDeaf = false;
    await counts.flush();
    expect((await readTotals(client)).count('mentions', 'answered')).toBe(2);
  });

  it('keeps no mention waiting while Redis is away, and is written when it is back', async () => {
    const line = openCountedLine();
    const absent = openClient({ host: '127.0.0.1', port: await findFreePort(), retryStrategy: () => 20 }, true);
    onTestFinished(() => absent.disconnect());
    const away = Promise.withResolvers<typeof absent>();
    const counts = openCounts(away.promise, line.clock, () => undefined);
    const ledger = countLedger(line.ledger, counts, toSilence);
    const ref = await line.see('1');
    const begun = performance.now();
    void counts.flush();
    expect((await line.compose(ref, { ledger, model: countModel(line.model, counts, net) })).kind).toBe('drafted');
    counts.add('mentions', net, 'answered');
    await counts.close();
    expect(performance.now() - begun).toBeLessThan(3_000);
    away.resolve(redis().client);
    await until(async () => (await readTotals(redis().client)).count('mentions', 'answered') === 1);
    expect((await readTotals(redis().client)).count('calls', 'answered')).toBe(1);
  });

  it('keeps hours and days apart, and forgets them by itself', async () => {
    const { clock } = openLine(redis().client);
    const counts = openTestCounts(clock);
    const hour = 3_600_000;
    for (let hours = 0; hours < 30; hours++) {
      counts.add('mentions', net, 'answered');
      counts.took(net, 'whole', 4_000);
      counts.add('dollars', net, 'network', 0.02);
      await counts.flush();
      if (hours < 29) clock.advance(hour);
    }
    const now = clock.now();
    const hours = await readSeries(redis().client, { span: 'hour', count: 48, now });
    expect(hours).toHaveLength(48);
    expect(hours.map(({ mentions }) => mentions.answered)).toEqual([...Array.from({ length: 18 }, () => 0), ...Array.from({ length: 30 }, () => 1)]);
    expect(hours[0]).toMatchObject({ seconds: {}, dollars: { network: 0 } });
    expect(hours.at(-1)).toMatchObject({ at: Math.floor(now / hour) * hour, seconds: { whole: { p50: 4, p95: 4.9 } }, dollars: { network: 0.02 } });
    const days = await readSeries(redis().client, { span: 'day', count: 30, now, network: net });
    expect(days.reduce((sum, { mentions }) => sum + mentions.answered, 0)).toBe(30);
    expect(days.every(({ at }) => at % (24 * hour) === 0)).toBe(true);
    const numbers = await readNumbers(redis().client, now);
    expect(numbers.answered).toEqual({ all: 30, month: 30, day: 24 });
    expect([numbers.dollars.month, numbers.dollarsPerAnswer]).toEqual([0.6, 0.02]);
    expect((await readSeries(redis().client, { span: 'day', count: 30, now, network: 'elsewhere' })).every(({ mentions }) => mentions.answered === 0)).toBe(true);
    for (const key of await redis().client.keys('repartee:metrics:[dhw]*')) {
      const days = await redis().client.pttl(key) / 86_400_000;
      expect({ key, isKept: days > 0 && days <= 32 }).toEqual({ key, isKept: true });
    }
  });

  it('holds no more fields than there are labels, whatever happens and whatever anybody writes', async () => {
    const line = openCountedLine();
    for (const id of ['1', '2', '3']) await line.compose(await line.see(id, { text: `@repartee ${id} "}\n# HELP` }));
    for (let ms = 1; ms < 1e9; ms *= 1.5) line.counts.took(net, 'whole', ms);
    for (const odd of [NaN, Infinity, -5]) {
      line.counts.took(net, 'hear', odd);
      line.counts.add('dollars', net, 'model', odd);
    }
    await line.counts.flush();
    const fields = await redis().client.hkeys('repartee:metrics:all');
    expect(fields.length).toBeLessThan(60);
    for (const field of fields) expect(field).toMatch(/^[a-z]+\/faketown\/[a-z0-9]*$/u);
    expect((await readTotals(redis().client)).count('dollars', 'model')).toBe(0);
  });

  it('tells how often in a row the model failed, what it cost, and when mentions were read', async () => {
    const line = openCountedLine();
    const model = countModel({ name: 'm', complete: async ({ user }) => {
      if (user === 'fail') throw new TemporaryError('said 500');
      return { text: 'x', model: 'm', tokens: { in: 900, out: 30, dollars: 0.000123 } };
    } }, line.counts, net);
    const ask = (user: string) => model.complete({ user } as Parameters<typeof model.complete>[0], new AbortController().signal);
    await ask('well');
    for (let time = 0; time < 3; time++) await expect(ask('fail')).rejects.toThrow('500');
    line.counts.mark('read', net, 60_000);
    line.clock.advance(5_000);
    await line.counts.flush();
    const markOf = await readMarks(redis().client);
    expect(markOf('model', net)?.value).toBe(3);
    expect(markOf('read', net)?.value).toBe(60_000);
    expect(markOf('read', net)?.agoMs).toBeGreaterThanOrEqual(5_000);
    expect(markOf('read', net)?.agoMs).toBeLessThan(8_000);
    expect(markOf('read', 'elsewhere')).toBeUndefined();
    const totals = await readTotals(redis().client);
    expect([totals.count('calls', 'failed'), totals.count('tokens', 'in'), totals.count('tokens', 'out'), totals.count('dollars', 'model')]).toEqual([3, 900, 30, 0.000123]);
  });

  it('takes what the network costs from its books, where a thing that was read twice costs once', async () => {
    const line = openCountedLine();
    const meter = openMeters(Promise.resolve(redis().client), line.clock, { keepMs: 1e7, warn: () => undefined, booked: (network, dollars) => line.counts.add('dollars', network, 'network', dollars) })(net, self.account);
    meter.charge({ what: 'post read', price: 0.005, ids: ['a', 'b'] });
    meter.charge({ what: 'post read', price: 0.005, ids: ['b', 'c'] });
    meter.charge({ what: 'reply', price: 0.01, mention: '1' });
    expect((await meter.spent()).today).toBe(0.025);
    await line.counts.flush();
    expect((await readTotals(redis().client)).count('dollars', 'network', net)).toBe(0.025);
  });

  it('reads the numbers once for all who ask within some seconds', async () => {
    const { clock } = openLine(redis().client);
    const counts = openTestCounts(clock);
    const numbers = openNumbers(redis().client, clock);
    expect(await numbers()).toMatchObject({ answered: { all: 0 }, dollars: { all: 0 } });
    expect(await numbers()).not.toHaveProperty('answerRate');
    counts.add('mentions', net, 'answered');
    await counts.flush();
    expect((await numbers()).answered.all).toBe(0);
    clock.advance(11_000);
    expect((await numbers()).answered.all).toBe(1);
  });
});
