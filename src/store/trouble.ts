import type { Redis } from 'ioredis';

const refusals: readonly (readonly [RegExp, string])[] = [
  [/OOM command not allowed/u, 'Redis is full (maxmemory): nothing new is taken in until there is room'],
  [/READONLY/u, 'Redis is read-only, a replica as it seems: nothing is taken in until it takes writes'],
  [/LOADING/u, 'Redis is still reading its data: nothing is taken in until it is done'],
  [/MISCONF/u, 'Redis cannot write to its disk: nothing is taken in until it can'],
  [/NOREPLICAS/u, 'Redis misses its replicas: nothing is taken in until they are back'],
];

/** Why a Redis that is there takes no writes, in words for its operator; undefined for every other failure. */
export function describeRefusal(error: unknown): string | undefined {
  const message = error instanceof Error ? error.message : '';
  return refusals.find(([sign]) => sign.test(message))?.[1];
}

const probeMs = 2_000;

/** What keeps the store from working, found out by writing to it; undefined when nothing does. Takes two seconds at most. */
export async function probeStore(redis: Redis): Promise<string | undefined> {
  const late = Promise.withResolvers<string>();
  const timer = setTimeout(() => late.resolve('Redis does not answer'), probeMs);
  try {
    return await Promise.race([redis.set('repartee:probe', '1', 'PX', 1_000).then(() => undefined), late.promise]);
  } catch (error) {
    return describeRefusal(error) ?? `Redis: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    clearTimeout(timer);
  }
}
