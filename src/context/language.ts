import { detectAll, supportedLanguages, toISO2 } from 'tinyld';
import type { DetectLanguage } from '../core/ports.ts';
import { functionWords, openWords } from './words.ts';
import { fold } from './tokens.ts';

/**
 * Two-letter tag of a text; `hint` is what its network says, which is often the account's default. A clear text of three words or more
 * beats the hint, a doubtful or shorter one follows it; with neither, 'en'.
 */
export const detectLanguage: DetectLanguage = (text, hint) => {
  const said = toTag(hint);
  const bare = text.slice(0, mostText).replace(noise, ' ').replace(/\s+/gu, ' ').trim();
  if (!/\p{L}/u.test(bare)) return said ?? 'en';
  return byScript(bare, said) ?? byWords(bare, candidates, said) ?? said ?? 'en';
};

const mostText = 2_000;
const noise = /https?:\/\/\S+|[@#][\p{L}\p{N}_]+(?:@[\p{L}\p{N}.-]+)?|:[\w-]+:|\p{Extended_Pictographic}/gu;

const toTag = (hint: string | undefined): string | undefined => {
  const tag = /^[a-z]{2}(?=$|[-_])/u.exec(hint?.toLowerCase() ?? '')?.[0];
  return tag === 'nb' || tag === 'nn' ? 'no' : tag;
};

/** Scripts of one language each, most telling first. */
const scripts: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Hangul}/gu, 'ko'], [/\p{Script=Greek}/gu, 'el'], [/\p{Script=Hebrew}/gu, 'he'], [/\p{Script=Thai}/gu, 'th'], [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Bengali}/gu, 'bn'], [/\p{Script=Tamil}/gu, 'ta'], [/\p{Script=Telugu}/gu, 'te'], [/\p{Script=Gujarati}/gu, 'gu'], [/\p{Script=Georgian}/gu, 'ka'], [/\p{Script=Armenian}/gu, 'hy'],
];

const share = (text: string, script: RegExp, letters: number): number => (text.match(script)?.length ?? 0) / letters;

/** A Latin brand name in a Japanese post does not make it English: from a fifth of the letters on, these scripts decide. */
function byScript(text: string, hint: string | undefined): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 1;
  const enough = (script: RegExp) => share(text, script, letters) >= 0.2;
  if (enough(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)) return 'ja';
  if (enough(/\p{Script=Han}/gu)) return hint === 'ja' && !/[的了吗嗎呢这這们們么麼是我你]/u.test(text) ? 'ja' : 'zh';
  const alone = scripts.find(([script]) => enough(script));
  if (alone) return alone[1];
  if (enough(/\p{Script=Arabic}/gu)) return /[ٹڈڑےں]/u.test(text) ? 'ur' : /[پچژگکی]/u.test(text) ? 'fa' : 'ar';
  if (enough(/\p{Script=Cyrillic}/gu)) return /[іїєґ]/iu.test(text) ? 'uk' : byWords(text, ['ru', 'uk', 'be', 'bg', 'sr', 'mk'], hint) ?? 'ru';
  return undefined;
}

/** Languages in Latin letters that people post in; tinyld knows more, and takes short questions for Berber or Volapük. */
const candidates = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'ca', 'ro', 'pl', 'cs', 'sk', 'hu', 'fi', 'sv', 'da', 'no', 'tr', 'vi', 'id', 'eo', 'lt', 'lv', 'et', 'is', 'ga'];
const supported = new Set(supportedLanguages.map(toISO2));

/** tinyld reads letters, the word lists know the small words: on five words both are needed. A hint weighs less the more there is to read. */
function byWords(text: string, among: readonly string[], hint: string | undefined): string | undefined {
  const words = fold(text).split(/[^\p{L}\p{N}]+/u).filter(word => /\p{L}/u.test(word));
  const scores = new Map<string, number>();
  const add = (language: string, score: number) => scores.set(language, (scores.get(language) ?? 0) + score);

  const guesses = detectAll(text, { only: among.filter(language => supported.has(language)) });
  const sum = guesses.reduce((total, { accuracy }) => total + accuracy, 0);
  for (const { lang, accuracy } of guesses) add(lang, accuracy / sum);

  if (/[¿¡]/u.test(text)) add('es', 0.5);
  for (const word of words) {
    const homes = known.filter(language => functionWords[language]?.has(word) === true || openWords[language]?.has(word) === true);
    for (const language of homes) if (among.includes(language)) add(language, (1.5 / words.length) / homes.length);
  }
  if (hint !== undefined && (among.includes(hint) || !supported.has(hint))) add(hint, words.length < 3 ? 0.7 : 0.35);
  return [...scores].sort((a, b) => b[1] - a[1])[0]?.[0];
}

const known = Object.keys(functionWords);
