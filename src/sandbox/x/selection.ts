// Which members of posts, users and media a request asks for, in the names of either specification.
import type { Vocabulary } from './options.ts';
import type { Json } from './problem.ts';
import { readNames, refuseUnknown } from './query.ts';

const postFields = ['article', 'attachments', 'author_id', 'card_uri', 'community_id', 'context_annotations', 'conversation_id', 'created_at', 'display_text_range', 'edit_controls',
  'edit_history_tweet_ids', 'entities', 'geo', 'id', 'in_reply_to_user_id', 'lang', 'media_metadata', 'non_public_metrics', 'note_tweet', 'organic_metrics', 'possibly_sensitive',
  'promoted_metrics', 'public_metrics', 'referenced_tweets', 'reply_settings', 'scopes', 'source', 'suggested_source_links', 'suggested_source_links_with_counts', 'text', 'withheld'];
const userFields = ['affiliation', 'confirmed_email', 'connection_status', 'created_at', 'description', 'entities', 'id', 'is_identity_verified', 'location', 'most_recent_tweet_id',
  'name', 'parody', 'pinned_tweet_id', 'profile_banner_url', 'profile_image_url', 'protected', 'public_metrics', 'receives_your_dm', 'subscription', 'subscription_type', 'url',
  'username', 'verified', 'verified_followers_count', 'verified_type', 'withheld'];
const mediaFields = ['alt_text', 'duration_ms', 'height', 'media_key', 'non_public_metrics', 'organic_metrics', 'preview_image_url', 'promoted_metrics', 'public_metrics', 'type', 'url',
  'variants', 'width'];
const pollFields = ['duration_minutes', 'end_datetime', 'id', 'options', 'voting_status'];
const placeFields = ['contained_within', 'country', 'country_code', 'full_name', 'geo', 'id', 'name', 'place_type'];
const postExpansions = ['article.cover_media', 'article.media_entities', 'attachments.media_keys', 'attachments.media_source_tweet', 'attachments.poll_ids', 'author_id',
  'edit_history_tweet_ids', 'entities.mentions.username', 'geo.place_id', 'in_reply_to_user_id', 'entities.note.mentions.username', 'referenced_tweets.id',
  'referenced_tweets.id.attachments.media_keys', 'referenced_tweets.id.author_id'];
const userExpansions = ['affiliation.user_id', 'most_recent_tweet_id', 'pinned_tweet_id'];

/** Legacy name → new name, as values of parameters and as members of answers. */
const renamed: Readonly<Record<string, string>> = {
  'edit_history_tweet_ids': 'edit_history_post_ids', 'note_tweet': 'note_post', 'referenced_tweets': 'referenced_posts', 'retweet_count': 'repost_count',
  'most_recent_tweet_id': 'most_recent_post_id', 'pinned_tweet_id': 'pinned_post_id', 'affiliation.user_id': 'affiliation', 'tweets': 'posts',
  'referenced_tweets.id': 'referenced_posts.id', 'referenced_tweets.id.author_id': 'referenced_posts.id.author_id',
  'referenced_tweets.id.attachments.media_keys': 'referenced_posts.id.attachments.media_keys',
};
const legacyOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(renamed).map(([legacy, recent]) => [recent, legacy])),
  // In the specification; live servers were seen with `.id` behind it.
  'referenced_posts': 'referenced_tweets.id', 'username': 'author_id',
};

const toNewNames = (names: readonly string[]): readonly string[] => names.map((name) => renamed[name] ?? name);

/** What the newer specification gives through expansions alone. */
const expandedOnly = new Set(['author_id', 'edit_history_tweet_ids', 'in_reply_to_user_id', 'referenced_tweets']);
const newPostFields = toNewNames(postFields.filter((name) => !expandedOnly.has(name)));
const newUserFields = userFields.filter((name) => !['affiliation', 'most_recent_tweet_id', 'pinned_tweet_id'].includes(name));
const newPostExpansions = [...toNewNames(postExpansions), 'referenced_posts', 'username'];
const newUserExpansions = toNewNames(userExpansions);

export interface Selection {
  readonly vocabulary: Vocabulary;
  /** In legacy names, as the rest. */
  readonly post: ReadonlySet<string>;
  readonly user: ReadonlySet<string>;
  readonly media: ReadonlySet<string>;
  readonly expansions: ReadonlySet<string>;
}

/** Which names a request speaks, where both are understood: what only the newer ones know decides. */
const vocabularyOf = (query: URLSearchParams): Vocabulary =>
  (query.has('post.fields') || (query.get('expansions') ?? '').includes('_post') ? 'new' : 'legacy');

/** Reads the field parameters of posts or of users, and refuses every parameter but these and `others`. */
export const readSelection = (query: URLSearchParams, about: 'posts' | 'users', spoken: Vocabulary | 'both', others: readonly string[] = []): Selection => {
  const vocabulary = spoken === 'both' ? vocabularyOf(query) : spoken;
  const isNew = vocabulary === 'new';
  const postParameter = isNew ? 'post.fields' : 'tweet.fields';
  const parameters = [postParameter, 'expansions', 'user.fields', ...(about === 'posts' ? ['media.fields', 'poll.fields', 'place.fields'] : [])];
  refuseUnknown(query, [...others, ...parameters]);
  const read = (name: string, known: readonly string[]): readonly string[] => readNames(query, name, known).map((each) => (isNew ? legacyOf[each] ?? each : each));
  const [onPosts, onUsers] = isNew ? [newPostExpansions, newUserExpansions] : [postExpansions, userExpansions];
  read('poll.fields', pollFields);
  read('place.fields', placeFields);
  return {
    vocabulary,
    post: new Set(read(postParameter, isNew ? newPostFields : postFields)),
    user: new Set(read('user.fields', isNew ? newUserFields : userFields)),
    media: new Set(read('media.fields', mediaFields)),
    expansions: new Set(read('expansions', about === 'posts' ? onPosts : onUsers)),
  };
};

const rename = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rename);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => {
    const isName = name === 'parameter' && typeof member === 'string';
    return [renamed[name] ?? name, isName ? renamed[member] ?? member : rename(member)];
  }));
};

/** An answer in the names that were asked for. */
export const speak = (vocabulary: Vocabulary, body: Json): Json => (vocabulary === 'new' ? rename(body) as Json : body);
