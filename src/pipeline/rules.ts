import type { Moderate } from '../core/manners.ts';
import type { DetectLanguage, Network } from '../core/ports.ts';
import type { Mention, Persona, Post } from '../core/types.ts';
import type { Context } from './gather.ts';
import { toSource } from './gate/quotation.ts';
import { toTaint } from './gate/taint.ts';
import { instructionsOf } from './prompt.ts';
import { review, type ReviewRules } from './review.ts';

/** What it takes to tell whether something may be said. */
export interface RuleTools {
  readonly network: Pick<Network, 'self' | 'limits' | 'measure'>;
  readonly detectLanguage: DetectLanguage;
  /** Longest answer we want, salutation excluded; the network's own limit may be tighter. */
  readonly maxLength: number;
  /** Values that no draft may hold and no receipt may show. */
  readonly secrets: readonly string[];
  /** What we posted lately, and from which likeness on (0: never, to 1) another post counts as the same again. */
  readonly recent: () => Promise<readonly string[]>;
  readonly sameFrom: number;
}

const sources = new WeakMap<Persona, ReviewRules['instructions']>();

/** Made once for a voice: it is the same for every mention. */
function instructionsSource(persona: Persona): ReviewRules['instructions'] {
  const source = sources.get(persona) ?? toSource(instructionsOf(persona), 8);
  sources.set(persona, source);
  return source;
}

/** What a draft for this mention is held against. */
export async function toRules(context: Context, persona: Persona, room: number, { network, secrets, detectLanguage, recent, sameFrom }: RuleTools): Promise<ReviewRules> {
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
export const wordsOf = ({ text, author, media, contentWarning = '', quote }: Post): string[] =>
  [text, author.name, author.bio ?? '', contentWarning, ...media.map(({ alt = '' }) => alt), ...quote ? wordsOf(quote) : []].filter(words => words !== '');

/** Numbers that the author of the voice wrote into its lines: whom to call when somebody is in need. */
const numbersIn = ({ lines }: Persona): string[] =>
  Object.values(lines).flatMap(kinds => kinds['crisis'] ?? []).flatMap(line => line.match(/\d[\d\s-]{3,}\d/gu) ?? []).map(number => number.replace(/\D/gu, ''));

/** One word may be said after anybody, however long it is. */
const withoutLongWords = (text: string): string => text.replace(/[\p{Script=Latin}\p{N}]{22,}/gu, ' ');

/** A copied content warning counts too; the network shortens a long one rather than the answer. */
export function roomFor({ salutation, contentWarning = '' }: Mention, { network, maxLength }: Pick<RuleTools, 'network' | 'maxLength'>): number {
  const taken = network.measure(salutation) + Math.min(100, network.measure(contentWarning));
  return Math.max(0, Math.min(maxLength, network.limits.text - taken));
}

/** What is wrong with a draft, whoever wrote it; undefined: it may be said. */
export const judge = async (text: string, rules: ReviewRules, moderate: Moderate): Promise<string | undefined> =>
  review(text, rules) ?? (await moderate([text], 'draft', rules.language) === undefined ? undefined : 'it was not fit to be said');
