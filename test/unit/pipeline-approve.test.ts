// Answers that wait for a human: what he may do with them, once, and what he may not.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MentionRef } from '../../src/core/types.ts';
import { approve, askAgain, edit, reject, type Decision } from '../../src/pipeline/approve.ts';
import { findHeld, toFence, toShortId } from '../../src/pipeline/hold.ts';
import { fixedModel } from '../../src/pipeline/fixed.ts';
import { retryRecord } from '../../src/store/ledger-book.ts';
import { sweep } from '../../workers/sweep.ts';
import { anAuthor, aMention, anItem, aPost, goodAnswer, self } from '../support/fixtures.ts';
import { maxAgeMs, openLine, settleMs, type Line } from '../support/line.ts';
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

const openHolding = (options: Parameters<typeof openLine>[1] = {}): Line => {
  const line = openLine(redis.client, { ...options, publish: { holds: true } });
  return { ...line, compose: (ref, more = {}) => line.compose(ref, { holds: true, ...more }) };
};

const hold = async (line: Line, mention = aMention('1')): Promise<{ readonly ref: MentionRef; readonly fence: string }> => {
  const ref = await line.see(mention);
  const outcome = await line.compose(ref);
  if (outcome.kind !== 'held') throw new Error(JSON.stringify(outcome));
  return { ref, fence: (await line.record(ref)).fence ?? '' };
};

describe('a draft that is held', () => {
  it('waits under its own fence, and nothing wakes it before it is too old', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    expect(await line.record(ref)).toMatchObject({ state: 'held', fence: '1.0', draft: { text: `@milo@town.example ${goodAnswer}` } });
    expect(await line.ledger.held('faketown', self.account)).toMatchObject([{ id: '1', fence }]);
    const woken: string[] = [];
    const wake = async (stage: string, refs: readonly MentionRef[]): Promise<void> => void woken.push(...refs.map(({ id }) => `${stage} ${id}`));
    line.clock.advance(maxAgeMs - 120_000);
    expect(await sweep(line.network, line.ledger, wake)).toBe(0);
    expect(await line.publish(ref)).toEqual({ kind: 'nothing', reason: 'it waits for approval' });
    line.clock.advance(120_000);
    expect(await sweep(line.network, line.ledger, wake)).toBe(1);
    expect(woken).toEqual(['publish 1']);
    expect(await line.publish(ref)).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('nobody approved it in time: too old') });
    expect(await line.ledger.held('faketown', self.account)).toEqual([]);
    expect(line.network.requests).toEqual([]);
  });

  it('is posted once it is approved, and its receipt says so', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    const heard: Decision[] = [];
    expect(await approve(ref, fence, 'ada', { ...line.composeTools, audit: async decision => void heard.push(decision) })).toMatchObject({ done: { state: 'ready' } });
    expect(heard).toMatchObject([{ what: 'approve', ref, fence, by: 'ada' }]);
    expect(await line.record(ref)).not.toHaveProperty('fence');
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    expect(line.network.posts).toMatchObject([{ text: `@milo@town.example ${goodAnswer}` }]);
    const receipt = await line.receipts.get('faketown', self.account, 'reply-1');
    expect(receipt).toMatchObject({ approved: true });
    expect(receipt).not.toHaveProperty('edited');
  });

  it('is decided on by one of two, and the other is told what happened', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    const both = await Promise.all([approve(ref, fence, 'ada', line.composeTools), reject(ref, fence, 'bo', line.composeTools)]);
    expect(both.filter(each => 'done' in each)).toHaveLength(1);
    expect(both.filter(each => 'refused' in each)).toHaveLength(1);
    await line.publish(ref);
    expect(await approve(ref, fence, 'ada', line.composeTools)).toEqual({ refused: expect.stringMatching(/^it is (?:posted already: https|rejected already: refused by the operator)/u) });
  });

  it('is not touched any more once its post began', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    await approve(ref, fence, 'ada', line.composeTools);
    line.network.fates.push('cut after commit');
    expect(await line.publish(ref)).toMatchObject({ kind: 'later' });
    for (const verb of [approve, askAgain, reject]) expect(await verb(ref, fence, 'bo', line.composeTools)).toEqual({ refused: 'it is being posted, and nothing changes it any more' });
    expect(await edit(ref, fence, 'Other words, and more of them.', 'bo', line.composeTools)).toEqual({ refused: 'it is being posted, and nothing changes it any more' });
    expect(await line.runToEnd(ref)).toContainEqual(expect.objectContaining({ kind: 'posted', readBack: true }));
    expect(line.network.posts).toHaveLength(1);
  });

  it('gives way to other words, which are approved under another fence', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    const changed = await edit(ref, fence, '  "The ferry keeps nobody\'s calendar." ', 'ada', line.composeTools);
    expect(changed).toMatchObject({ done: { state: 'held', fence: '1.1', draft: { text: '@milo@town.example The ferry keeps nobody\'s calendar.' } } });
    expect(await approve(ref, fence, 'bo', line.composeTools)).toEqual({ refused: 'its draft is another one by now: look at it again' });
    expect(await approve(ref, '1.1', 'bo', line.composeTools)).toMatchObject({ done: { state: 'ready' } });
    await line.publish(ref);
    expect(line.network.posts).toMatchObject([{ text: '@milo@town.example The ferry keeps nobody\'s calendar.' }]);
    expect(await line.receipts.get('faketown', self.account, 'reply-1')).toMatchObject({ approved: true, edited: true, answer: 'The ferry keeps nobody\'s calendar.', drafts: [{ text: goodAnswer, refused: 'changed by the operator' }] });
  });

  it.each([
    ['a handle', 'Ask @wilma about it, she knows.', 'it mentioned a handle'],
    ['a link', 'All of it is at https://evil.example/now today.', 'it held a link that is not in the context'],
    ['a secret', 'The key is sk-canary-4711, of course.', 'it held a secret'],
    ['what somebody in the thread said', 'Well: my grandmother keeps eleven geese behind the old customs house.', 'it repeated what it was told, word for word'],
    ['what the asker says of himself', 'He who sells umbrellas to fishermen on rainy Sundays knows best.', 'it repeated what it was told, word for word'],
    ['what a picture shows', 'I see a red bicycle leaning against a yellow wall with no saddle.', 'it repeated what it was told, word for word'],
    ['too much', 'word '.repeat(80), 'it was longer than 220 characters'],
    ['nothing', '  ', 'it was empty'],
    ['markup', 'I say <b>no</b> to that ferry.', 'it held markup'],
    ['what moderation refuses', 'The ferry is a grawlix, and everybody knows.', 'it was not fit to be said'],
  ])('refuses an edit that holds %s, with the clause, and stays as it is', async (_, text, clause) => {
    const line = openHolding({ gathered: { open: false, items: [anItem('Ferry strike')] } });
    line.network.setThread('1', [aPost('0', { text: 'My grandmother keeps eleven geese behind the old customs house.' })]);
    const { ref, fence } = await hold(line, aMention('1', {
      author: anAuthor('milo', { bio: 'Sells umbrellas to fishermen on rainy Sundays.' }),
      media: [{ kind: 'image', url: 'https://town.example/1.png', alt: 'A red bicycle leaning against a yellow wall with no saddle.' }],
    }));
    const before = await line.record(ref);
    const moderate = async (texts: readonly string[]): Promise<string | undefined> => (texts.some(each => each.includes('grawlix')) ? 'a bad word' : undefined);
    expect(await edit(ref, fence, text, 'ada', { ...line.composeTools, moderate })).toEqual({ refused: clause });
    expect(await line.record(ref)).toEqual(before);
  });

  it('is written anew when it is asked for again, and the first one is told of', async () => {
    const line = openHolding({ says: ['The first words.', 'The second words.'] });
    const { ref, fence } = await hold(line);
    expect(await askAgain(ref, fence, 'ada', line.composeTools)).toMatchObject({ done: { state: 'seen', draftNumber: 2 } });
    expect(await line.publish(ref)).toEqual({ kind: 'nothing', reason: 'it is seen' });
    expect(await line.compose(ref)).toMatchObject({ kind: 'held' });
    expect(line.model.prompts[1]?.user).toContain('could not be used: refused by the operator');
    expect(await line.record(ref)).toMatchObject({ fence: '2.0', draft: { number: 2, receipt: { answer: 'The second words.', drafts: [{ text: 'The first words.', refused: 'refused by the operator' }] } } });
    expect(await approve(ref, fence, 'ada', line.composeTools)).toEqual({ refused: 'its draft is another one by now: look at it again' });
    expect(await approve(ref, '2.0', 'ada', line.composeTools)).toMatchObject({ done: { state: 'ready' } });
  });

  it('that was refused is posted by no retry', async () => {
    const line = openHolding({ says: ['The first words.', new (await import('../../src/core/errors.ts')).PermanentError('the model said 400')] });
    const { ref, fence } = await hold(line);
    await askAgain(ref, fence, 'ada', line.composeTools);
    expect(await line.compose(ref)).toMatchObject({ kind: 'parked' });
    expect(await retryRecord(line.ledger, await line.record(ref), { settleMs, maxAgeMs })).toMatchObject({ retried: { state: 'seen', draftNumber: 3 } });
    expect((await line.record(ref)).draft).toBeUndefined();
  });

  it('is rejected with the reason, and may be tried again as another draft', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    expect(await reject(ref, fence, 'ada', line.composeTools, 'too dry')).toMatchObject({ done: { state: 'rejected', reason: 'refused by the operator: too dry' } });
    expect(await line.publish(ref)).toMatchObject({ kind: 'nothing' });
    expect(await retryRecord(line.ledger, await line.record(ref), { settleMs, maxAgeMs })).toMatchObject({ retried: { state: 'seen', draftNumber: 2 } });
    expect(await line.compose(ref)).toMatchObject({ kind: 'held' });
  });

  it('goes to nobody who wants to be left alone by the time of the post, also when it was approved before', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    await approve(ref, fence, 'ada', line.composeTools);
    await line.composeTools.wishes.leaveAlone('faketown', anAuthor('milo'));
    expect(await line.publish(ref)).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('wants to be left alone by now') });
    expect(line.network.posts).toEqual([]);
  });

  it('may be rejected after it was approved, until its post begins', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    await approve(ref, fence, 'ada', line.composeTools);
    expect(await reject(ref, fence, 'bo', line.composeTools)).toMatchObject({ refused: expect.stringContaining('approved already') });
    expect(await reject(ref, '', 'bo', line.composeTools)).toMatchObject({ done: { state: 'rejected' } });

    const { ref: other, fence: seen } = await hold(line, aMention('2'));
    await approve(other, seen, 'ada', line.composeTools);
    line.network.fates.push({ slowDownMs: 5_000 });
    expect(await line.publish(other)).toMatchObject({ kind: 'later' });
    expect(await line.record(other)).toMatchObject({ state: 'ready' });
    expect(await reject(other, '', 'bo', line.composeTools)).toMatchObject({ refused: expect.stringContaining('approved already') });
  });

  it('goes to nobody who wants to be left alone by now, whoever approves it', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    await line.composeTools.wishes.leaveAlone('faketown', anAuthor('milo'));
    expect(await approve(ref, fence, 'ada', line.composeTools)).toEqual({ refused: expect.stringContaining('left alone by now') });
    expect(await line.record(ref)).toMatchObject({ state: 'skipped' });
  });

  it('is gone when its author is forgotten', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    await line.composeTools.memory.erase('faketown', anAuthor('milo'));
    expect(await approve(ref, fence, 'ada', line.composeTools)).toEqual({ refused: expect.stringContaining('may not be kept') });
    expect(await line.publish(ref)).toMatchObject({ kind: 'skipped' });
  });

  it('holds nothing any more of somebody else in its thread who is forgotten', async () => {
    const line = openHolding();
    line.network.setThread('1', [aPost('0', { text: 'I keep a zebra.' })]);
    const { ref } = await hold(line);
    await line.composeTools.memory.erase('faketown', anAuthor('wilma'));
    expect(JSON.stringify(await line.record(ref))).not.toMatch(/zebra|wilma/u);
    expect(await line.record(ref)).toMatchObject({ state: 'held', draft: { receipt: { answer: goodAnswer } } });
  });
});

describe('what waits', () => {
  it('is every answer that a model gave, also one from before, and no line that was written beforehand', async () => {
    const line = openHolding();
    const wish = await line.see(aMention('1', { text: '@quip@town.example stop' }));
    expect(await line.compose(wish)).toMatchObject({ kind: 'drafted' });
    expect(await line.record(wish)).toMatchObject({ draft: { receipt: { model: fixedModel } } });
    expect(await line.publish(wish)).toMatchObject({ kind: 'posted' });
    const early = await line.see(aMention('2', { author: anAuthor('ann') }));
    expect(await line.compose(early, { holds: false })).toMatchObject({ kind: 'drafted' });
    expect(await line.publish(early)).toMatchObject({ kind: 'held', reason: expect.stringMatching(/^it waits for approval as [2-9A-Z]{6}$/u) });
    expect(await line.record(early)).toMatchObject({ state: 'held', fence: '1.0' });
  });

  it('is found by a short name that its changes do not share, or by its mention', async () => {
    const line = openHolding();
    const { ref, fence } = await hold(line);
    const name = toShortId(ref, fence);
    expect(name).toMatch(/^[23456789ABCDEFGHJKMNPQRSTVWXYZ]{6}$/u);
    expect(toShortId(ref, toFence({ number: 1, edits: 1 }))).not.toBe(name);
    const all = await line.ledger.held('faketown', self.account);
    for (const each of [name, name.toLowerCase(), '1']) expect(findHeld(all, each)).toMatchObject({ found: { id: '1' } });
    expect(findHeld(all, 'NOSUCH')).toEqual({ refused: expect.stringContaining('no draft is held as NOSUCH') });
    expect(findHeld([...all, ...all], name)).toEqual({ refused: expect.stringContaining('several drafts') });
  });
});
