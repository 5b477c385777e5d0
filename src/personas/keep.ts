import { statSync } from 'node:fs';
import type { Persona } from '../core/types.ts';
import { fileOf, loadPersona } from './load.ts';

/**
 * The persona as its file is now: looked at each time, read again when it changed. A file that is broken, or gone, leaves the last good one in use
 * and is told of once, with what is wrong. Throws SetupError when there is no good one to begin with.
 */
export function keepPersona(nameOrPath: string, folders: readonly string[], say: (line: string) => void): () => Persona {
  let known = look(nameOrPath, folders);
  let kept = loadPersona(nameOrPath, folders);
  return () => {
    const now = look(nameOrPath, folders);
    if (now === known) return kept;
    known = now;
    try {
      const fresh = loadPersona(nameOrPath, folders);
      if (fresh.version !== kept.version) say(`voice: ${fresh.name} (${fresh.version}), read anew`);
      kept = fresh;
    } catch (error) {
      say(`${error instanceof Error ? error.message : String(error)}; the voice stays ${kept.name} (${kept.version})`);
    }
    return kept;
  };
}

/** Changes when the file does. */
function look(nameOrPath: string, folders: readonly string[]): string {
  try {
    const { ino, size, mtimeMs } = statSync(fileOf(nameOrPath, folders));
    return [ino, size, mtimeMs].join(' ');
  } catch {
    return 'gone'; // loading it says why
  }
}
