import { PermanentError } from '../core/errors.ts';
import type { DetectLanguage, Network, Rank } from '../core/ports.ts';
import type { Gathered, Mention, Thread } from '../core/types.ts';
import { bareQuestion } from './clean.ts';

export interface Context {
  readonly thread: Thread;
  readonly question: string;
  readonly language: string;
  readonly gathered: Gathered;
}

/** What was said, in which language, and what is happening now that concerns it. Waits for the thread, never for a feed. */
export async function gather(mention: Mention, network: Pick<Network, 'thread'>, rank: Rank, detectLanguage: DetectLanguage): Promise<Context> {
  const thread = await readThread(mention, network);
  const question = bareQuestion(mention.text);
  const parent = thread.at(-2);
  // An empty tag under a post asks about that post, in the language of that post, which is also the best guess for a word or two under it.
  const around = parent && detectLanguage(bareQuestion(parent.text), parent.language);
  const language = question ? detectLanguage(question, mention.language ?? around) : (around ?? detectLanguage('', mention.language));
  return { thread, question, language, gathered: await rank(question, thread, language) };
}

/** A thread that cannot be shown to us is no reason to leave the asker without an answer. */
async function readThread(mention: Mention, network: Pick<Network, 'thread'>): Promise<Thread> {
  try {
    return await network.thread(mention);
  } catch (error) {
    if (error instanceof PermanentError && error.about === 'mention') return [mention];
    throw error;
  }
}
