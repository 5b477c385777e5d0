import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { listen } from '../../src/pipeline/listen.ts';
import { aMention, self } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
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

/** A line that has listened once before anybody tagged it. */
async function openListening() {
  const line = openLine(redis.client);
  const woken: string[] = [];
  const enqueue = async (refs: readonly MentionRef[]): Promise<void> => void woken.push(...refs.map(({ id }) => id));
  const cursor = () => line.ledger.cursor('faketown', self.account);
  const hear = (from?: string) => listen(line.network, line.ledger, enqueue, { from });
  return { ...line, woken, cursor, hear, tag: (...ids: string[]) => line.network.tag(...ids.map(id => aMention(id))), first: await hear() };
}

describe('listening', () => {
  it('answers nothing that was there before the first start', async () => {
    const line = openLine(redis.client);
    line.network.tag(aMention('old'));
    const woken: MentionRef[] = [];
    expect(await listen(line.network, line.ledger, async refs => void woken.push(...refs))).toEqual({ from: undefined, to: 'c1', added: 0, more: false, gaps: [] });
    expect(woken).toEqual([]);
    expect(await line.ledger.cursor('faketown', self.account)).toBe('c1');
    expect(await line.ledger.count('faketown', self.account)).toEqual({});
  });

  it('reads every page to the end, oldest first', async () => {
    const ear = await openListening();
    ear.tag('1', '2', '3', '4', '5');
    expect(await ear.hear()).toEqual({ from: 'c0', to: 'c5', added: 5, more: false, gaps: [] });
    expect(ear.woken).toEqual(['1', '2', '3', '4', '5']);
    expect(await ear.cursor()).toBe('c5');
    expect(ear.network.reads).toEqual([undefined, 'c0', 'c2', 'c4']);
    expect(await ear.hear()).toEqual({ from: 'c5', to: 'c5', added: 0, more: false, gaps: [] });
  });

  it('reads nothing when the store was started anew just before, and asks to begin again', async () => {
    const line = openLine(redis.client);
    await listen(line.network, line.ledger, async () => undefined);
    line.network.tag(aMention('1'));
    const lives = ['before', 'after'];
    const ledger = { ...line.ledger, epoch: () => lives.shift() ?? 'after' };
    const woken: MentionRef[] = [];
    const hear = () => listen(line.network, ledger, async refs => void woken.push(...refs));
    expect(await hear()).toEqual({ from: 'c0', to: 'c0', added: 0, more: true, gaps: [] });
    expect(line.network.reads).toEqual([undefined]);
    expect(await hear()).toMatchObject({ added: 1, more: false });
  });

  it('takes an edit of a mention for the same mention, on one page and on another', async () => {
    const ear = await openListening();
    ear.network.tag(aMention('1'), aMention('1b', { earlier: ['1'] }));
    await ear.hear();
    ear.network.tag(aMention('1c', { earlier: ['1', '1b'] }), aMention('2', { earlier: ['0'] }));
    await ear.hear();
    expect(ear.woken).toEqual(['1', '2']);
    expect(await ear.cursor()).toBe('c4');
  });

  it('takes an edit of one that was passed over for a mention of its own', async () => {
    const ear = await openListening();
    ear.tag('1');
    await ear.hear();
    await ear.ledger.change({ network: 'faketown', account: self.account, id: '1' }, { from: ['seen'], to: 'skipped', patch: { reason: 'not summoned' } });
    ear.network.tag(aMention('1b', { earlier: ['1'] }));
    await ear.hear();
    expect(ear.woken).toEqual(['1', '1b']);
  });

  it('adds nothing twice on a walk that overlaps, and catches what became visible late', async () => {
    const ear = await openListening();
    ear.tag('1', '2', '3');
    await ear.hear();
    ear.tag('4');
    expect(await ear.hear('c0')).toMatchObject({ from: 'c3', added: 1, more: false, gaps: [] });
    expect(ear.woken).toEqual(['1', '2', '3', '4']);
    expect(await ear.cursor()).toBe('c4');
  });

  it('keeps the cursor at the last good page when a page fails, and loses nothing', async () => {
    const ear = await openListening();
    ear.tag('1', '2', '3', '4', '5');
    const mentions: typeof ear.network.mentions = async cursor => {
      if (cursor === 'c2') throw new TemporaryError('faketown said 503');
      return ear.network.mentions(cursor);
    };
    await expect(listen({ ...ear.network, mentions }, ear.ledger, async refs => void ear.woken.push(...refs.map(({ id }) => id)))).rejects.toThrow('503');
    expect(await ear.cursor()).toBe('c2');
    expect(ear.woken).toEqual(['1', '2']);
    expect(await ear.hear()).toMatchObject({ from: 'c2', added: 3, more: false, gaps: [] });
    expect(ear.woken).toEqual(['1', '2', '3', '4', '5']);
  });

  it('loses nothing when the queue fails: the ledger holds it and it falls due', async () => {
    const ear = await openListening();
    ear.tag('1', '2', '3');
    await expect(listen(ear.network, ear.ledger, () => Promise.reject(new Error('no queue')))).rejects.toThrow('no queue');
    await ear.hear();
    ear.clock.advance(5_000);
    expect((await ear.ledger.due('faketown', self.account, 9)).map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  it('does not turn in circles with a server that gives the same page for ever, nor read for ever', async () => {
    const ear = await openListening();
    const [mention] = [aMention('1')];
    let reads = 0;
    const stuck = { ...ear.network, mentions: async () => ({ mentions: [mention], cursor: 'c9', more: reads++ < 1_000 }) };
    expect(await listen(stuck, ear.ledger, async () => undefined)).toEqual({ from: 'c0', to: 'c9', added: 1, more: false, gaps: [] });
    expect(reads).toBe(2);
    const endless = { ...ear.network, mentions: async () => ({ mentions: [], cursor: `e${reads++}`, more: true }) };
    expect(await listen(endless, ear.ledger, async () => undefined)).toMatchObject({ more: true });
    expect(reads).toBe(52);
    expect(await listen(endless, ear.ledger, async () => undefined, { signal: AbortSignal.abort() })).toMatchObject({ more: true });
    expect(reads).toBe(53);
  });
});
