import type { ServerResponse } from 'node:http';
import { openIds } from '../ids.ts';
import type { Bill } from './bill.ts';
import { Problem, problemType, type Json } from './problem.ts';
import type { PostRecord, SubscriptionRecord } from './records.ts';
import type { Server } from './server.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Connections that self-serve access may hold. */
const mostConnections = 2;

/** Everything a post has to tell: a stream has no field parameters. */
const everything = {
  post: new Set(['author_id', 'created_at', 'conversation_id', 'in_reply_to_user_id', 'referenced_tweets', 'entities', 'note_tweet', 'lang', 'reply_settings', 'possibly_sensitive',
    'display_text_range', 'attachments', 'public_metrics']),
  user: new Set(['created_at', 'description', 'protected', 'verified', 'verified_type', 'affiliation', 'public_metrics']),
  expansions: new Set<string>(),
};

/** Every number a second time, as a text: so the stream's payloads come. */
const withTwins = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withTwins);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) =>
    (typeof member === 'number' ? [[name, member], [`${name}_str`, String(member)]] : [[name, withTwins(member)]])));
};

/** Sends what was subscribed to over connections that stay open. */
export const openActivityStream = ({ world, render }: Server, subscriptions: Subscriptions, bill: Bill, keepAliveMs: number) => {
  const eventIds = openIds(22n);
  const connections = new Set<ServerResponse>();

  const toEvent = (post: PostRecord, { eventType, userId, tag }: SubscriptionRecord): Json => {
    const users = [post.authorId, ...post.typed, ...post.implied].flatMap((id) => world.user(id) ?? []);
    const tweets = [post.replyTo, post.quoteOf].flatMap((id) => world.post(id ?? '') ?? []).filter((each) => world.isVisible(each, undefined));
    return {
      data: {
        event_uuid: eventIds.next(world.now()), filter: { user_id: userId }, event_type: eventType, ...(tag !== null && { tag }), payload: withTwins(render.toPost(post, everything)),
        includes: withTwins({ users: users.map((user) => render.toUser(user, everything)), tweets: tweets.map((each) => render.toPost(each, everything)) }),
      },
    };
  };

  const deliver = (post: PostRecord, to: Iterable<ServerResponse>): void => {
    if (!world.isVisible(post, undefined)) return;
    for (const connection of to) {
      for (const subscription of subscriptions.ringing(post)) {
        connection.write(`${JSON.stringify(toEvent(post, subscription))}\r\n`);
        bill.charge([{ what: 'activity event' }]);
      }
    }
  };

  world.listen(({ kind, post }) => {
    if (kind === 'post') deliver(post, connections);
  });

  return {
    /** Throws when there are enough connections already. */
    check(): void {
      if (connections.size < mostConnections) return;
      throw new Problem(429, {
        title: 'ConnectionException', detail: 'This stream is currently at the maximum allowed connection limit.', connection_issue: 'TooManyConnections',
        type: problemType('streaming-connection'), status: 429,
      });
    },
    /** Begins with what happened in the last minutes; duplicates are the reader's to know. */
    connect(response: ServerResponse, backfillMinutes: number): void {
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache' });
      response.flushHeaders();
      connections.add(response);
      const heartbeat = setInterval(() => response.write('\r\n'), keepAliveMs);
      response.on('close', () => {
        clearInterval(heartbeat);
        connections.delete(response);
      });
      const missed = world.posts().filter(({ createdAt }) => world.now() - createdAt < backfillMinutes * 60_000).toReversed();
      for (const post of missed) deliver(post, [response]);
    },
    cut: () => connections.forEach((connection) => connection.destroy()),
  };
};

export type ActivityStream = ReturnType<typeof openActivityStream>;
