// Every rule of the page about manners names tests that are there, or says why no code can keep it.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter(file => /\.test\.ts$|-suite\.ts$/u.test(file));
/** All test files of that name: `manners` is one in two folders. */
const textOf = (name: string): string => files.filter(file => basename(file).replace(/(?:\.test)?\.ts$/u, '') === name).map(file => readFileSync(join(root, 'test', file), 'utf8')).join('\n');

const rows = readFileSync(join(root, 'docs/manners.md'), 'utf8').split('\n').flatMap(line => {
  const [, number, , how = '', test = ''] = /^\| (\d+) \| (.*?) \| (.*) \| (.*) \|$/u.exec(line) ?? [];
  return number === undefined ? [] : [{ number: Number(number), how, test }];
});

/** What is wrong with a cell that names tests. */
function faultsOf(test: string): string[] {
  if (test.startsWith('none: ')) return test.length > 'none: '.length + 10 ? [] : ['gives no reason'];
  return test.split('; ').flatMap(part => {
    const quoted = /^([\w-]+), "(.+)"$/u.exec(part);
    const names = quoted ? [quoted[1] ?? ''] : part.split(', ');
    const missing = names.filter(name => textOf(name) === '').map(name => `no test is called ${name}`);
    const title = quoted?.[2] ?? '';
    return [...missing, ...(missing.length > 0 || textOf(names[0] ?? '').replaceAll("\\'", "'").includes(title) ? [] : [`${names[0]} has no "${title}"`])];
  });
}

describe('the table of rules', () => {
  it('holds all 45, in order, each with how it is kept', () => {
    expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
    expect(rows.filter(({ how }) => how.trim() === '')).toEqual([]);
  });

  it.each(rows)('rule $number names tests that are there, or says why there is none', ({ test }) => {
    expect(faultsOf(test)).toEqual([]);
  });

  it('would be found wanting', () => {
    for (const wrong of ['', 'none: ', 'nowhere', 'manners, "no such thing"', 'manners; nowhere', 'manners, nowhere']) expect(faultsOf(wrong)).toHaveLength(1);
  });
});
