import { open, readFile, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { SetupError } from '../core/errors.ts';

/** One change of the keyspace: verb, key, and what the verb needs. Plain values, Buffers, Maps and bigints. */
export type Change = readonly [verb: string, key: Buffer, ...rest: unknown[]];

/** A walk over all keys while they keep changing. Both verbs are called between two turns of the event loop. */
export interface Walk {
  /** Whether the change concerns a key that was walked over already, and so must follow it. */
  passed(change: Change): boolean;
  /** Changes that create the next few keys; undefined after the last. */
  next(): Change[] | undefined;
}

export interface Journal {
  /** Joins the record of this turn of the event loop: a script or transaction, which never leaves its turn, is in it whole or not at all. */
  append(change: Change): void;
  /** Calls back once everything appended so far is on disk: at once when it is. */
  whenFlushed(callback: () => void): void;
  /** Writes the file anew soon: what was deleted is gone from it then. */
  rewrite(): void;
  /** Flushes, rewrites and closes. */
  close(): Promise<void>;
}

// A record: marker, length of the body, checksum of the body, body. Only one record is ever unsynced, so a bad one is a torn tail
// (nothing in it was acknowledged) exactly when no good one follows.
const marker = Buffer.from([0x89, 0x52, 0x50, 0x54]);
const headSize = 12;
const rewriteAtBytes = 4 * 1024 * 1024;

/** Hands every change of a journal to `apply`, oldest first, and cuts a torn tail. Returns its size then, and the bytes cut; no file is an empty journal. */
export async function readJournal(path: string, apply: (changes: Change[]) => void): Promise<{ readonly size: number; readonly cut: number }> {
  await rm(`${path}.part`, { force: true });
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  let at = 0;
  for (let end = endOfRecord(bytes, at); end !== undefined; end = endOfRecord(bytes, at)) {
    apply(deserialize(bytes.subarray(at + headSize, end)) as Change[]);
    at = end;
  }
  const cut = bytes.length - at;
  if (cut > 0) {
    for (let next = bytes.indexOf(marker, at + 1); next >= 0; next = bytes.indexOf(marker, next + 1)) {
      if (endOfRecord(bytes, next) !== undefined) {
        throw new SetupError(`the journal ${path} is damaged at byte ${at}, with good records after it: restore it from a backup, or move it away to start empty`);
      }
    }
    const file = await open(path, 'r+');
    await file.truncate(at);
    await file.datasync();
    await file.close();
  }
  return { size: at, cut };
}

function endOfRecord(bytes: Buffer, at: number): number | undefined {
  if (bytes.length < at + headSize || bytes.compare(marker, 0, 4, at, at + 4) !== 0) return undefined;
  const end = at + headSize + bytes.readUInt32LE(at + 4);
  if (end > bytes.length || crc32(bytes.subarray(at + headSize, end)) !== bytes.readUInt32LE(at + 8)) return undefined;
  return end;
}

function toRecord(changes: readonly Change[]): Buffer {
  const body = serialize(changes);
  const head = Buffer.alloc(headSize);
  marker.copy(head);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(crc32(body), 8);
  return Buffer.concat([head, body]);
}

/**
 * Appends to the journal at `path` after its first `kept` bytes, one flush per batch. It is rewritten from a `walk` at once, and whenever
 * it has doubled since, and every `everyMs`: what ended by itself is still in what is not written anew. A disk that refuses is told to `warn` and tried again: until it takes the batch, nothing is acknowledged.
 */
export async function openJournal(path: string, kept: number, walk: () => Walk, warn: (line: string) => void, everyMs?: number): Promise<Journal> {
  type Batch = { readonly changes: Change[]; readonly waiting: (() => void)[] };
  let file = await open(path, kept === 0 ? 'w' : 'r+', 0o600);
  await syncFolder(path);
  let size = kept;
  let rewriteAt = kept === 0 ? rewriteAtBytes : 0;
  let rewriting: Rewriting | undefined;
  let filling: Batch = { changes: [], waiting: [] };
  let flushing: Batch | undefined;
  let running: Promise<void> | undefined;

  async function persist(record: Buffer): Promise<void> {
    for (;;) {
      try {
        // At a fixed place: after a failed flush the pages count as clean, so the bytes are written again, not only flushed.
        await writeAll(file, record, size);
        await file.datasync();
        size += record.length;
        return;
      } catch (error) {
        warn(`cannot write ${path}, waiting: ${(error as Error).message}`);
        await sleep(1_000);
      }
    }
  }

  async function run(): Promise<void> {
    while (filling.changes.length > 0 || rewriting || size >= rewriteAt) {
      await nextTurn(); // a batch ends where a turn of the event loop does
      const batch = filling;
      flushing = batch;
      filling = { changes: [], waiting: [] };
      const portion = rewriting && toPortion(rewriting, batch.changes, walk);
      if (batch.changes.length > 0) await persist(toRecord(batch.changes));
      flushing = undefined;
      for (const callback of batch.waiting) callback();
      await rewrite(portion);
    }
  }

  async function rewrite(portion: Portion | undefined): Promise<void> {
    try {
      if (!rewriting) {
        if (size >= rewriteAt) rewriting = { file: await open(`${path}.part`, 'w', 0o600), size: 0 };
        return;
      }
      if (portion) rewriting.size += await writeAll(rewriting.file, portion.record, rewriting.size);
      if (!portion?.last) return;
      await rewriting.file.datasync();
      await rename(`${path}.part`, path);
      const long = file;
      ({ file, size } = rewriting);
      rewriting = undefined;
      await long.close();
      await syncFolder(path);
    } catch (error) {
      warn(`cannot rewrite ${path}, carrying on: ${(error as Error).message}`);
      await rewriting?.file.close();
    }
    rewriting = undefined;
    rewriteAt = Math.max(rewriteAtBytes, size * 2);
  }

  const start = (): void => {
    running ??= run().finally(() => {
      running = undefined;
      if (filling.changes.length > 0) start();
    });
  };

  start();
  const rewriteSoon = (): void => {
    rewriteAt = 0;
    start();
  };
  const timer = everyMs === undefined ? undefined : setInterval(rewriteSoon, everyMs).unref();

  return {
    append(change) {
      filling.changes.push(change);
      start();
    },
    whenFlushed(callback) {
      const batch = filling.changes.length > 0 ? filling : flushing;
      if (batch) batch.waiting.push(callback);
      else callback();
    },
    rewrite: rewriteSoon,
    async close() {
      clearInterval(timer);
      rewriteSoon(); // so that the next start is quick
      while (running) await running;
      await file.close();
    },
  };
}

type Rewriting = { readonly file: FileHandle; walk?: Walk; size: number };
type Portion = { readonly record: Buffer; readonly last: boolean };

/** What a rewritten journal gets for a batch: its changes of keys that are in it already, and the next few keys. */
function toPortion(rewriting: Rewriting, changes: readonly Change[], walk: () => Walk): Portion {
  // The walk begins at the end of a batch: what it will find holds that batch already.
  const follow = rewriting.walk ? changes.filter(change => rewriting.walk?.passed(change)) : [];
  rewriting.walk ??= walk();
  const next = rewriting.walk.next();
  return { record: toRecord([...follow, ...(next ?? [])]), last: next === undefined };
}

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<number> {
  for (let done = 0; done < bytes.length;) done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  return bytes.length;
}

/** A rename or a new file survives a power cut once its folder is flushed; Windows cannot open one, and needs not. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  await folder.sync();
  await folder.close();
}
