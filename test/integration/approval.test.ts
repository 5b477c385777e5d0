// A draft that a human changes, has written anew and approves, on both networks as they are served: what is posted is what he approved, once.
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { approve, askAgain, edit } from '../../src/pipeline/approve.ts';
import { compose } from '../../src/pipeline/compose.ts';
import { publish } from '../../src/pipeline/publish.ts';
import type { Driver } from '../contract/network-driver.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { openScriptedModel } from '../support/fixtures.ts';
import { epoch, openTools, rules } from '../support/line.ts';
import { openMastodonDriver } from '../support/mastodon-driver.ts';
import { openSomeRedis, type TestRedis } from '../support/redis-servers.ts';
import { openXDriver } from '../support/x-driver.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openSomeRedis();
});
beforeEach(async () => {
  await redis.client.flushall();
});
afterAll(() => redis.close());

const clock = { now: () => Date.now(), monotonic: () => performance.now() };

it.each([
  ['Mastodon', openMastodonDriver],
  ['X', openXDriver],
] as const)('a held draft is refused other words with a foreign handle, written anew, changed and approved by one of two, on %s', async (_, open) => {
  const driver: Driver = await open();
  onTestFinished(() => driver.close());
  const { network } = driver;
  const { ledger, receipts, composeTools, publishTools } = openTools(redis.client, clock, network, openScriptedModel('The first words, and they are dry.', 'The second words, and they are wet.'), { publish: { holds: true } });
  const tools = { ...composeTools, holds: true, rules: { ...rules, maxAgeMs: 3_600_000 } };
  const { cursor } = await network.mentions();
  await driver.say('ana', 'is the ferry ever on time?', { tag: true });
  const { mentions, cursor: next } = await network.mentions(cursor);
  await ledger.see(network.name, network.self.account, [], cursor, { epoch, isEnd: true });
  const [ref] = await ledger.see(network.name, network.self.account, mentions, next, { epoch, isEnd: true });
  if (!ref) throw new Error('the mention did not arrive');

  expect(await compose(ref, tools)).toMatchObject({ kind: 'held' });
  for (const words of ['Ask @bo about it, who knows the ferry.', '@bo@far.example has the answer for you.']) expect(await edit(ref, '1.0', words, 'ada', tools)).toEqual({ refused: 'it mentioned a handle' });
  expect(await askAgain(ref, '1.0', 'ada', tools)).toMatchObject({ done: { state: 'seen' } });
  expect(await compose(ref, tools)).toMatchObject({ kind: 'held' });
  expect(await edit(ref, '2.0', 'The third words, and a human wrote them.', 'ada', tools)).toMatchObject({ done: { state: 'held', fence: '2.1' } });
  const both = await Promise.all(['ada', 'bo'].map(by => approve(ref, '2.1', by, tools)));
  expect(both.filter(each => 'done' in each)).toHaveLength(1);
  const kinds = (await Promise.all([publish(ref, publishTools), publish(ref, publishTools)])).map(({ kind }) => kind);
  expect(kinds.filter(kind => kind === 'posted')).toHaveLength(1);

  const [id = '', ...others] = await driver.posted();
  expect(others).toEqual([]);
  const found = await driver.look(id, 'ana');
  expect(found).toMatchObject({ replyTo: ref.id, notifies: ['ana'], text: expect.stringContaining('The third words, and a human wrote them.') });
  expect(await receipts.get(network.name, network.self.account, id)).toMatchObject({
    approved: true, edited: true,
    drafts: [{ text: 'The first words, and they are dry.', refused: 'refused by the operator' }, { text: 'The second words, and they are wet.', refused: 'changed by the operator' }],
  });
});
