// How text becomes words and words become index terms: the same way for what is in the pool and for what is asked.

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]+/gu;
const dictionary = new Intl.Segmenter(undefined, { granularity: 'word' });
const hashtag = /#([\p{L}\p{M}\p{N}_]+)/gu;

/** Lower case, Latin accents gone, apostrophes as spaces. */
export function fold(text: string): string {
  const lower = text.toLowerCase().replace(/['’ʼ`]/gu, ' ');
  if (!/[^ -~\s]/u.test(lower)) return lower;
  return lower.replace(/ß/gu, 'ss').replace(/œ/gu, 'oe').replace(/æ/gu, 'ae').replace(/ø/gu, 'o').replace(/ł/gu, 'l')
    .normalize('NFD').replace(/(?<=[a-z])\p{M}+/gu, '').normalize('NFC');
}

/** Whether a word is of a script that is written without spaces, or with particles stuck to it. */
export const isUnspaced = (word: string): boolean => /[\u0250-\u{10FFFF}]/u.test(word) && word.search(unspaced) >= 0;

const withoutLinks = (text: string): string => text.replace(/https?:\/\/\S+|(?<![\p{L}\p{N}])@[\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}.-]+)?/gu, ' ');

/** The words of a hashtag, where capitals or underscores part them. */
const inTag = (tag: string): string[] => tag.replaceAll('_', ' ').replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ').trim().split(/\s+/u);

/** Words in the order they were written, as they were written, those of a hashtag with `#`. Languages without spaces are taken apart by dictionary. */
export function toWords(text: string): string[] {
  const apart = withoutLinks(text).replace(hashtag, (_, tag: string) => inTag(tag).map(word => ` #${word}`).join(''));
  return (apart.replace(/['’ʼ`]/gu, ' ').match(/#?[\p{L}\p{M}\p{N}]+/gu) ?? []).flatMap(word =>
    isUnspaced(word) ? [...dictionary.segment(word)].filter(({ isWordLike }) => isWordLike === true).map(({ segment }) => segment) : [word]);
}

/** Terms of a whole text for the index, `skip` left out; those of a hashtag apart and joined. */
export function toTerms(text: string, skip: ReadonlySet<string> | undefined): string[] {
  const both = withoutLinks(text).replace(hashtag, (_, tag: string) => ` ${tag.replaceAll('_', '')} ${inTag(tag).length > 1 ? inTag(tag).join(' ') : ''} `);
  const words = fold(both).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  // "Tram 2" is a name, and "#Tram2" the same one.
  const numbered = words.slice(1).flatMap((word, place) => (isShortNumber(word) && /^\p{L}+$/u.test(words[place] ?? '') ? [`${words[place]}${word}`] : []));
  return [...words.filter(word => skip?.has(word) !== true).flatMap(termsOf), ...numbered];
}

/** What can follow a word to make a name of it: line 7, tram 2, room 101. */
export const isShortNumber = (word: string): boolean => /^\d{1,3}$/u.test(word);

/** Terms of one folded word. Without spaces, pairs of letters need no dictionary to agree with itself; single Han letters are words too. */
export function termsOf(word: string): string[] {
  if (!isUnspaced(word)) return word.length < 2 ? [] : [stem(word)];
  const runs = (word.match(unspaced) ?? []).flatMap(run => [...pairs(run), ...(run.match(/\p{Script=Han}/gu) ?? [])]);
  const rest = word.replace(unspaced, ' ').split(' ').filter(part => part.length > 1).map(stem);
  return [...runs, ...rest];
}

/** Terms of one folded word of a question; an item that has the word has all of them. */
export const queryTermsOf = (word: string): string[] => (isUnspaced(word) && pairs(word).length > 0 ? pairs(word) : termsOf(word));

const pairs = (run: string): string[] => Array.from(run).slice(1).map((letter, index) => `${Array.from(run)[index]}${letter}`);

/** Plural and gender endings of our languages cut off, roughly: cats and cat, Katzen and Katze, gatos and gato, scuole and scuola meet. */
function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/u.test(word)) return word;
  const singular = word.replace(/ies$/u, 'y').replace(/([^s])[sx]$/u, '$1');
  const bare = singular.replace(/(?:en|[aeioy]{1,2})$/u, '').replace(/([^aeiou])\1$/u, '$1');
  return bare.length >= 3 ? bare : singular;
}
