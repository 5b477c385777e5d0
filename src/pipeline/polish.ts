import { cleanOwn } from './clean.ts';

/**
 * A model's words as they could be posted, or what is wrong with their form. Strict: the reply's text and nothing else.
 */
export function readCompletion(raw: string, nonce: string): { readonly text: string } | { readonly fault: string } {
  if (raw.length > 20_000) return { fault: 'it was far too long' };
  const text = unquote(unwrap(cleanOwn(raw)).replace(/(\p{M}{3})\p{M}+/gu, '$1').trim().replace(/[^\S\n]+/gu, ' ').replace(/\n{2,}/gu, '\n'));
  if (text === '') return { fault: 'it was empty' };
  if (text.includes(nonce) || /<\/?data\b/iu.test(text)) return { fault: 'it repeated the data marks' };
  if (text.includes('\uFFFD')) return { fault: 'it held bytes that are no text' };
  if (text.includes('```')) return { fault: 'it held a code fence' };
  if (/^[[{][\s\S]*[\]}]$/u.test(text) || /[{,]\s*"[\w-]+"\s*:/u.test(text)) return { fault: 'it held JSON instead of a sentence' };
  if (/<\/?[a-z][a-z0-9-]*(?:\s[^<>]*)?\/?>/iu.test(text)) return { fault: 'it held markup' };
  if (/^(?:reply|answer|response|post)\s*:/iu.test(text)) return { fault: 'it began with a label' };
  return { text };
}

/** Small models think aloud first, or wrap the whole answer in a fence. What is left is judged like any other answer. */
const unwrap = (text: string): string =>
  text.replace(/^\s*<think>[\s\S]*?<\/think>/u, '').replace(/^\s*```\w*\n([^`]*)\n```\s*$/u, '$1');

const quotes: readonly (readonly [string, string])[] = [['"', '"'], ['“', '”'], ['„', '“'], ['«', '»'], ['「', '」']];

/** Models like to wrap the whole reply in quotation marks. */
function unquote(text: string): string {
  const pair = quotes.find(([open, close]) => text.length > 2 && text.startsWith(open) && text.endsWith(close));
  if (!pair) return text;
  const inner = text.slice(1, -1);
  return inner.includes(pair[0]) || inner.includes(pair[1]) ? text : inner.trim();
}

/** The longest beginning that fits and ends at a sentence; failing that at a word, with an ellipsis. `measure` counts as the network does. */
export function cutToFit(text: string, room: number, measure: (text: string) => number): string {
  if (measure(text) <= room) return text;
  let cut = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)) {
    if (measure((cut + segment).trimEnd()) > room) break;
    cut += segment;
  }
  if (cut.trim()) return cut.trim();
  let words = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    if (measure(`${(words + segment).trimEnd()}…`) > room) break;
    words += segment;
  }
  return words.trim() ? `${words.trimEnd()}…` : '';
}
