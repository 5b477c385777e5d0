// On a Redis that answers before its disk has a write, a mention counts, and a post begins, only once the disk has it.
import { describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { TemporaryError } from '../../src/core/errors.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { openDurable } from '../../src/store/durable.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openStore } from '../../src/store/redis.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { openConfirmingRedis } from '../support/confirming-redis.ts';
import { aMention, self } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { openScene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const everysec = ['--appendfsync', 'everysec'];

async function openBoth() {
  const server = await openRedisProcess({ flags: everysec });
  const redis = await openConfirmingRedis(Number(new URL(server.url).port));
  const connection = { host: '127.0.0.1', port: Number(new URL(redis.url).port) };
  const client = new Redis(connection);
  const durable = openDurable(connection);
  onTestFinished(() => {
    client.disconnect();
    durable.close();
  });
  return { redis, client, ledger: openLedger(client, { keepFinalMs: 60_000, durable }) };
}

const see = (ledger: Awaited<ReturnType<typeof openBoth>>['ledger'], id: string) => ledger.see('faketown', self.account, [aMention(id)], id);

(isMissing ? describe.skip : describe)(`a Redis that confirms${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('is told of at the start, by what it says of itself', async () => {
    const about = async (url: string) => {
      const store = await openStore({ store: 'url', url, data: '/nowhere', path: '' });
      await store.close();
      return [store.confirms, store.about.replace(/^.*?, /u, '')];
    };
    const server = await openRedisProcess({ flags: everysec });
    const newer = await openConfirmingRedis(Number(new URL(server.url).port));
    expect(await about(server.url)).toEqual([false, 'AOF everysec: a power cut may lose the last second']);
    expect(await about(newer.url)).toEqual([true, 'AOF everysec: a power cut may lose the last second, but no mention and no post under way, which wait until they are on disk']);
    await server.client.config('SET', 'appendfsync', 'always');
    expect(await about(newer.url)).toEqual([false, 'AOF always: nothing acknowledged is lost']);
  });

  it('is asked once for all who wrote before, one time after another, and holds nothing else up', async () => {
    const { redis, ledger } = await openBoth();
    const limitMs = atEaseMs(300);
    redis.answer = { written: 1, afterMs: limitMs + 100 };
    const [first] = await see(ledger, 'first');
    const begun = performance.now();
    const seen = Promise.all(Array.from({ length: 50 }, (_, index) => see(ledger, `m${index}`)));
    if (first) expect(await ledger.change(first, { from: ['seen'], to: 'drafted' })).toMatchObject({ state: 'drafted' });
    expect(await ledger.get({ network: 'faketown', account: self.account, id: 'first' })).toMatchObject({ state: 'drafted' });
    expect(performance.now() - begun).toBeLessThan(limitMs);
    await seen;
    process.stdout.write(`  51 writes, confirmed ${redis.asked.count} times\n`);
    expect(redis.asked.count).toBeLessThanOrEqual(4);
    expect(redis.asked.most).toBe(1);
  });

  it('that does not say so in time has not seen a mention, which is not lost', async () => {
    const { redis, ledger } = await openBoth();
    redis.answer = { written: 0, afterMs: 100 };
    await expect(see(ledger, '1')).rejects.toThrow(new TemporaryError('Redis did not say within 3 s that a write is on its disk'));
    redis.answer = { written: 1, afterMs: 10 };
    expect(await see(ledger, '2')).toHaveLength(1);
    expect((await ledger.count('faketown', self.account)).seen).toBe(2);
  });

  it('whose connection is lost meanwhile has confirmed nothing', async () => {
    const { redis, ledger } = await openBoth();
    await see(ledger, '0');
    redis.answer = { written: 1, afterMs: 300 };
    const lost = see(ledger, '1');
    const failed = expect(lost).rejects.toThrow(TemporaryError);
    await until(() => redis.asked.count === 2);
    redis.cut();
    await failed;
    expect(await see(ledger, '2')).toHaveLength(1);
  });

  it('that does not say so in time lets no post begin, and what was to be posted is posted once', async () => {
    const { redis, client, ledger } = await openBoth();
    const line = openLine(client);
    const ref = await line.draft(aMention('1'));
    redis.answer = { written: 0, afterMs: 10 };
    // Both ledgers are one store; the line's clock stands still.
    const tools = { ...line.publishTools, ledger: { ...ledger, now: () => line.ledger.now() } };
    expect(await publish(ref, tools)).toMatchObject({ kind: 'later', scope: 'mention' });
    expect(line.network.requests).toEqual([]);
    expect((await line.record(ref)).state).toBe('ready');
    redis.answer = { written: 1, afterMs: 10 };
    line.clock.advance(20_000);
    await line.runToEnd(ref);
    expect(line.network.posts).toHaveLength(1);
  });

  it('serves the real program', async () => {
    const scene = await openScene('mastodon', { redis: { flags: everysec } });
    const redis = await openConfirmingRedis(Number(new URL(scene.redis.url).port));
    redis.answer = { written: 1, afterMs: 500 };
    const bot = await scene.bot({ env: { REDIS_URL: redis.url } });
    expect(bot.output()).toMatch(/store: Redis 7\.2\.40 at .*which wait until they are on disk/u);
    await Promise.all(Array.from({ length: 20 }, () => scene.ask()));
    await scene.settled(30_000);
    expect(await scene.counts()).toEqual(Array.from({ length: 20 }, () => 1));
    process.stdout.write(`  20 answers, confirmed ${redis.asked.count} times\n`);
    expect(redis.asked.most).toBe(1);
    redis.answer = { written: 0, afterMs: 100 };
    const unsure = await scene.ask();
    await bot.says(/mentions are not read, again in 1 s: Redis did not say within 3 s that a write is on its disk/u);
    expect(await scene.counts([unsure])).toEqual([0]);
    redis.answer = { written: 1, afterMs: 100 };
    await scene.settled(30_000);
    expect(await scene.counts([unsure])).toEqual([1]);
    expect(await bot.end()).toBe(0);
  }, 180_000);
});
