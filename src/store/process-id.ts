import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process so that another one can tell whether it is surely gone.
 * On Linux the name holds the boot, the pid namespace, the pid and its start time; elsewhere nobody can tell, and `isGone` says no.
 */
export function openProcessId(): { readonly id: string; isGone(id: string): boolean; isAlive(id: string): boolean } {
  const place = readPlace();
  const id = `${hostname()}/${place}/${process.pid}/${startTime(process.pid) ?? '?'}`;
  /** Start time of the named process then and now; undefined when we cannot look there. */
  const look = (other: string): { readonly now: string | undefined; readonly then: string } | undefined => {
    const [host, otherPlace, pid, then] = other.split('/');
    if (place === '?' || host !== hostname() || otherPlace !== place || !pid || !then || then === '?') return undefined;
    return { now: startTime(Number(pid)), then };
  };
  return {
    id,
    isGone(other) {
      const seen = look(other);
      return seen !== undefined && seen.now !== seen.then;
    },
    isAlive(other) {
      const seen = look(other);
      return seen !== undefined && seen.now === seen.then;
    },
  };
}

function readPlace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}.${readlinkSync('/proc/self/ns/pid').replace(/\D/g, '')}`;
  } catch {
    return '?'; // not Linux
  }
}

/** Start time in clock ticks since boot (proc(5), stat field 22); undefined when no such process runs. */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
