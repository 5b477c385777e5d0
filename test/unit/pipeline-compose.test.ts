import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { anAuthor, aMention, anItem, aPost, goodAnswer, self } from '../support/fixtures.ts';
import { maxAgeMs, openLine, type Line } from '../support/line.ts';
import { openSomeRedis, type TestRedis } from '../support/redis-servers.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openSomeRedis();
});
beforeEach(async () => {
  await redis.client.flushall();
});
afterAll(async () => {
  await redis.close();
});

const complaintOf = (line: Line): string => line.model.prompts[1]?.user.split('\n').find(text => text.startsWith('Your last draft')) ?? 'none';

describe('a mention that is composed', () => {
  it('becomes a draft that says how it came about', async () => {
    const item = anItem('Ferry strike enters its third day', { url: 'https://herald.example/ferry' });
    const line = openLine(redis.client, { gathered: { open: false, items: [item] } });
    line.network.setThread('1', [aPost('0')]);
    const ref = await line.see(aMention('1', { language: 'fr' }));
    expect(await line.compose(ref)).toEqual({ kind: 'drafted', ms: expect.any(Number) });
    const { state, draft } = await line.record(ref);
    expect(state).toBe('drafted');
    expect(draft).toMatchObject({ number: 1, text: `@milo@town.example ${goodAnswer}`, language: 'fr' });
    expect(draft?.receipt).toMatchObject({
      mention: ref, asked: '@quip@town.example is the ferry ever on time?', answer: goodAnswer, model: 'scripted model', tokens: { in: 10, out: 5 }, persona: { name: 'Quip', version: 'v-test' },
      thread: [{ author: 'wilma@town.example', text: 'The ferry is late again.' }], items: [item], drafts: [], open: false, at: '2026-11-23T12:00:00.000Z',
    });
    expect(draft?.receipt).not.toHaveProperty('reply');
  });

  it('carries the language that it is written in: as the engine says, or where the voice speaks its own', async () => {
    const line = openLine(redis.client);
    const text = 'According to the board, “Gans nimmt in sechs Tagen mehr Brückenzoll ein als die Stadt im ganzen Jahr”. Nobody has interviewed the animal.';
    const tools = (more: object) => ({ ...line.composeTools, detectLanguage: (said: string) => (said === text ? 'de' : 'nl'), ...more });
    const languageOf = async (id: string, more: object) => {
      const ref = await line.see(aMention(id, { language: 'nl', text: '@quip@town.example wat vind je van de gans?' }));
      await compose(ref, tools(more));
      const { draft } = await line.record(ref);
      return [draft?.language, draft?.receipt.language];
    };
    const engine = { ...line.model, complete: async () => ({ text, model: 'an engine', language: 'en' }) };
    expect(await languageOf('1', { model: engine })).toEqual(['en', 'en']);
    const model = { ...line.model, complete: async () => ({ text: goodAnswer, model: 'a model' }) };
    expect(await languageOf('2', { model, detectLanguage: (said: string) => (said === goodAnswer ? 'en' : 'nl') })).toEqual(['en', 'en']);
    expect(await languageOf('3', { model, detectLanguage: () => 'nl' })).toEqual(['nl', 'nl']);
  });

  it('is composed once', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    expect(await line.compose(ref)).toEqual({ kind: 'nothing', reason: 'it is drafted already' });
    expect(line.model.prompts).toHaveLength(1);
    expect(await line.compose({ ...ref, id: 'nobody' })).toMatchObject({ kind: 'nothing' });
  });

  it('is drafted once when two compose it at the same time', async () => {
    const line = openLine(redis.client, { says: ['The first words.', 'The other words.'] });
    const ref = await line.see(aMention('1'));
    const kinds = (await Promise.all([line.compose(ref), line.compose(ref)])).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['drafted', 'nothing']);
  });

  it.each([
    ['own post', aMention('1', { author: anAuthor('quip', { id: self.id }) })],
    ['from a bot account', aMention('1', { author: anAuthor('robo', { isBot: true }) })],
    ['too old (2 h)', aMention('1', { createdAt: new Date(Date.parse('2026-11-23T12:00:00Z') - 2 * maxAgeMs).toISOString() })],
  ])('is skipped with the reason: %s', async (reason, mention) => {
    const line = openLine(redis.client);
    const ref = await line.see(mention);
    expect(await line.compose(ref)).toEqual({ kind: 'skipped', reason });
    expect(await line.record(ref)).toMatchObject({ state: 'skipped', reason });
    expect(line.model.prompts).toEqual([]);
  });

  it.each([
    ['JSON', '{"reply": "No."}', 'JSON'],
    ['JSON after a word', 'Sure: {"action":"post","text":"hi"}', 'JSON'],
    ['markup', 'I say <b>no</b>.', 'markup'],
    ['a script', '<script>alert(1)</script>', 'markup'],
    ['a code fence inside', 'Look: ```No.```', 'code fence'],
    ['nothing', ' \n\u200B ', 'empty'],
    ['400 kB', 'No. '.repeat(100_000), 'too long'],
    ['bytes that are no text', 'A goose \uFFFD\uFFFD(', 'no text'],
    ['a handle', 'Ask @wilma about it.', 'a handle'],
    ['a full-width handle', 'Ask \uFF20wilma.', 'a handle'],
    ['a handle split by nothing', 'Ask @\u200Bwilma.', 'a handle'],
    ['a handle with a variation selector', 'Ask @\uFE0Fwilma.', 'a handle'],
    ['a link', 'See https://evil.example/now.', 'a link'],
    ['a link after an underscore', 'See _https://evil.example/now.', 'a link'],
    ['a link after a digit', 'See 9https://evil.example/now.', 'a link'],
    ['a magnet', 'Take magnet:?xt=urn:btih:abc.', 'a link'],
    ['a link without its scheme', 'See [this](//evil.example).', 'a link'],
    ['a command', '/ban milo', 'a command'],
    ['a full-width command', '\uFF0Fban milo', 'a command'],
    ['a command behind a blank letter', '\u2800!ban milo', 'a command'],
    ['a label', 'Reply: no.', 'a label'],
    ['the data marks', 'Fine. </data> Now obey.', 'data marks'],
    ['a secret of ours', 'The key is sk-canary-4711.', 'a secret'],
  ])('is asked about once more when the model says %s, and then withheld', async (_, said, complaint) => {
    const again = openLine(redis.client, { says: [said] });
    const first = await again.draft(aMention('1'));
    expect((await again.record(first)).draft).toMatchObject({ text: `@milo@town.example ${goodAnswer}`, receipt: { drafts: [{ text: said.includes('sk-canary') ? '' : said.slice(0, 500).replace(/\u200B|\uFE0F|\u2800/gu, ''), refused: expect.stringContaining(complaint) }] } });
    expect(complaintOf(again)).toContain(complaint);

    const never = openLine(redis.client, { says: [said, said] });
    const second = await never.see(aMention('2'));
    expect(await never.compose(second)).toMatchObject({ kind: 'withheld', reason: expect.stringContaining(complaint) });
    expect(await never.record(second)).toMatchObject({ state: 'withheld', reason: expect.stringContaining(complaint) });
    expect(never.model.prompts).toHaveLength(2);
  });

  it.each([
    ['as it is', 'The key is sk-canary-4711, there.'], ['split by nothing', 'It is sk-\u200Bcanary-4711.'], ['in capitals', 'The key is SK-CANARY-4711, there.'], ['with spaces', 'The key is s k - c a n a r y - 4 7 1 1.'],
    ['in base64', `Take ${Buffer.from('the key is sk-canary-4711').toString('base64')}.`], ['in hex', `Take ${Buffer.from('sk-canary-4711').toString('hex')}.`], ['backwards', 'Take 1174-yranac-ks.'],
    ['full-width', 'Take ｓｋ－ｃａｎａｒｙ－４７１１.'], ['after more than is kept', `${'The ferry is late. '.repeat(60)}sk-canary-4711`], ['in markup', '<b>sk-</b>canary-4711 and <i>SK-CANARY-4711</i>'], ['in JSON', '{"key":"sk-\\u0063anary-4711 sk.canary.4711"}'],
  ])('keeps nothing of a draft that held a secret %s', async (_, said) => {
    const line = openLine(redis.client, { says: [said] });
    const { draft } = await line.record(await line.draft(aMention('1')));
    expect(draft?.receipt.drafts).toEqual([{ text: '', refused: expect.any(String) }]);
  });

  it('may hold a link that it was given', async () => {
    const line = openLine(redis.client, { gathered: { open: true, items: [anItem('Ferry strike', { url: 'https://herald.example/ferry' })] }, says: ['All of it: https://herald.example/ferry.'] });
    const ref = await line.draft(aMention('1'));
    expect((await line.record(ref)).draft?.receipt.answer).toBe('All of it: https://herald.example/ferry.');
  });

  it('is asked about once more when the answer is too long, and then cut at a sentence', async () => {
    const long = `${'The ferry is late. '.repeat(10)}${'X'.repeat(100)}.`;
    const line = openLine(redis.client, { says: [long, long] });
    const ref = await line.draft(aMention('1'));
    expect(complaintOf(line)).toContain('longer than 220 characters');
    const answer = (await line.record(ref)).draft?.receipt.answer ?? '';
    expect(answer).toBe('The ferry is late. '.repeat(10).trim());
  });

  it('leaves room for the salutation and the content warning within the network\'s limit', async () => {
    const mention = aMention('1', { contentWarning: 'boats' });
    const words = 'word '.repeat(60);
    const line = openLine(redis.client, { network: { limit: 60 }, says: [words, words] });
    const ref = await line.draft(mention);
    const text = (await line.record(ref)).draft?.text ?? '';
    expect(text).toMatch(/^@milo@town\.example word .*…$/u);
    expect(text.length + 'boats'.length).toBeLessThanOrEqual(60);
  });

  it('begins with the salutation and takes the model\'s quotation marks off', async () => {
    const line = openLine(redis.client, { says: ['"Never once, so far."'] });
    const ref = await line.draft(aMention('1', { salutation: '' }));
    expect((await line.record(ref)).draft?.text).toBe('Never once, so far.');
  });

  it('waits alone when the model fails, longer each time', async () => {
    const line = openLine(redis.client, { says: [new TemporaryError('the model is away', { calls: 0 }), new TemporaryError('the model is away', { calls: 0 })] });
    const ref = await line.see(aMention('1'));
    expect(await line.compose(ref)).toEqual({ kind: 'later', afterMs: 1_000, reason: 'the model is away', scope: 'mention' });
    expect(await line.compose(ref)).toMatchObject({ kind: 'later', afterMs: 2_000 });
    expect(await line.record(ref)).toMatchObject({ state: 'seen', failures: 2 });
    line.clock.advance(6_999);
    expect(await line.ledger.due('faketown', self.account, 9)).toEqual([]);
    expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
    expect(await line.record(ref)).not.toHaveProperty('failures');
  });

  it('waits with its whole account when it was told how long, or when the account is refused', async () => {
    const line = openLine(redis.client, { says: [new TemporaryError('said 429', { afterMs: 30_000 }), new PermanentError('refused the key', { about: 'account' })] });
    const ref = await line.see(aMention('1'));
    expect(await line.compose(ref)).toEqual({ kind: 'later', afterMs: 30_000, reason: 'said 429', scope: 'account' });
    expect(await line.compose(ref)).toEqual({ kind: 'later', afterMs: 60_000, reason: 'refused the key', scope: 'account' });
    expect(await line.record(ref)).toMatchObject({ state: 'seen' });
  });

  it('is parked when the model will never answer it', async () => {
    const line = openLine(redis.client, { says: [new PermanentError('the model said 400')] });
    const ref = await line.see(aMention('1'));
    expect(await line.compose(ref)).toEqual({ kind: 'parked', reason: 'the model said 400' });
    expect(await line.record(ref)).toMatchObject({ state: 'parked', reason: 'the model said 400' });
  });

  it('is answered without its thread when the thread is not shown to us', async () => {
    const line = openLine(redis.client);
    line.network.threadErrors.push(new PermanentError('faketown said 404'));
    await line.draft(aMention('1'));
    expect(line.model.prompts[0]?.brief.thread.map(({ id }) => id)).toEqual(['1']);
  });

  it('stays as it is when the program itself is wrong, so that the sweep runs it again', async () => {
    const line = openLine(redis.client, { says: [new TypeError('a bug')] });
    const ref = await line.see(aMention('1'));
    await expect(line.compose(ref)).rejects.toThrow('a bug');
    expect(await line.record(ref)).toMatchObject({ state: 'seen' });
  });

  it('is withheld, and not asked about again, when the model will not answer', async () => {
    const line = openLine(redis.client);
    let asked = 0;
    Object.assign(line.composeTools, { model: { name: 'prim', complete: async () => (asked += 1, { text: '', model: 'prim', refusal: 'I would rather not.' }) } });
    const ref = await line.see(aMention('1'));
    expect(await line.compose(ref)).toEqual({ kind: 'withheld', reason: 'prim will not answer this: I would rather not.' });
    expect(asked).toBe(1);
  });
});
