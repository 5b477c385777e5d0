// Who is answered and who is not, what people may wish, and how two machines come to an end: over the real ledger, on both servers.
import { beforeEach, expect, it } from '@jest/globals';
import type { Mention, Post } from '../../src/core/types.ts';
import { approve } from '../../src/pipeline/approve.ts';
import type { ComposeTools } from '../../src/pipeline/compose.ts';
import { reread } from '../../src/pipeline/reread.ts';
import type { SilenceRules } from '../../src/pipeline/silence.ts';
import { openWishes } from '../../src/store/wishes.ts';
import { anAuthor, aMention, anItem, aPost, self } from '../support/fixtures.ts';
import { openLine, rules as loose, type Line } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { readWholeStore } from '../support/whole-store.ts';

describeOverRedis('manners', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });

  const compose = async (line: Line, mention: ReturnType<typeof aMention>, rules: Partial<SilenceRules> = {}) => line.compose(await line.see(mention), { rules: { ...loose, ...rules } });
  const skipped = (reason: string | RegExp) => ({ kind: 'skipped', reason: typeof reason === 'string' ? reason : expect.stringMatching(reason) });

  it('leave alone whom the mention itself shows to be left alone, each with its reason', async () => {
    const line = openLine(redis().client);
    const cases = [
      [aMention('1', { author: anAuthor('quip', { id: self.id }) }), {}, 'own post'],
      [aMention('2', { author: anAuthor('milo', { isBot: true }) }), {}, 'from a bot account'],
      [aMention('3', { unanswerable: 'a repost' }), {}, 'a repost'],
      [aMention('4', { visibility: 'direct' }), { answers: ['public' as const] }, /direct posts are not answered here/u],
      [aMention('5', { author: anAuthor('milo', { handle: 'milo@no-bots.example' }) }), { leaveAlone: ['no-bots.example'] }, /left alone by your settings/u],
      [aMention('6', { author: anAuthor('milo', { handle: 'milo' }) }), { leaveAlone: ['faketown:milo'] }, /left alone by your settings/u],
      [aMention('7', { createdAt: '2026-11-22T11:59:00.000Z' }), {}, /too old/u],
    ] as const;
    for (const [mention, rules, reason] of cases) expect(await compose(line, mention, rules as Partial<SilenceRules>)).toEqual(skipped(reason));
    expect(line.model.prompts).toEqual([]);
  });

  it.each(['#nobot please', 'Baker. #NoAI', 'I paint. #nollm #art'])('leave alone a person discussed whose profile says "%s"', async bio => {
    const line = openLine(redis().client);
    line.network.setThread('1', [aPost('0', { author: anAuthor('wilma', { bio }) })]);
    expect(await compose(line, aMention('1', { replyTo: '0' }))).toEqual(skipped(/keeps bots out/u));
    expect(line.model.prompts).toEqual([]);
    expect(await compose(line, aMention('2'))).toMatchObject({ kind: 'drafted' });
  });

  it('stop at "stop", in eight languages, say so once and in private, and go on at "come back"', async () => {
    const words = [['stop', 'come back'], ['arrête, stp', 'reviens'], ['Hör bitte auf!', 'komm zurück'], ['no me respondas más', 'vuelve'], ['me deixa em paz', 'volta'], ['lasciami in pace', 'torna'], ['laat me met rust', 'kom terug'], ['やめてください', '戻ってきて']];
    for (const [at, [stop = '', back = '']] of words.entries()) {
      await redis().client.flushall();
      const line = openLine(redis().client);
      const author = anAuthor(`p${at}`);
      const ref = await line.see(aMention('1', { author, text: `@quip@town.example ${stop}` }));
      expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
      expect((await line.record(ref)).draft).toMatchObject({ privately: true, receipt: { model: 'fixed line, no model' } });
      expect(await line.runToEnd(ref)).toMatchObject([{ kind: 'posted' }]);
      expect(line.network.requests[0]).toMatchObject({ privately: true });
      expect(await compose(line, aMention('2', { author, text: `@quip@town.example ${stop}` }))).toEqual(skipped('its author is left alone already'));
      expect(await compose(line, aMention('3', { author }))).toEqual(skipped('its author wants to be left alone'));
      expect(await compose(line, aMention('4', { author: anAuthor('somebody') }))).toMatchObject({ kind: 'drafted' });
      expect(await compose(line, aMention('5', { author, text: `@quip@town.example ${back}` }))).toMatchObject({ kind: 'drafted' });
      expect(await compose(line, aMention('6', { author }))).toMatchObject({ kind: 'drafted' });
    }
  });

  it('take a wish for one only where it is all that is said', async () => {
    const line = openLine(redis().client);
    for (const [at, text] of ['can you stop the ferry?', 'delete is a strange word, is it not?', 'why do people say stop', 'forget me not is a flower, yes?'].entries()) {
      expect(await compose(line, aMention(`q${at}`, { text: `@quip@town.example ${text}` }))).toMatchObject({ kind: 'drafted' });
    }
    expect(line.model.prompts).toHaveLength(4);
  });

  it('let the wish of the person discussed outrank the one who asks, on every network that the operator linked', async () => {
    const line = openLine(redis().client);
    const wishes = openWishes(redis().client, { linked: [['othertown:wilma_w', 'faketown:wilma@town.example']], keepQuietMs: 1_000 });
    await wishes.leaveAlone('othertown', { id: '77', handle: 'Wilma_W' });
    line.network.setThread('1', [aPost('0')]);
    const ref = await line.see(aMention('1', { replyTo: '0' }));
    expect(await line.compose(ref, { wishes })).toEqual(skipped('the person it is about wants to be left alone'));
  });

  it('keep quiet in a thread where somebody said "not here", whoever asks in whichever branch', async () => {
    const line = openLine(redis().client);
    const root = aPost('root');
    line.network.setThread('1', [root, aPost('a', { replyTo: 'root' })]);
    expect(await compose(line, aMention('1', { text: '@quip@town.example not here, please', replyTo: 'a' }))).toMatchObject({ kind: 'drafted' });
    line.network.setThread('2', [root, aPost('b', { replyTo: 'root' })]);
    expect(await compose(line, aMention('2', { replyTo: 'b', author: anAuthor('ann') }))).toEqual(skipped('somebody asked for quiet in this thread'));
    expect(await compose(line, aMention('3', { author: anAuthor('ann') }))).toMatchObject({ kind: 'drafted' });
  });

  it('remove an answer at "delete", for the asker and for those it was about, also once they were forgotten, and for nobody else', async () => {
    const [milo, wilma, quoted, eve] = [anAuthor('milo'), anAuthor('wilma'), anAuthor('quoted'), anAuthor('eve')];
    const says = (line: Line, id: string, author: Post['author'], text: string, replyTo?: string) => compose(line, aMention(id, { author, text: `@quip@town.example ${text}`, ...(replyTo !== undefined && { replyTo }) }));
    const asThey: Record<string, Partial<ComposeTools>> = { are: {}, 'are, at a line that nobody composed': { readRoom: () => 'self-harm' }, 'are, at the neutral one': { neutral: true, moderate: async () => 'it is on the list' } };
    for (const [how, tools] of Object.entries(asThey)) {
      for (const isForgotten of [false, true]) {
        for (const [author, isRemoved] of [[milo, true], [wilma, true], [quoted, true], [eve, false]] as const) {
          await redis().client.flushall();
          const line = openLine(redis().client);
          line.network.setThread('1', [aPost('0', { author: wilma }), aPost('own', { author: milo })]);
          const ref = await line.see(aMention('1', { author: milo, replyTo: 'own', quote: aPost('q', { author: quoted }) }));
          await line.compose(ref, tools);
          await line.runToEnd(ref);
          if (isForgotten) for (const each of [milo, author]) await line.composeTools.memory.erase('faketown', each);
          const outcome = await says(line, '2', author, 'delete', 'reply-1');
          expect([how, isForgotten, author.name, outcome]).toEqual([how, isForgotten, author.name, isRemoved ? expect.objectContaining({ kind: 'drafted' }) : skipped('asked to delete an answer that was given to somebody else')]);
          expect(line.network.posts.map(({ id }) => id)).toEqual(isRemoved ? [] : ['reply-1']);
          expect(await line.receipts.get('faketown', self.account, 'reply-1') === undefined).toBe(isRemoved || isForgotten);
          if (isRemoved) expect(await line.record(ref)).toMatchObject({ state: 'posted', reason: expect.stringContaining('removed at the wish') });
        }
      }
    }
  });

  it('let people remove an answer about them who were forgotten while it waited', async () => {
    const line = openLine(redis().client);
    line.network.setThread('1', [aPost('0')]);
    const held = await line.see(aMention('1', { replyTo: '0' }));
    await line.compose(held, { holds: true });
    await line.composeTools.memory.erase('faketown', anAuthor('wilma'));
    expect(JSON.stringify((await line.record(held)).draft)).not.toContain('u-wilma');
    await approve(held, (await line.record(held)).fence ?? '', 'the operator', line.composeTools);
    await line.runToEnd(held);
    expect(await compose(line, aMention('2', { author: anAuthor('wilma'), text: '@quip@town.example delete', replyTo: 'reply-1' }))).toMatchObject({ kind: 'drafted' });
    expect(line.network.posts).toEqual([]);
  });

  it('forget everything about somebody at "forget me": nothing in the store holds his name, id or words', async () => {
    const line = openLine(redis().client, { gathered: { open: true, items: [anItem('zebra crossing news', { kind: 'post', url: 'https://town.example/@zed/77' })] } });
    const zed = anAuthor('zed', { id: 'u-zed-4711' });
    await redis().client.hset('repartee:pool:items', 'trends', JSON.stringify([anItem('zebra crossing news', { kind: 'post', url: 'https://town.example/@zed/77' }), anItem('other news')]));
    const first = await line.draft(aMention('1', { author: zed, text: '@quip@town.example what about my zebra?', salutation: '@zed@town.example ' }));
    await line.runToEnd(first);
    await line.draft(aMention('2', { author: zed, text: '@quip@town.example and my second zebra?', salutation: '@zed@town.example ' }));
    line.network.setThread('3', [aPost('0', { author: zed, text: 'I keep a zebra.' })]);
    const others = await line.draft(aMention('3', { replyTo: '0' }));
    await line.runToEnd(others);
    await line.see(aMention('4', { before: [aPost('0', { author: zed, text: 'I keep a zebra.' })] }));
    expect(await compose(line, aMention('5', { author: zed, text: '@quip@town.example what do you know about me?', salutation: '@zed@town.example ' }))).toMatchObject({ kind: 'drafted' });
    const asked = await line.see(aMention('6', { author: zed, text: '@quip@town.example forget me', salutation: '@zed@town.example ' }));
    expect(await line.compose(asked)).toMatchObject({ kind: 'drafted' });
    expect(await line.runToEnd(asked)).toMatchObject([{ kind: 'posted' }]);
    expect(line.network.posts.at(-1)?.text).toContain('@zed@town.example Done');
    const kept = await dump();
    expect(kept).toContain('other news');
    for (const secret of ['zebra', 'u-zed-4711', 'zed@town', '@zed']) expect(kept.includes(secret) ? `${secret}: ${kept.slice(Math.max(0, kept.indexOf(secret) - 200), kept.indexOf(secret) + 60)}` : '').toBe('');
    // It is known again all the same: nothing is answered twice.
    expect(await line.ledger.see('faketown', self.account, [aMention('1', { author: zed })], 'c1')).toEqual([]);
  });

  const dump = (): Promise<string> => readWholeStore(redis().client);

  it('say what is kept to whom it concerns', async () => {
    const line = openLine(redis().client);
    await line.runToEnd(await line.draft(aMention('1')));
    const ref = await line.see(aMention('2', { text: '@quip@town.example what do you know about me?' }));
    await line.compose(ref);
    expect((await line.record(ref)).draft?.text).toMatch(/I keep 2 of your mentions, the oldest from 2026-11-23/u);
  });

  it('keep to the quotas of a person, a newcomer, a thread, a server and all, and a mention that is looked at again counts once', async () => {
    const quotas = (more: Partial<SilenceRules['quotas']>) => ({ quotas: { ...loose.quotas, ...more } });
    const tries = async (rules: Partial<SilenceRules>, more: (at: number) => Partial<ReturnType<typeof aMention>>): Promise<string[]> => {
      await redis().client.flushall();
      const line = openLine(redis().client);
      const outcomes: string[] = [];
      for (let at = 0; at < 4; at++) {
        const ref = await line.see(aMention(`m${at}`, more(at)));
        if (at === 0) await line.compose(ref, { rules: { ...loose, ...rules }, model: { name: 'down', complete: async () => { throw new (await import('../../src/core/errors.ts')).TemporaryError('down'); } } });
        const outcome = await line.compose(ref, { rules: { ...loose, ...rules } });
        outcomes.push('reason' in outcome ? outcome.reason : outcome.kind);
      }
      return outcomes;
    };
    const two = ['drafted', 'drafted'];
    expect(await tries(quotas({ personSoon: 2 }), () => ({}))).toEqual([...two, ...Array.from({ length: 2 }, () => '2 answers to this person in 10 minutes are the limit (manners.quotas)')]);
    expect(await tries(quotas({ personDay: 2 }), () => ({}))).toEqual([...two, ...Array.from({ length: 2 }, () => '2 answers to this person in a day are the limit (manners.quotas)')]);
    expect(await tries(quotas({ newcomer: 2 }), () => ({ author: anAuthor('milo', { since: '2026-11-20T00:00:00.000Z' }) }))).toEqual([...two, ...Array.from({ length: 2 }, () => '2 answers to this person in an hour are the limit (manners.quotas)')]);
    expect(await tries(quotas({ newcomer: 2 }), () => ({ author: anAuthor('milo', { since: '2020-01-01T00:00:00.000Z' }) }))).toEqual([...two, ...two]);
    expect(await tries(quotas({ thread: 2 }), at => ({ author: anAuthor(`p${at}`), conversation: 'c1' }))).toEqual([...two, ...Array.from({ length: 2 }, () => '2 answers in this thread in a day are the limit (manners.quotas)')]);
    expect(await tries(quotas({ server: 2 }), at => ({ author: anAuthor(`p${at}`, { handle: `p${at}@other.example` }) }))).toEqual([...two, ...Array.from({ length: 2 }, () => '2 answers to this server in an hour are the limit (manners.quotas)')]);
    expect(await tries(quotas({ server: 2 }), at => ({ author: anAuthor(`p${at}`) }))).toEqual([...two, ...two]); // our own server is no other one
    expect(await tries(quotas({ all: 2 }), at => ({ author: anAuthor(`p${at}`, { handle: `p${at}@s${at}.example` }) }))).toEqual([...two, ...Array.from({ length: 2 }, () => '2 answers in all in an hour are the limit (manners.quotas)')]);
  });

  it('let one attacker with a thousand mentions cost five calls of a model', async () => {
    const line = openLine(redis().client);
    const rules = { quotas: { thread: 12, personSoon: 5, personDay: 50, newcomer: 3, server: 200, all: 1_500 } };
    // The one in this process is much slower, and a hundred tell the same.
    const asked = (await redis().client.info('server')).includes('executable:') ? 1_000 : 100;
    for (let at = 0; at < asked; at++) await compose(line, aMention(`a${at}`), rules);
    expect(line.model.prompts).toHaveLength(5);
  }, 60_000);

  it('end a conversation of two machines: one goodnight, then silence, and a human who is slow is not taken for one', async () => {
    const line = openLine(redis().client);
    const kinds: string[] = [];
    let under: string | undefined;
    for (let turn = 0; turn < 8; turn++) {
      const createdAt = new Date(line.clock.now() + 500).toISOString();
      const ref = await line.see(aMention(`t${turn}`, { createdAt, text: `@quip@town.example reply number ${turn} of mine`, ...(under !== undefined && { replyTo: under }) }));
      const outcome = await line.compose(ref);
      if (outcome.kind === 'drafted') await line.runToEnd(ref);
      kinds.push('reason' in outcome ? outcome.reason : (await line.record(ref)).reply ? 'posted' : outcome.kind);
      under = line.network.posts.at(-1)?.id;
      line.clock.advance(1_000);
    }
    expect(line.network.posts).toHaveLength(3);
    expect(line.network.posts.at(-1)?.text).toContain('good night');
    expect(kinds.slice(3).every(kind => kind.startsWith('its author answers as fast'))).toBe(true);

    await redis().client.flushall();
    const slow = openLine(redis().client);
    let last: string | undefined;
    for (let turn = 0; turn < 6; turn++) {
      slow.clock.advance(60_000);
      const ref = await slow.draft(aMention(`h${turn}`, { createdAt: new Date(slow.clock.now()).toISOString(), text: `@quip@town.example and what about ferry number ${turn}?`, ...(last !== undefined && { replyTo: last }) }));
      await slow.runToEnd(ref);
      last = slow.network.posts.at(-1)?.id;
    }
    expect(slow.network.posts).toHaveLength(6);
  });

  it('obey the kill switch before anything is asked or posted, and lose nothing by it', async () => {
    const line = openLine(redis().client);
    const { halt } = line.composeTools;
    const drafted = await line.draft(aMention('1'));
    await halt.pause('faketown', 'too cheeky');
    expect(await line.publish(drafted)).toMatchObject({ kind: 'later', scope: 'account', reason: 'paused: too cheeky' });
    const seen = await line.see(aMention('2'));
    expect(await line.compose(seen)).toMatchObject({ kind: 'later', scope: 'account' });
    expect({ prompts: line.model.prompts.length, requests: line.network.requests.length }).toEqual({ prompts: 1, requests: 0 });
    await halt.pause(undefined, 'everything');
    await halt.resume('faketown');
    expect(await line.publish(drafted)).toMatchObject({ reason: 'paused: everything' });
    await halt.resume();
    expect(await line.publish(drafted)).toMatchObject({ kind: 'posted' });
    expect(await line.compose(seen)).toMatchObject({ kind: 'drafted' });
  });

  it('answer nothing that its author deleted meanwhile, and take an answer back whose mention is deleted later', async () => {
    const line = openLine(redis().client);
    let stands = false;
    const look = async (ids: readonly string[]) => new Map(ids.map(id => [id, { stands }]));
    const network = { ...line.network, asItStands: async (mention: Mention) => (stands ? mention : undefined), look };
    const tools = { ...line.publishTools, network, accounts: [network] };
    expect(await line.publish(await line.draft(aMention('1')), { network })).toEqual(skipped(/deleted it, or took our name out/u));
    stands = true;
    const ref = await line.draft(aMention('2', { text: '@quip@town.example what of the zebra?' }));
    expect(await line.publish(ref, { network })).toMatchObject({ kind: 'posted' });
    expect(await reread([ref], tools)).toEqual([{ ref, found: 'stands' }]);
    stands = false;
    expect(await reread([ref], tools)).toEqual([{ ref, found: 'over', line: expect.stringContaining('its author deleted it') }]);
    expect(line.network.posts).toEqual([]);
    expect(await dump()).not.toContain('zebra');
    expect(await line.record(ref)).toMatchObject({ state: 'posted', reason: expect.stringContaining('its author deleted the mention') });
  });

  it('refuse to answer words on the list, or say one neutral line, and never show why', async () => {
    const line = openLine(redis().client);
    const moderate = async (texts: readonly string[], as: string) => (as === 'asked' && texts.some(text => text.includes('grawlix')) ? "'grawlix' is on the word list" : undefined);
    const bad = aMention('1', { text: '@quip@town.example grawlix!' });
    expect(await line.compose(await line.see(bad), { moderate })).toEqual(skipped(/nothing to answer/u));
    const ref = await line.see(aMention('2', { text: '@quip@town.example grawlix!' }));
    expect(await line.compose(ref, { moderate, neutral: true })).toMatchObject({ kind: 'drafted' });
    expect((await line.record(ref)).draft?.text).toBe('@milo@town.example I will pass on this one.');
    expect(line.model.prompts).toEqual([]);
  });
});
