import { anyContext, userContexts, type Endpoint } from './endpoint.ts';
import { present } from './present.ts';
import { openRules, readOrder } from './posting.ts';
import { forbidden, Problem, toNotFound } from './problem.ts';
import { idOf, readIds } from './query.ts';
import { readSelection, speak } from './selection.ts';
import type { Server } from './server.ts';
import { hasLink } from './text.ts';

const nothingChosen = { post: new Set<string>(), expansions: new Set<string>() };

/** Posts: look them up, make one, take it back. */
export const listPostEndpoints = (server: Server): readonly Endpoint[] => {
  const { world, render, sightOf, vocabulary } = server;
  const rules = openRules(server);
  return [
    {
      method: 'GET', path: '/2/tweets', schemes: anyContext, limits: { user: 5000, app: 3500 },
      answer({ url: { searchParams: query } }, { user }) {
        const selection = readSelection(query, 'posts', vocabulary, ['ids']);
        const sight = sightOf(user?.id);
        const found = readIds(query).map((id) => sight.find(id, 'data', 'ids'));
        const missing = found.flatMap((each) => ('error' in each ? [each.error] : []));
        const { data, beside, charges } = present(world, render, sight, selection, 'post read', found.flatMap((each) => ('error' in each ? [] : [each])), missing);
        return { body: speak(selection.vocabulary, { ...(data.length > 0 && { data }), ...beside }), charges };
      },
    },
    {
      method: 'GET', path: '/2/tweets/:id', schemes: anyContext, limits: { user: 900, app: 450 },
      answer(call, { user }) {
        const selection = readSelection(call.url.searchParams, 'posts', vocabulary);
        const sight = sightOf(user?.id);
        const found = sight.find(idOf(call), 'data', 'id');
        if ('error' in found) return { body: { errors: [found.error] } };
        const { data: [data], beside, charges } = present(world, render, sight, selection, 'post read', [found]);
        return { body: speak(selection.vocabulary, { data, ...beside }), charges };
      },
    },
    {
      method: 'POST', path: '/2/tweets', schemes: userContexts, limits: { user: 100, app: 0 },
      answer({ body }, { user, isPerson }) {
        if (user === undefined) throw forbidden('You are not permitted to perform this action.');
        const order = readOrder(body);
        const isSummoned = rules.check(order, user, isPerson);
        const text = order.text ?? '';
        const post = world.say({
          by: user, text, replyTo: order.reply?.in_reply_to_tweet_id, excluded: order.reply?.exclude_reply_user_ids, quoteOf: order.quote_tweet_id, replySettings: order.reply_settings,
        });
        const what = hasLink(text) ? 'post with a link' : isSummoned ? 'summoned reply' : 'post';
        // The names of this answer are the old ones in every specification.
        return { status: 201, body: { data: render.toPost(post, nothingChosen) }, charges: [{ what }] };
      },
    },
    {
      method: 'DELETE', path: '/2/tweets/:id', schemes: userContexts, limits: { user: 50, app: 0 },
      answer(call, { user }) {
        const id = idOf(call);
        const post = world.post(id);
        if (post === undefined) throw new Problem(404, { ...toNotFound('tweet', 'id', id), status: 404 });
        if (post.authorId !== user?.id) throw forbidden('You are not authorized to delete this Tweet.');
        world.remove(post);
        return { body: { data: { deleted: true } }, charges: [{ what: 'delete' }] };
      },
    },
  ];
};
