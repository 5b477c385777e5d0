// The gate's lists of phrases, as somebody reviews them: short lines, nothing twice, every list named by a phrase.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, type Phrases } from '../../src/core/phrases.ts';
import { packageFile } from '../../src/package-root.ts';

const folder = packageFile('src', 'pipeline', 'gate', 'words');
const files = readdirSync(folder).map(name => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));
const lists = files.filter(({ name }) => name !== 'terms.json')
  .flatMap(({ name, text }) => Object.entries(JSON.parse(text) as Record<string, Phrases>).map(([kind, { phrases, names = {} }]) => ({ list: `${name} ${kind}`, phrases, names })));

describe('the words of the gate', () => {
  it.each(files.map(({ name, text }) => [name, text]))('%s has lines that can be read', (_, text) => {
    expect(text.split('\n').filter(line => line.length > 140)).toEqual([]);
  });

  it.each(lists.map(({ list, ...more }) => [list, more] as const))('%s holds phrases, each once, and no list without a use', (_, { phrases, names }) => {
    expect(phrases.filter((phrase, at) => phrases.indexOf(phrase) !== at)).toEqual([]);
    const all = [...phrases, ...Object.values(names).flat()];
    expect(Object.keys(names).filter(name => !all.some(phrase => phrase.includes(`<${name}>`)))).toEqual([]);
    expect(all.flatMap(phrase => parse(phrase, names)).every(parts => parts.length > 0)).toBe(true);
  });
});
