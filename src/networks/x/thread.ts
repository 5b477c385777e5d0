import { PermanentError } from '../../core/errors.ts';
import type { Mention, Post, Thread } from '../../core/types.ts';
import type { Account } from './account.ts';
import { answeredHandle, toPost } from './to-post.ts';
import { askForPosts, type Vocabulary } from './vocabulary.ts';
import { postList, type WirePost } from './wire.ts';

/**
 * What was said before the mention: what came with it costs nothing; from there upwards as many posts as the settings and `dollars` pay for,
 * the first one of the conversation among them.
 */
export async function readThread(account: Account, mention: Mention, dollars = Infinity): Promise<Thread> {
  const { settings: { ancestors, prices, webUrl }, clock } = account;
  const around = { includes: { posts: [], users: [], media: [] }, webUrl, now: clock.now() };
  const chain: Post[] = [...mention.before ?? []];
  const [parent = mention] = chain;
  const known = new Map<string, WirePost>();
  let left = Math.min(ancestors, Math.floor((dollars + 1e-9) / prices.post));
  let above = parent.replyTo;
  let handle = answeredIn(parent);

  while (above !== undefined && chain.every(({ id }) => id !== above)) {
    if (!known.has(above)) {
      if (left <= 0) break;
      const start = mention.conversation;
      const isRootWanted = left > 1 && start !== undefined && start !== mention.id && !known.has(start) && chain.every(({ id }) => id !== start);
      const ids = [...new Set([above, ...(isRootWanted ? [start] : [])])];
      const read = await look(account, ids, left > ids.length, mention.id);
      left -= account.settings.includesBilled ? read.length : ids.length;
      for (const wire of read) known.set(wire.id, wire);
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

/** Posts by id; `further`: with those that they answer, which saves a question each. One that is gone or hidden is not among them. */
async function look({ read, meter, settings: { prices, includesBilled } }: Account, ids: readonly string[], further: boolean, mentionId: string): Promise<readonly WirePost[]> {
  const query = (names: Vocabulary) => ({ ids: ids.join(','), ...askForPosts(names, further ? 'references' : 'nobody') });
  try {
    const { posts, includes } = await read(postList, 'a thread', { method: 'get', path: 'tweets', query });
    const all = [...posts, ...includes.posts];
    meter.charge({ what: 'post read', price: prices.post, ids: [...new Set((includesBilled ? all : posts).map(({ id }) => id))], mention: mentionId });
    return all;
  } catch (error) {
    // A conversation whose earlier posts X refuses to look up is answered without them.
    if (error instanceof PermanentError && error.about === 'mention' && !/\b404\b/u.test(error.message)) return [];
    throw error;
  }
}
