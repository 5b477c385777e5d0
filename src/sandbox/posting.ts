import { invalid, notFound, Refusal } from './refusal.ts';
import { visibilities, type AccountRecord, type NotificationRecord, type NotificationType, type StatusRecord, type Visibility } from './records.ts';
import { measure, readTags, toPieces } from './text.ts';
import type { World } from './world.ts';

/** What somebody wants to post, not checked yet. */
export interface Wish {
  readonly text: string;
  readonly spoiler?: string | undefined;
  readonly sensitive?: boolean | undefined;
  readonly visibility?: string | undefined;
  readonly language?: string | undefined;
  readonly replyTo?: string | undefined;
  readonly quoteOf?: string | undefined;
}

/** Accounts this young count as new for a notification policy. */
const newAccountMs = 30 * 86_400_000;

/** Whether the recipient addressed that sender further up, so that this is an answer. */
const isInResponse = (world: World, status: StatusRecord, recipient: string): boolean => {
  for (let parent = status.replyTo; parent !== null;) {
    const above = world.status(parent);
    if (above?.accountId === recipient && above.mentions.includes(status.accountId)) return true;
    parent = above?.replyTo ?? null;
  }
  return false;
};

/** A notification as the recipient's policy lets it through; undefined when there is none. */
export const toNotification = (
  world: World, type: NotificationType, from: AccountRecord, toId: string, status: StatusRecord | undefined, atMs: number,
): NotificationRecord | undefined => {
  const to = world.account(toId);
  if (to === undefined || to.id === from.id) return undefined;
  const { policy } = to;
  const follows = world.follows(to.id, from.id);
  const isPrivate = status?.visibility === 'direct' && status.accountId === from.id && !follows && !isInResponse(world, status, to.id);
  const verdicts = [
    follows ? 'accept' : policy.for_not_following,
    world.follows(from.id, to.id) ? 'accept' : policy.for_not_followers,
    follows || atMs - from.createdAt > newAccountMs ? 'accept' : policy.for_new_accounts,
    isPrivate ? policy.for_private_mentions : 'accept',
  ];
  if (verdicts.includes('drop')) return undefined;
  return {
    id: world.newNotificationId(atMs), type, to: to.id, from: from.id, statusId: status?.id ?? null, createdAt: atMs, filtered: verdicts.includes('filter'),
  };
};

/** The status a client named, if the account may see it. */
export const seeStatus = (world: World, id: string, viewerId: string | undefined): StatusRecord => {
  const status = world.status(id);
  if (status === undefined || !world.isVisible(status, viewerId)) throw notFound();
  return status;
};

const isVisibility = (value: string): value is Visibility => (visibilities as readonly string[]).includes(value);

const toLanguage = (sent: string | undefined): string | undefined => (sent !== undefined && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(sent) ? sent : undefined);

const readParent = (world: World, author: AccountRecord, id: string | undefined): StatusRecord | undefined => {
  if (id === undefined || id === '') return undefined;
  const parent = world.status(id);
  if (parent === undefined || !world.isVisible(parent, author.id)) throw new Refusal(404, 'The post you are trying to reply to does not appear to exist.');
  return parent;
};

/** Who a text names, by the accounts of this server; names of other servers lead nowhere from here. */
export const readMentions = (world: World, domain: string, text: string): readonly string[] =>
  [...new Set(toPieces(text).flatMap((piece) => {
    if (piece.kind !== 'mention' || (piece.host !== undefined && piece.host.toLowerCase() !== domain)) return [];
    return world.accountNamed(piece.handle)?.id ?? [];
  }))];

export interface PostingRules {
  readonly domain: string;
  readonly maxCharacters: number;
  readonly charactersPerLink: number;
  /** Whether nothing is refused. */
  readonly takesAll?: boolean;
  /** The time of what is posted, in ms. */
  readonly now: () => number;
}

/** Posts, and tells everybody it names. One synchronous step. */
export const post = (world: World, author: AccountRecord, wish: Wish, rules: PostingRules, key?: string): StatusRecord => {
  const spoken = wish.text.trim();
  const warning = (wish.spoiler ?? '').trim();
  // A content warning without a text is the text, as in Mastodon's PostStatusService.
  const [text, spoiler] = spoken === '' ? [warning, ''] : [spoken, warning];
  const visibility = wish.visibility ?? author.privacy;
  if (!isVisibility(visibility)) throw invalid('Visibility is not included in the list');
  const parent = rules.takesAll === true ? world.status(wish.replyTo ?? '') : readParent(world, author, wish.replyTo);
  const quoted = wish.quoteOf === undefined || wish.quoteOf === '' ? undefined : seeStatus(world, wish.quoteOf, author.id);
  if (rules.takesAll !== true && text === '' && quoted === undefined) throw invalid("Text can't be blank");
  if (rules.takesAll !== true && measure(spoiler, text, rules.charactersPerLink) > rules.maxCharacters) throw invalid(`Text character limit of ${rules.maxCharacters} exceeded`);
  const createdAt = rules.now();
  const status: StatusRecord = {
    id: world.newStatusId(createdAt), accountId: author.id, text, spoiler, createdAt, visibility,
    sensitive: (wish.sensitive ?? author.sensitive) || warning !== '',
    language: toLanguage(wish.language) ?? author.language,
    replyTo: parent?.id ?? null, replyToAccount: parent?.accountId ?? null, quoteOf: quoted?.id ?? null, reblogOf: null,
    mentions: readMentions(world, rules.domain, text), tags: readTags(toPieces(text)), favourites: 0, boosts: 0,
  };
  const notifications = [
    ...status.mentions.map((to) => toNotification(world, 'mention', author, to, status, createdAt)),
    quoted === undefined ? undefined : toNotification(world, 'quote', author, quoted.accountId, status, createdAt),
  ].filter((notification) => notification !== undefined);
  world.commit({ kind: 'status', status, notifications, ...(key === undefined ? {} : { key }) });
  return status;
};
