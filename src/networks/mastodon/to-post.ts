import type { Author, Media, Mention, Post, PostRef, Visibility } from '../../core/types.ts';
import { htmlToText } from './html-to-text.ts';
import { status, type WireAccount, type WireStatus } from './wire.ts';

type WireVisibility = WireStatus['visibility'];

const visibilities: Readonly<Record<WireVisibility, Visibility>> = { public: 'public', unlisted: 'unlisted', private: 'followers', direct: 'direct' };
const replyVisibilities: Readonly<Record<Visibility, WireVisibility>> = { public: 'unlisted', unlisted: 'unlisted', followers: 'direct', direct: 'direct' };
const audiences: Readonly<Record<Visibility, number>> = { public: 0, unlisted: 0, followers: 1, direct: 2 };
const mediaKinds: Readonly<Record<string, Media['kind']>> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' };

export function toVisibility({ visibility }: WireStatus): Visibility {
  return visibilities[visibility];
}

/**
 * The visibility a reply gets: never wider, and a bot stays out of the public timelines. What was said to somebody's followers is
 * answered to that somebody: our own followers are other people.
 */
export function toReplyVisibility(asked: Visibility): WireVisibility {
  return replyVisibilities[asked];
}

/** Whether fewer people may read it. Unlisted is as readable as public: our own replies are unlisted and belong into a public thread. */
function isNarrower(post: Visibility, than: Visibility): boolean {
  return audiences[post] > audiences[than];
}

/** Longest foreign texts beside the post itself; no honest server sends longer ones. */
const longest = { warning: 500, name: 100, alt: 1_500, bio: 1_000 };

/** Whether an ancestor may be read for an answer to this mention: among few people, equal visibility is not the same audience. */
export function isForTheAsker(ancestor: WireStatus, mention: Mention, selfId: string): boolean {
  const visibility = toVisibility(ancestor);
  if (audiences[visibility] === 0) return true;
  return !isNarrower(visibility, mention.visibility) && [mention.author.id, selfId].includes(ancestor.account.id);
}

export function toPost(wire: WireStatus): Post {
  const { text, links } = htmlToText(wire.content, wire.mentions);
  const visibility = toVisibility(wire);
  const quote = toQuote(wire, visibility);
  return {
    network: 'mastodon',
    id: wire.id,
    url: toUrl(wire),
    author: toAuthor(wire.account),
    text,
    createdAt: wire.createdAt,
    media: toMedia(wire),
    links,
    visibility,
    ...(wire.language !== undefined && { language: wire.language }),
    ...(wire.spoilerText !== '' && { contentWarning: wire.spoilerText.slice(0, longest.warning) }),
    ...(wire.inReplyToId !== undefined && { replyTo: wire.inReplyToId }),
    ...(quote && { quote }),
  };
}

export function toMention(wire: WireStatus, account: string): Mention {
  // A handle that is none would put foreign words into our post.
  const salutation = /^[^\s@]+(?:@[^\s@]+)?$/u.test(wire.account.acct) ? `@${wire.account.acct} ` : '';
  const bystanders = [...new Set([wire.inReplyToAccountId, ...wire.mentions.map(({ id }) => id)])].flatMap(id => (id === undefined || id === wire.account.id ? [] : [id]));
  return { ...toPost(wire), account, salutation, ...(bystanders.length > 0 && { bystanders }) };
}

export function toPostRef(wire: WireStatus): PostRef {
  return { id: wire.id, url: toUrl(wire), visibility: toVisibility(wire) };
}

function toUrl(wire: WireStatus): string {
  return wire.url ?? wire.uri;
}

function toAuthor(account: WireAccount): Author {
  const bio = htmlToText(account.note).text.slice(0, longest.bio);
  return {
    id: account.id,
    handle: account.acct,
    name: (account.displayName || account.username || account.acct).slice(0, longest.name).replace(/\s+/gu, ' '),
    isBot: account.bot,
    ...(account.url !== '' && { url: account.url }),
    ...(bio !== '' && { bio }),
    ...(account.createdAt !== undefined && { since: account.createdAt }),
  };
}

function toMedia(wire: WireStatus): readonly Media[] {
  return wire.mediaAttachments.flatMap(({ type, url, remoteUrl, previewUrl, description }) => {
    const address = url ?? remoteUrl ?? previewUrl;
    const alt = description.slice(0, longest.alt).trim();
    return address === undefined ? [] : [{ kind: mediaKinds[type] ?? 'other', url: address, ...(alt !== '' && { alt }) }];
  });
}

/** The quoted post, when its author agreed to be quoted and it is no narrower. One level: a quote inside a quote stays outside. */
function toQuote(wire: WireStatus, visibility: Visibility): Post | undefined {
  if (wire.quote?.state !== 'accepted') return undefined;
  const quoted = status.safeParse(wire.quote.quotedStatus);
  if (!quoted.success) return undefined;
  const post = toPost({ ...quoted.data, quote: undefined });
  return isNarrower(post.visibility, visibility) ? undefined : post;
}
