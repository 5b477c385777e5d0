import { afterEach, expect, it } from '@jest/globals';
import { openAudit } from '../../src/store/desk.ts';
import { openHalt } from '../../src/store/halt.ts';
import { openCounts } from '../../src/store/metrics.ts';
import { openPrompts } from '../../src/store/prompts.ts';
import { openRereads } from '../../src/store/rereads.ts';
import { openVault } from '../../src/store/vault.ts';
import type { Bot } from '../../src/bot.ts';
import type { Clock } from '../../src/core/ports.ts';
import { startWorkers, type Role, type Workers } from '../../workers/index.ts';
import { openFakeNetwork, type FakeNetwork } from '../support/fake-network.ts';
import { aMention, aPersona, goodAnswer, openScriptedModel, self } from '../support/fixtures.ts';
import { openTools } from '../support/line.ts';
import { describeOverRedis, type TestRedis } from '../support/redis-servers.ts';
import { wellStore } from '../support/store-watch.ts';
import { until } from '../support/until.ts';

const clock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
const now = (id: string, account = self.account) => aMention(id, { account, createdAt: new Date().toISOString() });

/** A bot with these accounts on a Redis of the test's own. */
function openTestBot(redis: TestRedis, networks: readonly FakeNetwork[], model = openScriptedModel()): Bot {
  const tools = networks.map(network => openTools(redis.client, clock, network, model, { publish: { settleMs: 200, postTimeoutMs: 1_000 } }));
  const of = (network: unknown) => {
    const found = tools[networks.findIndex(each => each === network)];
    if (!found) throw new Error('no such account');
    return found;
  };
  const { ledger, receipts } = of(networks[0]);
  return {
    accounts: networks, halt: openHalt(redis.client), audit: openAudit(redis.client), moderate: async () => undefined, persona: aPersona, model, ledger, receipts, prompts: openPrompts(redis.client), vault: openVault(async () => redis.client), sources: [], condition: { introduce: async () => undefined, note: () => undefined }, counts: openCounts(Promise.resolve(redis.client), clock, () => undefined), watch: wellStore,
    store: { kind: 'url', about: 'a test\'s Redis', confirms: false, rewrite: async () => undefined, connection: redis.connection, client: redis.client, close: async () => undefined },
    pool: { add: async () => undefined, put: async () => undefined, all: async () => ({ version: '', items: [] }) },
    composeTools: network => of(network).composeTools,
    publishTools: network => of(network).publishTools,
    canary: { everyMs: 0, limit: 0, of: async () => undefined, judged: async () => undefined, alone: async () => undefined, halt: async () => undefined },
    rereads: openRereads(redis.client, { keepMs: 86_400_000 }),
    owners: [], tellTools: () => { throw new Error('there is no owner'); },
    rereadTools: network => ({ ...of(network).publishTools, network, accounts: networks }),
    lease: () => ({ hold: async () => ({ token: '' }), release: async () => undefined }),
    failpoint: undefined,
    close: async () => undefined,
  };
}

describeOverRedis('the workers', redis => {
  let running: Workers[] = [];
  let lines: string[] = [];
  const start = async (bot: Bot, role: Role = 'all'): Promise<Workers> => {
    const workers = await startWorkers(bot, role, 60_000, line => lines.push(line));
    running.push(workers);
    return workers;
  };
  afterEach(async () => {
    await Promise.all(running.map(workers => workers.stop()));
    running = [];
    lines = [];
  });

  it('answer a mention from the bell to the post, once, with a receipt', async () => {
    const network = openFakeNetwork({ clock });
    const bot = openTestBot(redis(), [network]);
    await start(bot);
    await until(() => network.reads.length === 1);
    network.tag(now('1'), now('2'), now('3'));
    network.ring();
    await until(() => network.posts.length === 3);
    expect(network.posts.map(({ to }) => to).toSorted()).toEqual(['1', '2', '3']);
    expect(network.posts[0]?.text).toBe(`@milo@town.example ${goodAnswer}`);
    await until(async () => (await bot.ledger.count('faketown', self.account)).posted === 3);
    expect(await bot.receipts.get('faketown', self.account, 'reply-1')).toMatchObject({ answer: goodAnswer });
    await until(() => lines.filter(line => line.includes('posted https://town.example/posts/reply-')).length === 3);
    expect(network.requests).toHaveLength(3);
  });

  it('leave the canary of others on the same Redis alone where they need none', async () => {
    const singing = openTestBot(redis(), [openFakeNetwork({ clock })]);
    await start({ ...singing, canary: { ...singing.canary, everyMs: 60_000, limit: 0.5 } });
    const looks = () => redis().client.zrange('repartee:chores:repeat', '0', '-1');
    expect(await looks()).toEqual(expect.arrayContaining(['canary look', 'canary']));
    await start(openTestBot(redis(), [openFakeNetwork({ clock })]));
    expect(await looks()).toEqual(expect.arrayContaining(['canary look', 'canary']));
  });

  it('keep in line for another look what was answered or came to a bad end, and nothing else', async () => {
    const network = openFakeNetwork({ clock });
    const looking = Object.assign(network, { look: async (ids: readonly string[]) => new Map(ids.map(id => [id, { stands: true }])) });
    const model = openScriptedModel();
    const bot = openTestBot(redis(), [looking], model);
    await start(bot);
    await until(() => network.reads.length === 1);
    network.fates.push('posted', 'mention gone');
    network.tag(now('1'));
    network.ring();
    await until(() => network.posts.length === 1);
    network.tag(now('2'), aMention('3', { createdAt: '2020-01-01T00:00:00.000Z' }));
    network.ring();
    await until(async () => (await bot.ledger.count('faketown', self.account)).rejected === 1);
    model.says.push('', '');
    network.tag(now('4'));
    network.ring();
    const waiting = () => redis().client.zrange(`repartee:reread:faketown:${self.account}`, '0', '-1');
    await until(async () => (await bot.ledger.count('faketown', self.account)).withheld === 1 && (await waiting()).length === 3);
    expect((await waiting()).toSorted()).toEqual(['1', '2', '4']);
    expect((await bot.ledger.get({ network: 'faketown', account: self.account, id: '3' }))?.state).toBe('skipped');
  });

  it('settle what was cut, compose anew what was refused, and post each once', async () => {
    const network = openFakeNetwork({ clock });
    const bot = openTestBot(redis(), [network]);
    await start(bot);
    await until(() => network.reads.length === 1);
    for (const fate of ['cut after commit', 'cut before commit', 'text refused'] as const) {
      network.fates.push(fate);
      network.tag(now(fate));
      network.ring();
      await until(() => network.fates.length === 0);
    }
    await until(async () => (await bot.ledger.count('faketown', self.account)).posted === 3, 8_000);
    expect(network.posts.map(({ to }) => to).toSorted()).toEqual(['cut after commit', 'cut before commit', 'text refused']);
  });

  it('pause the account that was told to, and no other', async () => {
    const one = openFakeNetwork({ clock, account: 'one@town.example' });
    const two = openFakeNetwork({ clock, account: 'two@town.example' });
    await start(openTestBot(redis(), [one, two]));
    await until(() => one.reads.length === 1 && two.reads.length === 1);
    one.fates.push({ slowDownMs: 1_000 });
    one.tag(now('1', 'one@town.example'));
    one.ring();
    await until(() => one.requests.length === 1);
    const refused = performance.now();
    one.tag(now('2', 'one@town.example'));
    two.tag(now('1', 'two@town.example'));
    one.ring();
    two.ring();
    await until(() => two.posts.length === 1);
    expect(performance.now() - refused).toBeLessThan(900);
    expect(one.posts).toEqual([]);
    await until(() => one.posts.length === 2);
    expect(performance.now() - refused).toBeGreaterThan(900);
    expect(one.requests).toHaveLength(3);
  });

  it('sweep up what an earlier run left behind', async () => {
    const network = openFakeNetwork({ clock });
    const bot = openTestBot(redis(), [network]);
    const past = openTools(redis().client, { now: () => Date.now() - 60_000, monotonic: () => 0 }, network, openScriptedModel());
    await past.ledger.see('faketown', self.account, [now('left')], 'c0');
    await start(bot, 'work');
    await until(() => network.posts.length === 1, 8_000);
    expect(network.posts[0]?.to).toBe('left');
    expect(network.reads).toEqual([]);
  });

  it('hand over from who listens to who works', async () => {
    const network = openFakeNetwork({ clock });
    const bot = openTestBot(redis(), [network]);
    await start(bot, 'listen');
    await until(() => network.reads.length === 1);
    network.tag(now('1'));
    network.ring();
    await until(async () => (await bot.ledger.count('faketown', self.account)).seen === 1);
    expect(network.posts).toEqual([]);
    await start(bot, 'work');
    await until(() => network.posts.length === 1);
  });

  it('let what is under way end when they stop, and take up nothing new', async () => {
    const network = openFakeNetwork({ clock });
    const bot = openTestBot(redis(), [network]);
    const gate = Promise.withResolvers<void>();
    const post = network.post.bind(network);
    Object.assign(network, { post: async (reply: Parameters<typeof post>[0]) => {
      await gate.promise;
      return post(reply);
    } });
    const workers = await start(bot);
    await until(() => network.reads.length === 1);
    network.tag(now('1'));
    network.ring();
    await until(async () => (await bot.ledger.count('faketown', self.account)).posting === 1);
    const stopped = workers.stop();
    network.tag(now('2'));
    network.ring();
    gate.resolve();
    await stopped;
    running = [];
    expect(await bot.ledger.count('faketown', self.account)).toEqual({ posted: 1 });
    expect(network.posts.map(({ to }) => to)).toEqual(['1']);
  });
});
