// What the sandbox remembers. Plain data: every record is one value in the journal.

export type Visibility = 'public' | 'unlisted' | 'private' | 'direct';
export const visibilities: readonly Visibility[] = ['public', 'unlisted', 'private', 'direct'];

export type Verdict = 'accept' | 'filter' | 'drop';
export const verdicts: readonly Verdict[] = ['accept', 'filter', 'drop'];

/** Which notifications reach their account. Real Mastodon starts with private mentions and limited accounts on `filter`. */
export interface Policy {
  readonly for_not_following: Verdict;
  readonly for_not_followers: Verdict;
  readonly for_new_accounts: Verdict;
  readonly for_private_mentions: Verdict;
  readonly for_limited_accounts: Verdict;
}

export interface AccountRecord {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  /** Plain text. */
  readonly note: string;
  readonly bot: boolean;
  readonly locked: boolean;
  /** Milliseconds since 1970, as every `At` in here. */
  readonly createdAt: number;
  /** An emoji or two letters, and the colour behind them. */
  readonly avatar: string;
  readonly color: string;
  readonly privacy: Visibility;
  readonly sensitive: boolean;
  readonly language: string | null;
  readonly policy: Policy;
}

export interface StatusRecord {
  readonly id: string;
  readonly accountId: string;
  /** As it was typed; HTML is made when somebody looks. */
  readonly text: string;
  readonly spoiler: string;
  readonly sensitive: boolean;
  readonly visibility: Visibility;
  readonly language: string | null;
  readonly createdAt: number;
  readonly replyTo: string | null;
  readonly replyToAccount: string | null;
  readonly mentions: readonly string[];
  /** Lower case, as Mastodon compares them. */
  readonly tags: readonly string[];
  readonly reblogOf: string | null;
  readonly quoteOf: string | null;
  /** Applause that a seeded post was born with. */
  readonly favourites: number;
  readonly boosts: number;
}

export type NotificationType = 'mention' | 'favourite' | 'reblog' | 'follow' | 'quote';

export interface NotificationRecord {
  readonly id: string;
  readonly type: NotificationType;
  readonly to: string;
  readonly from: string;
  readonly statusId: string | null;
  readonly createdAt: number;
  readonly filtered: boolean;
}

export interface AppRecord {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
}

/** One change of the world. Applying all of them in order gives the same world again. */
export type Entry =
  | { readonly kind: 'account'; readonly account: AccountRecord }
  | { readonly kind: 'status'; readonly status: StatusRecord; readonly notifications: readonly NotificationRecord[]; readonly key?: string }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'favourite'; readonly id: string; readonly by: string; readonly on: boolean; readonly notifications: readonly NotificationRecord[] }
  | { readonly kind: 'follow'; readonly from: string; readonly to: string; readonly on: boolean; readonly notifications: readonly NotificationRecord[] }
  | { readonly kind: 'dismiss'; readonly account: string; readonly id: string | null }
  | { readonly kind: 'app'; readonly app: AppRecord }
  | { readonly kind: 'together'; readonly entries: readonly Entry[] };
