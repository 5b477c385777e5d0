// Makes the sandbox answer as another server does: other ids, other shapes, other refusals. Inside everything stays as it is.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isObject } from '../fields.ts';
import { Refusal } from '../refusal.ts';
import type { Json, Renderer, View } from '../render.ts';
import type { Said, ServerKind, Thing } from './server-kind.ts';

export const say = (reply: FastifyReply, { status, body }: Said): FastifyReply =>
  reply.code(status).type(typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8').send(typeof body === 'string' ? body : JSON.stringify(body));

const asJson = (value: unknown): Json | undefined => (isObject(value) ? value : undefined);

/** The same renderer, in the shapes of that server. */
export const dressRenderer = (render: Renderer, kind: ServerKind, place: { readonly name: string; readonly domain: string }): Renderer => {
  const outside = (thing: Thing, id: unknown): unknown => (typeof id === 'string' && kind.ids !== undefined ? kind.ids[thing].toOutside(id) : id);
  const at = ({ base }: View) => ({ ...place, base });

  const account = (plain: Json, view: View, isOwn = false): Json => {
    const known = { ...plain, id: outside('account', plain['id']) };
    return kind.toAccount?.(known, at(view), isOwn) ?? known;
  };
  const quote = (plain: Json, view: View): Json => {
    const quoted = asJson(plain['quoted_status']);
    return quoted === undefined ? { ...plain, ...('quoted_status_id' in plain && { quoted_status_id: outside('status', plain['quoted_status_id']) }) } : { ...plain, quoted_status: status(quoted, view) };
  };
  const status = (plain: Json, view: View, isNews = false): Json => {
    const [author, reblog, quoted] = [asJson(plain['account']), asJson(plain['reblog']), asJson(plain['quote'])];
    const known = {
      ...plain, id: outside('status', plain['id']), in_reply_to_id: outside('status', plain['in_reply_to_id']), in_reply_to_account_id: outside('account', plain['in_reply_to_account_id']),
      account: author && account(author, view), reblog: reblog === undefined ? null : status(reblog, view), quote: quoted === undefined ? null : quote(quoted, view),
      mentions: (plain['mentions'] as readonly Json[]).map(mention => ({ ...mention, id: outside('account', mention['id']) })),
    };
    return kind.toStatus?.(known, at(view), isNews) ?? known;
  };
  const notification = (plain: Json, view: View): Json => {
    const [from, about] = [asJson(plain['account']), asJson(plain['status'])];
    const known = { ...plain, id: outside('notification', plain['id']), account: from && account(from, view), ...(about && { status: status(about, view, true) }) };
    return kind.toNotification?.(known) ?? known;
  };
  return {
    toAccount: (record, view) => account(render.toAccount(record, view), view),
    toOwnAccount: (record, view) => account(render.toOwnAccount(record, view), view, true),
    toStatus: (record, view) => status(render.toStatus(record, view), view),
    toNotification: (record, view) => notification(render.toNotification(record, view), view),
    toConversation: render.toConversation,
    statusId: id => String(outside('status', id)),
  };
};

/** What the ids in the query of a list stand for, and the one in its path. */
const listed = (path: string): Thing => (path.startsWith('/api/v1/notifications') ? 'notification' : 'status');
const named = (path: string): Thing => (path.startsWith('/api/v1/accounts/') ? 'account' : listed(path));

/** Reads the ids of requests, and leaves out what that server does not have. */
export const dressRequests = (app: FastifyInstance, { ids, lacks, empty, hasLinks }: ServerKind): void => {
  app.addHook('preHandler', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (lacks?.test(path) === true) throw new Refusal(404, 'Not Found');
    if (empty?.test(path) === true) return reply.send([]);
    if (ids === undefined) return undefined;
    const inside = (fields: unknown, name: string, thing: Thing): void => {
      if (!isObject(fields)) return;
      const sent = fields[name];
      if (typeof sent === 'string' && sent !== '') fields[name] = ids[thing].toInside(sent);
      else if (Array.isArray(sent)) fields[name] = sent.map(one => ids[thing].toInside(String(one)));
    };
    if (path.startsWith('/api/')) inside(request.params, 'id', named(path));
    for (const name of ['min_id', 'max_id', 'since_id']) inside(request.query, name, listed(path));
    inside(request.query, 'id', path.startsWith('/api/v1/accounts') ? 'account' : 'status');
    inside(request.query, 'account_id', 'account');
    for (const name of ['in_reply_to_id', 'quoted_status_id']) inside(request.body, name, 'status');
    return undefined;
  });
  if (!hasLinks) app.addHook('onSend', async (_request, reply) => void reply.removeHeader('link'));
};
