import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, openTwitter, signX, type OpenX, type Problem } from '../support/x-client.ts';

type Json = Readonly<Record<string, unknown>>;
interface Body { readonly data: Json & readonly Json[]; readonly includes: Readonly<Record<string, readonly Json[]>>; readonly errors: readonly Json[]; readonly meta: Json }

let x: OpenX;
let ids: { readonly parent: string; readonly reply: string };
const person = (handle: string) => x.world.ensureUser(handle);
const read = async (path: string) => (await askX<Body & Problem>(x.url, bearer(demoKeys.bearer), 'GET', path)).body;

beforeAll(async () => {
  x = await openEmptyX();
  const ada = x.world.ensureUser('ada', { name: 'Ada', description: 'Counts <things> & people', isAutomated: true });
  const parent = x.world.say({ by: ada, text: 'Die Uhr schlägt dreizehn #Clock13', lang: 'de', media: [{ url: 'https://img.example/clock.jpg', altText: 'A clock' }] });
  const reply = x.world.say({ by: person('bo'), text: '@repartee <b>why</b> & see example.com/x', replyTo: parent.id });
  ids = { parent: parent.id, reply: reply.id };
});
afterAll(() => x.close());

describe('posts in legacy names', () => {
  it('say no more than they are asked', async () => {
    expect(await read(`/2/tweets/${ids.reply}`)).toEqual({
      data: { id: ids.reply, text: expect.stringMatching(/^@ada @repartee &lt;b&gt;why&lt;\/b&gt; &amp; see https:\/\/t\.co\/\w+$/), edit_history_tweet_ids: [ids.reply] },
    });
  });

  it('bring what expansions name, in the fields that were chosen', async () => {
    const { data, includes } = await read(`/2/tweets/${ids.reply}?expansions=author_id,referenced_tweets.id,referenced_tweets.id.author_id,referenced_tweets.id.attachments.media_keys`
      + '&tweet.fields=lang,entities,public_metrics&user.fields=description,affiliation&media.fields=alt_text,url');
    expect(data).toMatchObject({
      author_id: person('bo').id, referenced_tweets: [{ type: 'replied_to', id: ids.parent }], public_metrics: { retweet_count: 0, reply_count: 0 },
      entities: { urls: [{ expanded_url: 'http://example.com/x', display_url: 'example.com/x', url: expect.stringMatching(/^https:\/\/t\.co\//) }] },
    });
    expect(includes).toEqual({
      users: [
        { id: person('bo').id, name: 'bo', username: 'bo', description: '' },
        { id: person('ada').id, name: 'Ada', username: 'ada', description: 'Counts <things> & people', affiliation: { description: 'Automated' } },
      ],
      tweets: [expect.objectContaining({ id: ids.parent, lang: 'de', entities: { hashtags: [{ start: 25, end: 33, tag: 'Clock13' }] }, public_metrics: expect.objectContaining({ reply_count: 1 }) })],
      media: [{ media_key: `3_${ids.parent}0`, type: 'photo', url: 'https://img.example/clock.jpg', alt_text: 'A clock' }],
    });
    expect(includes['tweets']?.[0]).not.toHaveProperty('created_at');
  });

  it('are cut when they are long, with the whole in their note', async () => {
    const text = `${'word '.repeat(80)}<end> 👋`;
    const { id } = x.world.say({ by: person('ada'), text });
    const { data } = await read(`/2/tweets/${id}?tweet.fields=note_tweet`);
    expect(data['note_tweet']).toEqual({ text: text.replace('<end>', '&lt;end&gt;') });
    expect(data['text']).toMatch(/^(?:word )+\w*… https:\/\/t\.co\/\w+$/);
    expect(String(data['text']).length).toBeLessThanOrEqual(280);
    expect((await read(`/2/tweets/${ids.parent}?tweet.fields=note_tweet`)).data).not.toHaveProperty('note_tweet');
  });

  it('are looked up by the hundred, with an error for each that is missing', async () => {
    const { data, errors } = await read(`/2/tweets?ids=${ids.reply},17,${ids.parent}`);
    expect(data.map(({ id }) => id)).toEqual([ids.reply, ids.parent]);
    expect(errors).toEqual([expect.objectContaining({ resource_id: '17', parameter: 'ids', title: 'Not Found Error' })]);
    expect(await read('/2/tweets/17')).toEqual({ errors: [expect.objectContaining({ detail: 'Could not find tweet with id: [17].' })] });
    expect((await askX(x.url, bearer(demoKeys.bearer), 'GET', `/2/tweets?ids=${Array.from({ length: 101 }, () => '1').join(',')}`)).status).toBe(400);
    expect((await askX(x.url, bearer(demoKeys.bearer), 'GET', '/2/tweets/latest')).status).toBe(400);
  });
});

describe('posts in the names of the newer specification', () => {
  it('rename what was renamed, and keep the count of posts by users', async () => {
    const body = await read(`/2/tweets/${ids.reply}?expansions=author_id,referenced_posts.id&post.fields=public_metrics,note_post&user.fields=public_metrics`);
    expect(body.data).toMatchObject({
      id: ids.reply, edit_history_post_ids: [ids.reply], author_id: person('bo').id, referenced_posts: [{ type: 'replied_to', id: ids.parent }], public_metrics: { repost_count: 0 },
    });
    expect(body.data).not.toHaveProperty('referenced_tweets');
    expect(body.includes['posts']?.[0]).toMatchObject({ id: ids.parent, edit_history_post_ids: [ids.parent] });
    expect(body.includes['users']?.[0]).toMatchObject({ public_metrics: { tweet_count: 1 } });
  });

  it('are asked for in these names alone, or not in these names at all', async () => {
    const [legacy, recent] = await Promise.all([openEmptyX({ vocabulary: 'legacy' }), openEmptyX({ vocabulary: 'new' })]);
    const ask = (server: OpenX, query: string) => askX(server.url, bearer(demoKeys.bearer), 'GET', `/2/users/${server.bot.id}/mentions?${query}`);
    expect((await ask(legacy, 'post.fields=lang')).body.errors?.[0]).toMatchObject({ parameters: { 'post.fields': ['lang'] }, message: expect.stringContaining('[post.fields] is not one of') });
    expect((await ask(recent, 'tweet.fields=lang')).body.errors?.[0]?.parameters).toEqual({ 'tweet.fields': ['lang'] });
    expect((await ask(recent, 'post.fields=author_id')).body.errors?.[0]?.parameters).toEqual({ 'post.fields': ['author_id'] });
    expect((await ask(recent, 'expansions=referenced_tweets.id')).status).toBe(400);
    expect([(await ask(legacy, 'tweet.fields=author_id')).status, (await ask(recent, 'expansions=author_id,referenced_posts')).status]).toEqual([200, 200]);
    const { id } = recent.world.say({ by: recent.world.ensureUser('ada'), text: 'hi' });
    expect((await askX<Body>(recent.url, bearer(demoKeys.bearer), 'GET', `/2/tweets/${id}`)).body.data).toEqual({ id, text: 'hi', edit_history_post_ids: [id] });
    await Promise.all([legacy.close(), recent.close()]);
  });
});

describe('people', () => {
  it('are found by id and by handle, one or many', async () => {
    expect((await read(`/2/users/${person('ada').id}?user.fields=created_at,protected,verified`)).data).toEqual({
      id: person('ada').id, name: 'Ada', username: 'ada', created_at: expect.stringMatching(/Z$/), protected: false, verified: false,
    });
    expect((await read('/2/users/by/username/ADA')).data).toMatchObject({ id: person('ada').id });
    const { data, errors } = await read(`/2/users?ids=${person('bo').id},17`);
    expect([data.length, errors.length]).toEqual([1, 1]);
    expect(await read('/2/users/by/username/nobody')).toEqual({ errors: [expect.objectContaining({ resource_type: 'user', parameter: 'username', value: 'nobody' })] });
    expect((await askX(x.url, bearer(demoKeys.bearer), 'GET', '/2/users/by/username/a-b')).status).toBe(400);
  });

  it('have a timeline of their own', async () => {
    const { data } = await read(`/2/users/${person('bo').id}/tweets`);
    expect(data.map(({ id }) => id)).toEqual([ids.reply]);
    expect(await read(`/2/users/${person('bo').id}/tweets?exclude=replies`)).toEqual({ meta: { result_count: 0 } });
  });
});

describe('recent search', () => {
  const search = async (query: string) => ((await read(`/2/tweets/search/recent?query=${encodeURIComponent(query)}`)).data ?? []).map(({ id }) => id);

  it.each([
    ['WHY', 'reply'], ['"die uhr"', 'parent'], ['from:ada uhr', 'parent'], ['to:ada', 'reply'], ['@repartee', 'reply'], ['conversation_id:<parent> from:bo', 'reply'], ['lang:de uhr', 'parent'],
    ['#Clock13', 'parent'], ['is:reply -from:ada', 'reply'], ['uhr -is:retweet', 'parent'],
  ] as const)('finds %s', async (query, what) => {
    expect(await search(query.replace('<parent>', ids.parent))).toEqual([ids[what]]);
  });

  it('looks at the last seven days and at public posts', async () => {
    x.world.say({ by: person('ada'), text: 'ancient teapot', createdAt: Date.now() - 7 * 86_400_000 });
    x.world.say({ by: x.world.ensureUser('shy', { isProtected: true }), text: 'secret teapot' });
    const { id } = x.world.say({ by: person('ada'), text: '急須 teapot' });
    expect([await search('teapot'), await search('急')]).toEqual([[id], [id]]);
  });

  it('refuses what it does not play, instead of finding something else', async () => {
    for (const query of ['this OR that', 'has:geo uhr', '']) expect((await askX(x.url, bearer(demoKeys.bearer), 'GET', `/2/tweets/search/recent?query=${encodeURIComponent(query)}`)).status).toBe(400);
  });
});

describe('trends', () => {
  it('are the tags of posts, for the app or a token of OAuth 2.0', async () => {
    for (const handle of ['ada', 'bo', 'cleo']) x.world.say({ by: person(handle), text: `what a #Teapot, says ${handle}` });
    expect(await read('/2/trends/by/woeid/1?max_trends=1')).toEqual({ data: [{ trend_name: '#Teapot', tweet_count: 3 }] });
    expect(await read('/2/trends/by/woeid/1?max_trends=1&trend.fields=trend_name')).toEqual({ data: [{ trend_name: '#Teapot' }] });
    const path = '/2/trends/by/woeid/1';
    expect([(await askX(x.url, bearer('ada'), 'GET', path)).status, (await askX(x.url, signX('GET', `${x.url}${path}`), 'GET', path)).status]).toEqual([200, 403]);
  });

  it('are personal with Premium alone', async () => {
    const path = '/2/users/personalized_trends';
    await expect(openTwitter(x.url).v2.get('users/personalized_trends')).rejects.toMatchObject({ code: 403 });
    const premium = await openEmptyX({ premium: true });
    premium.world.say({ by: premium.bot, text: '#Teapot' });
    expect((await askX<Body>(premium.url, bearer('ada'), 'GET', path)).body).toEqual({ data: [{ trend_name: '#Teapot', category: 'Trending', post_count: '1 posts', trending_since: expect.any(String) }] });
    await premium.close();
  });
});
