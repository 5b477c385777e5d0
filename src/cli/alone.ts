import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import type { RunAlone } from '../../workers/poison.ts';
import { openBot } from '../bot.ts';
import type { MentionRef, Outcome } from '../core/types.ts';
import { openLog } from '../log.ts';
import { loadPersona } from '../personas/load.ts';
import { compose } from '../pipeline/compose.ts';
import { publish } from '../pipeline/publish.ts';
import type { Settings } from '../settings.ts';

/** What the child is told, through a channel that nobody else can read. */
interface Task {
  readonly settings: Settings;
  readonly stage: 'compose' | 'publish';
  readonly ref: MentionRef;
}

type Answer = { readonly outcome: Outcome } | { readonly failed: string };

/** A model gets its time twice, and a process that hangs is one that ended. */
const longestMs = 90_000;
const main = join(import.meta.dirname, `../main${extname(import.meta.filename)}`);

/** Runs single mentions, each in a process of its own that shares nothing with this one but the store. */
export const openAlone = (settings: Settings): RunAlone => async (stage, ref) => {
  const child = fork(main, ['alone'], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const timer = setTimeout(() => child.kill('SIGKILL'), longestMs).unref();
  let answer: Answer | undefined;
  child.on('message', said => {
    answer = said as Answer;
  });
  child.send({ settings, stage, ref } satisfies Task);
  const [code, signal] = await once(child, 'exit') as [number | null, string | null];
  clearTimeout(timer);
  if (answer === undefined) return { crashed: signal ?? `exit code ${code}` };
  if ('failed' in answer) throw new Error(answer.failed);
  return answer;
};

/** `alone`: one stage of one mention for the bot that started it. Not for people. */
export function addAlone(program: Command): void {
  program.command('alone', { hidden: true }).action(async () => {
    const [task] = await once(process, 'message') as [Task];
    const settings = { ...task.settings, store: { ...task.settings.store, join: true } };
    let answer: Answer;
    try {
      answer = { outcome: await runOne(settings, task) };
    } catch (error) {
      answer = { failed: error instanceof Error ? error.stack ?? error.message : String(error) };
    }
    await new Promise(sent => process.send?.(answer, sent));
    process.disconnect();
  });
}

async function runOne(settings: Settings, { stage, ref }: Task): Promise<Outcome> {
  const persona = loadPersona(settings.persona, settings.personaFolders);
  const bot = await openBot(settings, () => persona, openLog(settings.secrets, text => process.stderr.write(text)));
  try {
    const network = bot.accounts.find(({ name, self }) => name === ref.network && self.account === ref.account);
    if (!network) throw new Error(`${ref.network} ${ref.account} is no account of this bot`);
    return stage === 'compose' ? await compose(ref, bot.composeTools(network)) : await publish(ref, bot.publishTools(network));
  } finally {
    await bot.close(true);
  }
}
