import { describe, expect, it } from '@jest/globals';
import { detectLanguage } from '../../src/context/language.ts';
import { openFeed } from '../../src/context/feeds.ts';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import type { FetchResult, GuardedFetch } from '../../src/http.ts';

const address = 'https://news.example/feeds/all';
const now = Date.parse('2026-11-23T12:00:00.000Z');
const signal = new AbortController().signal;

const answerWith = (body: string, more: Partial<FetchResult> = {}): GuardedFetch => async () => ({ status: 200, url: address, headers: new Headers(), body, notModified: false, ...more });
const read = (body: string) => openFeed(address, answerWith(body), detectLanguage, () => now).trending(signal);
const rss = (items: string, channel = '', prolog = '') => `<?xml version="1.0"?>${prolog}<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The News &amp; Co</title>${channel}${items}</channel></rss>`;
const atom = (entries: string, attributes = '') => `<?xml version="1.0"?>\n<!-- made by hand -->\n<feed xmlns="http://www.w3.org/2005/Atom" ${attributes}><title type="html">The &lt;i&gt;Post&lt;/i&gt;</title>${entries}</feed>`;
const failure = (body: string) => read(body).then(() => new Error('it did not fail'), (error: unknown) => error as Error);

describe('what a feed says', () => {
  it('is read from RSS 2', async () => {
    const [item] = await read(rss('<item><title>Clock strikes thirteen</title><link>/clock?a=1</link><guid isPermaLink="false">c13</guid><pubDate>Mon, 23 Nov 2026 11:00:00 GMT</pubDate><description><![CDATA[<p>It was <b>noon</b>.</p><p>Or&nbsp;was it?</p>]]></description></item>', '<language>en-GB</language>'));
    expect(item).toEqual({
      id: expect.stringMatching(/^[\w-]{16}$/u), source: 'The News & Co', kind: 'headline', text: 'Clock strikes thirteen', summary: 'It was noon. Or was it?', url: 'https://news.example/clock?a=1', at: '2026-11-23T11:00:00.000Z', language: 'en', heat: expect.any(Number),
    });
  });

  it('is read from Atom', async () => {
    const items = await read(atom('<entry><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Hallo <b>Welt</b></div></title><link href="/1"/><id>1</id><updated>2026-11-22T00:00:00Z</updated><summary type="html">eins&lt;br&gt;zwei</summary></entry><entry xml:lang="it"><title>Due</title><link rel="alternate" href="https://other.example/2"/><id>2</id><published>2026-11-21T00:00:00Z</published></entry>', 'xml:lang="de-AT"'));
    expect(items).toMatchObject([
      { source: 'The Post', text: 'Hallo Welt', summary: 'eins zwei', url: 'https://news.example/1', at: '2026-11-22T00:00:00.000Z', language: 'de' },
      { text: 'Due', url: 'https://other.example/2', at: '2026-11-21T00:00:00.000Z', language: 'it' },
    ]);
  });

  it('is read from RSS 1', async () => {
    const items = await read('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>港</title><dc:language>ja</dc:language></channel><item rdf:about="u"><title>時計が十三時</title><link>https://news.example/j</link><dc:date>2026-11-23T09:00:00+09:00</dc:date></item></rdf:RDF>');
    expect(items).toMatchObject([{ source: '港', text: '時計が十三時', url: 'https://news.example/j', at: '2026-11-23T00:00:00.000Z', language: 'ja' }]);
  });

  it('is in the language of the item, else of the channel, else as it reads', async () => {
    const items = '<item><title>One</title><dc:language>fr</dc:language></item><item><title>La mairie ferme le pont pour la semaine</title></item>';
    expect((await read(rss(items, '<language>nl</language>'))).map(({ language }) => language)).toEqual(['fr', 'nl']);
    expect((await read(rss(items))).map(({ language }) => language)).toEqual(['fr', 'fr']);
  });

  it('is plain text on one line, with nothing invisible in it', async () => {
    const [item] = await read(rss('<item><title>&lt;b&gt;AT&amp;amp;T&lt;/b&gt;\n says\u200B \u202Eno\u202C, 5 &lt; 6 e\u0301&#x1F469;&#x200D;&#x1F4BB;</title><description>a&lt;script&gt;alert(1)&lt;/script&gt;b&lt;style&gt;x&lt;/style&gt;</description></item>'));
    expect(item?.text).toBe('AT&T says no, 5 < 6 é👩💻');
    expect(item?.summary).toBe('a b');
  });

  it('shows a tag that an author wrote about', async () => {
    expect((await read(rss('<item><title>How to use the &amp;lt;b&amp;gt; tag</title></item>')))[0]?.text).toBe('How to use the <b> tag');
  });

  it('is cut to what a headline and a summary are', async () => {
    const [item] = await read(rss(`<item><title>${'word '.repeat(200)}</title><description>${'x'.repeat(5_000)}</description></item>`));
    expect(item?.text.length).toBeLessThanOrEqual(200);
    expect(item?.text).toMatch(/word…$/u);
    expect(item?.summary).toHaveLength(400);
    const emoji = await read(rss(`<item><title>${'🎉'.repeat(200)}</title></item>`));
    expect(emoji[0]?.text.isWellFormed()).toBe(true);
  });

  it('is at most a hundred items, each once', async () => {
    expect(await read(rss('<item><title>same</title><guid>1</guid></item>'.repeat(3) + '<item><title>other</title><guid>2</guid></item>'))).toMatchObject([{ text: 'same' }, { text: 'other' }]);
    expect(await read(rss(Array.from({ length: 150 }, (_, index) => `<item><title>n ${index}</title></item>`).join('')))).toHaveLength(100);
  });

  it('keeps its ids when it is read again, and shares them with no other feed', async () => {
    const body = rss('<item><title>One</title><guid>1</guid></item>');
    const [first] = await read(body);
    const [again] = await read(body.replace('One', 'One, corrected'));
    const [other] = await openFeed('https://other.example/', answerWith(body)).trending(signal);
    expect(again?.id).toBe(first?.id);
    expect(other?.id).not.toBe(first?.id);
  });

  it('may lack everything', async () => {
    expect(await read(rss('<item/><item><link>https://news.example/x</link></item>'))).toEqual([]);
    expect(await read(rss('<item><description>Only this</description></item>'))).toMatchObject([{ text: 'Only this', at: '2026-11-23T12:00:00.000Z' }]);
    expect((await read(rss('<item><title>x</title><link>javascript:alert(1)</link></item>')))[0]).not.toHaveProperty('url');
    expect(await read(rss(''))).toEqual([]);
  });

  it('may have dates that are none, or that lie in the future', async () => {
    const entries = '<entry><title>a</title><id>a</id><published>yesterday-ish</published><updated>2026-11-22T00:00:00Z</updated></entry><entry><title>b</title><id>b</id><published>never</published></entry><entry><title>c</title><id>c</id><published>2099-01-01T00:00:00Z</published></entry>';
    expect((await read(atom(entries))).map(({ at }) => at)).toEqual(['2026-11-22T00:00:00.000Z', '2026-11-23T12:00:00.000Z', '2026-11-23T12:00:00.000Z']);
    expect((await read(rss('<item><title>d</title><pubDate>soon</pubDate></item>')))[0]?.at).toBe('2026-11-23T12:00:00.000Z');
  });
});

describe('how hot a headline is', () => {
  const at = (hours: number) => `<pubDate>${new Date(now - hours * 3_600_000).toUTCString()}</pubDate>`;

  it('falls with its age and its place, from 1 to a floor', async () => {
    const heats = async (...ages: number[]) => (await read(rss(ages.map((age, index) => `<item><title>n ${index}</title>${at(age)}</item>`).join('')))).map(({ heat }) => heat);
    expect(await heats(0)).toEqual([1]);
    const falling = await heats(1, 1, 1, 1);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect((await heats(12))[0]).toBeCloseTo(0.575, 1);
    expect((await heats(24 * 365))[0]).toBeCloseTo(0.15, 2);
  });

  it('falls while the feed says that nothing has changed', async () => {
    let time = now;
    const asked: unknown[] = [];
    const body = rss(`<item><title>n</title>${at(0)}</item>`);
    const fetch: GuardedFetch = async (_, { etag, lastModified }) => {
      asked.push({ etag, lastModified });
      return { status: etag ? 304 : 200, url: address, headers: new Headers({ etag: '"1"', 'last-modified': 'then' }), body: etag ? '' : body, notModified: etag !== undefined };
    };
    const feed = openFeed(address, fetch, undefined, () => time);
    const [fresh] = await feed.trending(signal);
    time += 12 * 3_600_000;
    const [later] = await feed.trending(signal);
    expect(asked).toEqual([{ etag: undefined, lastModified: undefined }, { etag: '"1"', lastModified: 'then' }]);
    expect(later).toEqual({ ...fresh, heat: 0.57 });
  });
});

describe('what is no feed', () => {
  it.each([
    ['JSON', '{"items":[]}'], ['a web page', '<!doctype html><html><body>hi<br></body></html>'], ['nothing', ''], ['noise', '\u0000\u0001\u0002'], ['half a feed', rss('<item>').slice(0, 120)],
    ['a feed with entities of its own', rss('<item><title>&lol2;</title></item>', '', '<!DOCTYPE r [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>')],
    ['a feed that asks for a file', rss('<item><title>&x;</title></item>', '', '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>')],
    ['a bottomless well', rss(`<item><title>ok</title><description>${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</description></item>`)],
  ])('%s is refused in one line that names it', async (_, body) => {
    const error = await failure(body);
    expect(error).toBeInstanceOf(PermanentError);
    expect(error.message).toMatch(/^news\.example\/feeds\/all is not a feed \(RSS or Atom\): [^\n]+$/u);
  });

  it('an old feed that only names its document type is read', async () => {
    expect(await read(rss('<item><title>ok</title></item>', '', '<!DOCTYPE rss PUBLIC "-//N//DTD" "http://127.0.0.1/x.dtd">'))).toMatchObject([{ text: 'ok' }]);
  });

  it.each([
    ['lonely angle brackets', rss(`<item><title>ok</title><description>${'&lt;'.repeat(480_000)}</description></item>`)],
    ['many of them', rss(`<item><title>ok</title><description>${'&lt;'.repeat(1_000)}</description></item>`.repeat(400))],
    ['unclosed tags', rss(`<item><title>ok</title><description><![CDATA[${'a<p'.repeat(600_000)}]]></description></item>`)],
    ['nested tags', rss(`<item><title>ok</title><description><![CDATA[${'<div>'.repeat(390_000)}]]></description></item>`)],
    ['many items', rss('<item><title>ok</title></item>'.repeat(60_000))],
  ])('two megabytes of %s are read in three seconds at most', async (_, body) => {
    const start = performance.now();
    expect((await read(body))[0]?.text).toBe('ok');
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  it('does not lose what the feed said before, nor hide why it cannot be read', async () => {
    let broken = false;
    const feed = openFeed(address, async () => {
      if (broken) throw new TemporaryError('news.example said 503');
      return { status: 200, url: address, headers: new Headers(), body: rss('<item><title>ok</title></item>'), notModified: false };
    });
    await feed.trending(signal);
    broken = true;
    await expect(feed.trending(signal)).rejects.toThrow('news.example said 503');
  });

  it('has a name that keeps what stands in its query, and tells feeds apart', () => {
    const [a, b] = ['a', 'b'].map(key => openFeed(`${address}?key=${key}`, answerWith('')).name);
    expect(a).toMatch(/^news\.example\/feeds\/all\?[\w-]{4}$/u);
    expect(a).not.toBe(b);
  });
});
