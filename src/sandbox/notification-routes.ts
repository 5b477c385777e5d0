import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendPage } from './account-routes.ts';
import { bodyOf, paramOf, queryOf, type Guests } from './front-door.ts';
import { readFlag, readList, readText } from './fields.ts';
import { readPage, type PageRules } from './paging.ts';
import { verdicts, type AccountRecord, type NotificationRecord, type Policy } from './records.ts';
import { notFound } from './refusal.ts';
import type { Json, Renderer } from './render.ts';
import type { World } from './world.ts';

/** What concerns an account, and what it lets through. */
export const addNotificationRoutes = (app: FastifyInstance, world: World, guests: Guests, render: Renderer, rules: PageRules): void => {
  const named = (request: FastifyRequest): NotificationRecord => {
    const found = world.notifications(guests.member(request).id).find(({ id }) => id === paramOf(request, 'id'));
    if (found === undefined) throw notFound();
    return found;
  };

  app.get('/api/v1/notifications', (request, reply) => {
    const me = guests.member(request);
    const query = queryOf(request);
    const [wanted, unwanted] = [new Set(readList(query, 'types')), new Set(readList(query, 'exclude_types'))];
    const from = readText(query, 'account_id');
    const isFilteredToo = readFlag(query, 'include_filtered') === true;
    const page = readPage(world.notifications(me.id), query, rules, (item) => (wanted.size === 0 || wanted.has(item.type))
      && !unwanted.has(item.type) && (from === undefined || item.from === from) && (isFilteredToo || !item.filtered));
    const view = guests.view(request);
    return sendPage(request, reply, page.map((item) => render.toNotification(item, view)));
  });

  app.get('/api/v1/notifications/:id', (request) => render.toNotification(named(request), guests.view(request)));

  app.post('/api/v1/notifications/:id/dismiss', (request) => {
    const { to, id } = named(request);
    world.commit({ kind: 'dismiss', account: to, id });
    return {};
  });

  app.post('/api/v1/notifications/clear', (request) => {
    world.commit({ kind: 'dismiss', account: guests.member(request).id, id: null });
    return {};
  });

  const toPolicy = (account: AccountRecord): Json => {
    const held = world.notifications(account.id).filter(({ filtered }) => filtered);
    return { ...account.policy, summary: { pending_requests_count: new Set(held.map(({ from }) => from)).size, pending_notifications_count: held.length } };
  };

  app.get('/api/v2/notifications/policy', (request) => toPolicy(guests.member(request)));

  app.patch('/api/v2/notifications/policy', (request) => {
    const me = guests.member(request);
    const body = bodyOf(request);
    const asked = (name: keyof Policy) => verdicts.find((known) => known === readText(body, name)) ?? me.policy[name];
    const account: AccountRecord = {
      ...me,
      policy: {
        for_not_following: asked('for_not_following'), for_not_followers: asked('for_not_followers'), for_new_accounts: asked('for_new_accounts'),
        for_private_mentions: asked('for_private_mentions'), for_limited_accounts: asked('for_limited_accounts'),
      },
    };
    world.commit({ kind: 'account', account });
    return toPolicy(account);
  });
};
