import type { Mention, Self } from '../core/types.ts';

/** May we answer? The reason when not, undefined when we may. */
export function silence(mention: Mention, self: Self, now: number, maxAgeMs: number): string | undefined {
  if (mention.author.id === self.id) return 'own post';
  if (mention.author.isBot) return 'from a bot account';
  const age = now - Date.parse(mention.createdAt);
  if (age > maxAgeMs) return `too old (${Math.round(age / 3_600_000)} h)`;
  return undefined;
}
