import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { openPresence } from '../../src/store/presence.ts';
import { openProcessId } from '../../src/store/process-id.ts';
import { openFakeClock } from '../support/fake-clock.ts';
import { describeOverRedis } from '../support/redis-servers.ts';

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
  expect(openProcessId().isAlive(name)).toBe(true);
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('exit', resolve));
  return name;
}

const onLinux = linux ? describe : describe.skip;
onLinux('the name of a process (there is a /proc)', () => {
  it('tells a living one from one that is gone', async () => {
    const process = openProcessId();
    expect([process.isAlive(process.id), process.goneSince(process.id) !== undefined]).toEqual([true, false]);
    const gone = await namedAndGone();
    expect([process.isAlive(gone), process.goneSince(gone) !== undefined]).toEqual([false, true]);
  });

  it('is not taken for a later process with the same number', () => {
    const process = openProcessId();
    const earlier = process.id.replace(/[^/]*$/u, '1');
    expect([process.isAlive(earlier), process.goneSince(earlier) !== undefined]).toEqual([false, true]);
  });

  it.each([
    ['another host', (id: string) => id.replace(hostname(), 'elsewhere')],
    ['another boot or container', (id: string) => id.split('/').with(1, 'other-boot.1').join('/')],
    ['nothing that we wrote', () => 'nonsense'],
    ['nothing', () => ''],
  ])('of %s says neither', (_, toOther) => {
    const process = openProcessId();
    expect([process.isAlive(toOther(process.id)), process.goneSince(toOther(process.id)) !== undefined]).toEqual([false, false]);
  });

  it('cannot be confused with a fence\'s attempt', () => {
    expect(openProcessId().id).not.toContain('#');
  });
});

describeOverRedis('who works on this store', redis => {
  const self = openProcessId();
  const open = (clock = openFakeClock(), id = self.id) => openPresence(redis().client, { ...self, id }, clock);

  it('has nothing to verify on a first start, and after everybody has left', async () => {
    const first = await open();
    expect(first.verifyBefore).toBe(0);
    await first.leave();
    expect((await open()).verifyBefore).toBe(0);
  });

  it('verifies what is older than a start that found a process on another machine which did not leave', async () => {
    const clock = openFakeClock();
    await open(clock, 'elsewhere/boot.1/77/1234');
    const found = clock.now();
    expect((await open(clock)).verifyBefore).toBe(found);
    clock.advance(1_000);
    expect((await open(clock)).verifyBefore).toBe(found + 1_000); // it may still be at it
  });

  it('forgets a process that said nothing for longer than a day, after having counted it', async () => {
    const clock = openFakeClock();
    const other = await open(clock, 'elsewhere/boot.1/77/1234');
    clock.advance(86_000_000);
    await other.beat();
    clock.advance(86_400_001);
    const found = clock.now();
    expect((await open(clock)).verifyBefore).toBe(found);
    clock.advance(1_000);
    expect((await open(clock)).verifyBefore).toBe(found);
  });

  const maybe = linux ? it : it.skip;
  maybe('counts a process that is surely gone once, remembers it over clean restarts, and is calm beside a living one (there is a /proc)', async () => {
    const clock = openFakeClock();
    await open(clock, named(process.ppid));
    expect((await open(clock)).verifyBefore).toBe(0);
    await open(clock, await namedAndGone());
    const found = clock.now();
    expect((await open(clock)).verifyBefore).toBe(found);
    clock.advance(1_000);
    const next = await open(clock);
    expect(next.verifyBefore).toBe(found);
    await next.leave();
    expect((await open(clock)).verifyBefore).toBe(found);
  });
});
