import type { Command } from 'commander';
import { SetupError } from '../core/errors.ts';
import { readSettings } from '../settings.ts';
import type { Sandbox, SandboxOptions } from '../sandbox/index.ts';
import { portOption } from './options.ts';

/** Opens the sandbox on the first free port from `port` on. */
export async function openOnPort(options: SandboxOptions, say: (line: string) => void): Promise<Sandbox> {
  // Two whole servers: only for those who play with them.
  const { openSandbox } = await import('../sandbox/index.ts');
  try {
    return await openSandbox({ ...options, tries: 20, onTaken: port => say(`port ${port} is taken, trying the next one`) });
  } catch (error) {
    if (error instanceof Error && /^ports? .* taken$/u.test(error.message)) throw new SetupError(`${error.message}: choose another one with --port`);
    throw error;
  }
}

/** The sandbox alone, for trying a bot against it. */
export function addSandbox(program: Command): void {
  program.command('sandbox')
    .description('only the sandbox: a small local network of made-up people, whose tokens are their handles')
    .option('--port <number>', 'port (default: PORT or 4000)', portOption)
    .option('--data <folder>', 'keep what is posted in this folder')
    .option('--no-town', 'without the made-up people')
    .action(async (flags: { port?: number; data?: string; town: boolean }) => {
      const options = { port: flags.port ?? readSettings().port, town: flags.town, ...(flags.data === undefined ? {} : { data: flags.data }) };
      const sandbox = await openOnPort(options, line => process.stdout.write(`${line}\n`));
      process.stdout.write(`sandbox ready: ${sandbox.url}\n`);
      const ended = Promise.withResolvers<void>();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve());
      await ended.promise;
      await sandbox.close();
    });
}
