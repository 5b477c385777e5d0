import { clean } from './quote.ts';
import { fold, type Words } from './words.ts';

/** Words next to each other that may be a topic. `sure`: something shows that they are a noun, not a stray verb. */
interface Run {
  readonly text: string;
  readonly weight: number;
  readonly sure: boolean;
}

interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  readonly joins: boolean;
  readonly isCapital: boolean;
  readonly isNumber: boolean;
}

/** The words of a text that say what it is about, as they were written; undefined when none of them surely does. */
export function topicOf(text: string, words: Words, matched: readonly string[] = []): string | undefined {
  const plain = clean(text);
  const runs = words.spaced ? runsOf(plain, words) : runsWithoutSpaces(plain, words);
  const wanted = matched.map(fold).filter(word => word.length > 1);
  const [best] = runs
    .map(run => ({ ...run, wanted: wanted.some(word => fold(run.text).includes(word)) }))
    .filter(run => run.sure || run.wanted)
    .map((run, place) => ({ text: run.text, weight: run.weight + (run.wanted ? 100 : 0) - place * 3 }))
    .sort((a, b) => b.weight - a.weight);
  return best?.text;
}

/** "About", the verb of a question or of a sentence beside its subject, and an article: what such a run holds is a noun with what belongs to it. */
const about = 12;
const subject = 8;
const article = 6;

function runsOf(text: string, words: Words): Run[] {
  const runs: Run[] = [];
  let tokens: Token[] = [];
  let bonus = 0;
  let [previous, beforePrevious] = ['', ''];
  let isInverted = false;
  const isLower = !/.\p{Lu}/su.test(text);
  let end = 0;
  const close = (next: string): void => {
    while (tokens.at(-1)?.joins) tokens.pop();
    if (tokens[0]?.start === 0 && words.inverts.has(next)) bonus = subject;
    const kept = nounPhrase(tokens, { words, bonus, isInverted, isLower, next });
    const start = kept[0]?.start ?? 0;
    const run = text.slice(start, kept.at(-1)?.end ?? 0);
    const isMost = ((tokens.at(-1)?.end ?? 0) - (tokens[0]?.start ?? 0)) * 2 >= text.length;
    const sure = bonus > 0 || isMost || (kept.length === 2 && kept[1]?.isNumber === true) || (start > 0 && /^\p{Lu}/u.test(run));
    if (run.length >= 3) runs.push({ text: run, weight: bonus + Math.min(12, run.length / 2), sure });
    tokens = [];
  };
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?:['’](?:s|t|re|ll|ve|m|d)(?!\p{L}))?/gu)) {
    const word = fold(match[0]);
    const gap = text.slice(end, match.index);
    if (gap !== '' && !/^[ '’]$/.test(gap)) close('');
    // "de la", "of the": an article after a joining word joins too.
    const joins = words.joins.has(word) || (words.marks.has(word) && tokens.at(-1)?.joins === true);
    // French asks with hyphens: "penses-tu".
    const isStop = words.stop.has(word) || words.stop.has(word.split(/-|'s$/u, 1)[0] ?? '');
    if (isStop && !(joins && tokens.length > 0)) close(word);
    else {
      if (tokens.length === 0) {
        const isAsked = words.inverts.has(previous) && (beforePrevious === '' || words.questions.has(beforePrevious));
        bonus = words.before.has(previous) ? about : isAsked ? subject : words.marks.has(previous) || (/['’]s$/u.test(previous) && !words.stop.has(previous)) ? article : 0;
        isInverted = isAsked || words.inverts.has(beforePrevious);
      }
      tokens.push({ word, start: match.index, end: match.index + match[0].length, joins, isCapital: /^\p{Lu}/u.test(match[0]), isNumber: /^\d/u.test(word) });
    }
    // "about the new bridge": an article in between does not cut the tie.
    if (!(words.before.has(previous) && words.marks.has(word))) [previous, beforePrevious] = [word, previous];
    end = match.index + match[0].length;
  }
  close('');
  return runs;
}

interface Around {
  readonly words: Words;
  readonly bonus: number;
  /** "Is the …", "did the …": the noun stands before the rest of the question. */
  readonly isInverted: boolean;
  /** Somebody writes without capitals. */
  readonly isLower: boolean;
  /** The small word that follows, empty at the end of a phrase. */
  readonly next: string;
}

/** What of a run is a noun with what belongs to it, verbs and predicates left out as far as their place and ending show. */
function nounPhrase(run: readonly Token[], around: Around): readonly Token[] {
  const number = run.findIndex((token, index) => token.isNumber && index > 0);
  // Line 7, tram 2: a number ends a name.
  if (number > 0 && !run[number - 1]?.joins && !/(?:ing|ed)$/u.test(run[number - 1]?.word ?? '')) return run.slice(run.findLastIndex(({ isCapital }, index) => index < number - 1 && !isCapital) + 1, number + 1);
  return around.words.nouns === 'last' ? nounLast(run, around) : around.words.nouns === 'first' ? nounFirst(run, around) : nounCapital(run, around);
}

/** The lantern cup: at most three words that matter, the last of them the noun. */
function nounLast(run: readonly Token[], around: Around): readonly Token[] {
  const { bonus } = around;
  if (bonus === about) return lastThree(run);
  const join = run.findIndex(({ joins, word }) => joins && word !== 'of');
  const name = namesIn(join < 0 ? run : run.slice(0, join));
  if (name.length > 0) return name;
  const kept = withoutPredicate(run, around);
  // Three words that matter and no article: a sentence. Its longest word is no verb, more often than not.
  return bonus !== article && solidIn(kept).length >= 3 ? longest(kept) : lastThree(kept);
}

/** "The clock striking", "is the cheese guilty", "did the goose eat the …": what is said of the noun goes. */
function withoutPredicate(run: readonly Token[], { words, bonus, isInverted, next }: Around): readonly Token[] {
  const isVerb = ({ word, isCapital }: Token, index: number): boolean => {
    if (index === 0 || isCapital) return false;
    // "The moon landing was": a noun, for its verb is yet to come. "The goose runs the": a verb, for its object is.
    if (index === run.length - 1) return (/.{2}(?:ing|ed)$/u.test(word) && !words.inverts.has(next)) || (/[^s]s$/u.test(word) && words.marks.has(next));
    return /.{2}(?:ing|ed)$/u.test(word) || (/[^s]s$/u.test(word) && run[index + 1]?.joins !== true);
  };
  const verb = run.findIndex(isVerb);
  if (verb > 0) return withoutJoins(run.slice(0, verb));
  const join = run.findIndex(({ joins, word }, index) => joins && (word !== 'of' || index > 1));
  if (!isInverted || !(join > 0 || next === '' || words.marks.has(next) || words.before.has(next))) return run;
  if (bonus === subject && run.length > 2 && join < 0) return run.slice(0, 1);
  return withoutJoins(run.slice(0, Math.max(1, (join > 0 ? join : run.length) - 1)));
}

const withoutJoins = (run: readonly Token[]): readonly Token[] => run.slice(0, run.findLastIndex(({ joins }) => !joins) + 1);

function lastThree(run: readonly Token[]): readonly Token[] {
  const solid = solidIn(run);
  return solid.length <= 3 ? run : run.slice(solid.at(-3));
}

/** Words with capitals next to each other, a lone one at the start of the text left out. */
function namesIn(run: readonly Token[]): readonly Token[] {
  const from = run.findIndex(({ isCapital, start }, index) => isCapital && (start > 0 || run[index + 1]?.isCapital === true));
  if (from < 0) return [];
  const to = run.findIndex(({ isCapital, joins }, index) => index > from && !isCapital && !(joins && run[index + 1]?.isCapital));
  return run.slice(from, to < 0 ? run.length : to);
}

/** La concha de la sopa: the first word, and what is joined to it; the one that follows unjoined is a verb more often than not. */
function nounFirst(run: readonly Token[], { bonus, next }: Around): readonly Token[] {
  const solid = solidIn(run);
  if (bonus === 0 && solid.length >= 3) return longest(run);
  const isWhole = next === '' && solid.length <= 2 && (bonus !== article || (run[0]?.start ?? 0) < 8);
  const end = run.findIndex(({ joins, isCapital, isNumber }, index) => index > 0 && !joins && !isCapital && !isNumber && !run[index - 1]?.joins && !isWhole);
  return withoutJoins(end > 0 ? run.slice(0, end) : run.slice(0, (solid[2] ?? run.length) + 1));
}

/** Nouns have capitals; what follows the last of them is none, nor is what comes before the first unless an article stands there. */
function nounCapital(run: readonly Token[], { bonus, isLower }: Around): readonly Token[] {
  const last = run.findLastIndex(({ isCapital, isNumber }) => isCapital || isNumber);
  if (last < 0) return isLower && bonus > 0 ? run.slice(0, 1) : [];
  return lastThree(run.slice(bonus > 0 ? 0 : run.findIndex(({ isCapital }) => isCapital), last + 1));
}

const solidIn = (run: readonly Token[]): number[] => run.flatMap((token, index) => (token.joins ? [] : [index]));
const longest = (run: readonly Token[]): readonly Token[] => run.filter(({ joins }) => !joins).toSorted((a, b) => b.word.length - a.word.length).slice(0, 1);

const sign = '[\\p{Script=Han}\\p{Script=Katakana}ー々A-Za-z0-9]';
/** Up to a particle or the end of a phrase: what goes on in other hiragana is a verb. A single sign counts only before a particle. */
const noun = new RegExp(`(?<=^|[^ぁ-ん]|[のはがをとでにもや])${sign}+(?:の${sign}+)?(?=[はがをも]|って)|${sign}{2,}(?:の${sign}+)?(?=[にでとのかやへよねだなっ]|[^\\p{Script=Hiragana}\\p{Script=Han}\\p{Script=Katakana}ー]|$)`, 'gu');

/** Runs of kanji, katakana or Latin letters, hiragana being mostly grammar. */
function runsWithoutSpaces(text: string, words: Words): Run[] {
  return (text.match(noun) ?? [])
    .map(run => run.replace(/^(?:今日|明日|昨日|本当|最近|今|皆|何)の?/u, ''))
    .filter(run => run.length >= 1 && run.length <= 16 && !words.stop.has(fold(run)))
    .map(run => ({ text: run, weight: run.length, sure: true }));
}
