import { PermanentError } from '../core/errors.ts';
import type { Model } from '../core/ports.ts';
import type { Brief, Lines } from '../core/types.ts';
import { readAsk, type Ask } from './builtin/ask.ts';
import { chooseLine, cut, type Slots } from './builtin/lines.ts';
import { pickItems, type Picks } from './builtin/pick-items.ts';
import { clean, quote, shorten } from './builtin/quote.ts';
import { drawFrom, shuffle } from './builtin/seed.ts';
import { fold, foldWords, wordsOf, type Words } from './builtin/words.ts';

const name = 'built-in engine, no model';

/** Longest answer that still reads as a quip, and how much of a headline it may quote, from best to tightest. */
const aim = 220;
const quotable = [110, 80, 56, 36, 22];

/** Kinds to try when the persona has no line of the first that can be filled, most telling first. */
const instead: Readonly<Record<string, readonly string[]>> = {
  unverified: ['serious'], somber: ['serious'], crisis: ['serious'], touchy: ['serious'],
  topic: ['open', 'opinion'], quiet: ['opinion'], check: ['opinion'], explain: ['opinion'], roast: ['joke'],
};

/**
 * Answers without a model: word lists tell what is asked, the persona file holds the lines, the seed decides among them.
 * Keeps nothing between calls; the same brief gives the same answer.
 */
export const openBuiltin = (): Model => ({
  name,
  // It costs nothing, and has no more than so many ways to say one thing: each try draws another.
  tries: 12,
  isFixed: true,
  complete: ({ brief }) => Promise.resolve().then(() => ({ ...answer(brief), model: name })),
});

function answer(brief: Brief): { readonly text: string; readonly language: string } {
  const read = readAsk(brief);
  const draw = drawFrom(brief.seed);
  const languages = languagesOf(brief);
  const picks = pickItems(brief, read, languages[0] ?? brief.language, draw);
  const topic = namedTopic(read.topic, picks);
  const ask: Ask = topic === undefined ? read : { ...read, topic };
  const kind = picks.heavy ? 'somber' : ask.kind;
  for (const language of languages) {
    const lines = brief.persona.lines[language] ?? {};
    const words = wordsOf(language);
    const caps = quotable.map(length => ({ ...slotsOf(ask, picks, words, language, length), ...(isSpoken(brief.language, language) ? askersOf(ask, picks, words, length) : {}) }));
    const slots = caps[0] ?? {};
    const choosing = { lines, theme: picks.first ? picks.first.theme : ask.theme, slots, caps, draw, aim: Math.min(aim, brief.room), room: brief.room };
    for (const each of [kind, ...(instead[kind] ?? ['opinion'])]) {
      const text = chooseLine(each, choosing);
      if (text !== undefined && text !== '') return { text: cut(finish(again(text, each, brief, lines, words.spaced, draw)), brief.room), language: isSpoken(brief.language, language) ? brief.language : language };
    }
  }
  throw new PermanentError(`persona ${brief.persona.name} has no lines for the ${name}`, { about: 'account' });
}

/** Where nobody is in the mood for an aside. */
const grave = new Set(['somber', 'crisis', 'serious', 'touchy', 'unverified']);

/** A line that others heard already, with an aside about that. */
function again(text: string, kind: string, { isAgain = false, room }: Brief, lines: Lines, isSpaced: boolean, draw: () => number): string {
  const aside = isAgain && !grave.has(kind) ? shuffle(lines['again'] ?? [], () => 1, draw)[0] : undefined;
  const both = aside === undefined ? text : `${text}${isSpaced ? ' ' : ''}${aside}`;
  return both.length <= Math.min(aim, room) ? both : text;
}

/** What the answer names is what its headline is about: of two things in a question, the one that was found. */
function namedTopic(topic: string | undefined, { first }: Picks): string | undefined {
  const [found] = first?.item.matched ?? [];
  if (topic === undefined || found === undefined) return topic;
  const names = foldWords(topic).split(' ');
  return first?.item.matched.some(word => names.includes(foldWords(word))) ? topic : found;
}

/** The asker's language where the persona has lines for it, else the persona's own, else English. */
function languagesOf({ persona, language }: Brief): string[] {
  const wanted = [language.slice(0, 2).toLowerCase(), persona.languages[0] ?? 'en', 'en', ...Object.keys(persona.lines)];
  return [...new Set(wanted)].filter(each => Object.keys(persona.lines[each] ?? {}).length > 0);
}

function slotsOf(ask: Ask, { first, second }: Picks, words: Words, language: string, length: number): Slots {
  const quoted = (text: string | undefined, longest: number): string | undefined => (text ? quote(shorten(text, longest), words) : undefined);
  const longest = words.spaced ? length : Math.ceil(length / 2);
  const isHeadline = first?.item.kind === 'headline' || first?.item.kind === 'link';
  const number = numberIn(ask.kind === 'check' ? ask.claim.text : first?.gist ?? '');
  return {
    item: quoted(first?.gist, longest),
    headline: isHeadline ? quoted(first.gist, longest) : undefined,
    item2: quoted(second?.gist, Math.min(longest, 70)),
    source: first && isHeadline ? sourceName(first.item.source) : undefined,
    count: first?.item.count !== undefined && first.item.count >= 3 ? first.item.count.toLocaleString(language) : undefined,
    number,
    pick: ask.choice?.pick,
    other: ask.choice?.other,
  };
}

const isSpoken = (asked: string, answered: string): boolean => asked.slice(0, 2).toLowerCase() === answered;

/** The asker's own words, which only a line in their own language may quote. */
function askersOf(ask: Ask, { first }: Picks, words: Words, length: number): Slots {
  const longest = words.spaced ? length : Math.ceil(length / 2);
  const topic = ask.topic === undefined || isAllOf(first?.gist, ask.topic) ? undefined : quote(shorten(ask.topic, Math.min(longest, 40)), words);
  return { topic, ...(ask.kind === 'check' ? tellsOf(ask.claim, words) : {}) };
}

/** Whether what was found says hardly more than what was asked: “tram2” and “Tram 2” cannot be set against each other. */
function isAllOf(gist: string | undefined, topic: string): boolean {
  if (gist === undefined) return false;
  const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]/gu, '');
  return bare(topic).includes(bare(gist)) || (gist.length <= topic.length + 10 && bare(gist).includes(bare(topic)));
}

/** What gives a claim away: a word that promises too much, one that blames somebody else, too many exclamation marks. */
function tellsOf(claim: Ask['claim'], words: Words): Slots {
  const folded = foldWords(claim.text);
  const written = clean(claim.text).split(/[^\p{L}\p{N}'’ー]+/u).join(' ');
  const asWritten = (phrases: RegExp): string | undefined => {
    const found = phrases.exec(folded)?.[0] ?? '';
    const at = fold(written).indexOf(found);
    return found === '' || at < 0 ? undefined : quote(written.slice(at, at + found.length).replace(/^\p{Lu}(?=\p{Ll})/u, first => first.toLowerCase()), words);
  };
  const marks = (claim.text.match(/[!！]/g) ?? []).length;
  return { absolute: asWritten(claim.words.absolutes), hedge: asWritten(claim.words.hedges), marks: marks >= 2 ? (words.small[marks - 2] ?? String(marks)) : undefined };
}

const month = ['jan', 'fe[bv]', 'fév', 'mar', 'a[pb]r', 'avr', 'ma[yijg]', 'jun', 'jui', 'giu', 'jul', 'lug', 'aug', 'aoû', 'ago', 'se[pt]', 'o[ck]t', 'ott', 'out', 'nov', 'de[cz]', 'dic', 'déc', 'gen', 'ene']
  .map(name => `[${name.charAt(0)}${name.charAt(0).toUpperCase()}]${name.slice(1)}`).join('|');
/** After a capital it is a name ("Line 12"), before a month a date, and with a unit, a colon or more digits part of something else. */
const countable = new RegExp(`(?<![\\p{Script=Latin}\\p{N}.,:€$£-]|\\p{Lu}\\p{L}{0,20} )[1-9]\\d{0,2}(?=\\s(?!(?:de |di )?(?:${month}))(?!(?:h|am|pm|uhr|km|kg|euros?|dollars?)(?!\\p{L}))\\p{L}|[\\p{Script=Han}\\p{Script=Katakana}])(?!時(?!間)|[月日年])`, 'u');

/** A count of something, from three up. */
function numberIn(text: string): string | undefined {
  const found = countable.exec(text)?.[0];
  return found !== undefined && Number(found) > 2 ? found : undefined;
}

/** A source that a reader would recognise; a bare host name would become a link. */
function sourceName(source: string): string | undefined {
  if (/[\p{L}\p{N}]\.[\p{L}]{2,}/u.test(source)) return undefined;
  const short = clean(source.split(/ [-–—|:] /)[0] ?? '');
  return short.length > 0 && short.length <= 32 ? short : undefined;
}

/** Nothing that a network would act upon, whoever wrote the template. */
const finish = (text: string): string => text.replace(/[@#＠＃{}]/g, '').replace(/[\n\r\t ]+/g, ' ').replace(/^[\s/!]+/, '').trim();
