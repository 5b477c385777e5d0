// Authors who edit what they said after its answer was written: words that stand nowhere any more are not answered.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Mention, MentionRef } from '../../src/core/types.ts';
import { approve, askAgain } from '../../src/pipeline/approve.ts';
import { asked, old, openEditableLine, recent } from '../support/editable.ts';
import { aPost, goodAnswer } from '../support/fixtures.ts';
import { settleMs, type Line } from '../support/line.ts';
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

const openEditable = (options: Parameters<typeof openEditableLine>[1] = {}) => openEditableLine(redis.client, options);

describe('a mention that is edited while its answer waits', () => {
  it('is answered as it stands, once, and nothing is kept of what it said and of the answer to that', async () => {
    const line = openEditable({ says: ['The ferry keeps its own calendar.', 'The zeppelin keeps no calendar.'] });
    const ref = await line.draft(old);
    line.says(recent);
    expect(await line.publish(ref)).toMatchObject({ kind: 'redraft', reason: expect.stringContaining('edited') });
    const seen = await line.record(ref);
    expect(seen).toMatchObject({ state: 'seen', reworded: 1, draftNumber: 2, mention: recent });
    expect(seen).not.toHaveProperty('draft');
    expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
    expect(line.model.prompts[1]?.brief.question).toContain('zeppelin');
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    expect(line.network.posts.map(({ text }) => text)).toEqual(['@milo@town.example The zeppelin keeps no calendar.']);
    const receipt = await line.receipts.get(ref.network, ref.account, 'reply-1');
    expect(receipt).toMatchObject({ asked: recent.text, drafts: [{ text: '', refused: 'its author edited the mention after it was written' }] });
    expect(JSON.stringify(receipt)).not.toContain('ferry');
    expect((await line.record(ref)).history?.map(({ state }) => state)).toEqual(['seen', 'drafted', 'seen', 'drafted', 'posting', 'posted']);
  });

  it.each<[string, Partial<Mention>]>([
    ['its warning', { contentWarning: 'boats' }], ['where its links lead', { links: ['https://elsewhere.example/'] }],
    ['what a picture shows', { media: [{ kind: 'image', url: 'https://town.example/1.png', alt: 'a zeppelin' }] }],
  ])('is another one also where only %s changed', async (_, more) => {
    const line = openEditable();
    const ref = await line.draft(old);
    line.says({ ...old, ...more });
    expect(await line.publish(ref)).toMatchObject({ kind: 'redraft' });
  });

  it('is the same where only what its author does not say changed', async () => {
    const line = openEditable();
    const picture = (host: string): Mention => asked('what is that?', { media: [{ kind: 'image', url: `https://${host}.example/1.png`, alt: 'a ferry' }] });
    const ref = await line.draft(picture('town'));
    line.says({ ...picture('cache'), author: { ...old.author, name: 'Milo the Second' }, quote: aPost('5') });
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
  });

  it('is left alone where it is edited without an end', async () => {
    const line = openEditable();
    const ref = await line.draft(old);
    const kinds: string[] = [];
    for (let edit = 0; edit < 20 && kinds.at(-1) !== 'skipped'; edit += 1) {
      line.says(asked(`is ferry number ${edit} ever on time?`));
      kinds.push((await line.publish(ref)).kind);
      await line.compose(ref);
    }
    expect(kinds).toEqual(['redraft', 'skipped']);
    expect(await line.record(ref)).toMatchObject({ state: 'skipped', reason: expect.stringContaining('again and again') });
    expect([line.network.requests, line.model.prompts.length]).toEqual([[], 2]);
  });

  it('gets one post where two processes come to it at once', async () => {
    const line = openEditable();
    const ref = await line.draft(old);
    line.says(recent);
    const kinds = (await Promise.all([1, 2, 3].map(() => line.publish(ref)))).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['nothing', 'nothing', 'redraft']);
    await Promise.all([line.compose(ref), line.compose(ref)]);
    await Promise.all([line.publish(ref), line.publish(ref)]);
    expect(line.network.posts).toHaveLength(1);
  });

  it('gets the answer to what it said where an attempt may have arrived: that text is frozen', async () => {
    const line = openEditable();
    line.network.fates.push('cut before commit');
    const ref = await line.draft(old);
    expect(await line.publish(ref)).toMatchObject({ kind: 'later' });
    line.says(recent);
    line.clock.advance(settleMs + 1);
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted' });
    expect(new Set(line.network.requests.map(({ text }) => text))).toEqual(new Set([`@milo@town.example ${goodAnswer}`]));
    expect(await line.record(ref)).not.toHaveProperty('reworded');
    expect(line.model.prompts).toHaveLength(1);
  });

  it('is composed anew also where the network had refused the old answer for now, under another key', async () => {
    const line = openEditable();
    line.network.fates.push({ slowDownMs: 1_000 });
    const ref = await line.draft(old);
    expect(await line.publish(ref)).toMatchObject({ kind: 'later' });
    line.says(recent);
    expect(await line.publish(ref)).toMatchObject({ kind: 'redraft' });
    await line.compose(ref);
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    expect(new Set(line.network.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  it('is told what was done, where it was a wish that is granted already', async () => {
    const line = openEditable();
    const ref = await line.draft(asked('stop'));
    line.says(recent);
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
  });

  it('does not come back where its words may not be kept any more', async () => {
    const line = openEditable();
    const ref = await line.draft(old);
    await redis.client.del(`repartee:texts:${ref.network}:${ref.account}:${ref.id}`);
    await line.ledger.change(ref, { from: ['drafted'], to: 'seen', patch: { mention: recent } });
    const record = await line.record(ref);
    expect(record).toMatchObject({ forgotten: true, mention: { text: '' } });
    expect((await redis.client.keys('repartee:texts:*'))).toEqual([]);
  });
});

describe('a mention that is edited while a human decides', () => {
  const holds = { holds: true };
  const held = async (line: Line, mention = old): Promise<MentionRef> => {
    const ref = await line.see(mention);
    expect(await line.compose(ref, holds)).toMatchObject({ kind: 'held' });
    return ref;
  };
  const decide = async (line: Line, ref: MentionRef, fence: string) => approve(ref, fence, 'ada', line.composeTools);

  it('is put to him again, with what it says now, and what he approved before counts no more', async () => {
    const line = openEditable({ says: ['The ferry keeps its own calendar.', 'The zeppelin keeps no calendar.'], publish: holds });
    const ref = await held(line);
    line.says(recent);
    expect(await decide(line, ref, '1.0')).toMatchObject({ done: { state: 'ready' } });
    expect(await line.publish(ref)).toMatchObject({ kind: 'redraft' });
    expect(await decide(line, ref, '1.0')).toEqual({ refused: expect.stringContaining('its author edited it meanwhile') });
    expect(await line.compose(ref, holds)).toMatchObject({ kind: 'held' });
    expect(await line.record(ref)).toMatchObject({ state: 'held', fence: '2.0', reworded: 1, mention: recent, draft: { number: 2 } });
    expect(await decide(line, ref, '1.0')).toEqual({ refused: expect.stringContaining('another one by now') });
    expect(line.network.requests).toEqual([]);
    await decide(line, ref, '2.0');
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    expect(line.network.posts.map(({ text }) => text)).toEqual(['@milo@town.example The zeppelin keeps no calendar.']);
  });

  it('shows each earlier draft for its own reason where he asks again as well', async () => {
    const line = openEditable({ says: ['The first words.', 'The second words.', 'The third words.'], publish: holds });
    const ref = await held(line);
    line.says(recent);
    await decide(line, ref, '1.0');
    await line.publish(ref);
    await line.compose(ref, holds);
    expect(await askAgain(ref, '2.0', 'ada', line.composeTools)).toMatchObject({ done: { state: 'seen' } });
    await line.compose(ref, holds);
    expect((await line.record(ref)).draft?.receipt.drafts).toEqual([
      { text: '', refused: 'its author edited the mention after it was written' }, { text: 'The second words.', refused: 'refused by the operator' },
    ]);
  });

  it('is left alone after three times', async () => {
    const line = openEditable({ publish: holds });
    const ref = await held(line);
    const kinds: string[] = [];
    for (let edit = 0; edit < 20 && kinds.at(-1) !== 'skipped'; edit += 1) {
      line.says(asked(`is ferry number ${edit} ever on time?`));
      await decide(line, ref, `${edit + 1}.0`);
      kinds.push((await line.publish(ref)).kind);
      await line.compose(ref, holds);
    }
    expect(kinds).toEqual(['redraft', 'redraft', 'redraft', 'skipped']);
    expect(line.network.requests).toEqual([]);
  });
});
