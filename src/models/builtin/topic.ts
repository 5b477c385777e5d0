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
}

/** The words of a text that say what it is about, as they were written; undefined when none of them surely does. */
export function topicOf(text: string, words: Words, matched: readonly string[] = []): string | undefined {
  const plain = clean(text);
  const runs = words.spaced ? runsOf(plain, words) : runsWithoutSpaces(plain, words);
  const wanted = matched.map(fold).filter(word => word.length > 1);
  const [best] = runs
    .map(run => ({ ...run, wanted: wanted.some(word => fold(run.text).includes(word)) }))
    .filter(run => run.sure || run.wanted || run.text.length * 2 >= plain.length)
    .map((run, place) => ({ text: run.text, weight: run.weight + (run.wanted ? 100 : 0) - place }))
    .sort((a, b) => b.weight - a.weight);
  return best?.text;
}

function runsOf(text: string, words: Words): Run[] {
  const runs: Run[] = [];
  let tokens: Token[] = [];
  let bonus = 0;
  let previous = '';
  let end = 0;
  const close = (next: string): void => {
    while (tokens.at(-1)?.joins) tokens.pop();
    // "my cat staring at": a participle before a preposition belongs to the sentence.
    if (words.nouns === 'last' && tokens.length > 1 && next !== '' && tokens.at(-1)?.word.endsWith('ing')) tokens.pop();
    if (words.nouns === 'capital') while (tokens.length > 0 && !/^[\p{Lu}\d]/u.test(text.slice(tokens.at(-1)?.start))) tokens.pop();
    const kept = trim(tokens, words.nouns === 'first');
    const start = kept[0]?.start ?? 0;
    const stop = kept.at(-1)?.end ?? 0;
    const run = text.slice(start, stop);
    if (run.length >= 3) runs.push({ text: run, weight: bonus + Math.min(12, run.length / 2), sure: bonus > 0 || (start > 0 && /^\p{Lu}/u.test(run)) });
    tokens = [];
  };
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*(?:['’](?:s|t|re|ll|ve|m|d)(?!\p{L}))?/gu)) {
    const word = fold(match[0]);
    const gap = text.slice(end, match.index);
    if (gap !== '' && !/^[ '’]$/.test(gap)) close('');
    // "de la", "of the": an article after a joining word joins too.
    const joins = words.joins.has(word) || (words.marks.has(word) && tokens.at(-1)?.joins === true);
    // French asks with hyphens: "penses-tu".
    const isStop = words.stop.has(word) || words.stop.has(word.split('-', 1)[0] ?? '');
    if (isStop && !(joins && tokens.length > 0)) close(word);
    else {
      if (tokens.length === 0) bonus = words.before.has(previous) ? 12 : words.marks.has(previous) ? 6 : 0;
      tokens.push({ word, start: match.index, end: match.index + match[0].length, joins });
    }
    // "about the new bridge": an article in between does not cut the tie.
    if (!(words.before.has(previous) && words.marks.has(word))) previous = word;
    end = match.index + match[0].length;
  }
  close('');
  return runs;
}

/** At most three words that matter, from the side where the language keeps its nouns. */
function trim(run: readonly Token[], nounFirst: boolean): readonly Token[] {
  const solid = run.flatMap((token, index) => (token.joins ? [] : [index]));
  // Three words that matter in a row, noun first: the second is a verb more often than not.
  if (nounFirst && solid.length >= 3 && solid[1] === 1) return run.slice(0, 1);
  if (solid.length <= 3) return run;
  return nounFirst ? run.slice(0, (solid[2] ?? run.length) + 1) : run.slice(solid.at(-3));
}

const sign = '[\\p{Script=Han}\\p{Script=Katakana}ー々A-Za-z0-9]';
/** Up to a particle or the end of a phrase: what goes on in other hiragana is a verb. A single sign counts only before a particle. */
const noun = new RegExp(`${sign}+(?:の${sign}+)?(?=[はがをも]|って)|${sign}{2,}(?:の${sign}+)?(?=[にでとのかやへよねだなっ]|[^\\p{Script=Hiragana}\\p{Script=Han}\\p{Script=Katakana}ー]|$)`, 'gu');

/** Runs of kanji, katakana or Latin letters, hiragana being mostly grammar. */
function runsWithoutSpaces(text: string, words: Words): Run[] {
  return (text.match(noun) ?? [])
    .map(run => run.replace(/^(?:今日|明日|昨日|本当|最近|今|皆|何)の?/u, ''))
    .filter(run => run.length >= 1 && run.length <= 16 && !words.stop.has(fold(run)))
    .map(run => ({ text: run, weight: run.length, sure: true }));
}
