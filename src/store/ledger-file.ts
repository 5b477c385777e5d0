import type { Redis } from 'ioredis';
import { PermanentError } from '../core/errors.ts';
import { finalStates, standingOf, type Receipt } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { version, type Line, type LineOf } from './ledger-lines.ts';
import { asUnreadable, keysLike, readFields, toFields } from './ledger.ts';
import { addNote, readNotes } from './notes.ts';
import { indexKey, pack, toPlace, toReceiptId, unpack } from './receipts.ts';
import { orElse } from './unreadable.ts';

// A ledger as lines of JSON, for moving to another Redis. Logins are not in it, nor which life of the store a record was sure of:
// wherever it is brought to, what is unfinished is looked for on the network before it is posted.

export interface Moved {
  readonly records: number;
  readonly receipts: number;
  readonly notes: number;
  readonly cursors: number;
}

type Count = { -readonly [Kind in keyof Moved]: number };
const none = (): Count => ({ records: 0, receipts: 0, notes: 0, cursors: 0 });

async function* keysOf(redis: Redis, kind: string): AsyncGenerator<{ readonly key: string; readonly network: string; readonly account: string; readonly rest: string }> {
  for await (const key of keysLike(redis, `repartee:${kind}:*`)) {
    const [, , network = '', account = '', ...rest] = key.split(':');
    yield { key, network, account, rest: rest.join(':') };
  }
}

const toEnd = (name: 'endsAt' | 'textsEndAt', left: number, now: number) => (left > 0 ? { [name]: now + left } : {});

/**
 * Every line of the ledger. The cursors are read before everything else: whoever reads on from them may read a little twice and misses nothing.
 * The last line counts them all, and its absence tells of a file that was cut off.
 * `scrub` takes secrets out of what servers and models said; what people wrote stays as it is, and so does a draft, which is looked for by its words.
 * `warn` is told of every record that nobody can read, which is not among them.
 */
export async function* exportLedger(redis: Redis, scrub = (text: string): string => text, warn?: (line: string) => void): AsyncGenerator<string, Moved> {
  const written = none();
  const clean = (name: string, value: unknown): unknown => ((name === 'reason' || name === 'refused') && typeof value === 'string' ? scrub(value) : value);
  const toLine = (each: { readonly kind: Line['kind']; readonly [name: string]: unknown }): string => `${JSON.stringify(each, clean)}\n`;
  const take = (kind: Exclude<Line['kind'], 'ledger' | 'end'>, values: object): string => {
    written[`${kind}s`] += 1;
    return toLine({ kind, ...values });
  };
  const cursors: object[] = [];
  for await (const { key, network, account } of keysOf(redis, 'cursor')) cursors.push({ network, account, cursor: await redis.get(key) });
  yield toLine({ kind: 'ledger', version, at: new Date().toISOString() });
  for await (const { key, network, account, rest: id } of keysOf(redis, 'ledger')) {
    const record = await readRecord(redis, key, { network, account, id }, warn);
    if (record) yield take('record', { network, account, id, ...record });
  }
  for (const [kind, whole] of [['receipt', false], ['whole-receipt', true]] as const) {
    for await (const { key, network, account, rest: reply } of keysOf(redis, kind)) {
      const kept = await orElse(async () => {
        const [data, left] = await Promise.all([redis.getBuffer(key), redis.pttl(key)]);
        return { receipt: unpack(data), ...toEnd('endsAt', left, Date.now()) };
      }, async () => undefined);
      if (kept === undefined) warn?.(`${network} ${account} ${reply}: its receipt cannot be read and is passed over: delete ${key} in Redis`);
      else if (kept.receipt) yield take('receipt', { network, account, reply, whole, ...kept });
    }
  }
  for await (const each of readNotes(redis, scrub)) yield take('note', each);
  for (const cursor of cursors) yield take('cursor', cursor);
  yield toLine({ kind: 'end', ...written });
  return written;
}

const readScript = "return { redis.call('HGETALL', KEYS[1]), redis.call('HGETALL', KEYS[2]), redis.call('PTTL', KEYS[1]), redis.call('PTTL', KEYS[2]) }";

/** Both hashes of a record as they are in one moment, field by field also where it is packed; undefined when it has gone since its key was listed, or cannot be read. */
async function readRecord(redis: Redis, key: string, ref: MentionRef, warn?: (line: string) => void): Promise<object | undefined> {
  const textsKey = key.replace(':ledger:', ':texts:');
  try {
    // In one script: a Redis that is full takes no transaction, whatever is in it.
    const [flat, flatTexts, left, textsLeft] = await redis.eval(readScript, 2, key, textsKey).catch(asUnreadable(ref)) as [string[], string[], number, number];
    const { state, ...fields } = toFields(flat);
    if (state === undefined) return undefined;
    const { epoch: _, ...kept } = readFields(ref, fields);
    const now = Date.now();
    return { state, fields: withoutNulls(kept), texts: readFields(ref, toFields(flatTexts)), ...toEnd('endsAt', left, now), ...toEnd('textsEndAt', textsLeft, now) };
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error;
    warn?.(error.message);
    return undefined;
  }
}

const withoutNulls = (fields: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));

/**
 * Adds one record that is not there. KEYS: record, texts, due, counts, list of its state. ARGV: id, state, updatedAt, when the record ends or ''
 * (unfinished, and due at once), when its texts end or '', number of fields, under what it is counted, those
 * fields, then texts. Returns 1 when it was added.
 * Whatever may fail comes before the first write, for nothing takes back what a script wrote before it failed.
 */
const addScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('HLEN', KEYS[2])
redis.call('ZCARD', KEYS[3])
redis.call('ZCARD', KEYS[5])
for i = 3, 5 do
  if not string.match(ARGV[i], '^%d*$') then return redis.error_reply('ERR not a time: ' .. ARGV[i]) end
end
redis.call('HINCRBY', KEYS[4], ARGV[7], 1)
redis.call('HSET', KEYS[1], 'state', ARGV[2])
local last = 7 + ARGV[6] * 2
for i = 8, #ARGV, 2 do redis.call('HSET', i <= last and KEYS[1] or KEYS[2], ARGV[i], ARGV[i + 1]) end
if ARGV[5] ~= '' then redis.call('PEXPIREAT', KEYS[2], ARGV[5]) end
if ARGV[4] == '' then
  redis.call('ZADD', KEYS[3], 0, ARGV[1])
  if ARGV[2] == 'held' then redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1]) end
else
  redis.call('PEXPIREAT', KEYS[1], ARGV[4])
  redis.call('ZADD', KEYS[5], ARGV[3], ARGV[1])
end
return 1
`;

/** So many are under way at once: one flush to the disk serves them all. */
const atOnce = 100;

/**
 * Adds what an export holds and is not there. What is there already stays as it is, so that a file may be read twice and beside a running bot; what is unfinished is due at once.
 * `over`: what has come to its end since it was exported. A finished record that does not say when it ends is kept for `keepFinalMs`.
 */
export async function importLedger(redis: Redis, lines: readonly Line[], keepFinalMs: number): Promise<{ readonly added: Moved; readonly known: Moved; readonly over: Moved }> {
  const moved = { added: none(), known: none(), over: none() };
  const addAll = async <Kind extends 'record' | 'receipt' | 'note' | 'cursor'>(kind: Kind, add: (each: LineOf<Kind>, now: number) => Promise<keyof typeof moved>): Promise<void> => {
    const all = lines.filter(each => each.kind === kind) as LineOf<Kind>[];
    for (let at = 0; at < all.length; at += atOnce) {
      const now = Date.now();
      for (const became of await Promise.all(all.slice(at, at + atOnce).map(each => add(each, now)))) moved[became][`${kind}s`] += 1;
    }
  };
  // What people wish holds before anything of theirs is due.
  await addAll('note', async (each, now) => {
    if (each.endsAt !== undefined && each.endsAt <= now) return 'over';
    return await addNote(redis, each) ? 'added' : 'known';
  });
  await addAll('record', async (each, now) => {
    const isFinal = (finalStates as readonly string[]).includes(each.state);
    const endsAt = isFinal ? each.endsAt ?? now + keepFinalMs : undefined;
    if (endsAt !== undefined && endsAt <= now) return 'over';
    return await addRecord(redis, each, endsAt) ? 'added' : 'known';
  });
  await addAll('receipt', async ({ network, account, reply, whole, receipt, endsAt }, now) => {
    const end = endsAt ?? now + keepFinalMs;
    if (end <= now) return 'over';
    const key = `repartee:${whole ? 'whole-receipt' : 'receipt'}:${network}:${account}:${reply}`;
    const id = toReceiptId(network, account, reply);
    if (!whole) await redis.set(indexKey(id), toPlace(network, account, reply), 'PXAT', end, 'NX');
    return await redis.set(key, pack({ ...receipt as unknown as Receipt, id }), 'PXAT', end, 'NX') === null ? 'known' : 'added';
  });
  // Once everything before them is there.
  await addAll('cursor', async ({ network, account, cursor }) => (await redis.setnx(`repartee:cursor:${network}:${account}`, cursor) === 1 ? 'added' : 'known'));
  return moved;
}

/** A final record is one value beside its state, as where it ended. */
async function addRecord(redis: Redis, { network, account, id, state, fields, texts, textsEndAt }: LineOf<'record'>, endsAt: number | undefined): Promise<boolean> {
  const at = (kind: string) => `repartee:${kind}:${network}:${account}`;
  const flat = (values: object) => Object.entries(values).flatMap(([name, value]) => [name, JSON.stringify(value)]);
  const standing = standingOf({ state, ordered: fields['ordered'] });
  const kept = endsAt === undefined ? flat(fields) : flat({ rest: fields });
  return await redis.eval(
    addScript, 5, `${at('ledger')}:${id}`, `${at('texts')}:${id}`, at('due'), at('counts'), `${at('ended')}:${standing}`,
    id, state, fields.updatedAt, endsAt ?? '', textsEndAt ?? endsAt ?? '', kept.length / 2, standing, ...kept, ...flat(texts),
  ) === 1;
}
