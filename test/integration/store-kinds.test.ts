import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { Queue, Worker, type Job } from 'bullmq';
import { joinStore, openStore, type Store } from '../../src/store/redis.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { describeOverStores, open, readThreefold, runBeside, threefold, threefoldKeys } from './store-setup.ts';

const removal = { removeOnComplete: true, removeOnFail: true };

function openQueue(store: Store, name: string): Queue {
  const queue = new Queue(name, { connection: store.connection, streams: { events: { maxLen: 50 } } });
  queue.on('error', error => {
    throw error;
  });
  onTestFinished(() => queue.close());
  return queue;
}

/** A worker that hands its first `count` jobs over. */
function work(store: Store, name: string, count: number): Promise<readonly Job[]> {
  const jobs: Job[] = [];
  return new Promise(done => {
    const worker = new Worker(name, async job => {
      jobs.push(job);
      if (jobs.length === count) done(jobs);
    }, { connection: store.connection, concurrency: 5 });
    worker.on('error', error => {
      throw error;
    });
    onTestFinished(() => worker.close());
  });
}

describeOverStores('A store', (where, kind) => {
  it('runs a BullMQ queue: every job once, with its data', async () => {
    const store = await open(await where());
    expect(store.kind).toBe(kind);
    const queue = openQueue(store, 'round-trip');
    const done = work(store, 'round-trip', 40);
    await Promise.all(Array.from({ length: 40 }, (_, n) => queue.add('n', { text: `é ${n}` }, { jobId: `job-${n}`, ...removal })));
    const texts = (await done).map(job => (job.data as { text: string }).text).toSorted();
    expect(texts).toEqual(Array.from({ length: 40 }, (_, n) => `é ${n}`).toSorted());
  });

  it('runs a delayed job when it is due, not before', async () => {
    const store = await open(await where());
    const queue = openQueue(store, 'delayed');
    const done = work(store, 'delayed', 1);
    const added = performance.now();
    await queue.add('later', {}, { jobId: 'later', delay: 300, ...removal });
    await done;
    const tookMs = performance.now() - added;
    expect(tookMs).toBeGreaterThanOrEqual(290);
    expect(tookMs).toBeLessThan(2_000);
  });

  it('runs a job scheduler again and again', async () => {
    const store = await open(await where());
    const queue = openQueue(store, 'scheduled');
    await queue.upsertJobScheduler('every', { every: 100 }, { name: 'tick', opts: removal });
    const jobs = await work(store, 'scheduled', 3);
    expect(jobs.map(job => job.name)).toEqual(['tick', 'tick', 'tick']);
  });

  it('keeps queue and keys over a stop and a start', async () => {
    const options = await where();
    const first = await openStore(options);
    const queue = new Queue('kept', { connection: first.connection });
    await queue.add('n', { kept: true }, { jobId: 'kept-1' });
    await first.client.set('bytes', Buffer.from([0, 255, 10, 13, 128]));
    await first.client.set('short', 'gone soon', 'PX', 150);
    await first.client.set('long', 'stays', 'PX', 60_000);
    await queue.close();
    await first.close();

    const second = await open(options);
    const [job] = await work(second, 'kept', 1);
    expect(job?.data).toEqual({ kept: true });
    expect(await second.client.getBuffer('bytes')).toEqual(Buffer.from([0, 255, 10, 13, 128]));
    expect(await second.client.pttl('long')).toBeGreaterThan(50_000);
    await new Promise(due => setTimeout(due, 200));
    expect(await second.client.get('short')).toBeNull();
  });

  it('holds everything that a killed writer was told is done, and no half of a script', async () => {
    const options = await where();
    const writer = runBeside(options, `
      const { client } = await openStore(options);
      const write = async () => { for (;;) print(await client.eval(${JSON.stringify(threefold)}, 5, ...${JSON.stringify(threefoldKeys)})); };
      await Promise.all(Array.from({ length: 8 }, write));`);
    await writer.reaches(300);
    await writer.kill('SIGKILL');
    const acknowledged = Math.max(...writer.lines().map(Number));
    expect(acknowledged).toBeGreaterThanOrEqual(300);

    const store = await open(options);
    const numbers = await readThreefold(store.client);
    expect(new Set(numbers).size).toBe(1);
    expect(numbers[0]).toBeGreaterThanOrEqual(acknowledged);
  });

  it('lets another process join a running one, and only disconnect', async () => {
    const options = await where();
    const store = await open(options);
    await store.client.set('from', 'here');
    const other = runBeside({ ...options, store: kind === 'url' ? 'url' : 'auto' }, `
      const store = await joinStore(options);
      print(store.kind);
      print(await store.client.get('from'));
      await store.client.set('from', 'there');
      await store.close();`);
    expect(await other.ended).toBe(0);
    expect(other.lines()).toEqual([kind, 'here']);
    expect(await store.client.get('from')).toBe('there');
  });

  if (kind === 'url') return;

  it('shows nobody else what it keeps, and leaves no address behind', async () => {
    const options = await where();
    const store = await open(options);
    const modes = readdirSync(options.data, { withFileTypes: true }).map(entry => statSync(join(options.data, entry.name)).mode & 0o077);
    expect(modes.length).toBeGreaterThanOrEqual(2);
    expect(modes.every(mode => mode === 0)).toBe(true);
    expect(JSON.parse(readFileSync(join(options.data, 'redis.json'), 'utf8'))).toMatchObject({ kind });
    await store.close();
    expect(readdirSync(options.data)).not.toContain('redis.json');
    expect(await joinStore(options)).toBeUndefined();
  });
});
