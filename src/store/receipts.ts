import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import type { Receipts } from '../core/ports.ts';
import type { Receipt } from '../core/record.ts';
import { readSalt, readSalts, toSalted } from './salt.ts';
import { toBareReceipt, toForgetAt, toStruckReceipt } from './forget.ts';

/**
 * Receipts in Redis, one key per reply, kept for `keepMs`. Compressed: they are most of what is kept about a mention.
 * One whose words must go earlier is kept twice, whole until then and bare for the rest.
 */
export function openReceipts(redis: Redis, keepMs: number): Receipts {
  const key = (kind: 'receipt' | 'whole-receipt', network: string, account: string, replyId: string) => `repartee:${kind}:${network}:${account}:${replyId}`;
  const keys = (network: string, account: string, replyId: string) => [key('whole-receipt', network, account, replyId), key('receipt', network, account, replyId)] as const;
  const get = async (...of: Parameters<typeof keys>): Promise<Receipt | undefined> => {
    const [whole, kept] = await redis.mgetBuffer(...keys(...of));
    return unpack(whole ?? kept);
  };
  return {
    async put(given) {
      if (!given.reply) throw new Error('a receipt is kept once its reply exists');
      const { mention: { network, account }, reply } = given;
      const receipt = { ...given, id: toReceiptId(network, account, reply.id) };
      const forgetAt = toForgetAt(receipt);
      const [whole, kept] = keys(network, account, reply.id);
      await redis.set(indexKey(receipt.id), toPlace(network, account, reply.id), 'PX', keepMs);
      await redis.set(kept, pack(forgetAt === undefined ? receipt : toBareReceipt(receipt)), 'PX', keepMs);
      if (forgetAt !== undefined) await redis.set(whole, pack(receipt), 'PXAT', Date.parse(forgetAt));
    },
    get,
    async find(id) {
      const place = await redis.get(indexKey(id));
      return place === null ? undefined : get(...JSON.parse(place) as Parameters<typeof get>);
    },
    async remove(network, account, replyId) {
      await redis.del(...keys(network, account, replyId), indexKey(toReceiptId(network, account, replyId)), concernKey(network, account, replyId));
    },
    async concern({ network, account, id }, replyId, people) {
      const salt = await readSalt(redis);
      const by = people.filter(person => person !== '').map(person => toConcerned(network, person, salt));
      await redis.set(concernKey(network, account, replyId), JSON.stringify({ id, by }), 'PX', keepMs);
    },
    async whose(network, account, replyId, personId) {
      const kept = await redis.get(concernKey(network, account, replyId));
      if (kept === null) return undefined;
      const { id, by } = JSON.parse(kept) as { readonly id: string; readonly by: readonly string[] };
      const names = [unsalted(network, personId), ...(await readSalts(redis)).map(salt => toConcerned(network, personId, salt))];
      return { mention: { network, account, id }, isConcerned: names.some(name => by.includes(name)) };
    },
    async strike(network, account, replyId, posts) {
      for (const each of keys(network, account, replyId)) {
        const receipt = unpack(await redis.getBuffer(each));
        const struck = receipt && toStruckReceipt(receipt, posts);
        // What was removed meanwhile does not come back.
        if (struck && struck !== receipt) await redis.set(each, pack(struck), 'KEEPTTL', 'XX');
      }
    },
  };
}

const concernKey = (network: string, account: string, replyId: string): string => `repartee:concerned:${network}:${account}:${replyId}`;
const concerned = 'concerned:';
/** What stands for somebody whom an answer concerns: it can be checked, and not read. */
export const toConcerned = (network: string, personId: string, salt: string): string =>
  (personId.startsWith(concerned) ? personId : `${concerned}${toSalted(salt, unsalted(network, personId))}`);
/** As it was before there was a salt; whom an answer concerns is kept for `keepMs`. */
const unsalted = (network: string, personId: string): string => `${concerned}${createHash('sha256').update(`repartee concerned ${network}#${personId}`).digest('base64url').slice(0, 22)}`;

/** Sixty-six bits: short enough to be read out, and nobody meets another one's by chance. */
export const toReceiptId = (network: string, account: string, replyId: string): string =>
  createHash('sha256').update(JSON.stringify([network, account, replyId])).digest('base64url').slice(0, 11);

/** Where it is kept, by its id. */
export const indexKey = (id: string): string => `repartee:receipt-id:${id}`;
export const toPlace = (network: string, account: string, replyId: string): string => JSON.stringify([network, account, replyId]);

/** A receipt as it is kept. */
export const pack = (receipt: Receipt): Buffer => deflateRawSync(JSON.stringify(receipt));

export const unpack = (bytes: Buffer | null | undefined): Receipt | undefined =>
  (bytes ? (JSON.parse(inflateRawSync(bytes).toString('utf8')) as Receipt) : undefined);
