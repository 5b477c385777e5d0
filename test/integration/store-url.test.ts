import { createServer, type AddressInfo, type Socket } from 'node:net';
import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { SetupError } from '../../src/core/errors.ts';
import { openStore, type StoreOptions } from '../../src/store/redis.ts';
import { watchStore } from '../../src/store/watch.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { findFreePort } from '../support/free-port.ts';
import { describeWithRedis, makeData, open, path, serveRedis, withoutRedis } from './store-setup.ts';

const urlOptions = (url: string): StoreOptions => ({ store: 'auto', url, data: `${makeData()}/data`, path });

/** The message of the SetupError that opening ends with. */
async function refusal(options: StoreOptions): Promise<string> {
  const failure: unknown = await openStore(options).then(() => 'it opened', error => error);
  expect(failure).toBeInstanceOf(SetupError);
  expect(existsSync(options.data)).toBe(false); // nothing was written
  return (failure as Error).message;
}

/** A server that speaks as much of the protocol as a start-up check needs; `info` undefined: it never says a word. */
async function serveFake(info: string | undefined): Promise<{ readonly url: string; readonly commands: readonly string[] }> {
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('data', chunk => {
      if (info === undefined) return;
      for (const [, name = ''] of chunk.toString().matchAll(/\*\d+\r\n\$\d+\r\n(\w+)\r\n/g)) {
        const command = name.toLowerCase();
        commands.push(command);
        if (command === 'ping') socket.write('+PONG\r\n');
        else if (command === 'info') socket.write(`$${info.length}\r\n${info}\r\n`);
        else socket.write(`-ERR unknown command '${command}'\r\n`);
      }
    });
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`, commands };
}

describe('REDIS_URL', () => {
  it.each([
    ['localhost:6379'], ['http://localhost'], ['redis://'], ['not an address'],
  ])('is refused when it is no address of a Redis: %s', async url => {
    expect(await refusal(urlOptions(url))).toBe('REDIS_URL is not an address like redis://user:password@host:6379/0 (or rediss:// for TLS)');
  });

  it('is refused with a database that is no number', async () => {
    expect(await refusal(urlOptions('redis://:hunter2@127.0.0.1:6379/main'))).toBe('REDIS_URL redis://127.0.0.1:6379 ends in /main: a database is a number');
  });

  it('is refused when nobody listens there, without its password', async () => {
    const port = await findFreePort();
    expect(await refusal(urlOptions(`redis://someone:hunter2@127.0.0.1:${port}/1`))).toBe(`REDIS_URL redis://127.0.0.1:${port} does not answer (connection refused)`);
  });

  it('is refused within 5 s when somebody listens and says nothing', async () => {
    const { url } = await serveFake(undefined);
    const started = performance.now();
    expect(await refusal(urlOptions(url))).toBe(`REDIS_URL ${url} does not answer (no answer within 5 s)`);
    expect(performance.now() - started).toBeLessThan(6_000);
  });

  it('is refused when it is too old, and nothing was asked that writes', async () => {
    const { url, commands } = await serveFake('redis_version:6.0.16\r\nmaxmemory_policy:noeviction\r\n');
    expect(await refusal(urlOptions(url))).toBe(`REDIS_URL ${url} is Redis 6.0.16: 6.2 or newer is needed`);
    expect(commands.filter(command => !['hello', 'client', 'ping', 'info', 'config'].includes(command))).toEqual([]);
  });

  it('is taken with its durability unconfirmed when it does not let us read its settings', async () => {
    const { url } = await serveFake('redis_version:7.2.4\r\nvalkey_version:8.1.0\r\nmaxmemory_policy:noeviction\r\n');
    expect((await open(urlOptions(url))).about).toBe(`Valkey 8.1.0 at ${url}, durability unconfirmed: it does not let us read its settings`);
  });

  it('is asked for when the settings want it', async () => {
    expect(await refusal({ store: 'url', data: `${makeData()}/data`, path })).toMatch(/^store is "url", but REDIS_URL is not set/);
  });

  it('is not needed: a machine without any Redis gets the embedded one', async () => {
    const store = await open({ store: 'auto', data: makeData(), path: '/nowhere' });
    expect(store.kind).toBe('embedded');
    expect(store.about).toContain('nothing acknowledged is lost');
  });

  it('nor is a server on PATH, but then "child" says what is missing', async () => {
    expect(await refusal({ store: 'child', data: `${makeData()}/data`, path: '/nowhere' }))
      .toBe('store is "child", but PATH lacks redis-server, valkey-server or keydb-server: install one, or set store to "embedded"');
  });
});

describeWithRedis(`REDIS_URL of a redis-server${withoutRedis}`, () => {
  it.each([
    [['--appendonly', 'yes', '--appendfsync', 'always'], 'AOF always: nothing acknowledged is lost'],
    [['--appendonly', 'yes', '--appendfsync', 'always', '--no-appendfsync-on-rewrite', 'yes'], 'AOF always, but not while it rewrites its file (no-appendfsync-on-rewrite): a power cut may lose the last half minute then'],
    [['--appendonly', 'yes'], 'AOF everysec: a power cut may lose the last second'],
    [['--appendonly', 'no'], 'no AOF: a crash of it may lose what it acknowledged'],
    [['--appendonly', 'yes', '--rename-command', 'CONFIG', ''], 'durability unconfirmed: it does not let us read its settings'],
  ])('says what it promises with %j', async (flags, promise) => {
    const url = await serveRedis(...flags);
    const { about, kind } = await open(urlOptions(url));
    expect(kind).toBe('url');
    expect(about).toMatch(/^Redis \d+\.\d+\.\d+ at redis:\/\/127\.0\.0\.1:\d+, /);
    expect(about.endsWith(promise)).toBe(true);
  });

  it('is refused when it may throw keys away, with and without a limit', async () => {
    for (const flags of [[], ['--maxmemory', '100mb']]) {
      const url = await serveRedis('--maxmemory-policy', 'allkeys-lru', ...flags);
      expect(await refusal(urlOptions(url))).toBe(`REDIS_URL ${url} may throw away what must be kept (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction`);
    }
  });

  it('is read back while it is used: what it promises no more is said, and while it may throw keys away everything waits', async () => {
    const store = await open(urlOptions(await serveRedis('--appendonly', 'yes', '--appendfsync', 'always')));
    const lines: string[] = [];
    const watch = watchStore(store, line => lines.push(line), 0);
    onTestFinished(() => watch.close());
    const after = async (name: string, value: string) => {
      await store.client.config('SET', name, value);
      await watch.look();
      return lines.splice(0);
    };
    expect(await after('appendfsync', 'always')).toEqual([]);
    expect(await after('appendfsync', 'no')).toEqual(['the settings of Redis have changed: AOF no: a power cut may lose the last half minute']);
    expect(await after('appendfsync', 'no')).toEqual([]);
    expect(await after('appendfsync', 'always')).toEqual(['the settings of Redis have changed: AOF always: nothing acknowledged is lost']);
    expect(await after('maxmemory-policy', 'allkeys-lru')).toEqual(['Redis may throw away what must be kept (maxmemory-policy allkeys-lru): set maxmemory-policy noeviction; until then everything waits']);
    expect(watch.trouble()).toMatchObject({ isAway: false, isLosing: true });
    expect(await after('maxmemory-policy', 'noeviction')).toEqual([expect.stringMatching(/^Redis works again, after \d+ s$/u)]);
    expect(watch.trouble()).toBeUndefined();
  });

  it('is entered with user, password and database, and refused with the wrong ones', async () => {
    const url = new URL(await serveRedis('--requirepass', 'open sesame'));
    const { host } = url;
    const store = await open(urlOptions(`redis://default:open%20sesame@${host}/3`));
    await store.client.set('a', 'b');
    expect(await store.client.info('keyspace')).toContain('db3:keys=1');
    expect(await refusal(urlOptions(`redis://:hunter2@${host}`))).toBe(`REDIS_URL redis://${host} refuses the user name or password`);
    expect(await refusal(urlOptions(`redis://${host}`))).toBe(`REDIS_URL redis://${host} refuses the user name or password`);
  });
});

describe('A data folder with data', () => {
  it('keeps its kind of store, whatever is on PATH by now', async () => {
    const data = makeData();
    const first = await openStore({ store: 'auto', data, path: '/nowhere' });
    await first.client.set('said', 'done');
    await first.close();
    const second = await open({ store: 'auto', data, path });
    expect([second.kind, await second.client.get('said')]).toEqual(['embedded', 'done']);
  });
});
