import { randomUUID } from 'node:crypto';
import type { Pool } from '../core/ports.ts';
import type { ContextItem } from '../core/types.ts';

const maxPerSource = 200;
const maxInAll = 3_000;
/** What a source said is forgotten when it has said nothing since. */
const forgetAfterMs = 24 * 60 * 60 * 1_000;

/** What searches found lies under names of this kind: no refresh drops it, age does. */
const searchPrefix = 'search ';

/** `items`: source → its items. `state`: `version`, and per source when it last spoke, so that one command tells whether there is anything to read. */
const keys = { items: 'repartee:pool:items', state: 'repartee:pool:state' };
const saidAt = (source: string): string => `said:${source}`;

/**
 * Replaces one source's items, forgets sources that are not kept (`*` keeps all), and gives a new version if that changed anything, in one step.
 * KEYS: items, state. ARGV: source, items (JSON), now, new version, then the sources to keep.
 */
const putScript = `
local changed = redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2]
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], 'said:' .. ARGV[1], ARGV[3])
local keep = { [ARGV[1]] = true }
for i = 5, #ARGV do keep[ARGV[i]] = true end
for _, source in ipairs(redis.call('HKEYS', KEYS[1])) do
  local said = tonumber(redis.call('HGET', KEYS[2], 'said:' .. source) or '0')
  if not keep['*'] and not keep[source] and (string.sub(source, 1, ${searchPrefix.length}) ~= '${searchPrefix}' or said < tonumber(ARGV[3]) - ${forgetAfterMs}) then
    redis.call('HDEL', KEYS[1], source)
    redis.call('HDEL', KEYS[2], 'said:' .. source)
    changed = true
  end
end
if changed then redis.call('HSET', KEYS[2], 'version', ARGV[4]) end
return changed and 1 or 0
`;

/** Version, and all items source by source, as they are at one moment. KEYS: items, state. */
const readScript = `return { redis.call('HGET', KEYS[2], 'version') or '', redis.call('HGETALL', KEYS[1]) }`;

/** What the pool needs of a Redis client. */
export interface PoolRedis {
  hgetall(key: string): Promise<Record<string, string>>;
  eval(script: string, keys: number, ...rest: string[]): Promise<unknown>;
}

/** The pool in Redis: one hash field per source. It reads the items only when the version has changed. */
export function openPool(redis: PoolRedis, now: () => number = Date.now): Pool {
  let known = { version: '', bySource: new Map<string, readonly ContextItem[]>() };
  const put = async (source: string, items: readonly ContextItem[], keep: readonly string[]): Promise<void> => {
    await redis.eval(putScript, 2, keys.items, keys.state, source, JSON.stringify(hottest(items, maxPerSource)), String(now()), randomUUID(), ...keep);
  };

  return {
    put,
    add: (search, items) => put(searchPrefix + search, items, ['*']),
    async all() {
      const state = await redis.hgetall(keys.state);
      if ((state['version'] ?? '') !== known.version) known = await readAll(redis);
      return gathered(known.version, known.bySource, source => Number(state[saidAt(source)] ?? now()), now());
    },
  };
}

async function readAll(redis: PoolRedis): Promise<{ version: string; bySource: Map<string, readonly ContextItem[]> }> {
  const [version, fields] = (await redis.eval(readScript, 2, keys.items, keys.state)) as [string, string[]];
  const bySource = new Map<string, readonly ContextItem[]>();
  for (let at = 0; at < fields.length; at += 2) bySource.set(fields[at] ?? '', JSON.parse(fields[at + 1] ?? '[]') as ContextItem[]);
  return { version, bySource };
}

/** The same in memory, for one process that keeps nothing. */
export function memoryPool(now: () => number = Date.now): Pool {
  const bySource = new Map<string, readonly ContextItem[]>();
  const said = new Map<string, number>();
  let version = '';

  const put = async (source: string, items: readonly ContextItem[], keep: readonly string[]): Promise<void> => {
    const fresh = hottest(items, maxPerSource);
    const isKept = (each: string): boolean => keep.includes('*') || keep.includes(each) || (each.startsWith(searchPrefix) && now() - (said.get(each) ?? 0) <= forgetAfterMs);
    const gone = [...bySource.keys()].filter(each => each !== source && !isKept(each));
    for (const each of gone) bySource.delete(each);
    const before = bySource.get(source);
    if (gone.length > 0 || before === undefined || JSON.stringify(before) !== JSON.stringify(fresh)) version = randomUUID();
    bySource.set(source, fresh);
    said.set(source, now());
  };

  return {
    put,
    add: (search, items) => put(searchPrefix + search, items, ['*']),
    async all() {
      return gathered(version, bySource, source => said.get(source) ?? now(), now());
    },
  };
}

function gathered(version: string, bySource: ReadonlyMap<string, readonly ContextItem[]>, lastWord: (source: string) => number, now: number): { version: string; items: readonly ContextItem[] } {
  const sources = [...bySource.keys()].sort();
  const silent = sources.filter(source => now - lastWord(source) > forgetAfterMs);
  const items = sources.filter(source => !silent.includes(source)).flatMap(source => bySource.get(source) ?? []);
  return { version: [version, ...silent].join(' '), items: hottest(items, maxInAll) };
}

/** Order is kept when nothing has to go. */
const hottest = (items: readonly ContextItem[], most: number): readonly ContextItem[] =>
  items.length <= most ? items : items.toSorted((a, b) => b.heat - a.heat || (a.id < b.id ? -1 : 1)).slice(0, most);
