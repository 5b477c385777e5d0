import { expect, it } from '@jest/globals';
import { finalStates, type State } from '../../src/core/record.ts';
import type { MentionRef } from '../../src/core/types.ts';
import { findRecords, listRecords, retryRecord } from '../../src/store/ledger-book.ts';
import { exportLedger, importLedger } from '../../src/store/ledger-file.ts';
import { readLines } from '../../src/store/ledger-lines.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { aMention, aReceipt, self } from '../support/fixtures.ts';
import { epoch, maxAgeMs, openLine, settleMs } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const network = 'faketown';
const keepFinalMs = 86_400_000; // as the line's ledger
const oldWords = { says: ['The very same old words.', 'These are also old words.', 'These words are older.', 'These are the oldest words.', 'These are the words.'] };

describeOverRedis('the ledger for people', redis => {
  const client = () => redis().client;
  /** Mentions that came to different ends, a second apart. */
  const fill = async () => {
    const line = openLine(client());
    const end = async (id: string, state: State, more: object = {}) => {
      const ref = await line.see(aMention(id));
      line.clock.advance(1_000);
      await line.ledger.change(ref, { from: ['seen'], to: state, patch: { reason: `for ${id}`, ...more } });
      return ref;
    };
    const draftOf = (id: string) => ({ number: 1, text: 'a text', language: 'en', receipt: aReceipt(aMention(id), 'a text') });
    await end('posted', 'posted');
    await end('skipped', 'skipped');
    await end('parked', 'parked', { draft: draftOf('parked'), fence: 'process-two#1', wasUnknown: true });
    await end('poison', 'quarantined', { crashes: 2 });
    await end('rejected', 'rejected', { draft: draftOf('rejected'), fence: 'process-two#2' });
    line.clock.advance(1_000);
    await line.see(aMention('waiting'));
    return line;
  };
  const read = async () => {
    let lines = '';
    for await (const line of exportLedger(client())) lines += line;
    return lines;
  };
  const write = (lines: string) => importLedger(client(), readLines(lines, 'the file'), keepFinalMs);
  const none = { cursors: 0, notes: 0, records: 0, receipts: 0 };

  it('lists by state, newest first, and what came to no end with the default', async () => {
    const { ledger } = await fill();
    const ids = async (wanted: Partial<Parameters<typeof listRecords>[2]> = {}) => {
      const { records, total } = await listRecords(client(), ledger, { limit: 50, ...wanted });
      return [records.map(({ id }) => id), total];
    };
    expect(await ids()).toEqual([['waiting', 'rejected', 'poison', 'parked'], 4]);
    expect(await ids({ states: ['parked', 'quarantined'] })).toEqual([['poison', 'parked'], 2]);
    expect(await ids({ states: ['posted'] })).toEqual([['posted'], 1]);
    expect(await ids({ limit: 1, states: ['parked', 'rejected'] })).toEqual([['rejected'], 2]);
    expect(await ids({ network: 'elsewhere' })).toEqual([[], 0]);
    expect(await findRecords(client(), ledger, 'parked')).toMatchObject([{ id: 'parked', state: 'parked' }]);
    expect(await findRecords(client(), ledger, 'nobody')).toEqual([]);
  });

  it('lists what changed last, however much is unfinished, and counts nothing that has gone', async () => {
    const line = await fill();
    const backlog = Array.from({ length: 30 }, (_, at) => `open-${at}`);
    for (const id of backlog) {
      line.clock.advance(10);
      await line.see(aMention(id));
    }
    line.clock.advance(10);
    await line.ledger.change({ network, account: self.account, id: 'open-7' }, { from: ['seen'], to: 'parked', patch: { reason: 'last' } });
    const page = await listRecords(client(), line.ledger, { limit: 3, keepFinalMs });
    expect([page.records.map(({ id }) => id), page.total]).toEqual([['open-7', 'open-29', 'open-28'], 34]);
    line.clock.advance(keepFinalMs);
    expect(await listRecords(client(), line.ledger, { limit: 3, keepFinalMs, states: ['parked'] })).toMatchObject({ total: 1 });
  });

  it('lists what ended before there were lists', async () => {
    const line = await fill();
    const before = await listRecords(client(), line.ledger, { limit: 50, states: finalStates });
    expect(before.records).toHaveLength(5);
    await client().del(...await client().keys('repartee:ended*'));
    await line.ledger.change({ network, account: self.account, id: 'waiting' }, { from: ['seen'], to: 'parked', patch: { reason: 'after' } });
    const after = await listRecords(client(), line.ledger, { limit: 50, states: finalStates });
    expect(after.records.map(({ id }) => id)).toEqual(['waiting', ...before.records.map(({ id }) => id)]);
    expect(after.total).toBe(6);
  });

  it('lets a record leave its list when it is forgotten', async () => {
    const line = await fill();
    line.clock.advance(keepFinalMs + 1);
    await line.ledger.change(await line.see(aMention('later')), { from: ['seen'], to: 'parked', patch: { reason: 'later' } });
    expect(await client().zrange(`repartee:ended:${network}:${self.account}:parked`, '0', '-1')).toEqual(['later']);
  });

  it('tries again what came to a bad end: with other words, with the same, or after having looked', async () => {
    const { ledger } = await fill();
    const retry = async (id: string) => {
      const [record] = await findRecords(client(), ledger, id);
      const done = record ? await retryRecord(ledger, record, { settleMs, maxAgeMs }) : { refused: 'not there' };
      return 'refused' in done ? done.refused : done.retried;
    };
    expect(await retry('parked')).toMatchObject({ state: 'unknown', wasUnknown: true, draft: { text: 'a text' } });
    expect(await retry('poison')).toEqual(expect.not.objectContaining({ crashes: 2 }));
    expect(await retry('rejected')).toMatchObject({ state: 'seen', draftNumber: 2 });
    expect(await retry('posted')).toBe('it is answered');
    expect(await retry('skipped')).toBe('it was skipped on purpose: for skipped');
    expect(await retry('waiting')).toBe('it is seen, and is being looked after');
    expect((await ledger.due(network, self.account, 10)).map(({ id }) => id).toSorted()).toEqual(['parked', 'poison', 'rejected']);
  });

  it('asks for other words where the last ones were withheld', async () => {
    const line = openLine(client());
    const ref = await line.see(aMention('1'));
    await line.ledger.change(ref, { from: ['seen'], to: 'withheld', patch: { reason: 'not fit to be said' } });
    expect(await retryRecord(line.ledger, await line.record(ref), { settleMs, maxAgeMs })).toMatchObject({ retried: { state: 'seen', draftNumber: 2 } });
  });

  it('leaves a mention that the bot would only pass over as it is, with its words', async () => {
    const line = openLine(client());
    const ref = await line.draft(aMention('1'));
    await line.ledger.change(ref, { from: ['drafted'], to: 'parked', patch: { reason: 'a test' } });
    const parked = await line.record(ref);
    line.clock.advance(90 * 60_000);
    expect(await retryRecord(line.ledger, parked, { settleMs, maxAgeMs })).toEqual({ refused: 'it is 1.5 h old, and what is older than 1 h is left alone (answer.maxAgeHours)' });
    expect(await line.record(ref)).toEqual(parked);
  });

  it('does not take the absence of a reply for an answer while the attempt before the retry may still be under way', async () => {
    const line = openLine(client());
    const ref = await line.draft(aMention('1'));
    await line.ledger.change(ref, { from: ['drafted'], to: 'posting', patch: { fence: 'process-two#1' }, deadlineInMs: 10_000 });
    await line.ledger.change(ref, { from: ['posting'], to: 'quarantined', patch: { reason: 'it ends every process' } });
    await retryRecord(line.ledger, await line.record(ref), { settleMs, maxAgeMs });
    expect(await line.publish(ref)).toMatchObject({ kind: 'later', afterMs: 10_000 + settleMs });
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted' });
    expect(line.network.posts).toHaveLength(1);
  });

  it('answers a parked mention after a retry, and not again when it was answered', async () => {
    const line = openLine(client());
    line.network.fates.push('cut after commit');
    const ref = await line.draft(aMention('1'));
    await line.publish(ref);
    await line.ledger.change(ref, { from: ['unknown'], to: 'parked', patch: { reason: 'a test' } });
    const [record] = await findRecords(client(), line.ledger, '1');
    if (record) await retryRecord(line.ledger, record, { settleMs, maxAgeMs });
    expect(await line.publish(ref)).toMatchObject({ kind: 'later', reason: 'the network may still show our reply' });
    line.clock.advance(2 * settleMs);
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted', readBack: true });
    expect(line.network.posts).toHaveLength(1);
  });

  it('asks for other words where the network has these already, having looked first, and says them to nobody twice', async () => {
    const line = openLine(client(), oldWords);
    const retry = async (ref: MentionRef) => retryRecord(line.ledger, await line.record(ref), { settleMs, maxAgeMs });
    // What was refused at every first attempt was never ours.
    line.network.fates.push('duplicate', 'duplicate', 'duplicate', 'duplicate');
    const refused = await line.draft(aMention('1'));
    expect((await line.runToEnd(refused)).at(-1)).toMatchObject({ kind: 'parked' });
    expect(await retry(refused)).toMatchObject({ retried: { state: 'seen', draftNumber: 5, verify: true } });
    expect(await line.compose(refused)).toMatchObject({ kind: 'drafted' });
    expect((await line.runToEnd(refused)).at(-1)).toMatchObject({ kind: 'posted', readBack: false });
    // One that was cut off may have arrived: it is looked for, and nothing more is sent.
    line.network.fates.push('cut before commit', 'duplicate');
    const unsure = await line.draft(aMention('2'));
    expect((await line.runToEnd(unsure)).at(-1)).toMatchObject({ kind: 'parked' });
    const { posts } = line.network;
    const sent = posts.length;
    line.network.fates.push('duplicate');
    expect(await retry(unsure)).toMatchObject({ retried: { state: 'unknown', wasUnknown: true } });
    expect((await line.runToEnd(unsure)).at(-1)).toMatchObject({ kind: 'parked' });
    expect(line.network.fates).toEqual(['duplicate']);
    expect(posts).toHaveLength(sent);
  });

  it('looks for an answer to a mention before it gets other words than those that the network has already', async () => {
    const line = openLine(client(), oldWords);
    const ref = await line.draft(aMention('1'));
    line.network.fates.push('duplicate', 'duplicate', 'duplicate', 'duplicate');
    await line.runToEnd(ref);
    line.network.posts.push({ id: 'r1', url: '', text: 'ours', idempotencyKey: '', to: ref.id, visibleAt: 0 });
    await retryRecord(line.ledger, await line.record(ref), { settleMs, maxAgeMs });
    expect(await line.compose(ref)).toMatchObject({ kind: 'posted', readBack: true });
  });

  it('moves to another Redis and back: the same records, nothing twice, and nothing sure of itself', async () => {
    const line = await fill();
    const exported = await read();
    const before = await listRecords(client(), line.ledger, { limit: 50 });
    await client().flushall();
    expect(await write(exported)).toEqual({ added: { cursors: 1, notes: 0, records: 6, receipts: 0 }, known: none, over: none });
    expect(await write(exported)).toEqual({ added: none, known: { cursors: 1, notes: 0, records: 6, receipts: 0 }, over: none });
    const after = await listRecords(client(), line.ledger, { limit: 50 });
    expect(after.records).toEqual(before.records.map(record => ({ ...record, verify: true })));
    expect(await line.ledger.count(network, self.account)).toEqual({ posted: 1, skipped: 1, parked: 1, quarantined: 1, rejected: 1, seen: 1 });
    expect(await line.ledger.cursor(network, self.account)).toBe('c0');
    expect(await client().pttl(`repartee:ledger:${network}:${self.account}:parked`)).toBeGreaterThan(80_000_000);
    expect((await openLedger(client(), { keepFinalMs: 1_000 }).due(network, self.account, 10)).map(({ id }) => id)).toEqual(['waiting']);
    expect(toTimeless(await read())).toEqual(toTimeless(exported));
    expect(exported).not.toContain(epoch);
  });

  it('does not move back what went on meanwhile', async () => {
    const line = await fill();
    const exported = await read();
    const ref = { network, account: self.account, id: 'waiting' };
    await line.ledger.change(ref, { from: ['seen'], to: 'skipped', patch: { reason: 'meanwhile' } });
    await line.ledger.see(network, self.account, [], 'c7', { epoch });
    await write(exported);
    expect(await line.ledger.get(ref)).toMatchObject({ state: 'skipped' });
    expect(await line.ledger.cursor(network, self.account)).toBe('c7');
  });

  it.each([
    ['was posted, though nobody was told', 'cut after commit', true],
    ['was never posted', undefined, false],
  ] as const)('looks elsewhere for what %s before it is posted', async (_, fate, readBack) => {
    const line = openLine(client());
    const ref = await line.draft(aMention('1'));
    if (fate) {
      line.network.fates.push(fate);
      await line.publish(ref);
    }
    const exported = await read();
    await client().flushall();
    await write(exported);
    expect(await line.record(ref)).toMatchObject({ verify: true, draft: { number: 1 } });
    expect((await line.runToEnd(ref)).at(-1)).toMatchObject({ kind: 'posted', readBack });
    expect(line.network.posts).toHaveLength(1);
  });

  it('brings receipts along, those with words that must go and those without, each until its own end', async () => {
    const line = openLine(client());
    const receipts = openReceipts(client(), keepFinalMs);
    const answered = (id: string, more: object = {}) => ({ ...aReceipt(aMention(id), 'Never.'), reply: { id: `r${id}`, url: '' }, ...more });
    const soon = new Date(Date.now() + 60_000).toISOString();
    await line.see(aMention('1'));
    await receipts.put(answered('1'));
    await receipts.put(answered('2', { forgetAt: soon }));
    const exported = await read();
    await client().flushall();
    expect(await write(exported)).toMatchObject({ added: { receipts: 3 } });
    expect(await write(exported)).toMatchObject({ added: none, known: { receipts: 3 } });
    expect(await receipts.get(network, self.account, 'r1')).toEqual({ ...answered('1'), id: expect.any(String) });
    expect(await receipts.find((await receipts.get(network, self.account, 'r1'))?.id ?? '')).toMatchObject({ reply: { id: 'r1' } });
    expect(await receipts.get(network, self.account, 'r2')).toEqual({ ...answered('2', { forgetAt: soon }), id: expect.any(String) });
    const whole = `repartee:whole-receipt:${network}:${self.account}:r2`;
    expect(await client().pttl(whole)).toBeLessThanOrEqual(60_000);
    await client().del(whole);
    expect(await receipts.get(network, self.account, 'r2')).toMatchObject({ forgotten: true, asked: expect.stringMatching(/^sha256:/u) });
  });

  it('brings back nothing that has come to its end meanwhile, however often it is read', async () => {
    await fill();
    const late = (await read()).replaceAll(/"endsAt":\d+/gu, '"endsAt":1700000000000').replace('"texts":{"mention"', '"textsEndAt":1700000000000,"texts":{"mention"');
    await client().flushall();
    for (const time of [1, 2]) expect([time, (await write(late)).over]).toEqual([time, { records: 5, receipts: 0, notes: 0, cursors: 0 }]);
    const { ledger } = openLine(client());
    expect(await ledger.count(network, self.account)).toEqual({ seen: 1 });
    expect(await listRecords(client(), ledger, { limit: 50, states: finalStates })).toEqual({ records: [], total: 0 });
  });

  it('adds a record whole or not at all', async () => {
    await fill();
    const exported = await read();
    await client().flushall();
    const lines = readLines(exported, 'the file');
    const half = lines.map(each => (each.kind === 'record' && each.id === 'waiting' ? { ...each, textsEndAt: 1_795_700_000_000.5 } : each));
    await expect(importLedger(client(), half, keepFinalMs)).rejects.toThrow();
    expect(await client().exists(`repartee:ledger:${network}:${self.account}:waiting`)).toBe(0);
    await client().set(`repartee:texts:${network}:${self.account}:waiting`, 'nobody knows what');
    await expect(importLedger(client(), lines, keepFinalMs)).rejects.toThrow();
    expect(await client().exists(`repartee:ledger:${network}:${self.account}:waiting`)).toBe(0);
    await client().del(`repartee:texts:${network}:${self.account}:waiting`);
    expect(await write(exported)).toMatchObject({ added: { cursors: 1 } });
    const { ledger } = openLine(client());
    expect((await ledger.due(network, self.account, 10)).map(({ id }) => id)).toEqual(['waiting']);
    expect(await ledger.count(network, self.account)).toEqual({ posted: 1, skipped: 1, parked: 1, quarantined: 1, rejected: 1, seen: 1 });
  });

  it('keeps what is finished in one value, as where it ended, and what is unfinished without an end', async () => {
    await fill();
    const exported = (await read()).replaceAll('"state":"seen"', '"state":"seen","endsAt":1700000000000');
    await client().flushall();
    await write(exported);
    const fields = async (id: string) => Object.keys(await client().hgetall(`repartee:ledger:${network}:${self.account}:${id}`)).toSorted();
    expect(await fields('parked')).toEqual(['rest', 'state']);
    expect(await fields('waiting')).toEqual(['draftNumber', 'mention', 'seenAt', 'state', 'updatedAt']);
    expect(await client().pttl(`repartee:ledger:${network}:${self.account}:waiting`)).toBe(-1);
  });
});

/** Times of ending are told in milliseconds, and some go by. */
const toTimeless = (lines: string): unknown[] => lines.trim().split('\n').slice(1)
  .map(line => ({ ...JSON.parse(line) as { readonly id?: string }, endsAt: 0, textsEndAt: 0 })).toSorted((one, other) => ((one.id ?? '') < (other.id ?? '') ? -1 : 1));
