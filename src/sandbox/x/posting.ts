// What X asks of a new post before it takes it.
import { z } from 'zod';
import { readShape } from './body.ts';
import { forbidden, invalidRequest, Problem, problemType } from './problem.ts';
import { replySettings, type PostRecord, type UserRecord } from './records.ts';
import type { Server } from './server.ts';
import { countCashtags, weigh } from './text.ts';

const id = z.string().regex(/^\d{1,19}$/);

/** The members that are known; those that a plain post never has are known only by name. */
const shape = z.strictObject({
  text: z.string().optional(),
  reply: z.strictObject({ in_reply_to_tweet_id: id, exclude_reply_user_ids: z.array(id).optional(), auto_populate_reply_metadata: z.boolean().optional() }).optional(),
  quote_tweet_id: id.optional(),
  reply_settings: z.enum(replySettings).exclude(['everyone']).optional(),
  made_with_ai: z.boolean().optional(), paid_partnership: z.boolean().optional(), nullcast: z.boolean().optional(), for_super_followers_only: z.boolean().optional(),
  share_with_followers: z.boolean().optional(), media: z.unknown().optional(), poll: z.unknown().optional(), geo: z.unknown().optional(), card_uri: z.unknown().optional(), community_id: z.unknown().optional(),
  direct_message_deep_link: z.unknown().optional(), edit_options: z.unknown().optional(),
});

const unplayed = ['media', 'poll', 'geo', 'card_uri', 'community_id', 'direct_message_deep_link', 'edit_options'] as const;

export type Order = z.infer<typeof shape>;

export const readOrder = (body: string): Order => readShape(shape, body);

/** How long X remembers what an account said; it does not publish it. */
const memoryMs = 86_400_000;

const notSummoned = (parameter: string, post: PostRecord): Problem => new Problem(403, {
  title: 'Authorization Error', detail: 'You can only reply to or quote posts where you are mentioned or are the author.', type: problemType('not-authorized-for-resource'),
  status: 403, parameter, value: post.id, resource_id: post.id, resource_type: 'tweet', section: 'data',
});

/** The rules, in the order in which they are asked; each throws. */
export const openRules = ({ world, sightOf, maxWeightedLength }: Server) => {
  const checkText = (text: string, author: UserRecord): void => {
    if (text.trim() === '') throw invalidRequest('text or media is required', '$.text', text);
    if (weigh(text) > maxWeightedLength) throw invalidRequest('Your Tweet text is too long. For more information on how Twitter determines text length see https://github.com/twitter/twitter-text.', '$.text', text);
    if (countCashtags(text) > 1) throw forbidden('You are not permitted to create a Tweet with more than one cashtag.');
    const isSaid = world.posts().some((post) => post.authorId === author.id && world.now() - post.createdAt < memoryMs && post.text.trim() === text.trim());
    if (isSaid) throw forbidden('You are not allowed to create a Tweet with duplicate content.');
  };

  const isInvited = ({ authorId, typed, replySettings: to }: PostRecord, author: UserRecord): boolean =>
    authorId === author.id || to === 'everyone' || typed.includes(author.id) || (to === 'following' && world.follows(authorId, author.id)) || (to === 'verified' && author.isVerified);

  /** Whether the author was called to answer there, or answers itself. */
  const checkReply = (parent: PostRecord, author: UserRecord, isPerson: boolean): boolean => {
    if (!isInvited(parent, author)) {
      throw forbidden('Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.');
    }
    const isSummons = parent.typed.includes(author.id) || parent.quoteOfUser === author.id;
    // Since February 2026 an app on self-serve access speaks only where it was asked to.
    if (!isPerson && !isSummons && parent.authorId !== author.id) throw notSummoned('reply.in_reply_to_tweet_id', parent);
    return isSummons;
  };

  const checkQuote = (id: string, author: UserRecord, isPerson: boolean): void => {
    // Since April 2026 quoting is for people, and for apps with a contract of their own.
    if (!isPerson || 'error' in sightOf(author.id).find(id, 'data', 'quote_tweet_id')) throw forbidden('You are not permitted to perform this action.');
  };

  return {
    /** Throws what X says against the post; answers whether it is a reply that was asked for. */
    check(order: Order, author: UserRecord, isPerson: boolean): boolean {
      if (unplayed.some((name) => order[name] !== undefined)) throw forbidden('You are not permitted to perform this action.');
      checkText(order.text ?? '', author);
      if (order.quote_tweet_id !== undefined) checkQuote(order.quote_tweet_id, author, isPerson);
      if (order.reply === undefined) return false;
      const parent = world.post(order.reply.in_reply_to_tweet_id);
      if (parent === undefined || !world.isVisible(parent, author.id)) throw forbidden('You attempted to reply to a Tweet that is deleted or not visible to you.');
      return checkReply(parent, author, isPerson);
    },
  };
};
