import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from '@jest/globals';
import { SetupError } from '../../src/core/errors.ts';
import { isAlive } from '../../src/store/data-folder.ts';
import { joinStore, openStore, type Store } from '../../src/store/redis.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { until } from '../support/until.ts';
import { describeWithRedis, makeData, open, path, runBeside, withoutRedis } from './store-setup.ts';

const pidOf = async ({ client }: Store): Promise<number> => Number(/process_id:(\d+)/.exec(await client.info('server'))?.[1]);
const openChild = (data: string): Promise<Store> => open({ store: 'child', data, path });

describeWithRedis(`The private child${withoutRedis}`, () => {
  it('is ready at once, and is what "auto" takes', async () => {
    const started = performance.now();
    const store = await open({ store: 'auto', data: makeData(), path });
    expect(performance.now() - started).toBeLessThan(atEaseMs(1_000));
    expect(store.kind).toBe('child');
    expect(store.about).toMatch(/^private Redis \d+\.\d+\.\d+ \(.*redis-server\) over .*redis, AOF always: nothing acknowledged is lost$/);
    expect(await store.client.config('GET', 'appendfsync')).toEqual(['appendfsync', 'always']);
    expect(await store.client.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  });

  it('is asked what it promises, and does not claim what it was only told', async () => {
    const data = makeData();
    const bot = runBeside({ store: 'child', data, path }, `
      const { client } = await openStore(options);
      await client.config('SET', 'appendfsync', 'everysec');
      print('set');`);
    await bot.reaches(1);
    await bot.kill('SIGKILL');
    const joined = await joinStore({ store: 'child', data, path });
    await joined?.close();
    const store = await openChild(data);
    for (const about of [joined?.about, store.about]) expect(about).toMatch(/^private Redis .*, AOF everysec: a power cut may lose the last second/u);
  });

  it('leaves no process and no folder behind', async () => {
    const data = makeData();
    const store = await openChild(data);
    const pid = await pidOf(store);
    const folder = dirname(store.connection.path ?? '');
    expect(existsSync(folder)).toBe(true);
    await store.close();
    expect(isAlive(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(data, 'redis.json'))).toBe(false);
  });

  it('outlives a killed bot, and the next one goes on with it and stops it', async () => {
    const data = makeData();
    const bot = runBeside({ store: 'child', data, path }, `
      const { client } = await openStore(options);
      await client.set('said', 'done');
      print(/process_id:(\\d+)/.exec(await client.info('server'))[1]);`);
    await bot.reaches(1);
    await bot.kill('SIGKILL');
    const pid = Number(bot.lines()[0]);
    expect(isAlive(pid)).toBe(true);
    const store = await openChild(data);
    expect(await pidOf(store)).toBe(pid);
    expect(await store.client.get('said')).toBe('done');
    await store.close();
    expect(isAlive(pid)).toBe(false);
  });

  it('is started again with its data when it dies, and clients come back by themselves', async () => {
    const store = await openChild(makeData());
    await store.client.set('said', 'done');
    const pid = await pidOf(store);
    process.kill(pid, 'SIGKILL');
    expect(await store.client.get('said')).toBe('done');
    expect(await pidOf(store)).not.toBe(pid);
  });

  it('keeps nothing on disk for long that has ended', async () => {
    const data = makeData();
    const store = await open({ store: 'child', data, path, rewriteEveryMs: 300 });
    const folder = join(data, 'redis', 'appendonlydir');
    const onDisk = () => readdirSync(folder).filter(file => /^appendonly.*\.(?:aof|rdb)$/u.test(file)).map(file => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'latin1') : '')).join();
    await store.client.set('said', 'the goose sulks', 'PX', 200);
    await store.client.set('kept', 'the ferry sails');
    expect(onDisk()).toContain('the goose sulks');
    await until(async () => !onDisk().includes('the goose sulks'));
    expect(onDisk()).toContain('the ferry sails');
  });

  it('is not mistaken for the server of another folder', async () => {
    const one = makeData();
    const other = makeData();
    const store = await openChild(one);
    writeFileSync(join(other, 'redis.json'), JSON.stringify({ kind: 'child', socket: store.connection.path }));
    const second = await openChild(other);
    expect(await pidOf(second)).not.toBe(await pidOf(store));
    await second.close();
    expect(isAlive(await pidOf(store))).toBe(true);
  });

  it('starts over an address that nobody can read', async () => {
    const data = makeData();
    writeFileSync(join(data, 'redis.json'), 'not json');
    expect(await (await openChild(data)).client.ping()).toBe('PONG');
  });

  it('says where to look when the server does not start', async () => {
    const data = makeData();
    const first = await openStore({ store: 'child', data, path });
    await first.client.set('a', 'b');
    await first.close();
    const manifest = join(data, 'redis/appendonlydir/appendonly.aof.manifest');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('file', 'flie'));
    const failure = await openStore({ store: 'child', data, path }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect((failure as Error).message).toMatch(/redis-server does not start \(it ended with code 1\): see .*redis\.log/);
    expect(existsSync(join(data, 'redis.json'))).toBe(false);
    expect(readFileSync(join(data, 'redis/redis.log'), 'utf8')).toContain('manifest');
  });

  it('is there only when it has read its data, however long that takes', async () => {
    const options = { store: 'child', data: makeData(), path } as const;
    const first = await open(options);
    for (let batch = 0; batch < 100; batch++) {
      const pipeline = first.client.pipeline();
      for (let at = 0; at < 3_000; at++) pipeline.incr('count');
      await pipeline.exec();
    }
    await first.close();
    const second = await open(options);
    expect(await second.client.get('count')).toBe('300000');
  });
});
