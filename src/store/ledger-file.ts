import type { Redis } from 'ioredis';
import { z } from 'zod';
import { SetupError } from '../core/errors.ts';
import { finalStates, openStates } from '../core/types.ts';

// A ledger as lines of JSON, for moving to another Redis. Logins are not in it, nor which life of the store a record was sure of:
// wherever it is brought to, what is unfinished is looked for on the network before it is posted.

const version = 1;
const text = z.string();
const place = { network: text.regex(/^[a-z0-9-]+$/u), account: text.regex(/^[A-Za-z0-9._@-]+$/u) };
const fields = z.record(text, text);
const time = z.number().optional();
const head = z.strictObject({ kind: z.literal('ledger'), version: z.literal(version), at: text });
const line = z.discriminatedUnion('kind', [
  head,
  z.strictObject({ kind: z.literal('cursor'), ...place, cursor: text }),
  z.strictObject({ kind: z.literal('record'), ...place, id: text, state: z.enum([...openStates, ...finalStates]), updatedAt: z.number(), fields, texts: fields, endsAt: time, textsEndAt: time }),
  z.strictObject({ kind: z.literal('receipt'), ...place, reply: text, whole: z.boolean(), data: z.base64(), endsAt: time }),
]);
type Line = z.infer<typeof line>;

export interface Moved {
  readonly cursors: number;
  readonly records: number;
  readonly receipts: number;
}

const scanned = 500;

async function* keysOf(redis: Redis, kind: string): AsyncGenerator<{ readonly key: string; readonly network: string; readonly account: string; readonly rest: string }> {
  for await (const keys of redis.scanStream({ match: `repartee:${kind}:*`, count: scanned })) {
    for (const key of new Set(keys as string[])) {
      const [, , network = '', account = '', ...rest] = key.split(':');
      yield { key, network, account, rest: rest.join(':') };
    }
  }
}

const endOf = async (redis: Redis, key: string): Promise<{ readonly endsAt?: number }> => {
  const left = await redis.pttl(key);
  return left > 0 ? { endsAt: Date.now() + left } : {};
};

/** Every line of the ledger, the cursors last: whoever stops in the middle reads a little twice instead of missing it. */
export async function* exportLedger(redis: Redis): AsyncGenerator<string> {
  const write = (each: Line) => `${JSON.stringify(each)}\n`;
  yield write({ kind: 'ledger', version, at: new Date().toISOString() });
  for await (const { key, network, account, rest: id } of keysOf(redis, 'ledger')) {
    const textsKey = key.replace(':ledger:', ':texts:');
    const [{ state, epoch: _, ...kept }, texts, ends, textsEnd] = await Promise.all([redis.hgetall(key), redis.hgetall(textsKey), endOf(redis, key), endOf(redis, textsKey)]);
    const known = line.safeParse({ kind: 'record', network, account, id, state, ...toPlain(kept), texts, ...ends, ...(textsEnd.endsAt !== undefined && { textsEndAt: textsEnd.endsAt }) });
    if (known.success) yield write(known.data); // else it has gone since it was listed
  }
  for (const [kind, whole] of [['receipt', false], ['whole-receipt', true]] as const) {
    for await (const { key, network, account, rest: reply } of keysOf(redis, kind)) {
      const data = await redis.getBuffer(key);
      if (data) yield write({ kind: 'receipt', network, account, reply, whole, data: data.toString('base64'), ...await endOf(redis, key) });
    }
  }
  for await (const { key, network, account } of keysOf(redis, 'cursor')) {
    const cursor = await redis.get(key);
    if (cursor !== null) yield write({ kind: 'cursor', network, account, cursor });
  }
}

/** The fields of a record one by one, also where they are packed into one. */
function toPlain({ rest, ...kept }: Readonly<Record<string, string>>): { readonly fields: Readonly<Record<string, string>>; readonly updatedAt: number } {
  const { epoch: _, ...packed } = (rest === undefined ? {} : JSON.parse(rest)) as Record<string, unknown>;
  const plain = { ...Object.fromEntries(Object.entries(packed).filter(([, value]) => value !== null).map(([name, value]) => [name, JSON.stringify(value)])), ...kept };
  return { fields: plain, updatedAt: Number(plain['updatedAt']) };
}

/**
 * Adds one record that is not there. KEYS: record, texts, due, counts, list of its final state. ARGV: id, state, updatedAt, due time or '' (final),
 * when the record ends or '', when its texts end or '', number of fields, those, then texts. Returns 1 when it was added.
 */
const addScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HSET', KEYS[1], 'state', ARGV[2])
local last = 7 + ARGV[7] * 2
for i = 8, #ARGV, 2 do redis.call('HSET', i <= last and KEYS[1] or KEYS[2], ARGV[i], ARGV[i + 1]) end
if ARGV[5] ~= '' then redis.call('PEXPIREAT', KEYS[1], ARGV[5]) end
if ARGV[6] ~= '' then redis.call('PEXPIREAT', KEYS[2], ARGV[6]) end
if ARGV[4] == '' then redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1]) else redis.call('ZADD', KEYS[3], ARGV[4], ARGV[1]) end
redis.call('HINCRBY', KEYS[4], ARGV[2], 1)
return 1
`;

/**
 * Reads what `exportLedger` wrote. What is there already stays as it is, so that it may be read twice and beside a running bot; what is unfinished is due at once.
 * SetupError names the line that is wrong, and nothing is written.
 */
export async function importLedger(redis: Redis, ndjson: string): Promise<{ readonly added: Moved; readonly known: Moved }> {
  const lines = readLines(ndjson);
  const added = { cursors: 0, records: 0, receipts: 0 };
  const known = { cursors: 0, records: 0, receipts: 0 };
  const count = (kind: keyof Moved, isNew: boolean): void => void ((isNew ? added : known)[kind] += 1);
  for (const each of lines) {
    if (each.kind === 'record') count('records', await addRecord(redis, each));
    if (each.kind === 'receipt') {
      const key = `repartee:${each.whole ? 'whole-receipt' : 'receipt'}:${each.network}:${each.account}:${each.reply}`;
      const isNew = await redis.setnx(key, Buffer.from(each.data, 'base64')) === 1;
      if (isNew && each.endsAt !== undefined) await redis.pexpireat(key, each.endsAt);
      count('receipts', isNew);
    }
  }
  // The cursors once everything before them is there.
  for (const each of lines) {
    if (each.kind === 'cursor') count('cursors', await redis.setnx(`repartee:cursor:${each.network}:${each.account}`, each.cursor) === 1);
  }
  return { added, known };
}

async function addRecord(redis: Redis, { network, account, id, state, updatedAt, fields: kept, texts, endsAt, textsEndAt }: Extract<Line, { kind: 'record' }>): Promise<boolean> {
  const at = (kind: string) => `repartee:${kind}:${network}:${account}`;
  const isFinal = (finalStates as readonly string[]).includes(state);
  const flat = (values: Readonly<Record<string, string>>) => Object.entries(values).filter(([name]) => name !== 'epoch' && name !== 'state').flat();
  const record = flat(kept);
  return await redis.eval(
    addScript, 5, `${at('ledger')}:${id}`, `${at('texts')}:${id}`, at('due'), at('counts'), `${at('ended')}:${state}`,
    id, state, updatedAt, isFinal ? '' : Date.now(), endsAt ?? '', textsEndAt ?? '', record.length / 2, ...record, ...flat(texts),
  ) === 1;
}

function readLines(ndjson: string): readonly Line[] {
  const lines = ndjson.split('\n').map((written, at) => ({ written, number: at + 1 })).filter(({ written }) => written.trim() !== '');
  const read = lines.map(({ written, number }) => {
    const parsed = line.safeParse(parse(written));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new SetupError(`line ${number}: ${parse(written) === undefined ? 'it is not JSON' : `${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'not understood'}`}; nothing was imported`);
  });
  if (read[0]?.kind !== 'ledger') throw new SetupError('line 1: this is no export of a ledger: it begins with {"kind":"ledger"}; nothing was imported');
  return read;
}

function parse(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined; // told with the number of its line
  }
}
