import type { Author, Media, Mention, Post, PostRef, Visibility } from '../../core/types.ts';
import { htmlToText } from './html-to-text.ts';
import { status, type WireAccount, type WireStatus } from './wire.ts';

type WireVisibility = WireStatus['visibility'];

const visibilities: Readonly<Record<WireVisibility, Visibility>> = { public: 'public', unlisted: 'unlisted', private: 'followers', direct: 'direct' };
const replyVisibilities: Readonly<Record<Visibility, WireVisibility>> = { public: 'unlisted', unlisted: 'unlisted', followers: 'private', direct: 'direct' };
const audiences: Readonly<Record<Visibility, number>> = { public: 0, unlisted: 0, followers: 1, direct: 2 };
const mediaKinds: Readonly<Record<string, Media['kind']>> = { image: 'image', gifv: 'video', video: 'video', audio: 'audio' };

export function toVisibility({ visibility }: WireStatus): Visibility {
  return visibilities[visibility];
}

/** The visibility a reply gets: never wider, and a bot stays out of the public timelines. */
export function toReplyVisibility(asked: Visibility): WireVisibility {
  return replyVisibilities[asked];
}

/** Whether fewer people may read it. Unlisted is as readable as public: our own replies are unlisted and belong into a public thread. */
export function isNarrower(post: Visibility, than: Visibility): boolean {
  return audiences[post] > audiences[than];
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
    ...(wire.spoilerText !== '' && { contentWarning: wire.spoilerText }),
    ...(wire.inReplyToId !== undefined && { replyTo: wire.inReplyToId }),
    ...(quote && { quote }),
  };
}

export function toMention(wire: WireStatus, account: string): Mention {
  return { ...toPost(wire), account, salutation: `@${wire.account.acct} ` };
}

export function toPostRef(wire: WireStatus): PostRef {
  return { id: wire.id, url: toUrl(wire), visibility: toVisibility(wire) };
}

function toUrl(wire: WireStatus): string {
  return wire.url ?? wire.uri;
}

function toAuthor(account: WireAccount): Author {
  const bio = htmlToText(account.note).text;
  return {
    id: account.id,
    handle: account.acct,
    name: account.displayName || account.username || account.acct,
    isBot: account.bot,
    ...(account.url !== '' && { url: account.url }),
    ...(bio !== '' && { bio }),
  };
}

function toMedia(wire: WireStatus): readonly Media[] {
  return wire.mediaAttachments.flatMap(({ type, url, remoteUrl, previewUrl, description }) => {
    const address = url ?? remoteUrl ?? previewUrl;
    const alt = description.trim();
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
