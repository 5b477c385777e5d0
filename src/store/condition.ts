import type { Redis } from 'ioredis';
import type { Clock } from '../core/ports.ts';

/** What went wrong with one part, and has not gone well since. */
export interface Trouble {
  readonly part: string;
  readonly line: string;
  readonly at: number;
}

export interface Condition {
  /** What a process says of itself at its start, for whoever asks later. */
  introduce(role: string, lines: readonly string[]): Promise<void>;
  /** How a part fares: a line when it fails, undefined when it goes well again. Never waited for. */
  readonly note: (part: string, trouble: string | undefined) => void;
}

const keys = { lines: 'repartee:condition:lines', troubles: 'repartee:condition:troubles' };
const longest = 500;
/** Of a part that is there no longer nobody says that it goes well again: so long after it was last spoken of, its trouble is forgotten. */
const keepMs = 7 * 86_400_000;
/** A trouble that lasts is written down so often. */
const sayAgainMs = 3_600_000;

/** How the bot fares, in Redis, where `status` finds it. Only what changes is written. */
export function openCondition(redis: Redis, clock: Clock, { scrub, warn }: { readonly scrub: (text: string) => string; readonly warn: (line: string) => void }): Condition {
  const known = new Map<string, { readonly trouble: string | undefined; readonly since: number; readonly said: number }>();
  return {
    async introduce(role, lines) {
      if (role === 'all') await redis.del(keys.lines);
      await redis.hset(keys.lines, role, JSON.stringify(lines.map(scrub)));
    },
    note(part, trouble) {
      const now = clock.now();
      const before = known.get(part);
      const isSame = before !== undefined && before.trouble === trouble;
      if (isSame && (trouble === undefined || Math.abs(now - before.said) < sayAgainMs)) return;
      const since = isSame ? before.since : now;
      known.set(part, { trouble, since, said: now });
      const written = trouble === undefined ? redis.hdel(keys.troubles, part) : redis.hset(keys.troubles, part, JSON.stringify({ line: scrub(trouble).slice(0, longest), at: since, said: now }));
      Promise.all([written, redis.pexpire(keys.troubles, keepMs)]).catch((error: unknown) => {
        known.delete(part);
        warn(`how ${part} fares is not written down: ${error instanceof Error ? error.message : String(error)}`);
      });
    },
  };
}

export async function readCondition(redis: Redis, now = Date.now()): Promise<{ readonly lines: readonly string[]; readonly troubles: readonly Trouble[] }> {
  const [lines, troubles] = await Promise.all([redis.hgetall(keys.lines), redis.hgetall(keys.troubles)]);
  return {
    lines: [...new Set(Object.values(lines).flatMap(said => JSON.parse(said) as string[]))],
    troubles: Object.entries(troubles).map(([part, value]) => {
      const { line, at, said = at } = JSON.parse(value) as Omit<Trouble, 'part'> & { readonly said?: number };
      return { part, line, at, said };
    }).filter(({ said }) => now - said < keepMs).map(({ part, line, at }) => ({ part, line, at })).toSorted((a, b) => b.at - a.at),
  };
}
