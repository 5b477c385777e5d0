import { expect, it } from '@jest/globals';
import { openRereads } from '../../src/store/rereads.ts';
import { describeOnRedis } from '../support/redis-servers.ts';

const [network, account] = ['town', 'quip@town.example'];
const minuteMs = 60_000;

describeOnRedis('answered mentions that are to be looked at again', redis => {
  it('come after ten minutes, an hour, six hours and every twenty hours, until they are kept no longer', async () => {
    let now = 1_700_000_000_000;
    const start = now;
    const rereads = openRereads(redis().client, { keepMs: 2 * 1_440 * minuteMs }, () => now);
    await rereads.add({ network, account, id: '1' });
    const seen: number[] = [];
    for (; now < start + 4 * 1_440 * minuteMs; now += 5 * minuteMs) {
      const due = await rereads.due(network, account, 20);
      if (due.length > 0) seen.push(Math.round((now - start) / minuteMs));
      await rereads.seen(due);
    }
    expect(seen).toEqual([10, 60, 360, 1_560, 2_760, 3_960]);
    expect(await redis().client.keys('*')).toEqual([]);
  });

  it('are forgotten in time also where there are more than can be looked at', async () => {
    let now = 1_700_000_000_000;
    const rereads = openRereads(redis().client, { keepMs: 30 * minuteMs }, () => now);
    await Promise.all(Array.from({ length: 2_500 }, (_, id) => rereads.add({ network, account, id: String(id) })));
    now += 1_469 * minuteMs;
    expect(await rereads.due(network, account, 20)).toHaveLength(20);
    now += 2 * minuteMs;
    expect(await rereads.due(network, account, 20)).toEqual([]);
    expect(await redis().client.keys('*')).toEqual([]);
  });

  it('are nobody else\'s for a while, come again where whoever looked ended in the middle, and keep their place where nothing was said', async () => {
    let now = 1_700_000_000_000;
    const rereads = openRereads(redis().client, { keepMs: 1_440 * minuteMs }, () => now);
    for (const id of ['1', '2', '3']) {
      await rereads.add({ network, account, id });
      now += 1_000;
    }
    now += 10 * minuteMs;
    const ids = (due: readonly { readonly id: string }[]) => due.map(({ id }) => id);
    const first = await rereads.due(network, account, 2);
    expect(ids(first)).toEqual(['1', '2']);
    expect(ids(await rereads.due(network, account, 2))).toEqual(['3']);
    await rereads.again(first.slice(1));
    expect(ids(await rereads.due(network, account, 2))).toEqual(['2']);
    now += 5 * minuteMs;
    expect(ids(await rereads.due(network, account, 9)).toSorted()).toEqual(['1', '2', '3']);
    await rereads.drop({ network, account, id: '1' });
    await rereads.seen(first);
    await rereads.again(first.slice(0, 1));
    now += 46 * minuteMs;
    expect(ids(await rereads.due(network, account, 9)).toSorted()).toEqual(['2', '3']);
  });
});
