import { escapeHtml, toHtml, type Targets } from './text.ts';
import type { AccountRecord, NotificationRecord, StatusRecord } from './records.ts';
import type { World } from './world.ts';

/** Who looks, and under which address this server was asked: links lead back to the same one. */
export interface View { readonly base: string; readonly viewerId: string | undefined }

export type Json = Readonly<Record<string, unknown>>;

const toIso = (atMs: number): string => new Date(atMs).toISOString();
const dayMs = 86_400_000;

const profileUrl = (base: string, account: AccountRecord): string => `${base}/@${account.handle}`;
export const tagUrl = (base: string, name: string): string => `${base}/tags/${encodeURIComponent(name.toLowerCase())}`;

/** Turns records into the entities of Mastodon's API. */
export const openRenderer = (world: World, domain: string) => {
  const plainTargets = (base: string): Targets => ({ mention: () => undefined, tag: (name) => tagUrl(base, name) });

  const toAccount = (account: AccountRecord, { base }: View): Json => {
    const posts = world.postsOf(account.id);
    const avatar = `${base}/sandbox/avatars/${account.handle}.svg`;
    const header = `${base}/sandbox/header.svg`;
    return {
      id: account.id, username: account.handle, acct: account.handle, display_name: account.name, locked: account.locked, bot: account.bot,
      discoverable: true, indexable: true, group: false, noindex: false, hide_collections: false,
      created_at: toIso(Math.floor(account.createdAt / dayMs) * dayMs),
      note: toHtml(account.note, plainTargets(base)), url: profileUrl(base, account), uri: `https://${domain}/users/${account.handle}`,
      avatar, avatar_static: avatar, avatar_description: '', header, header_static: header, header_description: '',
      followers_count: world.followersOf(account.id), following_count: world.followedBy(account.id).size,
      statuses_count: posts.count, last_status_at: posts.lastAt === undefined ? null : toIso(posts.lastAt).slice(0, 10),
      emojis: [], roles: [], fields: [],
    };
  };

  /** The account as it sees itself: with its settings and its role. */
  const toOwnAccount = (account: AccountRecord, view: View): Json => ({
    ...toAccount(account, view),
    source: {
      note: account.note, fields: [], privacy: account.privacy, sensitive: account.sensitive, language: account.language, follow_requests_count: 0,
      hide_collections: false, discoverable: true, indexable: true, attribution_domains: [], quote_policy: 'public',
    },
    role: { id: '-99', name: '', permissions: '0', color: '', highlighted: false },
  });

  const toMention = (account: AccountRecord, base: string): Json =>
    ({ id: account.id, username: account.handle, acct: account.handle, url: profileUrl(base, account) });

  const toContent = (status: StatusRecord, base: string): string => toHtml(status.text, {
    mention(handle, host) {
      const account = host === undefined || host.toLowerCase() === domain ? world.accountNamed(handle) : undefined;
      return account !== undefined && status.mentions.includes(account.id) ? { handle: account.handle, url: profileUrl(base, account) } : undefined;
    },
    tag: (name) => tagUrl(base, name),
  });

  const toQuote = (status: StatusRecord, view: View, isNested: boolean): Json | null => {
    if (status.quoteOf === null) return null;
    const quoted = world.status(status.quoteOf);
    if (quoted === undefined) return isNested ? { state: 'deleted', quoted_status_id: null } : { state: 'deleted', quoted_status: null };
    const state = world.isVisible(quoted, view.viewerId) ? 'accepted' : 'unauthorized';
    if (isNested) return { state, quoted_status_id: state === 'accepted' ? quoted.id : null };
    return { state, quoted_status: state === 'accepted' ? toStatus(quoted, view, true) : null };
  };

  const ofViewer = (status: StatusRecord, viewerId: string | undefined): Json => (viewerId === undefined ? {} : {
    favourited: world.favouritersOf(status.id).has(viewerId),
    reblogged: world.reblogsOf(status.id).some(({ accountId }) => accountId === viewerId),
    muted: false, bookmarked: false, filtered: [],
    ...(status.accountId === viewerId && status.reblogOf === null ? { pinned: false } : {}),
  });

  const toStatus = (status: StatusRecord, view: View, isNested = false): Json => {
    const { base, viewerId } = view;
    const author = world.account(status.accountId)!;
    const original = status.reblogOf === null ? undefined : world.status(status.reblogOf);
    const isOpen = status.visibility === 'public' || status.visibility === 'unlisted';
    return {
      id: status.id, created_at: toIso(status.createdAt), edited_at: null,
      in_reply_to_id: status.replyTo, in_reply_to_account_id: status.replyToAccount,
      sensitive: status.sensitive, spoiler_text: status.spoiler, visibility: status.visibility, language: status.language,
      uri: `https://${domain}/users/${author.handle}/statuses/${status.id}`, url: `${profileUrl(base, author)}/${status.id}`,
      replies_count: world.repliesTo(status.id).length, reblogs_count: status.boosts + world.reblogsOf(status.id).length,
      favourites_count: status.favourites + world.favouritersOf(status.id).size,
      content: toContent(status, base), account: toAccount(author, view), application: { name: 'Sandbox', website: null },
      reblog: original === undefined ? null : toStatus(original, view),
      media_attachments: [], emojis: [], tagged_collections: [], card: null, poll: null, quote: toQuote(status, view, isNested),
      mentions: status.mentions.flatMap((id) => world.account(id) ?? []).map((account) => toMention(account, base)),
      tags: status.tags.map((name) => ({ name, url: tagUrl(base, name) })),
      quote_approval: {
        automatic: isOpen ? ['public'] : [], manual: [],
        current_user: viewerId !== undefined && (isOpen || status.accountId === viewerId) ? 'automatic' : 'denied',
      },
      ...ofViewer(status, viewerId),
    };
  };

  const toNotification = (notification: NotificationRecord, view: View): Json => {
    const status = notification.statusId === null ? undefined : world.status(notification.statusId);
    return {
      id: notification.id, type: notification.type, created_at: toIso(notification.createdAt),
      group_key: `ungrouped-${notification.id}`, account: toAccount(world.account(notification.from)!, view),
      ...(status === undefined ? {} : { status: toStatus(status, view) }),
      ...(notification.filtered ? { filtered: true } : {}),
    };
  };

  /** What the `direct` stream carries: a private conversation by its latest status. */
  const toConversation = (status: StatusRecord, view: View): Json => ({
    id: status.id, unread: status.accountId !== view.viewerId, last_status: toStatus(status, view),
    accounts: [status.accountId, ...status.mentions].filter((id) => id !== view.viewerId)
      .flatMap((id) => world.account(id) ?? []).map((account) => toAccount(account, view)),
  });

  return {
    toAccount, toOwnAccount, toNotification, toConversation,
    toStatus: (status: StatusRecord, view: View): Json => toStatus(status, view),
    /** An id as it is shown. */
    statusId: (id: string): string => id,
  };
};

export type Renderer = ReturnType<typeof openRenderer>;

/** A drawn avatar: an emoji or two letters on a colour. */
export const toAvatar = (account: Pick<AccountRecord, 'avatar' | 'color'>): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" role="img"><rect width="96" height="96" fill="${escapeHtml(account.color)}"/>`
  + '<text x="48" y="50" font-family="system-ui, sans-serif" font-size="44" font-weight="600" fill="#fff" text-anchor="middle" dominant-baseline="central">'
  + `${escapeHtml(account.avatar)}</text></svg>`;
