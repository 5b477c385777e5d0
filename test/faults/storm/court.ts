import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Judge, JudgeOptions, Judged, Mention, News } from './judge.ts';
import type { Order, Result } from './judge-process.ts';
import type { Ties } from './side.ts';

/** The judge, seen from the storm: its process, its addresses and what it says. */
export interface Court extends Judge {
  readonly url: string;
  readonly modelUrl: string;
  /** Resolves when that many more posts were taken, or when the time is over. */
  posts(count: number, withinMs: number): Promise<void>;
}

const startsWithinMs = 90_000;

/** Opens a judge in a process of its own. */
export async function openCourt(options: JudgeOptions, { onEnd, stopped }: Ties): Promise<Court> {
  const child = fork(join(import.meta.dirname, 'judge-process.ts'), [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: ['--no-warnings'] });
  const gone = new Promise(resolve => child.once('close', resolve));
  onEnd(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  const ready = Promise.withResolvers<{ readonly url: string; readonly modelUrl: string }>();
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const watchers = new Set<() => void>();
  let orders = 0;

  child.on('message', (message: News | Result) => {
    if ('ready' in message) ready.resolve(message.ready);
    else if ('posted' in message) watchers.forEach(watcher => watcher());
    else {
      const order = waiting.get(message.order);
      waiting.delete(message.order);
      if ('error' in message) order?.reject(new Error(message.error));
      else order?.resolve(message.value);
    }
  });
  child.once('exit', (code, signal) => {
    const error = new Error(`the judge's process has ended (${signal ?? code})`);
    ready.reject(error);
    for (const order of waiting.values()) order.reject(error);
  });

  const call = (verb: Order['verb'], number = 0): Promise<unknown> => new Promise((resolve, reject) => {
    orders += 1;
    waiting.set(orders, { resolve, reject });
    child.send({ order: orders, verb, number } satisfies Order, error => error && reject(error));
  });
  const { url, modelUrl } = await Promise.race([ready.promise, stopped, wait(startsWithinMs, undefined, { ref: false }).then(() => Promise.reject(new Error('the judge does not start')))]);
  return {
    url, modelUrl,
    ask: async number => await call('ask', number) as Mention,
    trouble: async number => void await call('trouble', number),
    count: async () => await call('count') as readonly Judged[],
    posts: (count, withinMs) => new Promise(resolve => {
      let seen = 0;
      const end = (): void => {
        clearTimeout(timer);
        watchers.delete(watcher);
        resolve();
      };
      const watcher = (): void => {
        seen += 1;
        if (seen >= count) end();
      };
      const timer = setTimeout(end, withinMs);
      watchers.add(watcher);
    }),
  };
}
