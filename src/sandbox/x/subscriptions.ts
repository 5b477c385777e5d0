import { openIds } from '../ids.ts';
import type { Journal } from '../journal.ts';
import type { Entry, PostRecord, SubscriptionRecord } from './records.ts';

/** The events that happen here; each says whether a post is one of them, for the user it is watched for. */
const happens: Readonly<Record<string, (post: PostRecord, userId: string) => boolean>> = {
  // A handle that X put in front of a reply by itself rings no bell.
  'post.mention.create': ({ typed }, userId) => typed.includes(userId),
  'post.reply.create': ({ replyToUser }, userId) => replyToUser === userId,
  'post.quote.create': ({ quoteOfUser }, userId) => quoteOfUser === userId,
};

export const eventTypes: readonly string[] = Object.keys(happens);

/** Which events somebody asked for, over restarts. */
export const openSubscriptions = (journal: Journal<Entry>, now: () => number) => {
  const ids = openIds(22n);
  const subscriptions = new Map<string, SubscriptionRecord>();
  const apply = (entry: Entry): void => {
    if (entry.kind === 'subscribe') {
      ids.saw(entry.subscription.id);
      subscriptions.set(entry.subscription.id, entry.subscription);
    }
    if (entry.kind === 'unsubscribe') subscriptions.delete(entry.id);
  };
  const commit = (entry: Entry): void => {
    journal.append(entry);
    apply(entry);
  };
  journal.past.forEach(apply);
  return {
    list: (): readonly SubscriptionRecord[] => [...subscriptions.values()],
    /** One subscription for each kind of event and user, however often it is asked for. */
    add(eventType: string, userId: string, tag: string | null): SubscriptionRecord {
      const known = [...subscriptions.values()].find((each) => each.eventType === eventType && each.userId === userId);
      if (known !== undefined) return known;
      const subscription = { id: ids.next(now()), eventType, userId, tag, createdAt: now() };
      commit({ kind: 'subscribe', subscription });
      return subscription;
    },
    remove(id: string): boolean {
      if (!subscriptions.has(id)) return false;
      commit({ kind: 'unsubscribe', id });
      return true;
    },
    /** Those that a post is an event for. */
    ringing: (post: PostRecord): readonly SubscriptionRecord[] => [...subscriptions.values()].filter(({ eventType, userId }) => happens[eventType]?.(post, userId) === true),
  };
};

export type Subscriptions = ReturnType<typeof openSubscriptions>;
