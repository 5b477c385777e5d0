import { describe, expect, it } from '@jest/globals';
import type { Self } from '../../src/core/types.ts';
import { toMention, toPost } from '../../src/networks/x/to-post.ts';
import { decode, post, postList, trendList } from '../../src/networks/x/wire.ts';
import { legacy, snowflake, toNew } from '../support/x-shapes.ts';

const self: Self = { account: '99', id: '99', handle: 'quip', name: 'Quip', url: 'https://x.com/quip' };
const around = (list: ReturnType<typeof postList.parse>) => ({ includes: list.includes, webUrl: 'https://x.com', now: Date.parse('2026-11-23T10:00:05Z') });
const read = (body: unknown) => {
  const list = postList.parse(body);
  const [wire] = list.posts;
  if (!wire) throw new Error('no post was read');
  return toMention(wire, around(list), self);
};
const change = (more: object, includes: object = {}) => ({ ...legacy, data: [{ ...legacy.data[0], note_tweet: undefined, ...more }], includes: { ...legacy.includes, ...includes } });

describe('an answer of X', () => {
  it('means the same in both vocabularies', () => {
    expect(postList.parse(toNew(legacy))).toEqual(postList.parse(legacy));
    expect(read(toNew(legacy))).toEqual(read(legacy));
  });

  it('is a mention with its whole text, decoded once, its short links written out', () => {
    expect(read(legacy)).toEqual({
      network: 'x', account: '99', salutation: '', id: snowflake, url: `https://x.com/ana/status/${snowflake}`, visibility: 'public', language: 'en', replyTo: '8', conversation: '7',
      text: '@wilma @quip is <this> true &amp; why? It goes on  https://gazette.example/goose',
      createdAt: '2026-11-23T10:00:00.000Z', links: ['https://gazette.example/goose'],
      author: { id: '5', handle: 'ana', name: 'Ana', isBot: false, url: 'https://x.com/ana', bio: 'Reads.' },
      bystanders: ['6'],
      media: [{ kind: 'image', url: 'https://pbs.example/1.jpg', alt: 'a goose' }],
      quote: expect.objectContaining({ id: '9', text: 'I said so.' }),
      before: [expect.objectContaining({ id: '8', text: 'The goose is back.', replyTo: '7', author: { id: '6', handle: 'wilma', name: 'wilma', isBot: false }, url: 'https://x.com/wilma/status/8' })],
      forgetAt: '2026-11-24T04:00:05.000Z',
    });
  });

  it.each([
    [{ edit_history_tweet_ids: ['7', snowflake] }, ['7']],
    [{ edit_history_post_ids: ['7', '8', snowflake] }, ['7', '8']],
    [{ edit_history_tweet_ids: ['7', snowflake, '9999999999999999999'] }, ['7']],
    [{ edit_history_tweet_ids: [snowflake] }, undefined],
    [{ edit_history_tweet_ids: [''], edit_history_post_ids: [snowflake] }, undefined],
    [{ edit_history_tweet_ids: null }, undefined],
  ])('says which posts it was before it was edited: %j', (more, earlier) => {
    expect(read(change(more)).earlier).toEqual(earlier);
  });

  it('keeps what can be read of a damaged one: an id that came as a number is no id', () => {
    const { posts, unreadable } = postList.parse(JSON.parse('{"data":[{"id":1992345678901234567,"text":"x"},{"id":"3","text":"y"},"what"],"meta":{"result_count":3}}'));
    expect({ ids: posts.map(({ id }) => id), unreadable }).toEqual({ ids: ['3'], unreadable: 2 });
  });

  it('without data is a list of nothing only when it says so', () => {
    expect(postList.parse({ meta: { result_count: 0 } }).posts).toEqual([]);
    expect(postList.parse({ data: null, includes: null, errors: null, meta: { result_count: 0 } }).posts).toEqual([]);
    expect(postList.safeParse({ meta: {} }).success).toBe(false);
    expect(postList.safeParse({}).success).toBe(false);
    expect(postList.safeParse('<html>').success).toBe(false);
    expect(postList.parse({ errors: legacy.errors }).posts).toEqual([]);
  });

  it('is decoded once', () => {
    expect(decode('&amp;lt; &lt; &amp; &gt; &quot;')).toBe('&lt; < & > &quot;');
  });

  it('counts trends as numbers or as words', () => {
    expect(trendList.parse({ data: [{ trend_name: '#goose', tweet_count: 12 }, { trend_name: 'A &amp; B', post_count: '1.2K' }, { trend_name: 'C', post_count: '7' }] })).toEqual([
      { name: '#goose', count: 12 }, { name: 'A & B', count: undefined }, { name: 'C', count: 7 },
    ]);
  });

  it('whose language X could not tell has none', () => {
    const { language } = toPost(post.parse({ id: '1', text: 'x', lang: 'und' }), around(postList.parse(legacy)));
    expect(language).toBeUndefined();
  });
});

describe('a summons', () => {
  const reason = (body: unknown) => read(body).unanswerable;
  const noQuote = { referenced_tweets: [{ type: 'replied_to', id: '8' }] };
  const carried = { ...noQuote, text: '@quip @wilma thanks', display_text_range: [13, 19], in_reply_to_user_id: '99', entities: { mentions: [{ start: 0, end: 5, username: 'quip', id: '99' }] } };

  it.each([
    ['a handle that was typed', change(noQuote)],
    ['a post of ours that was quoted', change({ entities: {}, text: 'well said', display_text_range: [0, 9] })],
    ['a handle typed behind one that the reply carries', change({ ...carried, entities: { mentions: [...carried.entities.mentions, { start: 14, end: 19, username: 'Quip', id: '99' }] } })],
    ['a handle in words, where X lists none', change({ ...noQuote, entities: {}, text: 'what does @Quip think?', display_text_range: undefined })],
    ['limited replies in a conversation that the asker began', change({ ...noQuote, conversation_id: snowflake, reply_settings: 'mentionedUsers' })],
    ['limited replies where the beginning names us', change({ referenced_tweets: [{ type: 'replied_to', id: '7' }], reply_settings: 'following' }, { tweets: [{ id: '7', text: '@quip come in', author_id: '6', entities: { mentions: [{ start: 0, username: 'quip', id: '99' }] } }] })],
  ])('is %s', (_, body) => {
    expect(reason(body)).toBeUndefined();
  });

  it.each([
    [/^not summoned/u, 'a handle that a reply carries by itself', change(carried)],
    [/^not summoned/u, 'a quote of somebody else', change({ entities: {}, display_text_range: [0, 9], text: 'hm', referenced_tweets: [{ type: 'quoted', id: '8' }] })],
    [/^not summoned/u, 'an address of mail', change({ ...noQuote, entities: {}, text: 'ask me@quip.com' })],
    [/^not summoned/u, 'a handle that only begins like ours', change({ ...noQuote, entities: {}, text: 'ask @quipster' })],
    [/protected/u, 'a protected account', change(noQuote, { users: [{ id: '5', username: 'ana', name: 'Ana', protected: true }] })],
    [/limited \(following\)/u, 'a conversation where we are not invited', change({ ...noQuote, reply_settings: 'following' })],
    [/repost/u, 'a repost', change({ referenced_tweets: [{ type: 'retweeted', id: '8' }] })],
  ])('is not (%s) %s', (pattern, _, body) => {
    expect(reason(body)).toMatch(pattern);
  });

  it('of a bot is known by its label', () => {
    expect(read(change(noQuote, { users: [{ id: '5', username: 'ana', name: 'Ana', affiliation: { description: 'Automated by @bo' } }] })).author.isBot).toBe(true);
  });
});
