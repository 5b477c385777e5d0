import type { Town } from '../town.ts';
import { appOnly, oauth2, userContexts, type Endpoint } from './endpoint.ts';
import { forbidden, invalidRequest, type Json } from './problem.ts';
import { readNames, readNumber, refuseUnknown } from './query.ts';
import type { Server } from './server.ts';
import { readTags } from './text.ts';

const dayMs = 86_400_000;

/** How far back a post makes a trend. */
const reachMs = 7 * dayMs;

const only = (members: Json, wanted: readonly string[]): Json => (wanted.length === 0 ? members : Object.fromEntries(Object.entries(members).filter(([name]) => wanted.includes(name))));

/** What people are on about: tags of their posts, on top of what the town was born with. */
export const listTrendEndpoints = ({ world }: Server, town: Town | undefined, isPremium: boolean): readonly Endpoint[] => {
  const trends = (): readonly { readonly name: string; readonly count: number; readonly since: number }[] => {
    const found = new Map((town?.trends ?? []).map(({ tag, uses }) => [tag.toLowerCase(), { name: `#${tag}`, count: uses, since: world.now() - dayMs }]));
    for (const { text, createdAt } of world.posts().filter((post) => world.now() - post.createdAt < reachMs && world.isVisible(post, undefined))) {
      for (const tag of readTags(text)) {
        const known = found.get(tag.toLowerCase()) ?? { name: `#${tag}`, count: 0, since: createdAt };
        found.set(tag.toLowerCase(), { name: known.name, count: known.count + 1, since: Math.min(known.since, createdAt) });
      }
    }
    return [...found.values()].sort((a, b) => b.count - a.count);
  };
  return [
    {
      method: 'GET', path: '/2/trends/by/woeid/:woeid', schemes: [oauth2, appOnly], limits: { user: 75, app: 75 },
      answer({ url: { searchParams: query }, params: { woeid = '' } }) {
        refuseUnknown(query, ['max_trends', 'trend.fields']);
        if (!/^\d{1,9}$/.test(woeid)) throw invalidRequest(`The \`woeid\` query parameter value [${woeid}] is not valid`, 'woeid', woeid);
        const wanted = readNames(query, 'trend.fields', ['trend_name', 'tweet_count']);
        const data = trends().slice(0, readNumber(query, 'max_trends', 1, 50, 20)).map(({ name, count }) => only({ trend_name: name, tweet_count: count }, wanted));
        return { body: data.length > 0 ? { data } : {}, charges: [{ what: 'trends request' }] };
      },
    },
    {
      method: 'GET', path: '/2/users/personalized_trends', schemes: userContexts, limits: { user: 10, app: 0 },
      answer({ url: { searchParams: query } }) {
        refuseUnknown(query, ['personalized_trend.fields']);
        const wanted = readNames(query, 'personalized_trend.fields', ['category', 'post_count', 'trend_name', 'trending_since']);
        if (!isPremium) throw forbidden('Personalized trends are for accounts with a Premium subscription.');
        const data = trends().map(({ name, count, since }) =>
          only({ trend_name: name, category: 'Trending', post_count: `${count} posts`, trending_since: `${Math.ceil((world.now() - since) / 3_600_000)} hours ago` }, wanted));
        return { body: data.length > 0 ? { data } : {}, charges: [{ what: 'trends request' }] };
      },
    },
  ];
};
