/** How a server wants its fields asked for. */
export interface Vocabulary {
  readonly postFields: string;
  readonly fields: string;
  readonly references: string;
}

const common = 'created_at,conversation_id,entities,lang,reply_settings,attachments,possibly_sensitive,display_text_range,public_metrics';

/** The names that servers have answered to, the old ones first: X's own server still speaks them, its newest specification does not. */
export const vocabularies: readonly [Vocabulary, ...Vocabulary[]] = [
  { postFields: 'tweet.fields', fields: `${common},author_id,in_reply_to_user_id,referenced_tweets,note_tweet`, references: 'referenced_tweets.id' },
  { postFields: 'post.fields', fields: `${common},note_post`, references: 'referenced_posts' },
  { postFields: 'post.fields', fields: `${common},note_post`, references: 'referenced_posts.id' },
];

export type Query = Readonly<Record<string, string | number>>;

/** Who and what comes along with posts, and may have to be paid. */
export type Along = 'author and references' | 'references' | 'nobody';

/** What is asked about posts: everything that an answer needs. Handles of earlier authors stand in the replies themselves and are not asked for. */
export function askForPosts({ postFields, fields, references }: Vocabulary, along: Along): Query {
  const withAuthor = along === 'author and references';
  return {
    [postFields]: fields,
    expansions: [...(withAuthor ? ['author_id'] : []), ...(along === 'nobody' ? [] : [references]), 'attachments.media_keys'].join(','),
    'media.fields': 'type,url,preview_image_url,alt_text',
    ...(withAuthor && { 'user.fields': `name,username,description,protected${postFields === 'tweet.fields' ? ',affiliation' : ''}` }),
  };
}

/** Whether a refusal is about the names of fields, and not about what was asked. */
export function isAboutNames(status: number, body: unknown): boolean {
  return status === 400 && /\b(?:tweet|post|user|media)\.fields\b|\bexpansions\b/u.test(JSON.stringify(body) ?? '');
}
