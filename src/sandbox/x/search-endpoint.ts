import { anyContext, type Endpoint } from './endpoint.ts';
import { pageParameters, readPage } from './page.ts';
import { present } from './present.ts';
import { invalidRequest } from './problem.ts';
import { readNames } from './query.ts';
import { readSearch } from './search.ts';
import { readSelection, speak } from './selection.ts';
import type { Server } from './server.ts';

/** How far back recent search reaches. */
const reachMs = 7 * 86_400_000;

/** Most letters of a query on self-serve access. */
const longestQuery = 512;

/** Public posts of the last week by what is in them. */
export const listSearchEndpoint = ({ world, render, sightOf, vocabulary }: Server): Endpoint => ({
  method: 'GET', path: '/2/tweets/search/recent', schemes: anyContext, limits: { user: 300, app: 450 },
  answer({ url: { searchParams: query } }) {
    const selection = readSelection(query, 'posts', vocabulary, ['query', 'next_token', 'sort_order', ...pageParameters]);
    const asked = query.get('query') ?? '';
    if (asked === '' || asked.length > longestQuery) throw invalidRequest(`The \`query\` query parameter value has a length of ${asked.length}, not between 1 and ${longestQuery}`, 'query', asked);
    const [order] = readNames(query, 'sort_order', ['recency', 'relevancy']);
    const matches = readSearch(asked, world);
    // What only some may read is not found, whoever asks.
    const sight = sightOf(undefined);
    const found = world.posts().filter((post) => world.now() - post.createdAt < reachMs && sight.isVisible(post) && matches(post));
    const { page, meta } = readPage(found, query, { least: 10, most: 100, usual: 10 }, query.has('next_token') ? 'next_token' : 'pagination_token');
    const ordered = order === 'relevancy' ? page.toSorted((a, b) => b.likes - a.likes) : page;
    const { data, beside, charges } = present(world, render, sight, selection, 'post read', ordered);
    return { body: speak(selection.vocabulary, { ...(data.length > 0 && { data }), ...beside, meta }), charges };
  },
});
