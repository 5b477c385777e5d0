import type { ContextItem } from '../../core/types.ts';
import { fold, type Words } from './words.ts';

// Auto-linked by both networks, and nothing we say may become a link.
const domain = /\b(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|info|biz|dev|app|example|test|social|online|site|tv|[a-z]{2})\b(?:\/\S*)?/gi;

/** Foreign text as it may stand in an answer: one line, and nothing in it that a network or our own templates would act upon. */
export function clean(text: string): string {
  return text
    .replace(/\p{Emoji_Presentation}|\p{Emoji_Modifier}|\p{Extended_Pictographic}|\p{Cf}|\p{Variation_Selector}|\u20e3/gu, '')
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+|\bwww\.\S+/gi, ' ')
    .replace(/[@＠][\p{L}\p{N}_.-]+(?:@[\p{L}\p{N}_.-]+)?/gu, ' ')
    .replace(domain, link => link.replace(/[./]+/g, ' '))
    .replace(/[#＃@＠{}<>*_`~\\|]/g, ' ')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/ ([,.])/g, '$1')
    .trim();
}

/** `#GooseParade` as one would say it: `Goose Parade`. */
const spellOut = (tag: string): string => clean(tag).replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ');

/** What an item is about in as many words as may be quoted. A person's post is never quoted: its tag or its weightiest word stands for it. */
export function gistOf(item: ContextItem, words: Words): string {
  if (item.kind === 'tag') return spellOut(item.text);
  if (item.kind !== 'post') return headline(item.text, item.source);
  const tag = /[#＃]([\p{L}\p{N}_]{3,})/u.exec(item.text)?.[1];
  if (tag) return spellOut(tag);
  const candidates = words.spaced ? (clean(item.text).match(/[\p{L}\p{N}-]{4,}/gu) ?? []) : (clean(item.text).match(/[\p{Script=Han}ー]{2,}|[\p{Script=Katakana}ー]{3,}/gu) ?? []);
  return candidates.filter(word => !words.stop.has(fold(word))).sort((a, b) => b.length - a.length)[0] ?? '';
}

/** A headline without its publisher and its full stop, inner quotation marks made single so that it can be quoted. */
function headline(text: string, source: string): string {
  const plain = clean(text).replace(/ [-–—] ([^-–—]{2,30})$/, (tail, name: string) => (fold(source).includes(fold(name)) ? '' : tail));
  return plain.replace(/["“”„«»『』「」]\s?/g, mark => ('“„«「『'.includes(mark.trim()) ? '‘' : '’')).replace(/‘\s/g, '‘').replace(/\s’/g, '’').replace(/[.。]$/, '').trim();
}

const clause = /[,;:—–!?](?=\s)|[(（、。！？]| [-–—] /g;

/** Shortened to fit: at a clause when one ends late enough, else at a word. Always marked, because half a headline can say the opposite. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const room = text.slice(0, Math.max(1, length - 1));
  const ends = [...room.matchAll(clause)].map(match => match.index).filter(index => index >= Math.max(12, length * 0.5));
  const end = ends.at(-1) ?? (/\s/.test(room) ? room.lastIndexOf(' ') : room.length);
  return `${room.slice(0, end > 0 ? end : room.length).replace(/[\s,;:.—–(-]+$/, '').replace(/[\ud800-\udbff]$/, '')}…`;
}

/** In the quotation marks of the language. */
export const quote = (text: string, words: Words): string => `${words.quotes[0]}${text}${words.quotes[1]}`;
