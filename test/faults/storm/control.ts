import { fork } from 'node:child_process';
import { join } from 'node:path';
import { openQueue } from '../../../workers/queues.ts';
import type { Court } from './court.ts';
import type { Mention } from './judge.ts';
import type { NaiveOptions } from './naive.ts';
import { openRedis } from './redis.ts';
import type { Side, Ties } from './side.ts';
import { killWorkers, openVictim } from './victim.ts';

const name = 'naive';

/** Starts two naive workers on a Redis of their own, answering as a person of that handle. They have no listener: its kills fall on one that works. */
export async function openControl(court: Court, handle: string, folder: string, ties: Ties): Promise<Side> {
  const redis = await openRedis(folder, ties);
  const queue = openQueue<Mention>(name, redis.client, ties.onDeath);
  ties.onEnd(() => queue.close());
  const options: NaiveOptions = { port: redis.port, queue: name, url: court.url, modelUrl: court.modelUrl, handle };
  const open = (title: string) => openVictim(title, ready => {
    const child = fork(join(import.meta.dirname, 'naive.ts'), [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--no-warnings'] });
    child.on('message', ready);
    return child;
  }, ties);
  const workers = [open('the first naive worker'), open('the second naive worker')];
  let heard = 0;
  const side: Side = {
    async heard(mention) {
      heard += 1;
      await queue.add('mention', mention, { attempts: 1_000, backoff: { type: 'fixed', delay: 1_000 }, removeOnComplete: true });
    },
    isReady: () => workers.some(worker => worker.isReady()),
    kill: kill => killWorkers(workers, kill),
    async done() {
      const { waiting = 0, active = 0, delayed = 0, prioritized = 0 } = await queue.getJobCounts('waiting', 'active', 'delayed', 'prioritized');
      return heard - waiting - active - delayed - prioritized;
    },
  };
  await Promise.all(workers.map(worker => worker.ready()));
  return side;
}
