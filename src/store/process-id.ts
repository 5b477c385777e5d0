import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Names this process so that another one can tell whether it is surely gone.
 * On Linux the name holds the boot, the pid namespace, the pid and its start time; elsewhere nobody can tell, and nobody is ever surely gone.
 */
export function openProcessId(now: () => number = () => performance.now()) {
  const place = readPlace();
  const id = `${hostname()}/${place}/${process.pid}/${startTime(process.pid) ?? '?'}`;
  /** Start time of the named process then and now; undefined when we cannot look there. */
  const look = (other: string): { readonly now: string | undefined; readonly started: string } | undefined => {
    const [host, otherPlace, pid, started] = other.split('/');
    if (place === '?' || host !== hostname() || otherPlace !== place || !pid || !started || started === '?') return undefined;
    return { now: startTime(Number(pid)), started };
  };
  const firstSeenGone = new Map<string, number>();
  return {
    id,
    /** For how many ms at least the named process has been unable to write anything; undefined when it lives or nobody can tell. */
    goneForMs(other: string): number | undefined {
      const seen = look(other);
      if (seen === undefined || seen.now === seen.started) return undefined;
      const since = firstSeenGone.get(other) ?? now();
      firstSeenGone.set(other, since);
      return now() - since;
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
