import type { Clock, Pool, Rank } from '../core/ports.ts';
import type { ContextItem, ContextKind, RankedItem } from '../core/types.ts';
import { openItemIndex, type Credits, type Entry, type ItemIndex } from './item-index.ts';
import { isSameStory, type Story } from './story.ts';
import { fold, isShortNumber, queryTermsOf } from './tokens.ts';
import { toTopic, topicAbove, type Topic, type TopicWord } from './topic.ts';
import { functionWords } from './words.ts';

const most = 6;
/** The hottest are looked at for double stories, the long tail is not. */
const mostLookedAt = 60;
/** Whoever writes more words than this may mistype one. */
const mostForTypos = 6;
/** Words of an ask in a language that has no list here: longer ones have a topic more often than not. */
const mostUnread = 6;
const halfLifeMs = 24 * 60 * 60 * 1_000;

/** Ranks what is in the pool now; the index follows the pool only when that has changed. */
export function openRank(pool: Pool, clock: Clock): Rank {
  const index = openItemIndex();
  let indexed: string | undefined;

  return async (question, thread, language) => {
    const { version, items } = await pool.all();
    if (version !== indexed) index.update(items);
    indexed = version;
    const now = clock.now();

    const asked = toTopic(question, language);
    const above = topicAbove(thread, language);
    if (asked.words.length > 0) {
      const found = concerning(asked, index, language, now);
      const unclear = found.length === 0 && above !== undefined && (asked.pointing || asked.words.length === 1);
      // Of a language without a list nobody here knows which words name a topic; a short ask for the news looks like any other question.
      // A statement may be anything, grief too, and gets no news.
      const isUnread = functionWords[language] === undefined && asked.words.length <= mostUnread && /[?？؟]/u.test(question);
      if (found.length === 0 && above === undefined && isUnread) return { open: true, items: hottest(index, language, now) };
      return { open: false, items: unclear ? concerning(above, index, language, now) : found };
    }
    if (above !== undefined && (asked.pointing || !asked.open)) return { open: false, items: concerning(above, index, language, now) };
    return { open: true, items: hottest(index, language, now) };
  };
}

interface Candidate extends Entry {
  readonly score: number;
  /** Share of the question that the item covers, 0 to 1. */
  readonly coverage: number;
  /** It is what the asker calls "the …". */
  readonly meant: boolean;
  readonly matched: readonly string[];
}

/** A headline tells more than a tag, and we tease things before people. */
const byKind: Readonly<Record<ContextKind, number>> = { headline: 1, link: 0.75, tag: 0.6, post: 0.35 };

/** Items about the topic, the best first. None is a good answer: news that nobody asked for is noise. */
function concerning(topic: Topic, index: ItemIndex, language: string, now: number): RankedItem[] {
  const words = weigh(topic, index);
  const all = words.reduce((sum, { weight }) => sum + weight, 0);
  const ids = new Set(words.flatMap(({ credits }) => [...credits.keys()]));
  const candidates = [...ids].flatMap((id): Candidate[] => {
    const entry = index.get(id);
    if (!entry) return [];
    const foreign = isForeign(entry.item, language);
    const hits = words.filter(({ word, credits }) => credits.has(id) && (!foreign || isWritten(word.folded, entry.item)));
    const coverage = hits.reduce((sum, { weight, credits }) => sum + weight * (credits.get(id) ?? 0), 0) / all;
    if (isAnother(topic, hits)) return [];
    const meant = !foreign && isMeant(topic, hits, id, index);
    if (!(meant && coverage >= 0.15) && !concerns(topic, hits, coverage, entry.story())) return [];
    const worth = byKind[entry.item.kind] * speaks(entry.item, language);
    const liveliness = (0.3 + 0.7 * recency(entry, now)) * (0.5 + 0.5 * entry.item.heat);
    return [{ ...entry, coverage, meant, score: coverage * liveliness * worth, matched: hits.map(({ word }) => word.asked) }];
  });
  const closest = Math.max(0, ...candidates.map(({ coverage }) => coverage));
  const closestTold = Math.max(0, ...candidates.filter(({ item }) => item.kind === 'headline').map(({ coverage }) => coverage));
  const asked = new Set(words.flatMap(({ word }) => queryTermsOf(word.folded)));
  return spread(candidates.filter(({ coverage, meant, item }) => coverage >= closest * 0.6 || (meant && item.kind === 'headline' && coverage >= closestTold * 0.6)), { asked, again: 1 }).toSorted(byScore).map(toRanked);
}

/** Word forms mean the same in one language only: a German Gans is not what a Spanish winner gana. */
const isWritten = (folded: string, { text, summary = '' }: ContextItem): boolean => fold(`${text} ${summary}`).includes(folded);

interface WeighedWord {
  readonly word: TopicWord;
  readonly credits: Credits;
  readonly weight: number;
}

/** Rare words tell more than frequent ones, and names more than others. Two words in a row may be one in a hashtag. */
function weigh({ words }: Topic, index: ItemIndex): WeighedWord[] {
  const joined = words.slice(1).map((word, place) => index.findExactly(`${words[place]?.folded}${word.folded}`));
  return words.map((word, place) => {
    const credits = new Map(index.find(word.folded, words.length <= mostForTypos));
    for (const [id, credit] of [...(joined[place - 1] ?? []), ...(joined[place] ?? [])]) credits.set(id, Math.max(credit, credits.get(id) ?? 0));
    return { word, credits, weight: index.weigh(credits.size) * (word.named ? 2 : 1) };
  });
}

/** Line 7 is not line 2. */
const isAnother = ({ words: [first, second] }: Topic, hits: readonly WeighedWord[]): boolean =>
  second !== undefined && isShortNumber(second.folded) && hits.some(({ word }) => word === first) && !hits.some(({ word }) => word === second);

/** "Why is the clock striking 13?" is about the clock in the headline, whatever else it says: few others have the word, and the asker says "the" early on. */
function isMeant({ words, personal }: Topic, hits: readonly WeighedWord[], id: string, index: ItemIndex): boolean {
  const named = words.slice(0, 2).find(({ definite }) => definite);
  const hit = hits.find(({ word }) => word === named);
  if (!hit || personal || hit.credits.get(id) !== 1) return false;
  return index.weigh([...hit.credits.values()].filter(credit => credit === 1).length) >= index.weigh(1) / 2;
}

/** One common word is not enough, unless it is all that was asked for: a wall that a cat stares at is not the wall in the news. */
function concerns({ words, marked, personal }: Topic, hits: readonly WeighedWord[], coverage: number, { terms }: Story): boolean {
  if (words.length === 1) return coverage >= (marked && !personal ? 0.55 : 0.7);
  if (words.length === 2) return coverage >= (personal ? 0.75 : marked || hits.some(({ word }) => word.definite) ? 0.45 : 0.65);
  if (hits.length < 2) return hits.some(({ word }) => word.named) && coverage >= 0.5;
  const told = hits.filter(({ word: { folded } }) => [folded, ...queryTermsOf(folded)].some(term => terms.has(term))).length / Math.max(1, terms.size);
  if (words.length < 6) return coverage >= (personal ? 0.6 : 0.45) || told >= 0.6;
  return coverage >= 0.3 || told >= 0.5;
}

/** Another language's headlines come in where the asker's has fewer than this. */
const enough = 3;
const kinds: readonly ContextKind[] = ['headline', 'link', 'tag', 'post'];

/** What is hot, over sources and stories: things before people, whom we do not tease. */
function hottest(index: ItemIndex, asked: string, now: number): RankedItem[] {
  const language = [...index.all()].some(({ item }) => item.language !== undefined && !isForeign(item, asked)) ? asked : 'en';
  const candidates = [...index.all()].map((entry): Candidate => {
    const { item } = entry;
    const own = speaks(item, language);
    return { ...entry, coverage: 0, meant: false, matched: [], score: (0.1 + 0.9 * recency(entry, now)) * (0.1 + 0.9 * item.heat) * byKind[item.kind] * own * own };
  });
  const chosen = spread(candidates, { asked: new Set(), again: 0.75 }).filter(({ score }, _, [best]) => score >= (best?.score ?? 0) * 0.1).toSorted(byManner(language));
  const readable = chosen.filter(({ item }) => !isForeign(item, language)).length;
  return chosen.slice(0, Math.max(readable, enough)).map(toRanked);
}

/** What the asker can read first, things before people. */
const byManner = (language: string) => (a: Candidate, b: Candidate): number => {
  const place = ({ item }: Candidate) => kinds.indexOf(item.kind) + (isForeign(item, language) ? kinds.length : 0);
  return place(a) - place(b) || byScore(a, b);
};

/** The best of each story, one after the other; `again` is what another item of a source that has one already is worth. */
function spread(candidates: readonly Candidate[], { asked, again }: { asked: ReadonlySet<string>; again: number }): Candidate[] {
  const chosen: Candidate[] = [];
  let left = candidates.toSorted(byScore).slice(0, mostLookedAt);
  while (chosen.length < most && left.length > 0) {
    const worth = ({ item, score }: Candidate) => score * again ** chosen.filter(each => each.item.source === item.source).length;
    const best = left.reduce((a, b) => (worth(b) > worth(a) ? b : a));
    chosen.push(best);
    left = left.filter(each => each !== best && !isSameStory(best.story(), each.story(), asked));
  }
  return chosen;
}

/** Ties are broken by id: the same pool and question give the same answer in every process. */
const byScore = (a: Candidate, b: Candidate): number => b.score - a.score || (a.item.id < b.item.id ? -1 : 1);

const toRanked = ({ item, score, matched }: Candidate): RankedItem => ({ ...item, score, matched });

const recency = ({ happenedAt }: Entry, now: number): number => (Number.isNaN(happenedAt) ? 0 : 0.5 ** (Math.max(0, now - happenedAt) / halfLifeMs));

const isForeign = ({ language: spoken }: ContextItem, language: string): boolean => spoken !== undefined && spoken.slice(0, 2).toLowerCase() !== language.slice(0, 2).toLowerCase();

/** The asker's language is preferred, not required; English is the one that most can read besides. Tags often have none. */
function speaks(item: ContextItem, language: string): number {
  if (isForeign(item, language)) return item.language?.startsWith('en') === true ? 0.7 : 0.5;
  return item.language === undefined ? 0.9 : 1;
}
