import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { baseOf, bodyOf, paramOf, queryOf, type Guests } from './front-door.ts';
import { readFields, readFlag, readList, readText } from './fields.ts';
import { readPage, toLinkHeader } from './paging.ts';
import { toNotification } from './posting.ts';
import { visibilities, type AccountRecord } from './records.ts';
import { notFound } from './refusal.ts';
import type { Json, Renderer } from './render.ts';
import type { World } from './world.ts';

/** Sends a page with its Link header. */
export const sendPage = (request: FastifyRequest, reply: FastifyReply, page: readonly Json[]): FastifyReply => {
  const link = toLinkHeader(new URL(request.url, baseOf(request)), page.map(({ id }) => ({ id: String(id) })));
  if (link !== undefined) void reply.header('link', link);
  return reply.send(page);
};

/** People: who I am, who they are, what they said, who follows whom. */
export const addAccountRoutes = (app: FastifyInstance, world: World, guests: Guests, render: Renderer, domain: string): void => {
  const named = (request: FastifyRequest): AccountRecord => {
    const account = world.account(paramOf(request, 'id'));
    if (account === undefined) throw notFound();
    return account;
  };

  const toRelationship = (from: string, to: string): Json => ({
    id: to, following: world.follows(from, to), followed_by: world.follows(to, from), showing_reblogs: true, notifying: false, languages: null,
    blocking: false, blocked_by: false, muting: false, muting_notifications: false, muting_expires_at: null, requested: false, requested_by: false,
    domain_blocking: false, endorsed: false, note: '',
  });

  app.get('/api/v1/accounts/verify_credentials', (request) => render.toOwnAccount(guests.member(request), guests.view(request)));

  app.patch('/api/v1/accounts/update_credentials', (request) => {
    const me = guests.member(request);
    const body = bodyOf(request);
    const source = readFields(body['source']);
    const account: AccountRecord = {
      ...me, name: readText(body, 'display_name') ?? me.name, note: readText(body, 'note') ?? me.note, bot: readFlag(body, 'bot') ?? me.bot, locked: readFlag(body, 'locked') ?? me.locked,
      privacy: visibilities.find((known) => known === readText(source, 'privacy')) ?? me.privacy,
      sensitive: readFlag(source, 'sensitive') ?? me.sensitive, language: readText(source, 'language') ?? me.language,
    };
    world.commit({ kind: 'account', account });
    return render.toOwnAccount(account, guests.view(request));
  });

  app.get('/api/v1/accounts/lookup', (request) => {
    const [handle = '', host] = (readText(queryOf(request), 'acct') ?? '').replace(/^@/, '').split('@');
    const account = host === undefined || host.toLowerCase() === domain ? world.accountNamed(handle) : undefined;
    if (account === undefined) throw notFound();
    return render.toAccount(account, guests.view(request));
  });

  app.get('/api/v1/accounts/relationships', (request) => {
    const me = guests.member(request);
    return readList(queryOf(request), 'id').filter((id) => world.account(id) !== undefined).map((id) => toRelationship(me.id, id));
  });

  app.get('/api/v1/accounts/:id', (request) => render.toAccount(named(request), guests.view(request)));

  app.get('/api/v1/accounts/:id/statuses', (request, reply) => {
    const account = named(request);
    const view = guests.view(request);
    const query = queryOf(request);
    const [isWithoutReplies, isWithoutReblogs] = [readFlag(query, 'exclude_replies'), readFlag(query, 'exclude_reblogs')];
    const tag = readText(query, 'tagged')?.toLowerCase();
    // Nothing here has attachments or can be pinned.
    const isEmpty = readFlag(query, 'only_media') === true || readFlag(query, 'pinned') === true;
    const page = isEmpty ? [] : readPage(world.timeline, query, { usual: 20, most: 40 }, (status) => status.accountId === account.id
      && !(isWithoutReplies && status.replyToAccount !== null && status.replyToAccount !== account.id)
      && !(isWithoutReblogs && status.reblogOf !== null) && (tag === undefined || status.tags.includes(tag)) && world.isVisible(status, view.viewerId));
    return sendPage(request, reply, page.map((status) => render.toStatus(status, view)));
  });

  for (const on of [true, false]) {
    app.post(`/api/v1/accounts/:id/${on ? 'follow' : 'unfollow'}`, (request) => {
      const me = guests.member(request);
      const to = named(request);
      if (to.id !== me.id && world.follows(me.id, to.id) !== on) {
        const notification = on ? toNotification(world, 'follow', me, to.id, undefined, Date.now()) : undefined;
        world.commit({ kind: 'follow', from: me.id, to: to.id, on, notifications: notification === undefined ? [] : [notification] });
      }
      return toRelationship(me.id, to.id);
    });
  }
};
