import { InvalidArgumentError, type Command } from 'commander';
import { openAccounts, systemClock } from '../bot.ts';
import { PermanentError, SetupError } from '../core/errors.ts';
import { openLog } from '../log.ts';
import { readSettings, type Settings } from '../settings.ts';
import { openHalt, readHalts } from '../store/halt.ts';
import { findStore } from '../store/kept.ts';
import { openLedger, readAccounts } from '../store/ledger.ts';
import { openMeters } from '../store/meter.ts';
import { openReceipts } from '../store/receipts.ts';
import type { Store } from '../store/redis.ts';
import { openVault } from '../store/vault.ts';
import { undoSince } from './undo.ts';

interface Flags {
  readonly config?: string;
  readonly network?: string;
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `pause`, `resume` and `undo`: the kill switch. They work on the store, so they reach every process on every machine, and last over restarts. */
export function addPause(program: Command): void {
  const command = (name: string, description: string) => program.command(name).description(description).option('--config <file>', 'config file').option('--network <name>', 'only there');

  command('pause', 'post nothing and ask no model until resume, on all machines; mentions go on to be collected')
    .option('--reason <text>', 'what status and the log say', 'by the operator')
    .action((flags: Flags & { reason: string }) => withStore(flags, async store => {
      await openHalt(store.client).pause(flags.network, flags.reason);
      say(`${flags.network ?? 'everything'} is paused: ${flags.reason}`);
    }));

  command('resume', 'go on')
    .action((flags: Flags) => withStore(flags, async store => {
      await openHalt(store.client).resume(flags.network);
      const left = Object.keys(await readHalts(store.client));
      say(left.length === 0 ? 'nothing is paused' : `still paused: ${left.map(each => (each === '*' ? 'everything' : each)).join(', ')}`);
    }));

  command('undo', 'remove the answers that were posted lately; pause first, or new ones come meanwhile')
    .requiredOption('--since <time>', 'how far back: 30m, 2h or 1d', toMs)
    .action((flags: Flags & { since: number }) => withStore(flags, (store, settings) => undo(store, settings, flags)));
}

async function undo({ client }: Store, settings: Settings, { network: only, since }: Flags & { readonly since: number }): Promise<void> {
  const log = openLog(settings.secrets);
  const accounts = await openAccounts(settings, log, systemClock, { meters: openMeters(Promise.resolve(client), systemClock, { keepMs: settings.keepMs, warn: log }), vault: openVault(async () => client) });
  const { removed, failed } = await undoSince(since, only, { client, accounts, ledger: openLedger(client, { keepFinalMs: settings.keepMs, warn: log }), receipts: openReceipts(client, settings.keepMs), keepMs: settings.keepMs });
  for (const line of failed) say(line);
  say(`${removed} answers removed`);
  if (failed.length > 0) throw new PermanentError('not all could be removed: run it again');
}

async function withStore({ config, network }: Flags, work: (store: Store, settings: Settings) => Promise<void>): Promise<void> {
  const settings = readSettings(config === undefined ? {} : { config });
  const found = await findStore(settings.store, true);
  if (!found) throw new PermanentError(`nothing is kept in ${settings.data}`);
  try {
    // What runs may have others than this machine's config: the sandbox has.
    const networks = new Set([...Object.keys(settings.networks), ...(await readAccounts(found.store.client)).map(account => account.network)]);
    if (network !== undefined && !networks.has(network)) throw new SetupError(`--network ${network}: there is no such network here; there ${networks.size === 0 ? 'is none' : `are ${[...networks].join(', ')}`}`);
    await work(found.store, settings);
  } finally {
    await found.close();
  }
}

function toMs(text: string): number {
  const [, amount, unit = ''] = /^(\d+)([mhd])$/u.exec(text) ?? [];
  if (amount === undefined) throw new InvalidArgumentError('write it like 30m, 2h or 1d.');
  return Number(amount) * ({ m: 60_000, h: 3_600_000, d: 86_400_000 }[unit] ?? 0);
}
