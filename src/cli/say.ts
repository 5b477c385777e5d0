import type { Command } from 'commander';
import { openSources, openAccounts, systemClock, userAgent } from '../bot.ts';
import { detectLanguage } from '../context/language.ts';
import { memoryPool, openPool } from '../context/pool.ts';
import { openRank } from '../context/rank.ts';
import { refreshPool } from '../context/refresh.ts';
import type { Moderate } from '../core/manners.ts';
import type { Pool } from '../core/ports.ts';
import type { Self } from '../core/types.ts';
import { openLog } from '../log.ts';
import { openModel } from '../models/index.ts';
import { openModeration } from '../moderation/index.ts';
import { readRoom } from '../moderation/room.ts';
import { loadPersona } from '../personas/load.ts';
import { rehearse, toTyped } from '../pipeline/rehearse.ts';
import { demoConfig } from '../sandbox/demo.ts';
import { readSettings, withDemo, withoutPaid, type Settings } from '../settings.ts';
import { joinStore } from '../store/redis.ts';
import { openVault } from '../store/vault.ts';

const sourcesTimeoutMs = 4_000;

/** `say`: the whole line from question to answer, on a text one types. Nothing is posted. */
export function addSay(program: Command): void {
  program.command('say')
    .description('answer a text here and now, posting nothing')
    .argument('<text>', 'what somebody might write to the bot')
    .option('--config <file>', 'config file')
    .option('--persona <name>', 'a name in personas/, or a file')
    .option('--json', 'the whole receipt')
    .action(async (text: string, flags: { config?: string; persona?: string; json?: boolean }) => {
      const settings = readSettings(flags);
      const persona = loadPersona(settings.persona, settings.personaFolders);
      const moderate = openModeration(settings.moderation, { userAgent, say: line => void process.stderr.write(`${line}\n`) });
      const { pool, close } = await findPool(settings, moderate);
      try {
        const { made } = await rehearse(toTyped(text, self.account, systemClock), {
          network: { self, limits: { text: 500 }, thread: async mention => [mention], measure: graphemes },
          model: await openModel(settings.model),
          rank: openRank(pool, systemClock),
          detectLanguage,
          persona,
          clock: systemClock,
          maxLength: settings.answer.maxLength,
          modelTimeoutMs: settings.model.timeoutSeconds * 1_000,
          secrets: settings.secrets,
          moderate, readRoom,
          helpLines: settings.manners.helpLines,
          recent: async () => [],
          sameFrom: 0,
        });
        const silent = 'silent' in made ? made.silent : 'refused' in made ? made.refused : undefined;
        if (silent !== undefined) process.exitCode = 1;
        if (flags.json) process.stdout.write(`${JSON.stringify('receipt' in made ? made.receipt : made, undefined, 2)}\n`);
        else process.stdout.write('receipt' in made ? `${made.text}\n(${made.receipt.model})\n` : `(silence: ${silent})\n`);
      } finally {
        await close();
      }
    });
}

/** What a running bot knows already; else the configured sources read once; else the sandbox town's. */
async function findPool(settings: Settings, moderate: Moderate): Promise<{ pool: Pool; close: () => Promise<void> }> {
  const store = await joinStore(settings.store);
  if (store) return { pool: openPool(store.client), close: () => store.close() };
  const pool = memoryPool();
  const configured = settings.context.feeds.length > 0 || Object.keys(settings.networks).length > 0;
  const sandbox = configured ? undefined : await (await import('../sandbox/index.ts')).openSandbox();
  const chosen = sandbox ? withDemo(settings, demoConfig(sandbox.url)) : settings;
  const log = openLog(settings.secrets, text => process.stderr.write(text));
  const accounts = await openAccounts({ ...withoutPaid(chosen), dryRun: true }, log, systemClock, keepsNothing);
  await refreshPool(openSources(chosen, accounts), pool, { timeoutMs: sourcesTimeoutMs, now: Date.now, moderate });
  return { pool, close: async () => sandbox?.close() };
}

/** Somebody who only tries a sentence spends no money, and no token. */
const keepsNothing = {
  meters: () => ({ charge: () => undefined, spent: async () => ({ today: 0, mention: 0 }), reserve: async (_: string, __: number, granted: number) => ({ granted, today: 0, mention: 0 }) }),
  vault: openVault(() => Promise.reject(new Error('nothing is kept here'))),
};

const self: Self = { account: 'repartee@say', id: 'repartee', handle: 'repartee', name: 'Repartee', url: '' };

const graphemes = (text: string): number => [...new Intl.Segmenter().segment(text)].length;
