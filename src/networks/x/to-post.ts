import type { Author, Media, Mention, Post, Self } from '../../core/types.ts';
import type { Includes, WirePost, WireUser } from './wire.ts';

/**
 * What was written on X must be gone a day after it was deleted there, and nothing affordable tells which posts those are: it is forgotten so early
 * that the store has time to rewrite its file.
 */
const keepTextMs = 18 * 3_600_000;

const mediaKinds: Readonly<Record<string, Media['kind']>> = { photo: 'image', animated_gif: 'video', video: 'video' };
const longest = { name: 100, alt: 1_000, bio: 1_000 };
/** What X says of a text whose language it could not tell. */
const noLanguage = /^(?:und|zxx|art|q\w\w)$/u;

export interface Around {
  readonly includes: Includes;
  readonly webUrl: string;
  /** When it was read, for posts that do not say when they were written. */
  readonly now: number;
}

/** `handle`: the author's, where the post that answers it names it and no user came along, which would have cost. */
export function toPost(wire: WirePost, around: Around, handle?: string): Post {
  const { includes, webUrl, now } = around;
  const author = toAuthor(wire, includes.users.find(({ id }) => id === wire.authorId), handle, webUrl);
  const quoted = includes.posts.find(({ id }) => id === wire.quoted);
  const links = wire.urls.filter(({ media_key, expanded_url }) => media_key === undefined && expanded_url !== undefined && !isPostUrl(expanded_url, wire.quoted));
  return {
    network: 'x',
    id: wire.id,
    url: toUrl(author.handle, wire.id, webUrl),
    author,
    text: toReadable(wire),
    createdAt: wire.createdAt ?? new Date(now).toISOString(),
    media: toMedia(wire, includes),
    links: links.flatMap(({ expanded_url }) => expanded_url ?? []),
    visibility: 'public',
    ...(wire.language !== undefined && !noLanguage.test(wire.language) && { language: wire.language }),
    ...(wire.replyTo !== undefined && { replyTo: wire.replyTo }),
    ...(wire.conversationId !== undefined && { conversation: wire.conversationId }),
    ...(quoted && { quote: toPost({ ...quoted, quoted: undefined }, around, quotedHandle(wire)) }),
  };
}

/** Until when we may keep what was read at a time. */
export const toForgetAt = (readAt: number): string => new Date(readAt + keepTextMs).toISOString();

export function toMention(wire: WirePost, around: Around, self: Self): Mention {
  const parent = around.includes.posts.find(({ id }) => id === wire.replyTo);
  const bystanders = [...new Set([wire.replyToUserId, ...wire.mentions.map(({ id }) => id)])].filter(id => id !== undefined && id !== wire.authorId && id !== self.id);
  const obstacle = toObstacle(wire, around.includes, parent, self);
  return {
    ...toPost(wire, around),
    account: self.account,
    // X notifies whom a reply answers; a handle in the text would be one too many.
    salutation: '',
    ...(wire.earlier.length > 0 && { earlier: wire.earlier }),
    ...(bystanders.length > 0 && { bystanders: bystanders.flatMap(id => id ?? []) }),
    ...(parent && { before: [toPost(parent, around, answeredHandle(wire))] }),
    ...(obstacle !== undefined && { unanswerable: obstacle }),
    forgetAt: toForgetAt(around.now),
  };
}

/** Handle of the author whom a reply answers: a reply carries it, so nobody needs to be looked up. */
export const answeredHandle = ({ mentions, replyToUserId }: Pick<WirePost, 'mentions' | 'replyToUserId'>): string | undefined =>
  mentions.find(({ id }) => id !== undefined && id === replyToUserId)?.username;

/**
 * Why X would refuse a reply, as far as that can be told for nothing: since February 2026 only the author of that very post can summon us,
 * with our handle typed in it or one of our posts quoted.
 */
function toObstacle(wire: WirePost, { users, posts }: Includes, parent: WirePost | undefined, self: Self): string | undefined {
  if (wire.isRepost) return 'a repost';
  if (users.find(({ id }) => id === wire.authorId)?.protected) return 'from a protected account: an answer would show to everybody';
  const names = ({ id, username }: WirePost['mentions'][number]): boolean => (id === undefined ? username.toLowerCase() === self.handle.toLowerCase() : id === self.id);
  const typed = wire.mentions.length > 0 ? wire.mentions.some(each => names(each) && each.start >= wire.writtenFrom)
    : new RegExp(`(?<!\\w)@${self.handle}(?!\\w)`, 'iu').test(Array.from(wire.text).slice(wire.writtenFrom).join(''));
  const quotes = posts.some(({ id, authorId }) => id === wire.quoted && authorId === self.id);
  if (!typed && !quotes) return 'not summoned: its author neither typed our handle (a reply carries it by itself) nor quoted a post of ours';
  const isStart = wire.conversationId === undefined || wire.conversationId === wire.id;
  if (wire.replySettings === 'everyone' || isStart) return undefined;
  // Whoever began the conversation says who may reply, and those whom that post names always may.
  const isInvited = parent !== undefined && parent.id === wire.conversationId && (parent.authorId === self.id || parent.mentions.some(names));
  return isInvited ? undefined : `replies in that conversation are limited (${wire.replySettings})`;
}

function toAuthor(wire: WirePost, user: WireUser | undefined, handle: string | undefined, webUrl: string): Author {
  if (!user) return { id: wire.authorId ?? '', handle: handle ?? 'somebody', name: handle ?? 'somebody', isBot: false };
  const bio = user.description.slice(0, longest.bio);
  return {
    id: user.id,
    handle: user.username,
    name: (user.name || user.username).slice(0, longest.name).replace(/\s+/gu, ' '),
    isBot: /\bautomated\b/iu.test(user.affiliation.description ?? ''),
    url: `${webUrl}/${user.username}`,
    ...(bio !== '' && { bio }),
    ...(user.created_at !== undefined && { since: user.created_at }),
  };
}

function toMedia(wire: WirePost, { media }: Includes): readonly Media[] {
  return media.filter(({ media_key }) => wire.mediaKeys.includes(media_key)).flatMap(({ type, url, preview_image_url, alt_text }) => {
    const address = url ?? preview_image_url;
    const alt = alt_text.slice(0, longest.alt).trim();
    return address === undefined ? [] : [{ kind: mediaKinds[type] ?? 'other', url: address, ...(alt !== '' && { alt }) }];
  });
}

/** Short links say nothing: each is written out, and those of pictures and of the quoted post go. */
function toReadable({ text, urls, quoted }: WirePost): string {
  return urls.reduce((readable, { url, expanded_url, media_key }) => {
    if (url === '') return readable;
    return readable.replaceAll(url, media_key !== undefined || isPostUrl(expanded_url, quoted) ? '' : expanded_url ?? url);
  }, text).trim();
}

const isPostUrl = (url: string | undefined, id: string | undefined): boolean => id !== undefined && (url ?? '').includes(`/status/${id}`);

const quotedHandle = ({ urls, quoted }: WirePost): string | undefined =>
  urls.map(({ expanded_url }) => (isPostUrl(expanded_url, quoted) ? /\/(\w{1,15})\/status\//u.exec(expanded_url ?? '')?.[1] : undefined)).find(handle => handle !== undefined);

export const toUrl = (handle: string, id: string, webUrl: string): string => (handle === 'somebody' ? `${webUrl}/i/web/status/${id}` : `${webUrl}/${handle}/status/${id}`);
