// Processes that are stopped with SIGSTOP, and what the kernel says of them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { ChildProcess } from 'node:child_process';
import { until } from './until.ts';

/** Each thread's name, state and where in the kernel it waits, as Linux tells it; elsewhere nothing. */
export function threadsOf({ pid }: ChildProcess): string[] {
  const tasks = `/proc/${pid}/task`;
  if (!existsSync(tasks)) return [];
  const read = (file: string): string => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch {
      return ''; // ended meanwhile, or not for us to read
    }
  };
  return readdirSync(tasks).map(id => {
    const [, name, state] = /\((.*)\) (\w)/su.exec(read(`${tasks}/${id}/stat`)) ?? [];
    return `${name ?? '?'} ${state ?? '?'} ${read(`${tasks}/${id}/wchan`)}`;
  });
}

const isStopped = (child: ChildProcess): boolean => threadsOf(child).some(thread => / T /u.test(thread));

/** Sends SIGCONT to what has stopped itself: once it has, and again if that was not heard. */
export async function wake(child: ChildProcess): Promise<void> {
  if (existsSync('/proc')) await until(() => isStopped(child));
  child.kill('SIGCONT');
  let calls = 1;
  await until(() => {
    if (!isStopped(child)) return true;
    calls += 1;
    child.kill('SIGCONT');
    return false;
  }, 10_000, 500);
  if (calls > 2) process.stdout.write(`  process ${child.pid} was called ${calls} times until it woke up\n`);
}
