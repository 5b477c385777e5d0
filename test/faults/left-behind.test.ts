// Redis comes back with less than it had while some of its bots live on: what they still believe.
import { describe, expect, it } from '@jest/globals';
import { closing } from '../support/cleanup.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { findProgram } from '../support/servers.ts';

const isMissing = findProgram('redis-server') === undefined;
const onRedis = isMissing ? describe.skip : describe;

const askAll = (scene: Scene, count: number) => Promise.all(Array.from({ length: count }, () => scene.ask()));
const once = (count: number) => Array.from({ length: count }, () => 1);

onRedis(`Redis comes back with less than its bots know${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  /** Nobody sweeps but who works, and that one was not started anew. */
  const sweepEmptied = async (): Promise<void> => {
    const scene = await openScene('mastodon');
    const listener = await scene.bot({ role: 'listen' });
    const worker = await scene.bot({ role: 'work' });
    await scene.ask();
    await scene.settled(20_000);
    await scene.redis.end();
    await scene.redis.cut(size => size);
    await scene.redis.start();
    await scene.ask();
    await scene.settled(20_000);
    await listener.end();
    const lost = await scene.ask();
    const doomed = await scene.bot({ role: 'listen', point: 'before the queue' });
    await doomed.ended;
    expect(await scene.state(lost)).toBe('seen');
    await scene.bot({ role: 'listen' });
    await scene.settled(20_000);
    expect(await scene.counts()).toEqual(once(3));
    expect(worker.output()).toContain('it is set anew');
  };

  it.concurrent('it is empty while its bots live: what never reached a queue is woken up all the same', closing(sweepEmptied), 180_000);

  it.concurrent('a backup from before another process listened is brought back, and the first one goes on where it was stopped', closing(async () => {
    const scene = await openScene('gotosocial');
    const first = await scene.bot();
    await askAll(scene, 1);
    await scene.settled(20_000);
    await new Promise(resolve => setTimeout(resolve, 2_500));
    first.process.kill('SIGSTOP');
    await scene.redis.backup();
    // Once the lease of the first one is over.
    const second = await scene.bot();
    await askAll(scene, 1);
    await scene.settled(20_000);
    await second.end('SIGKILL');
    await scene.redis.end();
    await scene.redis.restore();
    await scene.redis.start();
    first.process.kill('SIGCONT');
    await askAll(scene, 1);
    await scene.settled(30_000);
    expect(await scene.counts()).toEqual(once(3));
  }), 180_000);
});
