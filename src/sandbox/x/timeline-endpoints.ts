import { compareIds } from '../ids.ts';
import { anyContext, type Call, type Caller, type Endpoint, type Outcome } from './endpoint.ts';
import { present } from './present.ts';
import { invalidRequest, Problem, toNotFound } from './problem.ts';
import { idOf, readId, readNames, readNumber, readTime } from './query.ts';
import type { PostRecord } from './records.ts';
import { readSelection, speak } from './selection.ts';
import type { Server } from './server.ts';

/** How far back X's mention timeline reaches, and a user's. */
const reach = { mentions: 800, tweets: 3200 };

const pageParameters = ['max_results', 'since_id', 'until_id', 'start_time', 'end_time', 'pagination_token'];

/** A token stands for the last id of its page. */
const toToken = (id: string): string => `7140${BigInt(id).toString(36)}`;
const readToken = (query: URLSearchParams, name: string): string | undefined => {
  const value = query.get(name);
  if (value === null) return undefined;
  const digits = /^7140([0-9a-z]{1,13})$/.exec(value)?.[1];
  if (digits === undefined) throw invalidRequest(`The \`${name}\` query parameter value [${value}] is not valid`, name, value);
  return Array.from(digits).reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n).toString();
};

export interface PageSize { readonly least: number; readonly most: number; readonly usual: number }

/** The part of a list, newest first, that a query asks for, and what is said about it. */
export const readPage = (posts: readonly PostRecord[], query: URLSearchParams, { least, most, usual }: PageSize, tokenName = 'pagination_token') => {
  const count = readNumber(query, 'max_results', least, most, usual);
  const [since, until, before] = [readId(query, 'since_id'), readId(query, 'until_id'), readToken(query, tokenName)];
  const [start, end] = [readTime(query, 'start_time'), readTime(query, 'end_time')];
  const wanted = posts.filter(({ id, createdAt }) => (since === undefined || compareIds(id, since) > 0) && (until === undefined || compareIds(id, until) < 0)
    && (before === undefined || compareIds(id, before) < 0) && (start === undefined || createdAt >= start) && (end === undefined || createdAt < end));
  const page = wanted.slice(0, count);
  const [newest, oldest] = [page[0], page.at(-1)];
  return {
    page,
    meta: {
      result_count: page.length, ...(newest && oldest && { newest_id: newest.id, oldest_id: oldest.id }),
      ...(oldest && wanted.length > page.length && { next_token: toToken(oldest.id) }),
    },
  };
};

/** What somebody is told in, and what somebody said. */
export const listTimelineEndpoints = ({ world, bot, render, sightOf, vocabulary }: Server): readonly Endpoint[] => {
  const answer = (call: Call, caller: Caller, kind: keyof typeof reach, belongs: (post: PostRecord, userId: string) => boolean): Outcome => {
    const query = call.url.searchParams;
    const selection = readSelection(query, 'posts', vocabulary, kind === 'tweets' ? [...pageParameters, 'exclude'] : pageParameters);
    const excluded = readNames(query, 'exclude', ['replies', 'retweets']);
    const userId = idOf(call);
    if (world.user(userId) === undefined) throw new Problem(200, { errors: [toNotFound('user', 'id', userId)] });
    const sight = sightOf(caller.user?.id);
    const posts = world.posts().filter((post) => belongs(post, userId) && sight.isVisible(post) && !(excluded.includes('replies') && post.replyTo !== null)).slice(0, reach[kind]);
    const { page, meta } = readPage(posts, query, { least: 5, most: 100, usual: 10 });
    const isOwned = caller.user?.id === userId && userId === bot.id;
    const { data, beside, charges } = present(world, render, sight, selection, isOwned ? 'owned read' : 'post read', page);
    return { body: speak(selection.vocabulary, { ...(data.length > 0 && { data }), ...beside, meta }), charges };
  };
  return [
    {
      method: 'GET', path: '/2/users/:id/mentions', schemes: anyContext, limits: { user: 300, app: 450 },
      answer: (call, caller) => answer(call, caller, 'mentions', ({ authorId, implied, typed, quoteOfUser }, userId) =>
        authorId !== userId && (typed.includes(userId) || implied.includes(userId) || quoteOfUser === userId)),
    },
    {
      method: 'GET', path: '/2/users/:id/tweets', schemes: anyContext, limits: { user: 900, app: 10_000 },
      answer: (call, caller) => answer(call, caller, 'tweets', ({ authorId }, userId) => authorId === userId),
    },
  ];
};
