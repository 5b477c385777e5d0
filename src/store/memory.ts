import type { Redis } from 'ioredis';
import type { Memory, Person } from '../core/manners.ts';
import type { Draft, Receipt } from '../core/record.ts';
import type { ContextItem, Mention } from '../core/types.ts';
import { keysLike } from './ledger.ts';
import { indexKey, pack, toReceiptId, unpack } from './receipts.ts';
import { readSalt } from './salt.ts';
import { orElse } from './unreadable.ts';
import { isBy, isNamedIn, withoutPerson, withoutPersonHere } from './without-person.ts';

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
      for await (const key of keysLike(redis, `repartee:ledger:${network}:*`)) {
        const mention = await orElse(() => mentionAt(redis, key), async () => undefined);
        if (mention?.author.id !== person.id) continue;
        mentions += 1;
        oldestAt = Math.min(oldestAt, Date.parse(mention.createdAt));
      }
      return { mentions, keptDays, ...(mentions > 0 && { oldestAt }) };
    },

    async erase(network, person, isPending = () => false) {
      const salt = await readSalt(redis);
      const emptied = new Set<string>();
      for await (const key of keysLike(redis, `repartee:ledger:${network}:*`)) {
        const texts = key.replace('repartee:ledger:', 'repartee:texts:');
        await orElse(async () => {
          const mention = await mentionAt(redis, key);
          if (mention?.author.id === person.id) await eraseRecord(redis, key, texts, mention, isPending);
          else if (mention) await eraseFromTexts(redis, key, texts, person, salt);
        }, async () => {
          if (await eraseUnreadable(redis, key, texts, network, person)) emptied.add(key);
        });
      }
      for (const kind of ['receipt', 'whole-receipt']) await eraseFromReceipts(redis, kind, network, person, salt, emptied);
      await eraseFromPool(redis, network, person);
      // How often he came stays, as a hash, for a day at most: or this wish would be the way around every quota.
      await rewrite();
    },

    async eraseMention({ network, account, id }, inFiles) {
      const key = `repartee:ledger:${network}:${account}:${id}`;
      const mention = await mentionAt(redis, key);
      if (mention) await eraseRecord(redis, key, key.replace('repartee:ledger:', 'repartee:texts:'), mention, () => false);
      if (inFiles) await rewrite();
    },
  };
}

/** The mention of a record, packed or not. */
async function mentionAt(redis: Redis, key: string): Promise<Mention | undefined> {
  const [mention, rest] = await redis.hmget(key, 'mention', 'rest');
  const found: Partial<Mention> | undefined = mention ? JSON.parse(mention) as Mention : (JSON.parse(rest ?? '{}') as { mention?: Mention }).mention;
  if (found !== undefined && typeof found.author?.id !== 'string') throw new SyntaxError(`${key} holds no mention`);
  return found as Mention | undefined;
}

/** Where his id or handle stands in it, nothing stays but that there was a record, for nobody is answered twice. */
async function eraseUnreadable(redis: Redis, key: string, texts: string, network: string, person: Person): Promise<boolean> {
  const read = async (each: string): Promise<object> => ((await redis.type(each)) === 'hash' ? redis.hgetall(each) : {});
  const written = [await read(key), await read(texts)].flatMap(fields => Object.values(fields)).join('\n');
  const account = key.slice(`repartee:ledger:${network}:`.length).replace(/:[^:]*$/u, '');
  if (!isNamedIn(written, person, account)) return false;
  await redis.del(texts);
  if ((await redis.type(key)) === 'hash') await redis.hdel(key, 'mention', 'rest', 'reason');
  return true;
}

/** Of a record stays that there was one: who was forgotten is not answered twice. */
async function eraseRecord(redis: Redis, key: string, texts: string, { network, account, id, createdAt, visibility }: Mention, isPending: (mention: Mention) => boolean): Promise<void> {
  const bare: Mention = { network, account, id, url: '', createdAt, visibility, author: nobody, salutation: '', text: '', media: [], links: [] };
  const [rest, state] = await redis.hmget(key, 'rest', 'state');
  const reply = rest ? (JSON.parse(rest) as { reply?: { id: string } }).reply : undefined;
  if (!rest) {
    const written = await redis.hget(texts, 'mention');
    // What is about to be sent, or may be, is looked after first, and so is another wish of his.
    if (state === 'posting' || state === 'unknown' || (state && written && isPending(JSON.parse(written) as Mention))) {
      await redis.hset(key, 'erase', 'true');
      return;
    }
  }
  if (rest) await redis.hset(key, 'rest', JSON.stringify({ ...JSON.parse(rest) as object, mention: bare, draft: undefined }));
  else await redis.hset(key, 'mention', JSON.stringify(bare));
  await redis.del(texts);
  if (!reply) return;
  await redis.del(indexKey(toReceiptId(network, account, reply.id)));
  for (const kind of ['receipt', 'whole-receipt']) {
    const kept = `repartee:${kind}:${network}:${account}:${reply.id}`;
    await eraseReceipt(redis, kept, unpack(await redis.getBuffer(kept)));
  }
}

async function eraseReceipt(redis: Redis, kept: string, receipt: Receipt | undefined): Promise<void> {
  // What we said is about what he said.
  if (receipt) await redis.lrem(`repartee:said:${receipt.mention.network}:${receipt.mention.account}`, 0, receipt.answer);
  await redis.del(kept);
}

/** What others wrote under or about his posts, while it waits for an answer. */
async function eraseFromTexts(redis: Redis, key: string, texts: string, person: Person, salt: string): Promise<void> {
  const [[written, drafted], rest] = await Promise.all([redis.hmget(texts, 'mention', 'draft'), redis.hget(key, 'rest')]);
  // A draft may wait for hours until somebody approves it.
  if (drafted) {
    const draft = JSON.parse(drafted) as Draft;
    const receipt = withoutPerson(draft.receipt, draft.receipt.mention.network, person, salt);
    if (receipt) await redis.hset(texts, 'draft', JSON.stringify({ ...draft, receipt }));
  }
  // Words about whomever: they are asked for anew.
  await redis.hdel(texts, 'unjudged');
  if (written) {
    const kept = withoutPersonHere(JSON.parse(written) as Mention, person);
    if (JSON.stringify(kept) !== written) await redis.hset(texts, 'mention', JSON.stringify({ ...kept, isMasked: true } satisfies Mention));
  }
  // Until its end the network is told by this whom it must not notify.
  if (!rest?.includes(JSON.stringify(person.id))) return;
  const { mention, ...record } = JSON.parse(rest) as { readonly mention: Mention };
  const { bystanders = [], ...others } = mention;
  await redis.hset(key, 'rest', JSON.stringify({ ...record, mention: { ...others, bystanders: bystanders.filter(id => id !== person.id) } }));
}

/**
 * A receipt of an answer to somebody else loses what was read of him. One of an answer to him is still there where nobody could read its record: it says
 * who asked, or else its record was `emptied` because he stands in it.
 */
async function eraseFromReceipts(redis: Redis, kind: string, network: string, person: Person, salt: string, emptied: ReadonlySet<string>): Promise<void> {
  const isHis = ({ asker, mention }: Receipt): boolean => mention.network === network
    && (asker ? asker.handle !== '' && asker.handle.toLowerCase() === person.handle.toLowerCase() : emptied.has(`repartee:ledger:${network}:${mention.account}:${mention.id}`));
  for await (const key of keysLike(redis, `repartee:${kind}:*`)) {
    await orElse(async () => {
      const receipt = unpack(await redis.getBuffer(key));
      if (receipt && isHis(receipt)) {
        await eraseReceipt(redis, key, receipt);
        if (receipt.id !== undefined) await redis.del(indexKey(receipt.id));
        return;
      }
      const kept = receipt && withoutPerson(receipt, network, person, salt);
      if (kept) await redis.set(key, pack(kept), 'KEEPTTL');
    }, async () => void await redis.del(key)); // it can be shown to nobody, and who is in it cannot be told
  }
}

async function eraseFromPool(redis: Redis, network: string, person: Person): Promise<void> {
  const without = (json: string): string | undefined => {
    const items = JSON.parse(json) as ContextItem[];
    const kept = items.filter(item => !isBy(item, network, person));
    return kept.length < items.length ? JSON.stringify(kept) : undefined;
  };
  for (const [source, json] of Object.entries(await redis.hgetall('repartee:pool:items'))) {
    const kept = await orElse(async () => without(json), async () => '[]');
    if (kept !== undefined) await redis.multi().hset('repartee:pool:items', source, kept).hset('repartee:pool:state', 'version', `erased ${Date.now()}`).exec();
  }
  for await (const key of keysLike(redis, 'repartee:pool:search:*')) {
    const json = await redis.get(key) ?? '[]';
    const kept = await orElse(async () => without(json), async () => '[]');
    if (kept !== undefined) await redis.set(key, kept, 'KEEPTTL');
  }
}
