import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '../core/ports.ts';
import { runKey, warn } from './client.ts';
import type { openProcessId } from './process-id.ts';

const key = 'repartee:epoch';
const processesKey = 'repartee:processes';
/** There while somebody beats. */
const runningKey = 'repartee:running';
const runningMs = 5_000;
const beatMs = 1_000;
const againMs = 500;
const lookMs = 20;
const forgetMs = 86_400_000;

/**
 * One life of a Redis has one epoch. KEYS: epoch. ARGV: what this life of Redis calls itself, '' when it does not say; the epoch to begin;
 * an epoch that is over whatever its name, or ''. Returns the epoch and how many ms ago it began.
 */
const script = `
local parts = redis.call('TIME')
local now = parts[1] * 1000 + math.floor(parts[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'run', 'id', 'at')
if ARGV[1] ~= '' and known[1] == ARGV[1] and known[2] ~= ARGV[3] then return { known[2], math.floor(now - known[3]) } end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'id', ARGV[2], 'at', string.format('%.0f', now))
return { ARGV[2], 0 }
`;

export interface Epoch {
  /** Another one once Redis may have come back with less than it had: after it was started anew, was a replica for a while, or was given other data. Undefined while nobody knows. */
  readonly id: () => string | undefined;
  /** Looks, and resolves once `id` is known, or when the signal is given. */
  whenKnown(signal: AbortSignal): Promise<void>;
  /** On the monotonic clock: from then on nothing is under way any more that an earlier epoch knew of, and what the network does not show was not posted. */
  readonly quietAt: () => number;
  /** Takes this process off the list: nothing of it is under way any more. */
  leave(): Promise<void>;
  close(): void;
}

/**
 * Which life of the store this is, and which processes work on it. An epoch goes by the run id of Redis, which no backup brings back, by the id of its
 * history, which changes when a replica becomes the primary, and by a count of beats, which only a backup takes back.
 * Whoever is on the list and gone did not stop cleanly.
 */
export async function openEpoch(
  redis: Redis, self: ReturnType<typeof openProcessId>, clock: Clock, { postTimeoutMs, settleMs }: { readonly postTimeoutMs: number; readonly settleMs: number },
): Promise<Epoch> {
  const underWayMs = postTimeoutMs + settleMs;
  let id: string | undefined;
  let lastId: string | undefined;
  let lastRun: string | undefined;
  let lastBeat = 0;
  let quietAt = Infinity;
  /** How often the connection was lost: what was asked before that was answered by an earlier life, or is asked again of a later one. */
  let losses = 0;
  let isClosed = false;

  const become = (found: string, windowMs: number): void => {
    if (found !== lastId) {
      quietAt = clock.monotonic() + Math.max(0, windowMs);
      lastBeat = 0;
    }
    id = lastId = found;
  };
  const learn = async (windowMs: number, over = ''): Promise<void> => {
    const born = losses;
    const run = await readRun(redis);
    if (run === undefined) return warn('which life of Redis this is cannot be told while it is a replica');
    const [found, ageMs] = await redis.eval(script, 1, key, run, randomBytes(6).toString('base64url'), over) as [string, number];
    if (redis.status !== 'ready' || losses !== born) return;
    lastRun = run;
    become(found, windowMs - ageMs);
  };
  let learning: Promise<void> | undefined;
  const learnUntilKnown = async (over?: string): Promise<void> => {
    while (id === undefined && !isClosed && redis.status === 'ready') {
      try {
        await learn(underWayMs, over);
      } catch (error) {
        if (!isClosed) warn(`which life of Redis this is cannot be told yet: ${error instanceof Error ? error.message : String(error)}`);
      }
      if (id === undefined) await pause(againMs);
    }
  };
  const learnAgain = (over?: string): Promise<void> => {
    id = undefined;
    return learning ??= learnUntilKnown(over).finally(() => {
      learning = undefined;
    });
  };
  const looked = async (): Promise<void> => {
    const born = losses;
    const run = await readRun(redis);
    const known = run === undefined ? null : await redis.hget(key, 'id');
    if (losses !== born || id === undefined) return;
    if (known === null || run !== lastRun) void learnAgain();
    else if (known !== id) become(known, underWayMs); // other data, and somebody else was told
  };
  let looking: Promise<void> | undefined;
  const look = (): Promise<void> => (looking ??= looked().catch((error: unknown) => {
    if (isClosed) return;
    warn(`which life of Redis this is cannot be told: ${error instanceof Error ? error.message : String(error)}`);
    void learnAgain();
  }).finally(() => {
    looking = undefined;
  }));
  const beat = async (): Promise<void> => {
    await look();
    const now = id;
    const born = losses;
    if (now === undefined) return;
    const [count, others] = await Promise.all([redis.hincrby(key, 'beats', 1), redis.zrange(processesKey, '0', '-1'), redis.zadd(processesKey, String(clock.now()), self.id), redis.psetex(runningKey, runningMs, '')]);
    // The sooner it is noticed that one is gone, the sooner what it left behind is settled.
    for (const other of others) self.goneForMs(other);
    if (now !== id || losses !== born) return;
    // Everybody counts on: who counts less than before was given the data of before.
    if (count <= lastBeat) void learnAgain(now);
    else lastBeat = count;
  };

  redis.on('close', () => {
    losses += 1;
    id = undefined;
  });
  const others = (await redis.zrange(processesKey, '0', '-1')).filter(other => other !== self.id);
  const gone = others.filter(other => self.goneForMs(other) !== undefined);
  const windowMs = others.length === 0 ? 0 : gone.length === others.length ? settleMs : underWayMs;
  for (;;) {
    await learn(windowMs);
    if (id !== undefined) break;
    await pause(againMs);
  }
  redis.on('ready', () => void learnAgain());
  await redis.zremrangebyscore(processesKey, '-inf', String(clock.now() - forgetMs));
  if (gone.length > 0) await redis.zrem(processesKey, ...gone);
  await beat();
  const timer = setInterval(() => {
    if (redis.status !== 'ready') return;
    beat().catch((error: unknown) => {
      if (!isClosed) warn(`this process is not listed in Redis: ${error instanceof Error ? error.message : String(error)}`);
    });
  }, beatMs).unref();

  return {
    id: () => id,
    async whenKnown(signal) {
      let isLooking = true;
      const seen = look().finally(() => {
        isLooking = false;
      });
      while ((isLooking || id === undefined) && !isClosed && !signal.aborted) await Promise.race([pause(lookMs), ...isLooking ? [seen] : []]);
    },
    quietAt: () => (id === undefined ? Infinity : quietAt),
    async leave() {
      clearInterval(timer);
      await redis.zrem(processesKey, self.id);
    },
    close() {
      isClosed = true;
      clearInterval(timer);
    },
  };
}

/** Whether any process is on the list, and whether one was heard of just now, by Redis' clock; a Redis that refuses writes hears of nobody. */
export async function readRunning(redis: Redis): Promise<{ readonly isListed: boolean; readonly isBeating: boolean }> {
  const [listed, beating] = await Promise.all([redis.zcard(processesKey), redis.exists(runningKey)]);
  return { isListed: listed > 0, isBeating: listed > 0 && beating > 0 };
}

/** The life that its processes have told the store of last. */
export const readEpoch = async (redis: Redis): Promise<string | undefined> => await redis.hget(key, 'id') ?? undefined;

const pause = (ms: number): Promise<void> => new Promise(resolve => {
  setTimeout(resolve, ms).unref();
});

/** Changes with every start of Redis and when it has been a replica; undefined while it is one. '' where it does not say: then every look after a loss is at another life. */
async function readRun(redis: Redis): Promise<string | undefined> {
  try {
    const info = await redis.info();
    if (/^role:slave/mu.test(info)) return undefined;
    const [, run] = /^run_id:(\S+)/mu.exec(info) ?? [];
    return run === undefined ? await redis.get(runKey) ?? '' : `${run} ${/^master_replid:(\S+)/mu.exec(info)?.[1] ?? ''}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError' && !/^(?:LOADING|MASTERDOWN|BUSY)/u.test(error.message)) return ''; // managed servers refuse INFO
    throw error;
  }
}
