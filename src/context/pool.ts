import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from '../core/ports.ts';
import type { ContextItem } from '../core/types.ts';

const maxPerSource = 200;
const maxInAll = 3_000;
/** What a source said is forgotten when it has said nothing since; what a search found, in any case. */
const forgetAfterMs = 24 * 60 * 60 * 1_000;

/**
 * `items`: source → its items. `state`: `version`, and per source when it last spoke and how many items it had, so that one command tells whether there is anything to read.
 * `searches`: search → when it is forgotten; what it found lies under a key of its own that ends by itself, whether a bot runs or not.
 * A search goes by its hash: its words are somebody's.
 */
const keys = { items: 'repartee:pool:items', state: 'repartee:pool:state', searches: 'repartee:pool:searches', search: 'repartee:pool:search:' };
const toName = (search: string): string => createHash('sha256').update(search).digest('base64url').slice(0, 16);
const saidAt = (source: string): string => `said:${source}`;
const held = (source: string): string => `held:${source}`;

/**
 * Replaces one source's items, forgets sources that are not kept, and gives a new version if that changed anything, in one step.
 * KEYS: items, state. ARGV: source, items (JSON), now, new version, how many items, then the sources to keep.
 */
const putScript = `
local changed = redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], 'said:' .. ARGV[1], ARGV[3], 'held:' .. ARGV[1], ARGV[5])
local keep = { [ARGV[1]] = true }
for i = 6, #ARGV do keep[ARGV[i]] = true end
for _, source in ipairs(redis.call('HKEYS', KEYS[1])) do
  if not keep[source] then
    redis.call('HDEL', KEYS[1], source)
    redis.call('HDEL', KEYS[2], 'said:' .. source, 'held:' .. source)
    changed = true
  end
end
if changed then redis.call('HSET', KEYS[2], 'version', ARGV[4]) end
`;

/** Keeps what a search found until its time. KEYS: searches, state, that search. ARGV: search, items (JSON), now, until, new version. */
const addScript = `
redis.call('SET', KEYS[3], ARGV[2], 'PX', ARGV[4] - ARGV[3])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[3])
redis.call('ZADD', KEYS[1], ARGV[4], ARGV[1])
redis.call('HSET', KEYS[2], 'version', ARGV[5])
`;

/** Version, all items source by source, and all searches with their ends and what they found, as they are at one moment. KEYS: items, state, searches. ARGV: what the key of a search begins with. */
const readScript = `
local searches = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
local found = {}
for i = 1, #searches, 2 do
  local items = redis.call('GET', ARGV[1] .. searches[i])
  if items then
    found[#found + 1] = searches[i]
    found[#found + 1] = searches[i + 1]
    found[#found + 1] = items
  end
end
return { redis.call('HGET', KEYS[2], 'version') or '', redis.call('HGETALL', KEYS[1]), found }
`;

/** What the pool needs of a Redis client. */
export interface PoolRedis {
  hgetall(key: string): Promise<Record<string, string>>;
  eval(script: string, keys: number, ...rest: string[]): Promise<unknown>;
}

/** How each of these sources was when it was last read; those that never were are left out. Reads no items. */
export async function readSources(redis: PoolRedis, names: readonly string[]): Promise<readonly { readonly name: string; readonly items: number; readonly readAt: number }[]> {
  const state = await redis.hgetall(keys.state);
  return names.flatMap(name => (state[saidAt(name)] === undefined ? [] : [{ name, items: Number(state[held(name)] ?? 0), readAt: Number(state[saidAt(name)]) }]));
}

interface Search {
  readonly items: readonly ContextItem[];
  readonly until: number;
}

interface Content {
  readonly version: string;
  readonly sources: ReadonlyMap<string, readonly ContextItem[]>;
  readonly searches: Map<string, Search>;
}

/** When what a search found must be gone: after a day, or earlier where a network says so. */
const untilOf = (items: readonly ContextItem[], now: number): number =>
  Math.min(now + forgetAfterMs, ...items.flatMap(({ forgetAt }) => (forgetAt === undefined ? [] : [Date.parse(forgetAt)])));

/** The pool in Redis: one hash field per source, one key per search. It reads the items only when the version has changed. */
export function openPool(redis: PoolRedis, now: () => number = Date.now): Pool {
  let known: Content = { version: '', sources: new Map(), searches: new Map() };

  return {
    async put(source, items, keep) {
      const kept = hottest(items, maxPerSource);
      await redis.eval(putScript, 2, keys.items, keys.state, source, JSON.stringify(kept), String(now()), randomUUID(), String(kept.length), ...keep);
    },
    async add(search, items) {
      const until = untilOf(items, now());
      if (until <= now()) return;
      const name = toName(search);
      await redis.eval(addScript, 3, keys.searches, keys.state, keys.search + name, name, JSON.stringify(hottest(items, maxPerSource)), String(now()), String(until), randomUUID());
    },
    async all() {
      const state = await redis.hgetall(keys.state);
      if ((state['version'] ?? '') !== known.version) known = await readAll(redis);
      return gathered(known, source => Number(state[saidAt(source)] ?? now()), now());
    },
  };
}

async function readAll(redis: PoolRedis): Promise<Content> {
  const [version, fields, found] = (await redis.eval(readScript, 3, keys.items, keys.state, keys.searches, keys.search)) as [string, string[], string[]];
  const sources = new Map<string, readonly ContextItem[]>();
  const searches = new Map<string, Search>();
  for (let at = 0; at < fields.length; at += 2) sources.set(fields[at] ?? '', toItems(fields[at + 1]));
  for (let at = 0; at < found.length; at += 3) searches.set(found[at] ?? '', { until: Number(found[at + 1]), items: toItems(found[at + 2]) });
  return { version, sources, searches };
}

const toItems = (json = '[]'): readonly ContextItem[] => JSON.parse(json) as ContextItem[];

/** The same in memory, for one process that keeps nothing. */
export function memoryPool(now: () => number = Date.now): Pool {
  const sources = new Map<string, readonly ContextItem[]>();
  const searches = new Map<string, Search>();
  const said = new Map<string, number>();
  let version = '';

  return {
    async put(source, items, keep) {
      const fresh = hottest(items, maxPerSource);
      const gone = [...sources.keys()].filter(each => each !== source && !keep.includes(each));
      for (const each of gone) sources.delete(each);
      const before = sources.get(source);
      if (gone.length > 0 || before === undefined || JSON.stringify(before) !== JSON.stringify(fresh)) version = randomUUID();
      sources.set(source, fresh);
      said.set(source, now());
    },
    async add(search, items) {
      searches.set(search, { items: hottest(items, maxPerSource), until: untilOf(items, now()) });
      version = randomUUID();
    },
    async all() {
      return gathered({ version, sources, searches }, source => said.get(source) ?? now(), now());
    },
  };
}

/** What is there now. Searches whose time is over are dropped from `content`, and both they and silent sources from its version. */
function gathered({ version, sources, searches }: Content, lastWord: (source: string) => number, now: number): { version: string; items: readonly ContextItem[] } {
  for (const [search, { until }] of searches) if (until <= now) searches.delete(search);
  const silent = [...sources.keys()].filter(source => now - lastWord(source) > forgetAfterMs).sort();
  const said = [...sources].filter(([source]) => !silent.includes(source)).toSorted(byName).flatMap(([, items]) => items);
  const found = [...searches].toSorted(byName).flatMap(([, { items }]) => items);
  return { version: [version, searches.size, ...silent].join(' '), items: hottest([...said, ...found], maxInAll) };
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number => (one < other ? -1 : 1);

/** Order is kept when nothing has to go. */
const hottest = (items: readonly ContextItem[], most: number): readonly ContextItem[] =>
  items.length <= most ? items : items.toSorted((a, b) => b.heat - a.heat || (a.id < b.id ? -1 : 1)).slice(0, most);
