import { createHash, randomBytes } from 'node:crypto';
import type { Moderate, ReadRoom } from '../core/manners.ts';
import type { Clock, Model, Network } from '../core/ports.ts';
import type { Receipt } from '../core/record.ts';
import type { Completion, Mention, Persona, Post } from '../core/types.ts';
import type { Budget } from './budget.ts';
import { clean } from './clean.ts';
import { gather, type Context, type GatherTools } from './gather.ts';
import { helpLine } from './moods.ts';
import { cutToFit, readCompletion } from './polish.ts';
import { toSource } from './gate/quotation.ts';
import { rulesAbroad } from './gate/rules-abroad.ts';
import { toTaint } from './gate/taint.ts';
import { toFixedAnswer } from './fixed.ts';
import { instructionsOf, systemText, toPrompt } from './prompt.ts';
import { fixedLine } from './wish.ts';
import { review, type ReviewRules } from './review.ts';

export interface AnswerTools extends GatherTools {
  readonly network: Pick<Network, 'self' | 'limits' | 'thread' | 'measure' | 'tidy' | 'costs'>;
  readonly model: Model;
  /** The persona as it is now. */
  readonly persona: () => Persona;
  readonly clock: Clock;
  /** Longest answer we want, salutation excluded; the network's own limit may be tighter. */
  readonly maxLength: number;
  readonly modelTimeoutMs: number;
  /** Values that no draft may hold and no receipt may show. */
  readonly secrets: readonly string[];
  readonly moderate: Moderate;
  readonly readRoom: ReadRoom;
  /** What we posted lately, and from which likeness on (0: never, to 1) another post counts as the same again. */
  readonly recent: () => Promise<readonly string[]>;
  readonly sameFrom: number;
  /** What is said where the room is not fit for an answer; absent: nothing. */
  readonly neutral?: boolean;
  /** Looks at everything that was gathered before a model is asked: why there is to be no answer. */
  readonly silenceIn?: (thread: Context['thread']) => Promise<string | undefined>;
}

export type Answer =
  /** Nothing is to be said, and nobody was asked. */
  | { readonly silent: string }
  | { readonly text: string; readonly language: string; readonly receipt: Receipt }
  | { readonly refused: string; readonly drafts: Receipt['drafts'] };

/** How often a model is asked before we stay silent. */
const tries = 2;

/** One mention → one text that may be posted, or why there is none. Throws what network and model throw. */
export async function answer(mention: Mention, draftNumber: number, tools: AnswerTools, budget?: Budget): Promise<Answer> {
  const { network, model, clock } = tools;
  const started = clock.monotonic();
  const context = await gather(mention, tools, budget);
  const quiet = await tools.silenceIn?.(context.thread);
  if (quiet !== undefined) return { silent: quiet };
  const unfit = await tools.moderate(context.thread.flatMap(wordsOf), 'asked', context.language);
  if (unfit !== undefined) {
    if (!tools.neutral) return { silent: `what was said is nothing to answer (${unfit})` };
    const line = fixedLine('neutral', context.language);
    return toFixedAnswer(mention, line.text, line.language, tools);
  }
  const mood = tools.readRoom(context.thread);
  if (mood === 'self-harm') {
    const line = helpLine(context.language);
    return toFixedAnswer(mention, line.text, line.language, tools);
  }
  const gathered = clock.monotonic();
  const persona = tools.persona();
  const room = roomFor(mention, tools);
  const rules = await toRules(context, persona, room, tools);
  const drafts: { text: string; refused: string }[] = [];

  for (let attempt = 1; attempt <= tries; attempt++) {
    const seed = `${mention.network}/${mention.account}/${mention.id}/${draftNumber}/${attempt}`;
    const nonce = randomBytes(6).toString('hex');
    const prompt = toPrompt(persona, context, { self: network.self, room, seed, ...(mood && { mood }) }, nonce, drafts.at(-1)?.refused);
    const completion = await model.complete(prompt, AbortSignal.timeout(tools.modelTimeoutMs));
    if (completion.refusal !== undefined) return { refused: `${completion.model} will not answer this: ${clean(completion.refusal)}`, drafts };
    const read = readCompletion(completion.text, nonce);
    if ('fault' in read || tools.secrets.some(secret => completion.text.includes(secret))) {
      const shown = tools.secrets.reduce((text, secret) => text.replaceAll(secret, '***'), clean(completion.text));
      drafts.push({ text: shown.slice(0, 500), refused: 'fault' in read ? read.fault : 'it held a secret' });
      continue;
    }
    // Too long is asked for once more, and cut at a sentence the second time.
    const said = network.tidy?.(read.text) ?? read.text;
    const text = attempt === tries ? cutToFit(said, room, network.measure) : said;
    const fault = review(text, rules) ?? (await tools.moderate([text], 'draft', context.language) === undefined ? undefined : 'it was not fit to be said');
    if (fault !== undefined) {
      drafts.push({ text: read.text.slice(0, 500), refused: fault });
      continue;
    }
    const took = { gather: gathered - started, model: clock.monotonic() - gathered, total: clock.monotonic() - started };
    return {
      text: mention.salutation + text,
      language: context.language,
      receipt: toReceipt(mention, context, persona, completion, text, drafts, took, clock.now()),
    };
  }
  return { refused: `no usable answer in ${tries} tries: ${drafts.at(-1)?.refused ?? ''}`, drafts };
}

const sources = new WeakMap<Persona, ReviewRules['instructions']>();

/** Made once for a voice: it is the same for every mention. */
function instructionsSource(persona: Persona): ReviewRules['instructions'] {
  const source = sources.get(persona) ?? toSource([...instructionsOf(persona), ...rulesAbroad], 8);
  sources.set(persona, source);
  return source;
}

/** What a draft for this mention is held against. */
async function toRules(context: Context, persona: Persona, room: number, { network, secrets, detectLanguage, recent, sameFrom }: AnswerTools): Promise<ReviewRules> {
  const foreign = context.thread.filter(({ author }) => author.id !== network.self.id).flatMap(wordsOf);
  const { items } = context.gathered;
  return {
    room, secrets, detectLanguage, sameFrom, items,
    measure: network.measure,
    instructions: instructionsSource(persona),
    // A headline was published to be quoted, a person's words were not.
    said: toSource([...foreign, ...items.filter(({ kind }) => kind === 'post').map(({ text }) => text)].map(withoutLongWords)),
    taint: toTaint([...foreign, ...items.flatMap(({ text, summary = '' }) => [text, summary])], [network.self.handle, network.self.name]),
    recent: sameFrom > 0 ? await recent() : [],
    ownNumbers: numbersIn(persona),
    mayBeBare: context.question.split(/\s+/u).length <= 2 && context.question.length <= (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(context.question) ? 8 : 24),
    language: context.language,
    // A voice without lines in the asker's language speaks its own.
    fluentIn: persona.languages.slice(0, 1),
  };
}

/** Everything in a post that its author, or whoever he quotes, has written. */
const wordsOf = ({ text, author, media, contentWarning = '', quote }: Post): string[] =>
  [text, author.name, author.bio ?? '', contentWarning, ...media.map(({ alt = '' }) => alt), ...quote ? wordsOf(quote) : []].filter(words => words !== '');

/** Numbers that the author of the voice wrote into its lines: whom to call when somebody is in need. */
const numbersIn = ({ lines }: Persona): string[] =>
  Object.values(lines).flatMap(kinds => kinds['crisis'] ?? []).flatMap(line => line.match(/\d[\d\s-]{3,}\d/gu) ?? []).map(number => number.replace(/\D/gu, ''));

/** One word may be said after anybody, however long it is. */
const withoutLongWords = (text: string): string => text.replace(/[\p{Script=Latin}\p{N}]{22,}/gu, ' ');

/** A copied content warning counts too; the network shortens a long one rather than the answer. */
function roomFor({ salutation, contentWarning = '' }: Mention, { network, maxLength }: AnswerTools): number {
  const taken = network.measure(salutation) + Math.min(100, network.measure(contentWarning));
  return Math.max(0, Math.min(maxLength, network.limits.text - taken));
}

function toReceipt(
  mention: Mention, context: Context, persona: Persona, completion: Completion, text: string,
  drafts: Receipt['drafts'], took: Receipt['took'], now: number,
): Receipt {
  return {
    mention: { network: mention.network, account: mention.account, id: mention.id },
    visibility: mention.visibility,
    asked: mention.text,
    answer: text,
    language: context.language,
    model: completion.model,
    ...(completion.tokens ? { tokens: completion.tokens } : {}),
    persona: { name: persona.name, version: persona.version },
    promptVersion: createHash('sha256').update(systemText(persona)).digest('hex').slice(0, 8),
    thread: context.thread.slice(0, -1).map(post => ({ author: post.author.handle, url: post.url, text: post.text })),
    open: context.gathered.open,
    items: context.gathered.items,
    drafts,
    mayRemove: [...new Set(context.thread.filter(({ id }) => id === mention.replyTo).map(({ author }) => author.id))],
    took: { gather: Math.round(took.gather), model: Math.round(took.model), total: Math.round(took.total) },
    at: new Date(now).toISOString(),
    ...(context.rung !== undefined && { rung: context.rung }),
    ...(mention.forgetAt !== undefined && { forgetAt: mention.forgetAt }),
  };
}
