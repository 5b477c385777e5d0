import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { bounds, labels, steps, type Counted, type Counts, type Durations, type Label, type Mark, type Point, type Step, type Totals } from '../core/counts.ts';
import type { Clock } from '../core/ports.ts';
import { toBucket, toQuantile } from './histogram.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const flushEveryMs = 2_000;
/** A mark alone is no reason to write every two seconds. */
const marksEveryMs = 10_000;
const closeWithinMs = 1_000;

/** How much time one hash counts, and how long it is kept. */
const spans = { hour: { ms: hourMs, keptMs: 3 * dayMs, digits: 13 }, day: { ms: dayMs, keptMs: 32 * dayMs, digits: 10 } } as const;
export type Span = keyof typeof spans;

const keys = { all: 'repartee:metrics:all', marks: 'repartee:metrics:marks', writer: (id: string) => `repartee:metrics:writer:${id}` };
const spanKey = (span: Span, at: number): string => `repartee:metrics:${span}:${new Date(at).toISOString().slice(0, spans[span].digits)}`;

/**
 * Adds one batch, once: what is sent again because its answer was lost changes nothing. KEYS: all, day, hour, marks, writer. ARGV: number of the batch,
 * how long the writer's number, day and hour are kept, count of marks, marks (name, value, ms ago), then fields with what is added. Marks go by the store's clock.
 */
const flushScript = `
if tonumber(redis.call('GET', KEYS[5]) or '0') >= tonumber(ARGV[1]) then return 0 end
redis.call('SET', KEYS[5], ARGV[1], 'PX', ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local at = 6
for i = 1, tonumber(ARGV[5]) do
  redis.call('HSET', KEYS[4], ARGV[at], string.format('%.0f %s', now - ARGV[at + 2], ARGV[at + 1]))
  at = at + 3
end
if at > #ARGV then return 1 end
for i = at, #ARGV, 2 do
  for key = 1, 3 do redis.call('HINCRBY', KEYS[key], ARGV[i], ARGV[i + 1]) end
end
redis.call('PEXPIRE', KEYS[2], ARGV[3])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
return 1
`;

/** Fractions do not add up in binary: everything is kept in whole parts of its unit. */
const partsOf = (what: Counted): number => (what === 'dollars' ? 1e9 : 1);
const microsPerSecond = 1e6;
const toField = (what: string, network: string, label: string): string => `${what}/${network}/${label}`;

/**
 * Counters of all processes, in Redis: in all, per day and per hour. Collected here and written every two seconds; `client` may come later, and while Redis
 * is away everything goes on being collected: there are only so many fields. `fail` is told why something is written later.
 */
export function openCounts(client: Promise<Redis>, clock: Clock, fail: (error: unknown) => void): Counts {
  const writer = keys.writer(randomBytes(9).toString('base64url'));
  let adds = new Map<string, number>();
  let marks = new Map<string, { readonly value: number; readonly at: number }>();
  let [number, marksAt] = [0, -Infinity];
  let batch: (() => readonly string[]) | undefined;
  let writing: Promise<void> | undefined;

  const add = (field: string, by: number): void => void adds.set(field, (adds.get(field) ?? 0) + by);

  const take = (): typeof batch => {
    if (adds.size === 0 && marks.size === 0) return undefined;
    const [taken, seen, now, order] = [adds, marks, clock.now(), String(number += 1)];
    [adds, marks, marksAt] = [new Map(), new Map(), clock.monotonic()];
    const places = [keys.all, spanKey('day', now), spanKey('hour', now), keys.marks, writer];
    return () => [
      ...places, order, String(hourMs), String(spans.day.keptMs), String(spans.hour.keptMs), String(seen.size),
      ...Array.from(seen, ([name, { value, at }]) => [name, String(value), String(Math.max(0, Math.round(clock.monotonic() - at)))]).flat(),
      ...Array.from(taken, ([field, by]) => [field, String(by)]).flat(),
    ];
  };
  const write = async (): Promise<void> => {
    const redis = await client;
    for (batch ??= take(); batch; batch = take()) await redis.eval(flushScript, 5, ...batch());
  };
  const flush = (): Promise<void> => (writing ??= write().finally(() => {
    writing = undefined;
  }));
  const attempt = (): Promise<void> => flush().catch(fail);
  const timer = setInterval(() => {
    if (batch || adds.size > 0 || (marks.size > 0 && clock.monotonic() - marksAt >= marksEveryMs)) void attempt();
  }, flushEveryMs).unref();

  return {
    add(what, network, label, by = 1) {
      const parts = Math.round(by * partsOf(what));
      if (Number.isSafeInteger(parts) && parts > 0) add(toField(what, network, label), parts);
    },
    took(network, step, ms) {
      if (!Number.isFinite(ms)) return;
      // Two clocks may say that something ended before it began.
      const seconds = Math.max(0, ms) / 1_000;
      add(toField(step, network, String(toBucket(seconds))), 1);
      add(toField(step, network, 'sum'), Math.round(seconds * microsPerSecond));
    },
    mark: (mark, network, value) => void marks.set(`${mark}/${network}`, { value, at: clock.monotonic() }),
    flush,
    async close() {
      clearInterval(timer);
      const late = new Promise<void>(resolve => {
        setTimeout(resolve, closeWithinMs).unref();
      });
      await Promise.race([attempt(), late]);
    },
  };
}

type Fields = Readonly<Record<string, string>>;

const toTotals = (fields: Fields): Totals => {
  const networks = new Set(Object.keys(fields).map(field => field.split('/')[1] ?? ''));
  const read = (what: string, label: string, network: string | undefined): number =>
    (network === undefined ? [...networks] : [network]).reduce((sum, each) => sum + Number(fields[toField(what, each, label)] ?? 0), 0);
  return {
    count: (what, label, network) => read(what, label, network) / partsOf(what),
    took(step, network): Durations {
      const buckets = [...bounds, Infinity].map((_, at) => read(step, String(at), network));
      return { buckets, count: buckets.reduce((sum, each) => sum + each, 0), seconds: read(step, 'sum', network) / microsPerSecond };
    },
  };
};

/** Everything that was ever counted. */
export const readTotals = async (redis: Redis): Promise<Totals> => toTotals(await redis.hgetall(keys.all));

/** The last so many hours or days (UTC), the one that goes on now included; the oldest first. */
export async function readSpans(redis: Redis, span: Span, count: number, now: number): Promise<readonly { readonly at: number; readonly fields: Fields; readonly totals: Totals }[]> {
  const { ms } = spans[span];
  const first = Math.floor(now / ms) - count + 1;
  const starts = Array.from({ length: count }, (_, at) => (first + at) * ms);
  return Promise.all(starts.map(async at => {
    const fields = await redis.hgetall(spanKey(span, at));
    return { at, fields, totals: toTotals(fields) };
  }));
}

/** Some times as one. */
export function sumOf(each: readonly { readonly fields: Fields }[]): Totals {
  const sums: Record<string, number> = {};
  for (const { fields } of each) for (const [field, by] of Object.entries(fields)) sums[field] = (sums[field] ?? 0) + Number(by);
  return toTotals(Object.fromEntries(Object.entries(sums).map(([field, sum]) => [field, String(sum)])));
}

/** For charts: up to 30 days, or 48 hours, with nothing left out. Without a network: all of them together. */
export async function readSeries(redis: Redis, { span, count, now, network }: { readonly span: Span; readonly count: number; readonly now: number; readonly network?: string | undefined }): Promise<readonly Point[]> {
  return (await readSpans(redis, span, count, now)).map(({ at, totals }) => toPoint(at, totals, network));
}

const countAll = <What extends Counted>(totals: Totals, what: What, network?: string) =>
  Object.fromEntries((labels[what] as readonly Label<What>[]).map(label => [label, totals.count(what, label, network)])) as Record<Label<What>, number>;

function toPoint(at: number, totals: Totals, network: string | undefined): Point {
  return {
    at,
    mentions: countAll(totals, 'mentions', network),
    silences: countAll(totals, 'silences', network),
    tokens: countAll(totals, 'tokens', network),
    dollars: countAll(totals, 'dollars', network),
    seconds: Object.fromEntries(steps.flatMap((step): [Step, { p50: number; p95: number }][] => {
      const took = totals.took(step, network);
      return took.count === 0 ? [] : [[step, { p50: toQuantile(took, 0.5), p95: toQuantile(took, 0.95) }]];
    })),
  };
}

/** How something was last, and how many ms ago by the store's clock; undefined: never. */
export async function readMarks(redis: Redis): Promise<(mark: Mark, network: string) => { readonly agoMs: number; readonly value: number } | undefined> {
  const [fields, [seconds, micros]] = await Promise.all([redis.hgetall(keys.marks), redis.time()]);
  const now = Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
  return (mark, network) => {
    const [at, value] = fields[`${mark}/${network}`]?.split(' ') ?? [];
    return at === undefined ? undefined : { agoMs: Math.max(0, now - Number(at)), value: Number(value) };
  };
}
