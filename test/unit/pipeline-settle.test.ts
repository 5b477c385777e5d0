import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { aMention, goodAnswer, self } from '../support/fixtures.ts';
import { epoch, maxAgeMs, openLine, postTimeoutMs, settleMs, type Line } from '../support/line.ts';
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

/** A mention whose process ended while it was posting, before or after the network had the post. */
async function abandon(line: Line, committed: boolean): Promise<MentionRef> {
  const ref = await line.draft(aMention('1'));
  const post: typeof line.network.post = async reply => {
    if (committed) await line.network.post(reply);
    throw new Error('this process ended here');
  };
  await expect(line.publish(ref, { network: { ...line.network, post } })).rejects.toThrow('ended here');
  return ref;
}

describe('an attempt whose outcome nobody knows', () => {
  it('is posted when our reply is found, and says that it was read back', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut after commit');
    const ref = await line.draft(aMention('1'));
    expect(await line.publish(ref)).toEqual({ kind: 'later', afterMs: settleMs, reason: 'faketown: the connection was cut', scope: 'mention' });
    expect(await line.record(ref)).toMatchObject({ state: 'unknown', wasUnknown: true });
    line.clock.advance(settleMs);
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted', readBack: true });
    expect(line.network.requests).toHaveLength(1);
    expect(await line.receipts.get(ref.network, ref.account, 'reply-1')).toMatchObject({ answer: goodAnswer, reply: { id: 'reply-1' } });
  });

  it('is sent again, the same text under the same key, once our reply was absent twice', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut before commit');
    const ref = await line.draft(aMention('1'));
    expect((await line.runToEnd(ref)).map(outcome => (outcome.kind === 'later' ? outcome.reason : outcome.kind))).toEqual([
      'faketown: the connection was cut', 'our reply is not shown yet', 'no reply of ours is shown: the same text once more', 'posted',
    ]);
    const [first, second, ...more] = line.network.requests;
    expect(more).toEqual([]);
    expect([second?.text, second?.idempotencyKey]).toEqual([first?.text, first?.idempotencyKey]);
    expect(line.model.prompts).toHaveLength(1);
  });

  it('starts to count absences anew when it becomes unknown again', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut before commit', 'cut before commit');
    const ref = await line.draft(aMention('1'));
    const kinds = (await line.runToEnd(ref)).map(({ kind }) => kind);
    expect(kinds).toEqual([...Array.from({ length: 6 }, () => 'later'), 'posted']);
  });

  it('keeps its text: a refusal afterwards is not asked about again', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut before commit', 'text refused');
    const ref = await line.draft(aMention('1'));
    expect((await line.runToEnd(ref)).at(-1)).toEqual({ kind: 'rejected', reason: 'faketown said 422: too long' });
    expect(line.model.prompts).toHaveLength(1);
  });

  it('is not given up for its age', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut before commit');
    const ref = await line.draft(aMention('1'));
    await line.publish(ref);
    line.clock.advance(2 * maxAgeMs);
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted' });
  });

  it('is parked at once, unsent, when that is the setting and our reply is not shown', async () => {
    const line = openLine(redis.client, { publish: { onUnknown: 'park' } });
    line.network.fates.push('cut before commit');
    const ref = await line.draft(aMention('1'));
    expect((await line.runToEnd(ref)).map(({ kind }) => kind)).toEqual(['later', 'parked']);
    expect(line.network.requests).toHaveLength(1);
    expect(await line.record(ref)).toMatchObject({ state: 'parked', draft: { text: `@milo@town.example ${goodAnswer}` } });
  });

  it('is parked when our own posts cannot be read, and waits when they cannot be read now', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut after commit');
    const ref = await line.draft(aMention('1'));
    await line.publish(ref);
    expect(await line.publish(ref)).toEqual({ kind: 'later', afterMs: settleMs, reason: 'the network may still show our reply', scope: 'mention' });
    line.clock.advance(settleMs);
    line.network.findErrors.push(new TemporaryError('faketown said 503'), new TemporaryError('faketown said 429', { afterMs: 9_000 }), new PermanentError('faketown said 403'));
    expect(await line.publish(ref)).toEqual({ kind: 'later', afterMs: 1_000, reason: 'faketown said 503', scope: 'mention' });
    expect(await line.publish(ref)).toEqual({ kind: 'later', afterMs: 9_000, reason: 'faketown said 429', scope: 'account' });
    expect(await line.record(ref)).toMatchObject({ state: 'unknown' });
    expect(await line.publish(ref)).toEqual({ kind: 'parked', reason: 'our own posts could not be read: faketown said 403' });
    expect(line.network.requests).toHaveLength(1);
  });

  it('is composed once more when the network has the text, but from another mention', async () => {
    const line = openLine(redis.client, { says: ['The same old words.', 'Quite other words.'] });
    line.network.fates.push('duplicate');
    const ref = await line.draft(aMention('1'));
    expect((await line.runToEnd(ref)).map(({ kind }) => kind)).toEqual(['later', 'later', 'redraft', 'posted']);
    expect(line.network.posts.map(({ text }) => text)).toEqual(['@milo@town.example Quite other words.']);
    expect(await line.record(ref)).not.toHaveProperty('duplicate');
  });

  it('is parked when the network has four texts of it, and when an attempt before may have arrived', async () => {
    const line = openLine(redis.client, { says: ['The very same old words.', 'These are also old words.', 'These words are older.', 'These are the oldest words.', 'These are the words.'] });
    line.network.fates.push('duplicate', 'duplicate', 'duplicate', 'duplicate');
    expect((await line.runToEnd(await line.draft(aMention('1')))).at(-1)).toMatchObject({ kind: 'parked', reason: expect.stringContaining('not under this mention') });
    line.network.fates.push('cut before commit', 'duplicate');
    expect((await line.runToEnd(await line.draft(aMention('2')))).at(-1)).toMatchObject({ kind: 'parked' });
    expect(line.network.posts).toEqual([]);
  });

  it('is posted when the network has the text because it is our own answer', async () => {
    const line = openLine(redis.client, { network: { lagMs: 5_000 } });
    line.network.fates.push('cut after commit', 'duplicate');
    const ref = await line.draft(aMention('1'));
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted', readBack: true });
    expect(line.network.posts).toHaveLength(1);
  });

  it('is not decided by somebody who read before a later attempt', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('cut before commit', 'cut after commit');
    const ref = await line.draft(aMention('1'));
    await line.publish(ref);
    line.clock.advance(settleMs);
    await line.publish(ref); // absent once
    line.clock.advance(settleMs);
    // Held up between reading our posts and writing down what it saw, while others go on with the mention.
    line.network.duringFind = async () => {
      line.network.duringFind = undefined;
      await line.publish(ref); // absent twice: ready
      await line.publish(ref); // sent, committed, cut
      expect(await line.record(ref)).toMatchObject({ state: 'unknown' });
    };
    expect(await line.publish(ref)).toMatchObject({ kind: 'nothing' });
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted', readBack: true });
    expect(line.network.posts).toHaveLength(1);
  });
});

describe('a record that is being posted', () => {
  it('by a living process is waited for until its deadline and T', async () => {
    const line = openLine(redis.client);
    const ref = await abandon(line, true);
    expect(await line.publish(ref)).toMatchObject({ kind: 'later', afterMs: postTimeoutMs + settleMs, reason: 'an attempt may still be under way' });
    expect(await line.record(ref)).toMatchObject({ state: 'posting' });
    line.clock.advance(postTimeoutMs - 1);
    expect(await line.publish(ref)).toMatchObject({ kind: 'later' });
    expect(await line.record(ref)).toMatchObject({ state: 'posting' });
    line.clock.advance(1);
    expect(await line.publish(ref)).toMatchObject({ kind: 'later', afterMs: settleMs });
    expect(await line.record(ref)).toMatchObject({ state: 'unknown' });
  });

  it.each([[true, 1], [false, 2]])('by a process that is surely gone is settled at once (had the network got it: %s)', async (committed, requests) => {
    let since = 0;
    const line: Line = openLine(redis.client, { publish: { goneForMs: id => (id === 'process-one' ? line.clock.now() - since : undefined) } });
    const ref = await abandon(line, committed);
    const started = line.clock.now();
    since = started;
    line.clock.advance(500);
    expect(await line.publish(ref)).toMatchObject({ kind: 'later', afterMs: settleMs - 500, reason: 'an attempt ended without an answer' });
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted', readBack: committed });
    expect(line.network.posts).toHaveLength(1);
    expect(line.network.requests).toHaveLength(committed ? requests : 1);
    expect(line.clock.now() - started).toBeLessThan(postTimeoutMs);
  });

  it('is not settled by a lost fence: a late answer finds it taken, and there is one post', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const post: typeof line.network.post = async reply => {
      const posted = await line.network.post(reply);
      line.clock.advance(postTimeoutMs + settleMs);
      expect(await line.publish(ref)).toMatchObject({ kind: 'later' }); // unknown
      expect(await line.publish(ref)).toMatchObject({ kind: 'posted', readBack: true });
      return posted;
    };
    expect(await line.publish(ref, { network: { ...line.network, post } })).toEqual({ kind: 'nothing', reason: 'somebody settled it meanwhile' });
    expect(await line.record(ref)).toMatchObject({ state: 'posted', reply: { id: 'reply-1' } });
    expect(line.network.posts).toHaveLength(1);
  });

  it('by somebody else is not posted by who comes too late', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const get: typeof line.ledger.get = async each => {
      const record = await line.ledger.get(each);
      await line.ledger.change(ref, { from: ['drafted'], to: 'posting', patch: { fence: 'process-two#1' }, deadlineInMs: postTimeoutMs });
      return record;
    };
    expect(await line.publish(ref, { ledger: { ...line.ledger, get } })).toEqual({ kind: 'nothing', reason: 'somebody was faster' });
    expect(line.network.requests).toEqual([]);
    expect(await line.record(ref)).toMatchObject({ fence: 'process-two#1' });
  });
});

describe('a mention that an earlier life of the ledger may have answered', () => {
  /** Redis came back with less than it had: the mention was answered, and is drafted once more. */
  const answeredBefore = async (line: Line): Promise<MentionRef> => {
    await line.publish(await line.draft(aMention('1')));
    await redis.client.flushall();
    await line.ledger.see('faketown', self.account, [aMention('1')], 'c1', { epoch });
    return { network: 'faketown', account: self.account, id: '1' };
  };

  it('is not composed again', async () => {
    const line = openLine(redis.client);
    const ref = await answeredBefore(line);
    expect(await line.record(ref)).toMatchObject({ state: 'seen', verify: true });
    expect(await line.compose(ref)).toMatchObject({ kind: 'posted', readBack: true, reply: { id: 'reply-1' } });
    expect(line.network.requests).toHaveLength(1);
    expect(line.model.prompts).toHaveLength(1);
  });

  it('is not posted again when it was drafted before, and keeps its receipt', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    await line.publish(ref);
    await redis.client.hset(`repartee:ledger:faketown:${self.account}:1`, 'state', 'drafted', 'draftNumber', '1', 'mention', JSON.stringify(aMention('1')), 'seenAt', '1', 'updatedAt', '1');
    await redis.client.hdel(`repartee:ledger:faketown:${self.account}:1`, 'rest');
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted', readBack: true, reply: { id: 'reply-1' } });
    expect(line.network.requests).toHaveLength(1);
    expect(await line.receipts.get(ref.network, ref.account, 'reply-1')).toBeDefined();
  });

  it('is answered when the network shows no reply, and is not looked for twice', async () => {
    const line = openLine(redis.client);
    await line.ledger.see('faketown', self.account, [aMention('1')], 'c1', { epoch });
    const ref = { network: 'faketown', account: self.account, id: '1' };
    expect(await line.compose(ref)).toMatchObject({ kind: 'drafted' });
    line.network.findErrors.push(new Error('it was read all the same'));
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted', readBack: false });
  });

  it('is posted at once when it was drafted before and the network shows no reply', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    await redis.client.hdel(`repartee:ledger:faketown:${self.account}:1`, 'epoch');
    expect(await line.record(ref)).toMatchObject({ state: 'drafted', verify: true });
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted', readBack: false });
  });

  it('waits until nothing of that life is under way any more', async () => {
    const line = openLine(redis.client);
    const ref = await answeredBefore(line);
    line.network.posts.length = 0; // the network does not show it yet
    const quietAt = line.clock.monotonic() + 13_000;
    expect(await line.compose(ref, { quietAt: () => quietAt })).toMatchObject({ kind: 'later', afterMs: 13_000, scope: 'mention' });
    line.clock.advance(12_999);
    expect(await line.compose(ref, { quietAt: () => quietAt })).toMatchObject({ kind: 'later', afterMs: 1 });
    expect(await line.compose(ref, { quietAt: () => Infinity })).toMatchObject({ kind: 'later', afterMs: 300 });
    expect(line.network.requests).toHaveLength(1);
  });

  it('waits while our own posts cannot be read', async () => {
    const line = openLine(redis.client);
    const ref = await answeredBefore(line);
    line.network.findErrors.push(new TemporaryError('faketown said 503'));
    expect(await line.compose(ref)).toMatchObject({ kind: 'later', reason: 'faketown said 503' });
    expect(await line.record(ref)).toMatchObject({ state: 'seen' });
  });

  it('is not posted when the store is started anew between looking and posting', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const change: typeof line.ledger.change = async (each, step) => {
      const record = await line.ledger.change(each, step);
      return record && step.to === 'posting' ? { ...record, verify: true } : record;
    };
    expect(await line.publish(ref, { ledger: { ...line.ledger, change } })).toMatchObject({ kind: 'later', scope: 'mention' });
    expect(line.network.requests).toEqual([]);
    expect(await line.record(ref)).toMatchObject({ state: 'ready' });
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted', readBack: false });
  });
});
