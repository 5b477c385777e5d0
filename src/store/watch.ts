import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../core/errors.ts';
import { toConnectionReason, tryClient } from './client.ts';
import { readPromise, type StorePromise } from './promise.ts';
import type { Store } from './redis.ts';

/** What keeps the store from working. */
export interface StoreTrouble {
  /** For the operator: what it is, and what to do about it where something can be done. */
  readonly line: string;
  /** It answers nothing; else it answers, and refuses to write or should not be written to. */
  readonly isAway: boolean;
  /** It loses what it has. */
  readonly isLosing?: true;
}

/** One look after another at the store, while the program runs. */
export interface StoreWatch {
  /** As it was a second ago; undefined when all is well. */
  readonly trouble: () => StoreTrouble | undefined;
  /** Looks now. */
  look(): Promise<StoreTrouble | undefined>;
  /** Whether an error is the store's own trouble, which the watch tells of and everybody else waits out. */
  readonly concerns: (error: unknown) => boolean;
  /** Resolves when all is well, at once when it is, and when the signal is given. */
  whenWell(signal: AbortSignal): Promise<void>;
  close(): void;
}

const everyMs = 1_000;
/** How soon it is seen that somebody changed its settings, or started it with others. */
const readEveryMs = 30_000;
const answersWithinMs = 3_000;
const sameLineMs = 10_000;

/** First word of an answer → what it means, and whether it says so to everything. */
const refusals: Readonly<Record<string, StoreTrouble>> = {
  OOM: { line: 'Redis is full: raise its maxmemory, or make room in it', isAway: false },
  READONLY: { line: 'Redis is read-only, as a replica is: make it the primary, or set REDIS_URL to the primary', isAway: false },
  MISCONF: { line: 'Redis cannot write to its disk: make room there, or see its log', isAway: false },
  NOREPLICAS: { line: 'Redis misses replicas that it must have (min-replicas-to-write)', isAway: false },
  LOADING: { line: 'Redis is reading its data and answers when it has', isAway: true },
  MASTERDOWN: { line: 'Redis is a replica that has lost its primary', isAway: true },
  BUSY: { line: 'Redis is busy with somebody\'s script', isAway: true },
};

/** What a store that answers says when it does not do what was asked; undefined when the error is of another kind. */
export function toRefusal(thrown: unknown): StoreTrouble | undefined {
  const error = thrown as Error;
  return error.name === 'ReplyError' ? Object.entries(refusals).find(([word]) => new RegExp(`\\b${word}\\b`, 'u').test(error.message))?.[1] : undefined;
}

const toTrouble = (thrown: unknown): StoreTrouble | undefined => {
  const refusal = toRefusal(thrown);
  if (refusal) return refusal;
  const reason = toConnectionReason(thrown as Error, answersWithinMs);
  return reason === undefined ? undefined : { line: `Redis does not answer (${reason})`, isAway: true };
};

/**
 * Looks after the store once a second, and says when trouble begins, changes and ends. What a Redis of the operator's own promises is read back from time
 * to time: when it keeps less than it did that is said, and while it may throw keys away everything waits.
 */
export function watchStore({ kind, about, confirms, client, connection }: Pick<Store, 'kind' | 'about' | 'confirms' | 'client' | 'connection'>, say: (line: string) => void, againMs = readEveryMs): StoreWatch {
  const closing = new AbortController();
  let trouble: StoreTrouble | undefined;
  let since = 0;
  let said: { line: string; at: number } | undefined;
  let well = Promise.withResolvers<void>();
  well.resolve();

  const set = (found: StoreTrouble | undefined): void => {
    if (closing.signal.aborted || found?.line === trouble?.line) return;
    const now = performance.now();
    if (!trouble) {
      since = now;
      well = Promise.withResolvers();
    }
    trouble = found;
    if (found && (said?.line !== found.line || now - said.at >= sameLineMs)) {
      say(`${found.line}; until then everything waits${found.isLosing ? '' : ', and nothing is lost'}`);
      said = { line: found.line, at: now };
    } else if (!found) {
      if (said && said.at >= since) say(`Redis works again, after ${Math.ceil((now - since) / 1_000)} s`);
      well.resolve();
    }
  };

  /** Whether a write waits for the disk is decided at the start. */
  const toRest = (now: StorePromise): string => {
    if (now.confirms === confirms || (confirms && now.isDurable)) return '';
    return now.confirms ? ' (once this is started again)' : '; this process waits for its disk, and takes in and posts nothing until it is started again or the settings are put back';
  };
  let promised = about;
  let unsafe: StoreTrouble | undefined;
  let readAt = performance.now();
  const readAgain = async (): Promise<void> => {
    try {
      const now = await readPromise(client, 'Redis');
      unsafe = undefined;
      if (promised.endsWith(now.promise)) return;
      promised = now.promise;
      say(`the settings of Redis have changed: ${promised}${toRest(now)}`);
    } catch (error) {
      if (error instanceof SetupError) unsafe = { line: error.message, isAway: false, isLosing: true };
    }
  };
  const look = async (): Promise<StoreTrouble | undefined> => {
    let found = await probe(client, connection);
    if (!found && kind === 'url' && (unsafe || performance.now() - readAt >= againMs)) {
      readAt = performance.now();
      found = await answered(readAgain()).then(() => unsafe, toTrouble);
    }
    set(found);
    return trouble;
  };
  const loop = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      await look();
      await sleep(everyMs, undefined, { ref: false });
    }
  };
  void loop();

  return {
    trouble: () => trouble,
    look,
    concerns: error => {
      const found = toTrouble(error);
      // One lost connection says nothing of the others; the next look tells.
      if (found && !found.isAway) set(found);
      return found !== undefined;
    },
    async whenWell(signal) {
      const aborted = Promise.withResolvers<void>();
      const onAbort = (): void => aborted.resolve();
      signal.addEventListener('abort', onAbort);
      while (trouble && !signal.aborted) await Promise.race([well.promise, aborted.promise]);
      signal.removeEventListener('abort', onAbort);
    },
    close: () => closing.abort(),
  };
}

/** A write that changes nothing and costs no disk: Redis refuses it exactly when it would refuse a real one. */
export async function probe(client: Store['client'], connection: Store['connection']): Promise<StoreTrouble | undefined> {
  try {
    const write = (by: Store['client']): Promise<unknown> => by.setrange('repartee:probe', 0, '');
    if (client.status === 'ready') await answered(write(client));
    else await tryClient(connection, answersWithinMs, write);
    return undefined;
  } catch (error) {
    return toTrouble(error) ?? { line: `Redis does not do what is asked: ${(error as Error).message}`, isAway: false };
  }
}

async function answered(reply: Promise<unknown>): Promise<void> {
  let isIn = false;
  const late = async (): Promise<void> => {
    await sleep(answersWithinMs, undefined, { ref: false });
    // When it was this process that stood still, the answer lies there and is read before the next timer.
    await sleep(50, undefined, { ref: false });
    if (!isIn) throw new Error('no answer');
  };
  await Promise.race([reply, late()]);
  isIn = true;
}
