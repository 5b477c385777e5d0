import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, openTwitter, type OpenX } from '../support/x-client.ts';

interface Listed {
  readonly data?: readonly { readonly id: string; readonly text: string }[];
  readonly errors?: readonly object[];
  readonly meta: { readonly result_count: number; readonly newest_id?: string; readonly oldest_id?: string; readonly next_token?: string };
}

let x: OpenX;
const person = (handle: string) => x.world.ensureUser(handle);
const ask = (query = '', id = x.bot.id) => askX<Listed>(x.url, bearer(demoKeys.bearer), 'GET', `/2/users/${id}/mentions?${query}`);
const idsOf = ({ body }: { readonly body: Listed }): readonly string[] => (body.data ?? []).map(({ id }) => id);

describe('the mentions of many', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    x = await openEmptyX();
    for (let at = 0; at < 830; at += 1) ids.unshift(x.world.say({ by: person(`asker${at % 7}`), text: `@repartee question ${at}`, lang: 'en', createdAt: Date.UTC(2026, 0, 1) + at * 1000 }).id);
  });
  afterAll(() => x.close());

  it('are paged gapless, newest first, and reach back over 800', async () => {
    const seen: string[] = [];
    const pages = await openTwitter(x.url).v2.userMentionTimeline(x.bot.id, { max_results: 100 });
    for await (const { id } of pages) seen.push(id);
    expect(seen).toEqual(ids.slice(0, 800));
    expect(pages.meta).toEqual({ result_count: 800, newest_id: ids[0], oldest_id: ids[799] });
  });

  it('are those after since_id, before until_id, and between two moments', async () => {
    expect(idsOf(await ask(`since_id=${ids[3]}`))).toEqual(ids.slice(0, 3));
    expect(idsOf(await ask(`since_id=${ids[90]}&until_id=${ids[80]}&max_results=5`))).toEqual(ids.slice(81, 86));
    const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
    expect(idsOf(await ask(`start_time=${at(820)}&end_time=${at(822)}`))).toEqual([ids[8], ids[9]]);
    const first = await ask(`since_id=${ids[7]}&max_results=5`);
    expect(idsOf(await ask(`since_id=${ids[7]}&max_results=5&pagination_token=${first.body.meta.next_token}`))).toEqual([ids[5], ids[6]]);
  });

  it('have no data when there are none', async () => {
    expect((await ask(`since_id=${ids[0]}`)).body).toEqual({ meta: { result_count: 0 } });
  });

  it.each([
    ['max_results=4', 'max_results', '4'], ['max_results=101', 'max_results', '101'], ['max_results=ten', 'max_results', 'ten'], ['since_id=abc', 'since_id', 'abc'],
    ['start_time=yesterday', 'start_time', 'yesterday'], ['pagination_token=zzz', 'pagination_token', 'zzz'], ['colour=red', 'colour', 'red'],
    ['expansions=author_id,everything', 'expansions', 'everything'],
  ])('are refused for ?%s', async (query, parameter, value) => {
    const { status, body } = await ask(query);
    expect([status, body]).toEqual([400, {
      title: 'Invalid Request', detail: 'One or more parameters to your request was invalid.', type: 'https://api.x.com/2/problems/invalid-request',
      errors: [{ parameters: { [parameter]: [value] }, message: expect.stringContaining(parameter) }],
    }]);
  });

  it('of nobody are not found, with 200', async () => {
    const { status, body } = await ask('', '1234567890123456789');
    expect([status, body]).toEqual([200, { errors: [expect.objectContaining({ resource_type: 'user', title: 'Not Found Error' })] }]);
  });
});

describe('what is a mention', () => {
  beforeEach(async () => {
    x = await openEmptyX();
  });
  afterEach(() => x.close());

  it('is a typed handle, a reply to the bot, a reply in its thread and a quote of it, but nothing of its own', async () => {
    const own = x.world.say({ by: x.bot, text: 'I said something, @repartee' });
    const typed = x.world.say({ by: person('ada'), text: 'hey @RePartee' });
    const reply = x.world.say({ by: person('bo'), text: 'no', replyTo: own.id });
    const deeper = x.world.say({ by: person('cleo'), text: 'yes', replyTo: reply.id });
    const quote = x.world.say({ by: person('ada'), text: 'look at that', quoteOf: own.id });
    x.world.say({ by: person('ada'), text: 'no', replyTo: own.id, excluded: [x.bot.id] });
    x.world.say({ by: person('ada'), text: 'mail me at ada@repartee or @reparteebot' });
    expect(idsOf(await ask())).toEqual([quote.id, deeper.id, reply.id, typed.id]);
  });

  it('shows in its text who X put in front, and where what was typed begins', async () => {
    const asked = x.world.say({ by: person('ada'), text: 'so, @bo and @nobody?' });
    person('bo');
    const more = x.world.say({ by: person('ada'), text: 'you there @bo?', replyTo: asked.id });
    const reply = x.world.say({ by: person('cleo'), text: '@repartee is that so?', replyTo: more.id });
    const path = `/2/tweets/${reply.id}?tweet.fields=display_text_range,entities,in_reply_to_user_id,conversation_id`;
    expect((await askX<{ data: unknown }>(x.url, bearer(demoKeys.bearer), 'GET', path)).body.data).toMatchObject({
      text: '@ada @bo @repartee is that so?', display_text_range: [9, 30], in_reply_to_user_id: person('ada').id, conversation_id: asked.id,
      entities: { mentions: [{ start: 0, end: 4, username: 'ada' }, { start: 5, end: 8, username: 'bo' }, { start: 9, end: 18, username: 'repartee', id: x.bot.id }] },
    });
  });

  it('comes with its parents, and with an error for each that is gone or protected', async () => {
    const gone = x.world.say({ by: person('ada'), text: 'soon gone' });
    const hidden = x.world.say({ by: x.world.ensureUser('shy', { isProtected: true }), text: 'for friends' });
    const known = x.world.say({ by: person('bo'), text: 'still here' });
    for (const { id } of [gone, hidden, known]) x.world.say({ by: person('cleo'), text: '@repartee and this?', replyTo: id });
    x.world.remove(gone);
    const found = await openTwitter(x.url).v2.userMentionTimeline(x.bot.id, { expansions: ['author_id', 'referenced_tweets.id', 'referenced_tweets.id.author_id'] });
    expect(found.tweets).toHaveLength(3);
    expect(found.includes.tweets?.map(({ id }) => id)).toEqual([known.id]);
    expect(found.includes.users?.map(({ username }) => username).toSorted()).toEqual(['bo', 'cleo']);
    expect(found.errors).toEqual([
      expect.objectContaining({ title: 'Authorization Error', resource_id: hidden.id, parameter: 'referenced_tweets.id', type: 'https://api.x.com/2/problems/not-authorized-for-resource' }),
      expect.objectContaining({ title: 'Not Found Error', resource_id: gone.id, value: gone.id, resource_type: 'tweet', type: 'https://api.x.com/2/problems/resource-not-found' }),
    ]);
  });

  it('by a protected account reaches whom it lets', async () => {
    const shy = x.world.ensureUser('shy', { isProtected: true });
    const whisper = x.world.say({ by: shy, text: '@repartee psst' });
    expect(idsOf(await ask())).toEqual([]);
    x.world.follow(x.bot, shy);
    const { tweets } = await openTwitter(x.url).v2.userMentionTimeline(x.bot.id);
    expect(tweets.map(({ id }) => id)).toEqual([whisper.id]);
  });
});
