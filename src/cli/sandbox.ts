import type { Command } from 'commander';
import { readSettings } from '../settings.ts';
import { openSandbox } from '../sandbox/index.ts';
import { portOption } from './options.ts';

/** The sandbox alone, for trying a bot against it. */
export function addSandbox(program: Command): void {
  program.command('sandbox')
    .description('only the sandbox: a small local network of made-up people, whose tokens are their handles')
    .option('--port <number>', 'port (default: PORT or 4000)', portOption)
    .option('--data <folder>', 'keep what is posted in this folder')
    .option('--no-town', 'without the made-up people')
    .action(async (flags: { port?: number; data?: string; town: boolean }) => {
      const sandbox = await openSandbox({
        port: flags.port ?? readSettings().port,
        tries: 20,
        town: flags.town,
        ...(flags.data === undefined ? {} : { data: flags.data }),
        onTaken: port => process.stdout.write(`port ${port} is taken, trying the next one\n`),
      });
      process.stdout.write(`sandbox ready: ${sandbox.url}\n`);
      const ended = Promise.withResolvers<void>();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve());
      await ended.promise;
      await sandbox.close();
    });
}
