// What is said in phrases, whichever clause they belong to: one walk over the words of a text finds all of them.
import { openAutomaton } from '../../core/automaton.ts';
import type { Phrases } from '../../core/phrases.ts';
import { once, unmask } from './fold.ts';
import { signs, strip } from './signs.ts';
import abuse from './words/abuse.json' with { type: 'json' };
import advice from './words/advice.json' with { type: 'json' };
import alarms from './words/alarms.json' with { type: 'json' };
import ar from './words/ar.json' with { type: 'json' };
import de from './words/de.json' with { type: 'json' };
import en from './words/en.json' with { type: 'json' };
import es from './words/es.json' with { type: 'json' };
import fr from './words/fr.json' with { type: 'json' };
import hi from './words/hi.json' with { type: 'json' };
import humans from './words/humans.json' with { type: 'json' };
import it from './words/it.json' with { type: 'json' };
import ja from './words/ja.json' with { type: 'json' };
import ko from './words/ko.json' with { type: 'json' };
import nl from './words/nl.json' with { type: 'json' };
import offices from './words/offices.json' with { type: 'json' };
import others from './words/others.json' with { type: 'json' };
import pl from './words/pl.json' with { type: 'json' };
import pt from './words/pt.json' with { type: 'json' };
import ru from './words/ru.json' with { type: 'json' };
import rules from './words/rules.json' with { type: 'json' };
import secrecy from './words/secrecy.json' with { type: 'json' };
import several from './words/several.json' with { type: 'json' };
import signals from './words/signals.json' with { type: 'json' };
import sv from './words/sv.json' with { type: 'json' };
import terms from './words/terms.json' with { type: 'json' };
import tr from './words/tr.json' with { type: 'json' };
import zh from './words/zh.json' with { type: 'json' };

/** What a phrase is: said against people, as somebody the bot is not, about its orders, ill of whoever is named beside it, to other machines, about how a text is to be read, a false alarm or advice that does harm, that a person is writing. */
export type Kind = 'hostile' | 'posing' | 'orders' | 'ill' | 'relay' | 'code' | 'harm' | 'human';

/** A text as its words, in lower case and without accents, one space around each; where a sentence or clause ends there is a dot. Apostrophes part words: "you're" is two. */
export const toWords = (text: string): string => wordsIn(unmask(text));
const wordsIn = once(unmasked => {
  const open = unmasked.toLowerCase();
  if (!/\P{ASCII}/u.test(open)) return ` ${open.replace(/[.!?;:\n]+/gu, ' . ').replace(/[^a-z\d.]+/gu, ' ').replace(/\.(?: \.)+/gu, '.').trim()} `;
  const bare = open.normalize('NFD').replace(/[\u0300-\u036F\u064B-\u0655\u05B0-\u05C7]/gu, '').normalize('NFC').replaceAll('ı', 'i').replaceAll('ł', 'l').replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('æ', 'ae').replaceAll('œ', 'oe').replace(/[أإآ]/gu, 'ا');
  return ` ${strip(bare.replace(/[.!?;:…。！？；：।؟\n]+/gu, ' . '), signs.letter | signs.mark | signs.dot, ' ').replace(/\.(?: \.)+/gu, '.').trim()} `;
});

/** The words of what `toWords` made, and its dots; empty ones at both ends. */
export const partsOf = once((words: string): readonly string[] => words.split(' '));

const kinds: readonly Kind[] = ['hostile', 'posing', 'orders', 'ill', 'relay', 'code', 'harm', 'human'];
/**
 * By language, and by purpose for all languages together: the prompt's most telling rules as a model would translate them (`rules`, `secrecy`), what is said to
 * machines and readers of codes (`signals`). What is said in several languages at once, and terms by their topics, come last.
 */
const languages: readonly Partial<Record<Kind, Phrases>>[] = [en, fr, de, es, pt, it, nl, pl, ru, tr, sv, ar, hi, ko, ja, zh, others, abuse, alarms, advice, offices, humans, rules, secrecy, signals, several];
const { oneself, ...topics } = terms;
const lists: readonly (readonly Phrases[])[] = [
  ...kinds.map(kind => languages.flatMap(language => language[kind] ?? [])),
  [{ phrases: oneself }],
  ...Object.values(topics).map(phrases => [{ phrases }]),
];
const firstTopic = kinds.length + 1;

/** Scripts in which words do not stand apart. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/u;
const only = (isWanted: (phrase: string) => boolean): readonly (readonly Phrases[])[] =>
  lists.map(list => list.map(({ phrases, ...more }) => ({ ...more, phrases: phrases.filter(isWanted) })).filter(({ phrases }) => phrases.length > 0));

const apart = openAutomaton(only(phrase => !unspaced.test(phrase)), ' ');
const together = openAutomaton(only(phrase => unspaced.test(phrase)), '');

const saidIn = once((words: string): number => apart.listsIn(words) | (unspaced.test(words) ? together.listsIn(words) : 0));

/** Whether a phrase of this kind stands in words made by `toWords`. */
export const says = (kind: Kind, words: string): boolean => (saidIn(words) & (1 << kinds.indexOf(kind))) !== 0;

/** Of how many topics of a prompt these words hold a term, and whether the speaker names himself. */
export function topicsIn(words: string): { readonly topics: number; readonly isOfOneself: boolean } {
  const said = saidIn(words);
  let count = 0;
  for (let rest = said >>> firstTopic; rest !== 0; rest &= rest - 1) count += 1;
  return { topics: count, isOfOneself: (said & (1 << kinds.length)) !== 0 };
}
