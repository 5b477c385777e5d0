// The pool's items, findable by word.
import MiniSearch from 'minisearch';
import type { ContextItem } from '../core/types.ts';
import { toStory, type Story } from './story.ts';
import { isUnspaced, queryTermsOf, termsOf, toTerms } from './tokens.ts';
import { functionWords } from './words.ts';

/** Ids of items, and how surely each has a word: 1 when it stands in the headline, less in the summary, by prefix or with a typo. */
export type Credits = ReadonlyMap<string, number>;

export interface Entry {
  readonly item: ContextItem;
  /** When it happened, milliseconds since 1970; NaN when nobody knows. */
  readonly happenedAt: number;
  readonly story: () => Story;
}

export interface ItemIndex {
  /** Replaces what is in the index; what it holds already costs nothing. */
  update(items: readonly ContextItem[]): void;
  get(id: string): Entry | undefined;
  all(): Iterable<Entry>;
  /** Items that have the (folded) word, in a similar form too; with `typos` and when nobody has it as written, in similar spelling. */
  find(folded: string, typos: boolean): Credits;
  /** Items that have just this, as hashtags join words; none where words are never apart. */
  findExactly(folded: string): Credits;
  /** How much a word tells that so many items have. */
  weigh(count: number): number;
}

const inSummary = 0.6;
const byPrefix = 0.9;
const byTypo = 0.7;
/** A post is not edited like a headline: one word of a long one says little about what it is about. */
const inLongPost = 0.8;
const longPost = 180;

export function openItemIndex(): ItemIndex {
  const entries = new Map<string, Entry>();
  const search = new MiniSearch<ContextItem>({
    fields: ['text', 'summary'],
    // Small words of the item's own language are none of another one's: "thé" is not "the".
    extractField: (item, field) => (field === 'id' ? item.id : toTerms((field === 'text' ? item.text : item.summary) ?? '', functionWords[item.language?.slice(0, 2) ?? '']).join(' ')),
    tokenize: terms => terms.split(' '),
    processTerm: term => term,
  });

  const creditOf = (id: string, fields: readonly string[]): number => {
    const item = entries.get(id)?.item;
    if (!fields.includes('text')) return inSummary;
    return item?.kind === 'post' && item.text.length > longPost ? inLongPost : 1;
  };

  const findTerm = (term: string, prefix: boolean, fuzzy: false | number): Map<string, number> => {
    const found = search.search(term, { prefix, fuzzy }).map(({ id, match }): [string, number] =>
      [String(id), Math.max(...Object.entries(match).map(([as, fields]) => likeness(term, as) * creditOf(String(id), fields)))]);
    return new Map(found.filter(([, credit]) => credit > 0));
  };

  const findForms = (term: string, typos: boolean): Map<string, number> => {
    const bendable = !isUnspaced(term);
    const found = findTerm(term, bendable && term.length >= 4, false);
    // A word that somebody wrote is no typo of another: "staring" is not "starting".
    return found.size === 0 && typos && bendable && term.length >= 5 ? findTerm(term, false, term.length < 9 ? 1 : 2) : found;
  };

  return {
    update(list) {
      const fresh = new Map(list.map(item => [item.id, item]));
      for (const [id, { item }] of entries) {
        if (sameText(item, fresh.get(id))) continue;
        search.discard(id);
        entries.delete(id);
      }
      search.addAll([...fresh.values()].filter(({ id }) => !entries.has(id)));
      for (const [id, item] of fresh) entries.set(id, toEntry(item, entries.get(id)));
    },
    get: id => entries.get(id),
    all: () => entries.values(),
    find(folded, typos) {
      const [first = new Map<string, number>(), ...others] = queryTermsOf(folded).map(term => findForms(term, typos));
      const common = [...first].filter(([id]) => others.every(credits => credits.has(id)));
      return new Map(common.map(([id, credit]) => [id, Math.min(credit, ...others.map(credits => credits.get(id) ?? 0))]));
    },
    findExactly: folded => (isUnspaced(folded) ? new Map() : new Map(termsOf(folded).flatMap(term => [...findTerm(term, false, false)]))),
    weigh: count => Math.log(1 + (entries.size - Math.max(1, count) + 0.5) / (Math.max(1, count) + 0.5)),
  };
}

/** "tram" finds "tramway" and "trams", "strassenbahn" finds "strassenbahnstreik", but "wall" does not find "walloon". */
function likeness(asked: string, found: string): number {
  if (asked === found) return 1;
  const ratio = asked.length / found.length;
  if (found.startsWith(asked)) return ratio >= 0.7 || (asked.length >= 7 && ratio >= 0.5) ? byPrefix : 0;
  return found[0] === asked[0] ? byTypo : 0;
}

const sameText = (a: ContextItem, b: ContextItem | undefined): boolean => b !== undefined && a.text === b.text && a.summary === b.summary && a.language === b.language && a.url === b.url;

/** The story is told on first use, and kept as long as the text stays. */
function toEntry(item: ContextItem, before: Entry | undefined): Entry {
  let story: Story | undefined;
  return { item, happenedAt: Date.parse(item.at), story: before?.story ?? (() => (story ??= toStory(item))) };
}
