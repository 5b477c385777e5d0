import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { bodyOf, paramOf, queryOf, type Guests } from './front-door.ts';
import { readFlag, readList, readText } from './fields.ts';
import { post, seeStatus, toNotification, type PostingRules, type Wish } from './posting.ts';
import { notFound, Refusal } from './refusal.ts';
import type { AccountRecord, StatusRecord } from './records.ts';
import type { Renderer } from './render.ts';
import type { ServerKind } from './servers/server-kind.ts';
import type { World } from './world.ts';

/** How far a thread is read, with a token and without, as in Mastodon's contexts. */
const reach = { member: { ancestors: 4096, descendants: 4096, depth: Infinity }, guest: { ancestors: 40, descendants: 60, depth: 20 } };

const readAncestors = (world: World, status: StatusRecord): readonly StatusRecord[] => {
  const above: StatusRecord[] = [];
  for (let parent = world.status(status.replyTo ?? ''); parent !== undefined; parent = world.status(parent.replyTo ?? '')) above.unshift(parent);
  return above;
};

/** Every answer below, each branch to its end before the next; an author's own continuations come first. */
const readDescendants = (world: World, root: StatusRecord, depth: number): readonly StatusRecord[] => {
  const below: StatusRecord[] = [];
  const pending = world.repliesTo(root.id).toReversed().map((status) => ({ status, level: 1 }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { status, level } = next;
    below.push(status);
    if (level < depth) pending.push(...world.repliesTo(status.id).toReversed().map((reply) => ({ status: reply, level: level + 1 })));
  }
  const isOwn = (status: StatusRecord): boolean => status.accountId === root.accountId && status.replyToAccount === root.accountId;
  return [...below.filter(isOwn), ...below.filter((status) => !isOwn(status))];
};

/** How long a server that does not lock a key leaves it unguarded between looking for it and writing it down. */
const unguardedMs = 20;

/** So many posts are shown by their ids in one answer. */
const mostAtOnce = 20;

/** Posts as often as the server's keys let it. */
const postByKey = async (world: World, me: AccountRecord, wish: Wish, rules: PostingRules, keys: ServerKind['keys'], sent: string | undefined): Promise<StatusRecord> => {
  const key = keys === 'ignored' || sent === '' ? undefined : sent;
  const earlier = key === undefined ? undefined : world.statusIdOfKey(me.id, key);
  if (earlier !== undefined && keys === 'replay fails') throw new Refusal(500, "undefined method 'id' for nil");
  if (earlier !== undefined) return seeStatus(world, earlier, me.id);
  if (keys === 'racing' && key !== undefined) await wait(unguardedMs);
  return post(world, me, wish, rules, key);
};

/** Posts: saying, reading, taking back, applauding. */
export const addStatusRoutes = (app: FastifyInstance, world: World, guests: Guests, render: Renderer, rules: PostingRules, { keys, deletionMs = 0, showsDeleted = false, isWithoutPostList = false }: ServerKind): void => {
  const named = (request: FastifyRequest): StatusRecord => seeStatus(world, paramOf(request, 'id'), guests.visitor(request)?.id);

  app.post('/api/v1/statuses', async (request) => {
    const me = guests.member(request);
    const body = bodyOf(request);
    const media = readList(body, 'media_ids');
    if (media.length > 0) throw new Refusal(422, `Media ${media.join(', ')} not found or already attached to another post`);
    const key = request.headers['idempotency-key'];
    const status = await postByKey(world, me, {
      text: readText(body, 'status') ?? '', spoiler: readText(body, 'spoiler_text'), sensitive: readFlag(body, 'sensitive'), visibility: readText(body, 'visibility'),
      language: readText(body, 'language'), replyTo: readText(body, 'in_reply_to_id'), quoteOf: readText(body, 'quoted_status_id'),
    }, rules, keys, typeof key === 'string' ? key : undefined);
    return render.toStatus(status, guests.view(request));
  });

  app.get('/api/v1/statuses', (request) => {
    if (isWithoutPostList) throw new Refusal(404, 'Not Found');
    const view = guests.view(request);
    const ids = readList(queryOf(request), 'id');
    if (new Set(ids).size > mostAtOnce) throw new Refusal(422, 'Validation failed');
    return ids.flatMap((id) => world.status(id) ?? [])
      .filter((status) => world.isVisible(status, view.viewerId)).map((status) => render.toStatus(status, view));
  });

  app.get('/api/v1/statuses/:id', (request) => render.toStatus(named(request), guests.view(request)));

  app.get('/api/v1/statuses/:id/context', (request) => {
    const status = named(request);
    const view = guests.view(request);
    const limits = view.viewerId === undefined ? reach.guest : reach.member;
    const show = (list: readonly StatusRecord[]) => list.filter((item) => world.isVisible(item, view.viewerId)).map((item) => render.toStatus(item, view));
    return {
      ancestors: show(readAncestors(world, status).slice(-limits.ancestors)),
      descendants: show(readDescendants(world, status, limits.depth).slice(0, limits.descendants)),
    };
  });

  app.get('/api/v1/statuses/:id/favourited_by', (request) => {
    const view = guests.view(request);
    return [...world.favouritersOf(named(request).id)].flatMap((id) => world.account(id) ?? []).map((account) => render.toAccount(account, view));
  });

  app.delete('/api/v1/statuses/:id', (request) => {
    const me = guests.member(request);
    const status = world.status(paramOf(request, 'id'));
    if (status === undefined || status.accountId !== me.id) throw notFound();
    const shown = render.toStatus(status, guests.view(request));
    // The source instead of the HTML, so that a client can offer it for a new draft.
    const { content: _, ...last } = shown;
    const forget = (): void => {
      if (world.status(status.id) !== undefined) world.commit({ kind: 'delete', id: status.id });
    };
    if (deletionMs === 0) forget();
    else setTimeout(forget, deletionMs).unref();
    return showsDeleted ? shown : { ...last, text: status.text };
  });

  for (const on of [true, false]) {
    app.post(`/api/v1/statuses/:id/${on ? 'favourite' : 'unfavourite'}`, (request) => {
      const me = guests.member(request);
      const status = named(request);
      if (world.favouritersOf(status.id).has(me.id) !== on) {
        const notification = on ? toNotification(world, 'favourite', me, status.accountId, status, Date.now()) : undefined;
        world.commit({ kind: 'favourite', id: status.id, by: me.id, on, notifications: notification === undefined ? [] : [notification] });
      }
      return render.toStatus(status, guests.view(request));
    });
  }

  app.post('/api/v1/statuses/:id/reblog', (request) => {
    const me = guests.member(request);
    const chosen = named(request);
    const original = world.status(chosen.reblogOf ?? '') ?? chosen;
    const isOpen = original.visibility === 'public' || original.visibility === 'unlisted';
    if (!isOpen && !(original.visibility === 'private' && original.accountId === me.id)) throw new Refusal(403, 'This action is not allowed');
    const earlier = world.reblogsOf(original.id).find(({ accountId }) => accountId === me.id);
    if (earlier !== undefined) return render.toStatus(earlier, guests.view(request));
    const createdAt = Date.now();
    const status: StatusRecord = {
      ...original, id: world.newStatusId(createdAt), accountId: me.id, createdAt, text: '', spoiler: '', replyTo: null, replyToAccount: null, quoteOf: null,
      mentions: [], tags: [], reblogOf: original.id, favourites: 0, boosts: 0,
    };
    const notification = toNotification(world, 'reblog', me, original.accountId, original, createdAt);
    world.commit({ kind: 'status', status, notifications: notification === undefined ? [] : [notification] });
    return render.toStatus(status, guests.view(request));
  });

  app.post('/api/v1/statuses/:id/unreblog', (request) => {
    const me = guests.member(request);
    const original = named(request);
    const mine = world.reblogsOf(original.id).find(({ accountId }) => accountId === me.id);
    if (mine !== undefined) world.commit({ kind: 'delete', id: mine.id });
    return render.toStatus(original, guests.view(request));
  });
};
