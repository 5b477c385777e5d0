// What the gate's code has word for word from the attacks it was built against.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFile } from '../../src/package-root.ts';

/** Shorter runs of words are vocabulary: nobody owns "phone number". */
const leastLength = 12;
const leastWords = 3;
/** Two words and what joins them are one in many languages: a password, an idiom. */
const joined = /^\S+ (?:and|for|of|de|du|des|di|da|do|et|e|y|und|von|fur|por|per|van|en|voor|w|i|od|za|cu|in|v|в|по|за|и|προς|με|به) \S{4,}$/u;

/** What attacks of so many families say is an ordinary phrase. */
const common = 3;

/** Scripts in which words do not stand apart: there the length alone counts, and a sign is a syllable at least. */
const dense = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
const leastDense = 8;

/** Case, accents and punctuation make no other text. */
export const folded = (text: string): string =>
  text.toLowerCase().normalize('NFKD').replace(/\p{M}+/gu, '').normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const strings = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];

/** All of a program's text but its comments, line by line: its patterns are cut at their signs anyway. */
const linesOf = (code: string): string[] => code.split('\n').filter(line => !/^\s*(?:\/\*|\*|\/\/|import |export \*)/u.test(line));

/** Runs of plain words in what somebody wrote as a text or as a pattern; what has alternatives ends one, for it is a rule and no text. */
export const piecesOf = (written: string): string[] =>
  written.split(/\\[a-zA-Z](?:\{[^}]*\})?|[()|[\]?*+{}~_…\\<>.,;:!"“”„«»`。、，；：？！=/^$@#%&\d]+/u).map(folded)
    .filter(piece => (dense.test(piece) ? piece.replaceAll(' ', '').length >= leastDense : piece.length >= leastLength && piece.split(' ').length >= leastWords && !joined.test(piece)));

export interface Said {
  readonly family: string;
  readonly texts: readonly string[];
}

export function literalsIn(files: ReadonlyMap<string, string>, attacks: readonly Said[]): string[] {
  const said = attacks.map(({ family, texts }) => ({ family, text: texts.map(text => ` ${folded(text)} `).join('\n') }));
  const found = new Map<string, Set<string>>();
  for (const [file, text] of files) {
    const written = file.endsWith('.json') ? strings(JSON.parse(text)) : linesOf(text);
    for (const piece of written.flatMap(piecesOf)) found.set(piece, (found.get(piece) ?? new Set()).add(file));
  }
  return [...found].filter(([piece]) => {
    const sought = dense.test(piece) ? piece : ` ${piece} `;
    const families = new Set(said.filter(each => each.text.includes(sought)).map(({ family }) => family));
    return families.size > 0 && families.size < common;
  }).map(([piece, where]) => `${[...where].join(', ')}: ${piece}`).toSorted();
}

/** The code of the gate and of moderation, with its data. */
export function gateFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const folder of [join('src', 'pipeline', 'gate'), join('src', 'moderation')]) {
    for (const name of readdirSync(packageFile(folder), { recursive: true, encoding: 'utf8' })) {
      if (/\.(?:ts|json)$/u.test(name)) files.set(join(folder, name), readFileSync(packageFile(folder, name), 'utf8'));
    }
  }
  files.set(join('src', 'pipeline', 'review.ts'), readFileSync(packageFile('src', 'pipeline', 'review.ts'), 'utf8'));
  return files;
}
