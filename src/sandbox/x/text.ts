// The text of a post as X reads and sends it: what counts, what is a link or a handle, and the form on the wire.
import { createHash } from 'node:crypto';
import twitter from 'twitter-text';
import type { Json } from './problem.ts';

/** Length as X counts it: most letters 1, CJK and emoji 2, links 23. */
export const weigh = (text: string): number => twitter.parseTweet(text.normalize('NFC')).weightedLength;

/** Most that is shown of a longer post, weighted; the whole is in its note. */
export const shownWeight = 280;

const entitiesOf = (text: string) => twitter.extractEntitiesWithIndices(text);

export const readHandles = (text: string): readonly string[] => entitiesOf(text).flatMap(({ screenName }) => screenName ?? []);
export const countCashtags = (text: string): number => new Set(entitiesOf(text).flatMap(({ cashtag }) => cashtag?.toUpperCase() ?? [])).size;
export const readTags = (text: string): readonly string[] => entitiesOf(text).flatMap(({ hashtag }) => hashtag ?? []);
/** Whether it has a link; a bare domain is one. */
export const hasLink = (text: string): boolean => entitiesOf(text).some(({ url }) => url !== undefined);

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escape = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign]!);

/** Letters after which X cuts the address it shows. */
const shownLetters = 26;

const toLink = (typed: string): Json => {
  const expanded = /^https?:\/\//i.test(typed) ? typed : `http://${typed}`;
  const bare = expanded.replace(/^https?:\/\/(?:www\.)?/i, '');
  return {
    url: `https://t.co/${createHash('sha256').update(expanded).digest('base64url').replace(/\W/g, '').slice(0, 10)}`, expanded_url: expanded,
    display_url: bare.length > shownLetters ? `${bare.slice(0, shownLetters)}…` : bare,
  };
};

const lengthOf = (text: string): number => Array.from(text).length;

export interface WireText { readonly text: string; readonly entities: Json | undefined; readonly length: number }

/** Text with its links shortened and its signs escaped, and where in it X found what; positions count code points. */
export const toWireText = (text: string, idOf: (handle: string) => string | undefined): WireText => {
  let wire = '';
  let done = 0;
  const found: Record<string, Json[]> = {};
  const add = (kind: string, shown: string, what: Json): void => {
    const start = lengthOf(wire);
    wire += shown;
    found[kind] = [...found[kind] ?? [], { start, end: lengthOf(wire), ...what }];
  };
  for (const { indices: [from, to], url, screenName, hashtag, cashtag } of entitiesOf(text)) {
    wire += escape(text.slice(done, from));
    done = to;
    const raw = text.slice(from, to);
    const id = screenName === undefined ? undefined : idOf(screenName);
    if (url !== undefined) {
      const link = toLink(url);
      add('urls', String(link['url']), link);
    } else if (id !== undefined) add('mentions', raw, { username: screenName, id });
    else if (hashtag !== undefined) add('hashtags', raw, { tag: hashtag });
    else if (cashtag !== undefined) add('cashtags', raw, { tag: cashtag });
    else wire += escape(raw);
  }
  wire += escape(text.slice(done));
  return { text: wire, entities: Object.keys(found).length === 0 ? undefined : found, length: lengthOf(wire) };
};

/** The beginning of a text that is too long to be shown, with the link that X puts behind it. */
export const toShown = (text: string, id: string): string => {
  const tail = `… https://x.com/i/web/status/${id}`;
  const end = twitter.parseTweet(text).validRangeEnd + 1;
  return `${Array.from(text.slice(0, end)).slice(0, -weigh(tail)).join('')}${tail}`;
};
