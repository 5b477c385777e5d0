import type { FastifyInstance } from 'fastify';
import { openEventStream } from '../event-stream.ts';
import { paramOf } from '../front-door.ts';
import { sendDrawing } from '../page-routes.ts';
import { notFound } from '../refusal.ts';
import { toAvatar } from '../render.ts';
import type { Bill } from './bill.ts';
import type { Json } from './problem.ts';
import type { PostRecord, UserRecord } from './records.ts';
import type { World } from './world.ts';

/** Posts that the page begins with. */
const shownPosts = 60;

/** What the page of the sandbox lives on; it posts through the API itself, as a person. */
export const addPageRoutes = (app: FastifyInstance, world: World, bot: UserRecord, bill: Bill, receipt: ((postId: string) => Promise<unknown>) | undefined): void => {
  const handleOf = (id: string | null): string | null => world.user(id ?? '')?.handle ?? null;
  const toPagePost = (post: PostRecord): Json => {
    const author = world.user(post.authorId);
    return {
      id: post.id, author: { handle: author?.handle, name: author?.name, color: author?.color, avatar: author?.avatar }, text: post.text, language: post.lang === 'und' ? null : post.lang,
      createdAt: new Date(post.createdAt).toISOString(), replyTo: post.replyTo, replyToHandle: handleOf(post.replyToUser), quoteOf: post.quoteOf,
    };
  };

  app.get('/sandbox/x/timeline', () => ({
    bot: bot.handle, posts: world.posts().filter((post) => world.isVisible(post, undefined)).slice(0, shownPosts).map(toPagePost),
  }));

  // Where the address of a post leads: the page, at that post.
  app.get('/x/:handle/status/:id', (request, reply) => reply.redirect(`/#x-${encodeURIComponent(paramOf(request, 'id'))}`));

  app.get('/sandbox/x/avatars/:file', (request, reply) => {
    const user = world.userNamed(paramOf(request, 'file').replace(/\.svg$/, ''));
    if (user === undefined) throw notFound();
    return sendDrawing(reply, toAvatar(user));
  });

  app.get('/sandbox/x/bill', () => bill.read());

  app.get('/sandbox/x/receipts/:postId', async (request) => {
    const found = await receipt?.(paramOf(request, 'postId'));
    if (found === undefined || found === null) throw notFound();
    return found;
  });

  app.get('/sandbox/x/events', (_request, reply) => {
    const say = openEventStream(reply, () => silences.forEach((silence) => silence()));
    const silences = [
      world.listen(({ kind, post }) => {
        if (!world.isVisible(post, undefined)) return;
        say(kind, kind === 'delete' ? post.id : JSON.stringify(toPagePost(post)));
      }),
      bill.listen(() => say('bill', JSON.stringify(bill.read()))),
    ];
    return reply;
  });
};
