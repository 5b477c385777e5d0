import type { MediaRecord, PostRecord, UserRecord } from './records.ts';
import type { Json } from './problem.ts';
import type { Selection } from './selection.ts';
import { shownWeight, toShown, toWireText, weigh } from './text.ts';
import type { World } from './world.ts';

const toIso = (atMs: number): string => new Date(atMs).toISOString();

/** Only the members whose names are wanted, and that are there. */
const pick = (members: Json, wanted: ReadonlySet<string>): Json =>
  Object.fromEntries(Object.entries(members).filter(([name, value]) => value !== undefined && wanted.has(name)));

/** Turns records into the objects of X's API, in legacy names. */
export const openRenderer = (world: World) => {
  const idOf = (handle: string): string | undefined => world.userNamed(handle)?.id;
  const prefixOf = ({ implied }: PostRecord): string => implied.map((id) => `@${world.user(id)?.handle} `).join('');

  const toReferences = (post: PostRecord): readonly Json[] | undefined => {
    const references = [
      ...(post.quoteOf === null ? [] : [{ type: 'quoted', id: post.quoteOf }]),
      ...(post.replyTo === null ? [] : [{ type: 'replied_to', id: post.replyTo }]),
    ];
    return references.length === 0 ? undefined : references;
  };

  /** How often people answered and quoted. */
  const toMetrics = (post: PostRecord): Json => ({
    retweet_count: 0, reply_count: world.posts().filter(({ replyTo }) => replyTo === post.id).length, like_count: post.likes,
    quote_count: world.posts().filter(({ quoteOf }) => quoteOf === post.id).length, bookmark_count: 0, impression_count: 0,
  });

  /** Members that an expansion brings along. */
  const byExpansion: Readonly<Record<string, string>> = {
    'author_id': 'author_id', 'referenced_tweets.id.author_id': 'author_id', 'referenced_tweets.id': 'referenced_tweets', 'in_reply_to_user_id': 'in_reply_to_user_id',
    'attachments.media_keys': 'attachments', 'entities.mentions.username': 'entities',
  };

  const toPost = (post: PostRecord, selection: Pick<Selection, 'post' | 'expansions'>): Json => {
    const prefix = prefixOf(post);
    const whole = toWireText(prefix + post.text, idOf);
    const isLong = weigh(post.text) > shownWeight;
    const shown = isLong ? toWireText(toShown(prefix + post.text, post.id), idOf) : whole;
    const wanted = new Set(['id', 'text', 'edit_history_tweet_ids', ...selection.post, ...[...selection.expansions].flatMap((name) => byExpansion[name] ?? [])]);
    return pick({
      id: post.id, text: shown.text, edit_history_tweet_ids: [post.id],
      author_id: post.authorId, created_at: toIso(post.createdAt), conversation_id: post.conversationId, in_reply_to_user_id: post.replyToUser ?? undefined,
      referenced_tweets: toReferences(post), entities: shown.entities, note_tweet: isLong ? { text: whole.text, ...(whole.entities && { entities: whole.entities }) } : undefined,
      lang: post.lang, reply_settings: post.replySettings, possibly_sensitive: false, display_text_range: [prefix.length, shown.length],
      attachments: post.media.length === 0 ? undefined : { media_keys: post.media.map(({ key }) => key) },
      public_metrics: wanted.has('public_metrics') ? toMetrics(post) : undefined,
    }, wanted);
  };

  const toUser = (user: UserRecord, { user: fields, expansions }: Pick<Selection, 'user' | 'expansions'>): Json => pick({
    id: user.id, name: user.name, username: user.handle, created_at: toIso(user.createdAt), description: user.description, protected: user.isProtected, verified: user.isVerified,
    verified_type: user.isVerified ? 'blue' : 'none', affiliation: user.isAutomated ? { description: 'Automated' } : undefined,
    public_metrics: fields.has('public_metrics') ? {
      ...world.followsOf(user.id), tweet_count: world.posts().filter(({ authorId }) => authorId === user.id).length, listed_count: 0, like_count: 0,
    } : undefined,
  }, new Set(['id', 'name', 'username', ...fields, ...(expansions.has('affiliation.user_id') ? ['affiliation'] : [])]));

  const toMedia = (media: MediaRecord, { media: fields }: Pick<Selection, 'media'>): Json =>
    pick({ media_key: media.key, type: 'photo', url: media.url, alt_text: media.altText ?? undefined }, new Set(['media_key', 'type', ...fields]));

  return { toPost, toUser, toMedia };
};

export type Renderer = ReturnType<typeof openRenderer>;
