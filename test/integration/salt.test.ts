// What stands for people cannot be guessed by whoever gets hold of it, and what was kept before that goes on to count.
import { createHash } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import { openQuotas } from '../../src/store/quotas.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { openWishes, saltWishes } from '../../src/store/wishes.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const ann = { id: 'u-ann-4711', handle: 'ann@town.example' };
/** As anybody can make it who knows the id or the handle. */
const guess = (text: string): string => createHash('sha256').update(text).digest('base64url');
const wishOf = (name: string): string => guess(`repartee wish ${name}`).slice(0, 22);
const concernOf = (id: string): string => `concerned:${guess(`repartee concerned faketown#${id}`).slice(0, 22)}`;
const linked = [['othertown:ann_w', 'faketown:ann@town.example']];

const pause = () => new Promise(resolve => setTimeout(resolve, 20));

describeOverRedis('hashes of people', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });
  const open = () => openWishes(redis().client, { linked, keepQuietMs: 60_000 });
  const concern = { network: 'faketown', account: 'quip@town.example', id: 'm1' };

  it('are of no use to who knows whom to look for, and differ from store to store', async () => {
    const { client } = redis();
    const fill = async (): Promise<string> => {
      await client.flushall();
      await open().leaveAlone('faketown', ann);
      await openQuotas(client).take('faketown', 'quip@town.example', 'm1', [{ of: 'person', key: ann.id, limit: 5, perMs: 60_000 }]);
      await openReceipts(client, 60_000).concern(concern, 'r1', [ann.id]);
      const keys = (await client.keys('*')).toSorted();
      return JSON.stringify([keys, await client.smembers('repartee:left-alone:salted'), await client.get(keys.find(key => key.includes(':concerned:')) ?? '')]);
    };
    const [one, other] = [await fill(), await fill()];
    for (const guessed of [wishOf('faketown#u-ann-4711'), wishOf('othertown:ann_w'), concernOf(ann.id), guess(`repartee quota ${ann.id}`).slice(0, 16)]) expect(one).not.toContain(guessed);
    expect(other).not.toBe(one);
    expect(one).toContain(':quota:person-60:');
  });

  it('that were kept without salt go on to count, are salted at the next start, and end with "come back"', async () => {
    const { client } = redis();
    await client.sadd('repartee:left-alone', wishOf('faketown#u-ann-4711'), wishOf('othertown:ann_w'), wishOf('faketown#u-bob'));
    const wishes = open();
    const isAlone = () => wishes.leftAlone('faketown', [ann]);
    expect(await isAlone()).toBe(true);
    await saltWishes(client);
    expect(await client.exists('repartee:left-alone')).toBe(0);
    expect({ ann: await isAlone(), linked: await wishes.leftAlone('othertown', [{ id: '9', handle: '@Ann_W' }]), bob: await wishes.leftAlone('faketown', [{ id: 'u-bob', handle: 'bob' }]) }).toEqual({ ann: true, linked: true, bob: true });
    expect(await wishes.leftAlone('faketown', [{ id: 'u-eve', handle: 'eve' }])).toBe(false);
    // Added by an older version, which should not run any more.
    await client.sadd('repartee:left-alone', wishOf('faketown#u-ann-4711'));
    expect(await wishes.comeBack('faketown', ann)).toBe(true);
    expect(await isAlone()).toBe(false);
  });

  it('are found while they are taken over by another process, and go with "come back"', async () => {
    const { client } = redis();
    // Another process starts after the first question that this one asks.
    let isFirst = true;
    const during = new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'smismember' && name !== 'srem') return value.bind(target);
        return async (...args: unknown[]) => {
          const wasFirst = isFirst;
          isFirst = false;
          if (!wasFirst) await pause();
          const answer: unknown = await value.apply(target, args);
          if (wasFirst) await saltWishes(target);
          return answer;
        };
      },
    });
    const wishes = openWishes(during, { linked: [], keepQuietMs: 60_000 });
    await client.sadd('repartee:left-alone', wishOf('faketown#u-ann-4711'));
    expect(await wishes.leftAlone('faketown', [ann])).toBe(true);
    await client.flushall();
    await client.sadd('repartee:left-alone', wishOf('faketown#u-ann-4711'));
    isFirst = true;
    expect(await wishes.comeBack('faketown', ann)).toBe(true);
    expect(await open().leftAlone('faketown', [ann])).toBe(false);
  });

  it('of those whom an answer concerns go on to count likewise', async () => {
    const { client } = redis();
    const receipts = openReceipts(client, 60_000);
    await client.set('repartee:concerned:faketown:quip@town.example:r1', JSON.stringify({ id: 'm1', by: [concernOf(ann.id)] }));
    await receipts.concern(concern, 'r2', [ann.id, concernOf('u-bob')]);
    const isConcerned = async (reply: string, id: string) => (await receipts.whose('faketown', 'quip@town.example', reply, id))?.isConcerned;
    expect([await isConcerned('r1', ann.id), await isConcerned('r2', ann.id), await isConcerned('r2', 'u-bob'), await isConcerned('r2', 'u-eve')]).toEqual([true, true, true, false]);
  });
});
