import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from './account-routes.ts';
import { baseOf, paramOf, queryOf, type Guests } from './front-door.ts';
import { readFlag, readNumber, readText } from './fields.ts';
import { readPage } from './paging.ts';
import type { StatusRecord } from './records.ts';
import { Refusal } from './refusal.ts';
import { tagUrl, type Renderer } from './render.ts';
import { isAtHome, isInPublic } from './streams.ts';
import type { Trends } from './trends.ts';
import type { World } from './world.ts';

/** Lists of posts: timelines, trends and search. */
export const addTimelineRoutes = (app: FastifyInstance, world: World, guests: Guests, render: Renderer, trends: Trends): void => {
  const send = (request: FastifyRequest, reply: FastifyReply, keep: (status: StatusRecord) => boolean): FastifyReply => {
    const view = guests.view(request);
    const page = readPage(world.timeline, queryOf(request), { usual: 20, most: 40 }, keep);
    return sendPage(request, reply, page.map((status) => render.toStatus(status, view)));
  };
  // Everybody is local here, and nothing has attachments.
  const isEmpty = (request: FastifyRequest): boolean => readFlag(queryOf(request), 'remote') === true || readFlag(queryOf(request), 'only_media') === true;

  app.get('/api/v1/timelines/home', (request, reply) => {
    const me = guests.member(request);
    return send(request, reply, (status) => isAtHome(world, status, me.id));
  });

  app.get('/api/v1/timelines/public', (request, reply) => send(request, reply, (status) => !isEmpty(request) && isInPublic(status)));

  app.get('/api/v1/timelines/tag/:tag', (request, reply) => {
    const tag = paramOf(request, 'tag').toLowerCase();
    return send(request, reply, (status) => !isEmpty(request) && status.visibility === 'public' && status.tags.includes(tag));
  });

  const slice = <T>(request: FastifyRequest, list: readonly T[], usual: number, most: number): readonly T[] => {
    const query = queryOf(request);
    const offset = readNumber(query, 'offset', 0, Number.MAX_SAFE_INTEGER);
    return list.slice(offset, offset + readNumber(query, 'limit', usual, most));
  };

  // The bare path is the older name of the tags.
  for (const path of ['/api/v1/trends', '/api/v1/trends/tags']) app.get(path, (request) => slice(request, trends.tags(baseOf(request)), 10, 20));
  app.get('/api/v1/trends/links', (request) => slice(request, trends.links(), 10, 20));
  app.get('/api/v1/trends/statuses', (request) => {
    const view = guests.view(request);
    return slice(request, trends.statuses(), 20, 40).map((status) => render.toStatus(status, view));
  });

  app.get('/api/v2/search', (request) => {
    const view = guests.view(request);
    const query = queryOf(request);
    const type = readText(query, 'type');
    const isMember = view.viewerId !== undefined;
    if (!isMember && (readFlag(query, 'resolve') === true || readText(query, 'offset') !== undefined)) throw new Refusal(401, 'Search queries pagination is not supported without authentication');
    const words = (readText(query, 'q') ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '');
    const isHit = (...texts: readonly string[]): boolean => words.length > 0 && words.every((word) => texts.some((text) => text.toLowerCase().includes(word)));
    const find = <T>(kind: string, list: () => readonly T[]): readonly T[] => (type === undefined || type === kind ? slice(request, list(), 20, 40) : []);
    const bare = words.map((word) => word.replace(/^#/, ''));
    return {
      accounts: find('accounts', () => world.accounts().filter(({ handle, name }) => isHit(`@${handle}`, name))).map((account) => render.toAccount(account, view)),
      // Without a token Mastodon finds no posts.
      statuses: find('statuses', () => (isMember ? world.timeline.toReversed().filter((status) =>
        (status.visibility === 'public' || status.accountId === view.viewerId) && status.reblogOf === null && isHit(status.text, status.spoiler)) : []))
        .map((status) => render.toStatus(status, view)),
      hashtags: find('hashtags', () => trends.tags(baseOf(request)).filter(({ name }) => bare.some((word) => String(name).includes(word))))
        .map((tag) => ({ ...tag, url: tagUrl(baseOf(request), String(tag['name'])) })),
    };
  });
};
