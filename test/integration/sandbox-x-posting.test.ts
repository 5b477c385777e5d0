import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiResponseError } from 'twitter-api-v2';
import { askX, bearer, openEmptyX, openTwitter, sayX, signX, type OpenX, type Problem } from '../support/x-client.ts';

let x: OpenX;
beforeAll(async () => {
  x = await openEmptyX();
});
afterAll(() => x.close());

const person = (handle: string) => x.world.ensureUser(handle);
const bot = () => openTwitter(x.url).v2;
const refused = async (posting: Promise<unknown>): Promise<readonly [number, string, string]> => {
  const error: unknown = await posting.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ApiResponseError)) throw new Error('it was not refused');
  const { detail, type } = error.data as unknown as Problem;
  return [error.code, detail, type];
};
const notSummoned = [403, 'You can only reply to or quote posts where you are mentioned or are the author.', 'https://api.x.com/2/problems/not-authorized-for-resource'];
const notEngaged = 'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.';

let count = 0;
const fresh = (): string => `answer ${count += 1}`;

describe('a reply of the bot', () => {
  it('is taken where its handle was typed, where it was quoted and below itself', async () => {
    const summons = x.world.say({ by: person('ada'), text: 'tell us, @repartee' });
    const { data } = await bot().reply('Told.', summons.id);
    expect(data).toEqual({ id: expect.stringMatching(/^\d{19}$/), text: '@ada Told.', edit_history_tweet_ids: [data.id] });
    const quote = x.world.say({ by: person('bo'), text: 'ha', quoteOf: data.id });
    await bot().reply(fresh(), quote.id);
    await bot().reply(fresh(), data.id);
    expect(x.world.post(data.id)).toMatchObject({ text: 'Told.', replyTo: summons.id, replyToUser: person('ada').id, conversationId: summons.id });
  });

  it('is refused above the summons, and where only X typed the handle', async () => {
    const parent = x.world.say({ by: person('ada'), text: 'the moon is cheese' });
    x.world.say({ by: person('bo'), text: '@repartee is it?', replyTo: parent.id });
    expect(await refused(bot().reply(fresh(), parent.id))).toEqual(notSummoned);
    const own = x.world.say({ by: x.bot, text: 'Cheddar, to be precise.' });
    const followUp = x.world.say({ by: person('bo'), text: 'sure?', replyTo: own.id });
    expect(await refused(bot().reply(fresh(), followUp.id))).toEqual(notSummoned);
  });

  it('is refused to what is deleted, to what is protected and to what never was', async () => {
    const detail = 'You attempted to reply to a Tweet that is deleted or not visible to you.';
    const gone = x.world.say({ by: person('ada'), text: '@repartee quick' });
    x.world.remove(gone);
    const hidden = x.world.say({ by: x.world.ensureUser('shy', { isProtected: true }), text: '@repartee psst' });
    for (const id of [gone.id, hidden.id, '1']) expect(await refused(bot().reply(fresh(), id))).toEqual([403, detail, 'about:blank']);
  });

  it('keeps to whom the author lets answer', async () => {
    const closed = x.world.say({ by: person('ada'), text: 'friends only', quoteOf: x.world.say({ by: x.bot, text: fresh() }).id, replySettings: 'following' });
    expect(await refused(bot().reply(fresh(), closed.id))).toEqual([403, notEngaged, 'about:blank']);
    x.world.follow(person('ada'), x.bot);
    await bot().reply(fresh(), closed.id);
    const named = x.world.say({ by: person('ada'), text: 'those I name, @repartee', replySettings: 'mentionedUsers' });
    await bot().reply(fresh(), named.id);
    expect((await askX(x.url, bearer('bo'), 'POST', '/2/tweets', { text: 'me?', reply: { in_reply_to_tweet_id: named.id } })).body.detail).toBe(notEngaged);
  });
});

describe('people', () => {
  it('reply to whom they like and quote', async () => {
    const post = x.world.say({ by: person('ada'), text: 'good morning' });
    const reply = await sayX(x.url, 'bo', 'is it?', { reply: { in_reply_to_tweet_id: post.id, exclude_reply_user_ids: [person('ada').id] } });
    expect(reply.text).toBe('is it?');
    const quote = await sayX(x.url, 'bo', 'she says', { quote_tweet_id: post.id });
    expect(x.world.post(quote.id)).toMatchObject({ quoteOf: post.id, replyTo: null });
    expect(await refused(bot().quote(fresh(), post.id))).toEqual([403, 'You are not permitted to perform this action.', 'about:blank']);
  });
});

describe('any post', () => {
  it('is not said twice by one account within a day, wherever', async () => {
    const duplicate = [403, 'You are not allowed to create a Tweet with duplicate content.', 'about:blank'];
    await bot().tweet('Only once.');
    const summons = x.world.say({ by: person('ada'), text: '@repartee again' });
    expect(await refused(bot().tweet(' Only once. '))).toEqual(duplicate);
    expect(await refused(bot().reply('Only once.', summons.id))).toEqual(duplicate);
    await sayX(x.url, 'ada', 'Only once.');
    x.world.say({ by: x.bot, text: 'Once a day.', createdAt: Date.now() - 86_400_000 });
    await bot().tweet('Once a day.');
  });

  it('has no more than 280 of weight, in which a link counts 23 and an emoji or 日本 2', async () => {
    await bot().tweet(`${'a'.repeat(256)} https://example.com/${'b'.repeat(90)}`);
    await bot().tweet('日'.repeat(140));
    await bot().tweet('👩‍👩‍👧‍👦'.repeat(140));
    const long = await askX(x.url, bearer('ada'), 'POST', '/2/tweets', { text: 'a'.repeat(281) });
    expect([long.status, long.body.errors?.[0]?.message]).toEqual([400, expect.stringMatching(/^Your Tweet text is too long/)]);
  });

  it('names one cashtag at most', async () => {
    await bot().tweet('All on $TEA and $tea.');
    expect(await refused(bot().tweet('Half on $TEA, half on $MILK.'))).toEqual([403, expect.stringContaining('cashtag'), 'about:blank']);
  });

  it.each([
    ['an unknown member', { text: 'hi', colour: 'red' }, '$.colour', 'is not defined in the schema and the schema does not allow additional properties'],
    ['an unknown member of reply', { text: 'hi', reply: { in_reply_to_tweet_id: '1', to: 'me' } }, '$.reply.to', 'is not defined in the schema'],
    ['a text that is none', { text: 7 }, '$.text', 'expected string'],
    ['a parent that is a number', { text: 'hi', reply: { in_reply_to_tweet_id: 17 } }, '$.reply.in_reply_to_tweet_id', 'expected string'],
    ['a reply to nothing', { text: 'hi', reply: {} }, '$.reply.in_reply_to_tweet_id', 'expected string'],
    ['an unknown audience', { text: 'hi', reply_settings: 'nobody' }, '$.reply_settings', 'expected one of'],
    ['no text', {}, '$.text', 'text'],
    ['an empty text', { text: ' \n' }, '$.text', 'text'],
    ['half of a body', '{"text": "hi', '$', 'could not be parsed'],
  ])('is refused with %s, by its place', async (_, body, place, message) => {
    const answer = await askX(x.url, signX('POST', `${x.url}/2/tweets`), 'POST', '/2/tweets', body);
    expect([answer.status, answer.body.type]).toEqual([400, 'https://api.x.com/2/problems/invalid-request']);
    expect(answer.body.errors).toEqual([{ message: expect.stringContaining(message), parameters: { [place]: [expect.anything()] } }]);
  });

  it('is taken with the disclosure that models helped', async () => {
    await sayX(x.url, 'ada', 'made with help', { made_with_ai: true });
  });

  it('can be taken back by its author alone', async () => {
    const { id } = await sayX(x.url, 'ada', 'regrets');
    const take = (handle: string) => askX<{ data: unknown; detail: string }>(x.url, bearer(handle), 'DELETE', `/2/tweets/${id}`);
    expect(await take('bo')).toMatchObject({ status: 403, body: { detail: 'You are not authorized to delete this Tweet.' } });
    expect(await take('ada')).toMatchObject({ status: 200, body: { data: { deleted: true } } });
    expect(await take('ada')).toMatchObject({ status: 404, body: { title: 'Not Found Error', resource_id: id } });
  });
});
