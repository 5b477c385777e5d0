import { detectAll, supportedLanguages, toISO2 } from 'tinyld';
import type { DetectLanguage } from '../core/ports.ts';
import { everydayWords, functionWords, openWords, tellingPhrases } from './words.ts';
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

/** Signs that were simplified in Japan and nowhere else, and the question that is asked in them most. */
const japaneseAlone = /[気駅円図広沢浜桜竜対戻歩働込畑峠々]|本当/u;

/** A Latin brand name in a Japanese post does not make it English: from a fifth of the letters on, these scripts decide. */
function byScript(text: string, hint: string | undefined): string | undefined {
  const letters = text.match(/\p{L}/gu)?.length ?? 1;
  const enough = (script: RegExp) => share(text, script, letters) >= 0.2;
  if (enough(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu)) return 'ja';
  if (enough(/\p{Script=Han}/gu)) return (hint === 'ja' || japaneseAlone.test(text)) && !/[的了吗嗎呢这這们們么麼是我你]/u.test(text) ? 'ja' : 'zh';
  const alone = scripts.find(([script]) => enough(script));
  if (alone) return alone[1];
  if (enough(/\p{Script=Arabic}/gu)) return /[ٹڈڑےں]/u.test(text) ? 'ur' : /[پچژگکی]/u.test(text) ? 'fa' : 'ar';
  if (enough(/\p{Script=Cyrillic}/gu)) return /[іїєґ]/iu.test(text) ? 'uk' : byWords(text, ['ru', 'uk', 'be', 'bg', 'sr', 'mk'], hint) ?? 'ru';
  return undefined;
}

/** Languages in Latin letters that people post in; tinyld knows more, and takes short questions for Berber or Volapük. */
const candidates = ['en', 'fr', 'de', 'es', 'pt', 'it', 'nl', 'ca', 'ro', 'pl', 'cs', 'sk', 'hu', 'fi', 'sv', 'da', 'no', 'tr', 'vi', 'id', 'eo', 'lt', 'lv', 'et', 'is', 'ga'];
const supported = new Set(supportedLanguages.map(toISO2));

/** Letters with marks that a language writes; one without an entry may write any. */
const marked: Readonly<Record<string, string>> = {
  en: '', fr: 'àâçéèêëîïôùûüœæ', de: 'äöüß', es: 'áéíóúñü', pt: 'ãõáâàéêíóôúç', it: 'àèéìíòóù', nl: 'ëïéèö', ca: 'àèéíïòóúüç',
};

/** Languages that hardly get through three words without a mark, or that hardly anybody posts in. */
const seldomBare = ['vi', 'cs', 'sk', 'hu', 'tr', 'lt', 'lv', 'is', 'eo', 'ga'];

/** tinyld reads letters, the word lists know the small words: on five words both are needed. A hint weighs less the more there is to read. */
function byWords(text: string, among: readonly string[], hint: string | undefined): string | undefined {
  const written = text.normalize('NFC').toLowerCase().replace(/['’ʼ`]/gu, ' ').split(/[^\p{L}\p{N}]+/u).filter(word => /\p{L}/u.test(word));
  const scores = new Map<string, number>();
  const add = (language: string, score: number) => scores.set(language, (scores.get(language) ?? 0) + score);

  const guesses = detectAll(text, { only: among.filter(language => supported.has(language)) });
  const sum = guesses.reduce((total, { accuracy }) => total + accuracy, 0);
  for (const { lang, accuracy } of guesses) add(lang, accuracy / sum);

  if (/[¿¡]/u.test(text)) add('es', 0.5);
  // Nobody but the French puts a space before these.
  if (/[\p{L}\p{N}][\s\u00a0\u202f][?!]/u.test(text)) add('fr', 0.5);
  const joined = written.join(' ');
  for (const [language, phrase] of Object.entries(tellingPhrases)) if (phrase.test(joined)) add(language, 0.8);
  if (!/[ß-ɏ]/u.test(text)) for (const language of seldomBare) add(language, -2 / written.length);
  for (const word of written) {
    const folded = fold(word);
    const marks = word.match(/[ß-ɏ]/gu) ?? [];
    const homes = (homesOf.get(folded) ?? []).filter(language => spells(language, marks));
    for (const language of homes) if (among.includes(language)) add(language, (1.5 / written.length) / homes.length);
    // "thé" is not "the".
    for (const language of marks.length === 0 && word === folded ? [] : Object.keys(marked)) {
      if (!spells(language, marks)) add(language, -0.6 / written.length);
      else if (everydayWords[language]?.has(word) === true && word !== folded) add(language, 0.6 / written.length);
    }
  }
  if (hint !== undefined && (among.includes(hint) || !supported.has(hint))) add(hint, written.length < 3 ? 0.7 : 0.35);
  return [...scores].filter(([language, score]) => score > 0 && (among.includes(language) || language === hint)).sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** For each folded word the languages that know it. */
const homesOf = new Map<string, string[]>();
for (const language of Object.keys(functionWords)) {
  const words = [...functionWords[language] ?? [], ...openWords[language] ?? [], ...[...everydayWords[language] ?? []].map(fold)];
  for (const word of new Set(words)) homesOf.set(word, [...homesOf.get(word) ?? [], language]);
}

/** Whether a language could write a word, as far as its marked letters show. */
const spells = (language: string, marks: readonly string[]): boolean => marks.every(letter => marked[language]?.includes(letter) !== false);
