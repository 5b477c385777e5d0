import { createInterface } from 'node:readline/promises';
import { text as readAll } from 'node:stream/consumers';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { SetupError } from '../core/errors.ts';
import { hashPassword } from '../web/password.ts';

const shortest = 10;

/** `desk passwd`: what goes into .env so that the desk asks for a password. */
export function addDeskCommand(program: Command): void {
  program.command('desk').description("the operator's desk")
    .command('passwd')
    .description('make the line for .env that sets the password of the desk; it is asked for, or read from standard input')
    .action(async () => {
      const password = process.stdin.isTTY ? await ask() : (await readAll(process.stdin)).replace(/\r?\n$/u, '');
      if (password.length < shortest) throw new SetupError(`the password is shorter than ${shortest} characters: four words that do not belong together are easy to keep and hard to guess`);
      process.stdout.write(`DESK_PASSWORD_HASH=${await hashPassword(password)}\n`);
    });
}

async function ask(): Promise<string> {
  process.stderr.write('Password: ');
  const silent = new Writable({ write: (_, __, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
