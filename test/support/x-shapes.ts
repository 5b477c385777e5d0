// One page of mentions as X tells it, in both of its vocabularies.

export const snowflake = '1992345678901234567';

/** In its old names. */
export const legacy = {
  data: [{
    id: snowflake, text: '@wilma @quip is &lt;this&gt; true &amp;amp; why? https://t.co/pic…', author_id: '5', created_at: '2026-11-23T10:00:00.000Z', conversation_id: '7', in_reply_to_user_id: '6',
    lang: 'en', reply_settings: 'everyone', display_text_range: [7, 60], edit_history_tweet_ids: [snowflake],
    referenced_tweets: [{ type: 'replied_to', id: '8' }, { type: 'quoted', id: '9' }],
    note_tweet: { text: '@wilma @quip is &lt;this&gt; true &amp;amp; why? It goes on https://t.co/pic https://t.co/news', entities: {
      urls: [{ start: 70, end: 87, url: 'https://t.co/news', expanded_url: 'https://gazette.example/goose' }, { start: 53, end: 69, url: 'https://t.co/pic', expanded_url: 'https://x.com/ana/status/1/photo/1', media_key: '3_1' }],
      mentions: [{ start: 0, end: 6, username: 'wilma', id: '6' }, { start: 7, end: 12, username: 'quip', id: '99' }] } },
    entities: { mentions: [{ start: 0, end: 6, username: 'wilma', id: '6' }, { start: 7, end: 12, username: 'quip', id: '99' }] },
    attachments: { media_keys: ['3_1'] },
    public_metrics: { like_count: 3, retweet_count: 2, reply_count: 1, quote_count: 0, bookmark_count: 0, impression_count: 40 },
  }],
  includes: {
    users: [{ id: '5', username: 'ana', name: 'Ana', description: 'Reads.', protected: false }],
    tweets: [
      { id: '8', text: 'The goose is back.', author_id: '6', created_at: '2026-11-23T09:00:00.000Z', conversation_id: '7', in_reply_to_user_id: '4', referenced_tweets: [{ type: 'replied_to', id: '7' }],
        entities: { mentions: [{ start: 0, end: 3, username: 'bo', id: '4' }] }, display_text_range: [0, 18] },
      { id: '9', text: 'I said so.', author_id: '99', created_at: '2026-11-22T09:00:00.000Z' },
    ],
    media: [{ media_key: '3_1', type: 'photo', url: 'https://pbs.example/1.jpg', alt_text: 'a goose' }],
  },
  errors: [{ resource_type: 'tweet', resource_id: '7', title: 'Not Found Error', detail: 'gone', type: 'https://api.x.com/2/problems/resource-not-found' }],
  meta: { result_count: 1, newest_id: snowflake, oldest_id: snowflake },
};

const renames = new Map([['referenced_tweets', 'referenced_posts'], ['note_tweet', 'note_post'], ['edit_history_tweet_ids', 'edit_history_post_ids'], ['tweets', 'posts'], ['retweet_count', 'repost_count']]);
/** The same in its new names. */
export const toNew = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(toNew);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [renames.get(name) ?? name, toNew(each)]));
};
