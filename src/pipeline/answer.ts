import { createHash, randomBytes } from 'node:crypto';
import { TemporaryError } from '../core/errors.ts';
import type { Moderate, Mood, ReadRoom } from '../core/manners.ts';
import type { Clock, Model, Network, Prompts } from '../core/ports.ts';
import type { Answer, Receipt, Unjudged } from '../core/record.ts';
import type { Completion, Mention, Persona } from '../core/types.ts';
import type { Asking } from './asking.ts';
import type { Budget } from './budget.ts';
import { clean } from './clean.ts';
import { discussedIn } from './discussed.ts';
import { gather, type Context, type GatherTools } from './gather.ts';
import { helpLine, safetyLine } from './moods.ts';
import { cutToFit, readCompletion } from './polish.ts';
import { toAsker, toFixedAnswer } from './fixed.ts';
import { systemText, toPrompt } from './prompt.ts';
import { haltLookMs } from './steps.ts';
import { saidLately, type ReviewRules } from './review.ts';
import { judge, roomFor, toRules, wordsOf, type RuleTools } from './rules.ts';
import { givesAway, toUnsaid } from './unsaid.ts';
import { fixedLine } from './wish.ts';

export interface AnswerTools extends GatherTools, RuleTools {
  readonly network: Pick<Network, 'self' | 'limits' | 'thread' | 'measure' | 'tidy' | 'costs'>;
  readonly model: Model;
  /** The persona as it is now. */
  readonly persona: () => Persona;
  readonly clock: Clock;
  readonly modelTimeoutMs: number;
  readonly moderate: Moderate;
  readonly readRoom: ReadRoom;
  /** Why no model is to be asked any more. */
  readonly halted?: () => Promise<string | undefined>;
  /** How often the model may be asked, over all runs; absent: as often as it says. */
  readonly asking?: Asking | undefined;
  /** Where the instructions are kept that answers are made with. */
  readonly prompts?: Pick<Prompts, 'keep'> | undefined;
  /** The operator's words to whoever may harm himself, by language; absent: ours. */
  readonly helpLines?: Readonly<Record<string, string>>;
  /** What is said where the room is not fit for an answer; absent: nothing. */
  readonly neutral?: boolean;
}

/** How often a model is asked before we stay silent, where it does not say so itself. */
const usualTries = 2;

/** One mention → one text that may be posted, or why there is none. `before`: drafts that were refused already. Throws what network and model throw. */
export async function answer(mention: Mention, draftNumber: number, tools: AnswerTools, budget?: Budget, before: Receipt['drafts'] = []): Promise<Answer> {
  const { network, model, clock } = tools;
  const { tries = usualTries } = model;
  const started = clock.monotonic();
  const context = await gather(mention, tools, budget);
  if ('silent' in context) return context;
  const mayRemove = discussedIn(context.thread, mention, network.self).map(({ id }) => id);
  const unfit = await tools.moderate(context.thread.flatMap(wordsOf), 'asked', context.language);
  if (unfit !== undefined) {
    if (!tools.neutral) return { silent: `what was said is nothing to answer (${unfit})` };
    const line = fixedLine('neutral', context.language);
    return toFixedAnswer(mention, line.text, line.language, tools, mayRemove);
  }
  const mood = tools.readRoom(context.thread);
  if (mood === 'self-harm' || mood === 'danger') {
    const line = mood === 'danger' ? safetyLine(context.language) : helpLine(context.language, tools.helpLines);
    // A refused line would be silence, to somebody in danger.
    const fitting = cutToFit(line.text, roomFor(mention, { network, maxLength: Infinity }), network.measure);
    return toFixedAnswer(mention, fitting, line.language, tools, mayRemove);
  }
  const gathered = clock.monotonic();
  const persona = tools.persona();
  const room = roomFor(mention, tools);
  const rules = await toRules(context, persona, room, tools);
  const { name, version } = persona;
  await tools.prompts?.keep({ version: toPromptVersion(persona), text: systemText(persona), persona: { name, version }, since: clock.now() });
  const voice = `${toPromptVersion(persona)} ${version}`;
  const kept = tools.asking?.unjudged?.version === voice ? tools.asking.unjudged : undefined;
  const drafts = [...kept?.drafts ?? before];

  for (let attempt = kept?.attempt ?? 1; attempt <= tries; attempt++) {
    let said: Unjudged;
    let seen: { readonly read: string; readonly whole: string } | undefined;
    if (kept?.attempt === attempt) said = kept;
    else {
      const halted = attempt > 1 ? await tools.halted?.() : undefined;
      if (halted !== undefined) throw new TemporaryError(`paused: ${halted}`, { afterMs: haltLookMs });
      const seed = `${mention.network}/${mention.account}/${mention.id}/${draftNumber}/${attempt}`;
      const nonce = randomBytes(6).toString('hex');
      const prompt = toPrompt(persona, context, { self: network.self, room, seed, ...(mood && { mood }), ...(saidBefore(drafts) && { isAgain: true }) }, nonce, drafts.at(-1)?.refused);
      const call = () => model.complete(prompt, AbortSignal.timeout(tools.modelTimeoutMs));
      const asked = await (tools.asking?.ask(call) ?? call().then(each => ({ said: each })));
      if ('spent' in asked) return { refused: asked.spent, drafts };
      const { text: words, ...completion } = asked.said;
      if (completion.refusal !== undefined) return { refused: `${completion.model} will not answer this${givesAway(completion.refusal, tools.secrets) ? '' : `: ${clean(completion.refusal)}`}`, drafts };
      const read = readCompletion(words, nonce);
      if ('fault' in read || tools.secrets.some(secret => words.includes(secret))) {
        drafts.push(toUnsaid(words, 'fault' in read ? read.fault : 'it held a secret', tools.secrets));
        continue;
      }
      // Too long is asked for once more, and cut at a sentence the second time.
      const tidy = network.tidy?.(read.text) ?? read.text;
      said = { text: attempt === tries ? cutToFit(tidy, room, network.measure) : tidy, version: voice, attempt, completion, drafts: [...drafts] };
      seen = { read: read.text, whole: words };
    }
    const { text, completion } = said;
    const fault = await judgeOrKeep(said, rulesFor(completion, rules), tools);
    if (fault !== undefined) {
      drafts.push(toUnsaid(seen?.read ?? text, fault, tools.secrets, seen?.whole));
      continue;
    }
    const took = { gather: gathered - started, model: clock.monotonic() - gathered, total: clock.monotonic() - started };
    const language = completion.language ?? spokenIn(text, rules);
    return {
      text: mention.salutation + text,
      language,
      receipt: { ...toReceipt(mention, context, persona, { ...completion, language }, text, drafts, took, clock.now()), mayRemove, gates: toGates(mood), about: toAbout(mention, context.thread, network.self.id) },
    };
  }
  return { refused: `no usable answer in ${tries} tries: ${drafts.at(-1)?.refused ?? ''}`, drafts };
}

/** So many draws that were said lately are no chance: there is nothing new left to say. */
const manyAgain = 3;
const saidBefore = (drafts: Receipt['drafts']): boolean => drafts.filter(({ refused }) => refused === saidLately).length >= manyAgain;

/** An engine that knows the language of its lines may quote a headline of another one. */
const rulesFor = ({ language }: Pick<Completion, 'language'>, rules: ReviewRules): ReviewRules =>
  (language === undefined ? rules : { ...rules, language, detectLanguage: () => language });

/** What the draft is written in: as asked for, or what the voice is at home in. */
const spokenIn = (text: string, { language, fluentIn, detectLanguage }: ReviewRules): string => {
  const told = detectLanguage(text, language);
  return fluentIn.includes(told) ? told : language;
};

/** As `judge`; what nobody can judge now is kept, and judged when somebody can. */
async function judgeOrKeep(said: Unjudged, rules: ReviewRules, { moderate, asking }: AnswerTools): Promise<string | undefined> {
  try {
    return await judge(said.text, rules, moderate);
  } catch (error) {
    if (error instanceof TemporaryError) await asking?.keep(said);
    throw error;
  }
}

const toPromptVersion = (persona: Persona): string => createHash('sha256').update(systemText(persona)).digest('hex').slice(0, 8);

/** Whoever got here passed them all. */
const toGates = (mood: Mood | undefined): NonNullable<Receipt['gates']> => [
  { gate: 'silence', verdict: 'passed' },
  { gate: 'asked', verdict: 'passed' },
  { gate: 'room', verdict: mood ?? 'ordinary' },
  { gate: 'grammar', verdict: 'passed' },
  { gate: 'draft', verdict: 'passed' },
];

/** Only what was read: that a post is not there tells nothing where we never saw it. */
const toAbout = ({ replyTo, quote }: Mention, thread: Context['thread'], ownId: string): readonly string[] =>
  [...thread.filter(({ id }) => id === replyTo), ...quote ? [quote] : []].filter(({ author }) => author.id !== ownId).map(({ id }) => id);

function toReceipt(
  mention: Mention, context: Context, persona: Persona, completion: Omit<Completion, 'text'> & { readonly language: string }, text: string,
  drafts: Receipt['drafts'], took: Receipt['took'], now: number,
): Receipt {
  return {
    mention: { network: mention.network, account: mention.account, id: mention.id },
    visibility: mention.visibility,
    asker: toAsker(mention),
    asked: mention.text,
    answer: text,
    language: completion.language,
    model: completion.model,
    ...(completion.tokens ? { tokens: completion.tokens } : {}),
    persona: { name: persona.name, version: persona.version },
    promptVersion: toPromptVersion(persona),
    thread: context.thread.slice(0, -1).map(post => ({ id: post.id, author: post.author.handle, url: post.url, text: post.text })),
    open: context.gathered.open,
    items: context.gathered.items,
    drafts,
    took: { gather: Math.round(took.gather), model: Math.round(took.model), total: Math.round(took.total) },
    at: new Date(now).toISOString(),
    ...(context.rung !== undefined && { rung: context.rung }),
    ...(mention.forgetAt !== undefined && { forgetAt: mention.forgetAt }),
  };
}
