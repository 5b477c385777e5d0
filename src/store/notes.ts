import type { Redis } from 'ioredis';
import { z } from 'zod';
import { keysLike, type Fields } from './ledger.ts';
import { keepSalt, movedSalts, saltKey } from './salt.ts';

// What a store keeps beside mentions and receipts and must not lose when it moves: who wants to be left alone, which threads stay quiet, whose answers
// may be removed by whom, what is looked at again, what is paused, what was spent, and the instructions that receipts show.

const text = z.string().min(1);
const jsonOf = (shape: z.ZodType) => text.refine(value => {
  try {
    return shape.safeParse(JSON.parse(value)).success;
  } catch {
    return false;
  }
}, 'is not what belongs there');

/** In millionths of a dollar, or how many: Redis must be able to add to it. */
const amount = text.regex(/^(?:0|[1-9]\d{0,14})$/u, 'is no amount');
/** How each kind of key of Redis is written in a file. */
const shapes = {
  text, members: z.array(text).min(1), fields: z.record(text, z.string()), scores: z.record(text, z.number().nonnegative()).refine(all => Object.keys(all).length > 0, 'is empty'),
  amount, amounts: z.record(text, amount),
};
type Is = keyof typeof shapes;

interface Carried {
  /** With a star: all that are like it. */
  readonly key: string;
  readonly is: Is;
  readonly value?: z.ZodType;
  /** It comes to an end, which moves with it. */
  readonly ends?: true;
}

/** Nothing else comes out, and nothing else in. */
const carried: readonly Carried[] = [
  { key: saltKey, is: 'text' },
  { key: movedSalts, is: 'members' },
  { key: 'repartee:left-alone', is: 'members' },
  { key: 'repartee:left-alone:salted', is: 'members' },
  { key: 'repartee:quiet:*', is: 'text', ends: true },
  { key: 'repartee:concerned:*', is: 'text', ends: true, value: jsonOf(z.object({ id: text, by: z.array(text) })) },
  { key: 'repartee:answered:*', is: 'scores' },
  { key: 'repartee:reread:*', is: 'scores' },
  { key: 'repartee:halt', is: 'fields' },
  { key: 'repartee:prompts', is: 'fields', value: z.record(text, jsonOf(z.object({ version: text, text: z.string(), persona: z.object({ name: text, version: text }), since: z.number() }))) },
  // Or the day's budget would begin anew, and what a network charges once a day would be charged twice.
  { key: 'repartee:meter:*:day:*', is: 'amounts', ends: true },
  { key: 'repartee:meter:*:read:*', is: 'members', ends: true },
  { key: 'repartee:meter:*:mention:*', is: 'amount', ends: true },
  { key: 'repartee:meter:*:total', is: 'amount' },
];
const patterns = carried.map(each => ({ each, like: new RegExp(`^${each.key.replaceAll('*', '.+')}$`, 'su') }));
const findCarried = (key: string): Carried | undefined => patterns.find(({ like }) => like.test(key))?.each;

/** One line of an export. */
export const note = z.object({ kind: z.literal('note'), key: text, value: z.unknown(), endsAt: z.int().nonnegative().max(8.64e15, 'is beyond every date').optional() })
  .refine(({ key }) => findCarried(key) !== undefined, { path: ['key'], message: 'is nothing that comes along' })
  .refine(({ key, value }) => {
    const of = findCarried(key);
    return of === undefined || (of.value ?? shapes[of.is]).safeParse(value).success;
  }, { path: ['value'], message: 'is not what belongs there' });
export type Note = Omit<z.infer<typeof note>, 'kind'>;

/** So many are in one line. */
const inLine = 1_000;

type Read = (redis: Redis, key: string) => Promise<readonly unknown[]>;
const readText: Read = async (redis, key) => [await redis.get(key)].filter(value => value !== null);
const readFields: Read = async (redis, key) => inParts(Object.entries(await redis.hgetall(key))).map(part => Object.fromEntries(part));
const read: Readonly<Record<Is, Read>> = {
  text: readText, amount: readText, fields: readFields, amounts: readFields,
  members: async (redis, key) => inParts(await redis.smembers(key)),
  scores: async (redis, key) => {
    const all = await redis.zrange(key, '0', '-1', 'WITHSCORES');
    return inParts(all.flatMap((member, at) => (at % 2 === 0 ? [[member, Number(all[at + 1])] as const] : []))).map(part => Object.fromEntries(part));
  },
};
const inParts = <T>(all: readonly T[]): T[][] => Array.from({ length: Math.ceil(all.length / inLine) }, (_, part) => all.slice(part * inLine, (part + 1) * inLine));

/** Everything of it. Writes nothing. `scrub` takes secrets out of why something is paused. */
export async function* readNotes(redis: Redis, scrub: (text: string) => string): AsyncGenerator<Note> {
  for (const each of carried) {
    const { key: named, is } = each;
    for await (const key of named.includes('*') ? keysLike(redis, named) : [named]) {
      // What stands for anything in a name may stand for another one's name too.
      if (findCarried(key) !== each) continue;
      const [values, left] = await Promise.all([read[is](redis, key), redis.pttl(key)]);
      if (left === 0 || left === -2) continue;
      for (const value of values) {
        const told = key === 'repartee:halt' ? Object.fromEntries(Object.entries(value as Fields).map(([network, reason]) => [network, scrub(reason)])) : value;
        yield { key, value: told, ...(left > 0 && { endsAt: Date.now() + left }) };
      }
    }
  }
}

/** Keeps the larger one. KEYS: a hash. ARGV: its fields and what they are at least. Returns whether one has changed. */
const raiseFields = `
local changed = 0
for i = 1, #ARGV, 2 do
  if tonumber(ARGV[i + 1]) > tonumber(redis.call('HGET', KEYS[1], ARGV[i]) or '-1') then
    redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
    changed = 1
  end
end
return changed
`;
/** The same of a text, whose end stays. KEYS: it. ARGV: what it is at least. */
const raise = `
local now = redis.call('GET', KEYS[1])
if now and tonumber(now) >= tonumber(ARGV[1]) then return 0 end
redis.call('INCRBY', KEYS[1], string.format('%d', tonumber(ARGV[1]) - tonumber(now or '0')))
return 1
`;

const add: Readonly<Record<Is, (redis: Redis, key: string, value: never, endsAt: number | undefined) => Promise<boolean>>> = {
  text: async (redis, key, value: string, endsAt) => {
    if (key === saltKey) return keepSalt(redis, value);
    return (endsAt === undefined ? await redis.setnx(key, value) === 1 : await redis.set(key, value, 'PXAT', endsAt, 'NX') !== null);
  },
  amount: async (redis, key, value: string) => await redis.eval(raise, 1, key, value) === 1,
  amounts: async (redis, key, value: Fields) => await redis.eval(raiseFields, 1, key, ...Object.entries(value).flat()) === 1,
  members: async (redis, key, value: readonly string[]) => await redis.sadd(key, ...value) > 0,
  fields: async (redis, key, value: Fields) => (await Promise.all(Object.entries(value).map(([field, each]) => redis.hsetnx(key, field, each)))).includes(1),
  scores: async (redis, key, value: Readonly<Record<string, number>>) => await redis.zadd(key, 'NX', ...Object.entries(value).flatMap(([member, score]) => [score, member])) > 0,
};

/** Adds what is not there; what is there already stays as it is, and of amounts the larger one counts. False: all of it was there. */
export async function addNote(redis: Redis, { key, value, endsAt }: Note): Promise<boolean> {
  const { is, ends } = findCarried(key) ?? { is: 'text' as const };
  const isNew = await add[is](redis, key, value as never, ends ? endsAt : undefined);
  // A text has its end with it.
  if (ends && is !== 'text' && endsAt !== undefined && await redis.pttl(key) === -1) await redis.pexpireat(key, endsAt);
  return isNew;
}
