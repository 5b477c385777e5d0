import { expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import { findOtherBots, openLease } from '../../src/store/lease.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { openProcessId } from '../../src/store/process-id.ts';
import { startListening } from '../../workers/listen.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { openFakeNetwork, type FakeNetwork } from '../support/fake-network.ts';
import { aMention, self } from '../support/fixtures.ts';
import { describeOnRedis, describeOverRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';

describeOverRedis('the lease on an account', redis => {
  const open = (pid: string, account = self.account) => openLease(redis().client, { ...openProcessId(), id: `elsewhere/boot.1/${pid}/1` }, 'faketown', account);

  it('is one process\'s until that lets it go, and says whose it is', async () => {
    const [first, second] = [open('11'), open('12')];
    expect(await first.hold()).toEqual({ token: '1 elsewhere/boot.1/11/1' });
    expect(await first.hold()).toEqual({ token: '1 elsewhere/boot.1/11/1' });
    expect(await second.hold()).toEqual({ heldBy: 'process 11 on elsewhere' });
    expect(await open('12', 'other@town.example').hold()).toHaveProperty('token');
    await second.release(); // not its own
    expect(await second.hold()).toHaveProperty('heldBy');
    await first.release();
    expect(await second.hold()).toEqual({ token: '2 elsewhere/boot.1/12/1' });
  });

  it('ends by itself when it is not renewed', async () => {
    const [first, second] = [open('11'), open('12')];
    await first.hold();
    expect(await redis().client.pttl(`repartee:lease:faketown:${self.account}`)).toBeLessThanOrEqual(6_000);
    await redis().client.pexpire(`repartee:lease:faketown:${self.account}`, 1);
    await until(async () => 'token' in await second.hold());
  });

  it('shows other bots that run on the same store', async () => {
    const ours = [{ name: 'faketown', self }];
    const ledger = openLedger(redis().client, { keepFinalMs: 1_000 });
    await open('11').hold();
    await ledger.see('faketown', self.account, [], 'c1');
    expect(await findOtherBots(redis().client, ours)).toEqual([]);
    await ledger.see('faketown', 'other@town.example', [], 'c1'); // an account that was ours
    expect(await findOtherBots(redis().client, ours)).toEqual([]);
    const other = open('12', 'other@town.example');
    await other.hold();
    expect(await findOtherBots(redis().client, ours)).toEqual(['faketown other@town.example']);
    await other.release();
    expect(await findOtherBots(redis().client, ours)).toEqual([]);
  });

  it('refuses what a former holder still writes', async () => {
    const [first, second] = [open('11'), open('12')];
    const held = await first.hold();
    const token = 'token' in held ? held.token : '';
    const ledger = openLedger(redis().client, { keepFinalMs: 1_000 });
    expect(await ledger.see('faketown', self.account, [aMention('1')], 'c1', { lease: token })).toHaveLength(1);
    await first.release();
    await second.hold();
    await expect(ledger.see('faketown', self.account, [aMention('2')], 'c2', { lease: token })).rejects.toThrow(TemporaryError);
    expect(await ledger.cursor('faketown', self.account)).toBe('c1');
    expect(await ledger.get({ network: 'faketown', account: self.account, id: '2' })).toBeUndefined();
  });
});

describeOnRedis('two processes on one account', redis => {
  const listenAs = (pid: string) => {
    const network: FakeNetwork = openFakeNetwork({ clock: openFakeClock(), pollMs: 50 });
    const lines: string[] = [];
    const lease = openLease(redis().client, { ...openProcessId(), id: `elsewhere/boot.1/${pid}/1` }, network.name, self.account);
    const listener = startListening(network, openLedger(redis().client, { keepFinalMs: 1_000 }), async () => undefined, line => lines.push(line), { lease });
    onTestFinished(() => listener.stop());
    return { network, lines, listener };
  };

  it('the second listens to nothing, says why, and takes over when the first one stops', async () => {
    const first = listenAs('11');
    await first.listener.first;
    const second = listenAs('12');
    await second.listener.first;
    expect(second.lines).toEqual([`faketown ${self.account}: process 11 on elsewhere listens on this account already: this process answers what that one hears, and takes over when it is gone`]);
    await new Promise(resolve => setTimeout(resolve, 2_000));
    expect(second.network.reads).toEqual([]);
    expect(first.network.reads.length).toBeGreaterThan(5);
    await first.listener.stop();
    await until(() => second.network.reads.length > 0);
    expect(second.lines).toHaveLength(2);
  });

  it('one that lost it while it slept hears nothing any more', async () => {
    const first = listenAs('11');
    await first.listener.first;
    await redis().client.hset(`repartee:lease:faketown:${self.account}`, 'holder', 'elsewhere/boot.1/12/1', 'token', '7 elsewhere/boot.1/12/1');
    first.network.tag(aMention('1'));
    await until(() => first.lines.length > 0);
    expect(await openLedger(redis().client, { keepFinalMs: 1_000 }).get({ network: 'faketown', account: self.account, id: '1' })).toBeUndefined();
    const { length } = first.network.reads;
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(first.network.reads).toHaveLength(length);
  });
  it('the second one remembers where the first one was, and goes on there when the store came back empty', async () => {
    const first = listenAs('11');
    await first.listener.first;
    const second = listenAs('12');
    await second.listener.first;
    first.network.tag(aMention('1'));
    second.network.tag(aMention('1'));
    const ledger = openLedger(redis().client, { keepFinalMs: 60_000 });
    const ref = (id: string) => ({ network: 'faketown', account: self.account, id });
    await until(async () => await ledger.get(ref('1')) !== undefined);
    await ledger.change(ref('1'), { from: ['seen'], to: 'skipped' });
    await new Promise(resolve => setTimeout(resolve, 1_600)); // the second one asks for the lease again
    await first.listener.stop(); // it is gone with the store
    second.network.tag(aMention('2'));
    await redis().client.flushall();
    await until(async () => await ledger.get(ref('2')) !== undefined);
    expect(second.network.reads[0]).toBe('c1');
  });

  it('one that lost it while the store was in trouble hears, reads and writes nothing any more', async () => {
    const network = openFakeNetwork({ clock: openFakeClock(), pollMs: 100 });
    let open = 0;
    Object.assign(network, {
      doorbell: (_: () => void, signal: AbortSignal) => {
        open += 1;
        signal.addEventListener('abort', () => void (open -= 1));
      },
    });
    const ledger = openLedger(redis().client, { keepFinalMs: 1_000 });
    let well = Promise.withResolvers<void>();
    well.resolve();
    const lease = openLease(redis().client, { ...openProcessId(), id: 'elsewhere/boot.1/11/1' }, network.name, self.account);
    const listener = startListening(network, ledger, async () => undefined, () => undefined, { lease, watch: { concerns: () => false, whenWell: () => well.promise } });
    onTestFinished(() => listener.stop());
    await listener.first;
    await until(() => open === 1);
    well = Promise.withResolvers();
    await new Promise(resolve => setTimeout(resolve, 300)); // the next walk waits
    await redis().client.hset(`repartee:lease:faketown:${self.account}`, 'holder', 'elsewhere/boot.1/12/1', 'token', '7 elsewhere/boot.1/12/1');
    await redis().client.persist(`repartee:lease:faketown:${self.account}`);
    await until(() => open === 0); // the renewal notices
    const { length } = network.reads;
    network.tag(aMention('1'));
    well.resolve();
    await new Promise(resolve => setTimeout(resolve, 1_000));
    expect(open).toBe(0);
    expect(network.reads).toHaveLength(length);
    expect(await ledger.get({ network: 'faketown', account: self.account, id: '1' })).toBeUndefined();
  });
});
