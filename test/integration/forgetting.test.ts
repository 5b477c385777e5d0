// Some networks let nobody keep for long what people wrote on them: the words go, who, where and when stay.
import { expect, it } from '@jest/globals';
import { openLedger } from '../../src/store/ledger.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { aMention, anItem, aReceipt } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

/** Later than the first draft of a process takes on a slow machine. */
const soon = (): string => new Date(Date.now() + 1_800).toISOString();
const words = 'is the ferry ever on time?';
const dump = async (client: { keys(pattern: string): Promise<string[]>; type(key: string): Promise<string>; hgetall(key: string): Promise<Record<string, string>> }): Promise<string> => {
  const hashes = (await client.keys('*')).filter(key => !key.includes('receipt'));
  return JSON.stringify(await Promise.all(hashes.map(async key => ((await client.type(key)) === 'hash' ? client.hgetall(key) : key))));
};

describeOverRedis('what people wrote', redis => {
  it('goes at its time, while the record stays and knows the mention when it comes in again', async () => {
    const { client } = redis();
    const line = openLine(client);
    const mention = aMention('1', { text: `@quip@town.example ${words}`, quote: aMention('0', { text: words }), forgetAt: soon() });
    const ref = await line.draft(mention);
    expect(await line.record(ref)).toMatchObject({ state: 'drafted', mention });
    await until(async () => (await line.record(ref)).forgotten === true);

    const { mention: bare, draft, state } = await line.record(ref);
    expect({ state, draft, text: bare.text, quote: bare.quote }).toEqual({ state: 'drafted', draft: undefined, text: '', quote: undefined });
    expect(bare).toMatchObject({ id: '1', url: mention.url, createdAt: mention.createdAt, author: { id: 'u-milo', handle: 'milo@town.example', isBot: false } });
    expect(await dump(client)).not.toContain('ferry');
    expect(await line.ledger.see(line.network.name, mention.account, [mention], 'c1')).toEqual([]);
  });

  it('is missed nowhere: what is not composed or not sent by then is skipped, what may have been posted is looked for', async () => {
    const line = openLine(redis().client);
    const fresh = await line.see(aMention('1', { forgetAt: soon() }));
    const drafted = await line.draft(aMention('2', { forgetAt: soon() }));
    const unknown = await line.draft(aMention('3', { forgetAt: soon() }));
    await line.ledger.change(unknown, { from: ['drafted'], to: 'unknown', patch: { wasUnknown: true }, deadlineInMs: -1 });
    await until(async () => (await line.record(fresh)).forgotten === true && (await line.record(drafted)).forgotten === true && (await line.record(unknown)).forgotten === true);

    expect(await line.compose(fresh)).toMatchObject({ kind: 'skipped', reason: expect.stringContaining('may not be kept') });
    expect(await line.publish(drafted)).toMatchObject({ kind: 'skipped' });
    expect((await line.runToEnd(unknown)).at(-1)).toMatchObject({ kind: 'parked' });
    expect(line.network.posts).toEqual([]);
  });

  it('does not come back with a draft that was made while it went', async () => {
    const line = openLine(redis().client);
    const mention = aMention('1', { forgetAt: soon() });
    const ref = await line.see(mention);
    await until(async () => (await line.record(ref)).forgotten === true);
    const receipt = aReceipt(mention, 'Late.');
    await line.ledger.change(ref, { from: ['seen'], to: 'drafted', patch: { draft: { number: 1, text: 'Late.', language: 'en', receipt } } });
    expect(await line.record(ref)).not.toHaveProperty('draft');
    expect(await dump(redis().client)).not.toContain('ferry');
  });

  it('goes from a receipt too, which keeps the answer, the headlines and a hash of each word', async () => {
    const receipts = openReceipts(redis().client, 60_000);
    const mention = aMention('1', { text: words });
    const items = [anItem('Ferry strike enters its third day'), anItem('I saw the ferry sulk', { id: 'post-7', kind: 'post', summary: 'sulk', forgetAt: soon() })];
    const receipt = { ...aReceipt(mention, 'Never.'), items, thread: [{ author: 'wilma', url: 'https://town.example/posts/0', text: 'The ferry is late.' }], reply: { id: 'r1', url: '' }, forgetAt: soon() };
    const read = () => receipts.get(mention.network, mention.account, 'r1');
    await receipts.put(receipt);
    expect(await read()).toEqual({ ...receipt, id: expect.stringMatching(/^[\w-]{11}$/u) });
    await until(async () => (await read())?.forgotten === true);

    const bare = await read();
    expect(bare).toMatchObject({ answer: 'Never.', reply: { id: 'r1' }, asked: expect.stringMatching(/^sha256:[0-9a-f]{16}$/u), thread: [{ author: 'wilma', url: 'https://town.example/posts/0' }] });
    expect(bare?.items.map(({ text, matched }) => [text, matched])).toEqual([['Ferry strike enters its third day', []], [expect.stringMatching(/^sha256:/u), []]]);
    expect(JSON.stringify(bare)).not.toMatch(/on time|is late|sulk/u);
  });

  it('goes from the receipt of another network, which keeps what was asked on that one', async () => {
    const receipts = openReceipts(redis().client, 60_000);
    const mention = aMention('1', { text: words });
    const items = [anItem('I saw the ferry sulk', { id: 'post-7', kind: 'post', forgetAt: soon() }), anItem('Ferry strike', { matched: ['ferry'] })];
    await receipts.put({ ...aReceipt(mention, 'Never.'), items, reply: { id: 'r1', url: '' } });
    const read = () => receipts.get(mention.network, mention.account, 'r1');
    expect(JSON.stringify(await read())).toContain('sulk');
    await until(async () => (await read())?.forgotten === true);
    expect(await read()).toMatchObject({ asked: words, answer: 'Never.', items: [{ id: 'post-7', text: expect.stringMatching(/^sha256:/u) }, { text: 'Ferry strike', matched: ['ferry'] }] });
    expect(JSON.stringify(await read())).not.toContain('sulk');
  });

  it('goes with a draft that tells of it, though the mention might have stayed', async () => {
    const line = openLine(redis().client, { gathered: { open: false, items: [{ ...anItem('I saw the goose sulk', { kind: 'post', forgetAt: soon() }), score: 1, matched: [] }] } });
    const ref = await line.draft(aMention('1'));
    await line.ledger.change(ref, { from: ['drafted'], to: 'parked', patch: { reason: 'nobody knows' } });
    expect(await dump(redis().client)).toContain('goose sulk');
    await until(async () => (await line.record(ref)).forgotten === true);
    expect(await dump(redis().client)).not.toContain('goose');
  });

  it('goes with the answer where nothing says otherwise: a finished record is one value beside its state', async () => {
    const { client } = redis();
    const line = openLine(client);
    const ref = await line.draft(aMention('1', { text: words }));
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    expect(Object.keys(await client.hgetall(`repartee:ledger:${ref.network}:${ref.account}:1`)).toSorted()).toEqual(['rest', 'state']);
    expect(await dump(client)).not.toContain('ferry');
    expect((await line.receipts.get(ref.network, ref.account, (await line.record(ref)).reply?.id ?? ''))?.asked).toBe(words);
  });

  it('stays with a record that somebody may want to try again, which then is as it was', async () => {
    const ledger = openLedger(redis().client, { keepFinalMs: 60_000 });
    const mention = aMention('1', { text: words });
    const [ref] = await ledger.see(mention.network, mention.account, [mention], 'c0');
    if (!ref) throw new Error('it was known already');
    await ledger.change(ref, { from: ['seen'], to: 'parked', patch: { reason: 'unreadable', failures: 2 } });
    const parked = await ledger.get(ref);
    expect(parked).toMatchObject({ state: 'parked', mention, reason: 'unreadable', failures: 2 });
    await ledger.change(ref, { from: ['parked'], to: 'seen', patch: { reason: undefined } });
    const again = await ledger.change(ref, { from: ['seen'], to: 'parked', patch: { reason: 'still unreadable' } });
    expect(again).toMatchObject({ mention, reason: 'still unreadable', failures: 2, seenAt: parked?.seenAt });
    await ledger.change(ref, { from: ['parked'], to: 'seen', patch: { reason: undefined, failures: undefined } });
    const last = await ledger.get(ref);
    expect(last).toEqual({ ...ref, state: 'seen', mention, seenAt: parked?.seenAt, updatedAt: expect.any(Number), draftNumber: 1, verify: true, history: expect.any(Array) });
    expect(last?.history?.map(({ state }) => state)).toEqual(['seen', 'parked', 'seen', 'parked', 'seen']);
    expect(last?.history?.at(-1)?.at).toBe(last?.updatedAt);
  });
});
