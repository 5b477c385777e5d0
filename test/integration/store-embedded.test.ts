import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { journalName } from '../../src/store/address.ts';
import type { Store } from '../../src/store/redis.ts';
import { toShortScript } from '../../src/store/scripts.ts';
import { until } from '../support/until.ts';
import { runKey } from '../../src/store/client.ts';
import { makeData, open, readThreefold, runBeside, threefold, threefoldKeys } from './store-setup.ts';

const openEmbedded = (data: string): Promise<Store> => open({ store: 'embedded', data, path: '' });

/** What a start after a kill -9 right now would find. */
async function reopenAsKilled(data: string): Promise<Store> {
  const copy = makeData();
  copyFileSync(join(data, journalName), join(copy, journalName));
  return openEmbedded(copy);
}

/** Everything a database holds, times to live included, as far as clients can see. */
async function readAll(client: Redis): Promise<readonly (readonly [key: string, value: unknown, expiresAt: number])[]> {
  const keys = (await client.keys('*')).filter(key => key !== runKey).toSorted(); // another one after every start
  return Promise.all(keys.map(async key => {
    const type = await client.type(key);
    const value = type === 'string' ? await client.getBuffer(key)
      : type === 'hash' ? Object.entries(await client.hgetall(key)).toSorted(([a], [b]) => a.localeCompare(b))
        : type === 'list' ? await client.lrange(key, 0, -1)
          : type === 'set' ? (await client.smembers(key)).toSorted()
            : type === 'zset' ? await client.zrange(key, '0', '-1', 'WITHSCORES')
              : [await client.xrange(key, '-', '+'), await client.xinfo('STREAM', key)];
    return [key, value, await client.pexpiretime(key)] as const;
  }));
}

/** The same numbers on every run. */
function openDice(seed: number): (sides: number) => number {
  let state = seed;
  return sides => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Any of the commands that BullMQ and we use, and some more, on few keys, so that they meet. */
function toCommand(roll: (sides: number) => number): [name: string, ...args: string[]] {
  const n = roll(4);
  const member = `m${roll(8)}`;
  const number = roll(100);
  const commands: readonly (readonly [string, ...(string | number)[]])[] = [
    ['SET', `s${n}`, number], ['SET', `s${n}`, number, 'PX', 60_000 + number], ['SET', `s${n}`, number, 'KEEPTTL'], ['SET', `s${n}`, member, 'NX'],
    ['INCR', `i${n}`], ['INCRBY', `i${n}`, number], ['APPEND', `s${n}`, member], ['GETDEL', `s${n}`], ['SETEX', `s${n}`, 100, member],
    ['HSET', `h${n}`, member, number], ['HSETNX', `h${n}`, member, number], ['HINCRBY', `hn${n}`, member, number], ['HDEL', `h${n}`, member],
    ['LPUSH', `l${n}`, member, number], ['RPUSH', `l${n}`, member], ['LPOP', `l${n}`], ['RPOP', `l${n}`], ['LREM', `l${n}`, roll(3) - 1, member], ['LTRIM', `l${n}`, 0, 10],
    ['RPOPLPUSH', `l${n}`, `l${roll(4)}`], ['LMOVE', `l${n}`, `l${roll(4)}`, 'LEFT', 'RIGHT'], ['LINSERT', `l${n}`, 'BEFORE', member, number], ['LSET', `l${n}`, 0, member],
    ['SADD', `e${n}`, member, number], ['SREM', `e${n}`, member], ['SPOP', `e${n}`], ['SMOVE', `e${n}`, `e${roll(4)}`, member], ['SUNIONSTORE', `e${n}`, 'e0', 'e1'],
    ['ZADD', `z${n}`, number, member], ['ZADD', `z${n}`, 'GT', number, member], ['ZINCRBY', `z${n}`, 1.5, member], ['ZREM', `z${n}`, member],
    ['ZPOPMIN', `z${n}`], ['ZREMRANGEBYSCORE', `z${n}`, 0, roll(20)], ['ZREMRANGEBYRANK', `z${n}`, 0, 0], ['ZRANGESTORE', `z${n}`, `z${roll(4)}`, 0, 3],
    ['XADD', `x${n}`, 'MAXLEN', '~', 5, '*', member, number], ['XADD', `x${n}`, '*', member, number], ['XTRIM', `x${n}`, 'MAXLEN', 3],
    ['DEL', `${'shlezx'.charAt(roll(6))}${n}`], ['PEXPIRE', `${'shlezx'.charAt(roll(6))}${n}`, 60_000 + number], ['PERSIST', `${'shlezx'.charAt(roll(6))}${n}`],
    ['RENAME', `z${n}`, `z${roll(4)}`], ['COPY', `h${n}`, `h${roll(4)}`, 'REPLACE'],
  ];
  const [name, ...args] = commands[roll(commands.length)] ?? ['PING'];
  return [name, ...args.map(String)];
}

describe('The embedded store', () => {
  it.each([1, 2, 3])('comes back from a kill with exactly what it held, after any commands (seed %i)', async seed => {
    const data = makeData();
    const store = await openEmbedded(data);
    const roll = openDice(seed);
    const failures = await Promise.all(Array.from({ length: 3_000 }, () => store.client.call(...toCommand(roll)).then(() => 0, () => 1)));
    expect(failures.reduce((sum, failed) => sum + failed, 0 as number)).toBeLessThan(600); // LSET on nothing, RENAME of nothing
    const held = await readAll(store.client);
    expect(held.length).toBeGreaterThan(15);
    const killed = await reopenAsKilled(data);
    expect(await readAll(killed.client)).toEqual(held);
    await killed.close(); // rewrites
    await store.close();
    const again = await openEmbedded(data);
    expect(await readAll(again.client)).toEqual(held);
  });

  it('holds no half of a script or transaction, wherever its journal is torn', async () => {
    const data = makeData();
    const store = await openEmbedded(data);
    const [counter, list, hash, zset, stream] = threefoldKeys;
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 5 }, () => store.client.eval(threefold, 5, ...threefoldKeys)));
      const n = (round + 1) * 6;
      await store.client.multi().incr(counter).rpush(list, n).hset(hash, 'n', n).zadd(zset, n, `member-${n}`).xadd(stream, 'MAXLEN', 10, '*', 'n', n).exec();
    }
    const whole = readFileSync(join(data, journalName));
    const roll = openDice(4);
    const found = new Set<number>();
    for (let cut = 0; cut < 20; cut++) {
      const torn = makeData();
      writeFileSync(join(torn, journalName), whole);
      truncateSync(join(torn, journalName), roll(whole.length));
      const reopened = await openEmbedded(torn);
      const numbers = await readThreefold(reopened.client);
      expect(new Set(numbers).size).toBe(1);
      found.add(numbers[0] ?? -1);
      await reopened.close();
    }
    expect(found.size).toBeGreaterThan(5);
  });

  it('forgets what expired while nobody ran, and nothing that was given more time', async () => {
    const data = makeData();
    const store = await openEmbedded(data);
    await store.client.set('gone', 'x', 'PX', 100);
    await store.client.hset('renewed', 'a', 1);
    await store.client.pexpire('renewed', 2_000);
    await store.client.hset('renewed', 'b', 2);
    await store.client.persist('renewed');
    await store.client.hset('reborn', 'old', 1);
    await store.client.pexpire('reborn', 1);
    await new Promise(due => setTimeout(due, 2_100));
    await store.client.hset('reborn', 'new', 1);
    const { client } = await reopenAsKilled(data);
    expect(await client.exists('gone')).toBe(0);
    expect(await client.hgetall('renewed')).toEqual({ a: '1', b: '2' });
    expect(await client.hgetall('reborn')).toEqual({ new: '1' });
    expect(await client.pttl('reborn')).toBe(-1);
  });

  it('rewrites a journal that has grown, while it is written to, and keeps everything', async () => {
    const data = makeData();
    const store = await openEmbedded(data);
    const big = 'x'.repeat(20_000);
    let slowestMs = 0;
    const write = async (lane: number): Promise<void> => {
      for (let round = 0; round < 15; round++) {
        for (let n = lane; n < 30; n += 5) {
          const started = performance.now();
          await Promise.all([store.client.hset(`h${n}`, { round, big }), store.client.rpush(`l${n}`, round)]);
          slowestMs = Math.max(slowestMs, performance.now() - started);
        }
      }
    };
    let writing = true;
    const drizzle = (async () => { // writes that wait for no answer fall between a batch and its flush
      const pushes: Promise<number>[] = [];
      for (; writing; await nextTurn()) pushes.push(store.client.rpush('log', pushes.length));
      return Promise.all(pushes);
    })();
    await Promise.all(Array.from({ length: 5 }, (_, lane) => write(lane)));
    writing = false;
    await drizzle;
    const held = await readAll(store.client);
    expect(statSync(join(data, journalName)).size).toBeLessThan(15 * 30 * 20_000 * 0.7);
    expect(slowestMs).toBeLessThan(500);
    expect(await readAll((await reopenAsKilled(data)).client)).toEqual(held);
  });

  const full = '/dev/full'; // a disk that refuses every byte
  (existsSync(full) ? it : it.skip)(`acknowledges nothing while the disk refuses, and says so${existsSync(full) ? '' : ' (skipped: no /dev/full)'}`, async () => {
    const journal = JSON.stringify(resolve(import.meta.dirname, '../../src/store/journal.ts'));
    const other = runBeside({ store: 'embedded', data: '', path: '' }, `
      const { openJournal } = await import(${journal});
      const journal = await openJournal('${full}', 0, () => { throw new Error('not yet'); }, line => print(line));
      journal.append(['delete', Buffer.from('a')]);
      journal.whenFlushed(() => print('acknowledged'));`);
    await other.reaches(2);
    await other.kill('SIGKILL');
    expect(other.lines()).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/^cannot write \/dev\/full, waiting: ENOSPC/)));
  });

  it('keeps nothing on disk for long that has ended', async () => {
    const data = makeData();
    const store = await open({ store: 'embedded', data, path: '', rewriteEveryMs: 300 });
    const onDisk = () => readFileSync(join(data, journalName), 'latin1');
    await store.client.set('said', 'the goose sulks', 'PX', 200);
    await store.client.set('kept', 'the ferry sails');
    expect(onDisk()).toContain('the goose sulks');
    await until(async () => !onDisk().includes('the goose sulks'));
    expect(onDisk()).toContain('the ferry sails');
    expect(await (await reopenAsKilled(data)).client.get('kept')).toBe('the ferry sails');
  });

  it('wants its password, and listens on loopback only', async () => {
    const store = await openEmbedded(makeData());
    const { host, port } = store.connection;
    expect(host).toBe('127.0.0.1');
    const answer = await new Promise<string>((done, fail) => {
      const socket = connect({ host: '127.0.0.1', port: port ?? 0 }, () => socket.write('GET secret\r\n'));
      socket.once('data', chunk => {
        done(chunk.toString());
        socket.destroy();
      });
      socket.once('error', fail);
    });
    expect(answer).toMatch(/^-NOAUTH /);
  });

  it('refuses to open a folder that another process has open', async () => {
    const data = makeData();
    const other = runBeside({ store: 'embedded', data, path: '' }, 'await openStore(options); print("open");');
    await other.reaches(1);
    await expect(openEmbedded(data)).rejects.toThrow(`data folder ${data} is in use by a running bot`);
  });
});

describe('A shortened script', () => {
  it('loses comments and indentation, and nothing else', () => {
    const script = [
      '-- a comment', 'local a = "-- not -- a comment" --[[ long', 'one ]] local b = \'it\\\'s --\'', '  local c = [==[ [[kept]]  --kept', '   ]==]',
      '\t\tif a ~= b then --[==[ ]] ]==] return a -1 end', '', '   return c--[[x]]..b',
    ].join('\n');
    expect(toShortScript(script)).toBe([
      ' ', 'local a = "-- not -- a comment"   local b = \'it\\\'s --\'', 'local c = [==[ [[kept]]  --kept', '   ]==]', 'if a ~= b then   return a -1 end', 'return c ..b',
    ].join('\n'));
  });
});
