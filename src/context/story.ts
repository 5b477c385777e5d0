import type { ContextItem } from '../core/types.ts';
import { fold, isUnspaced, termsOf, toWords } from './tokens.ts';
import { functionWords } from './words.ts';

/** What a headline tells, to compare it with others. */
export interface Story {
  readonly url: string | undefined;
  readonly language: string | undefined;
  /** Terms that carry meaning. */
  readonly terms: ReadonlySet<string>;
  /** Capitalised terms that are long enough to be a name, and whether they stand inside a sentence, where the capital means something. */
  readonly names: ReadonlyMap<string, boolean>;
}

export function toStory({ text, url, language }: ContextItem): Story {
  const own = functionWords[language?.slice(0, 2) ?? ''];
  const lists = own ? [own] : Object.values(functionWords);
  const words = toWords(text).map((word, place) => ({ word, folded: fold(word.replace(/^#/u, '')), inside: place > 0 }));
  const telling = words.filter(({ folded }) => !lists.some(list => list.has(folded)) && !/^\p{Script=Hiragana}{1,2}$/u.test(folded));
  const capitalised = words.filter(({ word }) => word.length > 3 && /^\p{Lu}/u.test(word));
  return {
    url,
    language,
    terms: new Set(telling.flatMap(({ folded }) => (isUnspaced(folded) ? [folded] : termsOf(folded)))),
    names: new Map(capitalised.flatMap(({ folded, inside }) => termsOf(folded).map(term => [term, inside] as const))),
  };
}

/** Whether two headlines tell the same story. Names tell it across languages; words in `asked` do not, for all that was found has them. */
export function isSameStory(a: Story, b: Story, asked: ReadonlySet<string>): boolean {
  if (a.url !== undefined && a.url === b.url) return true;
  const [ours, theirs] = [a.terms.difference(asked), b.terms.difference(asked)];
  const shared = ours.intersection(theirs).size;
  if (shared >= 2 ? shared / Math.min(ours.size, theirs.size) >= 0.6 : shared === ours.size && shared === theirs.size) return true;
  if (a.language === b.language || a.language === undefined || b.language === undefined) return false;
  return [...a.names].some(([name, inside]) => !asked.has(name) && b.names.has(name) && (inside || b.names.get(name) === true));
}
