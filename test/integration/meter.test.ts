import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Meter } from '../../src/core/ports.ts';
import { openMeters, readBill } from '../../src/store/meter.ts';
import { openVault } from '../../src/store/vault.ts';
import { openFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

describeOverRedis('the books', redis => {
  let clock: FakeClock;
  let meter: Meter;
  const warn = (line: string): never => {
    throw new Error(line);
  };
  const options = { keepMs: 86_400_000, warn };
  const bill = () => readBill(redis().client, 'faketown', 'a', clock);

  beforeEach(() => {
    clock = openFakeClock();
    meter = openMeters(Promise.resolve(redis().client), clock, options)('faketown', 'a');
  });

  it('add up exactly what was charged, per mention and per day', async () => {
    for (let time = 0; time < 30; time++) meter.charge({ what: 'reply', price: 0.01, mention: '1' });
    meter.charge({ what: 'mention read', price: 0.001, ids: ['1', '2', '3'], mention: '2' });
    meter.charge({ what: 'trends', price: 0.01 });
    expect(await meter.spent('1')).toEqual({ today: 0.313, mention: 0.3 });
    expect(await meter.spent('2')).toEqual({ today: 0.313, mention: 0.003 });
    expect(await meter.spent()).toEqual({ today: 0.313, mention: 0 });
    expect(await bill()).toEqual({ today: 0.313, total: 0.313, lines: [
      { what: 'reply', count: 30, dollars: 0.3 }, { what: 'trends', count: 1, dollars: 0.01 }, { what: 'mention read', count: 3, dollars: 0.003 },
    ] });
  });

  it('charge what is read twice on one day once, and again on the next', async () => {
    const read = (...ids: string[]) => meter.charge({ what: 'post read', price: 0.005, ids });
    read('7', '8');
    read('8', '9', '9');
    read();
    expect(await meter.spent()).toMatchObject({ today: 0.015 });
    clock.advance(86_400_000);
    read('7');
    expect(await meter.spent()).toMatchObject({ today: 0.005 });
    expect(await bill()).toMatchObject({ today: 0.005, total: 0.02 });
  });

  it('keep accounts apart and serve two processes at once', async () => {
    const other = openMeters(Promise.resolve(redis().client), clock, options);
    meter.charge({ what: 'post read', price: 0.005, ids: ['7'] });
    other('faketown', 'a').charge({ what: 'post read', price: 0.005, ids: ['7', '8'] });
    other('faketown', 'b').charge({ what: 'post read', price: 0.005, ids: ['7'] });
    expect(await other('faketown', 'b').spent()).toMatchObject({ today: 0.005 });
    await other('faketown', 'a').spent();
    await meter.spent();
    expect(await bill()).toMatchObject({ today: 0.01 });
  });

  describe('and money set aside', () => {
    const reserve = async (mention: string, least: number, most: number, perDay = 0.05) => (await meter.reserve(mention, least, most, perDay, 600_000)).granted;

    it('is nobody else\'s, however many ask at once', async () => {
      const granted = await Promise.all(Array.from({ length: 20 }, (_, at) => reserve(String(at), 0.01, 0.01)));
      expect(granted.filter(each => each === 0.01)).toHaveLength(5);
      expect(granted.filter(each => each === 0)).toHaveLength(15);
    });

    it('is as much as is left, and nothing when that is too little', async () => {
      meter.charge({ what: 'mention read', price: 0.001, ids: ['1', '2'] });
      expect([await reserve('1', 0.01, 0.03), await reserve('2', 0.01, 0.03), await reserve('3', 0.01, 0.03)]).toEqual([0.03, 0.018, 0]);
      expect(await reserve('3', 0, 0.03)).toBe(0);
    });

    it('is taken from by what is charged for its mention, and by nothing else', async () => {
      await reserve('1', 0.04, 0.04);
      meter.charge({ what: 'post read', price: 0.005, ids: ['7', '8'], mention: '1' });
      expect(await meter.reserve('2', 0, 1, 0.05, 600_000)).toEqual({ granted: 0.01, today: 0.01, mention: 0 });
      meter.charge({ what: 'post read', price: 0.005, ids: ['9'], mention: '2' });
      expect(await meter.reserve('3', 0, 1, 0.05, 600_000)).toEqual({ granted: 0, today: 0.015, mention: 0 });
      meter.charge({ what: 'reply', price: 0.05, mention: '1' });
      expect(await meter.reserve('2', 0, 1, 0.1, 600_000)).toEqual({ granted: 0.035, today: 0.065, mention: 0.005 });
    });

    it('is given back, made smaller, or ends by itself when its time is over', async () => {
      await reserve('1', 0.05, 0.05);
      expect(await reserve('2', 0.01, 0.01)).toBe(0);
      await reserve('1', 0, 0.03);
      expect(await reserve('2', 0.01, 0.05)).toBe(0.02);
      await reserve('2', 0, 0);
      expect(await reserve('3', 0, 0.05)).toBe(0.02);
      clock.advance(600_000);
      expect(await reserve('4', 0.05, 0.05)).toBe(0.05);
    });
  });

  it('wait in order for a store that is not there yet', async () => {
    const client = Promise.withResolvers<Redis>();
    const early = openMeters(client.promise, clock, options)('faketown', 'a');
    early.charge({ what: 'user read', price: 0.01, ids: ['me'] });
    early.charge({ what: 'user read', price: 0.01, ids: ['me'] });
    client.resolve(redis().client);
    expect(await early.spent()).toEqual({ today: 0.01, mention: 0 });
  });

  it('say that an entry waits when the store refuses it, and make it later', async () => {
    const lines: string[] = [];
    let refuse = true;
    const shaky = new Proxy(redis().client, { get: (target, name) => (name === 'eval' && refuse ? () => Promise.reject(new Error('READONLY')) : Reflect.get(target, name, target)) });
    const late = openMeters(Promise.resolve(shaky), clock, { keepMs: 1_000, warn: line => lines.push(line) })('faketown', 'a');
    late.charge({ what: 'reply', price: 0.01 });
    await expect(late.spent()).rejects.toThrow('READONLY');
    refuse = false;
    expect(await late.spent()).toMatchObject({ today: 0.01 });
    expect(lines).toEqual(['faketown a: an entry into the books waits: READONLY']);
  });

  describe('and the vault', () => {
    it('gives back what was put, to everybody', async () => {
      const vault = openVault(async () => redis().client);
      expect(await vault.get('token')).toBeUndefined();
      await vault.put('token', 's3cret');
      expect(await openVault(async () => redis().client).get('token')).toBe('s3cret');
    });

    it('lets one work at a time, whoever it is, and the next one also after a failure', async () => {
      const vaults = [openVault(async () => redis().client), openVault(async () => redis().client)];
      let inside = 0;
      let most = 0;
      await Promise.allSettled(Array.from({ length: 10 }, async (_, number) => vaults[number % 2]?.alone('token', 5_000, async () => {
        most = Math.max(most, ++inside);
        await new Promise(resolve => setTimeout(resolve, 5));
        inside--;
        if (number % 3 === 0) throw new Error('a failure');
      })));
      expect({ most, inside }).toEqual({ most: 1, inside: 0 });
    });

    it('is lost to whoever holds it for too long, without taking it from the next one', async () => {
      const vault = openVault(async () => redis().client);
      const stuck = Promise.withResolvers<void>();
      const first = vault.alone('token', 60, () => stuck.promise);
      await vault.alone('token', 5_000, async () => {
        stuck.resolve();
        await first;
        expect(await redis().client.exists('repartee:vault:lock:token')).toBe(1);
      });
      expect(await redis().client.exists('repartee:vault:lock:token')).toBe(0);
    });
  });
});
