import type { Command } from 'commander';
import { PermanentError } from '../core/errors.ts';
import { systemClock } from '../bot.ts';
import type { LedgerRecord } from '../core/record.ts';
import { approve, reject, type ApproveTools, type Decided } from '../pipeline/approve.ts';
import { bareQuestion } from '../pipeline/clean.ts';
import { findHeld, toShortId } from '../pipeline/hold.ts';
import { toSilence } from '../pipeline/reasons.ts';
import { countLedger } from '../store/counted.ts';
import { openAudit, toAct } from '../store/desk.ts';
import { listRecords } from '../store/ledger-book.ts';
import { openCounts } from '../store/metrics.ts';
import { openWishes } from '../store/wishes.ts';
import { oneLine, say, withLedger, type LedgerFlags } from './ledger.ts';

const who = 'the command line';

/** `approve` and `reject`: drafts that wait for a human, for who has no desk. Beside a running bot, or without one. */
export function addApprove(program: Command): void {
  const command = (name: string, description: string) => program.command(name).description(description)
    .option('--config <file>', 'config file').option('--network <name>', 'only there').option('--account <name>', 'only this account');

  command('approve [id]', 'post a draft that waits for it; without an id, the drafts that wait')
    .action((id: string | undefined, flags: LedgerFlags) => withHeld(flags, async (held, tools, tell) => {
      if (id === undefined) {
        for (const record of held) tell(toLine(record));
        return held.length === 0 ? tell('nothing waits for approval') : undefined;
      }
      await decide(held, id, record => approve(record, record.fence ?? '', who, tools));
      tell(`${id} is approved: the bot posts it as soon as it runs`);
    }));

  command('reject <id>', 'post nothing in answer to that mention').option('--reason <text>', 'what the ledger says')
    .action((id: string, flags: LedgerFlags & { reason?: string }) => withHeld(flags, async (held, tools, tell) => {
      await decide(held, id, record => reject(record, record.fence ?? '', who, tools, flags.reason));
      tell(`${id} is rejected`);
    }));
}

const withHeld = (flags: LedgerFlags, use: (held: readonly LedgerRecord[], tools: ApproveTools, tell: (line: string) => void) => Promise<void>): Promise<void> =>
  withLedger(flags, async ({ client }, book, { manners, keepMs }, scrub) => {
    const counts = openCounts(Promise.resolve(client), systemClock, () => undefined);
    const ledger = countLedger(book, counts, toSilence);
    const { records } = await listRecords(client, ledger, { ...flags, states: ['held'], limit: Number.MAX_SAFE_INTEGER });
    try {
      await use(records, { ledger, wishes: openWishes(client, { linked: manners.linked, keepQuietMs: keepMs }), audit: decision => openAudit(client).note(toAct(decision)) }, line => say(oneLine(scrub(line))));
    } finally {
      await counts.close();
    }
  });

async function decide(held: readonly LedgerRecord[], id: string, verb: (record: LedgerRecord) => Promise<Decided>): Promise<void> {
  const named = findHeld(held, id);
  const decided = 'found' in named ? await verb(named.found) : named;
  if ('refused' in decided) throw new PermanentError(oneLine(`nothing was done: ${decided.refused}`));
}

function toLine(record: LedgerRecord): string {
  const { network, account, mention, draft, fence = '' } = record;
  return `${toShortId(record, fence)} ${network} ${account}, @${mention.author.handle}: ${bareQuestion(mention.text).slice(0, 200)} → ${draft?.receipt.answer ?? '(may not be kept any longer)'}`;
}
