import type { Redis } from 'ioredis';
import type { Receipts } from '../core/ports.ts';
import type { Receipt } from '../core/types.ts';

/** Receipts in Redis, one key per reply, kept for `keepMs`. */
export function openReceipts(redis: Redis, keepMs: number): Receipts {
  const key = (network: string, account: string, replyId: string) => `repartee:receipt:${network}:${account}:${replyId}`;
  return {
    async put(receipt) {
      if (!receipt.reply) throw new Error('a receipt is kept once its reply exists');
      await redis.set(key(receipt.mention.network, receipt.mention.account, receipt.reply.id), JSON.stringify(receipt), 'PX', keepMs);
    },
    async get(network, account, replyId) {
      const text = await redis.get(key(network, account, replyId));
      return text === null ? undefined : (JSON.parse(text) as Receipt);
    },
  };
}
