import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerRecord } from '../../src/core/record.ts';
import type { PostFate } from '../support/fake-network.ts';
import { aMention, goodAnswer } from '../support/fixtures.ts';
import { maxAgeMs, openLine, postTimeoutMs, settleMs } from '../support/line.ts';
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

const text = `@milo@town.example ${goodAnswer}`;

describe('a draft that is published', () => {
  it('is posted once, with its receipt', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const reply = { id: 'reply-1', url: 'https://town.example/posts/reply-1' };
    expect(await line.publish(ref)).toEqual({ kind: 'posted', reply, readBack: false });
    expect(line.network.posts).toMatchObject([{ to: '1', text }]);
    const record = await line.record(ref);
    expect(record).toMatchObject({ state: 'posted', reply });
    expect(record).not.toHaveProperty('draft');
    expect(await line.receipts.get(ref.network, ref.account, 'reply-1')).toMatchObject({ mention: ref, answer: goodAnswer, reply });
    expect(await line.publish(ref)).toEqual({ kind: 'nothing', reason: 'it is posted' });
    expect(line.network.requests).toHaveLength(1);
  });

  it('tells the network when to give up, and is not sent after that', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const started = line.clock.monotonic();
    const slow: typeof line.ledger.change = async (...change) => {
      const done = await line.ledger.change(...change);
      if (change[1].to === 'posting') line.clock.advance(postTimeoutMs);
      return done;
    };
    expect(await line.publish(ref, { ledger: { ...line.ledger, change: slow } })).toMatchObject({ kind: 'later', reason: 'faketown: given up before it was sent' });
    expect(line.network.requests[0]?.giveUpAt).toBe(started + postTimeoutMs);
    expect(line.network.posts).toEqual([]);
  });

  it('is in the ledger as being posted, with fence and deadline, before the first byte', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const before: LedgerRecord[] = [];
    const post: typeof line.network.post = async reply => {
      before.push(await line.record(ref));
      return line.network.post(reply);
    };
    await line.publish(ref, { network: { ...line.network, post } });
    expect(before).toMatchObject([{ state: 'posting', deadline: line.clock.now() + postTimeoutMs, fence: expect.stringMatching(/^process-one#/u), draft: { text } }]);
  });

  it('is posted once when many publish it at the same time', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const kinds = (await Promise.all(Array.from({ length: 8 }, () => line.publish(ref)))).map(({ kind }) => kind);
    expect(kinds.filter(kind => kind === 'posted')).toHaveLength(1);
    expect(line.network.requests).toHaveLength(1);
  });

  it('that waited too long is skipped', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    line.clock.advance(maxAgeMs);
    expect(await line.publish(ref)).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('too old') });
    expect(line.network.requests).toEqual([]);
  });

  it('is posted as the ledger holds it when it was composed anew meanwhile', async () => {
    const line = openLine(redis.client, { says: ['The first words.', 'The second words.'] });
    const ref = await line.draft(aMention('1'));
    let reads = 0;
    const get: typeof line.ledger.get = async each => {
      const stale = await line.ledger.get(each);
      if (reads++ === 0) {
        line.network.fates.push('text refused');
        await line.publish(ref);
        await line.compose(ref);
      }
      return stale;
    };
    expect(await line.publish(ref, { ledger: { ...line.ledger, get } })).toMatchObject({ kind: 'posted' });
    expect(line.network.posts.map(post => post.text)).toEqual(['@milo@town.example The second words.']);
    expect((await line.receipts.get(ref.network, ref.account, 'reply-1'))?.answer).toBe('The second words.');
  });
});

describe('a network that refuses', () => {
  it('the text gets another one, under another key, and one only', async () => {
    const line = openLine(redis.client, { says: ['Too many words.', 'Fewer words than before.'] });
    line.network.fates.push('text refused');
    const ref = await line.draft(aMention('1'));
    const outcomes = await line.runToEnd(ref);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['redraft', 'posted']);
    expect(line.network.posts.map(post => post.text)).toEqual(['@milo@town.example Fewer words than before.']);
    expect(new Set(line.network.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  });

  it('two texts gets no third', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('text refused', 'text refused');
    const ref = await line.draft(aMention('1'));
    expect((await line.runToEnd(ref)).map(({ kind }) => kind)).toEqual(['redraft', 'rejected']);
    expect(await line.record(ref)).toMatchObject({ state: 'rejected', reason: 'faketown said 422: too long', draft: { number: 2 } });
    expect(line.model.prompts).toHaveLength(2);
  });

  it('the mention ends it', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('mention gone');
    const ref = await line.draft(aMention('1'));
    expect(await line.publish(ref)).toEqual({ kind: 'rejected', reason: 'faketown said 404' });
    expect(await line.record(ref)).toMatchObject({ state: 'rejected', reason: 'faketown said 404' });
  });

  it('the account keeps the draft until it does not', async () => {
    const line = openLine(redis.client);
    line.network.fates.push('token refused', 'token refused');
    const ref = await line.draft(aMention('1'));
    expect(await line.publish(ref)).toEqual({ kind: 'later', afterMs: 60_000, reason: 'faketown said 401', scope: 'account' });
    expect(await line.record(ref)).toMatchObject({ state: 'ready', failures: 1 });
    expect((await line.runToEnd(ref)).map(({ kind }) => kind)).toEqual(['later', 'posted']);
  });

  it.each([
    ['the whole account as long as it says', { slowDownMs: 17_000 }, { afterMs: 17_000, scope: 'account' }],
    ['the mention when it does not say how long', { slowDownMs: undefined }, { afterMs: 1_000, scope: 'mention' }],
  ] as const)('for now makes wait: %s', async (_, fate, later) => {
    const line = openLine(redis.client);
    line.network.fates.push(fate);
    const ref = await line.draft(aMention('1'));
    expect(await line.publish(ref)).toEqual({ kind: 'later', reason: 'faketown said 429', ...later });
    line.clock.advance(later.afterMs + 4_999);
    expect(await line.ledger.due(ref.network, ref.account, 9)).toEqual([]);
    line.clock.advance(1);
    expect(await line.ledger.due(ref.network, ref.account, 9)).toMatchObject([{ state: 'ready' }]);
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
  });

  it('a failing program leaves the record to be settled', async () => {
    const line = openLine(redis.client);
    const ref = await line.draft(aMention('1'));
    const post = async (): Promise<never> => {
      throw new TypeError('a bug');
    };
    await expect(line.publish(ref, { network: { ...line.network, post } })).rejects.toThrow('a bug');
    expect(await line.record(ref)).toMatchObject({ state: 'posting' });
  });
});

/** Every kind of request, twice over, with own posts that can be read at once or late: what must hold in all of them. */
const fates: PostFate[] = ['posted', 'cut after commit', 'cut before commit', 'text refused', 'mention gone', 'token refused', { slowDownMs: 5_000 }, { slowDownMs: undefined }];
const pairs = fates.flatMap(first => fates.map(second => [first, second] as const));

describe('in every position of two switches', () => {
  it.each(pairs)('%j, then %j: at most one post, and one unless the network refused it', async (first, second) => {
    for (const lagMs of [0, settleMs - 1]) {
      await redis.client.flushall();
      const line = openLine(redis.client, { network: { lagMs } });
      const ref = await line.draft(aMention('1'));
      line.network.fates.push(first, second);
      await line.runToEnd(ref);
      const record = await line.record(ref);
      expect(line.network.posts.length).toBe(record.state === 'posted' ? 1 : 0);
      expect(['posted', 'rejected']).toContain(record.state);
      const refused = [first, second].some(fate => fate === 'mention gone') || (first === 'text refused' && second === 'text refused');
      if (!refused && second !== 'text refused') expect(record.state).toBe('posted');
      if (record.state === 'posted') expect(await line.receipts.get(ref.network, ref.account, record.reply?.id ?? '')).toMatchObject({ mention: ref });
    }
  });
});
