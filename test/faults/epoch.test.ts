import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { openEpoch, type Epoch } from '../../src/store/epoch.ts';
import { openStore } from '../../src/store/redis.ts';
import { openProcessId } from '../../src/store/process-id.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { hidingProc } from '../support/hiding-proc.ts';
import { freshFolder } from '../support/program.ts';
import { openRedisProcess, type RedisProcess } from '../support/redis-process.ts';
import { describeOnRedis, describeOverRedis } from '../support/redis-servers.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';

const linux = process.platform === 'linux';
/** How this process would name another one of this machine. */
const named = (pid: number): string => {
  const [host, place] = openProcessId().id.split('/');
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return [host, place, pid, stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]].join('/');
};

/** The name of a process that has ended. */
async function namedAndGone(): Promise<string> {
  const child = spawn('sleep', ['60']);
  await new Promise(resolve => child.once('spawn', resolve));
  const name = named(child.pid ?? 0);
  expect(openProcessId().goneForMs(name)).toBeUndefined();
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('exit', resolve));
  return name;
}

const onLinux = linux ? describe : describe.skip;
onLinux('the name of a process (there is a /proc)', () => {
  it('tells a living one from one that is gone', async () => {
    const process = openProcessId();
    expect(process.goneForMs(process.id)).toBeUndefined();
    const gone = await namedAndGone();
    expect(process.goneForMs(gone)).toBeGreaterThanOrEqual(0);
  });

  it('is not taken for a later process with the same number', () => {
    const process = openProcessId();
    const earlier = process.id.replace(/[^/]*$/u, '1');
    expect(process.goneForMs(earlier)).toBeGreaterThanOrEqual(0);
  });

  it.each([
    ['another host', (id: string) => id.replace(hostname(), 'elsewhere')],
    ['another boot or container', (id: string) => id.split('/').with(1, 'other-boot.1').join('/')],
    ['nothing that we wrote', () => 'nonsense'],
    ['nothing', () => ''],
  ])('of %s does not say that it is gone', (_, toOther) => {
    const process = openProcessId();
    expect(process.goneForMs(toOther(process.id))).toBeUndefined();
  });

  it('does not say that a living one is gone that /proc hides from us (hidepid, ProtectProc)', async () => {
    const proc = hidingProc();
    const child = spawn('sleep', ['60']);
    await new Promise(resolve => child.once('spawn', resolve));
    const beside = openProcessId(undefined, proc);
    expect(beside.id).toBe(openProcessId().id);
    const other = named(child.pid ?? 0);
    expect(beside.goneForMs(other)).toBeUndefined();
    child.kill('SIGKILL');
    await new Promise(resolve => child.once('exit', resolve));
    expect(beside.goneForMs(other)).toBeGreaterThanOrEqual(0);
  });

  it('cannot be confused with a fence\'s attempt', () => {
    expect(openProcessId().id).not.toContain('#');
  });
});

describeOverRedis('the life of a store', redis => {
  const clock = openFakeClock();
  const open = async (id = openProcessId().id, client = redis().client) => {
    const epoch = await openEpoch(client, { ...openProcessId(), id }, clock, { postTimeoutMs: 10_000, settleMs: 3_000 });
    onTestFinished(() => epoch.close());
    return epoch;
  };
  const waitMs = ({ quietAt }: Epoch) => quietAt() - clock.monotonic();
  /** As Redis comes back from its files: the same data, another life. */
  const anew = () => redis().client.hset('repartee:epoch', 'run', 'the run before');

  it('needs no waiting where nobody was at work, and after everybody has left', async () => {
    const first = await open();
    expect(waitMs(first)).toBe(0);
    await first.leave();
    await anew();
    const second = await open();
    expect(waitMs(second)).toBe(0);
    expect(second.id()).not.toBe(first.id());
  });

  it('waits for what a process on another machine may be about', async () => {
    await open('elsewhere/boot.1/77/1234');
    await anew();
    expect(waitMs(await open())).toBe(13_000);
  });

  const maybe = linux ? it : it.skip;
  maybe('gives the network time to show what a process did that is surely gone (there is a /proc)', async () => {
    await open(await namedAndGone());
    await anew();
    expect(waitMs(await open())).toBe(3_000);
    await anew();
    expect(waitMs(await open(named(process.ppid)))).toBe(13_000); // this one lives
  });

  it('changes when the data is other data, and waits for what is under way', async () => {
    const epoch = await open();
    const before = epoch.id();
    await redis().client.flushall();
    await until(() => epoch.id() !== undefined && epoch.id() !== before);
    expect(waitMs(epoch)).toBe(13_000);
  });

  it('changes when a backup of itself is brought into a Redis that runs', async () => {
    const epoch = await open();
    const before = epoch.id();
    const backup = await redis().client.hgetall('repartee:epoch');
    await new Promise(resolve => setTimeout(resolve, 2_500));
    expect(epoch.id()).toBe(before);
    await redis().client.multi().del('repartee:epoch').hset('repartee:epoch', backup).exec();
    await until(() => epoch.id() !== undefined && epoch.id() !== before);
    expect(waitMs(epoch)).toBe(13_000);
    const after = epoch.id();
    await new Promise(resolve => setTimeout(resolve, 2_500));
    expect(epoch.id()).toBe(after);
  });

  it('is not taken from one life and written into the next', async () => {
    const client = redis().client.duplicate({ enableReadyCheck: false, retryStrategy: () => 20 });
    onTestFinished(() => client.disconnect());
    const runs = ['one', 'two'];
    client.info = async () => {
      const run = runs.length > 1 ? runs.shift() : runs[0];
      if (run === 'one') client.disconnect(true); // what is asked next is asked of whoever is there then
      return `role:master\r\nrun_id:${run}\r\nmaster_replid:x\r\n`;
    };
    const epoch = await open('elsewhere/boot.1/79/1234', client);
    await until(() => epoch.id() !== undefined);
    expect(await redis().client.hget('repartee:epoch', 'run')).toBe('two x');
    expect(await redis().client.hget('repartee:epoch', 'id')).toBe(epoch.id());
  });

  it('is nobody\'s to know while the connection is away', async () => {
    const client = redis().client.duplicate();
    onTestFinished(() => client.disconnect());
    const epoch = await open('elsewhere/boot.1/78/1234', client);
    client.disconnect();
    await until(() => epoch.id() === undefined);
    expect(epoch.quietAt()).toBe(Infinity);
    await client.connect();
    await until(() => epoch.id() !== undefined);
    expect(epoch.quietAt()).not.toBe(Infinity);
  });
});

it('is the same for whoever joins an embedded store, and another one after its next start', async () => {
  const data = await freshFolder();
  const look = async () => {
    const store = await openStore({ store: 'embedded', data, path: '' });
    const open = async (id: string) => {
      const epoch = await openEpoch(store.client, { ...openProcessId(), id }, openFakeClock(), { postTimeoutMs: 10_000, settleMs: 3_000 });
      epoch.close();
      return epoch.id();
    };
    const both = [await open('elsewhere/boot.1/77/1234'), await open('elsewhere/boot.1/78/1234')];
    await store.close();
    return both;
  };
  const [first, joined] = await look();
  expect(joined).toBe(first);
  expect((await look())[0]).not.toBe(first);
});

const isMissing = findProgram('redis-server') === undefined;
(isMissing ? it.skip : it)(`of a Redis that was a replica for a moment is another one${isMissing ? ' (skipped: no redis-server on PATH)' : ''}`, async () => {
  const [one, other] = await Promise.all([openRedisProcess(), openRedisProcess()]);
  const follow = async (replica: RedisProcess, primary: RedisProcess) => {
    await replica.client.replicaof('127.0.0.1', new URL(primary.url).port);
    await until(async () => /master_link_status:up/u.test(await replica.client.info('replication')), 10_000);
  };
  const clock = openFakeClock();
  await follow(other, one);
  const epoch = await openEpoch(one.client, openProcessId(), clock, { postTimeoutMs: 10_000, settleMs: 3_000 });
  onTestFinished(() => epoch.close());
  await new Promise(resolve => setTimeout(resolve, 1_500));
  const before = epoch.id();
  expect(before).toBeDefined();
  await other.client.replicaof('NO', 'ONE');
  await follow(one, other);
  await until(() => epoch.id() === undefined);
  expect(epoch.quietAt()).toBe(Infinity);
  await one.client.replicaof('NO', 'ONE');
  await epoch.whenKnown(new AbortController().signal);
  expect(epoch.id()).not.toBe(before);
  expect(epoch.quietAt() - clock.monotonic()).toBe(13_000);
}, 180_000);

describeOnRedis('the life of a redis-server', redis => {
  it('is the same for who comes and goes', async () => {
    if (findProgram('redis-server') === undefined) return;
    const clock = openFakeClock();
    const open = async (id: string) => {
      const epoch = await openEpoch(redis().client, { ...openProcessId(), id }, clock, { postTimeoutMs: 10_000, settleMs: 3_000 });
      onTestFinished(() => epoch.close());
      return epoch.id();
    };
    const first = await open('elsewhere/boot.1/77/1234');
    expect(await open(openProcessId().id)).toBe(first);
  });
});
