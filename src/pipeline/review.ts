import type { RankedItem } from '../core/types.ts';

export interface ReviewRules {
  readonly room: number;
  readonly measure: (text: string) => number;
  readonly items: readonly RankedItem[];
}

/** May we say it? Looks at the answer without its salutation, and returns what is wrong with it, or undefined. */
export function review(text: string, { room, measure, items }: ReviewRules): string | undefined {
  if (text.trim() === '') return 'it was empty';
  if (measure(text) > room) return `it was longer than ${room} characters`;
  if (/^[/!]/u.test(text)) return 'it began like a command';
  if (/[\p{Cc}\p{Cf}]/u.test(text.replaceAll('\n', ''))) return 'it held invisible characters';
  // Full-width and small at-signs fold to @ in NFKC, and networks and readers fold them too.
  if (/@\s*[\p{L}\p{N}_]/u.test(text.normalize('NFKC'))) return 'it mentioned a handle';
  const foreign = linksIn(text).find(link => !items.some(item => item.url === link));
  return foreign === undefined ? undefined : 'it held a link that is not in the context';
}

const linksIn = (text: string): string[] => text.match(/\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s<>"”»」]+/giu)?.map(link => link.replace(/[.,;:!?)\]]+$/u, '')) ?? [];
