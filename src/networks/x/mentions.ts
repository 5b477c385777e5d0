import type { z } from 'zod';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { MentionPage } from '../../core/types.ts';
import type { Account } from './account.ts';
import { toMention } from './to-post.ts';
import { askForPosts, type Query } from './vocabulary.ts';
import { compareIds, postList, type Includes, type WirePost } from './wire.ts';

const pageSize = 100;
const smallestPage = 5;
/** X shows the latest 800 mentions and no more: eight full pages, in which deleted and hidden ones leave holes. */
const reach = 800;
/** A server that never comes to an end. */
const mostPages = 200;
/** A first start begins a little earlier, so that clocks may differ; whatever was there already is left alone. */
const startOverlapMs = 10_000;

type Found = { readonly posts: readonly WirePost[]; readonly includes: Includes; readonly newestId: string | undefined; readonly unreadable: number; readonly mayGoOn: boolean };

/** What follows a cursor: the newest mention that was seen, or, before there was one, the time of the first start. */
const toQuery = (cursor: string): Query => (cursor.startsWith('from:') ? { start_time: cursor.slice('from:'.length) } : { since_id: cursor });

/** The cursor of now. Nothing is paid where nobody tagged us in the last seconds. */
export async function startReading(account: Account): Promise<MentionPage> {
  const from = new Date(account.clock.now() - startOverlapMs).toISOString().replace(/\.\d+Z$/u, 'Z');
  const ask = (query: Query) => readPage(account, { max_results: smallestPage, ...query });
  let page: z.output<typeof postList>;
  try {
    page = await ask({ start_time: from });
  } catch (error) {
    // A clock that runs ahead asks for the future.
    if (!(error instanceof PermanentError) || error.about === 'account') throw error;
    page = await ask({});
  }
  charge(account, page.posts, undefined);
  const newest = newestOf(page);
  return { mentions: [], cursor: newest ?? `from:${from}`, more: false };
}

const newestOf = ({ newestId, posts }: z.output<typeof postList>): string | undefined => newestId ?? posts.map(({ id }) => id).toSorted(compareIds).at(-1);

/** Every mention after the cursor, oldest first. X tells the newest first, so all pages are read before the cursor moves: one that fails costs nothing. */
export async function readMentions(account: Account, cursor: string): Promise<MentionPage> {
  const found = await readAll(account, toQuery(cursor));
  for (const { id, username } of found.posts.flatMap(({ mentions }) => mentions)) if (id === account.self.id) account.hearName(username);
  const around = { includes: found.includes, webUrl: account.settings.webUrl, now: account.clock.now() };
  const gaps = [
    ...(found.mayGoOn ? [`${found.posts.length} mentions were waiting, and X shows no more than ${reach}, deleted ones among them: any older than ${found.posts[0]?.createdAt ?? 'these'} and newer than the last look may be out of reach`] : []),
    ...(found.unreadable > 0 ? [`${found.unreadable === 1 ? 'one mention' : `${found.unreadable} mentions`} could not be read and left out`] : []),
  ];
  return {
    mentions: found.posts.map(wire => toMention(wire, around, account.self)),
    cursor: found.newestId ?? cursor,
    more: false,
    ...(gaps.length > 0 && { gap: gaps.join('; ') }),
  };
}

async function readAll(account: Account, after: Query): Promise<Found> {
  const posts = new Map<string, WirePost>();
  const includes: Includes[] = [];
  let newestId: string | undefined;
  let unreadable = 0;
  let pages = 0;
  let token: string | undefined;
  do {
    const page = await readPage(account, { max_results: pageSize, ...after, ...(token !== undefined && { pagination_token: token }) }, true);
    // What comes after a page that is none is not known to be nothing.
    if (page.isBare) throw new TemporaryError(`${account.host} gave no usable answer to mentions: errors alone`);
    charge(account, page.posts, page.includes);
    newestId ??= newestOf(page);
    unreadable += page.unreadable;
    for (const post of page.posts) posts.set(post.id, post);
    includes.push(page.includes);
    token = page.nextToken === token ? undefined : page.nextToken;
    pages += 1;
  } while (token !== undefined && pages < mostPages);
  // Holes cannot be seen; half of eight pages is far more than are ever deleted.
  const mayGoOn = token !== undefined || (pages >= reach / pageSize && posts.size > reach / 2);
  return {
    posts: [...posts.values()].toSorted((one, other) => compareIds(one.id, other.id)), newestId, unreadable, mayGoOn,
    includes: { posts: includes.flatMap(each => each.posts), users: includes.flatMap(each => each.users), media: includes.flatMap(each => each.media) },
  };
}

const readPage = (account: Account, query: Query, whole = false): Promise<z.output<typeof postList>> => account.read(postList, 'mentions', {
  method: 'get', path: `users/${account.self.id}/mentions`,
  query: names => ({ ...query, ...(whole && askForPosts(names, { author: true, references: true, pictures: true })) }),
});

/** Each mention pays for itself and for what came along with it. */
function charge({ meter, settings: { prices, includesBilled } }: Account, posts: readonly WirePost[], includes: Includes | undefined): void {
  for (const { id, authorId, replyTo, quoted, mediaKeys } of posts) {
    meter.charge({ what: 'mention read', price: prices.mention, ids: [id], mention: id });
    if (!includes || !includesBilled) continue;
    const came = <T>(list: readonly T[], key: (each: T) => string, wanted: readonly (string | undefined)[]) => list.map(key).filter(each => wanted.includes(each));
    meter.charge({ what: 'user read', price: prices.user, ids: came(includes.users, each => each.id, [authorId]), mention: id });
    meter.charge({ what: 'post read', price: prices.post, ids: came(includes.posts, each => each.id, [replyTo, quoted]), mention: id });
    const pictures = includes.posts.filter(each => each.id === replyTo || each.id === quoted).flatMap(each => each.mediaKeys);
    meter.charge({ what: 'media read', price: prices.media, ids: came(includes.media, each => each.media_key, [...mediaKeys, ...pictures]), mention: id });
  }
}
