import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SetupError } from '../../src/core/errors.ts';
import { openJournal, readJournal, type Change, type Journal, type Walk } from '../../src/store/journal.ts';
import { onTestFinished } from '../support/cleanup.ts';

const nothingToWalk = (): Walk => ({ passed: () => true, next: () => undefined });
const put = (key: string, value: unknown): Change => ['put', Buffer.from(key), value];
const flushed = (journal: Journal): Promise<void> => new Promise(done => journal.whenFlushed(done));

let path = '';
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'repartee-journal-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  path = join(folder, 'journal');
});

async function read(): Promise<{ readonly records: readonly (readonly Change[])[]; readonly size: number; readonly cut: number }> {
  const records: Change[][] = [];
  return { ...(await readJournal(path, changes => records.push(changes))), records };
}

/** One record per list of keys. Returns where each record ends. */
async function write(...records: readonly (readonly string[])[]): Promise<readonly number[]> {
  const journal = await openJournal(path, (await read()).size, nothingToWalk, () => undefined);
  const ends: number[] = [];
  for (const keys of records) {
    for (const key of keys) journal.append(put(key, key.toUpperCase()));
    await flushed(journal);
    ends.push(statSync(path).size);
  }
  const bytes = readFileSync(path);
  await journal.close();
  writeFileSync(path, bytes); // as if it had been killed: closing rewrites
  return ends;
}

const keysOf = (records: readonly (readonly Change[])[]): readonly (readonly string[])[] => records.map(changes => changes.map(([, key]) => key.toString()));

describe('the journal', () => {
  it('gives back what was appended, in order, whatever its bytes', async () => {
    const journal = await openJournal(path, 0, nothingToWalk, () => undefined);
    onTestFinished(() => journal.close());
    const value = { bytes: Buffer.from([0, 255, 13, 10]), map: new Map([['a', { score: -0.5 }]]), big: 2n ** 63n, nothing: undefined };
    journal.append(put('first', value));
    await flushed(journal);
    journal.append(put('second', 'x'));
    await flushed(journal);
    const { records } = await read();
    expect(keysOf(records)).toEqual([['first'], ['second']]);
    expect(records[0]?.[0]?.[2]).toEqual(value);
  });

  it('makes one record of a turn of the event loop', async () => {
    await write(['a', 'b', 'c'], ['d']);
    expect(keysOf((await read()).records)).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('calls back only when the bytes are in the file', async () => {
    const journal = await openJournal(path, 0, nothingToWalk, () => undefined);
    onTestFinished(() => journal.close());
    const seen: number[] = [];
    journal.append(put('a', 'x'.repeat(1_000)));
    journal.whenFlushed(() => seen.push(statSync(path).size));
    expect(seen).toEqual([]);
    await nextTurn();
    await flushed(journal);
    expect(seen[0]).toBeGreaterThan(1_000);
    journal.whenFlushed(() => seen.push(-1));
    expect(seen.at(-1)).toBe(-1); // nothing is waited for when nothing is pending
  });

  it('cuts a torn tail at the last whole record, wherever it is torn', async () => {
    const [first = 0, second = 0] = await write(['a', 'b'], ['c', 'd']);
    const whole = readFileSync(path);
    for (let size = first + 1; size < second; size++) {
      writeFileSync(path, whole);
      truncateSync(path, size);
      const { records, size: left, cut } = await read();
      expect([keysOf(records), left, cut]).toEqual([[['a', 'b']], first, size - first]);
      expect(statSync(path).size).toBe(first);
    }
  });

  it('cuts a tail of zeros, as a power cut leaves it, and goes on after it', async () => {
    const [end] = await write(['a']);
    appendFileSync(path, Buffer.alloc(5_000));
    expect((await read()).size).toBe(end);
    await write(['b']);
    expect(keysOf((await read()).records)).toEqual([['a'], ['b']]);
  });

  it('refuses a damaged record in the middle, naming the file and the byte, and leaves the file alone', async () => {
    const [first = 0, second = 0] = await write(['a'], ['b'], ['c']);
    const whole = readFileSync(path);
    for (let at = first; at < second; at++) {
      const damaged = Buffer.from(whole);
      damaged.writeUInt8((damaged.readUInt8(at) + 1) % 256, at);
      writeFileSync(path, damaged);
      await expect(read()).rejects.toThrow(new SetupError(`the journal ${path} is damaged at byte ${first}, with good records after it: restore it from a backup, or move it away to start empty`));
      expect(readFileSync(path)).toEqual(damaged);
    }
  });

  it('is rewritten from the walk when it is closed, with what changes meanwhile', async () => {
    const state = new Map<string, number>();
    const walk = (): Walk => {
      const left = new Set(state.keys());
      return {
        passed: ([, key]) => !left.has(key.toString()),
        next() {
          const [key] = left;
          if (key === undefined) return undefined;
          left.delete(key);
          return [put(key, state.get(key))];
        },
      };
    };
    const journal = await openJournal(path, 0, walk, () => undefined);
    const set = (key: string, value: number): void => {
      state.set(key, value);
      journal.append(put(key, value));
    };
    for (let n = 0; n < 200; n++) set(`key-${n % 20}`, n);
    await flushed(journal);
    const closed = journal.close();
    for (let n = 200; n < 260; n++) {
      set(`key-${n % 30}`, n); // old keys, passed or not, and new ones
      await nextTurn();
    }
    await closed;

    const found = new Map<string, unknown>();
    let changes = 0;
    await readJournal(path, record => {
      for (const [, key, value] of record) {
        found.set(key.toString(), value);
        changes++;
      }
    });
    expect(found).toEqual(state);
    expect(changes).toBeLessThan(200);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('takes no notice of a rewrite that a crash cut short', async () => {
    await write(['a'], ['b']);
    writeFileSync(`${path}.part`, readFileSync(path).subarray(0, 30));
    expect(keysOf((await read()).records)).toEqual([['a'], ['b']]);
    expect(existsSync(`${path}.part`)).toBe(false);
  });
});
