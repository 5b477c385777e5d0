import { Command, CommanderError } from 'commander';
import { SetupError } from '../core/errors.ts';
import { addSandbox } from './sandbox.ts';
import { addSay } from './say.ts';
import { addStart } from './start.ts';
import { addStatus } from './status.ts';
import { addSweep } from './sweep.ts';

/** Runs the command line. 0: done · 1: it failed · 2: something the operator wrote is wrong, and nothing was written. */
export async function runCommand(): Promise<number> {
  const program = new Command('repartee').description('Tag it, and it answers once, with what is happening right now.').exitOverride();
  for (const add of [addStart, addSay, addStatus, addSweep, addSandbox]) add(program);
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(error instanceof SetupError ? `${error.message}\n` : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return error instanceof SetupError ? 2 : 1;
  }
}
