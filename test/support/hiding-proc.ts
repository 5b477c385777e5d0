import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from './cleanup.ts';

/** A /proc that shows this process and nobody else, as another user sees one with hidepid. Until the test ends. */
export function hidingProc(): string {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-proc-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, String(process.pid)));
  symlinkSync(`/proc/${process.pid}/stat`, join(folder, String(process.pid), 'stat'));
  symlinkSync('/proc/sys', join(folder, 'sys'));
  symlinkSync(`/proc/${process.pid}`, join(folder, 'self'));
  return folder;
}
