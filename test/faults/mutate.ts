// Takes the guard out of each rule of the ledger, in a scratch copy, and sees that its test turns red: `npm run mutate`.
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mutations, type Mutation } from './mutations.ts';

const root = resolve(import.meta.dirname, '../..');

/** Whether the test passes in the copy. */
async function passes(copy: string, [file, name]: Mutation['test']): Promise<boolean> {
  const args = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '--testPathPatterns', file, '-t', `^${name}`, '--json', '--forceExit'];
  const report = await new Promise<string>(done => execFile(process.execPath, args, { cwd: copy, maxBuffer: 1e8, timeout: 120_000 }, (_, stdout) => done(stdout)));
  const { success, numPassedTests, numFailedTests } = JSON.parse(report) as { success: boolean; numPassedTests: number; numFailedTests: number };
  if (numPassedTests + numFailedTests === 0) throw new Error(`${file} has no test that begins with "${name}"`);
  return success;
}

async function mutate(): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'repartee-mutate-'));
  const copy = join(scratch, 'repartee');
  try {
    for (const part of ['src', 'workers', 'test', 'config', 'package.json', 'jest.config.js', 'tsconfig.json']) await cp(join(root, part), join(copy, part), { recursive: true });
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
    let survivors = 0;
    for (const { rule, without, file, find, replace, test } of mutations) {
      const path = join(copy, file);
      const text = await readFile(path, 'utf8');
      if (text.split(find).length !== 2) throw new Error(`${file} holds "${find}" ${text.split(find).length - 1} times: the mutation must be written anew`);
      const isGreen = await passes(copy, test);
      await writeFile(path, text.replace(find, () => replace));
      const isRed = !(await passes(copy, test));
      await writeFile(path, text);
      if (!isGreen || !isRed) survivors += 1;
      process.stdout.write(`rule ${rule}, without ${without}: ${!isGreen ? 'its test fails even so' : isRed ? 'noticed' : 'NOT NOTICED'} (${test[0]}: ${test[1]})\n`);
    }
    process.stdout.write(`${mutations.length - survivors} of ${mutations.length} noticed\n`);
    return survivors === 0 ? 0 : 1;
  } finally {
    await rm(dirname(copy), { recursive: true, force: true });
  }
}

process.exitCode = await mutate();
