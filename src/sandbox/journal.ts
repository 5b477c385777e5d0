import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface Journal<Entry> {
  readonly past: readonly Entry[];
  /** Returns when the operating system holds the line: a killed process loses nothing it acknowledged. */
  append(entry: Entry): void;
  close(): void;
}

const readPast = <Entry>(path: string): readonly Entry[] => {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf(0x0a) + 1;
  // A killed writer leaves half a line; nobody was told that it counts.
  if (end < bytes.length) truncateSync(path, end);
  return bytes.subarray(0, end).toString('utf8').split('\n').flatMap((line, at) => {
    if (line === '') return [];
    try {
      return [JSON.parse(line) as Entry];
    } catch (cause) {
      throw new Error(`${path}: line ${at + 1} is not JSON`, { cause });
    }
  });
};

/** The journal of that name in a folder, one change a line; without a folder one that forgets. */
export const openJournal = <Entry>(folder: string | undefined, name: string): Journal<Entry> => {
  if (folder === undefined) return { past: [], append() {}, close() {} };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  const past = readPast<Entry>(path);
  const file = openSync(path, 'a', 0o600);
  return {
    past,
    append(entry) {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      for (let at = 0; at < line.length;) at += writeSync(file, line, at);
    },
    close: () => closeSync(file),
  };
};
