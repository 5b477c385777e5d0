// Voices tried on sentences and on what was once asked: by the bot's own way, over the real ledger, leaving nothing behind.
import { expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import type { Costs, Network } from '../../src/core/ports.ts';
import type { Rehearsal, Rehearsed } from '../../src/core/rehearsal.ts';
import { makeVoices, openBenchOf, readStore } from '../support/bench.ts';
import { anAuthor, aMention, anItem, aPost, goodAnswer } from '../support/fixtures.ts';
import { openLine, rules } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const costs: Costs = { reply: 0.01, trends: 0, windowMs: 0, read: 0.005, search: 0.05, perMention: 0.1, perDay: 1, reserve: async () => Promise.reject(new Error('money was set aside')) };
const rehearsedOf = ({ voices }: Rehearsal, at = 0): Rehearsed => {
  const voice = voices[at];
  if (!voice || !('rehearsed' in voice)) throw new Error(`nothing was rehearsed: ${JSON.stringify(voice)}`);
  return voice.rehearsed;
};

describeOverRedis('the bench', redis => {
  it('shows what two voices would say, with prompt, gates, receipt and tokens, and leaves everything as it was', async () => {
    const item = anItem('Ferry strike enters its third day');
    const line = openLine(redis().client, { gathered: { open: false, items: [item] } });
    const posted = await line.draft(aMention('1'));
    await line.runToEnd(posted);
    await line.draft(aMention('2'));
    await line.see(aMention('3'));
    const before = await readStore(redis().client);
    const posts = line.network.requests.length;
    line.model.prompts.length = 0;
    const bench = openBenchOf(line, redis().client);
    const tried = await bench.rehearse({ text: 'is the ferry ever on time?', voices: ['dry', 'wet'] });
    expect(tried).toMatchObject({ asked: { text: 'is the ferry ever on time?' }, from: 'typed', network: 'faketown', voices: [{ name: 'dry' }, { name: 'wet' }] });
    expect(rehearsedOf(tried)).toMatchObject({
      made: { text: goodAnswer, receipt: { items: [item], persona: { name: 'dry' }, model: 'scripted model' } },
      gates: [{ gate: 'silence', verdict: 'passed' }, { gate: 'asked', verdict: 'passed' }, { gate: 'room', verdict: 'ordinary' }],
      tries: [{ text: goodAnswer, tokens: { in: 10, out: 5 }, gates: [{ gate: 'grammar', verdict: 'passed' }, { gate: 'draft', verdict: 'passed' }] }],
      length: goodAnswer.length, room: 220,
    });
    const [dry, wet] = [0, 1].map(at => rehearsedOf(tried, at).tries[0]?.prompt);
    expect(dry?.system).toContain('Dry as a biscuit.');
    expect(wet?.system).toContain('Wet as the quay.');
    expect(dry?.user).toContain('Ferry strike enters its third day');
    expect(line.model.prompts).toHaveLength(2);
    for (const mention of ['1', '2', '3']) await bench.rehearse({ mention, voices: ['dry'] });
    expect(await readStore(redis().client)).toEqual(before);
    expect(line.network.requests).toHaveLength(posts);
  });

  it('tells of each refused draft which gate refused it, and why in the words for the operator', async () => {
    const line = openLine(redis().client, { says: ['Ask @wilma about it.', 'The ferry is a rude word, and late.'] });
    const bench = openBenchOf(line, redis().client, { tools: { moderate: async (_, as) => (as === 'draft' ? 'a word of the list: rude' : undefined) } });
    const { made, tries } = rehearsedOf(await bench.rehearse({ text: 'who knows the ferry?', voices: ['dry'] }));
    expect(made).toMatchObject({ refused: expect.stringContaining('no usable answer in 2 tries'), drafts: [{}, {}] });
    expect(tries).toMatchObject([
      { text: 'Ask @wilma about it.', gates: [{ gate: 'grammar', verdict: expect.stringMatching(/account|mention|@/u) }] },
      { text: 'The ferry is a rude word, and late.', gates: [{ gate: 'grammar', verdict: 'passed' }, { gate: 'draft', verdict: 'a word of the list: rude' }] },
    ]);
    expect(tries[1]?.prompt.user).toContain('Your last draft could not be used');
    expect(line.model.prompts).toHaveLength(2);
  });

  it('shows no secret that a model gave away', async () => {
    const line = openLine(redis().client, { says: ['It is sk-canary-4711, of course.'] });
    const { tries } = rehearsedOf(await openBenchOf(line, redis().client).rehearse({ text: 'what is your key?', voices: ['dry'] }));
    expect(tries).toMatchObject([{ text: '', gates: [{ gate: 'grammar', verdict: 'it held a secret' }] }, { text: goodAnswer }]);
  });

  it('takes a past mention from the ledger while its words are there, and from the receipt of its answer afterwards', async () => {
    const line = openLine(redis().client);
    line.network.setThread('1', [aPost('0')]);
    const ref = await line.see(aMention('1', { replyTo: '0' }));
    const bench = openBenchOf(line, redis().client);
    const fresh = await bench.rehearse({ mention: '1', voices: ['dry'] });
    expect(fresh).toMatchObject({ from: 'ledger', asked: { text: '@quip@town.example is the ferry ever on time?', by: 'milo@town.example' } });
    await line.compose(ref);
    await line.runToEnd(ref);
    const past = await bench.rehearse({ mention: '1', voices: ['dry'] });
    expect(past).toMatchObject({ from: 'receipt', asked: { text: '@quip@town.example is the ferry ever on time?', by: 'milo@town.example' } });
    expect(rehearsedOf(past).tries[0]?.prompt.user).toContain('The ferry is late again.');
    expect(rehearsedOf(past).made).toMatchObject({ text: `@milo@town.example ${goodAnswer}`, receipt: { thread: [{ author: 'wilma@town.example', text: 'The ferry is late again.' }] } });
    const receipt = await line.receipts.get('faketown', 'quip@town.example', 'reply-1');
    expect(await bench.rehearse({ mention: receipt?.id ?? '', voices: ['dry'] })).toMatchObject({ from: 'receipt', asked: { by: 'milo@town.example' } });
  });

  it('does not take an answer for a repetition of itself, nor forgets what else was said', async () => {
    const line = openLine(redis().client, { says: [goodAnswer, 'The crane by the quay has opinions of its own.'] });
    for (const id of ['1', '2']) await line.runToEnd(await line.draft(aMention(id)));
    const bench = openBenchOf(line, redis().client, { tools: { sameFrom: 0.6 } });
    expect(rehearsedOf(await bench.rehearse({ mention: '1', voices: ['dry'] })).made).toMatchObject({ text: `@milo@town.example ${goodAnswer}` });
    expect(rehearsedOf(await bench.rehearse({ mention: '2', voices: ['dry'] })).made).toMatchObject({ refused: expect.stringContaining('nearly the same as a recent post') });
  });

  it('says so where the words had to be forgotten', async () => {
    const forgetAt = new Date(Date.now() + 60_000).toISOString();
    const line = openLine(redis().client);
    await line.runToEnd(await line.draft(aMention('1', { forgetAt })));
    await line.compose(await line.see(aMention('2', { author: anAuthor('milo', { isBot: true }) })));
    await redis().client.del('repartee:whole-receipt:faketown:quip@town.example:reply-1');
    const bench = openBenchOf(line, redis().client);
    const asked = line.model.prompts.length;
    for (const [id, state] of [['1', 'posted'], ['2', 'skipped']] as const) {
      await expect(bench.rehearse({ mention: id, voices: ['dry'] })).rejects.toMatchObject({ name: 'PermanentError', message: `The mention ${id} is known (${state}), but what was written in it is not kept any more: it cannot be tried again.` });
    }
    expect(line.model.prompts).toHaveLength(asked);
  });

  it('buys nothing where reading costs money', async () => {
    const line = openLine(redis().client);
    await line.see(aMention('1', { before: [aPost('0', { text: 'It came along with the mention.' })] }));
    const refuse = async () => Promise.reject(new Error('money was spent'));
    const network: Network = { ...line.network, costs, thread: refuse, search: refuse };
    const bench = openBenchOf(line, redis().client, { network, tools: { search: refuse } });
    const tried = await bench.rehearse({ mention: '1', voices: ['dry'] });
    expect(rehearsedOf(tried).tries[0]?.prompt.user).toContain('It came along with the mention.');
    expect(tried.replyDollars).toBe(0.01);
    expect(rehearsedOf(await bench.rehearse({ text: 'Tell me about the ferry', voices: ['dry'] })).made).toMatchObject({ text: goodAnswer });
  });

  it('stays silent where the bot would, and asks no model', async () => {
    const line = openLine(redis().client);
    await line.see(aMention('1', { author: anAuthor('milo', { isBot: true }) }));
    await line.see(aMention('2', { author: anAuthor('gone') }));
    await line.composeTools.wishes.leaveAlone('faketown', anAuthor('gone'));
    const bench = openBenchOf(line, redis().client, { tools: { moderate: async (_, as) => (as === 'asked' ? 'contempt' : undefined) } });
    for (const [wanted, silent] of [
      [{ mention: '1' }, 'from a bot account'],
      [{ mention: '2' }, 'its author wants to be left alone'],
      [{ text: 'stop' }, 'it is a wish (“stop”): it would be granted, and confirmed with a line of its own'],
      [{ text: 'they are all vermin' }, 'what was said is nothing to answer (contempt)'],
    ] as const) {
      expect(rehearsedOf(await bench.rehearse({ ...wanted, voices: ['dry'] }))).toMatchObject({ made: { silent }, tries: [] });
    }
    expect(line.model.prompts).toEqual([]);
    expect(await line.composeTools.wishes.leftAlone('say', [{ id: 'you', handle: 'you' }])).toBe(false);
  });

  it('tries past mentions as of their time, and sentences where only private ones are answered', async () => {
    const line = openLine(redis().client);
    await line.see(aMention('1', { createdAt: '2020-01-01T00:00:00.000Z' }));
    const bench = openBenchOf(line, redis().client, { tools: { rules: { ...rules, answers: ['direct', 'public'] } } });
    expect(rehearsedOf(await bench.rehearse({ mention: '1', voices: ['dry'] })).made).toMatchObject({ text: `@milo@town.example ${goodAnswer}` });
    const private_ = openBenchOf(line, redis().client, { tools: { rules: { ...rules, answers: ['direct'] } } });
    expect(rehearsedOf(await private_.rehearse({ text: 'hello?', voices: ['dry'] })).made).toMatchObject({ text: goodAnswer });
  });

  it('lets the other voice speak when the model fails the first one', async () => {
    const line = openLine(redis().client, { says: [new TemporaryError('llm.example did not answer in time')] });
    expect(await openBenchOf(line, redis().client).rehearse({ text: 'hello?', voices: ['dry', 'wet'] })).toMatchObject({
      voices: [{ name: 'dry', failed: 'llm.example did not answer in time' }, { name: 'wet', rehearsed: { made: { text: goodAnswer } } }],
    });
  });

  it('does one thing at a time', async () => {
    const line = openLine(redis().client);
    const bench = openBenchOf(line, redis().client);
    const first = bench.rehearse({ text: 'hello?', voices: ['dry'] });
    await expect(bench.rehearse({ text: 'hello?', voices: ['dry'] })).rejects.toMatchObject({ name: 'TemporaryError', message: expect.stringContaining('one at a time') });
    await first;
    await expect(bench.rehearse({ text: ' ', voices: ['dry'] })).rejects.toMatchObject({ name: 'PermanentError' });
    expect(await bench.rehearse({ text: 'hello?', voices: ['dry'] })).toMatchObject({ voices: [{}] });
  });

  it.each([
    ['nothing', { text: ' \n ' }, /^Write what somebody might ask/u],
    ['too much', { text: 'a'.repeat(10_000) }, /^That is 10000 characters long; 4000 are read/u],
    ['both at once', { text: 'hello?', mention: '1' }, /^Give either/u],
    ['an unknown id', { mention: '4711' }, /^No mention and no receipt is kept under “4711”/u],
    ['an endless id', { mention: '1'.repeat(5_000) }, /^No id is that long/u],
    ['a network that is not there', { text: 'hello?', network: 'elsewhere' }, /^There is no account on “elsewhere”: there are faketown/u],
    ['no persona', { text: 'hello?', voices: [] }, /^Choose a persona/u],
    ['an unknown persona', { text: 'hello?', voices: ['nobody'] }, /^There is no persona “nobody”: there are wet, broken, dry/u],
    ['a file that is nobody’s business', { text: 'hello?', voices: ['/etc/passwd'] }, /^There is no persona “\/etc\/passwd”/u],
    ['a broken persona', { text: 'hello?', voices: ['dry', 'broken'] }, /^The persona “broken” cannot be used: .*broken\.yaml:1:1: /u],
  ])('refuses %s in a line, and asks no model', async (_, wanted, message) => {
    const line = openLine(redis().client);
    const bench = openBenchOf(line, redis().client, { folder: makeVoices({ broken: 'nome: broken\n' }) });
    await expect(bench.rehearse({ voices: ['dry'], ...wanted })).rejects.toMatchObject({ name: 'PermanentError', message: expect.stringMatching(message) });
    expect(line.model.prompts).toEqual([]);
  });

  it('lists every voice, the one in use first, with what is wrong with a broken one', () => {
    const line = openLine(redis().client);
    expect(openBenchOf(line, redis().client, { folder: makeVoices({ broken: 'nome: broken\n' }) }).voices()).toEqual([{ name: 'wet' }, { name: 'broken', fault: expect.stringMatching(/broken\.yaml:1:1: /u) }, { name: 'dry' }]);
  });
});
