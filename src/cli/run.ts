import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWorkers, type Role, type Workers } from '../../workers/index.ts';
import { watchLoop } from '../../workers/watchdog.ts';
import { openBot, type Bot } from '../bot.ts';
import { SetupError } from '../core/errors.ts';
import type { Clock, Failpoint } from '../core/ports.ts';
import type { Persona } from '../core/types.ts';
import { openLog, type Log } from '../log.ts';
import { hasModel, modelHint } from '../models/index.ts';
import { keepPersona } from '../personas/keep.ts';
import { demoConfig } from '../sandbox/demo.ts';
import { howToConnect, readSettings, withDemo, type Settings } from '../settings.ts';
import { lockDataFolder } from '../store/data-folder.ts';
import { findOtherBots } from '../store/lease.ts';
import { checkStore } from '../store/redis.ts';
import type { WebTools } from '../web/index.ts';
import { openAlone } from './alone.ts';
import { roles, type StartFlags } from './options.ts';
import { openOnPort } from './sandbox.ts';
import { checkWeb, toDeskAddress, toWebTools } from './web-tools.ts';

/** What has to be undone at the end, the last thing first. */
type Undo = (() => unknown)[];

/** Jobs under way get most of it; supervisors lose their patience after ten seconds. */
const endsWithinMs = 9_500;

/** What a test may bend: time, where the process ends, and how long a worker may take no job. */
export interface Hooks {
  readonly clock?: Clock;
  readonly failpoint?: Failpoint;
  readonly aliveMs?: number | undefined;
}

/** Runs the bot; returns what stops it. `orphaned` is called when the npm that started it is gone. */
export async function start(flags: StartFlags, orphaned: () => void, hooks: Hooks = {}): Promise<() => Promise<void>> {
  const role = roles.find(each => each === flags.role);
  if (!role) throw new SetupError(`--role ${flags.role}: there is no such role; there are ${roles.join(', ')}`);
  const asked = readSettings(flags);
  if (role !== 'all' && asked.store.url === undefined) throw new SetupError(`--role ${role} shares its work with other processes through a Redis: set REDIS_URL`);
  if (role === 'all' || role === 'web') checkWeb(asked.web);
  const log = openLog(asked.secrets);
  const persona = keepPersona(asked.persona, asked.personaFolders, log);
  const undo: Undo = [];
  const undoAll = async (): Promise<true> => {
    while (undo.length > 0) {
      try {
        await undo.pop()?.();
      } catch (error) {
        // A connection that was just being made may complain; what comes after it has to be undone too.
        log(`while stopping: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    return true;
  };
  const stop = async (): Promise<boolean> => {
    // It keeps the process until then: one that has nothing else left would end with an error.
    const patience = new AbortController();
    const isDone = await Promise.race([undoAll(), sleep(endsWithinMs, false, { signal: patience.signal })]);
    patience.abort();
    return isDone;
  };
  try {
    const demo = Object.keys(asked.networks).length === 0;
    if (demo && role !== 'all') throw new SetupError(`--role ${role} needs a network: ${howToConnect}`);
    if (asked.underNpm) undo.push(watchParent(orphaned));
    await (demo ? startDemo(asked, persona, log, undo) : startReal(asked, persona, role, log, undo, hooks));
    return async () => {
      log('stopping');
      log(await stop() ? 'stopped' : `not everything ended within ${endsWithinMs / 1_000} s: this process goes without it, and what is under way is looked after at the next start`);
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startReal(settings: Settings, persona: () => Persona, role: Role, log: Log, undo: Undo, hooks: Hooks): Promise<void> {
  const { bot, workers } = await run(settings, persona, role, log, undo, hooks);
  if (role !== 'all' && role !== 'web') return ready(`ready as ${role}`, log);
  const tools = toWebTools(bot, settings, workers.depth);
  // Its server is only for a process that shows pages.
  const { openWeb } = await import('../web/index.ts');
  const web = await openWeb({ ...settings.web, port: settings.port }, tools);
  undo.push(() => web.close());
  ready(`ready: ${web.url}, with the desk at ${toDeskAddress(web.url, tools)}`, log);
}

async function startDemo(settings: Settings, persona: () => Persona, log: Log, undo: Undo): Promise<void> {
  await checkStore(settings.store);
  const { addRoutes } = await import('../web/index.ts');
  const folder = join(settings.data, 'sandbox');
  const lock = await lockDataFolder(folder);
  undo.push(() => lock.release());
  let bot: Bot | undefined;
  let tools: WebTools | undefined;
  const sandbox = await openOnPort({
    port: settings.port,
    data: folder,
    isOpen: () => bot !== undefined,
    extend: app => addRoutes(app, () => tools),
    receipt: async (network, id) => {
      const account = bot?.accounts.find(({ name }) => name === network);
      return account && bot?.receipts.get(account.name, account.self.account, id);
    },
  }, log);
  undo.push(() => sandbox.close());
  const running = await run(withDemo(settings, demoConfig(sandbox.url)), persona, 'all', log, undo);
  bot = running.bot;
  tools = toWebTools(bot, settings, running.workers.depth);
  const outside = !hasModel(settings.model) && settings.context.feeds.length === 0 ? 'nothing leaves this computer' : 'but the model and feeds are those of your settings';
  log(`no account is configured, so this is the sandbox: made-up people, ${outside}. For a real account: ${howToConnect}`);
  log(`the desk is at ${toDeskAddress(sandbox.url, tools)}`);
  ready(`ready: ${sandbox.url}`, log);
}

async function run(settings: Settings, persona: () => Persona, role: Role, log: Log, undo: Undo, { clock, failpoint, aliveMs }: Hooks = {}): Promise<{ readonly bot: Bot; readonly workers: Workers }> {
  const bot = await openBot(settings, persona, log, clock, failpoint);
  let drained = true;
  undo.push(() => bot.close(drained));
  const voice = bot.persona();
  const lines = [
    ...bot.accounts.map(({ about }) => about),
    `store: ${bot.store.about}`,
    `voice: ${voice.name} (${voice.version}), model: ${bot.model.name}${settings.dryRun ? ', dry run: nothing is posted' : ''}`,
  ];
  for (const line of lines) log(line);
  await bot.condition.introduce(role, lines);
  const others = bot.store.kind === 'url' ? await findOtherBots(bot.store.client, bot.accounts) : [];
  if (others.length > 0) log(`another bot runs on this Redis (${others.join(', ')}), and they spoil each other's work: give each a Redis, or a database number, of its own in REDIS_URL`);
  const hint = modelHint(settings.model);
  if (hint !== undefined) log(hint);
  const stopping = new AbortController();
  const workers = await startWorkers(bot, role, settings.context.refreshMs, log, { runAlone: openAlone(settings, { stopping: stopping.signal }), fail: line => end(line, log), aliveMs });
  const watchdog = watchLoop({ limitMs: aliveMs });
  undo.push(() => watchdog.stop());
  undo.push(async () => {
    stopping.abort();
    drained = false;
    drained = await workers.stop();
  });
  return { bot, workers };
}

/** In the state that this process is in, ending in order could hang. What is under way is settled by whoever comes next, as after a crash. */
function end(line: string, log: Log): never {
  log(line);
  process.exit(1);
}

/** npm passes a signal to its shell only, and the shell just ends: without a parent it is our turn. */
function watchParent(orphaned: () => void): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) orphaned();
  }, 500).unref();
  return () => clearInterval(timer);
}

const ready = (line: string, log: Log): void => log(`${line} (after ${process.uptime().toFixed(1)} s)`);
