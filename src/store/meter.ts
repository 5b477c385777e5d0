import type { Redis } from 'ioredis';
import type { Charge, Clock, Meter } from '../core/ports.ts';

export interface MeterOptions {
  /** How long what one mention cost is kept; days are kept as long. */
  readonly keepMs: number;
  /** Told when an entry could not be made. */
  readonly warn: (line: string) => void;
  /** Told of every charge that costs something, in dollars. */
  readonly booked?: (network: string, dollars: number) => void;
}

/** Money is added up in millionths: fractions of a dollar do not add up in binary. */
const toMicros = (dollars: number): number => Math.round(dollars * 1e6);
const fromMicros = (micros: string | number | null): number => Number(micros ?? 0) / 1e6;

const readForMs = 2 * 86_400_000;
const entriesKept = 10_000;

/**
 * Books one charge. KEYS: day, everything read that day, total, then, for a mention, its sum and what is set aside. ARGV: what, price in millionths,
 * time to live of day and mention in ms, of the list of things read, the mention or '', then the things. A thing that is on the list already costs nothing. Returns the sum.
 */
const bookScript = `
local count = 1
if #ARGV > 5 then
  count = 0
  for i = 6, #ARGV do count = count + redis.call('SADD', KEYS[2], ARGV[1] .. '/' .. ARGV[i]) end
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
local sum = count * tonumber(ARGV[2])
if count == 0 then return 0 end
redis.call('HINCRBY', KEYS[1], 'sum', sum)
redis.call('HINCRBY', KEYS[1], 'sum:' .. ARGV[1], sum)
redis.call('HINCRBY', KEYS[1], 'count:' .. ARGV[1], count)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('INCRBY', KEYS[3], sum)
if KEYS[4] then
  redis.call('INCRBY', KEYS[4], sum)
  redis.call('PEXPIRE', KEYS[4], ARGV[3])
  local held = redis.call('HGET', KEYS[5], ARGV[5])
  if held then
    local amount, ends = string.match(held, '^(%d+) (%d+)$')
    redis.call('HSET', KEYS[5], ARGV[5], string.format('%d %s', math.max(0, tonumber(amount) - sum), ends))
  end
end
return sum
`;

/**
 * Sets money aside. KEYS: day, what is set aside, sum of the mention. ARGV: mention, least, most, limit of the day, in millionths, now, when it ends.
 * Returns what was granted, then the sums of the day and of the mention.
 */
const reserveScript = `
local day = tonumber(redis.call('HGET', KEYS[1], 'sum') or '0')
local others = 0
local all = redis.call('HGETALL', KEYS[2])
for i = 1, #all, 2 do
  local amount, ends = string.match(all[i + 1], '^(%d+) (%d+)$')
  if tonumber(ends) <= tonumber(ARGV[5]) then
    redis.call('HDEL', KEYS[2], all[i])
  elseif all[i] ~= ARGV[1] then
    others = others + tonumber(amount)
  end
end
local granted = math.min(tonumber(ARGV[3]), tonumber(ARGV[4]) - day - others)
if granted <= 0 or granted < tonumber(ARGV[2]) then granted = 0 end
if granted > 0 then
  redis.call('HSET', KEYS[2], ARGV[1], string.format('%d %s', granted, ARGV[6]))
else
  redis.call('HDEL', KEYS[2], ARGV[1])
end
return { granted, day, tonumber(redis.call('GET', KEYS[3]) or '0') }
`;

/** One line of a day's bill. */
export interface BillLine {
  readonly what: string;
  readonly count: number;
  readonly dollars: number;
}

/**
 * The books of every account, in Redis: per day (UTC), per mention, in all. `client` may come later: until then, and while Redis is away,
 * entries wait in memory, in order.
 */
export function openMeters(client: Promise<Redis>, clock: Clock, { keepMs, warn, booked }: MeterOptions): (network: string, account: string) => Meter {
  return (network, account) => {
    const keys = toKeys(network, account);
    const waiting: { readonly charge: Charge; readonly day: string }[] = [];
    let writing: Promise<void> | undefined;

    const write = async (): Promise<void> => {
      const redis = await client;
      for (let entry = waiting[0]; entry; entry = waiting[0]) {
        const { charge: { what, price, ids = [], mention }, day } = entry;
        const names = [keys.day(day), keys.read(day), keys.total, ...(mention === undefined ? [] : [keys.mention(mention), keys.held])];
        const sum = await redis.eval(bookScript, names.length, ...names, what, toMicros(price), keepMs, readForMs, mention ?? '', ...ids);
        waiting.shift();
        booked?.(network, fromMicros(Number(sum)));
      }
    };
    const flush = async (): Promise<void> => {
      writing ??= write().finally(() => {
        writing = undefined;
      });
      await writing;
      if (waiting.length > 0) await flush();
    };

    return {
      charge(charge) {
        if (charge.ids?.length === 0) return;
        if (waiting.length < entriesKept) waiting.push({ charge, day: toDay(clock) });
        flush().catch((error: unknown) => warn(`${network} ${account}: an entry into the books waits: ${error instanceof Error ? error.message : String(error)}`));
      },
      async spent(mentionId) {
        await flush();
        const redis = await client;
        const [today, mention] = await Promise.all([redis.hget(keys.day(toDay(clock)), 'sum'), mentionId === undefined ? null : redis.get(keys.mention(mentionId))]);
        return { today: fromMicros(today), mention: fromMicros(mention) };
      },
      async reserve(mentionId, least, most, perDay, forMs) {
        await flush();
        const redis = await client;
        const now = clock.now();
        const names = [keys.day(toDay(clock)), keys.held, keys.mention(mentionId)];
        const [granted, today, mention] = (await redis.eval(reserveScript, names.length, ...names, mentionId, toMicros(least), toMicros(most), toMicros(perDay), now, now + forMs)) as [number, number, number];
        return { granted: fromMicros(granted), today: fromMicros(today), mention: fromMicros(mention) };
      },
    };
  };
}

/** What one account cost today, line by line, and in all since the beginning. */
export async function readBill(redis: Redis, network: string, account: string, clock: Clock): Promise<{ readonly today: number; readonly total: number; readonly lines: readonly BillLine[] }> {
  const keys = toKeys(network, account);
  const [day, total] = await Promise.all([redis.hgetall(keys.day(toDay(clock))), redis.get(keys.total)]);
  const lines = Object.entries(day).flatMap(([field, count]) => {
    const what = /^count:(.*)$/u.exec(field)?.[1];
    return what === undefined ? [] : [{ what, count: Number(count), dollars: fromMicros(day[`sum:${what}`] ?? 0) }];
  });
  return { today: fromMicros(day['sum'] ?? 0), total: fromMicros(total), lines: lines.toSorted((a, b) => b.dollars - a.dollars || (a.what < b.what ? -1 : 1)) };
}

const toDay = (clock: Clock): string => new Date(clock.now()).toISOString().slice(0, 10);

function toKeys(network: string, account: string) {
  const key = (what: string) => `repartee:meter:${network}:${account}:${what}`;
  return { total: key('total'), held: key('held'), day: (day: string) => key(`day:${day}`), read: (day: string) => key(`read:${day}`), mention: (id: string) => key(`mention:${id}`) };
}
