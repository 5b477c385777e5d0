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
  const folded = text.normalize('NFKC');
  if (/^\s*[/!]/u.test(folded)) return 'it began like a command';
  if (/[\p{Cc}\p{Cf}\p{DI}\p{Zl}\p{Zp}]/u.test(text.replaceAll('\n', ''))) return 'it held invisible characters';
  // Full-width and small at-signs fold to @ in NFKC, and networks and readers fold them too.
  if (/@\s*[\p{L}\p{N}_]/u.test(folded)) return 'it mentioned a handle';
  const foreign = linksIn(folded).find(link => !items.some(item => item.url === link));
  return foreign === undefined ? undefined : 'it held a link that is not in the context';
}

// No word border in front: networks link what follows an underscore or a digit too. The schemes without slashes are those that networks and readers make clickable.
const link = /(?:[a-z][a-z0-9+.-]*:)?\/\/[^\s<>"”»」]+|(?:magnet|xmpp|mailto|tel|sms|data|javascript|bitcoin|ethereum|geo|ipfs|ipns|dat|dweb|ssb|web\+\w+):[^\s<>"”»」]+|www\.[^\s<>"”»」]+/giu;

const linksIn = (text: string): string[] => text.match(link)?.map(each => each.replace(/[.,;:!?)\]]+$/u, '')) ?? [];
