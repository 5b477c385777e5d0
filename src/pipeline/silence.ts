import type { Mention, Self } from '../core/types.ts';

/** Why nothing is said any more where the network does not let us keep what was written for longer. */
export const forgotten = 'it waited for so long that its text may not be kept any more';

/** May we answer? The reason when not, undefined when we may. */
export function silence(mention: Mention, self: Self, now: number, maxAgeMs: number): string | undefined {
  if (mention.author.id === self.id) return 'own post';
  if (mention.author.isBot) return 'from a bot account';
  if (mention.unanswerable !== undefined) return mention.unanswerable;
  const age = now - Date.parse(mention.createdAt);
  if (age > maxAgeMs) return `too old (${Math.round(age / 3_600_000)} h)`;
  return undefined;
}
