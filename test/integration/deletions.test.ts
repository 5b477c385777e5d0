// What people take back or change after it was read for an answer goes from what is kept of it, within a day.
import { inflateRawSync } from 'node:zlib';
import { beforeEach, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Look, RankedItem } from '../../src/core/types.ts';
import { dryRun } from '../../src/networks/dry-run.ts';
import { reread } from '../../src/pipeline/reread.ts';
import { openReceipts } from '../../src/store/receipts.ts';
import { openRereads } from '../../src/store/rereads.ts';
import { rereadDue } from '../../workers/reread.ts';
import { aMention, anAuthor, anItem, aPost } from '../support/fixtures.ts';
import { openLine } from '../support/line.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

const minuteMs = 60_000;

describeOverRedis('what was read for an answer, looked at again,', redis => {
  beforeEach(async () => {
    await redis().client.flushall();
  });
  const dump = async (): Promise<string> => {
    const { client } = redis();
    const keys = await client.keys('repartee:*receipt:*');
    return (await Promise.all(keys.map(async key => inflateRawSync(await client.getBuffer(key) ?? Buffer.alloc(0)).toString('utf8')))).join('\n');
  };

  const wilma = anAuthor('wilma');
  const trending: RankedItem = anItem('a walrus is loose', { kind: 'post', url: 'https://town.example/@bert/77', summary: 'a walrus!', post: { network: 'faketown', account: 'quip@town.example', id: '77' } });
  /** An answer under a post of Wilma's, with Ole and the bot above it and a trending post beside it. `now`: what has changed since. */
  const answered = async (now: Readonly<Record<string, Look>>, more: Parameters<typeof aMention>[1] = {}) => {
    const line = openLine(redis().client, { gathered: { open: false, items: [trending, anItem('ferry strike')] }, says: ['I said zebra.', 'Never. It is a ferry, not a promise.'] });
    line.network.setThread('9', [
      aPost('6', { author: anAuthor('ole'), text: 'an ostrich told me' }), aPost('7', { author: anAuthor('quip', line.network.self), text: 'ours' }), aPost('8', { author: wilma, text: 'the zebra is late' }),
    ]);
    const asked: string[][] = [];
    const look = async (ids: readonly string[]) => {
      asked.push([...ids]);
      return new Map(ids.map(id => [id, now[id] ?? { stands: true, visibility: 'public' as const }]));
    };
    const network: Network = { ...line.network, look };
    const ref = await line.draft(aMention('9', { replyTo: '8', ...more }));
    expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
    const receipt = () => line.receipts.get('faketown', line.network.self.account, 'reply-1');
    return { line, ref, asked, receipt, again: () => reread([ref], { ...line.publishTools, network, accounts: [network] }) };
  };
  const hash = expect.stringMatching(/^sha256:[0-9a-f]{16}$/u);

  it('stands while all of it stands, and each post is asked for once, ours never', async () => {
    const { ref, again, asked, receipt } = await answered({});
    const before = await receipt();
    expect(await again()).toEqual([{ ref, found: 'stands' }]);
    expect(asked).toEqual([['9', '6', '8', '77']]);
    expect(await receipt()).toEqual(before);
  });

  it.each<[string, Look]>([
    ['gone', { stands: false }], ['narrower', { stands: true, visibility: 'followers' }], ['said differently', { stands: true, visibility: 'public', text: 'an emu told me' }],
  ])('goes from the receipt where a post of the thread is %s, with who said it where, and the answer stays', async (_, now) => {
    const { ref, line, again, receipt } = await answered({ 6: now });
    const ttl = await redis().client.pttl(`repartee:receipt:faketown:${line.network.self.account}:reply-1`);
    expect(await again()).toEqual([{ ref, found: 'stands', line: expect.stringContaining('gone from its receipt') }]);
    const kept = await receipt();
    expect(kept?.thread).toEqual([{ author: '', url: '', text: hash }, expect.objectContaining({ text: 'ours' }), expect.objectContaining({ id: '8', text: 'the zebra is late' })]);
    expect(kept?.drafts).toEqual([]);
    expect(await dump()).not.toMatch(/ostrich|ole@|\/6"/u);
    expect(line.network.posts).toHaveLength(1);
    // It is kept no longer for it, and once is enough.
    const left = await redis().client.pttl(`repartee:receipt:faketown:${line.network.self.account}:reply-1`);
    expect(left > 0 && left <= ttl).toBe(true);
    expect(await again()).toEqual([{ ref, found: 'stands' }]);
  });

  it.each<[string, Look]>([['gone', { stands: false }], ['narrower', { stands: true, visibility: 'direct' }], ['said differently', { stands: true, visibility: 'public', text: 'it was a seal' }]])(
    'goes from the receipt where a trending post is %s', async (_, now) => {
      const { again, receipt } = await answered({ 77: now });
      await again();
      const [item, other] = (await receipt())?.items ?? [];
      expect(item).toEqual({ id: hash, source: trending.source, kind: 'post', text: hash, heat: 0.8, at: trending.at, score: 1, matched: [] });
      expect(other).toMatchObject({ text: 'ferry strike', matched: ['ferry'] });
      expect(await dump()).not.toMatch(/walrus|bert/u);
    });

  it('is an edited question whose words go, once, and the answer stays', async () => {
    const { line, ref, again, receipt } = await answered({ 9: { stands: true, visibility: 'public', text: '@quip@town.example nothing' } });
    expect(await again()).toEqual([{ ref, found: 'stands', line: expect.any(String) }]);
    const kept = await receipt();
    expect(kept).toMatchObject({ asked: hash, asker: { handle: 'milo@town.example' } });
    expect(kept?.items.every(({ matched }) => matched.length === 0)).toBe(true);
    await again();
    expect(await receipt()).toEqual(kept);
    expect(line.network.posts).toHaveLength(1);
  });

  it.each<[string, Look]>([['deleted', { stands: false }], ['hidden from the public', { stands: true, visibility: 'followers' }]])(
    'takes the answer along where the post that it is about was %s', async (_, now) => {
      const { line, ref, again, receipt } = await answered({ 8: now });
      expect(await again()).toEqual([{ ref, found: 'over', line: expect.stringContaining('the post it was about was taken back') }]);
      expect(line.network.posts).toEqual([]);
      expect(await receipt()).toBeUndefined();
      expect(await line.record(ref)).toMatchObject({ state: 'posted', reason: 'removed: the post it was about was taken back' });
    });

  it('takes the answer along where the post that it is about was quoted and deleted, and keeps it where that was merely edited', async () => {
    const quote = aPost('5', { author: wilma, text: 'quoted words' });
    const gone = await answered({ 5: { stands: false } }, { quote });
    expect(await gone.again()).toMatchObject([{ found: 'over' }]);
    await redis().client.flushall();
    const edited = await answered({ 5: { stands: true, text: 'other words' }, 8: { stands: true, text: 'other words' } }, { quote });
    expect(await edited.again()).toMatchObject([{ found: 'stands' }]);
    expect(edited.line.network.posts).toHaveLength(1);
  });

  it('leaves an answer where the post it is about was ours and is gone', async () => {
    const { line, ref, asked, again } = await answered({ 7: { stands: false } }, { replyTo: '7' });
    expect(await again()).toEqual([{ ref, found: 'stands' }]);
    expect(asked.flat()).not.toContain('7');
    expect(line.network.posts).toHaveLength(1);
  });

  it('does not come back where somebody removes the receipt meanwhile', async () => {
    const { client } = redis();
    await answered({});
    const racing = Object.create(client, { getBuffer: { value: async (key: string) => {
      const bytes = await client.getBuffer(key);
      await client.del(key);
      return bytes;
    } } }) as typeof client;
    await openReceipts(racing, 86_400_000).strike('faketown', 'quip@town.example', 'reply-1', [{ network: 'faketown', account: 'quip@town.example', id: '6' }]);
    expect(await client.keys('repartee:*receipt:*')).toEqual([]);
  });

  it('among few people may be as narrow as it was', async () => {
    const { line, again, receipt } = await answered({ 9: { stands: true, visibility: 'direct' }, 8: { stands: true, visibility: 'direct' } }, { visibility: 'direct' });
    const before = await receipt();
    expect(await again()).toMatchObject([{ found: 'stands' }]);
    expect(await receipt()).toEqual(before);
    expect(line.network.posts).toHaveLength(1);
  });

  it('is forgotten altogether where it came to a bad end', async () => {
    const line = openLine(redis().client);
    line.network.setThread('9', [aPost('8', { author: wilma, text: 'the zebra is late' })]);
    const ref = await line.draft(aMention('9', { text: '@quip@town.example what of the ibex?' }));
    line.network.fates.push('mention gone');
    expect(await line.publish(ref)).toMatchObject({ kind: 'rejected' });
    const see = (stands: boolean) => ({ ...line.network, look: async (ids: readonly string[]) => new Map(ids.map(id => [id, { stands: id !== '8' || stands }])) });
    expect(await reread([ref], { ...line.publishTools, network: see(true), accounts: [see(true)] })).toEqual([{ ref, found: 'stands' }]);
    expect((await line.record(ref)).draft?.receipt.thread).toHaveLength(1);
    expect(await reread([ref], { ...line.publishTools, network: see(false), accounts: [see(false)] })).toEqual([{ ref, found: 'over', line: expect.stringContaining('forgotten') }]);
    expect(await line.record(ref)).toMatchObject({ state: 'rejected', forgotten: true });
    expect(JSON.stringify(await Promise.all((await redis().client.keys('repartee:*')).map(async key => (await redis().client.type(key) === 'hash' ? redis().client.hgetall(key) : ''))))).not.toMatch(/zebra|ibex/u);
  });

  it.each([['for a while', new TemporaryError('faketown said 503')], ['at all', new PermanentError('faketown said 403', { about: 'account' })]])('keeps its place in the line where its network does not answer %s', async (_, error) => {
    let at = Date.now();
    const rereads = openRereads(redis().client, { keepMs: 86_400_000 }, () => at);
    const { line, ref } = await answered({});
    await rereads.add(ref);
    at += 11 * minuteMs;
    let fails = true;
    const network: Network = { ...line.network, look: async ids => {
      if (fails) throw error;
      return new Map(ids.map(id => [id, { stands: true }]));
    } };
    const tools = { rereads, rereadTools: () => ({ ...line.publishTools, network, accounts: [network] }) };
    await rereadDue(network, tools, () => undefined);
    expect(await redis().client.zscore(`repartee:reread:faketown:${ref.account}`, ref.id)).toBe(String(at - minuteMs));
    fails = false;
    await rereadDue(network, tools, () => undefined);
    expect(await redis().client.zscore(`repartee:reread:faketown:${ref.account}`, ref.id)).toBe(String(at + 49 * minuteMs));
  });

  it('goes from receipts of other networks too, and one that cannot say holds nobody up', async () => {
    const { line, ref, receipt } = await answered({}, {});
    const other = (look: Network['look']): Network => ({ ...line.network, name: 'elsewhere', ...(look && { look }) });
    const mute = { ...line.network, name: 'x-like' };
    const elsewhere = { ...trending, post: { network: 'elsewhere', account: line.network.self.account, id: '77' } };
    const kept = await receipt();
    if (!kept) throw new Error('there is no receipt');
    await line.receipts.put({ ...kept, items: [elsewhere] });
    const own = { ...line.network, look: async (ids: readonly string[]) => new Map(ids.map(id => [id, { stands: true }])) };
    const again = (accounts: readonly Network[]) => reread([ref], { ...line.publishTools, network: line.network, accounts });
    const failing = other(() => Promise.reject(new TemporaryError('elsewhere said 503')));
    expect(await again([own, failing])).toEqual([{ ref, found: 'stands' }]);
    expect(await again([line.network, mute, failing])).toEqual([{ ref, found: 'unknown' }]);
    expect(await again([line.network, mute])).toEqual([{ ref, found: 'over' }]);
    expect(await again([line.network, other(async () => new Map([['77', { stands: false }]]))])).toMatchObject([{ ref, found: 'stands' }]);
    expect(JSON.stringify(await receipt())).not.toContain('walrus');
  });

  it('goes at once where it is known to be gone, and the rest is asked for again', async () => {
    const { line, ref, receipt } = await answered({});
    const network: Network = { ...line.network, look: async () => new Map([['6', { stands: false }]]) };
    expect(await reread([ref], { ...line.publishTools, network, accounts: [network] })).toMatchObject([{ found: 'unknown' }]);
    expect((await receipt())?.thread[0]).toEqual({ author: '', url: '', text: hash });
  });

  it('is looked at with the eyes that read it, also where nothing is posted', async () => {
    const { line } = await answered({});
    const dry = dryRun({ ...line.network, trending: async () => [trending, anItem('ferry strike')] }, () => undefined);
    expect((await dry.trending()).map(({ post }) => post)).toEqual([{ network: 'faketown', account: dry.self.account, id: '77' }, undefined]);
  });
});
