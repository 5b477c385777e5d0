// What we read of X's answers. X has two vocabularies, tweets and posts, and a server may speak either: everything comes through here,
// and behind it there is one. Ids are strings of up to 19 digits, too long for a number; one that comes as a number is damaged already.
import { z } from 'zod';

const id = z.string().regex(/^\d{1,20}$/);
const text = z.string().catch('');
const maybeText = z.string().min(1).optional().catch(undefined);
const maybeId = id.optional().catch(undefined);

const maybeIds = z.array(z.unknown()).catch([]).default([]).transform(all => all.flatMap(one => id.safeParse(one).data ?? []));

const urls = z.array(z.object({ url: text, expanded_url: maybeText, media_key: maybeText })).catch([]);
const entities = z.object({ mentions: z.array(z.object({ start: z.number().catch(0), username: text, id: maybeId })).catch([]), urls }).partial().catch({});
const long = z.object({ text: z.string().min(1), entities }).partial().optional().catch(undefined);
const references = z.array(z.object({ type: text, id }));
const count = z.number().catch(0);

const rawPost = z.object({
  id,
  text,
  author_id: maybeId,
  created_at: maybeText,
  conversation_id: maybeId,
  in_reply_to_user_id: maybeId,
  lang: maybeText,
  reply_settings: maybeText,
  display_text_range: z.tuple([z.number(), z.number()]).optional().catch(undefined),
  note_tweet: long,
  note_post: long,
  referenced_tweets: z.unknown().optional(),
  referenced_posts: z.unknown().optional(),
  edit_history_tweet_ids: maybeIds,
  edit_history_post_ids: maybeIds,
  entities,
  attachments: z.object({ media_keys: z.array(z.string()).catch([]) }).partial().catch({}),
  possibly_sensitive: z.boolean().catch(false),
  public_metrics: z.object({ like_count: count, retweet_count: count, repost_count: count }).partial().catch({}),
});

/** A post in one vocabulary, its text whole and decoded. */
export const post = rawPost.transform(raw => {
  const note = raw.note_tweet ?? raw.note_post;
  const found = note?.text === undefined ? raw.entities : note.entities ?? {};
  const said = raw.referenced_tweets ?? raw.referenced_posts;
  const referenced = references.safeParse(said ?? []).data;
  const refer = (type: string) => referenced?.find(each => each.type === type)?.id;
  return {
    id: raw.id,
    text: decode(note?.text ?? raw.text),
    /** Ids that it had before it was edited: each edit makes a post of its own, and each version lists them all. */
    earlier: [...raw.edit_history_tweet_ids, ...raw.edit_history_post_ids].filter(each => compareIds(each, raw.id) < 0),
    authorId: raw.author_id,
    createdAt: raw.created_at,
    conversationId: raw.conversation_id,
    replyToUserId: raw.in_reply_to_user_id,
    replyTo: refer('replied_to'),
    quoted: refer('quoted'),
    isRepost: refer('retweeted') !== undefined,
    /** Whether it is known what it answers and quotes, if anything. */
    isWhole: referenced !== undefined,
    language: raw.lang,
    replySettings: raw.reply_settings ?? 'everyone',
    /** Where the text begins that its author wrote: before it stand the handles that a reply carries by itself. A server that does not say knows none. */
    writtenFrom: raw.display_text_range?.[0] ?? 0,
    // Handles are looked for where X counted them, in the short text; a long one repeats them.
    mentions: [...raw.entities.mentions ?? [], ...note?.entities?.mentions ?? []],
    urls: found.urls ?? raw.entities.urls ?? [],
    mediaKeys: raw.attachments.media_keys ?? [],
    isSensitive: raw.possibly_sensitive,
    heat: (raw.public_metrics.like_count ?? 0) + (raw.public_metrics.retweet_count ?? raw.public_metrics.repost_count ?? 0),
  };
});
export type WirePost = z.output<typeof post>;

export const user = z.object({
  id, username: z.string().min(1), name: text, description: text, created_at: maybeText,
  protected: z.boolean().catch(false),
  affiliation: z.object({ description: text }).partial().catch({}),
});
export type WireUser = z.output<typeof user>;

export const media = z.object({ media_key: z.string().min(1), type: text, url: maybeText, preview_image_url: maybeText, alt_text: text });
export type WireMedia = z.output<typeof media>;

/** An array in which what cannot be read is left out. */
const each = <T>(schema: z.ZodType<T>) => z.array(z.unknown()).transform(all => all.flatMap(one => {
  const read = schema.safeParse(one);
  return read.success ? [read.data] : [];
}));

const includes = z.object({ tweets: each(post), posts: each(post), users: each(user), media: each(media) }).partial().catch({})
  .transform(({ tweets = [], posts = [], users = [], media: pictures = [] }) => ({ posts: [...tweets, ...posts], users, media: pictures }));
export type Includes = z.output<typeof includes>;
export const nothing: Includes = { posts: [], users: [], media: [] };

const problems = each(z.object({ detail: text, title: text, parameter: text }));

/** A list of posts. `data` is absent when there are none, but then `meta` counts them: without either it is no list. */
export const postList = z.object({
  data: z.array(z.unknown()).nullish(),
  includes: includes.prefault({}),
  errors: problems.nullish(),
  meta: z.object({ newest_id: maybeId, next_token: maybeText, result_count: z.number().optional().catch(undefined) }).partial().optional().catch(undefined),
}).refine(({ data, meta, errors }) => (data ?? undefined) !== undefined || meta?.result_count === 0 || (errors ?? []).length > 0, 'neither data nor a count of nothing')
  .transform(({ data, includes: along, errors, meta = {} }) => {
    const posts = each(post).parse(data ?? []);
    return {
      posts, includes: along, newestId: meta.newest_id, nextToken: meta.next_token,
      /** Posts that X told of and that could not be read. */
      unreadable: Math.max(data?.length ?? 0, meta.result_count ?? 0) - posts.length,
      /** There is no list at all, only what went wrong. */
      isBare: (data ?? undefined) === undefined && meta.result_count !== 0,
      /** Something other than a post further up that is gone or hidden kept X from answering whole. */
      isPartial: (errors ?? []).some(({ parameter }) => !parameter.startsWith('referenced_')),
    };
  });

export const isId = (text: string): boolean => id.safeParse(text).success;

/** Ids grow with time and are compared as numbers, for which they are too long. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0);
}

export const oneUser = z.object({ data: user }).transform(({ data }) => data);
export const posted = z.object({ data: z.object({ id }) }).transform(({ data }) => data);
export const trendList = z.object({ data: each(z.object({ trend_name: z.string().min(1), tweet_count: z.coerce.number().optional().catch(undefined), post_count: z.coerce.number().optional().catch(undefined) })).optional() })
  .transform(({ data = [] }) => data.map(({ trend_name, tweet_count, post_count }) => ({ name: decode(trend_name), count: tweet_count ?? post_count })));

const named: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** X escapes these three, once; what was written as `&amp;lt;` stays `&lt;`. */
export function decode(escaped: string): string {
  return escaped.replace(/&(?:lt|gt|amp);/gu, entity => named[entity] ?? entity);
}
