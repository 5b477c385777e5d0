import { cloneRedisDataValue, type RedisDatabase, type RedisServerState } from 'js-redis-server/core';
import type { Change, Walk } from './journal.ts';

// The embedded server's keyspace, written down and read back. Collections are journaled as the calls that changed them
// (`setScore` of one member, not the whole sorted set), strings as what they became.
// Calls hold no clock and no chance, so reading them back gives exactly what was there.

type Value = NonNullable<ReturnType<RedisDatabase['get']>>;
type Call = readonly [method: string, ...args: unknown[]];
type Entry = { key: Buffer; readonly value: Value; readonly expiresAt?: number };
type Collection = 'hash' | 'list' | 'set' | 'zset' | 'stream';
type Stream = Parameters<Parameters<RedisDatabase['updateStream']>[1]>[0];

const portionBytes = 256 * 1024;

/**
 * The same bytes in memory of their own. Small Buffers share blocks of 8 kB with whatever was allocated beside them, and a whole block lives
 * as long as one of them: kept values would hold up to a hundred times their size.
 */
function toOwn<T>(value: T): T {
  if (Array.isArray(value)) return value.map(toOwn) as T;
  if (!Buffer.isBuffer(value) || value.length === value.buffer.byteLength) return value;
  const own = Buffer.allocUnsafeSlow(value.length);
  value.copy(own);
  return own as T & Buffer;
}

const fieldNames = new Map<string, Buffer>();

/** Thousands of hashes have the same few fields: one Buffer serves for all of them. Nobody writes into it; the server replaces, it does not change. */
function toShared(field: Buffer): Buffer {
  if (field.length > 16) return toOwn(field);
  const name = field.toString('latin1');
  const known = fieldNames.get(name);
  if (known) return known;
  const own = toOwn(field);
  if (fieldNames.size < 1_000) fieldNames.set(name, own);
  return own;
}

/** What a collection is to keep of a call's arguments. */
const toKeptArgs = (method: string, given: readonly unknown[]): readonly unknown[] => {
  const [field, ...rest] = given;
  return method === 'setField' && Buffer.isBuffer(field) ? [toShared(field), ...toOwn(rest)] : toOwn(given);
};

/** Its entries, by reference: the public ways to them copy the whole keyspace. js-redis-server is pinned exactly because of this. */
function entriesOf(db: RedisDatabase): Map<string, Entry> {
  const { entries } = (db as unknown as { keyspace: { entries: Map<string, Entry> } }).keyspace;
  if (!(entries instanceof Map)) throw new Error('this js-redis-server keeps its keys in another place than 0.3.0 did');
  return entries;
}

export function databaseOf(state: RedisServerState): RedisDatabase {
  const [db] = state.databases;
  if (!db) throw new Error('the embedded server has no database');
  return db;
}

/** Applies changes to an empty database. Nothing expires meanwhile, whatever the clock says: `finish` sets the times. */
export function openReplay(db: RedisDatabase): { apply(changes: readonly Change[]): void; finish(): void } {
  const expiries = new Map<string, { readonly key: Buffer; readonly at: number }>();
  const note = (key: Buffer, at: unknown): void => {
    if (typeof at === 'number') expiries.set(key.toString('hex'), { key, at });
    else expiries.delete(key.toString('hex'));
  };
  const apply = ([verb, key, what, at]: Change): void => {
    switch (verb) {
      case 'put': db.set(key, what as Value); return note(key, at);
      case 'delete': db.delete(key); return note(key, undefined);
      case 'expire': return note(key, what);
      case 'persist': return note(key, undefined);
      case 'flush': db.flush(); return expiries.clear();
      default:
        repeat(db, verb as Collection, key, what as Call[]);
        if (!entriesOf(db).has(key.toString('hex'))) note(key, undefined);
    }
  };
  return {
    apply(changes) {
      for (const change of changes) apply(change);
    },
    finish() {
      for (const { key, at } of expiries.values()) db.expire(key, at);
    },
  };
}

function repeat(db: RedisDatabase, type: Collection, key: Buffer, calls: readonly Call[]): void {
  const mutate = (tracked: object): void => {
    for (const [method, ...args] of calls) (tracked as Record<string, (...args: unknown[]) => unknown>)[method]?.(...toKeptArgs(method, args));
  };
  if (type === 'hash') db.updateHash(key, mutate);
  else if (type === 'list') db.updateList(key, mutate);
  else if (type === 'set') db.updateSet(key, mutate);
  else if (type === 'zset') db.updateSortedSet(key, mutate);
  else if (type === 'stream') db.updateStream(key, stream => repeatOnStream(stream, calls));
  else throw new Error(`the journal holds an unknown change "${String(type)}"`);
}

function repeatOnStream(stream: Stream, calls: readonly Call[]): void {
  for (const [method, ...args] of calls) {
    if (method === 'appendEntry') stream.appendEntry(...(toOwn(args) as Parameters<Stream['appendEntry']>));
    else stream.trim(value => {
      const removed = value.entries.splice(0, args[0] as number);
      value.maxDeletedEntryId = removed.at(-1)?.id ?? value.maxDeletedEntryId;
      return removed.length;
    });
  }
}

const empty: { readonly [Type in Value['type']]: Extract<Value, { type: Type }> } = {
  string: { type: 'string', value: Buffer.alloc(0) },
  hash: { type: 'hash', fields: new Map() },
  list: { type: 'list', values: [] },
  set: { type: 'set', members: new Map() },
  zset: { type: 'zset', members: new Map() },
  stream: { type: 'stream', entries: [], lastId: { ms: 0n, seq: 0n }, entriesAdded: 0, maxDeletedEntryId: { ms: 0n, seq: 0n }, groups: new Map() },
};

/**
 * Lets the server read its collections where they are, and tell of writes without copying what was written: both would cost as much as
 * the whole collection each time. Only the tracked collections change them (read in the code of 0.3.0, which is pinned).
 */
export function workInPlace(db: RedisDatabase): void {
  const emit = db.mutations.emit.bind(db.mutations);
  const entries = entriesOf(db);
  db.mutations.emit = event => {
    if (event.type === 'write') {
      const entry = entries.get(event.key.toString('hex'));
      if (entry) entry.key = toOwn(entry.key);
      if (entry?.value.type === 'string') entry.value.value = toOwn(entry.value.value);
    }
    emit(event.type === 'write' ? { ...event, value: empty[event.value.type] } : event); // listeners look at the type alone
  };

  const inPlace = <Type extends Value['type']>(type: Type, copy: (key: Buffer) => Extract<Value, { type: Type }> | null) =>
    (key: Buffer): Extract<Value, { type: Type }> | null =>
      db.getType(key) === type ? (entries.get(key.toString('hex'))?.value as Extract<Value, { type: Type }>) : copy(key);
  db.getHash = inPlace('hash', db.getHash.bind(db));
  db.getList = inPlace('list', db.getList.bind(db));
  db.getSet = inPlace('set', db.getSet.bind(db));
  db.getSortedSet = inPlace('zset', db.getSortedSet.bind(db));
  db.getStream = inPlace('stream', db.getStream.bind(db));
}

/** Reports every change of the database from now on, before the command that made it answers. */
export function recordChanges(db: RedisDatabase, report: (change: Change) => void): void {
  let updating = false;
  const emit = db.mutations.emit.bind(db.mutations);
  db.mutations.emit = event => {
    switch (event.type) {
      case 'write': if (!updating) report(['put', event.key, toKept(event.value), event.expiresAt]); break;
      case 'delete': if (!updating) report(['delete', event.key]); break;
      case 'evict': report(['delete', event.key]); break;
      case 'expire': report(['expire', event.key, event.expiresAt]); break;
      case 'persist': report(['persist', event.key]); break;
      case 'flush': report(['flush', Buffer.alloc(0)]); break;
    }
    emit(event);
  };

  const update = <T>(run: () => T): T => {
    updating = true;
    try {
      return run();
    } finally {
      updating = false;
    }
  };
  const recording = <Tracked extends object>(type: Collection, change: <T>(key: Buffer, mutator: (tracked: Tracked) => T) => T) =>
    <T>(key: Buffer, mutator: (tracked: Tracked) => T): T => {
      const calls: Call[] = [];
      const result = update(() => change(key, tracked => mutator(watch(tracked, (method, args) => {
        if (changing.test(method)) calls.push([method, ...args]);
      }))));
      if (calls.length > 0) report([type, Buffer.from(key), calls]);
      return result;
    };
  db.updateHash = recording('hash', db.updateHash.bind(db));
  db.updateList = recording('list', db.updateList.bind(db));
  db.updateSet = recording('set', db.updateSet.bind(db));
  db.updateSortedSet = recording('zset', db.updateSortedSet.bind(db));

  const updateStream = db.updateStream.bind(db);
  db.updateStream = (key, mutator) => {
    const calls: Call[] = [];
    let whole = false; // consumer groups are changed in place, by functions: the stream is written down as it became
    const result = update(() => updateStream(key, stream => mutator(watch(stream, (method, args, returned) => {
      if (method === 'appendEntry') calls.push([method, ...args]);
      else if (method === 'trim') calls.push([method, returned]);
      else whole = true;
    }))));
    const entry = entriesOf(db).get(key.toString('hex'));
    if (whole && entry) report(['put', entry.key, toKept(entry.value), entry.expiresAt]);
    else if (calls.length > 0) report(['stream', Buffer.from(key), calls]);
    return result;
  };
}

/** A value that later changes of the same turn leave alone: collections change in place, strings are replaced. */
function toKept(value: Value): Value {
  return value.type === 'string' ? value : cloneRedisDataValue(value);
}

const changing = /^(set|delete|add|push|pop|insert|remove|trim|replace|clear)/;

/** The same collection, whose calls are told. */
function watch<Tracked extends object>(tracked: Tracked, tell: (method: string, args: readonly unknown[], returned: unknown) => void): Tracked {
  return new Proxy(tracked, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]): unknown => {
        const args = toKeptArgs(String(name), given);
        const returned: unknown = Reflect.apply(member, target, args);
        tell(String(name), args, returned);
        return returned;
      };
    },
  });
}

/** Walks over what the database holds now. */
export function walkKeys(db: RedisDatabase): Walk {
  const entries = entriesOf(db);
  const left = new Set(entries.keys());
  return {
    passed([verb, key]) {
      if (verb === 'flush') left.clear();
      return !left.has(key.toString('hex'));
    },
    next() {
      if (left.size === 0) return undefined;
      const changes: Change[] = [];
      let bytes = 0;
      for (const id of left) {
        const entry = entries.get(id);
        left.delete(id);
        if (entry) {
          changes.push(['put', entry.key, entry.value, entry.expiresAt]);
          bytes += sizeOf(entry.value);
        }
        if (bytes >= portionBytes) break;
      }
      return changes;
    },
  };
}

/** About how much of a portion a value takes. */
function sizeOf(value: Value): number {
  switch (value.type) {
    case 'string': return value.value.length;
    case 'hash': return [...value.fields.values()].reduce((sum, { field, value }) => sum + field.length + value.length, 0);
    case 'list': return value.values.reduce((sum, { length }) => sum + length, 0);
    case 'set': return value.members.size * 64;
    case 'zset': return value.members.size * 64;
    case 'stream': return value.entries.length * 256;
  }
}
