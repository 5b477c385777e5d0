// What a question is about: the words that are left when everything that names no topic is taken away.
import type { Post } from '../core/types.ts';
import { fold, isShortNumber, isUnspaced, toWords } from './tokens.ts';
import { definiteArticles, functionWords, openIdioms, openWords, personalWords, pointingWords, topicMarkers } from './words.ts';

/** A word of the question that names (a part of) its topic. */
export interface TopicWord {
  /** As it was asked. */
  readonly asked: string;
  readonly folded: string;
  /** A name, as far as the writing shows it: capital inside a sentence, capitals only, or a hashtag. */
  readonly named: boolean;
  /** Said with "the" (in Japanese: with は), as one says of what everybody knows about. */
  readonly definite: boolean;
}

export interface Topic {
  readonly words: readonly TopicWord[];
  /** Said with a preposition ("about the tram") or in key words alone ("tram strike"): one of two words may do. */
  readonly marked: boolean;
  /** The asker speaks of their own life ("why is my cat…"): only what fits closely may come in. */
  readonly personal: boolean;
  /** It asks for what is going on. */
  readonly open: boolean;
  /** It points at what was said before. */
  readonly pointing: boolean;
}

/** Longer posts are about more things than an item can match; their first words tell enough. */
const mostWords = 24;
const mostText = 1_000;
const longestWord = 40;

export function toTopic(text: string, language: string): Topic {
  const read = text.slice(0, mostText);
  const plain = read.replace(openIdioms, ' ');
  const all = toWords(plain).map(word => word.slice(0, longestWord)).map(asked => ({ asked, folded: fold(asked.replace(/^#/u, '')) }));
  const languages = languagesOf(all.map(({ folded }) => folded), language);
  const saysNothing = (folded: string) => languages.some(each => functionWords[each]?.has(folded) === true);
  const asksForAll = (folded: string) => languages.some(each => openWords[each]?.has(folded) === true);

  const meansSomething = (folded: string) => carriesMeaning(folded) && !saysNothing(folded) && !asksForAll(folded);
  const numbers = (index: number) => isShortNumber(all[index]?.folded ?? '') && meansSomething(all[index - 1]?.folded ?? '');
  const kept = all.map((word, index) => ({ ...word, index })).filter(({ folded, index }) => meansSomething(folded) || numbers(index));
  const shouting = text === text.toUpperCase();
  const unique = kept.filter(({ folded }, place) => kept.findIndex(each => each.folded === folded) === place).slice(0, mostWords);
  return {
    words: unique.map(({ asked, folded, index }) => ({
      asked: asked.replace(/^#/u, ''),
      folded,
      named: asked.startsWith('#') || (!shouting && looksLikeName(asked, index, language)),
      definite: all.slice(Math.max(0, index - 2), index).some(before => definiteArticles.has(before.asked.toLowerCase()) || (language === 'pt' && before.folded === 'a')) || (language === 'ja' && all[index + 1]?.folded === 'は'),
    })),
    marked: unique.length === all.length || all.some(({ folded }, index) => topicMarkers.has(folded) && index < (kept.at(-1)?.index ?? 0)) || /について|に関して|关于|關於|에 대해|에 대한/u.test(text),
    personal: all.some(({ folded }) => personalWords.has(folded)),
    open: plain !== read || all.some(({ folded }) => asksForAll(folded)),
    pointing: all.some(({ folded }) => pointingWords.has(folded)),
  };
}

/** The topic of the nearest post above that has one, what is quoted before who quotes it. */
export function topicAbove(thread: readonly Post[], language: string): Topic | undefined {
  const mention = thread.at(-1);
  const above = thread.slice(0, -1).reverse().slice(0, 3);
  const texts = [mention?.quote?.text, ...above.flatMap(post => [post.text, post.quote?.text])];
  return texts.filter(text => text !== undefined).map(text => toTopic(text, language)).find(({ words }) => words.length > 0);
}

/** The language that was detected and the one whose small words fit best, should they differ. */
function languagesOf(folded: readonly string[], language: string): string[] {
  const fits = Object.keys(functionWords).map(each => ({ each, count: folded.filter(word => functionWords[each]?.has(word) === true || openWords[each]?.has(word) === true).length }));
  const best = fits.reduce((a, b) => (b.count > a.count ? b : a));
  const own = fits.find(({ each }) => each === language);
  return own === undefined || best.count > own.count + 1 ? [language, best.each] : [language];
}

function carriesMeaning(folded: string): boolean {
  if (isUnspaced(folded)) return !/^[\p{Script=Hiragana}ー]{1,2}$/u.test(folded);
  return folded.length > 1;
}

/** German writes all nouns with a capital, so that there it shows nothing. */
function looksLikeName(asked: string, index: number, language: string): boolean {
  if (asked.length > 1 && /^\p{Lu}[\p{Lu}\p{N}]+$/u.test(asked)) return true;
  return index > 0 && language !== 'de' && /^\p{Lu}/u.test(asked);
}
