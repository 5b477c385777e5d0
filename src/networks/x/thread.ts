import type { z } from 'zod';
import { PermanentError } from '../../core/errors.ts';
import type { Mention, Post, Thread } from '../../core/types.ts';
import type { Account } from './account.ts';
import { answeredHandle, toPost } from './to-post.ts';
import { askForPosts, type Vocabulary } from './vocabulary.ts';
import { nothing, postList, type WireMedia, type WirePost } from './wire.ts';

/** What one post may bring along: the one it answers and the one it quotes. */
const mostAlong = 2;

/**
 * What was said before the mention: what came with it costs nothing; from there upwards as many posts as the settings and `dollars` pay for,
 * the first one of the conversation among them.
 */
export async function readThread(account: Account, mention: Mention, dollars = Infinity): Promise<Thread> {
  const { settings: { ancestors, prices, webUrl, includesBilled }, clock } = account;
  const chain: Post[] = [...mention.before ?? []];
  const [parent = mention] = chain;
  const known = new Map<string, WirePost>();
  const media: WireMedia[] = [];
  const around = { includes: { get posts() { return [...known.values()]; }, users: [], media }, webUrl, now: clock.now() };
  let left = Math.min(ancestors, Math.floor((dollars + 1e-9) / prices.post));
  let above = parent.replyTo;
  let handle = answeredIn(parent);

  while (above !== undefined && chain.every(({ id }) => id !== above)) {
    if (!known.has(above)) {
      if (left <= 0) break;
      const start = mention.conversation;
      const isRootWanted = left > 1 && start !== undefined && start !== mention.id && !known.has(start) && chain.every(({ id }) => id !== start);
      const ids = [...new Set([above, ...(isRootWanted ? [start] : [])])];
      const further = left > ids.length && (!includesBilled || left >= ids.length * (1 + mostAlong));
      const { posts, includes } = await look(account, ids, further, mention.id);
      const read = [...posts, ...includes.posts];
      left -= includesBilled ? read.length : ids.length;
      for (const wire of read) known.set(wire.id, wire);
      media.push(...includes.media);
    }
    const wire = known.get(above);
    if (!wire) break; // it is gone, or not for us
    chain.unshift(toPost(wire, around, handle));
    handle = answeredHandle(wire);
    above = wire.replyTo;
  }
  const root = known.get(mention.conversation ?? '');
  return [...(root && chain.every(({ id }) => id !== root.id) ? [toPost(root, around)] : []), ...chain, mention];
}

/** The first handle of a reply is whom it answers. */
const answeredIn = ({ text }: Post): string | undefined => /^@(\w{1,15})/u.exec(text)?.[1];

/**
 * Posts by id; `further`: with those that they answer, which saves a question each. One that is gone or hidden is not among them.
 * Pictures come along only where that is free: a description costs as much as a post.
 */
async function look({ read, meter, settings: { prices, includesBilled } }: Account, ids: readonly string[], further: boolean, mentionId: string): Promise<Pick<z.output<typeof postList>, 'posts' | 'includes'>> {
  const query = (names: Vocabulary) => ({ ids: ids.join(','), ...askForPosts(names, { references: further, pictures: !includesBilled }) });
  try {
    const { posts, includes } = await read(postList, 'a thread', { method: 'get', path: 'tweets', query });
    meter.charge({ what: 'post read', price: prices.post, ids: [...new Set([...posts, ...(includesBilled ? includes.posts : [])].map(({ id }) => id))], mention: mentionId });
    return { posts, includes };
  } catch (error) {
    // A conversation whose earlier posts X refuses to look up is answered without them.
    if (error instanceof PermanentError && error.about === 'mention' && !/\b404\b/u.test(error.message)) return { posts: [], includes: nothing };
    throw error;
  }
}
