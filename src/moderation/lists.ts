import { readFileSync } from 'node:fs';
import naughty from 'naughty-words';
import { z } from 'zod';
import { packageFile } from '../package-root.ts';
import { masks } from './fold.ts';
import { add, addPattern, openList, toKey, treesOf, type List } from './word-tree.ts';

const patterns = z.array(z.string().min(1));
const read = <T>(name: string, shape: z.ZodType<T>): T => shape.parse(JSON.parse(readFileSync(packageFile('src', 'moderation', 'lists', `${name}.json`), 'utf8')));

/** What concerns a text of one language, besides what concerns all. */
export interface OwnLists {
  readonly lists: readonly List[];
  /** Not listed after all, in this language. */
  readonly harmless: ReadonlySet<string>;
}

export interface Lists {
  /** Slurs, threats and the like that mean the same in a text of any language, and phrases that only look bad. */
  readonly everywhere: List;
  own(language: string): OwnLists;
}

/** Shorter words of one language are ordinary words of another: Romanian `cum`, Danish `tit`. */
const leastAbroad = 4;

/**
 * All lists: those of `naughty-words` (obscenities of 28 languages; CC BY 4.0, https://github.com/LDNOOBW), what it lacks (obscene.json), what is graver
 * than that (severe.json), and what is harmless after all (allow.json, by the language of the text).
 */
export function openLists(): Lists {
  const severe = read('severe', z.record(z.string(), z.object({ everywhere: patterns, home: patterns })));
  const obscene = read('obscene', z.record(z.string(), patterns));
  const allow = read('allow', z.record(z.string(), patterns));

  const everywhere = openList();
  for (const [language, { everywhere: all }] of Object.entries(severe)) for (const pattern of all) addPattern(everywhere, pattern, { as: 'severe', isWide: true, language });
  for (const pattern of allow['*'] ?? []) if (pattern.includes(' ')) addPattern(everywhere, pattern, { as: 'allow', isWide: true });

  const full = (language: string, least: number, isWide: boolean): List => {
    const list = openList();
    const meaning = { as: 'full', isWide, isBordered: true, language } as const;
    for (const word of naughty[language] ?? []) if (word.length >= least) add(list, word, meaning);
    for (const pattern of obscene[language] ?? []) {
      if (pattern.includes(' ')) addPattern(list, pattern, meaning);
      else for (const word of pattern.split('|')) if (word.length >= least) add(list, word, meaning);
    }
    return list;
  };
  const hinted = (list: List, as: 'severe' | 'full'): void => {
    const { next } = list.tree;
    for (const [word, trees] of next ?? []) {
      const entry = treesOf(trees).find(tree => tree.entry?.as === as)?.entry;
      if (entry !== undefined) for (const mask of masks(word)) if (next?.has(mask) === false) next.set(mask, { entry, shown: word });
    }
  };
  const hintedFull = (least: number): List => {
    const list = full('en', least, true);
    hinted(list, 'full');
    return list;
  };
  const english = hintedFull(1);
  const englishAbroad = hintedFull(leastAbroad);
  hinted(everywhere, 'severe');

  const known = new Set([naughty, severe, obscene, allow].flatMap(lists => Object.keys(lists)));
  const opened = new Map<string, OwnLists>();

  const open = (language: string): OwnLists => {
    const home = openList();
    for (const pattern of severe[language]?.home ?? []) addPattern(home, pattern, { as: 'severe', isWide: language === 'en', isBordered: true, language });
    for (const pattern of allow[language] ?? []) if (pattern.includes(' ')) addPattern(home, pattern, { as: 'allow', isWide: true, language });
    const harmless = new Set([...allow['*'] ?? [], ...allow[language] ?? []].map(word => toKey(word, language)));
    return { lists: language === 'en' ? [home, english] : [home, englishAbroad, full(language, 1, false)], harmless };
  };
  return {
    everywhere,
    own(language) {
      const key = known.has(language) ? language : 'other';
      const own = opened.get(key) ?? open(key);
      opened.set(key, own);
      return own;
    },
  };
}
