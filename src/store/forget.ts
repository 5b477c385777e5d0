import { createHash } from 'node:crypto';
import type { Receipt } from '../core/record.ts';
import type { Mention } from '../core/types.ts';

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

/** When the first of the words in a receipt must go; undefined: none has to. */
export function toForgetAt({ forgetAt, items }: Pick<Receipt, 'forgetAt' | 'items'>): string | undefined {
  return [forgetAt, ...items.map(item => item.forgetAt)].filter(at => at !== undefined).toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

/** A receipt without the words that must go. What stands for them is a hash: who has the text can still prove that it was read. */
export function toBareReceipt(receipt: Receipt): Receipt {
  const isAskedForgotten = receipt.forgetAt !== undefined;
  return {
    ...receipt,
    ...(isAskedForgotten && { asked: toHash(receipt.asked), thread: receipt.thread.map(post => ({ ...post, text: toHash(post.text) })) }),
    items: receipt.items.map(({ summary, ...item }) => ({
      ...item, ...(item.forgetAt !== undefined ? { text: toHash(item.text) } : summary !== undefined && { summary }), ...(isAskedForgotten && { matched: [] }),
    })),
    drafts: [],
    forgotten: true,
  };
}

const toHash = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
