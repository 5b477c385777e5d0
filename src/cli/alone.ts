import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import type { RunAlone } from '../../workers/poison.ts';
import { openBot, type Bot } from '../bot.ts';
import type { Outcome } from '../core/record.ts';
import type { MentionRef } from '../core/types.ts';
import { openLog } from '../log.ts';
import { loadPersona } from '../personas/load.ts';
import { compose } from '../pipeline/compose.ts';
import { publish } from '../pipeline/publish.ts';
import type { Settings } from '../settings.ts';

type Answer = { readonly outcome: Outcome } | { readonly failed: string };
interface Task {
  readonly stage: 'compose' | 'publish';
  readonly ref: MentionRef;
}

/** A model gets its time twice, and a process that hangs is one that ended. */
const longestMs = 90_000;
/** Starting one takes longer than what it does: it is kept for the next mention. */
const idleMs = 5_000;
const main = join(import.meta.dirname, `../main${extname(import.meta.filename)}`);

/** Runs single mentions, one at a time in a process that shares nothing with this one but the store. */
export function openAlone(settings: Settings): RunAlone {
  const idle: ChildProcess[] = [];
  const begin = (): ChildProcess => {
    const child = fork(main, ['alone'], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const forget = (): void => {
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1);
    };
    child.once('exit', forget);
    child.on('error', forget); // one that is told something after its end
    child.send(settings); // through a channel that nobody else can read
    return child;
  };
  const keep = (child: ChildProcess): void => {
    idle.push(child);
    setTimeout(() => {
      const at = idle.indexOf(child);
      if (at >= 0) idle.splice(at, 1)[0]?.disconnect();
    }, idleMs).unref();
  };
  return async (stage, ref) => {
    const child = idle.pop() ?? begin();
    const timer = setTimeout(() => child.kill('SIGKILL'), longestMs).unref();
    const stopped = new AbortController();
    const { signal } = stopped;
    try {
      child.send({ stage, ref } satisfies Task);
      const said = await Promise.race([once(child, 'message', { signal }), once(child, 'exit', { signal }).then(([code, killed]) => ({ crashed: String(killed ?? `exit code ${code}`) }))]);
      if ('crashed' in said) return said;
      keep(child);
      const [answer] = said as [Answer];
      if ('failed' in answer) throw new Error(answer.failed);
      return answer;
    } finally {
      clearTimeout(timer);
      stopped.abort();
    }
  };
}

/** `alone`: single mentions for the bot that started it. Not for people. */
export function addAlone(program: Command): void {
  program.command('alone', { hidden: true }).action(async () => {
    const messages = on(process, 'message', { close: ['disconnect'] });
    const { value: [settings] } = await messages.next() as { value: [Settings] };
    const joined = { ...settings, store: { ...settings.store, join: true } };
    const persona = loadPersona(settings.persona, settings.personaFolders);
    let bot: Bot | undefined;
    for await (const [task] of messages as AsyncIterable<[Task]>) {
      let answer: Answer;
      try {
        bot ??= await openBot(joined, () => persona, openLog(settings.secrets, text => process.stderr.write(text)));
        answer = { outcome: await runOne(bot, task) };
      } catch (error) {
        answer = { failed: error instanceof Error ? error.stack ?? error.message : String(error) };
      }
      if (process.connected) process.send?.(answer);
    }
    await bot?.close(true);
  });
}

async function runOne(bot: Bot, { stage, ref }: Task): Promise<Outcome> {
  const network = bot.accounts.find(({ name, self }) => name === ref.network && self.account === ref.account);
  if (!network) throw new Error(`${ref.network} ${ref.account} is no account of this bot`);
  return stage === 'compose' ? compose(ref, bot.composeTools(network)) : publish(ref, bot.publishTools(network));
}
