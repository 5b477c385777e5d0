import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { portOption, roles, type StartFlags } from './options.ts';

/** Told to end before it has begun, it waits so long. */
const startsWithinMs = 5_000;

export function addStart(program: Command): void {
  program.command('start', { isDefault: true })
    .description('run the bot; with nothing configured, a sandbox with made-up people to try it on')
    .option('--config <file>', 'config file')
    .option('--port <number>', 'port of the web page (default: PORT or 4000)', portOption)
    .option('--persona <name>', 'a name in personas/, or a file')
    .option('--role <role>', `what this process does: ${roles.join(', ')}`, 'all')
    .option('--dry-run', 'answer everything, post nothing')
    .action(async (flags: StartFlags) => {
      const ended = Promise.withResolvers<void>();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.resolve());
      // What it takes weighs more than all other commands together: only for those who run it.
      const { start } = await import('./run.ts');
      const starting = start(flags, () => ended.resolve());
      await Promise.race([starting, ended.promise]);
      // A store that goes away just now would keep us from ever having started.
      const stop = await Promise.race([starting, sleep(startsWithinMs)]);
      await ended.promise;
      await stop?.();
    });
}
