import type { PageRules } from '../paging.ts';
import type { Policy } from '../records.ts';
import type { Json } from '../render.ts';

/** How the ids of one kind of thing look from outside. Both ways, for everything that was shown. */
export interface IdShape {
  toOutside(id: string): string;
  /** `0` for what is no id of this server. */
  toInside(sent: string): string;
}

export type Thing = 'account' | 'status' | 'notification';

/** What an `Idempotency-Key` does: nothing; one post, always; one post unless two come at once; or one post and a failure for every replay. */
export type Keys = 'ignored' | 'locked' | 'racing' | 'replay fails';

export interface Place {
  readonly name: string;
  readonly domain: string;
  /** Address of this server, as it was asked. */
  readonly base: string;
}

export interface Said {
  readonly status: number;
  /** A text goes out as HTML. */
  readonly body: Json | string;
}

/** A server software as its clients meet it, where it differs from the newest Mastodon. Seen on running ones, or read in their sources. */
export interface ServerKind {
  readonly version: string;
  readonly apiVersion?: number;
  readonly maxCharacters: number;
  readonly charactersPerLink: number;
  /** Its own answer about itself; undefined: Mastodon's. */
  readonly instance?: (version: 1 | 2, place: Place) => Said | undefined;
  readonly ids?: Readonly<Record<Thing, IdShape>>;
  /** Its own shapes, from Mastodon's. `isNews`: within a notification. */
  readonly toAccount?: (account: Json, place: Place, isOwn: boolean) => Json;
  readonly toStatus?: (status: Json, place: Place, isNews: boolean) => Json;
  readonly toNotification?: (notification: Json) => Json;
  /** Paths that are not there, and lists that are always empty. */
  readonly lacks?: RegExp;
  readonly empty?: RegExp;
  readonly notifications: PageRules;
  /** What its accounts let through at first; Mastodon's when absent. */
  readonly policy?: Policy;
  /** It shows one post at a time. Mastodon shows twenty, since 4.3. */
  readonly isWithoutPostList?: boolean;
  readonly hasLinks: boolean;
  readonly keys: Keys;
  /** `sockets` and server-sent `events` as they work; the address that it advertises: its own, one with another scheme, or none. */
  readonly streaming: { readonly sockets: boolean; readonly events: boolean; readonly address: 'own' | 'wss' | 'none' };
  /** A deletion shows the post as it was; Mastodon shows its source, for a new draft. */
  readonly showsDeleted?: boolean;
  /** How long a deleted post can still be read. */
  readonly deletionMs?: number;
  /** Whether it takes whatever is posted: empty, too long, under a post that is not there. */
  readonly takesAll?: boolean;
  /** A refusal in its own words and status. */
  readonly refuse?: (status: number, message: string, hasToken: boolean) => Said;
}

export const mastodonPaging: PageRules = { usual: 40, most: 80 };

/** Of servers that know no policies. */
export const openPolicy: Policy = {
  for_not_following: 'accept', for_not_followers: 'accept', for_new_accounts: 'accept', for_private_mentions: 'accept', for_limited_accounts: 'accept',
};
