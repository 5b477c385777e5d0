import type { Network } from '../../src/core/ports.ts';
import type { Mention, Visibility } from '../../src/core/types.ts';

/** A post as its readers find it. */
export interface Found {
  readonly text: string;
  readonly visibility: Visibility;
  readonly replyTo: string | undefined;
  /** Handles of the people it notifies. */
  readonly notifies: readonly string[];
  readonly contentWarning: string | undefined;
}

export interface Words {
  readonly visibility?: Visibility;
  /** Id of the post that is answered. */
  readonly under?: string;
  readonly contentWarning?: string;
}

/** Somebody's network with a bot on it, and a hand that moves the other people. */
export interface Driver {
  readonly network: Network;
  /** The same account after a restart. */
  reopen(): Promise<Network>;
  /** Somebody posts; with `tag` it tags the bot. Resolves with the id once the bot could read it. */
  say(by: string, words: string, options?: Words & { readonly tag?: boolean }): Promise<string>;
  /** Ids of what the bot posted. */
  posted(): Promise<readonly string[]>;
  /** A post of the bot's, as the person it answers finds it. */
  look(id: string, by: string): Promise<Found>;
  /** The next reads are answered with this status; with 429, the network says to come back after `afterMs`. */
  failReads(status: number, afterMs?: number): void;
  /** The same for the next post. */
  failPosts(status: number): void;
  /** The next post arrives, but its answer never does. */
  losePostAnswer(): void;
  close(): Promise<void>;
}

/** What differs between networks without being wrong. */
export interface Traits {
  /** Visibilities that its people can choose. */
  readonly visibilities: readonly Visibility[];
  /** Whether posts really appear; a dry run only says so. */
  readonly speaks: boolean;
  /** Whether one key is one post, and a replay is answered with it. */
  readonly keys: boolean;
  /** Whether a text that is too long is refused. */
  readonly refusesLong: boolean;
  readonly contentWarnings: boolean;
  /** Whether it says what its people are on about. */
  readonly trends: boolean;
  /** Texts and their length by the network's own documentation. */
  readonly lengths: readonly (readonly [text: string, length: number])[];
}

/** Every mention from a cursor on, page by page, with the cursor at the end. */
export async function walkMentions(network: Network, from: string): Promise<{ readonly mentions: readonly Mention[]; readonly cursor: string }> {
  const mentions: Mention[] = [];
  let cursor = from;
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await network.mentions(cursor);
    mentions.push(...page.mentions);
    ({ cursor } = page);
    if (!page.more) return { mentions, cursor };
  }
  throw new Error('the pages do not end');
}
