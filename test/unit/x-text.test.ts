import { describe, expect, it } from '@jest/globals';
import { hasLink, measureText, tidyText } from '../../src/networks/x/text.ts';

describe('length on X', () => {
  it.each([
    ['Hello, world! 👋', 16], ['日本', 4], ['é', 1], ['e\u0301', 1], ['👩‍👩‍👦', 2], ['see https://news.com/a-very-long-address-that-goes-on', 27], ['see booking.com', 27], ['', 0],
  ])('of %j is %d', (text, length) => {
    expect(measureText(text)).toBe(length);
  });
});

describe('a text for X', () => {
  it.each([
    ['leaves alone what is no link', 'The goose, e.g. that one, costs 3.50 … and a half.', 'The goose, e.g. that one, costs 3.50 … and a half.'],
    ['loses a link', 'Look at https://goose.example/today, it honks.', 'Look at, it honks.'],
    ['spells a bare domain so that it is none', 'Nobody reads gazette.com any more.', 'Nobody reads gazette .com any more.'],
    ['keeps a sentence that ends without a space', 'I was there.It was late.', 'I was there. It was late.'],
    ['takes every dot of a long name', 'www.the.gazette.co.uk has it', 'www .the .gazette .co .uk has it'],
    ['takes the sign from a ticker', 'Buy $GOOSE or $FERRY.', 'Buy GOOSE or FERRY.'],
    ['knows endings that are younger than the library', 'Open invoice.zip now.', 'Open invoice .zip now.'],
    ['keeps a price', 'It costs $5.', 'It costs $5.'],
    ['finds it among other scripts', '日本のexample.comを見て', '日本のexample .comを見て'],
  ])('%s', (_, text, tidy) => {
    expect(tidyText(text, false)).toBe(tidy);
    expect(hasLink(tidyText(text, false))).toBe(false);
  });

  it('keeps its links where the settings allow them, and still no ticker', () => {
    expect(tidyText('See https://goose.example and $GOOSE', true)).toBe('See https://goose.example and GOOSE');
  });

  it('is never a link afterwards, whatever is thrown at it', () => {
    const parts = ['goose.com', 'a.b.io', 'https://x.example', 'HTTP://EVIL.COM', 'xn--80ak6aa92e.com', 'пример.рф', '例え.jp', 't.co/abc', 'me@home.org', '.', ' ', '。com', 'foo．com', 'a.It', '$AA', '\n'];
    let seed = 7;
    const next = (): string => parts[(seed = (seed * 1103515245 + 12345) % 2147483648) % parts.length] ?? '';
    const hostile = Array.from({ length: 400 }, () => Array.from({ length: 6 }, next).join(''));
    expect(hostile.filter(text => hasLink(tidyText(text, false)))).toEqual([]);
  });
});
