import { ApiResponseError } from 'twitter-api-v2';
import type { z } from 'zod';
import { PermanentError, TemporaryError } from '../../core/errors.ts';
import type { ContextItem } from '../../core/types.ts';
import type { Account } from './account.ts';
import type { Request } from './client.ts';
import { toForgetAt, toPost } from './to-post.ts';
import { askForPosts } from './vocabulary.ts';
import { nothing, postList, trendList } from './wire.ts';

const mostTrends = 20;
/** Money for a look is set aside for as long as one may take. */
const trendsMs = 60_000;
/** The smallest search that X takes. */
export const searchSize = 10;

/** What is trending on X, for the price of one request. Which list can be had depends on the login. */
export function openTrending(account: Account, canAskByPlace: boolean): () => Promise<readonly ContextItem[]> {
  const { settings: { woeid, prices, bearer, budget }, meter, clock } = account;
  /** Only for Premium accounts; a refusal stays one. */
  let isPersonal = true;
  const byPlace = () => account.read(trendList, 'trends', { method: 'get', path: `trends/by/woeid/${woeid}`, query: { max_trends: mostTrends }, asApp: bearer !== undefined });
  const personal = async () => {
    try {
      return await account.read(trendList, 'personal trends', { method: 'get', path: 'users/personalized_trends' });
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      isPersonal = false;
      return undefined;
    }
  };
  const pay = async <T>(read: () => Promise<T | undefined>): Promise<T | undefined> => {
    const { granted } = await meter.reserve('trends', prices.trends, prices.trends, budget.perDay, trendsMs);
    if (granted === 0 && prices.trends > 0) throw new TemporaryError('trends are left out: the budget of the day is spent');
    try {
      const trends = await read();
      if (trends) meter.charge({ what: 'trends', price: prices.trends });
      return trends;
    } finally {
      await meter.reserve('trends', 0, 0, budget.perDay, 0);
    }
  };
  return async () => {
    if (woeid === 0 || (!canAskByPlace && !isPersonal)) return [];
    const trends = await pay(() => (canAskByPlace ? byPlace() : personal()));
    if (!trends) return [];
    const most = Math.max(1, ...trends.map(({ count }) => count ?? 0));
    // By the hour, so that a look that brought nothing new changes nothing.
    const at = `${new Date(clock.now()).toISOString().slice(0, 13)}:00:00.000Z`;
    return trends.map(({ name, count }, place) => ({
      id: `x:trend:${name.toLowerCase()}`, source: 'X', kind: 'tag', text: name, at, cost: prices.trends / trends.length,
      // X lists the hottest first, and does not count all of them.
      heat: count === undefined ? (trends.length - place) / trends.length : count / most,
      ...(count !== undefined && { count }),
    }));
  };
}

/** A search whose answer never came may have been billed all the same: it is booked at its most. */
async function readOrBook({ read, meter, settings: { prices } }: Account, request: Request): Promise<z.output<typeof postList>> {
  try {
    return await read(postList, 'a search', request);
  } catch (error) {
    const isRefused = error instanceof PermanentError || (error instanceof TemporaryError && error.cause instanceof ApiResponseError);
    if (!isRefused) meter.charge({ what: 'search without an answer', price: prices.post * searchSize });
    throw error;
  }
}

/** What people say about a topic, for the price of the posts that come back. */
export async function search(account: Account, topic: string, signal: AbortSignal): Promise<readonly ContextItem[]> {
  const { settings: { prices, webUrl }, meter, clock, self } = account;
  const words = topic.match(/[\p{L}\p{N}]{3,}/gu)?.slice(0, 6) ?? [];
  if (words.length === 0) return [];
  const { posts } = await readOrBook(account, {
    method: 'get', path: 'tweets/search/recent', signal,
    query: names => ({ query: `${words.join(' ')} -is:retweet`, max_results: searchSize, sort_order: 'relevancy', ...askForPosts(names) }),
  });
  meter.charge({ what: 'post read', price: prices.post, ids: posts.map(({ id }) => id) });
  const said = posts.filter(({ isSensitive, authorId, text, mentions }) => !isSensitive && authorId !== self.id && text.trim() !== '' && mentions.every(({ id }) => id !== self.id));
  const most = Math.max(1, ...said.map(({ heat }) => heat));
  return said.map(wire => {
    const { network, id, url, text, createdAt, language } = toPost(wire, { includes: nothing, webUrl, now: clock.now() });
    return { id: `x:post:${id}`, source: 'X', kind: 'post', text, url, heat: wire.heat / most, count: wire.heat, at: createdAt, cost: prices.post, forgetAt: toForgetAt(clock.now()), ...(wire.authorId !== undefined && { by: { network, id: wire.authorId, handle: '' } }), ...(language !== undefined && { language }) };
  });
}
