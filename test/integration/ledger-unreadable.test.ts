import { expect, it } from '@jest/globals';
import type { Person } from '../../src/core/manners.ts';
import type { State } from '../../src/core/record.ts';
import { listen } from '../../src/pipeline/listen.ts';
import { reread } from '../../src/pipeline/reread.ts';
import { listRecords } from '../../src/store/ledger-book.ts';
import { exportLedger } from '../../src/store/ledger-file.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openMemory } from '../../src/store/memory.ts';
import { pack, unpack } from '../../src/store/receipts.ts';
import { sweep } from '../../workers/sweep.ts';
import { anAuthor, aMention, self } from '../support/fixtures.ts';
import { epoch, openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { readWholeStore } from '../support/whole-store.ts';

const network = 'faketown';
const { account } = self;
const keyOf = (id: string) => `repartee:ledger:${network}:${account}:${id}`;
const badWay = String.raw`"seen+1\,...,b"`;
const lineOf = (id: string, field: string) => `${network} ${account} ${id}: its record cannot be read (${field}) and is passed over: see whether it was answered, then mend or delete ${keyOf(id)} and repartee:texts:${network}:${account}:${id} in Redis`;

describeOverRedis('a ledger with a record that nobody can read', redis => {
  const client = () => redis().client;
  /** Three mentions, the one in the middle broken, and a ledger that tells of it. */
  const fill = async (state: State = 'seen') => {
    const line = openLine(client());
    for (const id of ['before', 'broken', 'after']) {
      const ref = await line.see(aMention(id));
      if (state !== 'seen') await line.ledger.change(ref, { from: ['seen'], to: state, patch: { reason: 'a test' } });
      line.clock.advance(1_000);
    }
    line.clock.advance(10_000);
    const told: string[] = [];
    const ledger = openLedger(client(), { keepFinalMs: 86_400_000, now: () => line.clock.now(), epoch: () => epoch, warn: each => void told.push(each) });
    return { ...line, ledger, told };
  };

  it.each([
    ['way', badWay],
    ['failures', '{'],
    ['mention', '"nobody"'],
    ['updatedAt', '"long ago"'],
  ])('wakes up and lists the others, and names it once: its %s is broken', async (field, value) => {
    const { ledger, told, clock } = await fill();
    for (const key of [keyOf('broken'), keyOf('broken').replace('ledger', 'texts')]) await client().hset(key, field, value);
    const woken: string[] = [];
    const sweepOnce = () => sweep({ name: network, self }, ledger, async (_, refs) => void woken.push(...refs.map(({ id }) => id)));
    expect(await sweepOnce()).toBe(2);
    expect(woken).toEqual(['before', 'after']);
    clock.advance(90_000);
    expect(await sweepOnce()).toBe(2);
    expect((await listRecords(client(), ledger, { limit: 50 })).records.map(({ id }) => id).toSorted()).toEqual(['after', 'before']);
    await expect(ledger.get({ network, account, id: 'broken' })).rejects.toThrow(lineOf('broken', field));
    expect(told).toEqual([lineOf('broken', field)]);
    expect(await client().hget(keyOf('broken'), field)).toBe(value);
  });

  it('does not let many of them take the place of the others', async () => {
    const { ledger } = await fill();
    for (const id of ['before', 'broken']) await client().hset(keyOf(id), 'way', badWay);
    expect(await ledger.due(network, account, 2)).toEqual([]);
    expect((await ledger.due(network, account, 2)).map(({ id }) => id)).toEqual(['after']);
  });

  it('goes on with it once it is mended', async () => {
    const { ledger, clock } = await fill();
    await client().hset(keyOf('broken'), 'way', badWay);
    await ledger.due(network, account, 10);
    await client().hdel(keyOf('broken'), 'way');
    clock.advance(60_000);
    expect((await ledger.due(network, account, 10)).map(({ id }) => id)).toContain('broken');
  });

  it('lists what else ended, with lists and without', async () => {
    const { ledger, told } = await fill('parked');
    await client().hset(keyOf('broken'), 'rest', `{"way":${badWay}}`);
    const list = async () => (await listRecords(client(), ledger, { limit: 50 })).records.map(({ id }) => id);
    expect(await list()).toEqual(['after', 'before']);
    await client().del(...await client().keys('repartee:ended*'));
    expect(await list()).toEqual(['after', 'before']);
    expect(told).toEqual([lineOf('broken', 'rest')]);
  });

  it.each([
    ['mention', '{'],
    ['mention', '"nobody"'],
    ['rest', 'no JSON'],
  ])('keeps nobody from being forgotten, and nothing of him: its %s is %s', async (field, value) => {
    const { ledger } = await fill();
    const { author } = aMention('any');
    await client().hset(keyOf('broken'), field, value, ...(field === 'rest' ? ['mention', ''] : []));
    await client().set(`repartee:receipt:${network}:${account}:torn`, 'no receipt');
    const memory = openMemory(client(), { keptDays: 1, rewrite: async () => undefined });
    expect(await memory.about(network, { id: 'u-else', handle: 'else@town.example' })).toEqual({ mentions: 0, keptDays: 1 });
    const before = await client().hgetall(keyOf('broken'));
    await memory.erase(network, { id: 'u-else', handle: 'else@town.example' });
    expect(await client().hgetall(keyOf('broken'))).toEqual(before);
    await memory.erase(network, author);
    const kept = await Promise.all((await client().keys('repartee:*')).map(async key => ((await client().type(key)) === 'hash' ? client().hgetall(key) : key)));
    expect([author.id, author.handle, 'torn'].filter(each => JSON.stringify(kept).includes(each))).toEqual([]);
    expect(await client().hget(keyOf('broken'), 'state')).toBe('seen');
    expect(await ledger.see(network, account, [aMention('broken')], 'c9')).toEqual([]);
  });

  it.each(['ledger', 'texts'])('passes over one whose key in %s is no hash, in all that is done with the others', async kind => {
    const { ledger, told } = await fill();
    const key = keyOf('broken').replace('ledger', kind);
    await client().del(key);
    await client().set(key, 'mended by hand');
    const woken: string[] = [];
    await sweep({ name: network, self }, ledger, async (_, refs) => void woken.push(...refs.map(({ id }) => id)));
    expect(woken).toEqual(['before', 'after']);
    expect((await listRecords(client(), ledger, { limit: 50 })).records.map(({ id }) => id).toSorted()).toEqual(['after', 'before']);
    const passedOver: string[] = [];
    let lines = '';
    for await (const each of exportLedger(client(), undefined, line => void passedOver.push(line))) lines += each;
    expect(lines.trim().split('\n').at(-1)).toContain('"records":2');
    expect([told, passedOver]).toEqual([[lineOf('broken', 'its type')], [lineOf('broken', 'its type')]]);
    const memory = openMemory(client(), { keptDays: 1, rewrite: async () => undefined });
    await memory.erase(network, { id: 'u-else', handle: 'else@town.example' });
    expect(await client().get(key)).toBe('mended by hand');
  });

  it('exports what there is beside a receipt that nobody can read, and names it', async () => {
    await fill();
    const key = `repartee:receipt:${network}:${account}:torn`;
    await client().set(key, 'no receipt');
    const told: string[] = [];
    let lines = '';
    for await (const each of exportLedger(client(), undefined, line => void told.push(line))) lines += each;
    expect(lines.trim().split('\n').at(-1)).toContain('"records":3,"receipts":0');
    expect(told).toEqual([`${network} ${account} torn: its receipt cannot be read and is passed over: delete ${key} in Redis`]);
  });

  const forget = (person: Person) => openMemory(client(), { keptDays: 1, rewrite: async () => undefined }).erase(network, person);

  it.each(['by the one who asked', 'that does not say who asked', 'in two parts'])('leaves nothing of who is forgotten on the receipt %s, where its record is torn after the answer', async how => {
    const line = openLine(client(), { says: ['Zebras keep their own calendar.', 'The ferry keeps another one.'] });
    const ann = anAuthor('ann', { id: 'u-ann-4711' });
    const forgetAt = how === 'in two parts' ? { forgetAt: '2100-01-01T00:00:00.000Z' } : {};
    const his = await line.draft(aMention('broken', { author: ann, text: '@quip@town.example what about my zebra?', ...forgetAt }));
    await line.runToEnd(his);
    const other = await line.draft(aMention('other', { author: anAuthor('eve'), text: '@quip@town.example what about the ferry?' }));
    await line.runToEnd(other);
    const rest = await client().hget(keyOf('broken'), 'rest') ?? '';
    expect(rest).toContain(ann.id);
    await client().hset(keyOf('broken'), 'rest', rest.slice(0, rest.indexOf(ann.id) + ann.id.length + 2));
    const [kept = ''] = await client().keys('repartee:receipt:*:reply-1');
    const receipt = unpack(await client().getBuffer(kept));
    if (how === 'that does not say who asked' && receipt) await client().set(kept, pack({ ...receipt, asker: undefined } as never));
    await forget({ id: ann.id, handle: 'Ann@Town.example' });
    expect(await line.receipts.get(network, account, 'reply-1')).toBeUndefined();
    expect(await client().exists(`repartee:receipt-id:${receipt?.id ?? ''}`)).toBe(0);
    const dump = await readWholeStore(client());
    expect(['zebra', 'Zebras', ann.id, ann.handle].filter(each => dump.includes(each))).toEqual([]);
    expect(await line.receipts.get(network, account, 'reply-2')).toMatchObject({ asked: '@quip@town.example what about the ferry?', asker: { handle: 'eve@town.example' } });
    expect(await line.record(his).catch(() => 'unreadable')).toBe('unreadable');
    expect(await line.ledger.see(network, account, [aMention('broken')], 'c9')).toEqual([]);
  });

  it.each([
    ['is @else right?', false], ['is @Else@Town.example right?', false], ['is ELSE@town.example right?', false], ['well:\n@else?', false],
    ['is @elsewhere right?', true], ['is @else@other.example right?', true], ['is somebody.else@town.examples right?', true], ['is there anything else?', true],
  ])('empties a broken record of somebody else that says "%s", as a whole one would be masked: stays %s', async (text, stays) => {
    const line = openLine(client());
    const ref = await line.see(aMention('broken', { text: `@quip@town.example ${text}` }));
    await client().hset(keyOf('broken'), 'mention', '{');
    await forget({ id: 'u-else', handle: 'else@town.example' });
    expect([(await client().exists(keyOf(ref.id).replace('ledger', 'texts'))) === 1, await client().hget(keyOf('broken'), 'mention')]).toEqual([stays, stays ? '{' : null]);
    expect(await client().hget(keyOf('broken'), 'state')).toBe('seen');
  });

  it('exports the others, and names what is not among them', async () => {
    await fill();
    await client().hset(keyOf('broken'), 'way', badWay);
    const told: string[] = [];
    let lines = '';
    for await (const each of exportLedger(client(), undefined, line => void told.push(line))) lines += each;
    expect(['before', 'broken', 'after'].map(id => lines.includes(`"id":"${id}"`))).toEqual([true, false, true]);
    expect(lines.trim().split('\n').at(-1)).toContain('"records":2');
    expect(told).toEqual([lineOf('broken', 'way')]);
  });

  it('takes no edit of it for a new mention, and leaves its answer under watch', async () => {
    const { ledger, network: town, receipts, composeTools } = await fill();
    await client().hset(keyOf('broken'), 'way', badWay);
    const page = { mentions: [aMention('edit', { earlier: ['broken'] })], cursor: 'c9', more: false };
    expect(await listen({ ...town, mentions: async () => page }, ledger, async () => undefined)).toMatchObject({ added: 0 });
    const ref = { network, account, id: 'broken' };
    expect(await reread([ref], { network: town, accounts: [town], ledger, receipts, memory: composeTools.memory })).toEqual([{ ref, found: 'unknown' }]);
  });

  it('does not break one whose way a file brought, however it looks', async () => {
    const { ledger } = await fill();
    for (const way of [`a${'\\'.repeat(300)},b`, 'a'.repeat(500)]) {
      await client().hset(keyOf('broken'), 'way', JSON.stringify(way));
      expect(await ledger.change({ network, account, id: 'broken' }, { from: ['seen', 'drafted'], to: 'drafted' })).toMatchObject({ state: 'drafted' });
      await ledger.change({ network, account, id: 'broken' }, { from: ['drafted'], to: 'seen' });
    }
  });
});
