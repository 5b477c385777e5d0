import type { Brief, RankedItem } from '../../core/types.ts';
import { isGrave, isTouchy, type Ask, type Kind } from './ask.ts';
import { gistOf } from './quote.ts';
import { shuffle } from './seed.ts';
import type { Theme } from './word-list.ts';
import { foldWords, readable, themeOf, wordsOf } from './words.ts';

/** An item as it may be spoken of. */
export interface Pick {
  readonly item: RankedItem;
  /** What to put between the quotation marks. */
  readonly gist: string;
  readonly theme?: Theme;
}

export interface Picks {
  readonly first?: Pick;
  readonly second?: Pick;
  /** All there is is no laughing matter. */
  readonly heavy: boolean;
}

/** Asks that a hot item helps although nobody asked for it. */
const chatty: ReadonlySet<Kind> = new Set(['open', 'greeting', 'empty', 'joke']);
const silent: ReadonlySet<Kind> = new Set(['serious', 'crisis', 'touchy', 'unverified', 'who', 'puppet', 'cannot', 'insult', 'thanks', 'compliment', 'roast', 'choice']);

/** Which item to speak of in the language that will be spoken, and one to set against it. Never a joke about somebody's grief: such items come last, and say so. */
export function pickItems(brief: Brief, ask: Ask, spoken: string, draw: () => number): Picks {
  const { open, items } = brief.gathered;
  if (open ? !chatty.has(ask.kind) : silent.has(ask.kind)) return { heavy: false };
  const known = items.map(item => ({ ...toPick(item, brief), heavy: isHeavy(item, brief), item })).filter(pick => pick.gist.length >= 3);
  const light = known.filter(pick => !pick.heavy);
  if (open) {
    const best = byManner(light, spoken);
    const [first] = shuffle(best.slice(0, 3).map((pick, place) => ({ pick, weight: [5, 2, 1][place] ?? 1 })), each => each.weight, draw);
    const second = best.find(pick => pick !== first?.pick && pick.item.kind === first?.pick.item.kind);
    if (first) return { first: first.pick, ...(second ? { second } : {}), heavy: false };
    return known[0] && ask.kind === 'open' ? { first: known[0], heavy: true } : { heavy: false };
  }
  const [best, next] = toldFirst(known, spoken, foldWords(ask.topic ?? '').split(' '));
  if (!best) return { heavy: false };
  if (best.heavy) return ask.kind === 'topic' ? { first: best, heavy: true } : { heavy: false };
  return { first: best, ...(next && !next.heavy && isTold(next.item) ? { second: next } : {}), heavy: false };
}

/**
 * What is found is best told by a headline that has as many of the asker's words as the best match, a tag or a post being hardly a sentence;
 * of those, by one that has the word which the answer will name.
 */
function toldFirst<T extends Pick>(picks: readonly T[], language: string, topic: readonly string[]): T[] {
  const [best] = picks;
  if (!best) return [];
  const told = picks.filter(({ item }) => isTold(item) && (item.matched.length >= best.item.matched.length || item.score >= best.item.score));
  const named = told.filter(({ item }) => item.matched.some(word => topic.includes(foldWords(word))));
  const [first = best] = byManner(named.length > 0 ? named : told, language);
  return [first, ...picks.filter(pick => pick !== first)];
}

const isTold = ({ kind }: RankedItem): boolean => kind === 'headline' || kind === 'link';

/** The best of them, hottest first: in the reader's own language if there are any, what the operator chose to read before what is passed around, and things rather than people. */
function byManner<T extends Pick>(picks: readonly T[], language: string): T[] {
  const rank = ({ item }: T): number => ({ headline: 0, link: 1, tag: 1, post: 4 })[item.kind] + (item.language?.startsWith(language) || item.kind === 'tag' ? 0 : 2);
  const best = Math.min(...picks.map(rank));
  return picks.filter(pick => rank(pick) === best);
}

function toPick(item: RankedItem, brief: Brief): Pick {
  const words = wordsOf(item.language, brief.language);
  const gist = gistOf(item, words);
  const theme = themeOf(gist, words);
  return { item, gist, ...(theme ? { theme } : {}) };
}

function isHeavy(item: RankedItem, brief: Brief): boolean {
  const title = foldWords(item.text);
  const text = foldWords(`${item.text} ${item.summary ?? ''}`);
  const spoken = item.language?.slice(0, 2).toLowerCase();
  const languages = spoken !== undefined && readable.includes(spoken) ? [spoken] : [brief.language, 'en'];
  return languages.some(language => isGrave(text, wordsOf(language)) || wordsOf(language).sober.test(title) || isTouchy(text, wordsOf(language), brief.persona.avoid));
}
