import { readFileSync } from 'node:fs';
import { buffer as readAll } from 'node:stream/consumers';
import type { Command } from 'commander';
import { PermanentError, SetupError } from '../core/errors.ts';
import { checkReceipt } from '../web/signing.ts';

interface Flags { readonly key?: string }

/** `receipt verify`: whether a receipt is what an instance signed. Needs no bot, no config and no network. */
export function addReceipt(program: Command): void {
  program.command('receipt').description('receipts of answers')
    .command('verify <file>')
    .description('whether a receipt (the .json of its page; - for standard input) is byte for byte what its instance signed')
    .option('--key <key>', "the instance's public key, as on its page about itself; without it any key is taken")
    .action(async (file: string, flags: Flags) => {
      const checked = checkReceipt(await read(file));
      if (!checked.valid) throw new PermanentError(`invalid: ${checked.why}`);
      if (flags.key !== undefined && flags.key.replace(/^ed25519[ :]/u, '') !== checked.key) throw new PermanentError(`invalid: it is signed with another key, ${checked.key}`);
      const { id, answer } = checked.receipt as { readonly id?: unknown; readonly answer?: { readonly url?: unknown } };
      const about = JSON.stringify(answer?.url ?? id ?? '');
      process.stdout.write(`valid: the receipt of ${about}, signed with ${checked.key}${flags.key === undefined ? ' (compare it with the one on the page of the instance)' : ''}\n`);
    });
}

async function read(file: string): Promise<Buffer> {
  if (file === '-') return readAll(process.stdin);
  try {
    return readFileSync(file);
  } catch (error) {
    throw new SetupError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
