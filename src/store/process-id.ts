import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { isNumberTaken } from './data-folder.ts';

/**
 * Names this process so that another one can tell whether it is surely gone.
 * On Linux the name holds the boot, the pid namespace, the pid and its start time; elsewhere nobody can tell, and nobody is ever surely gone.
 * Where /proc (`proc`) hides the processes of others (hidepid, ProtectProc), whose number is still taken may live.
 */
export function openProcessId(now: () => number = () => performance.now(), proc = '/proc') {
  const place = readPlace(proc);
  const startTime = (pid: number) => readStartTime(pid, proc);
  const id = `${hostname()}/${place}/${process.pid}/${startTime(process.pid) ?? '?'}`;
  /** Start time of the named process then and now, '' now when it is gone; undefined when we cannot look there. */
  const look = (other: string): { readonly now: string; readonly started: string } | undefined => {
    const [host, otherPlace, pid, started] = other.split('/');
    if (place === '?' || host !== hostname() || otherPlace !== place || !pid || !started || started === '?') return undefined;
    const found = startTime(Number(pid)) ?? (isNumberTaken(Number(pid)) ? undefined : '');
    return found === undefined ? undefined : { now: found, started };
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

function readPlace(proc: string): string {
  try {
    return `${readFileSync(`${proc}/sys/kernel/random/boot_id`, 'utf8').trim()}.${readlinkSync(`${proc}/self/ns/pid`).replace(/\D/g, '')}`;
  } catch {
    return '?'; // not Linux
  }
}

/** Start time in clock ticks since boot (proc(5), stat field 22), '' of one that has ended and still has its number; undefined when none is shown. */
function readStartTime(pid: number, proc: string): string | undefined {
  try {
    const stat = readFileSync(`${proc}/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? '' : fields[19];
  } catch {
    return undefined;
  }
}
