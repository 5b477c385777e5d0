import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { PermanentError, SetupError, TemporaryError } from '../core/errors.ts';
import type { Ledger } from '../core/ports.ts';
import { finalStates, standingOf, standings, type LedgerRecord, type Standing, type State } from '../core/record.ts';
import { toScrubber } from '../log.ts';
import { readSettings, type Settings } from '../settings.ts';
import { toConnectionReason } from '../store/client.ts';
import { findStore } from '../store/kept.ts';
import { findRecords, isWanted, listRecords, readLife, retryRecord } from '../store/ledger-book.ts';
import { exportLedger, importLedger, type Moved } from '../store/ledger-file.ts';
import { readLines } from '../store/ledger-lines.ts';
import { openLedger, readAccounts } from '../store/ledger.ts';
import type { Store } from '../store/redis.ts';
import { probe } from '../store/watch.ts';

/** Which store, and which accounts in it. */
export interface LedgerFlags {
  readonly config?: string;
  readonly network?: string;
  readonly account?: string;
  readonly json?: boolean;
}

type Scrub = ReturnType<typeof toScrubber>;

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** Beside what is written on standard output for programs. */
const warn = (line: string): void => void process.stderr.write(`${oneLine(line)}\n`);
/** What a mention is found by holds no secret, and must be told as it is. */
const names = new Set(['network', 'account', 'id', 'state']);
const toJson = (value: unknown, scrub: Scrub): string => JSON.stringify(value, (name, each: unknown) => (typeof each === 'string' && !names.has(name) ? scrub(each) : each), 2);
const iso = (at: number): string => new Date(at).toISOString();
export const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ');

/** `ledger`: what became of every mention, and what to do about those that came to a bad end. Beside a running bot, or without one. */
export function addLedger(program: Command): void {
  const ledger = program.command('ledger').description('what became of every mention');
  const command = (name: string, description: string) => ledger.command(name).description(description).option('--config <file>', 'config file');
  const onOne = (name: string, description: string) => command(name, description).option('--network <name>', 'only there').option('--account <name>', 'only this account');

  onOne('list', 'mentions by state, newest first; without --state those that are neither posted nor skipped')
    .option('--state <state>', `one of ${standings.join(', ')}; may be given several times`, collectState)
    .option('--limit <number>', 'at most so many', toLimit, 50)
    .option('--json', 'an array, for programs')
    .action((flags: LedgerFlags & { state?: readonly Standing[]; limit: number }) => withLedger(flags, async (store, book, { keepMs }, scrub) => {
      const { records, total } = await listRecords(store.client, book, { ...flags, states: flags.state, keepFinalMs: keepMs });
      if (flags.json) return say(toJson(records.map(toRow), scrub));
      for (const record of records) say(oneLine(scrub(`${iso(record.updatedAt).slice(0, 19)}Z ${standingOf(record)} ${record.network} ${record.id} by @${record.mention.author.handle}${record.reason === undefined ? '' : `: ${record.reason}`}`)));
      if (records.length === 0) say('none');
      // Those that nobody can read count too, and are told of already.
      else if (total > flags.limit) say(`and ${total - records.length} more: --limit`);
    }));

  onOne('show <id>', 'everything that is kept about one mention').option('--json', 'for programs')
    .action((id: string, flags: LedgerFlags) => withLedger(flags, async (store, book, _, scrub) => {
      const record = await findOne(store, book, id, flags);
      if (flags.json) return say(toJson(record, scrub));
      for (const line of describe(record, scrub)) say(line);
    }));

  onOne('retry <id>', 'try a mention again that is parked, quarantined, rejected or withheld; what may be posted already is looked for first')
    .action((id: string, flags: LedgerFlags) => withLedger(flags, async (store, book, { posting, answer }, scrub) => {
      const done = await retryRecord(book, await findOne(store, book, id, flags), { settleMs: posting.settleMs, maxAgeMs: answer.maxAgeMs });
      if ('refused' in done) throw new PermanentError(oneLine(scrub(`${id} is not tried again: ${done.refused}`)));
      say(oneLine(`${id} is ${done.retried.state} again: the bot ${done.retried.state === 'unknown' ? 'looks for its reply on the network first' : 'looks after it'} as soon as it runs`));
    }));

  command('export', 'the whole ledger as lines of JSON on standard output, with wishes, pauses and what was spent, for another Redis; logins are not in it')
    .action((flags: LedgerFlags) => withLedger(flags, async (store, _, __, scrub) => {
      let written: Moved | undefined;
      const lines = async function* () {
        written = yield* exportLedger(store.client, scrub, line => warn(scrub(line)));
      };
      try {
        await pipeline(Readable.from(lines()), process.stdout, { end: false });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EPIPE') throw new PermanentError('the export is cut off: whoever read it stopped in the middle', { cause: error });
        throw error;
      }
      if (written) process.stderr.write(`exported ${toWords(written)}; logins that change (OAuth 2.0) are not among them; what people wrote is: delete the file when it is imported\n`);
    }));

  command('import [file]', 'read an export, from a file or standard input; what is there already stays as it is')
    .action(async (file: string | undefined, flags: LedgerFlags) => {
      const lines = readLines(await readInput(file), file === undefined || file === '-' ? 'standard input' : file);
      await withLedger(flags, async (store, _, { keepMs }) => {
        const { added, known, over } = await importLedger(store.client, lines, keepMs);
        const isOver = over.records + over.receipts + over.notes > 0;
        say(`added ${toWords(added)}; ${toWords(known)} were there already${isOver ? `; ${over.records} mentions, ${over.receipts} receipts and ${over.notes} notes had come to their end` : ''}`);
      }, true);
    });
}

/** A note: who is left alone, what is paused, who may have which answer removed, what a day or a mention cost. */
const toWords = ({ records, receipts, notes, cursors }: Moved): string => `${records} mentions, ${receipts} receipts, ${notes} notes (wishes, pauses, costs and the like) and ${cursors} cursors`;

export async function withLedger(flags: LedgerFlags, use: (store: Store, ledger: Ledger, settings: Settings, scrub: Scrub) => Promise<void>, mayBegin = false): Promise<void> {
  const settings = readSettings(flags);
  const found = await findStore(settings.store, mayBegin);
  if (!found) throw new PermanentError(`nothing is kept in ${settings.data}: set REPARTEE_DATA or REDIS_URL to where the bot keeps it`);
  try {
    if (!mayBegin) await checkPlace(found.store, settings, flags);
    const life = found.isOpened ? undefined : await readLife(found.store.client);
    const scrub = toScrubber(settings.secrets);
    await use(found.store, openLedger(found.store.client, { keepFinalMs: settings.keepMs, epoch: () => life, warn: line => warn(scrub(line)) }), settings, scrub);
  } catch (error) {
    throw await explain(error as Error, found.store);
  } finally {
    await found.close();
  }
}

/** What keeps the store from doing what is asked, in one line where it is known. */
async function explain(error: Error, { client, connection }: Store): Promise<Error> {
  if (error.name !== 'ReplyError' && toConnectionReason(error, 0) === undefined) return error;
  const trouble = await probe(client, connection);
  return trouble ? new TemporaryError(`${trouble.line}; then give the command again`, { cause: error }) : error;
}

/** A mistyped name would look like a ledger in which all is well. */
async function checkPlace({ client, kind }: Store, { data }: Settings, { network, account }: LedgerFlags): Promise<void> {
  const all = await readAccounts(client);
  if (all.length === 0) throw new PermanentError(`nothing is kept in ${kind === 'url' ? 'the Redis of REDIS_URL' : data}: no bot has run on it`);
  const names = [...network === undefined ? [] : [`--network ${network}`], ...account === undefined ? [] : [`--account ${account}`]].join(' ');
  if (!all.some(each => isWanted(each, { network, account }))) throw new SetupError(oneLine(`${names}: the ledger knows no such account; it knows ${all.map(each => `${each.network} ${each.account}`).join(', ')}`));
}

async function findOne({ client }: Store, ledger: Ledger, id: string, flags: LedgerFlags): Promise<LedgerRecord> {
  const [record, ...others] = await findRecords(client, ledger, id, flags);
  if (!record) throw new PermanentError(oneLine(`the ledger holds no mention ${id}`));
  if (others.length > 0) throw new SetupError(oneLine(`${id} stands on ${[record, ...others].map(({ network, account }) => `${network} ${account}`).join(' and ')}: choose one with --network or --account`));
  return record;
}

const toRow = ({ network, account, id, state, ordered, reason, mention, seenAt, updatedAt, draft, reply }: LedgerRecord) => ({
  network, account, id, state: standingOf({ state, ordered }), reason, asker: mention.author.handle, url: mention.url, seenAt: iso(seenAt), updatedAt: iso(updatedAt), draft: draft?.text, replyUrl: reply?.url,
});

function describe(record: LedgerRecord, scrub: Scrub): string[] {
  const { network, account, id, state, mention, reason, seenAt, updatedAt, draft, draftNumber, reply, failures, crashes, calls, reworded, fence, deadline, wasUnknown, duplicate, absences, verify, forgotten } = record;
  const lines: [string, string | number | undefined][] = [
    ['mention', `${network} ${account} ${id}`], ['url', mention.url], ['asked by', `@${mention.author.handle}, ${mention.createdAt}, ${mention.visibility}`],
    ['text', forgotten ? '(may not be kept any longer)' : mention.text], ['state', standingOf(record)], ['why', reason],
    ['seen', iso(seenAt)], ['changed', iso(updatedAt)],
    ['draft', draft && `number ${draft.number}: ${draft.text}`], ['drafts', draftNumber > 1 ? draftNumber : undefined], ['reply', reply?.url],
    ['edited since', reworded], ['model calls', calls], ['failures', failures], ['crashes', crashes], ['last attempt', fence], ['deadline', deadline === undefined ? undefined : iso(deadline)],
    ['outcome', wasUnknown ? `an attempt ended without an answer${absences === undefined ? '' : `; looked for in vain ${absences} times`}` : undefined],
    ['refused as', duplicate === undefined ? undefined : 'a text that the network has already'],
    ['before posting', verify && !(finalStates as readonly State[]).includes(state) ? 'it is looked for on the network first' : undefined],
  ];
  return lines.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name.padEnd(15)}${oneLine(scrub(String(value)))}`]));
}

async function readInput(file: string | undefined): Promise<string> {
  if (file === undefined || file === '-') return readAll(process.stdin);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SetupError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function collectState(text: string, before: readonly Standing[] = []): readonly Standing[] {
  const state = standings.find(each => each === text);
  if (!state) throw new InvalidArgumentError(`there is no such state; there are ${standings.join(', ')}`);
  return [...before, state];
}

function toLimit(text: string): number {
  if (!/^[1-9]\d{0,5}$/u.test(text)) throw new InvalidArgumentError('a whole number from 1 to 999999');
  return Number(text);
}
