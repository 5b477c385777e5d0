// What its owner may order from afar, who he is, and how he hears of what waits.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError, UnknownOutcomeError } from '../../src/core/errors.ts';
import type { Network } from '../../src/core/ports.ts';
import type { Mention } from '../../src/core/types.ts';
import type { Decision } from '../../src/pipeline/approve.ts';
import { toShortId } from '../../src/pipeline/hold.ts';
import { isOwner, orderOf, readOrder } from '../../src/pipeline/orders.ts';
import { tellOwners, toTold, type TellTools } from '../../src/pipeline/tell.ts';
import { openTold } from '../../src/store/told.ts';
import { anAuthor, aMention, goodAnswer, self } from '../support/fixtures.ts';
import { openLine, rules, type Line } from '../support/line.ts';
import { openSomeRedis, type TestRedis } from '../support/redis-servers.ts';

let redis: TestRedis;
beforeAll(async () => {
  redis = await openSomeRedis();
});
beforeEach(async () => {
  await redis.client.flushall();
});
afterAll(async () => {
  await redis.close();
});

const owners = ['faketown:ada'];
const { account } = self;
const order = (id: string, words: string, more: Partial<Mention> = {}): Mention =>
  aMention(id, { author: anAuthor('ada', { handle: 'ada' }), text: `@quip@town.example ${words}`, salutation: '@ada ', visibility: 'direct', ...more });

describe('an order', () => {
  it.each([
    ['@quip pause', { what: 'pause', id: '', language: 'en' }],
    ['PAUSE!', { what: 'pause', id: '', language: 'en' }],
    ['resume @quip@town.example', { what: 'resume', id: '', language: 'en' }],
    ['Reprends.', { what: 'resume', id: '', language: 'fr' }],
    ['@quip approve 7kq3mx', { what: 'approve', id: '7KQ3MX', language: 'en' }],
    ['approuve 7KQ3MX', { what: 'approve', id: '7KQ3MX', language: 'fr' }],
    ['“refuse 7KQ3MX”', { what: 'reject', id: '7KQ3MX', language: 'fr' }],
    ['approve', { what: 'approve', id: '', language: 'en' }],
    ['statut', { what: 'status', id: '', language: 'fr' }],
    ['can you pause the ferry?', undefined],
    ['pause 7KQ3MX', undefined],
    ['approve of the ferry', undefined],
    ['', undefined],
  ])('is read in "%s"', (text, read) => {
    expect(readOrder(text, undefined)).toEqual(read);
  });

  it.each([
    ['ada', true], ['Ada', true], ['ada@town.example', true], ['ADA@Town.example', true],
    ['ada@evil.example', false], ['ada@town.example.evil.example', false], ['ada@town.example@evil.example', false], ['adaa', false], ['@evil.example', false],
    ['\uFF41da', false], ['ad\u0430', false],
  ])('of %s is one of the owner of this server: %s', (handle, isHis) => {
    const here = { network: 'faketown', account };
    for (const each of ['faketown:ada', 'faketown:@ada@town.example']) expect(isOwner(handle, here, [each])).toBe(isHis);
    expect(isOwner(handle, { ...here, network: 'othertown' }, owners)).toBe(false);
    expect(isOwner('ada', here, ['faketown:ada@far.example'])).toBe(false);
    expect(isOwner('ada@far.example', here, ['faketown:ada@far.example'])).toBe(true);
  });

  it('takes no letter for another one that becomes the same in lower case', () => {
    expect(isOwner('\u212Aim', { network: 'x', account: '99' }, ['x:kim'])).toBe(false);
    expect(isOwner('Kim', { network: 'x', account: '99' }, ['x:kim'])).toBe(true);
  });

  it('is none that everybody can read, or that anybody else gives', () => {
    expect(orderOf(order('1', 'pause'), owners)).toMatchObject({ what: 'pause' });
    for (const visibility of ['public', 'unlisted', 'followers'] as const) expect(orderOf(order('1', 'pause', { visibility }), owners)).toBeUndefined();
    expect(orderOf(order('1', 'pause', { author: anAuthor('ada', { handle: 'ada@evil.example' }) }), owners)).toBeUndefined();
    expect(orderOf(order('1', 'pause'))).toBeUndefined();
  });
});

const give = async (line: Line, mention: Mention): Promise<string> => {
  const ref = await line.see(mention);
  expect(await line.compose(ref, { owners })).toMatchObject({ kind: 'drafted' });
  expect(await line.publish(ref)).toMatchObject({ kind: 'posted' });
  expect(line.network.requests.at(-1)).toMatchObject({ privately: true, to: { id: mention.id } });
  return line.network.posts.at(-1)?.text ?? '';
};
const hold = async (line: Line, id: string, more: Partial<Mention> = {}): Promise<string> => {
  const ref = await line.see(aMention(id, more));
  expect(await line.compose(ref, { holds: true })).toMatchObject({ kind: 'held' });
  return toShortId(ref, '1.0');
};

describe('an owner', () => {
  it('pauses and resumes everything, is told so although it is paused, and needs no model and no quota', async () => {
    const line = openLine(redis.client, { publish: { rules: { ...rules, answers: ['public'], leaveAlone: ['faketown:ada'] } } });
    Object.assign(line.composeTools, { rules: { ...rules, answers: ['public'], quotas: { ...rules.quotas, personSoon: 1 } } });
    const heard: Decision[] = [];
    Object.assign(line.composeTools, { audit: async (decision: Decision) => void heard.push(decision) });
    expect(await give(line, order('1', 'pause'))).toMatch(/^@ada Paused: /u);
    const waiting = await line.see(aMention('2'));
    expect(await line.compose(waiting, { owners })).toMatchObject({ kind: 'later', reason: 'paused: by its owner, in private on faketown' });
    expect(await give(line, order('3', 'statut'))).toMatch(/^@ada En pause : by its owner/u);
    expect(await give(line, order('4', 'Resume!'))).toBe('@ada I go on.');
    expect(await line.compose(waiting, { owners })).toMatchObject({ kind: 'drafted' });
    expect(await give(line, order('5', 'status'))).toMatch(/^@ada I am at work\. Nothing waits for approval\. 0 posted, 0 passed over, 2 under way, 0 that need a look\.$/u);
    expect(line.model.prompts).toHaveLength(1);
    expect(heard).toMatchObject([{ what: 'pause', by: 'faketown:ada' }, { what: 'resume', by: 'faketown:ada' }]);
  });

  it('approves and rejects by the short name, and is told when there is nothing of it', async () => {
    const line = openLine(redis.client, { publish: { holds: true } });
    const [first, second] = [await hold(line, '1'), await hold(line, '2', { author: anAuthor('ann') })];
    expect(await give(line, order('3', 'approve'))).toMatch(new RegExp(`^@ada Which one\\? There are (?:${first}, ${second}|${second}, ${first})\\.$`, 'u'));
    expect(await give(line, order('4', `approve ${first.toLowerCase()}`))).toBe(`@ada ${first} is approved and goes out now.`);
    expect(await give(line, order('5', `approve ${first}`))).toContain(`Nothing was done: no draft is held as ${first}`);
    expect(await give(line, order('6', `refuse ${second}`, { language: 'fr' }))).toBe(`@ada ${second} est refusé : rien n’est publié.`);
    expect(await line.publish({ network: 'faketown', account, id: '1' })).toMatchObject({ kind: 'posted' });
    expect(await line.record({ network: 'faketown', account, id: '2' })).toMatchObject({ state: 'rejected' });
  });

  it('is answered like anybody else where he gives no order, and nobody else is obeyed', async () => {
    const line = openLine(redis.client);
    for (const [id, mention] of [['1', order('1', 'is the ferry late?')], ['2', order('2', 'pause', { visibility: 'public' })], ['3', order('3', 'pause', { author: anAuthor('ada', { handle: 'ada@evil.example' }), salutation: '@ada@evil.example ' })]] as const) {
      await line.see(mention);
      expect(await line.compose({ network: 'faketown', account, id }, { owners })).toMatchObject({ kind: 'drafted' });
    }
    expect(line.model.prompts).toHaveLength(3);
    expect(await line.composeTools.halt.reason('faketown')).toBeUndefined();
  });
});

interface Said { readonly handle: string; readonly text: string; readonly key: string; readonly id: string }

/** A network with private posts, which is told how to fail. */
function openTelling(line: Line): { readonly said: Said[]; readonly errors: Error[]; readonly favoured: Map<string, string[]>; readonly asked: string[]; readonly tools: TellTools } {
  const said: Said[] = [];
  const errors: Error[] = [];
  const favoured = new Map<string, string[]>();
  const asked: string[] = [];
  const network: Network = {
    ...line.network,
    async tell(handle, text, key) {
      const error = errors.shift();
      if (error) throw error;
      const id = `told-${said.length + 1}`;
      said.push({ handle, text, key, id });
      return { id, url: '' };
    },
    async favouredBy({ id }) {
      asked.push(id);
      return favoured.get(id) ?? [];
    },
  };
  const { ledger, composeTools: { halt, wishes } } = line;
  return { said, errors, favoured, asked, tools: { network, ledger, halt, wishes, told: openTold(redis.client), owners } };
}

describe('a draft that waits', () => {
  it('is told to the owner once, without a handle in it, and approved by his favourite alone', async () => {
    const line = openLine(redis.client);
    const name = await hold(line, '1', { text: '@quip@town.example has @wilma@town.example heard of https://evil.example/x, or a\uFF20b?' });
    const { said, favoured, asked, tools } = openTelling(line);
    expect(await tellOwners(0, tools)).toEqual([]);
    expect(said).toMatchObject([{ handle: 'ada', text: `“has heard of or a(at)b?”\n→ ${goodAnswer}\n\nFavourite this to post it, or answer “approve ${name}” or “reject ${name}”.` }]);
    expect(said[0]?.text).not.toContain('@');
    favoured.set('told-1', ['eve', 'ada@evil.example']);
    expect(await tellOwners(1, tools)).toEqual([]);
    expect(asked).toEqual(['told-1']);
    favoured.set('told-1', ['eve', 'Ada']);
    expect(await tellOwners(2, tools)).toEqual(['1: approved by its owner, who favourited it']);
    expect(await line.record({ network: 'faketown', account, id: '1' })).toMatchObject({ state: 'ready' });
    await tellOwners(3, tools);
    expect({ told: said.length, kept: await redis.client.hgetall(`repartee:told:faketown:${account}`), asked: asked.length }).toEqual({ told: 1, kept: {}, asked: 2 });
  });

  it('is told again when it was surely not sent, and never where nobody knows', async () => {
    const line = openLine(redis.client);
    await hold(line, '1');
    const { said, errors, tools } = openTelling(line);
    errors.push(new TemporaryError('faketown said 429'), new UnknownOutcomeError('faketown: the connection was cut'));
    expect(await tellOwners(0, tools)).toEqual(['1: its owner may not have heard that it waits: faketown said 429']);
    expect(await tellOwners(1, tools)).toEqual(['1: its owner may not have heard that it waits: faketown: the connection was cut']);
    for (let turn = 2; turn < 5; turn++) expect(await tellOwners(turn, tools)).toEqual([]);
    await hold(line, '2', { author: anAuthor('ann') });
    errors.push(new PermanentError('faketown said 422', { about: 'text' }));
    expect(await tellOwners(5, tools)).toHaveLength(1);
    expect(await tellOwners(6, tools)).toEqual([]);
    expect(said).toEqual([]);
  });

  it('is not told while everything is paused, and its turn comes among many', async () => {
    const line = openLine(redis.client);
    for (let at = 0; at < 5; at++) await hold(line, `m${at}`, { author: anAuthor(`p${at}`) });
    const { said, asked, tools } = openTelling(line);
    await line.composeTools.halt.pause('faketown', 'a test');
    await tellOwners(0, tools);
    expect(said).toEqual([]);
    await line.composeTools.halt.resume();
    for (let turn = 0; turn < 8; turn++) await tellOwners(turn, tools);
    expect(said).toHaveLength(5);
    expect(new Set(said.map(({ key }) => key)).size).toBe(5);
    expect(new Set(asked)).toEqual(new Set(said.map(({ id }) => id)));
  });

  it('is told whole as long as it fits, at the expense of the question, and cut where it does not', async () => {
    const line = openLine(redis.client, { says: ['The ferry keeps its own calendar. And nobody reads it but the gulls.'] });
    await hold(line, '1', { text: `@quip@town.example ${'why '.repeat(100)}` });
    const [record] = await line.ledger.held('faketown', account);
    if (!record) throw new Error('nothing is held');
    const measure = (text: string): number => text.length;
    expect(toTold(record, 500, measure).text.length).toBeLessThanOrEqual(300);
    expect(toTold(record, 160, measure).text).toMatch(/^The ferry keeps its own calendar\. And nobody reads it but the gulls\.\n\nFavourite/u);
    expect(toTold(record, 160, measure).isWhole).toBe(true);
    const { text: short, isWhole } = toTold(record, 142, measure);
    expect(short).toMatch(/^The ferry keeps its own calendar\. \[…\]\n\nToo long: read it at the desk, then “approve \w+” or “reject \w+”\. No favourite counts\.$/u);
    expect(short.length).toBeLessThanOrEqual(142);
    expect(isWhole).toBe(false);
  });

  it('is not approved by the favourite of an owner who could not read all of it', async () => {
    const line = openLine(redis.client, { says: ['The ferry keeps its own calendar. And nobody reads it but the gulls.'] });
    const name = await hold(line, '1');
    const { said, favoured, asked, tools } = openTelling(line);
    const cramped = { ...tools, network: { ...tools.network, limits: { ...tools.network.limits, text: 145 } } };
    await tellOwners(0, cramped);
    expect(said).toMatchObject([{ text: expect.stringContaining(`Too long: read it at the desk, then “approve ${name}”`) }]);
    favoured.set('told-1', ['ada']);
    for (let turn = 1; turn < 4; turn++) expect(await tellOwners(turn, cramped)).toEqual([]);
    expect({ asked, told: said.length, state: (await line.record({ network: 'faketown', account, id: '1' }))?.state }).toEqual({ asked: [], told: 1, state: 'held' });
  });
});
