import { anyContext, type Call, type Caller, type Endpoint, type Outcome } from './endpoint.ts';
import { pageParameters, readPage } from './page.ts';
import { present } from './present.ts';
import { Problem, toNotFound } from './problem.ts';
import { idOf, readNames } from './query.ts';
import type { PostRecord } from './records.ts';
import { readSelection, speak } from './selection.ts';
import type { Server } from './server.ts';

/** How far back X's mention timeline reaches, and a user's. */
const reach = { mentions: 800, tweets: 3200 };

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
