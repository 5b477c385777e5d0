import type { mastodon } from 'masto';
import type { Mention, MentionPage } from '../../core/types.ts';
import { toMention } from './to-post.ts';
import { status, type WireNotification, type WireStatus } from './wire.ts';

export type AskForNotifications = (params: mastodon.rest.v1.ListNotificationsParams) => Promise<readonly WireNotification[]>;

const pageSize = 80;
/** No server gives shorter pages while there is more; what is shorter is all there is. */
const shortestFullPage = 5;
/** A server that never comes to an end. */
const mostPages = 50;
/** Times are of the second on some servers, and two notifications may change places within a moment. */
const slackMs = 5_000;
/** A server that was not seen to ignore `min_id` is believed over the clock, up to this. */
const trustMs = 24 * 3_600_000;
/** The cursor of an account that nobody has notified yet. */
const beginning = '0';

/** The newest notification that was seen: its id, and its time for servers that show older ones all the same. */
const toCursor = ({ id, createdAt }: WireNotification): string => (createdAt === undefined ? id : `${id} ${createdAt}`);

function readCursor(cursor: string, now: number): { readonly id: string | undefined; readonly at: number } {
  if (cursor === beginning) return { id: undefined, at: NaN };
  const [id, createdAt = ''] = cursor.split(' ');
  // A time that is yet to come tells nothing.
  return { id, at: Math.min(Date.parse(createdAt), now) };
}

/** What one server was seen to do with a cursor. */
export interface Paging {
  ignoresMinId: boolean;
}

/** The cursor of now. */
export async function startReading(ask: AskForNotifications): Promise<MentionPage> {
  const [newest] = await ask({ limit: 1 });
  return { mentions: [], cursor: newest ? toCursor(newest) : beginning, more: false };
}

/**
 * Mentions after the cursor, oldest first, without a gap. `min_id` gives the page right after it on Mastodon and GoToSocial, and the newest page on
 * Hollo and snac (`since_id` everywhere): a full page is followed back towards the cursor until nothing lies between.
 */
export async function readMentions(ask: AskForNotifications, cursor: string, account: string, paging: Paging = { ignoresMinId: false }, now: number = Date.now()): Promise<MentionPage> {
  const { id, at } = readCursor(cursor, now);
  const after = { limit: pageSize, ...(id !== undefined && { minId: id }) };
  /** A server that ignores `min_id` shows what was seen, too: as far as the cursor, or as its time, where the cursor is gone. */
  const cut = (page: readonly WireNotification[]): readonly WireNotification[] => {
    const end = page.findIndex(one => one.id === id);
    if (end >= 0) paging.ignoresMinId = true;
    const oldest = at - (paging.ignoresMinId ? slackMs : trustMs);
    return (end < 0 ? page : page.slice(0, end)).filter(one => !(Date.parse(one.createdAt ?? '') < oldest));
  };

  const first = await ask(after);
  const found = new Map(cut(first).map(one => [one.id, one]));
  const isMet = (page: readonly WireNotification[]): boolean => page.some(one => one.id === id);
  let oldest = first.length >= shortestFullPage && found.size > 0 && !isMet(first) ? first.at(-1) : undefined;
  let pages = 1;
  for (; oldest && pages < mostPages; pages += 1) {
    const page = await ask({ ...after, maxId: oldest.id });
    const fresh = cut(page).filter(one => !found.has(one.id));
    for (const one of fresh) found.set(one.id, one);
    oldest = fresh.length > 0 && !isMet(page) ? page.at(-1) : undefined;
  }
  const all = [...found.values()];
  const [newest] = all;
  return {
    mentions: toMentions(all, account),
    cursor: newest ? toCursor(newest) : cursor,
    more: first.length >= shortestFullPage && newest !== undefined,
    ...(oldest && { gap: `${all.length} notifications were waiting, and this server shows the newest ones first: any older than ${oldest.createdAt ?? 'these'} and newer than the last look are left out` }),
  };
}

/** Newest first → oldest first, each post once. */
function toMentions(newestFirst: readonly WireNotification[], account: string): readonly Mention[] {
  const mentions = new Map<string, Mention>();
  for (const one of newestFirst.toReversed()) {
    // Servers that ignore types[] send everything; a post deleted meanwhile comes as null.
    const wire = one.type === 'mention' ? status.safeParse(one.status).data : undefined;
    if (wire && !(one.filtered && isKeptAway(wire))) mentions.set(wire.id, toMention(wire, account));
  }
  return [...mentions.values()];
}

/**
 * Whether a filtered mention stays unread. Every new account filters private mentions by strangers (Mastodon 4.3, #31343), and a bot would
 * miss them without a trace, so those are read; whom the moderators limited, and what the operator chose to filter, stays out.
 */
function isKeptAway({ visibility, account }: WireStatus): boolean {
  return visibility !== 'direct' || account.limited;
}
