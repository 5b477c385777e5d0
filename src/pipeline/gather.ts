import { PermanentError } from '../core/errors.ts';
import type { DetectLanguage, Network, Rank } from '../core/ports.ts';
import type { Wishes } from '../core/manners.ts';
import type { Gathered, Mention, Rung, Thread } from '../core/types.ts';
import type { Budget } from './budget.ts';
import { bareQuestion } from './clean.ts';

export interface Context {
  readonly thread: Thread;
  readonly question: string;
  readonly language: string;
  readonly gathered: Gathered;
  readonly rung?: Rung;
}

export interface GatherTools {
  readonly network: Pick<Network, 'thread' | 'costs'>;
  readonly rank: Rank;
  readonly detectLanguage: DetectLanguage;
  /** Asks the network about what a question is about, and puts what it says into the pool; whether there is anything new. */
  readonly search?: ((question: string, language: string) => Promise<boolean>) | undefined;
  /** Looks at the thread before anything else is read or paid: why there is to be no answer, or what of it may be read. */
  readonly silenceIn?: (thread: Thread) => Promise<{ readonly silent: string } | { readonly thread: Thread }>;
  /** Whose posts are not read, whatever else is happening. */
  readonly wishes?: Pick<Wishes, 'leftAlone'> | undefined;
}

/**
 * What was said, in which language, and what is happening now that concerns it. Waits for the thread, never for a feed;
 * for a search only when there is money for one, a topic was named and nobody here has heard of it.
 */
export async function gather(mention: Mention, { network, rank, detectLanguage, search, silenceIn, wishes }: GatherTools, budget?: Budget): Promise<Context | { readonly silent: string }> {
  const forThread = budget && (budget.rung === 'full' ? budget.dollars - (network.costs?.search ?? 0) : budget.dollars);
  const read = await readThread(mention, network, forThread);
  const screened = await silenceIn?.(read) ?? { thread: read };
  if ('silent' in screened) return screened;
  const { thread } = screened;
  const question = bareQuestion(mention.text);
  const parent = thread.at(-2);
  // An empty tag under a post asks about that post, in the language of that post, which is also the best guess for a word or two under it.
  const around = parent && detectLanguage(bareQuestion(parent.text), parent.language);
  const language = question ? detectLanguage(question, mention.language ?? around) : (around ?? detectLanguage('', mention.language));
  let gathered = await rank(question, thread, language);
  if (budget?.rung === 'full' && !gathered.open && gathered.items.length === 0 && await search?.(question, language)) gathered = await rank(question, thread, language);
  return { thread, question, language, gathered: await withoutLeftAlone(gathered, wishes), ...(budget && { rung: budget.rung }) };
}

async function withoutLeftAlone(gathered: Gathered, wishes: GatherTools['wishes']): Promise<Gathered> {
  const isKept = await Promise.all(gathered.items.map(async ({ by }) => !by || await wishes?.leftAlone(by.network, [by]) !== true));
  return { ...gathered, items: gathered.items.filter((_, at) => isKept[at]) };
}

/** A thread that we may not see is no reason to leave the asker without an answer, nor the others: a login that is over shows when the answer is sent. */
async function readThread(mention: Mention, network: Pick<Network, 'thread'>, dollars: number | undefined): Promise<Thread> {
  try {
    return await network.thread(mention, dollars);
  } catch (error) {
    if (error instanceof PermanentError) return [...mention.before ?? [], mention];
    throw error;
  }
}
