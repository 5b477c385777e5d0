// Deleted posts on the servers that speak Mastodon's API: over HTTP, from the post that is gone to the receipt that everybody sees.
import { afterEach, describe, expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import { openGates } from '../../src/networks/mastodon/gate.ts';
import { openMastodon } from '../../src/networks/mastodon/open.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { serverNames } from '../../src/sandbox/servers/index.ts';
import { openRereads } from '../../src/store/rereads.ts';
import { rereadDue } from '../../workers/reread.ts';
import { walkMentions } from '../contract/network-driver.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { get, openBot, openFakeMastodon, userAgent, wireStatus } from '../support/fake-mastodon.ts';
import { aMention, openScriptedModel } from '../support/fixtures.ts';
import type { FlakyServer } from '../support/flaky-server.ts';
import { openTools } from '../support/line.ts';
import { openMastodonDriver, type MastodonDriver } from '../support/mastodon-driver.ts';
import { openSomeRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';
import { openTestWeb } from '../support/web.ts';

const minuteMs = 60_000;
let driver: MastodonDriver | undefined;
let server: FlakyServer | undefined;
afterEach(async () => {
  await driver?.close();
  await server?.close();
  [driver, server] = [undefined, undefined];
});

describe.each(serverNames)('on %s', software => {
  it('the words of a deleted post are gone from /r/<id>.json after the next look, and the answer with the post that it is about', async () => {
    driver = await openMastodonDriver({ server: software });
    const { sandbox } = driver;
    let shiftMs = 0;
    const bent = { now: () => Date.now() + shiftMs, monotonic: () => performance.now() + shiftMs };
    const network = await openMastodon({ url: sandbox.url, token: 'repartee', timeoutSeconds: 5 }, { clock: bent, userAgent, say: () => undefined });
    const redis = await openSomeRedis();
    try {
      const { ledger, receipts, composeTools, publishTools } = openTools(redis.client, bent, network, openScriptedModel('Never. It is a ferry, not a promise.'));
      const { cursor } = await network.mentions();
      const above = await driver.say('ole', 'an ostrich told me');
      const parent = await driver.say('wilma', 'the zebra is late', { under: above });
      await driver.say('ana', 'is that so?', { under: parent, tag: true });
      const { mentions, cursor: after } = await walkMentions(network, cursor);
      const [ref] = await ledger.see(network.name, network.self.account, mentions, after);
      if (!ref) throw new Error('the mention did not arrive');
      // The first walk of a ledger may find what an earlier one answered; here it did not.
      await ledger.change(ref, { from: ['seen'], to: 'seen', verifiedIn: ledger.epoch() });
      expect(await compose(ref, composeTools)).toMatchObject({ kind: 'drafted' });
      const posted = await publish(ref, publishTools);
      if (posted.kind !== 'posted') throw new Error(JSON.stringify(posted));

      const web = await openTestWeb(redis.client, { receipts });
      const kept = await receipts.get(network.name, network.self.account, posted.reply.id);
      const show = async () => {
        const page = await fetch(`${web.url}/r/${kept?.id ?? ''}.json`);
        return { status: page.status, text: await page.text() };
      };
      const rereads = openRereads(redis.client, { keepMs: 30 * 86_400_000 }, bent.now);
      await rereads.add(ref);
      const lookLater = async (ms: number) => {
        shiftMs += ms;
        await rereadDue(network, { rereads, rereadTools: () => ({ ...publishTools, network, accounts: [network] }) }, () => undefined);
      };
      const remove = async (by: string, id: string) => {
        const gone = async () => (await fetch(`${sandbox.url}/api/v1/statuses/${encodeURIComponent(id)}`, { headers: { authorization: `Bearer ${by}` } })).status === 404;
        await fetch(`${sandbox.url}/api/v1/statuses/${encodeURIComponent(id)}`, { method: 'DELETE', headers: { authorization: `Bearer ${by}` } });
        await until(gone);
      };

      await lookLater(10 * minuteMs);
      expect((await show()).text).toMatch(/ostrich.*zebra/u);
      await remove('ole', above);
      await lookLater(50 * minuteMs);
      const { status, text } = await show();
      expect(status).toBe(200);
      expect(text).toMatch(/sha256:[0-9a-f]{16}.*zebra/u);
      expect(text).not.toMatch(/ostrich|"ole/u);
      expect(await driver.posted()).toEqual([posted.reply.id]);

      await remove('wilma', parent);
      await lookLater(6 * 60 * minuteMs);
      expect((await show()).status).toBe(404);
      await until(async () => (await driver?.posted())?.length === 0);
    } finally {
      await redis.close();
    }
  });

  it('as few requests as can be look at many posts, and tell what is gone', async () => {
    driver = await openMastodonDriver({ server: software });
    const { network, proxy, sandbox } = driver;
    const ids: string[] = [];
    for (let number = 0; number < 30; number += 1) ids.push(await driver.say('ana', `post ${number}`));
    const shown = await driver.say('ana', 'for everybody');
    const hidden = await driver.say('ana', 'for friends', { visibility: 'followers' });
    const gone = ids[7] ?? '';
    await fetch(`${sandbox.url}/api/v1/statuses/${encodeURIComponent(gone)}`, { method: 'DELETE', headers: { authorization: 'Bearer ana' } });
    await until(async () => (await fetch(`${sandbox.url}/api/v1/statuses/${encodeURIComponent(gone)}`)).status === 404);

    const before = proxy.requests.length;
    const found = await network.look?.([shown, ...ids, hidden]);
    // A page is asked for once more, for its status.
    const requests = proxy.requests.slice(before).map(({ path }) => path).filter((path, at, all) => path !== all[at - 1]);
    if (software.startsWith('mastodon')) {
      expect([...found ?? []].filter(([, { stands }]) => !stands).map(([id]) => id)).toEqual([gone, hidden]);
      expect(requests).toHaveLength(4);
    } else {
      // One by one, as many as a call may make.
      expect(found?.size).toBe(23);
      expect([...found ?? []].filter(([, { stands }]) => !stands).map(([id]) => id)).toEqual([gone]);
      const [, ...singles] = requests;
      expect(singles).toHaveLength(23);
      const asked = proxy.requests.length;
      expect([...await network.look?.([shown, ...ids, hidden]) ?? []].filter(([, { stands }]) => !stands).map(([id]) => id)).toEqual([gone, hidden]);
      expect(new Set(proxy.requests.slice(asked).map(({ path }) => path)).size).toBe(9);
    }
  });
});

describe('a look at posts on Mastodon', () => {
  const open = async () => {
    server = await openFakeMastodon();
    return { server, network: await openBot(server) };
  };
  const isList = ({ path }: { readonly path: string }): boolean => path.startsWith('/api/v1/statuses?');

  it('asks one by one for what the list leaves out, and takes it for gone only when it is', async () => {
    const opened = await open();
    opened.server.answer(get('/api/v1/statuses'), { status: 200, body: [wireStatus('1')] });
    opened.server.answer(get('/api/v1/statuses/2'), { status: 200, body: wireStatus('2') });
    expect(await opened.network.look?.(['1', '2', '3'])).toEqual(new Map([['1', { stands: true, visibility: 'public' }], ['2', { stands: true, visibility: 'public' }], ['3', { stands: false }]]));
  });

  it('asks a server without a list for it once', async () => {
    const { server: town, network } = await open();
    for (const id of ['1', '2']) {
      town.answer(get(`/api/v1/statuses/${id}`), { status: 200, body: wireStatus(id) });
      expect(await network.look?.([id])).toEqual(new Map([[id, { stands: true, visibility: 'public' }]]));
    }
    expect(town.requests.filter(isList)).toHaveLength(1);
  });

  it('ends after ten seconds, and is gone on with by the next', async () => {
    server = await openFakeMastodon();
    let at = 0;
    const slow = { now: () => Date.now(), monotonic: () => (at += 500) };
    const network = await openMastodon({ url: server.url, token: 't', timeoutSeconds: 5 }, { clock: slow, userAgent, say: () => undefined });
    const ids = Array.from({ length: 20 }, (_, id) => String(id + 1));
    for (const id of ids) server.answer(get(`/api/v1/statuses/${id}`), { status: 200, body: wireStatus(id) });
    const first = await network.look?.(ids);
    expect(first?.size).toBeGreaterThan(5);
    expect(first?.size).toBeLessThan(12);
    expect(new Set([...first?.keys() ?? [], ...(await network.look?.(ids))?.keys() ?? []]).size).toBeGreaterThan(15);
  });

  it('asks once in ten minutes for what is read for many answers', async () => {
    server = await openFakeMastodon();
    let at = 0;
    const network = await openMastodon({ url: server.url, token: 't', timeoutSeconds: 5 }, { clock: { now: () => Date.now(), monotonic: () => at }, userAgent, say: () => undefined });
    server.answer(get('/api/v1/statuses'), { status: 200, body: [wireStatus('1')] });
    for (const [ms, times] of [[0, 1], [10 * minuteMs, 1], [10 * minuteMs + 1, 2]] as const) {
      at = ms;
      expect(await network.look?.(['1'])).toEqual(new Map([['1', { stands: true, visibility: 'public' }]]));
      expect(server.requests.filter(isList)).toHaveLength(times);
    }
  });

  it('tells what an edited post says now, and whether it tags us still', async () => {
    const { server: town, network } = await open();
    const mentions = [{ id: '1', acct: 'bot', username: 'bot', url: 'https://town.example/@bot' }];
    town.answer(get('/api/v1/statuses'), { status: 200, body: [wireStatus('1', { edited_at: '2026-01-03T00:00:00.000Z' }), wireStatus('2', { edited_at: '2026-01-03T00:00:00.000Z', mentions })] });
    expect(await network.look?.(['1', '2'])).toEqual(new Map([['1', { stands: true, visibility: 'public', text: 'post 1', isUntagged: true }], ['2', { stands: true, visibility: 'public', text: 'post 2' }]]));
  });

  it('shows a mention as it stands: as it was, edited, or gone where it is deleted or tags us no more', async () => {
    const { server: town, network } = await open();
    const mentions = [{ id: '1', acct: 'bot', username: 'bot', url: 'https://town.example/@bot' }];
    const given = aMention('1', { network: 'mastodon', account: network.self.account });
    const path = get('/api/v1/statuses/1');
    town.answer(path, { status: 404, body: { error: 'Record not found' } });
    // Nothing was ever shown here.
    expect(await network.asItStands?.(given)).toBe(given);
    town.answer(path, { status: 200, body: wireStatus('1', { content: '<p>rendered otherwise</p>' }) });
    expect(await network.asItStands?.(given)).toBe(given);
    town.answer(path, { status: 200, body: wireStatus('1', { content: '<p>other words</p>', spoiler_text: 'boats', mentions, edited_at: '2026-01-03T00:00:00.000Z' }) });
    expect(await network.asItStands?.(given)).toMatchObject({ id: '1', account: network.self.account, text: 'other words', contentWarning: 'boats', salutation: expect.stringMatching(/^@\S+ $/u) });
    town.answer(path, { status: 200, body: wireStatus('1', { edited_at: '2026-01-03T00:00:00.000Z' }) });
    expect(await network.asItStands?.(given)).toBeUndefined();
    town.answer(path, { status: 404, body: { error: 'Record not found' } });
    expect(await network.asItStands?.(given)).toBeUndefined();
  });

  it('does without a list that shows nothing, says nothing where nobody ever showed a post, and leaves out what it could not ask', async () => {
    const { server: town, network } = await open();
    town.answer(get('/api/v1/statuses'), { status: 200, body: [] });
    expect(await network.look?.(['1'])).toEqual(new Map([['1', { stands: true }]]));
    for (const id of ['2', '3', '4', '5', '6', '7']) town.answer(get(`/api/v1/statuses/${id}`), { status: 200, body: wireStatus(id) });
    await network.look?.(['2', '3', '4', '5', '6']);
    const lists = town.requests.filter(isList).length;
    town.answer(get('/api/v1/statuses/8'), { status: 503, body: { error: 'busy' } });
    expect([...await network.look?.(['7', '8', '9']) ?? []].map(([id]) => id)).toEqual(['7']);
    expect(town.requests.filter(isList)).toHaveLength(lists);
    await expect(network.look?.(['8'])).rejects.toBeInstanceOf(TemporaryError);
    town.answer(get('/api/v1/statuses/8'), { status: 403, body: { error: 'This action is outside the authorized scopes' } });
    await expect(network.look?.(['8'])).rejects.toMatchObject({ name: 'PermanentError', about: 'account' });
  });

  it('leaves a fifth of the allowance to what is read and answered', async () => {
    const fake = openFakeClock();
    const gates = openGates('a server', fake);
    const left = (remaining: number) => gates.answering.look(new Headers({ 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': new Date(fake.now() + 60_000).toISOString() }));
    const ask = async () => 'asked';
    left(61);
    expect(await gates.looking.pass(ask)).toBe('asked');
    left(60);
    await expect(gates.looking.pass(ask)).rejects.toBeInstanceOf(TemporaryError);
    expect(await gates.reading.pass(ask)).toBe('asked');
    fake.advance(60_001);
    expect(await gates.looking.pass(ask)).toBe('asked');
  });
});
