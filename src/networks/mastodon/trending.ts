import type { mastodon } from 'masto';
import type { ContextItem } from '../../core/types.ts';
import { PermanentError } from '../../core/errors.ts';
import type { Gate } from './gate.ts';
import { htmlToText } from './html-to-text.ts';
import { toPost } from './to-post.ts';
import { list, readEach, status, trendingLink, trendingTag, type WireStatus } from './wire.ts';

/** Asks for something, through a gate. `path`: where it is. */
export type Read = (what: string, path: string, call: () => PromiseLike<{ readonly data: unknown; readonly headers: Headers }>, gate?: Gate) => Promise<unknown>;
/** A trend before its heat is known. */
type Trend = Omit<ContextItem, 'heat'> & { readonly count: number };

/** Tags, links and posts that a server says are trending. A list that it does not have, or does not show us, is empty. */
export async function readTrends(client: mastodon.rest.Client, read: Read, { domain, account }: { readonly domain: string; readonly account: string }, now: Date): Promise<readonly ContextItem[]> {
  const listOf = async (...[what, path, call]: Parameters<Read>): Promise<readonly unknown[]> => {
    try {
      return list.safeParse(await read(what, path, call)).data ?? [];
    } catch (error) {
      if (error instanceof PermanentError) return [];
      throw error;
    }
  };
  const [tags, links, posts] = await Promise.all([
    listOf('trending tags', '/api/v1/trends/tags', () => client.v1.trends.tags.list.$raw({ limit: 20 })),
    listOf('trending links', '/api/v1/trends/links', () => client.v1.trends.links.list.$raw({ limit: 20 })),
    listOf('trending posts', '/api/v1/trends/statuses', () => client.v1.trends.statuses.list.$raw({ limit: 40 })),
  ]);
  // Tags carry no time of their own. By the hour, so that a refresh that brought nothing new changes nothing.
  const at = `${now.toISOString().slice(0, 13)}:00:00.000Z`;
  const base = { source: domain } as const;
  const toTag = (name: string, count: number, url: string | undefined): Trend =>
    ({ ...base, id: `mastodon:${domain}:tag:${name.toLowerCase()}`, kind: 'tag', text: `#${name}`, count, at, ...(url !== undefined && { url }) });
  const toSaid = (wire: WireStatus): readonly Trend[] => {
    const { network, id, url, text, createdAt, language, author } = toPost(wire);
    const count = wire.reblogsCount + wire.favouritesCount;
    return text === '' ? [] : [{ ...base, id: `mastodon:${domain}:post:${id}`, kind: 'post' as const, text, url, post: { network: 'mastodon', account, id }, count, at: createdAt, by: { network, id: author.id, handle: author.handle }, ...(language !== undefined && { language }) }];
  };
  if (tags.length + links.length + posts.length === 0) {
    // Many servers list no trends: what is said in public stands in.
    const said = readEach(status, await listOf('the public timeline', '/api/v1/timelines/public', () => client.v1.timelines.public.list.$raw({ limit: 40 }))).filter(mayBeShown);
    const busiest = countTags(said).slice(0, tagsAsked);
    const asked = await Promise.all(busiest.map(async ({ name }) => {
      const path = encodeURIComponent(name);
      return readEach(status, await listOf('a tag', `/api/v1/timelines/tag/${path}`, () => client.v1.timelines.tag.$select(path).list.$raw({ limit: 40 }))).filter(mayBeShown);
    }));
    return [...withHeat(countTags([...said, ...asked.flat()]).slice(0, 20).map(({ name, people: count, url }) => toTag(name, count, url))), ...withHeat(said.flatMap(toSaid))];
  }
  return [
    ...withHeat(readEach(trendingTag, tags).map(({ name, url, history }) => toTag(name, people(history), url))),
    ...withHeat(readEach(trendingLink, links).map(({ url, title, description, publishedAt, language, history }) => ({
      ...base, id: `mastodon:${domain}:link:${url}`, kind: 'link', text: title, url, count: people(history), at: publishedAt ?? at,
      ...(description !== '' && { summary: description }), ...(language !== undefined && { language }),
    }))),
    ...withHeat(readEach(status, posts).filter(mayBeShown).flatMap(toSaid)),
  ];
}

/** How many of the busiest tags are looked at once more, each in its own timeline. */
const tagsAsked = 3;

/** Tags by how many people use them, the busiest first. */
function countTags(posts: readonly WireStatus[]): readonly { readonly name: string; readonly people: number; readonly url: string | undefined }[] {
  const found = new Map<string, { name: string; url: string | undefined; by: Set<string> }>();
  for (const { tags, account } of posts) {
    for (const { name, url } of tags) {
      if (name === '') continue;
      const one = found.get(name.toLowerCase()) ?? { name, url, by: new Set() };
      one.by.add(account.id);
      found.set(name.toLowerCase(), one);
    }
  }
  return [...found.values()].map(({ name, url, by }) => ({ name, url, people: by.size })).toSorted((a, b) => b.people - a.people || (a.name < b.name ? -1 : 1));
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
  return !/#no(?:bots?|ai|llm|index)\b/i.test(htmlToText(account.note).text);
}
