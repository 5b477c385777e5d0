// What must hold on every server: nothing posted twice, nothing lost, and a server that has had enough is left alone.
import { afterEach, describe, expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Outcome } from '../../src/core/record.ts';
import type { Mention, MentionRef } from '../../src/core/types.ts';
import { openGates } from '../../src/networks/mastodon/gate.ts';
import { openMastodon } from '../../src/networks/mastodon/open.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { publish } from '../../src/pipeline/publish.ts';
import { serverNames, type ServerName } from '../../src/sandbox/servers/index.ts';
import { walkMentions } from '../contract/network-driver.ts';
import { get, openFakeMastodon, someMention } from '../support/fake-mastodon.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { openScriptedModel } from '../support/fixtures.ts';
import type { SeenRequest } from '../support/flaky-server.ts';
import { openTools } from '../support/line.ts';
import { openMastodonDriver, type MastodonDriver } from '../support/mastodon-driver.ts';
import { openSomeRedis } from '../support/redis-servers.ts';

const clock = { now: () => Date.now(), monotonic: () => performance.now() };
const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
let driver: MastodonDriver | undefined;
afterEach(async () => {
  await driver?.close();
  driver = undefined;
});

/** Ids of what the bot answered under a post, as its author sees it. */
async function answersUnder({ sandbox, network }: MastodonDriver, id: string, by: string): Promise<readonly string[]> {
  const response = await fetch(`${sandbox.url}/api/v1/statuses/${encodeURIComponent(id)}/context`, { headers: { authorization: `Bearer ${by}` } });
  const { descendants } = await response.json() as { readonly descendants: readonly { readonly id: string; readonly account: { readonly id: string } }[] };
  return descendants.filter(({ account }) => account.id === network.self.id).map(one => one.id);
}

describe.each(serverNames)('on %s', server => {
  it('an answer of which nobody knows whether it arrived is one post, a hundred times', async () => {
    driver = await openMastodonDriver({ server: server as ServerName });
    const { network, proxy } = driver;
    const redis = await openSomeRedis();
    try {
      const { cursor } = await network.mentions();
      const asked: string[] = [];
      for (let number = 0; number < 100; number += 1) asked.push(await driver.say(`asker${number}`, `question ${number}`, { tag: true }));
      const { mentions, cursor: after } = await walkMentions(network, cursor);
      expect(mentions.map(({ id }) => id)).toEqual(asked);

      // The first post of each is cut: of every other one after it was done, of the rest before.
      const cut = new Set<string>();
      const isFirst = (late: boolean) => ({ method, body }: SeenRequest): boolean => {
        const to = method === 'POST' ? String((JSON.parse(body) as { in_reply_to_id: string }).in_reply_to_id) : '';
        if (to === '' || cut.has(to) || (asked.indexOf(to) % 2 === 0) !== late) return false;
        cut.add(to);
        return true;
      };
      proxy.answer(isFirst(true), 'lose');
      proxy.answer(isFirst(false), 'reset');

      const { ledger, composeTools, publishTools } = openTools(redis.client, clock, network, openScriptedModel(), { publish: { settleMs: 50 } });
      const refs = await ledger.see(network.name, network.self.account, mentions, after);
      const run = async (ref: MentionRef): Promise<Outcome> => {
        await compose(ref, composeTools);
        for (let outcome = await publish(ref, publishTools); ; outcome = await publish(ref, publishTools)) {
          if (outcome.kind !== 'later') return outcome;
          await wait(outcome.afterMs);
        }
      };
      const outcomes = await Promise.all(refs.map(run));
      expect(outcomes.filter(({ kind }) => kind !== 'posted')).toEqual([]);
      expect(cut.size).toBe(100);
      for (const [number, id] of asked.entries()) expect(await answersUnder(driver, id, `asker${number}`)).toHaveLength(1);
    } finally {
      await redis.close();
    }
  }, 30_000);
});

describe('a server that says "too many" for ten minutes', () => {
  /** Every verb of an account, again and again, as soon as it may. */
  const verbs = (network: Network, mention: Mention): readonly (() => Promise<unknown>)[] => [
    () => network.mentions('1'), () => network.thread(mention), () => network.find(mention), () => network.trending(),
    () => network.post({ to: mention, text: 'hm', idempotencyKey: 'k', giveUpAt: Infinity, giveUpBy: Infinity }),
  ];

  it.each([
    ['without saying until when', {}], ['until a time that it names', { 'x-ratelimit-reset': new Date(Date.parse('2026-11-25T12:10:00Z')).toISOString() }], ['by a page of a proxy', undefined],
  ] as const)('%s is asked once in five seconds at most, and again when that is over', async (_, headers) => {
    const fake = openFakeClock(Date.parse('2026-11-25T12:00:00Z'));
    const [limited, free] = [await openFakeMastodon(), await openFakeMastodon()];
    try {
      const open = (url: string) => openMastodon({ url, token: 't', timeoutSeconds: 5 }, { clock: fake, userAgent: 'a test', say: () => undefined });
      const [one, other] = [await open(limited.url), await open(free.url)];
      const date = () => new Date(fake.now()).toUTCString();
      free.answer(get('/api/v1/statuses/100/context'), { status: 200, body: { ancestors: [], descendants: [] } });
      const started = limited.requests.length;
      const times: number[] = [];
      limited.answer(() => (times.push(fake.now()), true), headers === undefined ? { status: 429, body: '<html>Slow down</html>' } : { status: 429, headers: { ...headers, date: date() }, body: { error: 'Too many requests' } });

      const failures: unknown[] = [];
      for (let second = 0; second < 600; second += 1) {
        for (const verb of verbs(one, someMention)) await verb().catch((error: unknown) => failures.push(error));
        if (second % 60 === 0) expect(await other.mentions('1')).toMatchObject({ mentions: [] });
        fake.advance(1_000);
      }
      expect(failures.every(error => error instanceof TemporaryError || (headers === undefined && error instanceof Error))).toBe(true);
      // All that were under way when it began, and then one at a time; a page costs a second look for its status.
      const asked = times.filter(at => at > fake.now() - 600_000);
      const within = (at: number): number => asked.filter(each => each >= at && each < at + 5_000).length;
      expect(Math.max(...asked.map(within), 0)).toBeLessThanOrEqual(headers === undefined ? 2 : 1);
      expect(asked.length).toBeGreaterThanOrEqual(headers !== undefined && 'x-ratelimit-reset' in headers ? 0 : 30);
      expect(limited.requests.length - started).toBe(times.length);

      limited.answer(() => true, { status: 200, body: [] });
      fake.advance(60_000);
      expect(await one.mentions('1')).toMatchObject({ mentions: [] });
    } finally {
      await Promise.all([limited.close(), free.close()]);
    }
  }, 30_000);
});

it('reading leaves the last of the allowance to answers', async () => {
  const server = await openFakeMastodon();
  try {
    const fake = openFakeClock(Date.parse('2026-11-25T12:00:00Z'));
    const network = await openMastodon({ url: server.url, token: 't', timeoutSeconds: 5 }, { clock: fake, userAgent: 'a test', say: () => undefined });
    const allow = (left: number) => server.answer(get('/api/v1/notifications'), {
      status: 200, body: [], headers: { date: new Date(fake.now()).toUTCString(), 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': new Date(fake.now() + 120_000).toISOString() },
    });
    allow(31);
    await network.mentions('1');
    allow(30);
    await network.mentions('1');
    const asked = server.requests.length;
    await expect(network.mentions('1')).rejects.toMatchObject({ name: 'TemporaryError', afterMs: 120_000, message: expect.stringContaining('kept for answers') });
    await expect(network.thread(someMention)).rejects.toMatchObject({ name: 'TemporaryError' });
    expect(server.requests.length).toBe(asked);
    server.answer(get('/api/v1/statuses/100/context'), { status: 200, body: { ancestors: [], descendants: [] } });
    expect(await network.find(someMention)).toBeUndefined();
    fake.advance(120_001);
    allow(300);
    expect(await network.mentions('1')).toMatchObject({ mentions: [] });
  } finally {
    await server.close();
  }
});

it.each([
  ['in the year 2100', { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2100-01-01T00:00:00Z' }, 900_000],
  ['in 1970', { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }, 1_000], ['in no words', { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': 'soon' }, 0],
  ['of nothing', { 'x-ratelimit-limit': '0', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '2026-11-25T12:05:00Z' }, 0], ['below nothing', { 'x-ratelimit-limit': '-1', 'x-ratelimit-remaining': '-5', 'x-ratelimit-reset': '2026-11-25T12:05:00Z' }, 0],
])('an allowance %s does not keep us away for ever', async (_, headers, afterMs) => {
  const server = await openFakeMastodon();
  try {
    const fake = openFakeClock(Date.parse('2026-11-25T12:00:00Z'));
    const network = await openMastodon({ url: server.url, token: 't', timeoutSeconds: 5 }, { clock: fake, userAgent: 'a test', say: () => undefined });
    server.answer(get('/api/v1/notifications'), { status: 200, body: [], headers: { date: new Date(fake.now()).toUTCString(), ...headers } });
    await network.mentions('1');
    fake.advance(afterMs + 1);
    expect(await network.mentions('1')).toMatchObject({ mentions: [] });
  } finally {
    await server.close();
  }
});

it('lets one at a time ask whether a storm is over, whatever was under way when it began or fails meanwhile', async () => {
  const fake = openFakeClock();
  const { reading } = openGates('a server', fake);
  const fail = (error: TemporaryError) => expect(reading.pass(() => Promise.reject(error))).rejects.toBe(error);
  const crowd = async () => {
    let asked = 0;
    await Promise.allSettled(Array.from({ length: 20 }, () => reading.pass(async () => {
      asked += 1;
      throw new TemporaryError('429', { afterMs: 15_000 });
    })));
    return asked;
  };
  const slow = Promise.withResolvers<string>();
  const before = reading.pass(() => slow.promise);
  await fail(new TemporaryError('429', { afterMs: 15_000 }));
  slow.resolve('fine');
  await before;
  fake.advance(15_001);
  expect(await crowd()).toBe(1);
  fake.advance(15_001);
  await fail(new TemporaryError('503'));
  expect(await crowd()).toBe(0);
  fake.advance(5_001);
  expect(await crowd()).toBe(1);
});
