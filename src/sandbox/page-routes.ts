import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { packageFile } from '../package-root.ts';
import { sendPage } from './account-routes.ts';
import { openEventStream } from './event-stream.ts';
import { baseOf, paramOf, queryOf } from './front-door.ts';
import { readPage } from './paging.ts';
import { notFound } from './refusal.ts';
import { toAvatar, type Renderer } from './render.ts';
import type { World } from './world.ts';

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
  '.json': 'application/json', '.webmanifest': 'application/manifest+json',
};

/** Dates of the feed stand still for this long, so that its ETag can hold. */
const feedStepMs = 300_000;

/** A feed as it is at a moment: `{{minutes-ago:N}}` becomes the date of N minutes before it. */
const toFeed = (template: string, nowMs: number): string => {
  const step = Math.floor(nowMs / feedStepMs) * feedStepMs;
  return template.replace(/\{\{minutes-ago:(\d+)\}\}/g, (_, minutes: string) => new Date(step - Number(minutes) * 60_000).toUTCString());
};

const sendFile = (reply: FastifyReply, name: string): FastifyReply => {
  const type = types[extname(name)];
  const path = packageFile('src', 'sandbox', 'page', name);
  if (type === undefined || !/^\w[\w.-]*$/.test(name) || !existsSync(path)) throw notFound();
  return reply.type(type).header('content-security-policy', policy).header('referrer-policy', 'no-referrer').header('cache-control', 'no-cache').send(readFileSync(path));
};

/** A picture that may do nothing but be looked at. */
export const sendDrawing = (reply: FastifyReply, svg: string): FastifyReply =>
  reply.type('image/svg+xml').header('content-security-policy', "default-src 'none'").header('cache-control', 'max-age=300').send(svg);

/** The web page of the sandbox and what it lives on, seen with the eyes of `visitor`. */
export const addPageRoutes = (
  app: FastifyInstance, world: World, render: Renderer, options: { readonly feedFile: string; readonly receipt: (statusId: string) => Promise<unknown> },
): void => {
  const visitorId = (): string => world.ensureAccount('visitor').id;

  app.get('/', (_request, reply) => sendFile(reply, 'index.html'));
  app.get('/sandbox/page/:name', (request, reply) => sendFile(reply, paramOf(request, 'name')));
  // Where the links in posts lead: the page, at that post, person or tag.
  app.get('/@:handle', (request, reply) => reply.redirect(`/#@${encodeURIComponent(paramOf(request, 'handle'))}`));
  app.get('/@:handle/:id', (request, reply) => reply.redirect(`/#${encodeURIComponent(paramOf(request, 'id'))}`));
  app.get('/tags/:tag', (request, reply) => reply.redirect(`/#tag-${encodeURIComponent(paramOf(request, 'tag'))}`));

  app.get('/sandbox/avatars/:file', (request, reply) => {
    const account = world.accountNamed(paramOf(request, 'file').replace(/\.svg$/, ''));
    if (account === undefined) throw notFound();
    return sendDrawing(reply, toAvatar(account));
  });
  app.get('/sandbox/header.svg', (_request, reply) =>
    sendDrawing(reply, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 32"><rect width="96" height="32" fill="#334155"/></svg>'));

  app.get('/feed.xml', (request, reply) => {
    if (!existsSync(options.feedFile)) throw notFound();
    const feed = toFeed(readFileSync(options.feedFile, 'utf8'), Date.now());
    const tag = `"${createHash('sha256').update(feed).digest('base64url').slice(0, 22)}"`;
    void reply.header('etag', tag).type('application/rss+xml; charset=utf-8');
    return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.send(feed);
  });

  app.get('/sandbox/receipts/:statusId', async (request) => {
    const status = world.status(paramOf(request, 'statusId'));
    if (status === undefined || !world.isVisible(status, visitorId())) throw notFound();
    const receipt = await options.receipt(status.id);
    if (receipt === undefined || receipt === null) throw notFound();
    return receipt;
  });

  app.get('/sandbox/timeline', (request, reply) => {
    const view = { base: baseOf(request), viewerId: visitorId() };
    const page = readPage(world.timeline, queryOf(request), { usual: 40, most: 200 }, (status) => world.isVisible(status, view.viewerId));
    return sendPage(request, reply, page.map((status) => render.toStatus(status, view)));
  });

  app.get('/sandbox/events', (request, reply) => {
    const view = { base: baseOf(request), viewerId: visitorId() };
    const say = openEventStream(reply, () => silence());
    const silence = world.listen((happening) => {
      if (happening.kind === 'notification' || !world.isVisible(happening.status, view.viewerId)) return;
      if (happening.kind === 'delete') say('delete', happening.status.id);
      else say('status', JSON.stringify(render.toStatus(happening.status, view)));
    });
    return reply;
  });
};
