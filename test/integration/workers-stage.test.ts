import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { Outcome } from '../../src/core/record.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { openLedger } from '../../src/store/ledger.ts';
import type { StoreTrouble, StoreWatch } from '../../src/store/watch.ts';
import { enqueue, openQueue, queueName } from '../../workers/queues.ts';
import { startStage } from '../../workers/stage.ts';
import { sweep } from '../../workers/sweep.ts';
import { openWorkers } from '../../workers/worker.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { aMention, self } from '../support/fixtures.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { wellStore } from '../support/store-watch.ts';
import { until } from '../support/until.ts';

const refOf = (id: string, account = self.account): MentionRef => ({ network: 'faketown', account, id });
const done: Outcome = { kind: 'nothing', reason: 'done' };

describeOverRedis('a stage', redis => {
  let connection: Redis;
  let lines: string[];
  let closers: (() => Promise<unknown>)[];

  beforeEach(() => {
    connection = new Redis({ ...redis().connection, maxRetriesPerRequest: null });
    lines = [];
    closers = [];
  });
  afterEach(async () => {
    for (const close of closers.toReversed()) await close();
    connection.disconnect();
  });

  const openStage = (account: string, run: (ref: MentionRef) => Promise<Outcome>, passed: MentionRef[] = [], watch = wellStore): Queue<MentionRef> => {
    const queue = openQueue<MentionRef>(queueName('publish', 'faketown', account), connection, error => lines.push(error.message));
    const startWorker = openWorkers({ connection, alive: { counted: (_, __, process) => process }, watch, log: line => lines.push(line) });
    const worker = startStage({ queue, startWorker, concurrency: 4, longestMs: 60_000, log: line => lines.push(line), run, next: async (_, ref) => void passed.push(ref) });
    closers.push(() => queue.close(), () => worker.close());
    return queue;
  };

  it('runs a mention, passes it on and keeps nothing of the job', async () => {
    const passed: MentionRef[] = [];
    const queue = openStage(self.account, async () => ({ kind: 'skipped', reason: 'own post' }), passed);
    const ref = refOf('2026-11-23T01:41:47.677Z/mention/01a2:3');
    await enqueue(queue, [ref]);
    await until(() => passed.length === 1);
    expect(passed).toEqual([ref]);
    await until(async () => Object.values(await queue.getJobCounts()).every(count => count === 0));
    expect(lines).toEqual([`faketown ${self.account} ${ref.id}: skipped: own post`]);
  });

  it('keeps a mention that is queued already as it is, and takes it again once it is done', async () => {
    const runs: string[] = [];
    const gate = Promise.withResolvers<void>();
    const queue = openStage(self.account, async ({ id }) => {
      runs.push(id);
      await gate.promise;
      return done;
    });
    await enqueue(queue, [refOf('1')]);
    await until(() => runs.length === 1);
    await enqueue(queue, [refOf('1'), refOf('1')]);
    await enqueue(queue, []);
    gate.resolve();
    await until(async () => Object.values(await queue.getJobCounts()).every(count => count === 0));
    expect(runs).toEqual(['1']);
    await enqueue(queue, [refOf('1')]);
    await until(() => runs.length === 2);
  });

  it('lets one mention wait alone when it must', async () => {
    const runs: { readonly id: string; readonly at: number }[] = [];
    const queue = openStage(self.account, async ({ id }) => {
      runs.push({ id, at: Date.now() });
      const waits = id === 'slow' && runs.filter(run => run.id === 'slow').length === 1;
      return waits ? { kind: 'later', afterMs: 400.4, reason: 'not yet', scope: 'mention' } : done;
    });
    await enqueue(queue, [refOf('slow'), refOf('a')]);
    await until(() => runs.length === 2);
    await enqueue(queue, [refOf('b')]);
    await until(() => runs.length === 4);
    expect(runs.map(({ id }) => id)).toEqual(['slow', 'a', 'b', 'slow']);
    expect((runs[3]?.at ?? 0) - (runs[0]?.at ?? 0)).toBeGreaterThanOrEqual(395);
    expect(lines).toEqual([`faketown ${self.account} slow: again in 0.4 s: not yet`]);
  });

  it.each([600, 600.7])('lets a whole account wait when it must, %d ms, and no other', async (afterMs: number) => {
    const runs: { readonly who: string; readonly at: number }[] = [];
    const openAccount = (account: string, waits: boolean) => openStage(account, async ({ id }) => {
      runs.push({ who: `${account} ${id}`, at: Date.now() });
      return waits && id === '1' && runs.filter(({ who }) => who === `${account} 1`).length === 1 ? { kind: 'later', afterMs, reason: 'said 429', scope: 'account' } : done;
    });
    const one = openAccount('one', true);
    const two = openAccount('two', false);
    await enqueue(one, [refOf('1', 'one')]);
    await until(() => runs.length === 1);
    const paused = Date.now();
    await until(() => lines.length === 1);
    await enqueue(one, [refOf('2', 'one')]);
    await enqueue(two, [refOf('1', 'two')]);
    await until(() => runs.length === 4);
    expect(runs[1]?.who).toBe('two 1');
    expect((runs[1]?.at ?? 0) - paused).toBeLessThan(400);
    expect(runs.slice(2).map(({ who }) => who).toSorted()).toEqual(['one 1', 'one 2']);
    expect((runs[2]?.at ?? 0) - paused).toBeGreaterThanOrEqual(500);
    expect(lines).toEqual(['faketown one 1: again in 0.6 s: said 429']);
  });

  it('does not trip over a wait of nothing', async () => {
    const runs: string[] = [];
    const queue = openStage(self.account, async ({ id }) => {
      runs.push(id);
      return runs.length < 3 ? { kind: 'later', afterMs: 0, reason: 'at once', scope: runs.length === 1 ? 'account' : 'mention' } : done;
    });
    await enqueue(queue, [refOf('1')]);
    await until(() => runs.length === 3);
    expect(lines.filter(line => !line.includes('again in 0.0 s'))).toEqual([]);
  });

  it('removes a job that fails, and the sweep runs it again', async () => {
    const clock = openFakeClock();
    const ledger = openLedger(redis().client, { keepFinalMs: 1_000, now: () => clock.now() });
    const [ref] = await ledger.see('faketown', self.account, [aMention('1')], 'c1');
    let runs = 0;
    const queue = openStage(self.account, async () => {
      if (++runs === 1) throw new TypeError('a bug');
      await ledger.change(refOf('1'), { from: ['seen'], to: 'skipped' });
      return { kind: 'skipped', reason: 'tried again' };
    });
    await enqueue(queue, ref ? [ref] : []);
    await until(() => lines.some(line => line.includes('a bug')));
    await until(async () => Object.values(await queue.getJobCounts()).every(count => count === 0));
    const account = { name: 'faketown', self };
    expect(await sweep(account, ledger, (_, refs) => enqueue(queue, refs))).toBe(0);
    clock.advance(5_000);
    expect(await sweep(account, ledger, (stage, refs) => enqueue(queue, stage === 'compose' ? refs : []))).toBe(1);
    await until(() => lines.some(line => line.includes('tried again')));
    expect(runs).toBe(2);
    expect(await sweep(account, ledger, (_, refs) => enqueue(queue, refs))).toBe(0);
  });

  it('waits while the store answers and loses what it has, and then goes on with every job and timer', async () => {
    let trouble: StoreTrouble | undefined = { line: 'it throws keys away', isAway: false, isLosing: true };
    const well = Promise.withResolvers<void>();
    const watch: StoreWatch = { ...wellStore, trouble: () => trouble, whenWell: () => well.promise };
    const runs: string[] = [];
    const queue = openStage(self.account, async ({ id }) => {
      runs.push(id);
      return done;
    }, [], watch);
    const timers = openQueue('timers', connection, error => lines.push(error.message));
    const worker = openWorkers({ connection, alive: { counted: (_, __, process) => process }, watch, log: line => lines.push(line) })('timers', { concurrency: 4, longestMs: 60_000 }, async () => void runs.push('tick'), (_, error) => error.message);
    closers.push(() => timers.close(), () => worker.close());
    await timers.upsertJobScheduler('tick', { every: 200 }, { name: 'tick' });
    await enqueue(queue, ['1', '2', '3'].map(id => refOf(id)));
    await new Promise(resolve => setTimeout(resolve, 1_500));
    expect(runs).toEqual([]);
    trouble = undefined;
    well.resolve();
    await until(() => runs.filter(run => run === 'tick').length > 3 && runs.includes('1') && runs.includes('2') && runs.includes('3'));
    expect(runs.filter(run => run !== 'tick').toSorted()).toEqual(['1', '2', '3']);
    expect(lines).toEqual([]);
  });

  it('is swept to by the state that a record is in', async () => {
    const clock = openFakeClock();
    const ledger = openLedger(redis().client, { keepFinalMs: 1_000, now: () => clock.now() });
    const states = ['seen', 'drafted', 'held', 'ready', 'posting', 'unknown', 'posted', 'parked'] as const;
    await ledger.see('faketown', self.account, states.map(state => aMention(state)), 'c1');
    for (const state of states) await ledger.change(refOf(state), { from: ['seen'], to: state });
    clock.advance(5_000);
    const woken: Record<string, string[]> = {};
    expect(await sweep({ name: 'faketown', self }, ledger, async (stage, refs) => void (woken[stage] = refs.map(({ id }) => id)))).toBe(6);
    expect({ compose: woken.compose, publish: woken.publish?.toSorted() }).toEqual({ compose: ['seen'], publish: ['drafted', 'held', 'posting', 'ready', 'unknown'] });
  });
  it.each([
    ['waited for somebody until they were too old (held)', async (ids: readonly string[]) => {
      const ledger = openLedger(redis().client, { keepFinalMs: 1_000, now: () => 1 });
      await ledger.see('faketown', self.account, ids.map(id => aMention(id)), 'c0');
      for (const id of ids) await ledger.change(refOf(id), { from: ['seen'], to: 'held' });
    }],
    ['have vanished', async (ids: readonly string[]) => void await redis().client.zadd(`repartee:due:faketown:${self.account}`, ...ids.flatMap((id, at) => [at, id]))],
  ])('is swept to behind two hundred mentions that %s', async (_, prepare) => {
    const clock = openFakeClock();
    const ledger = openLedger(redis().client, { keepFinalMs: 1_000, now: () => clock.now() });
    await prepare(Array.from({ length: 200 }, (__, at) => `old-${at}`));
    await ledger.see('faketown', self.account, [aMention('new')], 'c1');
    clock.advance(5_000);
    const woken: string[] = [];
    for (let sweeps = 0; sweeps < 2; sweeps++) await sweep({ name: 'faketown', self }, ledger, async (__, refs) => void woken.push(...refs.map(({ id }) => id)));
    expect(woken.at(-1)).toBe('new');
  });
});
