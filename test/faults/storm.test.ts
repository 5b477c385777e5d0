// The crash storm in small, as it is run from a terminal.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { onTestFinished } from '../support/cleanup.ts';
import { freshFolder } from '../support/program.ts';
import { findProgram } from '../support/servers.ts';
import { until } from '../support/until.ts';
import { readPlan } from './storm/arguments.ts';
import { findFaults, type Report } from './storm/report.ts';
import { toSchedule } from './storm/schedule.ts';
import { openVictim } from './storm/victim.ts';

/** Runs a storm in a process group of its own, with its files in `folder`. */
async function runStorm(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const folder = await freshFolder();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'storm.ts'), ...args], {
    detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env.PATH, NODE_NO_WARNINGS: '1', TMPDIR: folder, ...env },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => void (said.out += chunk.toString('utf8')));
  const heard = Promise.withResolvers<void>();
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString('utf8');
    if (/: kill 1 of/.test(said.err)) heard.resolve();
  });
  const ended = new Promise<number | null>(resolve => child.once('close', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const isAnybodyLeft = (): boolean => {
    try {
      return process.kill(-(child.pid ?? 0), 0);
    } catch {
      return false; // nobody is in the group any more
    }
  };
  return { child, said, ended, firstKill: heard.promise, folder, isAnybodyLeft };
}

const redis = findProgram('redis-server');

(redis === undefined ? describe.skip : describe)(`the crash storm${redis === undefined ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
  it('finds forty mentions answered once each by a bot that was killed four times, and some of them twice by the naive control', async () => {
    const { said, ended, folder, isAnybodyLeft } = await runStorm(['--mentions', '40', '--kills', '4', '--seed', '7', '--json']);
    const code = await ended;
    // All that it said is shown when it fails.
    expect(said).toEqual({ out: expect.stringContaining('"duplicates":0,"lost":0'), err: expect.any(String) });
    const report = JSON.parse(said.out) as Report;
    expect(report).toMatchObject({ network: 'mastodon', seed: 7, mentions: 40, kills: 4, parked: 0, unanswered: 0, control: { mentions: 40, kills: 4, lost: 0 } });
    expect(report.control.duplicates).toBeGreaterThan(0);
    expect(report.ofReady).toBeGreaterThan(0);
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual([]);
    // Who was killed last is gone when the system has buried it.
    await until(() => !isAnybodyLeft());
  }, 180_000);

  it('fails, and says that it proves nothing, when the control came through without a duplicate', async () => {
    const { said, ended } = await runStorm(['--mentions', '3', '--kills', '0', '--network', 'snac']);
    expect(await ended).toBe(1);
    expect(said.err).toContain('the control shows no duplicates, so this storm proves nothing');
    expect(said.out).toMatch(/mentions +3 +3\n/u);
  }, 180_000);

  it('ends everything that it started when it is stopped', async () => {
    const { child, said, ended, firstKill, folder, isAnybodyLeft } = await runStorm(['--mentions', '200', '--kills', '20', '--network', 'x']);
    await firstKill;
    child.kill('SIGINT');
    expect({ code: await ended, said }).toMatchObject({ code: 130 });
    expect(await readdir(folder)).toEqual([]);
    // Who was killed last is gone when the system has buried it.
    await until(() => !isAnybodyLeft());
  }, 180_000);
});

describe('the report of a storm', () => {
  const plan = readPlan(['--mentions', '40', '--kills', '4']);
  const passed: Report = {
    network: 'mastodon', seed: 1, mentions: 40, kills: 4, ofReady: 3, seconds: 9, duplicates: 0, lost: 0, parked: 0, unanswered: 0,
    control: { mentions: 40, kills: 4, ofReady: 4, seconds: 9, duplicates: 7, lost: 0 }, resumeMs: { p50: 1, p95: 2 },
  };

  it('finds no fault when both sides went through all that was asked for', () => {
    expect(findFaults(passed, plan)).toEqual([]);
  });

  it.each([
    ['the bot', 'mentions', '39 of 40', { ...passed, mentions: 39 }],
    ['the bot', 'kills', '3 of 4', { ...passed, kills: 3 }],
    ['the control', 'mentions', '39 of 40', { ...passed, control: { ...passed.control, mentions: 39 } }],
    ['the control', 'kills', '3 of 4', { ...passed, control: { ...passed.control, kills: 3 } }],
  ])('says that it proves nothing when %s went through too few %s', (who, what, share, report) => {
    expect(findFaults(report, plan)).toEqual([`${who} went through ${share} ${what}, so this storm proves nothing`]);
  });
});

describe('a victim', () => {
  it('is started anew while an orphan still holds its pipe, and is hit only while it lives', async () => {
    const undo: (() => unknown)[] = [];
    const deaths: Error[] = [];
    const orphans: number[] = [];
    const script = "const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], { stdio: ['ignore', 'ignore', 'inherit'] }); console.log(pid); setInterval(() => {}, 1_000);";
    const victim = openVictim('it', ready => {
      const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.once('data', (chunk: Buffer) => {
        orphans.push(Number(chunk));
        ready();
      });
      return child;
    }, { onEnd: step => void undo.push(step), onDeath: error => void deaths.push(error), stopped: new Promise<never>(() => {}) });
    onTestFinished(async () => {
      const ended = Promise.all(undo.map(step => step()));
      orphans.forEach(orphan => process.kill(orphan, 'SIGKILL'));
      await ended;
    });
    expect(victim.kill()).toBe('starting');
    expect(victim.kill()).toBe('nobody');
    await until(() => victim.isReady());
    const first = victim.pid();
    expect(victim.kill()).toBe('ready');
    expect(victim.isReady()).toBe(false);
    expect(victim.kill()).toBe('nobody');
    await until(() => victim.isReady());
    expect(victim.pid()).not.toBe(first);
    expect(deaths).toEqual([]);
  }, 30_000);
});

describe('the command line of the crash storm', () => {
  it.each([
    [['--kils', '4'], /^Unknown option '--kils': npm run storm/u],
    [['--mentions', 'many'], /^--mentions many: give a whole number from 1 to 100000$/u],
    [['--mentions', '3', '--kills', '4'], /^--kills 4: each kill needs a mention to interrupt, and there are 3$/u],
    [['--network', 'friendster'], /^--network friendster: there is no such network; there are mastodon, x, gotosocial, snac, hollo$/u],
    [['--long', '--kills', '4'], /^--long has its own size and networks: leave out --kills$/u],
  ])('is refused in one line: %j', async (args, line) => {
    const { said, ended } = await runStorm(args);
    expect(await ended).toBe(2);
    expect(said.err.trimEnd()).toMatch(line);
    expect(said.out).toBe('');
  });

  it('says in one line that there is no redis-server', async () => {
    const { said, ended } = await runStorm([], { PATH: dirname(process.execPath) });
    expect(await ended).toBe(2);
    expect(said.err).toBe('there is no redis-server on PATH: install one to run the storm\n');
  });
});

describe('the schedule of a storm', () => {
  it('is the same for the same seed, asks every mention once and kills as often as it should', () => {
    const size = { mentions: 103, kills: 10 };
    const bursts = toSchedule({ ...size, seed: 7 });
    expect(toSchedule({ ...size, seed: 7 })).toEqual(bursts);
    expect(toSchedule({ ...size, seed: 8 })).not.toEqual(bursts);
    expect(bursts.flatMap(({ numbers }) => numbers)).toEqual(Array.from({ length: 103 }, (_, number) => number));
    expect(bursts.filter(({ kill }) => kill !== undefined)).toHaveLength(10);
    for (const { spreadMs } of bursts) expect(spreadMs >= 30 && spreadMs <= 500).toBe(true);
  });
});
