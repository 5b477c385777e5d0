import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Clock } from '../core/ports.ts';
import { runKey, warn } from './client.ts';
import type { openProcessId } from './process-id.ts';

const key = 'repartee:epoch';
const processesKey = 'repartee:processes';
const beatMs = 2_000;
const againMs = 500;
const lookMs = 20;
const forgetMs = 86_400_000;

/**
 * One life of a Redis has one epoch. KEYS: epoch. ARGV: what this life of Redis calls itself, '' when it does not say; the epoch to begin.
 * Returns the epoch and how many ms ago it began.
 */
const script = `
local parts = redis.call('TIME')
local now = parts[1] * 1000 + math.floor(parts[2] / 1000)
local known = redis.call('HMGET', KEYS[1], 'run', 'id', 'at')
if ARGV[1] ~= '' and known[1] == ARGV[1] then return { known[2], math.floor(now - known[3]) } end
redis.call('HSET', KEYS[1], 'run', ARGV[1], 'id', ARGV[2], 'at', string.format('%.0f', now))
return { ARGV[2], 0 }
`;

export interface Epoch {
  /** Another one once Redis may have come back with less than it had: after it was started anew, or was given other data. Undefined while nobody knows. */
  readonly id: () => string | undefined;
  /** Resolves once `id` is known, at once when it is, and when the signal is given. */
  whenKnown(signal: AbortSignal): Promise<void>;
  /** On the monotonic clock: from then on nothing is under way any more that an earlier epoch knew of, and what the network does not show was not posted. */
  readonly quietAt: () => number;
  /** Takes this process off the list: nothing of it is under way any more. */
  leave(): Promise<void>;
  close(): void;
}

/**
 * Which life of the store this is, and which processes work on it. An epoch goes by the run id of Redis, which no backup brings back.
 * Whoever is on the list and gone did not stop cleanly.
 */
export async function openEpoch(
  redis: Redis, self: ReturnType<typeof openProcessId>, clock: Clock, { postTimeoutMs, settleMs }: { readonly postTimeoutMs: number; readonly settleMs: number },
): Promise<Epoch> {
  const underWayMs = postTimeoutMs + settleMs;
  let id: string | undefined;
  let lastId: string | undefined;
  let quietAt = Infinity;
  let isClosed = false;

  const learn = async (windowMs: number): Promise<void> => {
    const [found, ageMs] = await redis.eval(script, 1, key, await readRun(redis), randomBytes(6).toString('base64url')) as [string, number];
    if (redis.status !== 'ready') return; // it went away again: what was said is of the life before
    if (found !== lastId) quietAt = clock.monotonic() + Math.max(0, windowMs - ageMs);
    id = lastId = found;
  };
  const learnAgain = async (): Promise<void> => {
    for (;;) {
      if (isClosed || redis.status !== 'ready') return;
      try {
        return await learn(underWayMs);
      } catch (error) {
        if (!isClosed) warn(`which life of Redis this is cannot be told yet: ${error instanceof Error ? error.message : String(error)}`);
        await new Promise(resolve => setTimeout(resolve, againMs).unref());
      }
    }
  };
  const beat = async (): Promise<void> => {
    const [known, others] = await Promise.all([redis.hget(key, 'id'), redis.zrange(processesKey, '0', '-1'), redis.zadd(processesKey, String(clock.now()), self.id)]);
    // The sooner it is noticed that one is gone, the sooner what it left behind is settled.
    for (const other of others) self.goneForMs(other);
    if (id === undefined || known === id) return;
    id = undefined; // other data, and nobody was told
    if (known === null) return learnAgain();
    id = lastId = known;
    quietAt = clock.monotonic() + underWayMs;
  };

  const others = (await redis.zrange(processesKey, '0', '-1')).filter(other => other !== self.id);
  const gone = others.filter(other => self.goneForMs(other) !== undefined);
  await learn(others.length === 0 ? 0 : gone.length === others.length ? settleMs : underWayMs);
  await redis.zremrangebyscore(processesKey, '-inf', String(clock.now() - forgetMs));
  if (gone.length > 0) await redis.zrem(processesKey, ...gone);
  await beat();
  redis.on('close', () => {
    id = undefined;
  });
  redis.on('ready', () => void learnAgain());
  const timer = setInterval(() => {
    if (redis.status === 'ready') beat().catch((error: unknown) => warn(`this process is not listed in Redis: ${error instanceof Error ? error.message : String(error)}`));
  }, beatMs).unref();

  return {
    id: () => id,
    async whenKnown(signal) {
      while (id === undefined && !isClosed && !signal.aborted) await new Promise(resolve => setTimeout(resolve, lookMs).unref());
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

/** Changes with every start of Redis; '' where it does not say, and then every look at it is another life. */
async function readRun(redis: Redis): Promise<string> {
  try {
    return /^run_id:(\S+)/mu.exec(await redis.info('server'))?.[1] ?? await redis.get(runKey) ?? '';
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return ''; // managed servers refuse INFO
    throw error;
  }
}
