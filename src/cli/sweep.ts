import type { Command } from 'commander';
import { sweep } from '../../workers/sweep.ts';
import { openLog } from '../log.ts';
import { readSettings } from '../settings.ts';
import { openLedger, readAccounts } from '../store/ledger.ts';
import { joinStore } from '../store/redis.ts';

/** `sweep`: wakes up whatever is unfinished and due, as the running bot does every few seconds. */
export function addSweep(program: Command): void {
  program.command('sweep')
    .description('wake up every unfinished mention that is due')
    .option('--config <file>', 'config file')
    .action(async (flags: { config?: string }) => {
      const settings = readSettings(flags);
      const store = await joinStore(settings.store);
      if (!store) {
        process.stdout.write(`nothing runs on ${settings.data}: start it with npm start, which sweeps by itself\n`);
        process.exitCode = 1;
        return;
      }
      const log = openLog(settings.secrets);
      const { openQueues } = await import('../../workers/index.ts');
      const { enqueue } = await import('../../workers/queues.ts');
      const queues = openQueues(store, log);
      try {
        const ledger = openLedger(store.client, { keepFinalMs: settings.keepMs, warn: log });
        let woken = 0;
        for (const { network: name, account } of await readAccounts(store.client)) {
          woken += await sweep({ name, self: { account } }, ledger, (stage, refs) => enqueue(queues.queueOf(stage, { name, self: { account } }), refs));
        }
        process.stdout.write(`${woken} woken up\n`);
      } finally {
        await queues.close();
        await store.close();
      }
    });
}
