import { Readable } from 'node:stream';
import { beforeEach, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Ledger, Walk } from '../../src/core/ports.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { openLedger, readAccounts } from '../../src/store/ledger.ts';
import { openFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { aMention, aReceipt, self } from '../support/fixtures.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const network = 'faketown';
const { account } = self;
const keepFinalMs = 86_400_000;

describeOverRedis('the ledger', redis => {
  let clock: FakeClock;
  let ledger: Ledger;
  const see = async (...ids: string[]): Promise<readonly MentionRef[]> => ledger.see(network, account, ids.map(id => aMention(id)), 'c9');
  const seeOne = async (id: string): Promise<MentionRef> => {
    const [ref] = await see(id);
    if (!ref) throw new Error('it was known already');
    return ref;
  };

  beforeEach(() => {
    clock = openFakeClock();
    ledger = openLedger(redis().client, { keepFinalMs, now: () => clock.now() });
  });

  it('adds a mention once and tells which ones are new', async () => {
    expect(await see('1', '2')).toEqual([{ network, account, id: '1' }, { network, account, id: '2' }]);
    expect(await see('2', '3')).toEqual([{ network, account, id: '3' }]);
    expect(await ledger.count(network, account)).toEqual({ seen: 3 });
  });

  it('does not touch a record that it holds already', async () => {
    const ref = await seeOne('1');
    await ledger.change(ref, { from: ['seen'], to: 'skipped', patch: { reason: 'own post' } });
    clock.advance(60_000);
    expect(await see('1')).toEqual([]);
    expect(await ledger.get(ref)).toMatchObject({ state: 'skipped', reason: 'own post', seenAt: clock.now() - 60_000 });
  });

  it('moves the cursor with the mentions, also with none', async () => {
    expect(await ledger.cursor(network, account)).toBeUndefined();
    expect(await ledger.see(network, account, [], 'c0')).toEqual([]);
    expect(await ledger.cursor(network, account)).toBe('c0');
    await see('1');
    expect(await ledger.cursor(network, account)).toBe('c9');
  });

  it('moves the cursor and adds the mentions in one command', async () => {
    const monitor = await redis().client.monitor();
    const commands: string[] = [];
    monitor.on('monitor', (_time: string, args: string[], source: string) => {
      if (source !== 'lua') commands.push(args[0]?.toLowerCase() ?? '');
    });
    await see('1');
    await redis().client.ping();
    for (let wait = 0; wait < 100 && !commands.includes('ping'); wait++) await new Promise(resolve => setTimeout(resolve, 10));
    monitor.disconnect();
    // A script that the server does not know yet is sent once more, in full.
    expect(commands.filter(command => !['ping', 'info', 'hello', 'client'].includes(command)).every(command => command.startsWith('eval'))).toBe(true);
    expect(commands).toContain('ping');
  });

  it('knows a mention for new where its page follows on the one before, whichever life of the store this is', async () => {
    let epoch = 'one';
    const own = openLedger(redis().client, { keepFinalMs, epoch: () => epoch });
    const seeIn = async (id: string, walk: Walk) => {
      const [ref] = await own.see(network, account, [aMention(id)], 'c9', walk);
      return ref && (await own.get(ref))?.verify;
    };
    expect(await seeIn('1', { epoch: 'one', next: 'a' })).toBe(true); // the first walk may find what was answered before
    expect(await seeIn('2', { epoch: 'one', last: 'a', next: 'b' })).toBeUndefined();
    epoch = 'two'; // started anew while the page was read
    expect(await seeIn('3', { epoch: 'one', last: 'b', next: 'c', isEnd: true })).toBeUndefined();
    expect(await seeIn('4', { epoch: 'two', last: 'something that was lost', next: 'd', isEnd: true })).toBe(true);
    expect(await seeIn('5', { epoch: 'two', next: 'e' })).toBeUndefined(); // a whole walk was made in this life
  });

  it('refuses a page that goes on from another one where the store was emptied in between', async () => {
    await ledger.see(network, account, [aMention('1')], 'c1', { epoch: 'one', next: 'a' });
    await redis().client.flushall();
    await expect(ledger.see(network, account, [aMention('2')], 'c2', { epoch: 'one', last: 'a', next: 'b' })).rejects.toThrow('the store was emptied while mentions were read');
    expect(await ledger.get({ network, account, id: '2' })).toBeUndefined();
    expect(await ledger.cursor(network, account)).toBeUndefined();
  });

  it('keeps the way of a record short that goes to and fro for days', async () => {
    const ref = await seeOne('1');
    for (let turn = 0; turn < 100; turn++) {
      clock.advance(60_000);
      await ledger.change(ref, { from: ['seen', 'drafted'], to: turn % 2 === 0 ? 'drafted' : 'seen' });
    }
    const { history = [] } = await ledger.get(ref) ?? {};
    expect(history[1]).toEqual({ state: 'drafted', at: (history[0]?.at ?? 0) + 60_000 });
    expect(history.at(-1)).toEqual({ state: 'seen', at: clock.now() });
    expect(history.length).toBeLessThan(40);
  });

  it('holds a fresh record as it was seen', async () => {
    const mention = aMention('1');
    expect(await ledger.get(await seeOne('1'))).toEqual({
      network, account, id: '1', state: 'seen', mention, seenAt: clock.now(), updatedAt: clock.now(), draftNumber: 1, verify: true, history: [{ state: 'seen', at: clock.now() }],
    });
    expect(await ledger.get({ network, account, id: 'nobody' })).toBeUndefined();
  });

  it('changes a record only from an expected state', async () => {
    const ref = await seeOne('1');
    expect(await ledger.change(ref, { from: ['drafted', 'ready'], to: 'posting' })).toBeUndefined();
    expect(await ledger.get(ref)).toMatchObject({ state: 'seen' });
    clock.advance(5);
    expect(await ledger.change(ref, { from: ['drafted', 'seen'], to: 'drafted' })).toMatchObject({ state: 'drafted', updatedAt: clock.now(), id: '1' });
    expect(await ledger.change({ ...ref, id: 'nobody' }, { from: ['seen'], to: 'drafted' })).toBeUndefined();
    expect(await ledger.get({ ...ref, id: 'nobody' })).toBeUndefined();
  });

  it('changes a record only for the fence that it carries', async () => {
    const ref = await seeOne('1');
    expect(await ledger.change(ref, { from: ['seen'], to: 'posting', fence: 'nobody-entered' })).toBeUndefined();
    await ledger.change(ref, { from: ['seen'], to: 'posting', patch: { fence: 'one#1' } });
    expect(await ledger.change(ref, { from: ['posting'], to: 'posted', fence: 'one#2' })).toBeUndefined();
    expect(await ledger.get(ref)).toMatchObject({ state: 'posting', fence: 'one#1' });
    expect(await ledger.change(ref, { from: ['posting'], to: 'posted', fence: 'one#1' })).toMatchObject({ state: 'posted' });
  });

  it('lets one of two win, a hundred times', async () => {
    const client = redis().client.duplicate();
    const other = openLedger(client, { keepFinalMs, now: () => clock.now() });
    const rounds = Array.from({ length: 100 }, (_, round) => `r${round}`);
    await see(...rounds);
    const winners = await Promise.all(rounds.map(async id => {
      const attempts = [ledger, other].map((each, who) => each.change({ network, account, id }, { from: ['seen'], to: 'posting', patch: { fence: `${who}` } }));
      const won = (await Promise.all(attempts)).flatMap((record, who) => (record ? [who] : []));
      expect((await ledger.get({ network, account, id }))?.fence).toBe(String(won[0]));
      return won.length;
    }));
    client.disconnect();
    expect(winners).toEqual(rounds.map(() => 1));
    expect(await ledger.count(network, account)).toEqual({ posting: 100 });
  });

  it('clears a field that a patch sets to undefined and keeps the others', async () => {
    const ref = await seeOne('1');
    await ledger.change(ref, { from: ['seen'], to: 'seen', patch: { failures: 3, wasUnknown: true, reason: '' } });
    const cleared = await ledger.change(ref, { from: ['seen'], to: 'seen', patch: { failures: undefined, absences: undefined } });
    expect(cleared).toMatchObject({ wasUnknown: true, reason: '' });
    expect(cleared).not.toHaveProperty('failures');
    expect(await ledger.get(ref)).toEqual(cleared);
  });

  it('tells of a changed record only what stands in it, not what the caller knew before', async () => {
    const ref = await seeOne('1');
    const parked = await ledger.change(ref, { from: ['seen'], to: 'parked', patch: { reason: 'a test', failures: 3 } });
    const again = parked && await ledger.change(parked, { from: ['parked'], to: 'seen', patch: { reason: undefined, failures: undefined } });
    expect(again).toEqual(await ledger.get(ref));
    expect(again).not.toHaveProperty('reason');
  });

  it('tells what is due, the longest due first, at most as many as asked for', async () => {
    await see('late', 'later', 'soon');
    const change = (id: string, dueInMs: number) => ledger.change({ network, account, id }, { from: ['seen'], to: 'seen', dueInMs });
    await change('later', 30_000);
    await change('late', 20_000);
    await change('soon', 10_000);
    expect(await ledger.due(network, account, 10)).toEqual([]);
    clock.advance(20_000);
    expect((await ledger.due(network, account, 10)).map(({ id }) => id)).toEqual(['soon', 'late']);
    clock.advance(20_000);
    expect((await ledger.due(network, account, 2)).map(({ id }) => id)).toEqual(['soon', 'late']);
    expect((await ledger.due(network, account, 10)).map(({ id }) => id)).toEqual(['soon', 'late', 'later']);
  });

  it('counts deadlines by its own clock, whatever ours says', async () => {
    const own = openLedger(redis().client, { keepFinalMs });
    const ref = await seeOne('1');
    const before = await own.now();
    const record = await own.change(ref, { from: ['seen'], to: 'drafted', deadlineInMs: 10_000 });
    const after = await own.now();
    expect(Math.abs(before - Date.now())).toBeLessThan(1_000); // it is this machine's
    expect(record?.deadline).toBeGreaterThanOrEqual(before + 10_000);
    expect(record?.deadline).toBeLessThanOrEqual(after + 10_000);
  });

  it('looks after a record that nobody touches within seconds', async () => {
    await see('1');
    expect(await ledger.due(network, account, 10)).toEqual([]);
    clock.advance(5_000);
    expect((await ledger.due(network, account, 10)).map(({ id, state }) => [id, state])).toEqual([['1', 'seen']]);
  });

  it('lets a final record leave what is due and gives it a time to live, and an open one none', async () => {
    const refs = await see('1', '2');
    await ledger.change(refs[0] as MentionRef, { from: ['seen'], to: 'parked', patch: { reason: 'unreadable' } });
    clock.advance(3_600_000);
    expect((await ledger.due(network, account, 10)).map(({ id }) => id)).toEqual(['2']);
    const timeToLive = async (id: string) => redis().client.pttl(`repartee:ledger:${network}:${account}:${id}`);
    expect(await timeToLive('1')).toBeGreaterThan(keepFinalMs - 60_000);
    expect(await timeToLive('1')).toBeLessThanOrEqual(keepFinalMs);
    expect(await timeToLive('2')).toBe(-1);
  });

  it('gives a final record that is opened again no end', async () => {
    const ref = await seeOne('1');
    await ledger.change(ref, { from: ['seen'], to: 'parked' });
    await ledger.change(ref, { from: ['parked'], to: 'ready', dueInMs: 0 });
    expect(await redis().client.pttl(`repartee:ledger:${network}:${account}:1`)).toBe(-1);
    expect((await ledger.due(network, account, 10)).map(({ state }) => state)).toEqual(['ready']);
  });

  it('counts every state, and each account for itself', async () => {
    const refs = await see('1', '2', '3');
    await ledger.see(network, 'other@town.example', [aMention('1', { account: 'other@town.example' })], 'c1');
    await ledger.change(refs[0] as MentionRef, { from: ['seen'], to: 'drafted' });
    await ledger.change(refs[0] as MentionRef, { from: ['drafted'], to: 'drafted' });
    await ledger.change(refs[1] as MentionRef, { from: ['seen'], to: 'skipped' });
    await ledger.change(refs[1] as MentionRef, { from: ['seen'], to: 'drafted' });
    expect(await ledger.count(network, account)).toEqual({ seen: 1, drafted: 1, skipped: 1 });
    expect(await ledger.count(network, 'other@town.example')).toEqual({ seen: 1 });
    expect(await ledger.count(network, 'nobody@town.example')).toEqual({});
  });

  it('counts what came to a bad end as long as its record is there, and what went well for ever', async () => {
    for (const [id, to] of [['1', 'parked'], ['2', 'quarantined'], ['3', 'posted'], ['4', 'skipped']] as const) await ledger.change(await seeOne(id), { from: ['seen'], to });
    expect(await ledger.count(network, account)).toEqual({ parked: 1, quarantined: 1, posted: 1, skipped: 1 });
    clock.advance(keepFinalMs + 1_000);
    expect(await ledger.count(network, account)).toEqual({ posted: 1, skipped: 1 });
  });

  it('keeps accounts with the same mention apart', async () => {
    await see('1');
    const [theirs] = await ledger.see(network, 'other@town.example', [aMention('1', { account: 'other@town.example' })], 'c1');
    await ledger.change({ network, account, id: '1' }, { from: ['seen'], to: 'posted' });
    expect(await ledger.get(theirs as MentionRef)).toMatchObject({ state: 'seen', account: 'other@town.example' });
    expect(await readAccounts(redis().client)).toEqual([{ network, account: 'other@town.example' }, { network, account }].toSorted((a, b) => (a.account < b.account ? -1 : 1)));
  });

  it('knows each account once, however often the store names it', async () => {
    const key = `repartee:cursor:${network}:${account}`;
    const repeating = { scanStream: () => Readable.from([[key, key], [key]]) } as unknown as Redis;
    expect(await readAccounts(repeating)).toEqual([{ network, account }]);
  });

  it.each([
    ['lone surrogates', 'a \uD83D b \uDE00 c'],
    ['right to left with controls', '\u202Eمرحبا\u202C שלום \u0000\u0007'],
    ['64 kB', 'ä🦑"\\'.repeat(13_000)],
    ['JSON, Lua and Redis', '{"state":"posted"}\r\n$5\r\n]] .. redis.call("FLUSHALL") --%s'],
    ['nothing', ''],
  ])('gives %s back as it was', async (_, text) => {
    const mention = aMention('1', { text, contentWarning: text });
    const [ref] = await ledger.see(network, account, [mention], text);
    const draft = { number: 1, text, language: 'en', receipt: aReceipt(mention, text) };
    const record = await ledger.change(ref as MentionRef, { from: ['seen'], to: 'drafted', patch: { draft, reason: text } });
    expect(record).toMatchObject({ mention, draft, reason: text, state: 'drafted' });
    expect(await ledger.get(ref as MentionRef)).toEqual(record);
    expect(await ledger.cursor(network, account)).toBe(text.toWellFormed());
  });

  it.each(['2026-11-23T01:41:47.677Z/mention/01a2', '1881234567890123456', 'a b\nc%2F?*[x]', 'https://town.example/@milo/1#note', '__proto__', 'é🦑'])('keeps the id %j', async id => {
    const ref = await seeOne(id);
    clock.advance(5_000);
    expect(ref).toEqual({ network, account, id });
    expect((await ledger.due(network, account, 10)).map(record => record.id)).toEqual([id]);
    expect(await ledger.change(ref, { from: ['seen'], to: 'posted' })).toMatchObject({ id, state: 'posted' });
    expect(await ledger.due(network, account, 10)).toEqual([]);
    expect(await see(id)).toEqual([]);
  });
});
