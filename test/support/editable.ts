// A mention whose author edits it, on a line that is driven by hand.
import type { Redis } from 'ioredis';
import type { Mention } from '../../src/core/types.ts';
import { aMention } from './fixtures.ts';
import { openLine, type Line } from './line.ts';

export const asked = (words: string, more: Partial<Mention> = {}): Mention => aMention('1', { text: `@quip@town.example ${words}`, ...more });

/** What it said, and what it says by now. */
export const old = asked('is the ferry ever on time?');
export const recent = asked('is the zeppelin ever on time?');

/** A line whose network shows what its only mention says by now. */
export function openEditableLine(client: Redis, options: Parameters<typeof openLine>[1] = {}): Line & { says(mention: Mention | undefined): void } {
  const line = openLine(client, options);
  let now: Mention | undefined;
  Object.assign(line.network, { asItStands: async (mention: Mention) => now ?? mention });
  return { ...line, says: mention => void (now = mention) };
}
