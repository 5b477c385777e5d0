import { createHash } from 'node:crypto';
import type { Mention, Receipt } from '../core/types.ts';

/** A mention without a word of anybody: enough to look for our reply, and to know it when it comes in again. */
export function toBareMention({ network, account, id, url, author, createdAt, visibility, salutation, replyTo, bystanders, forgetAt }: Mention): Mention {
  return {
    network, account, id, url, createdAt, visibility, salutation,
    author: { id: author.id, handle: author.handle, name: '', isBot: author.isBot },
    text: '', media: [], links: [],
    ...(replyTo !== undefined && { replyTo }),
    ...(bystanders && { bystanders }),
    ...(forgetAt !== undefined && { forgetAt }),
  };
}

/** A receipt without the words of others. What stands for them is a hash: who has the text can still prove that it was read. */
export function toBareReceipt(receipt: Receipt): Receipt {
  return {
    ...receipt,
    asked: toHash(receipt.asked),
    thread: receipt.thread.map(post => ({ ...post, text: toHash(post.text) })),
    items: receipt.items.map(item => ({ ...item, ...(item.kind === 'post' && { text: toHash(item.text) }), matched: [] })),
    drafts: [],
    forgotten: true,
  };
}

const toHash = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
