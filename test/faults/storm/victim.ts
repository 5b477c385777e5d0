import type { ChildProcess } from 'node:child_process';
import type { Kill } from './schedule.ts';
import { bestOf, type Hit, type Ties } from './side.ts';

/** A process that is killed and started again. */
export interface Victim {
  isReady(): boolean;
  /** Of the one that runs now. */
  pid(): number | undefined;
  /** Resolves once it is ready; fails when that takes too long. */
  ready(): Promise<void>;
  /** SIGKILL; the next one starts as soon as it is gone. Until then nobody is hit. */
  kill(): Hit;
}

const startsWithinMs = 90_000;

/** Keeps one process running until the storm ends. `start` is given what to call when it is ready. */
export function openVictim(name: string, start: (ready: () => void) => ChildProcess, { onEnd, onDeath, stopped }: Ties): Victim {
  let child: ChildProcess;
  let isReady = false;
  let hasEnded = false;
  let isDying = false;
  /** When nobody holds the pipes of each any more. */
  const gone: Promise<void>[] = [];
  let whenReady = Promise.withResolvers<void>();

  const run = (): void => {
    const mine = start(() => {
      if (child !== mine || isDying) return;
      isReady = true;
      whenReady.resolve();
    });
    child = mine;
    gone.push(new Promise(resolve => {
      mine.once('error', error => {
        resolve();
        onDeath(error);
      });
      mine.once('close', () => resolve());
    }));
    // 'close' comes seconds later where what it had started outlives it and holds its pipe.
    mine.once('exit', (code, signal) => {
      isReady = false;
      if (hasEnded) return;
      if (!isDying) return onDeath(new Error(`${name} has ended by itself (${signal ?? code})`));
      isDying = false;
      whenReady = Promise.withResolvers();
      run();
    });
  };
  run();
  onEnd(async () => {
    hasEnded = true;
    child.kill('SIGKILL');
    await Promise.all(gone);
  });

  return {
    isReady: () => isReady,
    pid: () => child.pid,
    async ready() {
      const timer = setTimeout(() => whenReady.reject(new Error(`${name} was not ready within ${startsWithinMs / 1_000} s`)), startsWithinMs);
      try {
        await Promise.race([whenReady.promise, stopped]);
      } finally {
        clearTimeout(timer);
      }
    },
    kill() {
      if (isDying || !child.kill('SIGKILL')) return 'nobody';
      const hit = isReady ? 'ready' : 'starting';
      isDying = true;
      isReady = false;
      return hit;
    },
  };
}

/** Kills one of those that work, a ready one if there is one, or all of them. */
export function killWorkers(workers: readonly Victim[], { target, which }: Kill): Hit {
  const first = workers.slice(which).concat(workers.slice(0, which));
  const chosen = target === 'work' || target === 'listen' ? [first.find(worker => worker.isReady()) ?? first[0]] : workers;
  return bestOf(chosen.map(worker => worker?.kill() ?? 'nobody'));
}
