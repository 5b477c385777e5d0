import { expect, it } from '@jest/globals';
import { openStates, standings, type State } from '../../src/core/record.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { listRecords } from '../../src/store/ledger-book.ts';
import { aMention, aReceipt } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

describeOverRedis('pages of the ledger', redis => {
  it('lead through held ones and through unfinished ones to their ends, however few are looked at', async () => {
    const line = openLine(redis().client);
    const refs: MentionRef[] = [];
    for (let at = 0; at < 25; at++) {
      line.clock.advance(10);
      refs.push(await line.see(aMention(`m${at}`)));
    }
    for (const { id, ...place } of refs.slice(0, 12)) {
      line.clock.advance(10);
      const draft = { number: 1, text: 'a text', language: 'en', receipt: aReceipt(aMention(id), 'a text') };
      await line.ledger.change({ ...place, id }, { from: ['seen'], to: 'held', patch: { draft, fence: '1.0' }, dueInMs: 3_600_000 });
    }
    const page = async (states: readonly State[], skip: number) => {
      const { records, total } = await listRecords(redis().client, line.ledger, { limit: 5, skip, lookAtMost: 2, states, accounts: refs.slice(0, 1) });
      return [records.map(({ id }) => id).join(' '), total];
    };
    expect([await page(['held'], 0), await page(['held'], 10)]).toEqual([['m11 m10 m9 m8 m7', 12], ['m1 m0', 12]]);
    const open = openStates.filter(state => state !== 'held');
    expect([await page(open, 0), await page(open, 5), await page(open, 10)]).toEqual([['m24 m23 m22 m21 m20', 13], ['m19 m18 m17 m16 m15', 13], ['m14 m13 m12', 13]]);
    expect([await page(openStates, 10), await page(openStates, 20)]).toEqual([['m1 m0 m24 m23 m22', 25], ['m16 m15 m14 m13 m12', 25]]);
    expect(await listRecords(redis().client, line.ledger, { limit: 5, states: open, accounts: [] })).toEqual({ records: [], total: 0 });
  });

  it('are the same from whichever end they are found, each mention once, and the last ones without reading what lies before them', async () => {
    const { client } = redis();
    const line = openLine(client);
    const ends = ['posted', 'skipped', 'parked', 'posted', 'held', 'seen', 'withheld'] as const;
    for (let at = 0; at < 63; at++) {
      // Several at a time change in the same moment.
      if (at % 3 === 0) line.clock.advance(10);
      const ref = await line.see(aMention(`m${at}`));
      const to = ends[at % ends.length] ?? 'seen';
      if (to !== 'seen') await line.ledger.change(ref, { from: ['seen'], to, patch: { reason: 'for the test', fence: '1.0' } });
    }
    const places = [{ network: line.network.name, account: line.network.self.account }];
    const read: number[] = [];
    const counting = new Proxy(client, {
      get: (target, name) => {
        const verb: unknown = Reflect.get(target, name);
        if (typeof verb !== 'function') return verb;
        return async (...given: unknown[]) => {
          const said: unknown = await Reflect.apply(verb, target, given);
          if (name === 'zrevrange' && String(given[0]).includes(':ended:')) read.push((said as string[]).length / 2);
          return said;
        };
      },
    });
    const list = async (skip: number, limit: number, of = client) => listRecords(of, line.ledger, { states: standings, accounts: places, lookAtMost: 1_000, limit, skip });
    const all = (await list(0, 1_000)).records.map(({ id }) => id);
    expect(new Set(all).size).toBe(63);
    for (const limit of [1, 5, 10]) {
      const pages = await Promise.all(Array.from({ length: Math.ceil(63 / limit) }, (_, page) => list(page * limit, limit)));
      expect(pages.flatMap(({ records }) => records.map(({ id }) => id))).toEqual(all);
      expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([63]));
    }
    expect((await list(60, 10, counting)).records).toHaveLength(3);
    expect(await list(5_000_000, 10, counting)).toEqual({ records: [], total: 63 });
    expect(read).toEqual([]);
  });
});
