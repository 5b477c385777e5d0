import { createHash } from 'node:crypto';
import type { Receipt } from '../core/record.ts';
import type { Mention, MentionRef } from '../core/types.ts';

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
export function toBareReceipt({ asker, ...receipt }: Receipt): Receipt {
  const isAskedForgotten = receipt.forgetAt !== undefined;
  return {
    ...receipt,
    ...(asker && !isAskedForgotten && { asker }),
    ...(isAskedForgotten && { asked: toHash(receipt.asked), thread: receipt.thread.map(post => ({ ...post, text: toHash(post.text) })) }),
    items: receipt.items.map(({ summary, ...item }) => ({
      ...item, ...(item.forgetAt !== undefined ? { text: toHash(item.text) } : summary !== undefined && { summary }), ...(isAskedForgotten && { matched: [] }),
    })),
    drafts: [],
    forgotten: true,
  };
}

/** A receipt without what these posts said, and who said it. What we said ourselves stays, but for drafts that were refused: nobody saw them, and they may repeat it. */
export function toStruckReceipt(receipt: Receipt, posts: readonly MentionRef[]): Receipt {
  const { network, account, id: mentionId } = receipt.mention;
  const isStruck = (post: MentionRef): boolean => posts.some(one => one.network === post.network && one.account === post.account && one.id === post.id);
  const isSaidHere = (id: string | undefined): boolean => id !== undefined && isStruck({ network, account, id });
  const isAskedStruck = isSaidHere(mentionId) && !isHash.test(receipt.asked);
  const thread = receipt.thread.map(post => (isSaidHere(post.id) ? { author: '', url: '', text: toHash(post.text) } : post));
  const items = receipt.items.map(item => {
    if (!item.post || !isStruck(item.post)) return isAskedStruck ? { ...item, matched: [] } : item;
    const { source, kind, heat, count, at, language, score } = item;
    return { id: toHash(item.id), source, kind, text: toHash(item.text), heat, ...(count !== undefined && { count }), at, ...(language !== undefined && { language }), score, matched: [] };
  });
  const isAsItWas = !isAskedStruck && thread.every((post, at) => post === receipt.thread[at]) && items.every((item, at) => item === receipt.items[at]);
  return isAsItWas ? receipt : { ...receipt, ...(isAskedStruck && { asked: toHash(receipt.asked) }), thread, items, drafts: [] };
}

const isHash = /^sha256:[0-9a-f]{16}$/u;
const toHash = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
