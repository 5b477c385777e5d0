import type { ChildProcess } from 'node:child_process';

/** A process that is killed and started again. */
export interface Victim {
  isReady(): boolean;
  /** Resolves once it is ready; fails when that takes too long, with what it said last. */
  ready(): Promise<void>;
  /** SIGKILL; the next one starts as soon as it is gone. */
  kill(): void;
  /** The end, for good. */
  end(): Promise<void>;
}

const startsWithinMs = 30_000;

/** Keeps one process running. `start` is given what to call when it is ready. `onDeath` hears of every end that nobody asked for. */
export function openVictim(name: string, start: (ready: () => void) => ChildProcess, onDeath: (error: Error) => void): Victim {
  let child: ChildProcess;
  let isReady = false;
  let hasEnded = false;
  let wanted = 0;
  let gone: Promise<void>;
  let whenReady = Promise.withResolvers<void>();

  const run = (): void => {
    isReady = false;
    const mine = start(() => {
      if (child !== mine) return;
      isReady = true;
      whenReady.resolve();
    });
    child = mine;
    gone = new Promise(resolve => mine.once('exit', (code, signal) => {
      resolve();
      isReady = false;
      if (hasEnded) return;
      if (wanted === 0) return onDeath(new Error(`${name} has ended by itself (${signal ?? code})`));
      wanted = 0;
      whenReady = Promise.withResolvers();
      run();
    }));
  };
  run();

  return {
    isReady: () => isReady,
    async ready() {
      const timer = setTimeout(() => whenReady.reject(new Error(`${name} was not ready within ${startsWithinMs / 1_000} s`)), startsWithinMs);
      try {
        await whenReady.promise;
      } finally {
        clearTimeout(timer);
      }
    },
    kill() {
      if (wanted > 0) return;
      wanted += 1;
      child.kill('SIGKILL');
    },
    async end() {
      hasEnded = true;
      child.kill('SIGKILL');
      await gone;
    },
  };
}
