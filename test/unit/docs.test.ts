// The tables of servers and of manners name a test for each line: it must be there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
/** A test's own file, and the suite that it runs where it runs one. */
const textsOf = (name: string): string => tests.filter(file => `/${file}`.endsWith(`/${name}.test.ts`) || (name.startsWith('network-') && file.endsWith('/network-suite.ts'))).map(file => readFileSync(join(root, 'test', file), 'utf8')).join('\n');

const rows = readFileSync(join(root, 'docs/servers.md'), 'utf8').split('\n').filter(line => line.startsWith('| ')).map(line => line.split('|').slice(1, -1).map(cell => cell.trim())).filter(([server]) => server !== 'Server');

describe('docs/servers.md', () => {
  it.each(rows.map(([server = '', does = '', , test = '']) => [`${server}: ${does}`, test] as const))('names a test that there is for "%s"', (_, test) => {
    const named = /^([a-z-]+)/u.exec(test)?.[1] ?? '';
    const text = textsOf(named);
    expect({ named, isThere: text !== '' }).toEqual({ named, isThere: true });
    for (const [, quoted = ''] of test.matchAll(/"([^"]+)"/gu)) {
      for (const part of quoted.split('…')) expect(text.replaceAll('%s', named).replaceAll('%d', '400')).toContain(part.trim());
    }
  });
});

describe('docs/manners.md', () => {
  const rules = readFileSync(join(root, 'docs/manners.md'), 'utf8').split('\n').filter(line => /^\| \d+ \|/u.test(line)).map(line => line.split('|').slice(1, -1).map(cell => cell.trim()));

  it('has each of the 45 rules once, in order', () => {
    expect(rules.map(([number]) => Number(number))).toEqual(Array.from({ length: 45 }, (_, at) => at + 1));
  });

  it.each(rules.map(([number = '', rule = '', , test = '']) => [`${number}. ${rule}`, test] as const))('names the tests that there are for "%s", or says why there is none', (_, test) => {
    if (test.startsWith('none: ')) return expect(test.length).toBeGreaterThan(12);
    // One test after the other: a file, and where it needs saying which of its tests.
    for (const each of test.split(/[;,] (?=[a-z-]+(?:[;,]|$|, "))/u)) {
      const [, named = '', quoted] = /^([a-z-]+)(?:, "(.*)")?$/u.exec(each) ?? [];
      const text = textsOf(named);
      expect({ each, isThere: text !== '' }).toEqual({ each, isThere: true });
      if (quoted !== undefined) expect(text.replaceAll("\\'", "'")).toContain(quoted);
    }
    return undefined;
  });
});
