import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync, utimesSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SetupError } from '../../src/core/errors.ts';
import { lockDataFolder } from '../../src/store/data-folder.ts';
import { hidingProc } from '../support/hiding-proc.ts';
import { makeData } from './store-setup.ts';

/** Another process that takes the lock, says so, and lets go of nothing. */
function lockBeside(data: string, then = 'setInterval(() => undefined, 1000)'): { readonly pid: number; readonly says: Promise<string>; kill(): Promise<void> } {
  const module = JSON.stringify(resolve(import.meta.dirname, '../../src/store/data-folder.ts'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e',
    `import { lockDataFolder } from ${module};
     try { await lockDataFolder(${JSON.stringify(data)}); console.log('locked'); ${then} } catch (error) { console.log(error.message); }`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise(done => child.once('close', done));
  return {
    pid: child.pid ?? 0,
    says: new Promise(done => child.stdout.once('data', (chunk: Buffer) => done(chunk.toString().trim()))),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

describe('The data folder', () => {
  it('is made for our eyes only', async () => {
    const data = join(makeData(), 'a/b');
    const { release } = await lockDataFolder(data);
    expect(statSync(data).mode & 0o777).toBe(0o700);
    release();
    expect(readdirSync(data)).toEqual([]);
  });

  it('is refused while another process is in it, and free once that one is gone', async () => {
    const data = makeData();
    const other = lockBeside(data);
    expect(await other.says).toBe('locked');
    await expect(lockDataFolder(data)).rejects.toThrow(new SetupError(`data folder ${data} is in use by process ${other.pid}: stop it first, or choose another folder with REPARTEE_DATA`));
    await other.kill();
    const { release } = await lockDataFolder(data);
    await expect(lockDataFolder(data)).rejects.toThrow(`in use by process ${process.pid}`);
    release();
    expect(readdirSync(data)).toEqual([]);
  });

  it.each([
    ['a process with the same number that started at another time', `${process.pid} 1 `],
    ['nobody that we could name', 'x y '],
  ])('is taken over from %s', async (_, words) => {
    const data = makeData();
    const mine = await lockDataFolder(data);
    const [, , bootId = ''] = readFileSync(join(data, 'lock'), 'utf8').split(' ');
    mine.release();
    writeFileSync(join(data, 'lock'), `${words}${bootId} id\n`);
    const { release } = await lockDataFolder(data);
    release();
    expect(readdirSync(data)).toEqual([]);
  });

  /** As if nobody had touched the lock for a while. */
  const leaveAlone = (data: string): void => utimesSync(join(data, 'lock'), new Date(Date.now() - 20_000), new Date(Date.now() - 20_000));

  it('is taken over after the machine was started anew, once nobody touches it', async () => {
    const data = makeData();
    const mine = await lockDataFolder(data);
    const [pid = '', startedAt = ''] = readFileSync(join(data, 'lock'), 'utf8').split(' ');
    mine.release();
    writeFileSync(join(data, 'lock'), `${pid} ${startedAt} another-boot id\n`);
    await expect(lockDataFolder(data)).rejects.toThrow(`in use by process ${pid}`); // it may live in another container
    leaveAlone(data);
    const { release } = await lockDataFolder(data);
    release();
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('is refused while a process is in it that /proc hides from us (there is a /proc)', async () => {
    const data = makeData();
    const other = lockBeside(data);
    expect(await other.says).toBe('locked');
    const proc = hidingProc();
    await expect(lockDataFolder(data, proc)).rejects.toThrow(SetupError);
    await other.kill();
    (await lockDataFolder(data, proc)).release();
  });

  it('lets one in of many that come at once upon a stale lock', async () => {
    const data = makeData();
    writeFileSync(join(data, 'lock'), '999999999 1 another-boot id\n');
    leaveAlone(data);
    const others = Array.from({ length: 6 }, () => lockBeside(data));
    const said = await Promise.all(others.map(other => other.says));
    await Promise.all(others.map(other => other.kill()));
    expect(said.filter(line => line === 'locked')).toHaveLength(1);
    expect(said.filter(line => line.includes('is in use by process'))).toHaveLength(5);
  });

  it('keeps the lock of a new owner when an old one lets go', async () => {
    const data = makeData();
    const old = await lockDataFolder(data);
    writeFileSync(join(data, 'lock'), 'somebody else\n');
    old.release();
    expect(readFileSync(join(data, 'lock'), 'utf8')).toBe('somebody else\n');
  });
});
