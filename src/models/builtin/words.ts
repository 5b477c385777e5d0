import { de } from './words/de.ts';
import { en } from './words/en.ts';
import { es } from './words/es.ts';
import { fr } from './words/fr.ts';
import { it } from './words/it.ts';
import { ja } from './words/ja.ts';
import { pt } from './words/pt.ts';
import { themes, wordedAsks, type Theme, type WordedAsk, type WordList } from './word-list.ts';

/** A word list, ready to match. */
export interface Words extends Omit<WordList, 'small' | 'stop' | 'joins' | 'asks' | 'themes' | 'figures' | 'crisis' | 'grave' | 'sober' | 'touchy' | 'absolutes' | 'hedges' | 'before' | 'marks' | 'inverts' | 'questions' | 'notChoice'> {
  readonly small: readonly string[];
  readonly stop: ReadonlySet<string>;
  readonly joins: ReadonlySet<string>;
  readonly asks: readonly (readonly [WordedAsk, RegExp])[];
  readonly themes: readonly (readonly [Theme, RegExp])[];
  readonly before: ReadonlySet<string>;
  readonly marks: ReadonlySet<string>;
  readonly inverts: ReadonlySet<string>;
  readonly questions: ReadonlySet<string>;
  readonly notChoice: RegExp;
  readonly figures: RegExp;
  readonly grave: RegExp;
  readonly sober: RegExp;
  readonly touchy: RegExp;
  readonly absolutes: RegExp;
  readonly hedges: RegExp;
}

/** Lower case, without accents; kana keep their voicing marks. */
export const fold = (text: string): string => text.normalize('NFKC').toLowerCase().normalize('NFD').replace(/[\u0300-\u036f]/g, '').normalize('NFC').replaceAll('’', "'");

/** Folded words with single spaces between them, punctuation gone. */
export const foldWords = (text: string): string => fold(text).replace(/[^\p{L}\p{N}\p{M}'ー]+/gu, ' ').trim();

function toRegExp(phrases: string, spaced: boolean): RegExp {
  const body = phrases.split(';').map(phrase => fold(phrase.trim())).filter(Boolean).join('|').replaceAll('~', '\\p{L}*');
  if (body === '') return /$^/;
  return new RegExp(spaced ? `(?<![\\p{L}\\p{N}])(?:${body})(?![\\p{L}\\p{N}])` : body, 'u');
}

const toSet = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).map(fold).filter(Boolean));

function ready(list: WordList): Words {
  const compile = (phrases: string): RegExp => toRegExp(phrases, list.spaced);
  return {
    small: list.small.split(' '), quotes: list.quotes, spaced: list.spaced, nouns: list.nouns, or: list.or,
    stop: toSet(`${list.stop} ${list.joins}`), joins: toSet(list.joins), before: toSet(list.before), marks: toSet(list.marks), inverts: toSet(list.inverts ?? ''), questions: toSet(list.questions ?? ''),
    asks: wordedAsks.map(kind => [kind, compile(list.asks[kind])]),
    themes: themes.map(theme => [theme, compile(list.themes[theme])]),
    notChoice: compile(list.notChoice), figures: new RegExp(compile(list.figures), 'gu'), grave: compile(list.grave), sober: compile(list.sober), touchy: compile(list.touchy),
    absolutes: compile(list.absolutes), hedges: compile(list.hedges),
  };
}

const lists: Readonly<Record<string, WordList>> = { en, fr, de, es, pt, it, ja };

/** Made ready when first asked for: all of them together take as long as everything else at the start. */
const byLanguage = new Map<string, Words>();

function wordsIn(language: string): Words | undefined {
  const list = lists[language];
  if (list === undefined) return undefined;
  const words = byLanguage.get(language) ?? ready(list);
  byLanguage.set(language, words);
  return words;
}

/** Every language the engine reads. */
export const readable = Object.keys(lists);

/** The words of the first of these languages that the engine reads; English when it reads none of them. */
export function wordsOf(...languages: readonly (string | undefined)[]): Words {
  for (const language of languages) {
    const words = language === undefined ? undefined : wordsIn(language.slice(0, 2).toLowerCase());
    if (words) return words;
  }
  return wordsIn('en') ?? ready(en);
}

/** What kind of thing a text is about; undefined when no word tells. */
export function themeOf(text: string, words: Words): Theme | undefined {
  const folded = foldWords(text);
  return words.themes.find(([, phrases]) => phrases.test(folded))?.[0];
}

/** "Are you a bot?" where the engine reads nothing else: whoever asks that is told. */
const whetherBot = toRegExp([
  'ben (je|jij|u) (een |echt |nu |wel )*(bot|robot|mens|machine|ai|computer)~;(zit|schrijft|antwoordt) (er |hier )*(een )?(echt~ )?(mens|robot|bot|machine)~',
  '(jestes|czy jestes|jest pan|jest pani) (czlowiek~|bot~|robot~|maszyn~|prawdziw~)',
  '(ты|вы|это) (что |точно |правда |случайно |не )*(бот|робот|человек|машина|программа|ии|живой|живая)( или .*)?',
  '(sen|siz) (bir )?(bot|robot|insan|makine|yapay zeka)~;(bot|robot|insan|makine|yapay zeka) m[ıiuü]s[ıiuü]n~',
  '(ar|er) (du|ni) (en |ett |et |ein |verkligen |virkelig |bare )*(bot|robot|manniska|menneske|maskin|maskine|ai)~',
  '(jsi|jste|si|ste) (nejaky |opravdu |naozaj )*(bot|robot|clovek|stroj)~;(esti|sunteti) (un |o )*(bot|robot|om|masina)~;oletko (sina )?(botti|robotti|ihminen)~;(robot|bot|ember) vagy',
  '(ти|ви) (бот|робот|людина|машина)~;(apakah )?(kamu|anda|kau) (itu |ini )?(adalah )?(seorang |sebuah )?(bot|robot|manusia|mesin)~;(ban|may) (co phai )?la (bot|robot|nguoi|may)~',
  '(هل )?(انت|أنت|انتي) (بوت|روبوت|انسان|إنسان|الة|آلة)',
  'क्या (तुम|आप|तू) (एक )?(बॉट|रोबोट|इंसान|मशीन)',
].join(';'), true);
const whetherBotUnspaced = toRegExp('[你您]是不?是?(一个|一個|个)?(机器人|機器人|真人|人类|人類|人吗|人嗎|ai|bot);(로봇|봇|사람|기계|ai|인공지능)(이야|이니|인가|인가요|입니까|이세요|이에요|예요|이냐|맞)', false);
export const asksWhetherBot = (folded: string): boolean => whetherBot.test(folded) || whetherBotUnspaced.test(folded);

let crises: readonly { readonly figures: RegExp; readonly crisis: RegExp }[] | undefined;

/** Whether a text, in whatever language, speaks of harming oneself. */
export function speaksOfCrisis(folded: string): boolean {
  crises ??= Object.values(lists).map(({ figures, crisis, spaced }) => ({ figures: new RegExp(toRegExp(figures, spaced), 'gu'), crisis: toRegExp(crisis, spaced) }));
  return crises.some(({ figures, crisis }) => crisis.test(folded.replace(figures, ' ')));
}
