import { languages, wishes, type Wish } from './wish-words.ts';
import { bareQuestion } from './clean.ts';

export interface Wished {
  readonly wish: Wish;
  /** The language it was said in. */
  readonly language: string;
}

/** Letters alone, without accents: how a wish is typed in a hurry. */
const toBare = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const byWords = new Map<string, Wished[]>();
for (const [language, { says }] of Object.entries(languages)) {
  for (const wish of wishes) for (const words of says[wish].split('|')) byWords.set(toBare(words), [...byWords.get(toBare(words)) ?? [], { wish, language }]);
}
const polite = Object.entries(languages).map(([language, words]) => ({ language, words: words.polite.split(' ').map(toBare).filter(word => word !== '') }));

/** Longer texts say more than a wish. */
const longest = 80;

/** What somebody wishes of us, when that is all he says; `hint` decides where several languages say it alike. */
export function readWish(text: string, hint: string | undefined): Wished | undefined {
  const bare = toBare(bareQuestion(text));
  if (bare === '' || bare.length > longest) return undefined;
  const found = [bare, ...polite.map(({ words }) => without(bare, words))].flatMap(each => byWords.get(each) ?? []);
  const tag = hint?.toLowerCase().slice(0, 2);
  return found.find(({ language }) => language === tag) ?? found[0];
}

/** Spaces between words, none in Japanese. */
function without(text: string, words: readonly string[]): string {
  const spaced = text.split(' ').filter(word => !words.includes(word)).join(' ');
  return words.some(word => /[ぁ-ん]/u.test(word)) ? words.reduce((left, word) => (left.endsWith(word) && left !== word ? left.slice(0, -word.length).trim() : left), spaced) : spaced;
}

/** What is answered, with its blanks filled in. */
export const toAnswer = ({ wish, language }: Wished, values: Readonly<Record<string, string | number>> = {}): string =>
  Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), (languages[language] ?? languages['en'])?.answers[wish] ?? '');

/** A fixed line in the nearest language that has one. */
export const fixedLine = (kind: 'goodnight' | 'neutral', language: string): { readonly text: string; readonly language: string } => {
  const tag = language in languages ? language : 'en';
  return { text: languages[tag]?.[kind] ?? '', language: tag };
};
