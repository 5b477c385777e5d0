import { describe, expect, it } from '@jest/globals';
import { openLog, toScrubber } from '../../src/log.ts';

const linesOf = (secrets: readonly string[], ...lines: readonly string[]): string[] => {
  const written: string[] = [];
  const log = openLog(secrets, text => written.push(text));
  for (const line of lines) log(line);
  return written;
};

describe('the log', () => {
  it('writes one line each, with the time in front', () => {
    expect(linesOf([], 'ready', 'posted')).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d ready\n$/), expect.stringMatching(/^\d\d:\d\d:\d\d posted\n$/)]);
  });

  it('keeps a text of many lines on one', () => {
    expect(linesOf([], 'it failed:\n\r\n  at\tline\u2028three')[0]).toMatch(/^\S+ it failed: at line three\n$/);
  });

  it('lets no secret pass, not even one inside of another', () => {
    expect(linesOf(['abcd', 'abcd-efgh'], 'sent abcd-efgh to https://abcd@db.example and abcd')[0]).toMatch(/^\S+ sent \*\*\* to https:\/\/\*\*\*@db\.example and \*\*\*\n$/);
  });
});

describe('the scrubber', () => {
  it('takes secrets as they are, not as patterns', () => {
    expect(toScrubber(['a.c$&'])('abc a.c$& end')).toBe('abc *** end');
  });
});
