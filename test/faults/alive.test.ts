// A worker that takes no job any more although it could ends its process; one that is idle, busy, held back or without Redis does not.
import { describe, expect, it } from '@jest/globals';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import type { Connection } from '../../src/store/client.ts';
import { watchStore } from '../../src/store/watch.ts';
import { watchWorkers } from '../../workers/alive.ts';
import { workerOptions } from '../../workers/queues.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { closing, onTestFinished } from '../support/cleanup.ts';
import { openDeafProxy } from '../support/deaf-proxy.ts';
import { openRedisProcess, type RedisProcess } from '../support/redis-process.ts';
import { openScene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const isMissing = findProgram('redis-server') === undefined;
const limitMs = 4_000;
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

/** One process' worth: its own connections, its watch on the store, and one worker on the queue. */
function openMember(redis: Connection, name: string, { by = redis, concurrency = 2, takesMs = 0 }: { readonly by?: Connection; readonly concurrency?: number; readonly takesMs?: number } = {}) {
  const client = new Redis({ ...redis, maxRetriesPerRequest: null, retryStrategy: () => 100 });
  const connection = new Redis({ ...by, maxRetriesPerRequest: null, retryStrategy: () => 100 });
  for (const each of [client, connection]) each.on('error', () => undefined);
  const failures: string[] = [];
  const lines: string[] = [];
  const taken: string[] = [];
  const watch = watchStore({ kind: 'child', about: '', confirms: false, client, connection: redis }, line => lines.push(line));
  const alive = watchWorkers({ connection, watch, log: line => lines.push(line), limitMs, fail: line => failures.push(line) });
  const process = alive.counted(name, { concurrency, longestMs: 3 * limitMs }, async (job: { readonly name: string }) => {
    taken.push(job.name);
    await wait(takesMs);
  });
  const worker = new Worker(name, process, { ...workerOptions(connection, concurrency), prefix: 'repartee' });
  worker.on('error', () => undefined);
  const queue = new Queue(name, { connection, prefix: 'repartee' });
  queue.on('error', () => undefined);
  onTestFinished(async () => {
    alive.stop();
    watch.close();
    await Promise.race([worker.close(true), wait(1_000)]);
    client.disconnect();
    connection.disconnect();
  });
  return { worker, queue, failures, lines, taken };
}

(isMissing ? describe.skip : describe)(`a worker's sign of life${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it.concurrent('is missed when the worker is wedged, and when its connection is deaf, and never else', closing(async () => {
    const server = await openRedisProcess();
    const redis = { host: '127.0.0.1', port: Number(new URL(server.url).port) };
    const proxy = await openDeafProxy(redis);
    const wedged = openMember(redis, 'wedged');
    const deaf = openMember(redis, 'deaf', { by: { host: '127.0.0.1', port: proxy.port } });
    const idle = openMember(redis, 'idle');
    const limited = openMember(redis, 'limited');
    const paused = openMember(redis, 'paused');
    const busy = openMember(redis, 'busy', { concurrency: 2, takesMs: 2.5 * limitMs });
    await wait(1_000);
    await wedged.worker.pause(true);
    proxy.deafen();
    await limited.queue.rateLimit(3 * limitMs);
    await paused.queue.pause();
    await busy.queue.addBulk([1, 2, 3].map(each => ({ name: `job ${each}`, data: {} })));
    const begun = performance.now();
    const ended = async ({ failures }: { readonly failures: readonly string[] }) => {
      await until(() => failures.length > 0, 3 * limitMs);
      return performance.now() - begun;
    };
    const took = await Promise.all([wedged, deaf].map(ended));
    process.stdout.write(`  limit ${limitMs / 1_000} s: wedged ended after ${took.map(each => `${(each / 1_000).toFixed(1)} s`).join(', deaf after ')}\n`);
    for (const each of took) expect(each).toBeLessThan(limitMs + atEaseMs(4_000));
    expect(wedged.failures).toEqual([expect.stringMatching(/^wedged: no job was taken for [45] s although Redis answers: this process ends, to be started again$/u)]);
    await wait(3 * limitMs - (performance.now() - begun));
    for (const { failures } of [idle, limited, paused, busy]) expect(failures).toEqual([]);
    expect(busy.taken.filter(name => name !== 'beat').length).toBeGreaterThanOrEqual(2);
    for (const { taken } of [idle, limited, busy]) expect(taken).not.toContain('beat');
    for (const { queue } of [idle]) expect(await queue.getJobCountByTypes('completed', 'failed', 'delayed')).toBe(0);
  }), 180_000);

  it.concurrent.each([
    ['killed', /^Redis does not answer \(connection refused\)/u, (server: RedisProcess) => server.end(), (server: RedisProcess) => server.start()],
    ['stopped', /^Redis does not answer \(no answer within 3 s\)/u, (server: RedisProcess) => server.signal('SIGSTOP'), (server: RedisProcess) => server.signal('SIGCONT')],
  ] as const)('is not asked for while Redis is %s, and anew once it is back', closing(async (name, line, leave, comeBack) => {
    const server = await openRedisProcess();
    const member = openMember({ host: '127.0.0.1', port: Number(new URL(server.url).port) }, name);
    await wait(500);
    await leave(server);
    await wait(3 * limitMs);
    await comeBack(server);
    await wait(2 * limitMs);
    expect(member.failures).toEqual([]);
    expect(member.lines).toEqual([expect.stringMatching(line), expect.stringMatching(/^Redis works again, after \d+ s$/u)]);
    await member.worker.pause(true);
    await until(() => member.failures.length === 1, 2 * limitMs);
  }), 180_000);

  it.concurrent('is seen of each of many processes that share a queue, and missed of the wedged one alone', closing(async () => {
    const server = await openRedisProcess();
    const redis = { host: '127.0.0.1', port: Number(new URL(server.url).port) };
    const members = Array.from({ length: 6 }, () => openMember(redis, 'shared'));
    await wait(5 * limitMs);
    expect(members.map(({ failures }) => failures.length)).toEqual([0, 0, 0, 0, 0, 0]);
    await members[0]?.worker.pause(true);
    await until(() => members[0]?.failures.length === 1, 2 * limitMs);
    await wait(2 * limitMs);
    expect(members.map(({ failures }) => failures.length)).toEqual([1, 0, 0, 0, 0, 0]);
  }), 180_000);

  it.concurrent('is missed by the real program: it says so, and ends with 1', closing(async () => {
    const scene = await openScene('mastodon');
    const proxy = await openDeafProxy({ port: Number(new URL(scene.redis.url).port) });
    const bot = await scene.bot({ aliveMs: limitMs, env: { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } });
    const first = await scene.ask();
    await until(async () => (await scene.counts([first]))[0] === 1, 10_000);
    // BullMQ's connections, and not the program's own.
    proxy.deafen(said => /bzpopmin|repartee:(?:chores|compose-|publish-)/u.test(said));
    const begun = performance.now();
    expect(await bot.ended).toBe(1);
    process.stdout.write(`  the program ended ${((performance.now() - begun) / 1_000).toFixed(1)} s after it had become deaf, limit ${limitMs / 1_000} s\n`);
    expect(performance.now() - begun).toBeLessThan(limitMs + atEaseMs(6_000));
    expect(bot.output()).toMatch(/no job was taken for \d+ s although Redis answers: this process ends, to be started again/u);
    expect(bot.output()).not.toMatch(/beat/u);
  }), 180_000);
});
