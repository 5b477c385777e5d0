import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Redis } from 'ioredis';
import type { Receipts } from '../core/ports.ts';
import type { Receipt } from '../core/types.ts';

/** Receipts in Redis, one key per reply, kept for `keepMs`. Compressed: they are most of what is kept about a mention. */
export function openReceipts(redis: Redis, keepMs: number): Receipts {
  const key = (network: string, account: string, replyId: string) => `repartee:receipt:${network}:${account}:${replyId}`;
  return {
    async put(receipt) {
      if (!receipt.reply) throw new Error('a receipt is kept once its reply exists');
      const text = deflateRawSync(JSON.stringify(receipt)).toString('base64');
      await redis.set(key(receipt.mention.network, receipt.mention.account, receipt.reply.id), text, 'PX', keepMs);
    },
    async get(network, account, replyId) {
      const text = await redis.get(key(network, account, replyId));
      return text === null ? undefined : (JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8')) as Receipt);
    },
  };
}
