import { request } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/bot.ts';
import { openVitals } from '../../src/cli/vitals.ts';
import type { ContextSource } from '../../src/core/ports.ts';
import { openPool } from '../../src/context/pool.ts';
import { openClient } from '../../src/store/client.ts';
import { openHalt } from '../../src/store/halt.ts';
import { openLease } from '../../src/store/lease.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openCounts } from '../../src/store/metrics.ts';
import { openProcessId } from '../../src/store/process-id.ts';
import { openNumbers } from '../../src/store/numbers.ts';
import { openQueues } from '../../workers/index.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { parseExposition, valueOf } from '../support/exposition.ts';
import { openFakeNetwork } from '../support/fake-network.ts';
import { aMention, anItem, self } from '../support/fixtures.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { describeOnRedis, type TestRedis } from '../support/redis-servers.ts';
import { findProgram } from '../support/servers.ts';
import { openTestWeb } from '../support/web.ts';

const day = 86_400_000;
const net = 'faketown';
const sources: ContextSource[] = ['news.example/rss/s3cr3t-key', 'news.example/other'].map(name => ({ name, trending: async () => [] }));

/** The pages of a bot with one account, over what its processes left in Redis. */
async function open({ client, connection }: Pick<TestRedis, 'client' | 'connection'>, more: Parameters<typeof openTestWeb>[1] = {}) {
  const network = openFakeNetwork({ clock: systemClock });
  const store = { kind: 'url' as const, about: 'a test\'s', confirms: false, rewrite: async () => undefined, close: async () => undefined, client, connection };
  const ledger = openLedger(client, { keepFinalMs: day, epoch: () => 'e' });
  const counts = openCounts(Promise.resolve(client), systemClock, () => undefined);
  const queues = openQueues(store, () => undefined, () => true);
  onTestFinished(() => queues.close());
  onTestFinished(() => counts.close());
  const { url } = await openTestWeb(client, { accounts: [network], vitals: openVitals({ accounts: [network], store, ledger, sources }, queues.depth), numbers: openNumbers(client, systemClock), ...more });
  return {
    url, network, ledger, counts, queues,
    lease: openLease(client, openProcessId(), net, self.account),
    async ready() {
      const answer = await fetch(`${url}/readyz`);
      return { status: answer.status, ...await answer.json() as { ready: boolean; missing?: string[]; paused: string[] } };
    },
    scrape: async () => parseExposition(await (await fetch(`${url}/metrics`)).text()),
  };
}

/** What is looked at is kept for a second. */
const aSecond = () => new Promise(resolve => setTimeout(resolve, 1_050));

describeOnRedis('for machines', redis => {
  it('/readyz names everything that is missing in words, and says yes once nothing is', async () => {
    const bot = await open(redis());
    const where = `${net} ${self.account}`;
    expect(await bot.ready()).toEqual({ status: 503, ready: false, missing: [`nobody listens on ${where}: a process with the role all or listen does`, `mentions on ${where} were not read yet`], paused: [] });
    await bot.lease.hold();
    bot.counts.mark('read', net, 60_000);
    bot.counts.mark('model', net, 2);
    await bot.counts.flush();
    await aSecond();
    expect(await bot.ready()).toEqual({ status: 200, ready: true, accounts: [where], paused: [] });
    await openHalt(redis().client).pause(undefined, 'ada says that milo is a pest');
    bot.counts.mark('model', net, 3);
    await bot.counts.flush();
    await redis().client.hset('repartee:metrics:marks', `read/${net}`, `${Date.now() - 7 * 60_000} 60000`);
    await aSecond();
    expect(await bot.ready()).toEqual({ status: 503, ready: false, missing: [`mentions on ${where} were not read for 7 minutes`, `the model fails for ${where}: 3 times in a row`], paused: [net] });
    // A network that is looked at every hour is not late after seven minutes.
    await redis().client.hset('repartee:metrics:marks', `read/${net}`, `${Date.now() - 7 * 60_000} 3600000`, `model/${net}`, `${Date.now() - 11 * 60_000} 9`);
    await aSecond();
    expect(await bot.ready()).toMatchObject({ status: 200, ready: true, paused: [net] });
  });

  it('/metrics tells of ledger, queues, sources and the kill switch, by any name that it is asked by', async () => {
    const bot = await open(redis());
    const refs = await bot.ledger.see(net, self.account, [aMention('1'), aMention('2')], 'c');
    await bot.ledger.change(refs[0] ?? { network: net, account: self.account, id: '1' }, { from: ['seen'], to: 'parked', patch: { reason: 'hushed reason' } });
    await bot.queues.wake(bot.network)('compose', refs);
    const pool = openPool(redis().client);
    for (const { name } of sources) await pool.put(name, [anItem('A headline that names ada'), { ...anItem('Another one'), id: 'other' }], sources.map(each => each.name));
    await openHalt(redis().client).pause(net, 'by ada');
    const ask = (path: string) => new Promise<{ status: number | undefined; type: string | undefined; text: string }>((resolve, reject) => {
      request(bot.url + path, { headers: { host: 'app:4000' } }, answer => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => resolve({ status: answer.statusCode, type: answer.headers['content-type'], text }));
      }).on('error', reject).end();
    });
    const { status, type, text } = await ask('/metrics');
    expect((await ask('/desk')).status).toBe(403);
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    const families = parseExposition(text);
    expect(valueOf(families, 'repartee_up')).toBe(1);
    expect(valueOf(families, 'repartee_ledger_records', { network: net, state: 'seen' })).toBe(1);
    expect(valueOf(families, 'repartee_ledger_records', { network: net, state: 'parked' })).toBe(1);
    expect(valueOf(families, 'repartee_queue_jobs', { network: net, stage: 'compose', state: 'waiting' })).toBe(2);
    expect(valueOf(families, 'repartee_paused', { network: net })).toBe(1);
    expect(valueOf(families, 'repartee_listening', { network: net })).toBe(0);
    expect(valueOf(families, 'repartee_context_items', { source: 'news.example' })).toBe(2);
    expect(valueOf(families, 'repartee_context_items', { source: 'news.example (2)' })).toBe(2);
    expect(Date.now() / 1_000 - valueOf(families, 'repartee_context_read_timestamp_seconds', { source: 'news.example' })).toBeLessThan(10);
    // No words of anybody's, no reason, no key in an address, no name.
    for (const kept of ['hushed', 's3cr3t', 'headline', 'ada', 'milo', aMention('1').text, self.account]) expect({ kept, isThere: text.includes(kept) }).toEqual({ kept, isThere: false });
  });

  it('a scrape costs at most 20 ms while the ledger holds 10,000 records', async () => {
    const bot = await open(redis());
    for (let page = 0; page < 20; page++) {
      const refs = await bot.ledger.see(net, self.account, Array.from({ length: 500 }, (_, at) => aMention(`${page}-${at}`)), `c${page}`);
      await Promise.all(refs.slice(0, 250).map((ref, at) => bot.ledger.change(ref, { from: ['seen'], to: at % 2 === 0 ? 'skipped' : 'withheld', patch: { reason: 'r' } })));
    }
    for (let ms = 1; ms < 1e7; ms *= 1.5) for (const step of ['whole', 'wait', 'publish'] as const) bot.counts.took(net, step, ms);
    await bot.counts.flush();
    expect(valueOf(await bot.scrape(), 'repartee_ledger_records', { network: net, state: 'seen' })).toBe(5_000);
    const took: number[] = [];
    for (let round = 0; round < 5; round++) {
      await aSecond();
      const begun = performance.now();
      await (await fetch(`${bot.url}/metrics`)).text();
      took.push(performance.now() - begun);
    }
    // Whatever else this machine does at the time.
    const best = Math.min(...took);
    process.stderr.write(`a scrape over 10,000 records: ${best.toFixed(1)} ms\n`);
    expect(best).toBeLessThan(atEaseMs(20));
  });

  it('looks once for all who ask at the same time', async () => {
    let looks = 0;
    const bot = await open(redis(), { vitals: async () => {
      looks += 1;
      return { at: Date.now(), accounts: [], sources: [], totals: { count: () => 0, took: () => ({ buckets: [], count: 0, seconds: 0 }) } };
    } });
    await Promise.all(Array.from({ length: 50 }, (_, at) => fetch(`${bot.url}/${at % 2 === 0 ? 'metrics' : 'readyz'}`)));
    expect(looks).toBe(1);
  });
});

const maybe = findProgram('redis-server') === undefined ? describe.skip : describe;
maybe('for machines, while the store is away', () => {
  it('/metrics answers soon with what was known and says so, /readyz says what is wrong, and both come back by themselves', async () => {
    const redis = await openRedisProcess();
    const connection = { host: '127.0.0.1', port: Number(new URL(redis.url).port), retryStrategy: () => 50 };
    const client = openClient(connection, true);
    onTestFinished(() => client.disconnect());
    let trouble: string | undefined;
    const bot = await open({ client, connection }, { trouble: () => trouble });
    bot.counts.add('mentions', net, 'answered', 4);
    await bot.counts.flush();
    const answered = { network: net, outcome: 'answered' };
    expect(valueOf(await bot.scrape(), 'repartee_mentions_total', answered)).toBe(4);
    redis.signal('SIGSTOP');
    await aSecond();
    // Nobody has noticed yet.
    const begun = performance.now();
    const [families, ready] = await Promise.all([bot.scrape(), bot.ready()]);
    expect(performance.now() - begun).toBeLessThan(atEaseMs(2_500));
    expect([valueOf(families, 'repartee_up'), valueOf(families, 'repartee_mentions_total', answered)]).toEqual([0, 4]);
    expect(ready).toMatchObject({ status: 503, missing: ['the store gives no answer'] });
    trouble = 'Redis does not answer (no answer within 3 s)';
    const noticed = performance.now();
    expect(valueOf(await bot.scrape(), 'repartee_up')).toBe(0);
    expect(await bot.ready()).toMatchObject({ status: 503, missing: [trouble] });
    expect(performance.now() - noticed).toBeLessThan(atEaseMs(200));
    redis.signal('SIGCONT');
    trouble = undefined;
    await aSecond();
    await aSecond();
    expect(valueOf(await bot.scrape(), 'repartee_up')).toBe(1);
  });
});
