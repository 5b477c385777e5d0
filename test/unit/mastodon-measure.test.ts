import { describe, expect, it } from '@jest/globals';
import { measureText } from '../../src/networks/mastodon/measure.ts';
import { atEaseMs } from '../support/at-ease.ts';

describe('a text is as long as Mastodon says', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['naïve', 5],
    ['e\u0301', 1],
    ['👨‍👩‍👧‍👦👍🏽🇫🇷', 3],
    ['日本語', 3],
    ['line\nbreak', 10],
    ['https://a.example', 23],
    [`see https://news.example/${'long/'.repeat(60)}end now`, 4 + 23 + 4],
    ['(https://news.example/a).', 1 + 23 + 2],
    ['https://a.example https://b.example', 23 + 1 + 23],
    ['www.news.example', 16],
    ['ftp://news.example', 18],
    ['@ana', 4],
    ['@ana@far.example hi', 4 + 3],
    ['@ana.b@far-away.example: hi', 6 + 4],
    ['mail ana@far.example', 20],
  ])('%j', (text, length) => {
    expect(measureText(text, 23)).toBe(length);
  });

  it('with the price of a link that the server sets', () => {
    expect(measureText('https://a.example', 25)).toBe(25);
  });

  it('in a time that grows with the text, however hostile', () => {
    for (const hostile of ['http://', 'https://a.b', '@a@', '.,:;!?)]}x', 'https://a.........b']) {
      const started = performance.now();
      expect(measureText(hostile.repeat(20_000), 23)).toBeGreaterThan(0);
      expect(performance.now() - started).toBeLessThan(atEaseMs(1_000));
    }
  });
});
