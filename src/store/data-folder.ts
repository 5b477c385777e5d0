import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, readlinkSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../core/errors.ts';

/** How often a lock is touched, and after which silence it is nobody's any more. */
const beatMs = 3_000;
const silenceMs = 15_000;

/**
 * Makes the folder if need be and keeps other processes out of it until `release`, or until this process is gone.
 * SetupError when another one is in there.
 */
export async function lockDataFolder(data: string, proc = '/proc'): Promise<{ readonly release: () => void }> {
  makeFolder(data);
  const lock = join(data, 'lock');
  const mine = `${process.pid} ${readStartedAt(process.pid) ?? '?'} ${readPlace()} ${randomUUID()}\n`;
  const draft = `${lock}.${process.pid}.${randomUUID()}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // A link to a finished file: whoever sees the lock sees all of it, and only one link can win.
    let tookOver = false;
    do {
      while (readText(lock) !== mine && !tryLink(draft, lock)) {
        removeStale(lock, data, proc);
        tookOver = true;
      }
      // Two that find the same stale lock may move each other's new one aside for a moment: a second look settles it.
      if (tookOver) await sleep(20);
    } while (readText(lock) !== mine);
  } finally {
    rmSync(draft, { force: true });
  }
  const beat = setInterval(() => {
    if (readText(lock) === mine) utimesSync(lock, new Date(), new Date());
  }, beatMs).unref();
  return {
    release() {
      clearInterval(beat);
      if (readText(lock) === mine) rmSync(lock);
    },
  };
}

/** Makes a folder for our eyes only. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SetupError(`cannot make the data folder ${path}: ${(error as Error).message}`);
  }
}

/** When a process started, as a word that another process with the same number will not have; undefined when none runs, '?' when that is not shown. */
export function readStartedAt(pid: number, proc = '/proc'): string | undefined {
  if (process.platform === 'linux') {
    const stat = readShown(`${proc}/${pid}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields === undefined) return isNumberTaken(pid) ? '?' : undefined; // hidden (hidepid, ProtectProc), or gone
    return fields[0] === 'Z' ? undefined : fields[19];
  }
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'win32') return '?';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim().replaceAll(' ', '-') || undefined;
  } catch {
    return undefined; // ps ends with 1 when there is no such process
  }
}

export function isAlive(pid: number): boolean {
  return process.platform === 'linux' ? readStartedAt(pid) !== undefined : isNumberTaken(pid); // Linux knows a zombie when it sees one
}

/** Whether some process has this number, also one that is hidden from us. When asking is forbidden, one may have it. */
export function isNumberTaken(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Where process numbers mean what they mean here: this boot of this machine, and this container. */
function readPlace(): string {
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim();
  return boot === undefined ? hostname() : `${boot}.${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function touchedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Takes the lock of a process that is gone out of the way; SetupError when its process is there. */
function removeStale(lock: string, data: string, proc: string): void {
  const text = readText(lock);
  if (text === undefined) return;
  const [pid = '', startedAt = '', place = ''] = text.trim().split(' ');
  // A process that we cannot look at lives as long as it touches its lock.
  const found = place === readPlace() ? (/^\d+$/.test(pid) ? readStartedAt(Number(pid), proc) : undefined) : '?';
  const isThere = found === '?' ? Date.now() - touchedAt(lock) < silenceMs : found === startedAt;
  if (isThere) {
    throw new SetupError(`data folder ${data} is in use by process ${pid}: stop it first, or choose another folder with REPARTEE_DATA`);
  }
  // Between reading and removing, somebody else may have taken the lock over: what is moved aside is looked at again.
  const aside = `${lock}.${process.pid}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (readText(aside) !== text) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

/** The same where it may be kept from us. */
function readShown(path: string): string | undefined {
  try {
    return readText(path);
  } catch {
    return undefined;
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
