import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import type { Ledger } from '../../src/core/ports.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { startListening } from '../../workers/listen.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { openFakeNetwork, type FakeNetwork, type FakeNetworkOptions } from '../support/fake-network.ts';
import { aMention } from '../support/fixtures.ts';
import { openSomeRedis, type TestRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

describe('the listener', () => {
  let redis: TestRedis;
  let ledger: Ledger;
  let woken: string[];
  let lines: string[];
  let listener: ReturnType<typeof startListening>;
  beforeAll(async () => {
    redis = await openSomeRedis();
  });
  beforeEach(async () => {
    await redis.client.flushall();
    ledger = openLedger(redis.client, { keepFinalMs: 1_000 });
    woken = [];
    lines = [];
  });
  afterEach(() => listener.stop());
  afterAll(() => redis.close());

  /** Listens, and has read once. */
  const start = async (options: Partial<FakeNetworkOptions> = {}, before: (network: FakeNetwork) => void = () => undefined): Promise<FakeNetwork> => {
    const network = openFakeNetwork({ clock: openFakeClock(), ...options });
    before(network);
    listener = startListening(network, ledger, async refs => void woken.push(...refs.map(({ id }) => id)), line => lines.push(line));
    await until(async () => network.reads.length > 0 && (lines.length > 0 || (await ledger.cursor(network.name, network.self.account)) !== undefined));
    return network;
  };

  it('reads at once and whenever the doorbell rings', async () => {
    const network = await start();
    network.tag(aMention('1'));
    const rang = performance.now();
    network.ring();
    await until(() => woken.length === 1);
    expect(performance.now() - rang).toBeLessThan(atEaseMs(500));
    expect(network.reads).toEqual([undefined, 'c0']);
  });

  it('hears a bell that rings while it reads', async () => {
    const network = await start();
    network.tag(aMention('1'));
    const read = network.mentions.bind(network);
    const during: typeof network.mentions = async cursor => {
      const page = await read(cursor);
      Object.assign(network, { mentions: read });
      network.tag(aMention('2'));
      network.ring();
      return page;
    };
    Object.assign(network, { mentions: during });
    network.ring();
    await until(() => woken.length === 2);
    expect(woken).toEqual(['1', '2']);
  });

  it('reads on its timer when no bell rings, from one walk earlier', async () => {
    const network = await start({ pollMs: 40 });
    network.tag(aMention('1'));
    await until(() => woken.length === 1);
    network.tag(aMention('2'));
    await until(() => woken.length === 2);
    await until(() => network.reads.length >= 5);
    expect(woken).toEqual(['1', '2']);
    expect(network.reads.slice(0, 3)).toEqual([undefined, 'c0', 'c0']);
  });

  it('does not hear the bell after a 429 until the time is up', async () => {
    const network = await start({}, each => each.mentionErrors.push(new TemporaryError('faketown said 429', { afterMs: 400 })));
    const refused = performance.now();
    for (let ring = 0; ring < 5; ring++) {
      network.ring();
      await new Promise(resolve => setTimeout(resolve, 30));
    }
    expect(network.reads).toHaveLength(1);
    await until(() => network.reads.length === 2);
    expect(performance.now() - refused).toBeGreaterThan(350);
    expect(lines).toEqual(['faketown quip@town.example: mentions are not read, again in 1 s: faketown said 429']);
  });

  it('goes on after any failure, and says so once', async () => {
    const network = await start({ pollMs: 20 }, each => each.mentionErrors.push(new TypeError('a bug')));
    network.tag(aMention('1'));
    expect(lines).toEqual([expect.stringContaining('again in 1 s: a bug')]);
    await until(() => network.reads.length >= 3);
    expect(lines).toHaveLength(1);
  });

  it('begins again before what was unfinished when the store comes back empty', async () => {
    const network = await start();
    const state = async (id: string) => (await ledger.get({ network: network.name, account: network.self.account, id }))?.state;
    network.tag(aMention('1'));
    network.ring();
    await until(async () => await state('1') === 'seen');
    await ledger.change({ network: network.name, account: network.self.account, id: '1' }, { from: ['seen'], to: 'skipped' });
    network.ring();
    await until(() => network.reads.length === 3);
    network.tag(aMention('2'), aMention('3'));
    network.ring();
    await until(async () => await state('3') === 'seen');
    network.ring();
    await until(() => network.reads.length === 5);
    await redis.client.flushall();
    network.tag(aMention('4'));
    network.ring();
    await until(async () => await state('4') === 'seen');
    expect([await state('1'), await state('2'), await state('3')]).toEqual([undefined, 'seen', 'seen']);
  });

  it('stops while it waits, and reads no more', async () => {
    const network = await start({ pollMs: 20 });
    await listener.stop();
    const reads = network.reads.length;
    network.ring();
    await new Promise(resolve => setTimeout(resolve, 60));
    expect(network.reads).toHaveLength(reads);
  });

  it('stops while it waits after a failure', async () => {
    await start({}, each => each.mentionErrors.push(new TemporaryError('faketown said 429', { afterMs: 60_000 })));
    const asked = performance.now();
    await listener.stop();
    expect(performance.now() - asked).toBeLessThan(atEaseMs(500));
  });
});
