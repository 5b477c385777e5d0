import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

describe('a process whose event loop does not turn', () => {
  it.each([[2_500, 'SIGKILL'], [600, null]] as const)('for %d ms gets %s, with a limit of two seconds', async (ms, signal) => {
    const script = `
      const { watchLoop } = await import(${JSON.stringify(join(import.meta.dirname, '../../workers/watchdog.ts'))});
      const dog = watchLoop({ limitMs: 2_000, everyMs: 200 });
      await new Promise(resolve => setTimeout(resolve, 500));
      const end = Date.now() + ${ms * 2};
      while (Date.now() < ${ms === 600 ? 'end - 600' : 'end'});
      await new Promise(resolve => setTimeout(resolve, 500));
      await dog.stop();`;
    const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect((await once(child, 'close'))[1]).toBe(signal);
    if (signal === null) expect(said).toBe('');
    else expect(said).toContain('nothing moved in this process for 2 s; it ends');
  });

  it('gets it soon when its parent has ended, if that is asked for', async () => {
    const orphan = `
      const { watchLoop } = await import(${JSON.stringify(join(import.meta.dirname, '../../workers/watchdog.ts'))});
      watchLoop({ limitMs: 60_000, orphanMs: 1_000, everyMs: 200 });
      await new Promise(resolve => setTimeout(resolve, 500));
      process.send('hangs');
      while (true);`;
    const parent = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '--eval', ${JSON.stringify(orphan)}], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.on('message', () => process.exit());`;
    const begun = performance.now();
    const child = spawn(process.execPath, ['--eval', parent], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    // The orphan holds its parent's pipe until it is gone.
    await once(child, 'close');
    expect(said).toContain('nothing moved in this process for');
    expect(performance.now() - begun).toBeLessThan(30_000);
  }, 90_000);
});
