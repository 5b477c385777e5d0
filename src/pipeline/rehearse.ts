import type { Quotas } from '../core/manners.ts';
import type { Clock } from '../core/ports.ts';
import type { Answer } from '../core/record.ts';
import type { Rehearsed, Try, Verdict } from '../core/rehearsal.ts';
import type { Completion, Mention, Persona, Prompt, Thread, Visibility } from '../core/types.ts';
import { answer, type AnswerTools } from './answer.ts';
import { silence, silenceIn, silenceTo, type SilenceTools } from './silence.ts';
import { readWish } from './wish.ts';

export interface RehearsalTools extends Omit<AnswerTools, 'persona' | 'prompts' | 'search' | 'silenceIn' | 'wishes'> {
  readonly persona: Persona;
  /** Who is left alone, and what people wish; absent: everybody is answered. */
  readonly manners?: Omit<SilenceTools, 'quotas'>;
}

/** A model was asked, as it is seen from outside. */
interface Asked {
  readonly prompt: Prompt;
  readonly completion: Completion;
  readonly ms: number;
  /** What moderation said of the draft. */
  unfit?: string | undefined;
}

/** Nobody's turn is used up by what nobody reads. */
const uncounted: Quotas = { take: async () => undefined, turn: async () => 0, goodnight: async () => false, untilErasing: async () => 0 };

/**
 * What would be said to a mention: by the bot's own way to an answer, looked at through what it is given. Nothing is kept, posted or searched for, and
 * no thread is read where that costs money. `known`: the thread, where it need not be read. Throws what network and model throw.
 */
export async function rehearse(mention: Mention, tools: RehearsalTools, known?: Thread): Promise<Rehearsed> {
  const { network, model, clock, persona, manners } = tools;
  const gates: Verdict[] = [];
  const asked: Asked[] = [];
  const through = <T extends string | undefined>(gate: Verdict['gate'], reason: T, otherwise = 'passed'): T => {
    gates.push({ gate, verdict: reason ?? otherwise });
    return reason;
  };
  const quiet = manners && await quietAbout(mention, network.self, manners);
  const made: Answer = quiet !== undefined ? { silent: through('silence', quiet) } : await answer(mention, 1, {
    ...tools,
    // Whoever calls this has them at hand, and hands them over unnoticed.
    prompts: undefined, search: undefined, wishes: manners?.wishes,
    network: { ...network, thread: async () => known ?? (network.costs ? [...mention.before ?? [], mention] : network.thread(mention)) },
    model: {
      ...model,
      async complete(prompt, signal) {
        const started = clock.monotonic();
        const completion = await model.complete(prompt, signal);
        asked.push({ prompt, completion, ms: Math.round(clock.monotonic() - started) });
        return completion;
      },
    },
    persona: () => persona,
    async silenceIn(thread) {
      const screened = manners ? await silenceIn(thread, mention, network.self, { ...manners, quotas: uncounted }) : { thread };
      through('silence', 'silent' in screened ? screened.silent : undefined);
      return screened;
    },
    async moderate(texts, as, language) {
      const unfit = await tools.moderate(texts, as, language);
      if (as === 'asked') return through('asked', unfit);
      const last = asked.at(-1);
      if (last) last.unfit = unfit;
      return unfit;
    },
    readRoom: thread => through('room', tools.readRoom(thread), 'ordinary'),
  });
  const room = asked[0]?.prompt.brief.room;
  return {
    made, gates,
    tries: asked.map((each, at) => toTry(each, at, made)),
    ...('receipt' in made && { length: network.measure(made.receipt.answer) }),
    ...(room !== undefined && { room }),
  };
}

/** Why nobody would be asked, at the time when it was written; a wish is granted elsewhere. */
async function quietAbout(mention: Mention, self: AnswerTools['network']['self'], manners: Omit<SilenceTools, 'quotas'>): Promise<string | undefined> {
  const then = Date.parse(mention.createdAt);
  const early = silence(mention, self, then, manners.rules);
  if (early !== undefined) return early;
  const wished = readWish(mention.text, mention.language);
  if (wished) return `it is a wish (“${wished.wish}”): it would be granted, and confirmed with a line of its own`;
  const quiet = await silenceTo(mention, then, { ...manners, quotas: uncounted });
  return quiet && 'silent' in quiet ? quiet.silent : undefined;
}

function toTry({ prompt: { system, user, images }, completion, ms, unfit }: Asked, at: number, made: Answer): Try {
  const drafts = 'receipt' in made ? made.receipt.drafts : 'refused' in made ? made.drafts : [];
  const draft = drafts[at];
  const text = draft?.text ?? ('receipt' in made ? made.receipt.answer : undefined);
  return {
    prompt: { system, user, images }, ms,
    ...(completion.tokens && { tokens: completion.tokens }),
    ...(text !== undefined && { text }),
    gates: text === undefined ? [] : unfit === undefined && draft ? [{ gate: 'grammar', verdict: draft.refused }] : [{ gate: 'grammar', verdict: 'passed' }, { gate: 'draft', verdict: unfit ?? 'passed' }],
  };
}

/** A text that somebody types, as if he had tagged us: on no network, so that nothing kept about anybody concerns it. */
export const toTyped = (text: string, account: string, clock: Clock, visibility: Visibility = 'public'): Mention => ({
  network: 'say', account, id: String(clock.now()), url: '', salutation: '', text, media: [], links: [], visibility, createdAt: new Date(clock.now()).toISOString(),
  author: { id: 'you', handle: 'you', name: 'you', isBot: false },
});
