import { chargeMedia, chargePosts, chargeUsers, type Charge } from './bill.ts';
import type { Json } from './problem.ts';
import type { PostRecord } from './records.ts';
import type { Renderer } from './render.ts';
import type { Selection } from './selection.ts';
import type { Sight } from './sight.ts';
import type { World } from './world.ts';

export interface Presented {
  readonly data: readonly Json[];
  /** `includes` and `errors`, where there are any. */
  readonly beside: Json;
  readonly charges: readonly Charge[];
}

const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];
const withItems = (members: Readonly<Record<string, readonly Json[]>>): Json => Object.fromEntries(Object.entries(members).filter(([, list]) => list.length > 0));

/** Posts as an answer: themselves, what comes along with them, and what could not be shown. */
export const present = (
  world: World, render: Renderer, sight: Sight, selection: Selection, price: 'owned read' | 'post read', posts: readonly PostRecord[], missing: readonly Json[] = [],
): Presented => {
  const wants = (...names: readonly string[]): boolean => names.some((name) => selection.expansions.has(name));
  const isReferring = wants('referenced_tweets.id', 'referenced_tweets.id.author_id', 'referenced_tweets.id.attachments.media_keys');
  const found = (isReferring ? unique(posts.flatMap(({ quoteOf, replyTo }) => [quoteOf, replyTo].filter((id) => id !== null))) : [])
    .map((id) => sight.find(id, 'includes', 'referenced_tweets.id'));
  const referenced = found.flatMap((each) => ('error' in each ? [] : [each]));
  const users = unique([
    ...(wants('author_id') ? posts.map(({ authorId }) => authorId) : []),
    ...(wants('in_reply_to_user_id') ? posts.flatMap(({ replyToUser }) => replyToUser ?? []) : []),
    ...(wants('entities.mentions.username') ? posts.flatMap(({ implied, typed }) => [...implied, ...typed]) : []),
    ...(wants('referenced_tweets.id.author_id') ? referenced.map(({ authorId }) => authorId) : []),
  ]).flatMap((id) => world.user(id) ?? []);
  const media = [
    ...(wants('attachments.media_keys') ? posts : []), ...(wants('referenced_tweets.id.attachments.media_keys') ? referenced : []),
  ].flatMap((post) => post.media);
  const includes = withItems({
    users: users.map((user) => render.toUser(user, selection)), tweets: referenced.map((post) => render.toPost(post, selection)),
    media: unique(media).map((each) => render.toMedia(each, selection)),
  });
  const errors = [...missing, ...found.flatMap((each) => ('error' in each ? [each.error] : []))];
  return {
    data: posts.map((post) => render.toPost(post, selection)),
    beside: { ...(Object.keys(includes).length > 0 && { includes }), ...withItems({ errors }) },
    charges: [...chargePosts(price, posts), ...chargePosts('included post', referenced), ...chargeUsers('included user', users), ...chargeMedia(unique(media))],
  };
};
