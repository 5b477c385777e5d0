import { fork, type ChildProcess } from 'node:child_process';
import { on, once } from 'node:events';
import { extname, join } from 'node:path';
import type { Command } from 'commander';
import type { RunAlone } from '../../workers/poison.ts';
import { watchLoop } from '../../workers/watchdog.ts';
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

/** What starting a process and everything around model and post take at most. */
const aroundMs = 90_000;
const againMs = { ended: 1_000, failed: 5_000, late: 60_000 } as const;
/** Sent to a whole terminal or control group when the bot is to end: they say nothing of the mention. */
const goodbyes: readonly unknown[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** One that hangs when the bot that started it is gone; what it was about is looked after at the next start. */
const orphanMs = 5_000;
/** Starting one takes longer than what it does: it is kept for the next mention. */
const idleMs = 5_000;
const main = join(import.meta.dirname, `../main${extname(import.meta.filename)}`);

/** No mention that works takes longer. */
export const longestMs = (stage: Task['stage'], { model, posting }: Pick<Settings, 'model' | 'posting'>): number =>
  aroundMs + (stage === 'compose' ? 4 * model.timeoutSeconds * 1_000 : 2 * posting.timeoutMs);

export interface AloneOptions {
  /** Given when this process ends: what ends then says nothing of its mention. */
  readonly stopping?: AbortSignal;
  /** Another program than our own, and another time that it gets. */
  readonly script?: string;
  readonly limitMs?: number;
}

/**
 * Runs single mentions, one at a time in a process that shares nothing with this one but the store. Only what such a process does to itself is a
 * crash: being late or told to end is none. One that hangs ends itself.
 */
export function openAlone(settings: Settings, { stopping, script = main, limitMs }: AloneOptions = {}): RunAlone {
  const idle: ChildProcess[] = [];
  const begin = (): ChildProcess => {
    const child = fork(script, ['alone'], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, limitMs ?? longestMs(stage, settings)).unref();
    const stopped = new AbortController();
    const { signal } = stopped;
    try {
      child.send({ stage, ref } satisfies Task);
      const said = await Promise.race([once(child, 'message', { signal }), once(child, 'exit', { signal }).then(([code, killed]) => ({ killed: killed as unknown, how: String(killed ?? `exit code ${code}`) }))]);
      if ('how' in said) {
        if (!isLate && !stopping?.aborted && !goodbyes.includes(said.killed)) return { crashed: said.how };
        return { outcome: { kind: 'later', afterMs: isLate ? againMs.late : againMs.ended, reason: `the process that ran it alone ${isLate ? 'came to no end' : `was told to end (${said.how})`}`, scope: 'mention' } };
      }
      keep(child);
      const [answer] = said as [Answer];
      // What keeps that process from working is no crash either, and a job that fails forgets that its mention is run alone.
      if ('failed' in answer) return { outcome: { kind: 'later', afterMs: againMs.failed, reason: `the process that runs it alone cannot: ${answer.failed.split('\n', 1)[0]}`, scope: 'mention' } };
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
    watchLoop({ orphanMs });
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
