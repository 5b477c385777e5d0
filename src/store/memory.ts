import type { Redis } from 'ioredis';
import type { Memory, Person } from '../core/manners.ts';
import type { Receipt } from '../core/record.ts';
import type { ContextItem, Mention, Post } from '../core/types.ts';
import { scanned } from './ledger.ts';
import { pack, unpack } from './receipts.ts';

export interface MemoryOptions {
  readonly keptDays: number;
  /** Makes the store's files forget too, where that can be asked for. */
  readonly rewrite: () => Promise<unknown>;
}

/** Somebody of whom nothing is known. */
const nobody = { id: '', handle: '', name: '', isBot: false };

/** Everything in the store that is about a person: found by walking over all of it, which nobody asks for often. */
export function openMemory(redis: Redis, { keptDays, rewrite }: MemoryOptions): Memory {
  return {
    async about(network, person) {
      let [mentions, oldestAt] = [0, Infinity];
      for await (const { mention } of recordsOf(redis, network)) {
        if (mention.author.id !== person.id) continue;
        mentions += 1;
        oldestAt = Math.min(oldestAt, Date.parse(mention.createdAt));
      }
      return { mentions, keptDays, ...(mentions > 0 && { oldestAt }) };
    },

    async erase(network, person, butMention) {
      for await (const { key, mention } of recordsOf(redis, network)) {
        const isHis = mention.author.id === person.id;
        const texts = key.replace('repartee:ledger:', 'repartee:texts:');
        if (isHis && mention.id !== butMention) await eraseRecord(redis, key, texts, mention);
        else if (!isHis) await eraseFromTexts(redis, texts, person);
      }
      for (const kind of ['receipt', 'whole-receipt']) await eraseFromReceipts(redis, kind, network, person);
      await eraseFromPool(redis, person);
      // How often he came stays, as a hash, for a day at most: or this wish would be the way around every quota.
      await rewrite();
    },

    async eraseMention({ network, account, id }) {
      const key = `repartee:ledger:${network}:${account}:${id}`;
      for await (const { mention } of recordsAt(redis, [key])) await eraseRecord(redis, key, key.replace('repartee:ledger:', 'repartee:texts:'), mention);
    },
  };
}

async function* keysLike(redis: Redis, match: string): AsyncGenerator<string> {
  for await (const keys of redis.scanStream({ match, count: scanned })) yield* keys as string[];
}

/** Every record of one network with its mention, packed or not. */
const recordsOf = (redis: Redis, network: string) => recordsAt(redis, keysLike(redis, `repartee:ledger:${network}:*`));

async function* recordsAt(redis: Redis, keys: AsyncIterable<string> | Iterable<string>): AsyncGenerator<{ readonly key: string; readonly mention: Mention }> {
  for await (const key of keys) {
    const [mention, rest] = await redis.hmget(key, 'mention', 'rest');
    const found = mention ? JSON.parse(mention) as Mention : (JSON.parse(rest ?? '{}') as { mention?: Mention }).mention;
    if (found) yield { key, mention: found };
  }
}

/** Of a record stays that there was one: who was forgotten is not answered twice. */
async function eraseRecord(redis: Redis, key: string, texts: string, { network, account, id, createdAt, visibility }: Mention): Promise<void> {
  const bare: Mention = { network, account, id, url: '', createdAt, visibility, author: nobody, salutation: '', text: '', media: [], links: [] };
  const [rest, state] = await redis.hmget(key, 'rest', 'state');
  const reply = rest ? (JSON.parse(rest) as { reply?: { id: string } }).reply : undefined;
  if (rest) await redis.hset(key, 'rest', JSON.stringify({ ...JSON.parse(rest) as object, mention: bare, draft: undefined }));
  // What is about to be sent, or may be, is looked after first; it is erased with the next wish, or by time.
  else if (state !== 'posting' && state !== 'unknown') await redis.hset(key, 'mention', JSON.stringify(bare));
  if (rest || (state !== 'posting' && state !== 'unknown')) await redis.del(texts);
  if (!reply) return;
  for (const kind of ['receipt', 'whole-receipt']) {
    const kept = `repartee:${kind}:${network}:${account}:${reply.id}`;
    const receipt = unpack(await redis.getBuffer(kept));
    // What we said is about what he said.
    if (receipt) await redis.lrem(`repartee:said:${network}:${account}`, 0, receipt.answer);
    await redis.del(kept);
  }
}

const concerns = ({ id, handle }: Person) => (text: string): boolean => text.includes(`"${id}"`) || text.toLowerCase().includes(handle.toLowerCase());

/** What others wrote under or about his posts, while it waits for an answer. */
async function eraseFromTexts(redis: Redis, texts: string, person: Person): Promise<void> {
  const written = await redis.hget(texts, 'mention');
  if (!written || !concerns(person)(written)) return;
  const { before = [], quote, ...mention } = JSON.parse(written) as Mention;
  const isOthers = ({ author }: Post): boolean => author.id !== person.id;
  const kept: Mention = { ...mention, before: before.filter(isOthers), ...(quote && isOthers(quote) && { quote }) };
  await redis.hset(texts, 'mention', JSON.stringify(kept));
}

/** A receipt of an answer to somebody else loses what was read of him. */
async function eraseFromReceipts(redis: Redis, kind: string, network: string, person: Person): Promise<void> {
  for await (const key of keysLike(redis, `repartee:${kind}:${network}:*`)) {
    const receipt = unpack(await redis.getBuffer(key));
    if (!receipt) continue;
    const isOthers = ({ author }: Receipt['thread'][number]): boolean => author.toLowerCase() !== person.handle.toLowerCase();
    const { thread, items, mayRemove } = receipt;
    const kept = { ...receipt, thread: thread.filter(isOthers), items: items.filter(item => !isBy(item, person)), ...(mayRemove && { mayRemove: mayRemove.filter(id => id !== person.id) }) };
    if (kept.thread.length + kept.items.length + (kept.mayRemove?.length ?? 0) < thread.length + items.length + (mayRemove?.length ?? 0)) await redis.set(key, pack(kept), 'KEEPTTL');
  }
}

/** What trends of his own goes too, and what names him. */
const isBy = ({ kind, url = '', text }: ContextItem, { handle }: Person): boolean => {
  const name = handle.split('@')[0]?.toLowerCase() ?? '';
  return kind === 'post' && (url.toLowerCase().includes(`/@${name}/`) || url.toLowerCase().includes(`/${name}/status/`) || url.toLowerCase().includes(`/users/${name}/`) || text.toLowerCase().includes(`@${name}`));
};

async function eraseFromPool(redis: Redis, person: Person): Promise<void> {
  const without = (json: string): string | undefined => {
    const items = JSON.parse(json) as ContextItem[];
    const kept = items.filter(item => !isBy(item, person));
    return kept.length < items.length ? JSON.stringify(kept) : undefined;
  };
  for (const [source, json] of Object.entries(await redis.hgetall('repartee:pool:items'))) {
    const kept = without(json);
    if (kept !== undefined) await redis.multi().hset('repartee:pool:items', source, kept).hset('repartee:pool:state', 'version', `erased ${Date.now()}`).exec();
  }
  for await (const key of keysLike(redis, 'repartee:pool:search:*')) {
    const kept = without(await redis.get(key) ?? '[]');
    if (kept !== undefined) await redis.set(key, kept, 'KEEPTTL');
  }
}
