// What the X server remembers. Plain data: every record is one value in the journal.

export interface UserRecord {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly description: string;
  /** Milliseconds since 1970, as every `At` in here. */
  readonly createdAt: number;
  readonly isProtected: boolean;
  readonly isVerified: boolean;
  /** Whether it bears the label of an automated account. */
  readonly isAutomated: boolean;
  /** An emoji or two letters, and the colour behind them. */
  readonly avatar: string;
  readonly color: string;
}

export const replySettings = ['everyone', 'mentionedUsers', 'following', 'subscribers', 'verified'] as const;
export type ReplySettings = (typeof replySettings)[number];

export interface MediaRecord { readonly key: string; readonly url: string; readonly altText: string | null }

export interface PostRecord {
  readonly id: string;
  readonly authorId: string;
  /** As it was typed. */
  readonly text: string;
  /** Users whose handles were typed. */
  readonly typed: readonly string[];
  /** Users whose handles X puts in front of a reply by itself. */
  readonly implied: readonly string[];
  readonly lang: string;
  readonly createdAt: number;
  readonly conversationId: string;
  readonly replyTo: string | null;
  readonly replyToUser: string | null;
  readonly quoteOf: string | null;
  readonly quoteOfUser: string | null;
  readonly replySettings: ReplySettings;
  readonly media: readonly MediaRecord[];
  /** Applause it was born with. */
  readonly likes: number;
}

/** An event that is sent over the stream whenever it happens to the user. */
export interface SubscriptionRecord {
  readonly id: string;
  readonly eventType: string;
  readonly userId: string;
  readonly tag: string | null;
  readonly createdAt: number;
}

/** One change of the world. Applying all of them in order gives the same world again. */
export type Entry =
  | { readonly kind: 'user'; readonly user: UserRecord }
  | { readonly kind: 'post'; readonly post: PostRecord }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'follow'; readonly from: string; readonly to: string }
  | { readonly kind: 'refresh'; readonly used: string; readonly access: string; readonly refresh: string; readonly expiresAt: number }
  | { readonly kind: 'revoke'; readonly token: string }
  | { readonly kind: 'subscribe'; readonly subscription: SubscriptionRecord }
  | { readonly kind: 'unsubscribe'; readonly id: string };
