import type { mastodon } from 'masto';
import type { ContextItem } from '../../core/types.ts';
import { PermanentError } from '../../core/errors.ts';
import { htmlToText } from './html-to-text.ts';
import { toPost } from './to-post.ts';
import { list, readEach, status, trendingLink, trendingTag, type WireStatus } from './wire.ts';

type Read = <T>(what: string, call: () => PromiseLike<T>) => Promise<T>;
/** A trend before its heat is known. */
type Trend = Omit<ContextItem, 'heat'> & { readonly count: number };

/** Tags, links and posts that a server says are trending. A list that it does not have, or does not show us, is empty. */
export async function readTrends(client: mastodon.rest.Client, read: Read, domain: string, now: Date): Promise<readonly ContextItem[]> {
  const listOf = async (what: string, call: () => PromiseLike<unknown>): Promise<readonly unknown[]> => {
    try {
      return list.safeParse(await read(what, call)).data ?? [];
    } catch (error) {
      if (error instanceof PermanentError) return [];
      throw error;
    }
  };
  const [tags, links, posts] = await Promise.all([
    listOf('trending tags', () => client.v1.trends.tags.list({ limit: 20 })),
    listOf('trending links', () => client.v1.trends.links.list({ limit: 20 })),
    listOf('trending posts', () => client.v1.trends.statuses.list({ limit: 40 })),
  ]);
  // Tags carry no time of their own. By the hour, so that a refresh that brought nothing new changes nothing.
  const at = `${now.toISOString().slice(0, 13)}:00:00.000Z`;
  const base = { source: domain } as const;
  return [
    ...withHeat(readEach(trendingTag, tags).map(({ name, url, history }) => ({
      ...base, id: `mastodon:${domain}:tag:${name.toLowerCase()}`, kind: 'tag', text: `#${name}`, count: people(history), at, ...(url !== undefined && { url }),
    }))),
    ...withHeat(readEach(trendingLink, links).map(({ url, title, description, publishedAt, language, history }) => ({
      ...base, id: `mastodon:${domain}:link:${url}`, kind: 'link', text: title, url, count: people(history), at: publishedAt ?? at,
      ...(description !== '' && { summary: description }), ...(language !== undefined && { language }),
    }))),
    ...withHeat(readEach(status, posts).filter(mayBeShown).flatMap(wire => {
      const { id, url, text, createdAt, language } = toPost(wire);
      return text === '' ? [] : [{
        ...base, id: `mastodon:${domain}:post:${id}`, kind: 'post' as const, text, url, count: wire.reblogsCount + wire.favouritesCount, at: createdAt,
        ...(language !== undefined && { language }),
      }];
    })),
  ];
}

/** Relative to the hottest of the same kind: people who used a tag and people who liked a post are not to be compared. */
function withHeat(trends: readonly Trend[]): readonly ContextItem[] {
  const most = Math.max(1, ...trends.map(({ count }) => count));
  return trends.map(trend => ({ ...trend, heat: trend.count / most }));
}

/** Today's and yesterday's: at midnight today's alone would be nobody. */
function people(history: readonly { readonly accounts: number }[]): number {
  return history.slice(0, 2).reduce((sum, { accounts }) => sum + accounts, 0);
}

/** Only what was said to everybody, by people who have not asked to be left alone by machines. */
function mayBeShown({ visibility, spoilerText, sensitive, account }: WireStatus): boolean {
  if (visibility !== 'public' || sensitive || spoilerText !== '') return false;
  if (account.bot || account.noindex || account.limited || account.suspended) return false;
  return !/#no(?:bot|index)\b/i.test(htmlToText(account.note).text);
}
