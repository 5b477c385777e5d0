// Whom an answer is about, and who is not read at all: a dummy reply, a third person or a quote is no way around somebody's wish.
import { beforeEach, expect, it } from '@jest/globals';
import { PermanentError } from '../../src/core/errors.ts';
import type { Costs } from '../../src/core/ports.ts';
import type { Mention, Post } from '../../src/core/types.ts';
import { approve } from '../../src/pipeline/approve.ts';
import { anAuthor, aMention, anItem, aPost, self } from '../support/fixtures.ts';
import { openLine, rules as loose, type Line } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const wilma = anAuthor('wilma');
const shy = anAuthor('shy', { bio: 'Knits. #nobot' });
const [eve, bob, milo] = [anAuthor('eve'), anAuthor('bob'), anAuthor('milo')];
const words = 'My knitting is done.';
const asks = (more: Partial<Mention> = {}): Mention => aMention('1', { author: eve, text: '@quip@town.example what do you think of this?', replyTo: 'e', ...more });
const about = (author: Post['author'], more: Partial<Post> = {}): Post => aPost('w', { author, text: words, ...more });
const wanted = 'the person it is about wants to be left alone';
const bio = 'the person it is about keeps bots out (#nobot, #noai or #nollm in the profile)';

describeOverRedis('people who want to be left alone', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });

  const openFor = async (): Promise<Line> => {
    const line = openLine(redis().client);
    await line.composeTools.wishes.leaveAlone('faketown', wilma);
    return line;
  };

  it.each<readonly [string, (author: Post['author']) => readonly Post[], Partial<Mention>]>([
    ['under their post', author => [about(author, { id: 'e' })], {}],
    ['under the own reply to their post', author => [about(author), aPost('e', { author: eve, text: 'look', replyTo: 'w' })], {}],
    ['under three own replies to their post, and an answer of ours', author => [aPost('r', { author: bob }), about(author), aPost('e1', { author: eve }), aPost('q', { author: anAuthor('quip', { id: self.id }) }), aPost('e', { author: eve })], {}],
    ["under a third person's reply in their thread", author => [about(author), aPost('e', { author: bob, text: 'look', replyTo: 'w' })], {}],
    ['under a post that quotes them', author => [aPost('e', { author: bob, text: 'look', quote: about(author) })], {}],
    ['under the own post that quotes them', author => [aPost('e', { author: eve, text: 'look', quote: about(author) })], {}],
    ['under a post that quotes a post that quotes them', author => [aPost('e', { author: bob, quote: aPost('q', { author: milo, quote: about(author) }) })], {}],
    ['while quoting them', () => [], { quote: about(wilma), replyTo: 'none' }],
  ])('are not talked about when asked %s', async (_, toThread, more) => {
    for (const [author, reason] of [[wilma, wanted], [shy, bio]] as const) {
      await redis().client.flushall();
      const line = await openFor();
      line.network.setThread('1', toThread(author));
      const mention = asks({ ...more, ...(more.quote && { quote: about(author) }) });
      expect(await line.compose(await line.see(mention))).toEqual({ kind: 'skipped', reason });
      expect(line.model.prompts).toEqual([]);
    }
  });

  it('are not talked about where nothing can be read, as far as the mention itself names them', async () => {
    const line = await openFor();
    const network = { ...line.network, thread: async () => { throw new PermanentError('it is gone', { about: 'mention' }); } };
    const ref = await line.see(asks({ bystanders: [self.id, bob.id, wilma.id] }));
    expect(await line.compose(ref, { network })).toEqual({ kind: 'skipped', reason: wanted });
  });

  it('are not talked about by an answer that waited for approval when they said so', async () => {
    const line = openLine(redis().client);
    line.network.setThread('1', [about(wilma, { id: 'e' })]);
    const ref = await line.see(asks());
    await line.compose(ref, { holds: true });
    await line.composeTools.wishes.leaveAlone('faketown', wilma);
    await approve(ref, (await line.record(ref)).fence ?? '', 'the operator', line.composeTools);
    expect(await line.record(ref)).toMatchObject({ state: 'skipped', reason: expect.stringContaining('whom it is about') });
  });

  it('may be named by who talks about something else', async () => {
    const line = await openFor();
    line.network.setThread('1', [aPost('e', { author: bob })]);
    expect(await line.compose(await line.see(asks({ bystanders: [bob.id, wilma.id] })))).toMatchObject({ kind: 'drafted' });
  });

  it('are in no prompt and in no receipt, wherever in the thread they stand', async () => {
    for (const author of [wilma, shy]) {
      await redis().client.flushall();
      const line = await openFor();
      let ranked: readonly Post[] = [];
      line.network.setThread('1', [
        aPost('r', { author: milo, text: 'The root.' }), aPost('f', { author: bob, text: 'The first one.', quote: about(author, { id: 'q' }) }), about(author),
        aPost('m', { author: milo, text: 'The one between.' }), aPost('e', { author: bob, text: 'The nearest one.' }),
      ]);
      const ref = await line.see(asks());
      expect(await line.compose(ref, { rank: async (_, thread) => { ranked = thread; return { open: false, items: [] }; } })).toMatchObject({ kind: 'drafted' });
      const [prompt] = line.model.prompts;
      for (const text of ['The root.', 'The first one.', 'The one between.', 'The nearest one.']) expect(prompt?.user).toContain(text);
      expect(JSON.stringify([prompt, ranked, (await line.record(ref)).draft?.receipt])).not.toContain('knitting');
    }
  });

  it('are not read either where they wrote what is happening now', async () => {
    const line = openLine(redis().client, { gathered: { open: true, items: [anItem(words, { kind: 'post', by: { network: 'faketown', id: wilma.id, handle: '' } }), anItem('other news', { by: { network: 'faketown', id: bob.id, handle: '' } })] } });
    await line.composeTools.wishes.leaveAlone('faketown', wilma);
    await line.draft(aMention('1'));
    expect(line.model.prompts[0]?.user).toContain('other news');
    expect(line.model.prompts[0]?.user).not.toContain(words);
  });

  it('and quiet threads cost nothing where the mention itself names its thread', async () => {
    const line = openLine(redis().client);
    let reads = 0;
    const costs: Costs = { reply: 0.01, trends: 0, windowMs: 1, read: 0.005, search: 0.05, perMention: 0.1, perDay: 5, reserve: async () => { reads += 1; return { granted: 0.1, today: 0, mention: 0 }; } };
    const network = { ...line.network, costs, thread: async (mention: Mention) => { reads += 1; return [mention]; } };
    await line.composeTools.wishes.keepQuiet('faketown', self.account, ['quiet one']);
    expect(await line.compose(await line.see(asks({ conversation: 'quiet one' })), { network })).toEqual({ kind: 'skipped', reason: 'somebody asked for quiet in this thread' });
    expect(reads).toBe(0);
    const rules = { ...loose, quotas: { ...loose.quotas, thread: 1 } };
    const [one, two] = [await line.see(aMention('2', { conversation: 'busy one' })), await line.see(aMention('3', { conversation: 'busy one', author: bob }))];
    expect(await line.compose(one, { network, rules })).toMatchObject({ kind: 'drafted' });
    const paid = reads;
    expect(paid).toBeGreaterThan(0);
    expect(await line.compose(two, { network, rules })).toEqual({ kind: 'skipped', reason: '1 answers in this thread in a day are the limit (manners.quotas)' });
    expect(reads).toBe(paid);
  });
});
