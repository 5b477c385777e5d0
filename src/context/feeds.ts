import { createHash } from 'node:crypto';
import { PermanentError } from '../core/errors.ts';
import type { ContextSource, DetectLanguage } from '../core/ports.ts';
import type { ContextItem } from '../core/types.ts';
import type { FetchResult, GuardedFetch } from '../http.ts';
import { cut, toPlainText } from './plain-text.ts';

const maxItems = 100;
const maxTitle = 200;
const maxSummary = 400;
const halfLifeMs = 12 * 60 * 60 * 1_000;
/** What age alone leaves of an item's heat, so that a quiet feed still counts. */
const coldest = 0.15;

type Headline = Omit<ContextItem, 'heat'>;

/**
 * One RSS or Atom feed as a source. It remembers what the feed said, and asks only for what has changed.
 * Something that is no feed → PermanentError that names it.
 */
export function openFeed(url: string, fetch: GuardedFetch, detectLanguage?: DetectLanguage, now: () => number = Date.now): ContextSource {
  let known: { etag?: string | undefined; lastModified?: string | undefined; headlines: readonly Headline[] } = { headlines: [] };

  return {
    name: nameOf(url),
    async trending(signal) {
      const { etag, lastModified } = known;
      const answer = await fetch(url, { signal, etag, lastModified });
      if (!answer.notModified) {
        const headlines = await readHeadlines(url, answer, detectLanguage, now());
        known = { etag: answer.headers.get('etag') ?? undefined, lastModified: answer.headers.get('last-modified') ?? undefined, headlines };
      }
      return known.headlines.map((headline, position) => ({ ...headline, heat: heatOf(headline, position, known.headlines.length, now()) }));
    },
  };
}

/** A query may hold somebody's key, and names are shown and logged: its hash tells feeds apart just as well. */
function nameOf(url: string): string {
  const { host, pathname, search } = new URL(url);
  return `${host}${pathname}${search ? `?${hash(search).slice(0, 4)}` : ''}`;
}

/** Fresh and first is hot. Two decimals: heat that hardly moved is no reason to rank everything anew. */
function heatOf({ at }: Headline, position: number, count: number, now: number): number {
  const ageMs = Math.max(0, now - Date.parse(at));
  const freshness = coldest + (1 - coldest) * 0.5 ** (ageMs / halfLifeMs);
  return Math.round(freshness * (1 - 0.5 * (position / count)) * 100) / 100;
}

const dates = ['published', 'updated', 'pubDate', 'dc:date'];

/**
 * Texts are made plain and short while the XML is read: rss-parser looks for tags with expressions that take quadratic time on hostile
 * texts, and throws away a whole Atom feed for one date that is none.
 */
const tame = (value: string, name: string): string => (dates.includes(name) ? (Number.isNaN(Date.parse(value.trim())) ? '' : value.trim()) : toPlainText(value, 2 * maxSummary));

async function readHeadlines(url: string, answer: FetchResult, detectLanguage: DetectLanguage | undefined, now: number): Promise<readonly Headline[]> {
  const feed = await parse(url, answer.body);
  const source = cut(textOf(feed['title']), 80) || new URL(answer.url).hostname;
  const channelLanguage = languageOf(feed) ?? toTag(/^[^<]*(?:<[?!][^>]*>[^<]*)*<feed\s[^>]*xml:lang=["']([\w-]+)/u.exec(answer.body)?.[1] ?? '');
  const items = Array.isArray(feed['items']) ? (feed['items'] as Record<string, unknown>[]) : [];
  const headlines = items.slice(0, maxItems).flatMap((item): Headline[] => {
    // rss-parser builds XML again from Atom's nested content.
    const summary = toPlainText(textOf(item['summary'] ?? item['content']), maxSummary);
    const text = cut(textOf(item['title']) || summary, maxTitle);
    if (!text) return [];
    const link = toLink(textOf(item['link']) || textOf(item['guid']), answer.url);
    const language = languageOf(item) ?? channelLanguage ?? detectLanguage?.(`${text} ${summary}`, undefined);
    return [{
      id: hash(url, textOf(item['guid']) || textOf(item['id']) || link || text),
      source,
      kind: 'headline',
      text,
      ...(summary && summary !== text ? { summary } : {}),
      ...(link ? { url: link } : {}),
      at: toTime(textOf(item['isoDate']), now),
      ...(language ? { language } : {}),
    }];
  });
  return headlines.filter(({ id }, index) => headlines.findIndex(each => each.id === id) === index);
}

async function parse(url: string, xml: string): Promise<Record<string, unknown>> {
  // Sixty files, for those who read feeds and after the start.
  const { default: RssParser } = await import('rss-parser');
  const parser = new RssParser<Record<string, unknown>>({ defaultRSS: 2, xml2js: { valueProcessors: [tame] }, customFields: { feed: ['dc:language'], item: [['$', 'attributes', { keepArray: true }]] } });
  try {
    const feed: object = await parser.parseString(xml);
    return feed as Record<string, unknown>;
  } catch (error) {
    const reason = String(valueAt(error, 'message') ?? error).split('\n', 1)[0];
    throw new PermanentError(`${nameOf(url)} is not a feed (RSS or Atom): ${reason}`, { cause: error });
  }
}

/** xml2js gives a string, or an object of attributes (`$`), text (`_`) and children. */
function textOf(node: unknown, depth = 0): string {
  if (typeof node === 'string') return node;
  if (typeof node !== 'object' || node === null || depth > 8) return '';
  const parts = Array.isArray(node) ? (node as unknown[]) : Object.entries(node).filter(([key]) => key !== '$').map(([, value]) => value as unknown);
  return parts.map(part => textOf(part, depth + 1)).join(' ').trim();
}

function toLink(link: string, base: string): string | undefined {
  const url = link ? URL.parse(link, base) : null;
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : undefined;
}

/** `language` and `dc:language` in RSS, `xml:lang` on an Atom entry. */
const languageOf = (node: Record<string, unknown>): string | undefined =>
  [node['language'], node['dc:language'], valueAt(node['attributes'], 'xml:lang')].map(each => toTag(textOf(each))).find(Boolean);

const valueAt = (node: unknown, key: string): unknown => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined);

const toTag = (language: string): string | undefined => /^[a-z]{2}(?=$|[-_])/iu.exec(language.trim())?.[0].toLowerCase();

/** A headline from the future happened now; one without a date was news when it was read. */
function toTime(date: string, now: number): string {
  const time = Date.parse(date);
  return new Date(Number.isNaN(time) ? now : Math.min(time, now)).toISOString();
}

const hash = (...parts: readonly string[]): string => createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 16);
