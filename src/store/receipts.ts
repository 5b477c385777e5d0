import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import type { Receipts } from '../core/ports.ts';
import type { Receipt } from '../core/record.ts';
import { toBareReceipt, toForgetAt } from './forget.ts';

/**
 * Receipts in Redis, one key per reply, kept for `keepMs`. Compressed: they are most of what is kept about a mention.
 * One whose words must go earlier is kept twice, whole until then and bare for the rest.
 */
export function openReceipts(redis: Redis, keepMs: number): Receipts {
  const key = (kind: 'receipt' | 'whole-receipt', network: string, account: string, replyId: string) => `repartee:${kind}:${network}:${account}:${replyId}`;
  return {
    async put(receipt) {
      if (!receipt.reply) throw new Error('a receipt is kept once its reply exists');
      const { mention: { network, account }, reply } = receipt;
      const forgetAt = toForgetAt(receipt);
      if (forgetAt === undefined) {
        await redis.set(key('receipt', network, account, reply.id), pack(receipt), 'PX', keepMs);
        return;
      }
      await redis.set(key('receipt', network, account, reply.id), pack(toBareReceipt(receipt)), 'PX', keepMs);
      await redis.set(key('whole-receipt', network, account, reply.id), pack(receipt), 'PXAT', Date.parse(forgetAt));
    },
    async get(network, account, replyId) {
      const [whole, kept] = await redis.mgetBuffer(key('whole-receipt', network, account, replyId), key('receipt', network, account, replyId));
      return unpack(whole ?? kept);
    },
    async remove(network, account, replyId) {
      await redis.del(key('whole-receipt', network, account, replyId), key('receipt', network, account, replyId));
    },
  };
}

/** A receipt as it is kept. */
export const pack = (receipt: Receipt): Buffer => deflateRawSync(JSON.stringify(receipt));

export const unpack = (bytes: Buffer | null | undefined): Receipt | undefined =>
  (bytes ? (JSON.parse(inflateRawSync(bytes).toString('utf8')) as Receipt) : undefined);
