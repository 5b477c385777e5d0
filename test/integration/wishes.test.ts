// A wish is granted whatever forbids an answer; what is said about it is an answer like any other.
import { beforeEach, expect, it } from '@jest/globals';
import type { Memory } from '../../src/core/manners.ts';
import type { MentionRef, Reply } from '../../src/core/types.ts';
import type { ComposeTools } from '../../src/pipeline/compose.ts';
import { versionOf } from '../../src/pipeline/heard.ts';
import { openCanary } from '../../src/store/canary.ts';
import { wakeUrgent } from '../../workers/owner.ts';
import { anAuthor, aMention, anItem, aPersona, aPost } from '../support/fixtures.ts';
import { openLine, rules as loose, type Line } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { readWholeStore } from '../support/whole-store.ts';

const ann = anAuthor('ann', { id: 'u-ann-4711' });
const says = (id: string, text: string, more: Parameters<typeof aMention>[1] = {}) => aMention(id, { author: ann, text: `@quip@town.example ${text}`, salutation: '@ann@town.example ', ...more });
const quotas = { thread: 12, personSoon: 5, personDay: 50, newcomer: 3, server: 200, all: 1_500 };
const done = (why: string) => ({ kind: 'skipped', reason: `what its author wished is done, and nothing is said about it: ${why}` });

describeOverRedis('a wish', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });

  const isLeftAlone = (line: Line) => line.composeTools.wishes.leftAlone('faketown', [ann]);
  const dump = (): Promise<string> => readWholeStore(redis().client);

  it('is granted where posts of its visibility are not answered, where it is too old, and where its author is listed, without a word', async () => {
    for (const [mention, rules, why] of [
      [says('1', 'stop', { visibility: 'direct' }), { ...loose, answers: ['public' as const] }, 'direct posts are not answered here (manners.answer)'],
      [says('1', 'stop', { createdAt: '2026-11-22T11:00:00.000Z' }), loose, 'too old (25 h)'],
      [says('1', 'stop'), { ...loose, leaveAlone: ['faketown:ann@town.example'] }, 'its author or server is left alone by your settings (manners.leaveAlone)'],
      [says('1', 'stop', { unanswerable: 'it takes no replies' }), loose, 'it takes no replies'],
    ] as const) {
      await redis().client.flushall();
      const line = openLine(redis().client);
      expect(await line.compose(await line.see(mention), { rules })).toEqual(done(why));
      expect(await isLeftAlone(line)).toBe(true);
    }
    await redis().client.flushall();
    const line = openLine(redis().client);
    await line.runToEnd(await line.draft(says('q', 'what about my zebra?')));
    expect(await dump()).toContain('zebra');
    expect(await line.compose(await line.see(says('f', 'forget me', { createdAt: '2026-11-22T11:00:00.000Z' })))).toEqual(done('too old (25 h)'));
    for (const secret of ['zebra', 'u-ann-4711', 'ann@town']) expect(await dump()).not.toContain(secret);
  });

  it('is granted during a pause, once, and said to be when the pause is over', async () => {
    const line = openLine(redis().client);
    const { halt } = line.composeTools;
    await halt.pause(undefined, 'too cheeky');
    const [stop, back] = [await line.see(says('1', 'stop')), await line.see(says('2', 'come back'))];
    expect(await line.compose(stop)).toMatchObject({ kind: 'later', reason: 'paused: too cheeky' });
    expect(await isLeftAlone(line)).toBe(true);
    expect(await line.compose(back)).toMatchObject({ kind: 'later', reason: 'paused: too cheeky' });
    // Looked at again and again meanwhile, the first one is not granted anew.
    await line.compose(stop);
    await halt.resume();
    expect(await line.compose(stop)).toMatchObject({ kind: 'drafted' });
    expect(await isLeftAlone(line)).toBe(false);
    expect((await line.record(stop)).draft).toMatchObject({ privately: true, text: expect.stringContaining('you will not hear from me again') });
  });

  it('outlives a pause that is longer than anybody waits for an answer', async () => {
    const line = openLine(redis().client);
    await line.composeTools.halt.pause(undefined, 'x');
    const ref = await line.see(says('1', 'stop', { createdAt: new Date(line.clock.now()).toISOString() }));
    await line.compose(ref);
    line.clock.advance(2 * 3_600_000);
    await line.composeTools.halt.resume();
    expect(await line.compose(ref)).toEqual(done('too old (2 h)'));
    expect(await isLeftAlone(line)).toBe(true);
  });

  it('goes past the queues while they stand still, and through them otherwise: paused, or until the canary has tempted a new voice', async () => {
    const line = openLine(redis().client);
    const canary = openCanary(redis().client, line.composeTools.halt, { everyMs: 0, limit: 0.5 });
    const hear = async (version: string) => canary.judged(versionOf(aPersona({ version }), line.model.name), { at: 0, share: 0 });
    let version = 'v1';
    await hear(version);
    const [stop, question] = [await line.see(says('1', 'stop')), await line.see(says('2', 'why the ferry?'))];
    const woken: string[] = [];
    const wake = wakeUrgent(line.network, { ledger: line.ledger, owners: [], halt: line.composeTools.halt, model: line.model, canary, persona: () => aPersona({ version }) }, async (_, refs) => { woken.push(...refs.map(({ id }) => `queue ${id}`)); }, {
      addBulk: async jobs => { woken.push(...jobs.map(({ data }) => `past ${data.id}`)); return []; },
    });
    const refs: readonly MentionRef[] = [stop, question];
    await wake('compose', refs);
    await line.composeTools.halt.pause(undefined, 'x');
    await wake('compose', refs);
    await line.compose(stop);
    await wake('compose', refs);
    expect(woken).toEqual(['queue 1', 'queue 2', 'past 1', 'queue 2', 'queue 1', 'queue 2']);
    await line.composeTools.halt.resume();
    version = 'v2';
    const back = await line.see(says('3', 'come back'));
    woken.length = 0;
    await wake('compose', [back, question]);
    await hear(version);
    await wake('compose', [back, question]);
    expect(woken).toEqual(['past 3', 'queue 2', 'queue 3', 'queue 2']);
  });

  it('is granted over every quota, its author\'s and everybody\'s, without a word', async () => {
    const line = openLine(redis().client);
    const rules = { ...loose, quotas };
    for (let at = 0; at < 5; at++) expect(await line.compose(await line.see(says(`a${at}`, `zebra ${at}`)), { rules })).toMatchObject({ kind: 'drafted' });
    expect(await line.compose(await line.see(says('f', 'forget me')), { rules })).toEqual(done('5 answers to this person in 10 minutes are the limit (manners.quotas)'));
    expect(await dump()).not.toContain('zebra');
    const crowded = { ...loose, quotas: { ...loose.quotas, all: 1 } };
    await line.compose(await line.see(aMention('other')), { rules: crowded });
    expect(await line.compose(await line.see(says('s', 'stop')), { rules: crowded })).toEqual(done('1 answers in all in an hour are the limit (manners.quotas)'));
    expect(await isLeftAlone(line)).toBe(true);
    // He who asks what is kept about him is told when there is room.
    expect(await line.compose(await line.see(says('k', 'what do you know about me?')), { rules: crowded })).toMatchObject({ kind: 'later', scope: 'mention' });
  });

  it('to be forgotten, a thousand times, is one walk over the store and one post; what comes after it waits, and is never dropped', async () => {
    const line = openLine(redis().client);
    let walks = 0;
    const { memory } = line.composeTools;
    const counted: Memory = { ...memory, erase: async (...of) => { walks += 1; return memory.erase(...of); } };
    const asked = (await redis().client.info('server')).includes('executable:') ? 1_000 : 60;
    const refs = [];
    for (let at = 0; at < asked; at++) refs.push(await line.see(says(`f${at}`, 'forget me')));
    const run = (ref: MentionRef, more: Partial<ComposeTools> = {}) => line.compose(ref, { rules: { ...loose, quotas }, memory: counted, ...more });
    const [first, ...others] = refs;
    expect(first && await run(first)).toMatchObject({ kind: 'drafted' });
    for (const ref of others) expect(await run(ref)).toMatchObject({ kind: 'skipped' });
    expect(walks).toBe(1);
    const late = await line.see(says('late', 'forget me'));
    expect(await run(late)).toMatchObject({ kind: 'later', scope: 'mention', reason: expect.stringContaining('erased a moment ago') });
    expect(walks).toBe(1);
    await redis().client.del(...await redis().client.keys('repartee:quota:erasing:*')); // ten minutes later
    expect(await run(late)).toMatchObject({ kind: 'drafted' });
    expect(walks).toBe(2);
  }, 60_000);

  it('is not lost to another one of the same person, to be forgotten', async () => {
    const line = openLine(redis().client);
    const stop = await line.see(says('s', 'stop'));
    const forget = await line.see(says('f', 'forget me'));
    await line.compose(forget);
    await line.runToEnd(forget);
    expect(await line.compose(stop)).toMatchObject({ kind: 'drafted' });
    await line.runToEnd(stop);
    expect(await isLeftAlone(line)).toBe(true);
    for (const secret of ['u-ann-4711', 'ann@town']) expect(await dump()).not.toContain(secret);
  });

  it('to be forgotten holds however its own mention ends', async () => {
    const ends: Record<string, (line: Line, ref: MentionRef) => Promise<unknown>> = {
      'deleted before the answer': (line, ref) => line.publish(ref, { network: { ...line.network, asItStands: async () => undefined } }),
      'too old for one': (line, ref) => { line.clock.advance(2 * 3_600_000); return line.publish(ref); },
      rejected: (line, ref) => { line.network.fates.push('mention gone'); return line.publish(ref); },
      parked: (line, ref) => { line.network.fates.push('cut before commit'); return line.runToEnd(ref); },
      'out of money': (line, ref) => line.publish(ref, { network: { ...line.network, costs: { reply: 0.01, trends: 0, windowMs: 1, read: 0, search: 0, perMention: 0, perDay: 0, reserve: async () => ({ granted: 0, today: 1, mention: 0 }) } } }),
    };
    for (const [how, end] of Object.entries(ends)) {
      await redis().client.flushall();
      const line = openLine(redis().client, { publish: { onUnknown: 'park' } });
      const ref = await line.draft(says('6', 'forget me', { createdAt: new Date(line.clock.now()).toISOString() }));
      expect(await dump()).toContain('u-ann-4711');
      await end(line, ref);
      const kept = await dump();
      expect([how, (await line.record(ref)).state === 'drafted', kept.includes('u-ann-4711'), kept.includes('ann@town')]).toEqual([how, false, false, false]);
    }
  });

  it('to be forgotten reaches what was on its way when it was said', async () => {
    const line = openLine(redis().client);
    line.network.setThread('1', [aPost('0')]);
    const asked = await line.draft(says('1', 'what about my zebra?', { replyTo: '0' }));
    line.network.fates.push('cut after commit');
    await line.publish(asked); // nobody knows yet whether it arrived
    await line.runToEnd(await line.draft(says('f', 'forget me')));
    await line.runToEnd(asked);
    expect(await line.record(asked)).toMatchObject({ state: 'posted' });
    // And in the middle of the very request.
    const second = await line.draft(says('2', 'and my other zebra?'));
    const network = { ...line.network, post: async (reply: Reply) => { await line.composeTools.memory.erase('faketown', ann); return line.network.post(reply); } };
    expect(await line.publish(second, { network })).toMatchObject({ kind: 'posted' });
    for (const secret of ['zebra', 'u-ann-4711', 'ann@town']) expect(await dump()).not.toContain(secret);
  });

  it("to be forgotten leaves nothing of his handle or his words on somebody else's receipt, in his record or in the pool, whichever server they come from", async () => {
    const zed = anAuthor('zed', { id: 'u-zed-4711' });
    const by = (network: string, id: string, handle: string) => ({ kind: 'post' as const, by: { network, id, handle } });
    const items = [
      anItem('zebra pleroma', { ...by('faketown', 'u-zed-4711', 'zed@town.example'), url: 'https://pl.example/notice/AbC' }), anItem('zebra misskey', { ...by('faketown', 'other id', 'Zed@Town.example'), url: 'https://mk.example/notes/9xyz' }),
      anItem('zebra x', { ...by('faketown', 'u-zed-4711', ''), url: 'https://x.example/i/1' }), anItem('zebra mastodon', { kind: 'post', url: 'https://town.example/@zed/77' }), anItem('zebra said @zed', { kind: 'post' }),
      anItem('kept: another network', { ...by('othertown', 'u-zed-4711', 'somebody') }), anItem('kept: another person', { ...by('faketown', 'u-zedd', 'zedd@town.example'), url: 'https://town.example/@zed/78' }), anItem('kept: @zedda said', { kind: 'post' }),
    ];
    const line = openLine(redis().client, { gathered: { open: true, items }, says: ['@zed@town.example is right.', 'Zebras keep their own calendar.'] });
    await redis().client.hset('repartee:pool:items', 'trends', JSON.stringify(items));
    const text = '@quip@town.example zed@town.example, or @ZED, wrote "stripes" to @zed@elsewhere.example and @zedda, true?';
    const quote = aPost('0', { author: zed, text: 'The zebra.' });
    line.network.setThread('1', [aPost('t', { text: 'I know @zed@town.example.' })]);
    await line.runToEnd(await line.draft(aMention('1', { author: anAuthor('eve'), text, quote, bystanders: ['u-zed-4711', 'u-eve'] })));
    const waiting = await line.see(aMention('2', { author: anAuthor('eve'), text, quote }));
    await line.composeTools.memory.erase('faketown', zed);
    const kept = await dump();
    for (const secret of ['zebra', 'u-zed-4711"]', 'zed@town', '@zed ', '@ZED', '@zed.', 'is right']) expect([secret, kept.includes(secret) ? kept.slice(Math.max(0, kept.indexOf(secret) - 100), kept.indexOf(secret) + 60) : '']).toEqual([secret, '']);
    for (const other of ['kept: another network', 'kept: another person', 'kept: @zedda said', '@zed@elsewhere.example', 'u-eve']) expect(kept).toContain(other);
    expect((await line.receipts.get('faketown', line.network.self.account, 'reply-1'))?.asked).toBe('@quip@town.example @…, or @…, wrote "stripes" to @zed@elsewhere.example and @zedda, true?');
    expect((await line.record(waiting)).mention).toMatchObject({ text: expect.stringContaining('@…, or @…, wrote') });
    expect((await line.record(waiting)).mention.quote).toBeUndefined();
  });
});
