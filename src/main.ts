import { Command, CommanderError } from 'commander';
import { addSandbox } from './cli/sandbox.ts';
import { addSay } from './cli/say.ts';
import { addStart } from './cli/start.ts';
import { addStatus } from './cli/status.ts';
import { addSweep } from './cli/sweep.ts';
import { SetupError } from './core/errors.ts';

const program = new Command('repartee').description('Tag it, and it answers once, with what is happening right now.').exitOverride();
for (const add of [addStart, addSay, addStatus, addSweep, addSandbox]) add(program);

/** 0: done · 1: it failed · 2: something the operator wrote is wrong, and nothing was written. */
async function main(): Promise<number> {
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(error instanceof SetupError ? `${error.message}\n` : `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return error instanceof SetupError ? 2 : 1;
  }
}

// The embedded Redis keeps timers of clients that have gone; everything of ours is closed by now.
process.exit(await main());
