/** How a server wants its fields asked for. */
export interface Vocabulary {
  readonly postFields: string;
  readonly fields: string;
  readonly references: string;
  /** Pictures of the posts that come along; a server may not give them. */
  readonly picturesOfReferences?: string;
}

const common = 'created_at,conversation_id,entities,lang,reply_settings,attachments,possibly_sensitive,display_text_range,public_metrics';

const legacy = { postFields: 'tweet.fields', fields: `${common},author_id,in_reply_to_user_id,referenced_tweets,note_tweet`, references: 'referenced_tweets.id' };
const recent = { postFields: 'post.fields', fields: `${common},note_post` };

/** The names that servers have answered to, the old ones first: X's own server still speaks them, its newest specification does not. */
export const vocabularies: readonly [Vocabulary, ...Vocabulary[]] = [
  { ...legacy, picturesOfReferences: 'referenced_tweets.id.attachments.media_keys' },
  legacy,
  { ...recent, references: 'referenced_posts' },
  { ...recent, references: 'referenced_posts.id' },
];

export type Query = Readonly<Record<string, string | number>>;

/** Who and what comes along with posts, and may have to be paid. */
export interface Along {
  readonly author?: boolean;
  /** Posts that they answer or quote. */
  readonly references?: boolean;
  readonly pictures?: boolean;
}

/** What is asked about posts: everything that an answer needs. Handles of earlier authors stand in the replies themselves and are not asked for. */
export function askForPosts({ postFields, fields, references, picturesOfReferences }: Vocabulary, along: Along = {}): Query {
  const expansions = [
    ...(along.author ? ['author_id'] : []),
    ...(along.references ? [references] : []),
    ...(along.pictures ? ['attachments.media_keys', ...(along.references && picturesOfReferences !== undefined ? [picturesOfReferences] : [])] : []),
  ];
  return {
    [postFields]: fields,
    ...(expansions.length > 0 && { expansions: expansions.join(',') }),
    ...(along.pictures && { 'media.fields': 'type,url,preview_image_url,alt_text' }),
    ...(along.author && { 'user.fields': `name,username,description,protected,created_at${postFields === 'tweet.fields' ? ',affiliation' : ''}` }),
  };
}

/** Whether a refusal is about the names of fields, and not about what was asked. */
export function isAboutNames(status: number, body: unknown): boolean {
  return status === 400 && /\b(?:tweet|post|user|media)\.fields\b|\bexpansions\b/u.test(JSON.stringify(body) ?? '');
}
