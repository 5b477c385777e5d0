import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { PermanentError, SetupError, TemporaryError } from '../core/errors.ts';
import { packageFile } from '../package-root.ts';
import { toRefusal } from '../store/watch.ts';
import { addAlone } from './alone.ts';
import { addApprove } from './approve.ts';
import { addDeskCommand } from './desk.ts';
import { addLedger } from './ledger.ts';
import { addPause } from './pause.ts';
import { addReceipt } from './receipt.ts';
import { addSandbox } from './sandbox.ts';
import { addSay } from './say.ts';
import { addStart } from './start.ts';
import { addStatus } from './status.ts';
import { addSweep } from './sweep.ts';

const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };

/** Runs the command line. 0: done · 1: it failed · 2: something the operator wrote is wrong, and nothing was written. */
export async function runCommand(): Promise<number> {
  const program = new Command('repartee').description('Tag it, and it answers once, with what is happening right now.').version(version).exitOverride();
  for (const add of [addStart, addSay, addStatus, addLedger, addApprove, addPause, addReceipt, addDeskCommand, addSweep, addSandbox, addAlone]) add(program);
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const refusal = toRefusal(error);
    if (refusal) {
      process.stderr.write(`${refusal.line}; then give the command again\n`);
      return 1;
    }
    const isExpected = [SetupError, TemporaryError, PermanentError].some(kind => error instanceof kind);
    process.stderr.write(`${error instanceof Error ? ((!isExpected && error.stack) || error.message) : String(error)}\n`);
    return error instanceof SetupError ? 2 : 1;
  }
}
