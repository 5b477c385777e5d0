// What moves with a ledger beside its mentions: wishes, pauses, whose answers may be removed by whom, and what is looked at again.
import { expect, it } from '@jest/globals';
import { openHalt } from '../../src/store/halt.ts';
import { exportLedger, importLedger } from '../../src/store/ledger-file.ts';
import { readLines } from '../../src/store/ledger-lines.ts';
import { openMeters } from '../../src/store/meter.ts';
import { openPrompts } from '../../src/store/prompts.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { openRereads } from '../../src/store/rereads.ts';
import { openWishes } from '../../src/store/wishes.ts';
import { anAuthor, aMention, self } from '../support/fixtures.ts';
import { epoch, openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const network = 'faketown';
const { account } = self;
const [ann, bob] = [anAuthor('ann', { id: 'u-ann-4711' }), anAuthor('bob', { id: 'u-bob-4712' })];
const instructions = { version: 'abc', text: 'Be brief.', persona: { name: 'gadfly', version: '1' }, since: 1_795_000_000_000 };
const looked = { network, account, id: 'old' };
const keepMs = 86_400_000;

describeOverRedis('what moves with a ledger', redis => {
  const client = () => redis().client;
  const wishes = () => openWishes(client(), { linked: [], keepQuietMs: 60_000 });
  const receipts = () => openReceipts(client(), keepMs);
  const read = async () => {
    let lines = '';
    for await (const line of exportLedger(client(), text => text.replaceAll('hunter2', '***'))) lines += line;
    return lines;
  };
  const write = (lines: string) => importLedger(client(), readLines(lines, 'the file'), keepMs);
  const isAlone = (who = ann) => wishes().leftAlone(network, [who]);
  const isHers = async () => (await receipts().whose(network, account, 'r1', ann.id))?.isConcerned;

  const fill = async () => {
    await wishes().leaveAlone(network, ann);
    await wishes().keepQuiet(network, account, ['loud-thread']);
    await receipts().concern({ network, account, id: 'm1' }, 'r1', [ann.id]);
    await openHalt(client()).pause(network, 'too cheeky about hunter2');
    await openPrompts(client()).keep(instructions);
    await openRereads(client(), { keepMs }).add(looked);
  };

  it('holds where it is brought to, until its own end, and says no secret', async () => {
    await fill();
    const exported = await read();
    expect(exported).not.toContain('hunter2');
    await client().flushall();
    const { added } = await write(exported);
    expect(added).toEqual({ records: 0, receipts: 0, notes: 8, cursors: 0 });
    expect({ ann: await isAlone(), bob: await isAlone(bob), isHers: await isHers() }).toEqual({ ann: true, bob: false, isHers: true });
    expect(await wishes().isQuiet(network, account, ['loud-thread'])).toBe(true);
    expect(await openHalt(client()).reason(network)).toBe('too cheeky about ***');
    expect(await openPrompts(client()).get('abc')).toEqual(instructions);
    expect(await openRereads(client(), { keepMs }, () => Date.now() + 3_600_000).due(network, account, 5)).toMatchObject([looked]);
    const [quiet = ''] = await client().keys('repartee:quiet:*');
    expect(await client().pttl(quiet)).toBeGreaterThan(50_000);
    expect(await client().pttl(quiet)).toBeLessThanOrEqual(60_000);
    expect(await write(exported)).toEqual({ added: { records: 0, receipts: 0, notes: 0, cursors: 0 }, known: added, over: { records: 0, receipts: 0, notes: 0, cursors: 0 } });
  });

  it('brings along what was spent: a move is no second budget', async () => {
    const clock = { now: () => Date.now(), monotonic: () => performance.now() };
    const meter = () => openMeters(Promise.resolve(client()), clock, { keepMs, warn: line => expect(line).toBe('') })(network, account);
    const before = meter();
    before.charge({ what: 'a post', price: 0.25, mention: 'm1' });
    before.charge({ what: 'a person', price: 0.01, ids: ['u-7', 'u-8'] });
    expect(await before.spent('m1')).toEqual({ today: 0.27, mention: 0.25 });
    const exported = await read();
    await client().flushall();
    await write(exported);
    const after = meter();
    expect(await after.spent('m1')).toEqual({ today: 0.27, mention: 0.25 });
    after.charge({ what: 'a person', price: 0.01, ids: ['u-8', 'u-9'] });
    expect(await after.spent()).toEqual({ today: 0.28, mention: 0 });
    expect(await after.reserve('m2', 0.1, 1, 0.3, 60_000)).toMatchObject({ granted: 0 });
    for (const key of await client().keys('repartee:meter:*:[dr]*:*')) expect(await client().pttl(key)).toBeGreaterThan(3_600_000);
    // What was spent there before it came: the larger one counts, however often it comes.
    await client().flushall();
    const there = meter();
    there.charge({ what: 'a person', price: 0.01, ids: ['u-1'] });
    expect(await there.spent()).toEqual({ today: 0.01, mention: 0 });
    for (let times = 0; times < 2; times += 1) await write(exported);
    expect(await meter().spent('m1')).toEqual({ today: 0.27, mention: 0.25 });
    for (const wrong of ['many', '007', '-5', '9223372036854775807']) expect(() => readLines(exported.replace(/"sum":"\d+"/u, `"sum":"${wrong}"`), 'the file')).toThrow(/line \d+/u);
  });

  it('puts no end to what has none', async () => {
    await fill();
    const exported = await read();
    const forged = exported.split('\n').map(line => (line.includes('left-alone') ? line.replace(/\}$/u, `,"endsAt":${Date.now() + 50}}`) : line)).join('\n');
    expect(forged).not.toBe(exported);
    await write(forged);
    await new Promise(resolve => setTimeout(resolve, 80));
    expect(await isAlone()).toBe(true);
  });

  it('counts beside what a store holds already, under its own salt, and ends with "come back"', async () => {
    await fill();
    const exported = await read();
    await client().flushall();
    await wishes().leaveAlone(network, bob);
    await write(exported);
    expect({ ann: await isAlone(), bob: await isAlone(bob), isHers: await isHers() }).toEqual({ ann: true, bob: true, isHers: true });
    // Moved once more, to a store that has no salt yet.
    const again = await read();
    await client().flushall();
    await write(again);
    expect({ ann: await isAlone(), bob: await isAlone(bob), isHers: await isHers() }).toEqual({ ann: true, bob: true, isHers: true });
    expect(await wishes().comeBack(network, ann)).toBe(true);
    expect({ ann: await isAlone(), bob: await isAlone(bob) }).toEqual({ ann: false, bob: true });
    expect(await wishes().comeBack(network, ann)).toBe(false);
  });

  it('brings more than one line of people along', async () => {
    await Promise.all(Array.from({ length: 2_500 }, (_, each) => wishes().leaveAlone(network, anAuthor(`p${each}`, { id: `u-${each}` }))));
    const exported = await read();
    expect(exported.split('\n').filter(line => line.includes('left-alone'))).toHaveLength(3);
    await client().flushall();
    await write(exported);
    expect(await wishes().leftAlone(network, [anAuthor('p2499', { id: 'u-2499' })])).toBe(true);
    expect(await wishes().leftAlone(network, [anAuthor('p2500', { id: 'u-2500' })])).toBe(false);
  });

  it('is exported by a store that takes no writes any more', async () => {
    await fill();
    const before = (await client().keys('*')).toSorted();
    const writes: string[] = [];
    const still = new Proxy(client(), {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (['set', 'sadd', 'hset', 'hsetnx', 'zadd', 'del', 'srem', 'setnx'].includes(String(name))) writes.push(String(name));
        return value.bind(target) as unknown;
      },
    });
    let lines = '';
    for await (const line of exportLedger(still)) lines += line;
    expect(lines).toContain('"notes":8');
    expect(writes).toEqual([]);
    expect((await client().keys('*')).toSorted()).toEqual(before);
  });

  it('says nothing to be read that it does not hold, whatever comes in while it is written', async () => {
    const { ledger } = openLine(client());
    await ledger.see(network, account, [aMention('early')], 'c0', { epoch });
    const lines = exportLedger(client());
    let exported = (await lines.next()).value as string;
    await ledger.see(network, account, [aMention('late')], 'c9', { epoch });
    for await (const each of lines) exported += each;
    expect(exported).toContain('"cursor":"c0"');
    expect(readLines(exported, 'the file').at(-1)).toMatchObject({ cursors: 1 });
  });
});
