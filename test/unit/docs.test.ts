// The table of servers names a test for each line: it must be there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const tests = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
/** A test's own file, and the suite that it runs where it runs one. */
const textsOf = (name: string): string => tests.filter(file => file.endsWith(`/${name}.test.ts`) || (name.startsWith('network-') && file.endsWith('/network-suite.ts'))).map(file => readFileSync(join(root, 'test', file), 'utf8')).join('\n');

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
