import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { describe, expect, it } from '@jest/globals';
import type { MentionRef, Outcome } from '../../src/core/types.ts';
import { isBeat, openPulse, watchConsumption, type Pulse } from '../../workers/alive.ts';
import { workerOptions } from '../../workers/queues.ts';
import { startStage } from '../../workers/stage.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { openRedisProcess } from '../support/redis-process.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const limits = { limitMs: 1_500, everyMs: 300 };

describeOnRedis('whether a worker takes anything', redis => {
  const open = (name: string, { concurrency = 2, work = async () => undefined }: { concurrency?: number; work?: () => Promise<unknown> } = {}) => {
    const connection = new Redis({ ...redis().connection, maxRetriesPerRequest: null });
    const queue = new Queue<object>(name, { connection, prefix: 'repartee' });
    const pulse: Pulse = openPulse();
    const worker = new Worker<object>(name, async job => {
      const end = pulse.begin();
      try {
        return isBeat(job) ? undefined : await work();
      } finally {
        end();
      }
    }, workerOptions(connection, concurrency));
    worker.on('error', () => undefined);
    onTestFinished(async () => {
      await worker.close(true);
      await queue.close();
      connection.disconnect();
    });
    return { queue, concurrency, pulse, worker };
  };
  const watch = (watched: Parameters<typeof watchConsumption>[0]) => {
    const said: string[] = [];
    const vigil = watchConsumption(watched, redis().client, line => said.push(line), limits);
    onTestFinished(() => vigil.stop());
    return said;
  };

  it('is noticed: one that idles is alive, and its queue keeps nothing of that', async () => {
    const one = open('idle');
    const said = watch([one]);
    await pause(4_000);
    expect(said).toEqual([]);
    expect(one.pulse.idleForMs()).toBeLessThan(1_500);
    expect(await one.queue.getJobCounts('wait', 'completed', 'failed', 'delayed')).toEqual({ wait: 0, completed: 0, failed: 0, delayed: 0 });
  });

  it('is noticed: one that takes nothing any more is told of, once', async () => {
    const one = open('wedged');
    const said = watch([one]);
    await pause(600);
    await one.worker.pause(); // as deaf as one whose connection was cut at the wrong moment: it is there, and takes nothing
    await until(() => said.length > 0, 6_000);
    expect(said[0]).toMatch(/^wedged: nothing was taken from it for \d+ s although Redis answers; this process ends/u);
  });

  it('is not asked of a queue that is paused or rate limited, nor of a worker that is full', async () => {
    const [paused, limited, full] = [open('paused'), open('limited'), open('full', { work: () => pause(4_000) })];
    await paused.queue.pause();
    await limited.queue.rateLimit(5_000);
    await full.queue.addBulk([1, 2, 3].map(number => ({ name: 'mention', data: { number } })));
    const said = watch([paused, limited, full]);
    await pause(3_500);
    expect(said).toEqual([]);
  });

  it('is not asked while somebody else takes the beats: the work is done', async () => {
    const [one, other] = [open('shared'), open('shared')];
    const said = watch([one]);
    await pause(600);
    await one.worker.pause();
    await pause(3_000);
    expect(said).toEqual([]);
    await other.worker.pause();
    await until(() => said.length > 0, 6_000);
  });

  it('a beat never reaches the pipeline', async () => {
    const connection = new Redis({ ...redis().connection, maxRetriesPerRequest: null });
    const queue = new Queue<MentionRef>('stage', { connection, prefix: 'repartee' });
    const ran: string[] = [];
    const lines: string[] = [];
    const pulse = openPulse();
    const run = async (ref: MentionRef): Promise<Outcome> => {
      ran.push(ref.id);
      return { kind: 'nothing', reason: 'a test' };
    };
    const worker = startStage({ queue, connection, concurrency: 2, log: line => lines.push(line), run, next: async () => undefined, pulse });
    onTestFinished(async () => {
      await worker.close(true);
      await queue.close();
      connection.disconnect();
    });
    watch([{ queue, concurrency: 2, pulse }]);
    await pause(1_500);
    expect(pulse.idleForMs()).toBeLessThan(1_000);
    expect([ran, lines]).toEqual([[], []]);
  });
});

const isMissing = findProgram('redis-server') === undefined;
(isMissing ? describe.skip : describe)(`while Redis is away${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('nothing is asked, and the time begins anew with its return', async () => {
    const redis = await openRedisProcess();
    const pulse = openPulse();
    const queue = new Queue<object>('away', { connection: redis.client, prefix: 'repartee' });
    const said: string[] = [];
    const vigil = watchConsumption([{ queue, concurrency: 1, pulse }], redis.client, line => said.push(line), limits);
    onTestFinished(async () => {
      vigil.stop();
      await queue.close();
    });
    await pause(500);
    await redis.end();
    await pause(3_500);
    expect(said).toEqual([]);
    await redis.start();
    await pause(1_000);
    expect(said).toEqual([]);
    await until(() => said.length > 0, 6_000); // nobody works here at all
  });
});

describe('a process whose event loop does not turn', () => {
  it.each([[2_500, 'SIGKILL'], [600, null]] as const)('for %d ms gets %s, with a limit of two seconds', async (ms, signal) => {
    const script = `
      const { watchLoop } = await import(${JSON.stringify(join(import.meta.dirname, '../../workers/watchdog.ts'))});
      const dog = watchLoop({ limitMs: 2_000, everyMs: 200 });
      await new Promise(resolve => setTimeout(resolve, 500));
      const end = Date.now() + ${ms * 2};
      while (Date.now() < ${ms === 600 ? 'end - 600' : 'end'});
      await new Promise(resolve => setTimeout(resolve, 500));
      await dog.stop();`;
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect((await once(child, 'close'))[1]).toBe(signal);
    if (signal === null) expect(said).toBe('');
    else expect(said).toContain('nothing moved in this process for 2 s; it ends');
  });
});
