import { z } from 'zod';
import type { ActivityStream } from './activity-stream.ts';
import { anyContext, appOnly, type Endpoint } from './endpoint.ts';
import { forbidden, invalidRequest, type Json } from './problem.ts';
import { idOf, readNumber, readTime, refuseUnknown } from './query.ts';
import { readShape } from './body.ts';
import type { SubscriptionRecord } from './records.ts';
import { eventTypes, type Subscriptions } from './subscriptions.ts';

const shape = z.strictObject({
  event_type: z.string(), tag: z.string().min(1).max(200).optional(), webhook_id: z.undefined().optional(),
  filter: z.strictObject({ user_id: z.string().regex(/^\d{1,19}$/), keyword: z.undefined().optional(), direction: z.enum(['inbound', 'outbound']).optional() }),
});

const toSubscription = ({ id, eventType, userId, tag, createdAt }: SubscriptionRecord): Json => ({
  subscription_id: id, event_type: eventType, filter: { user_id: userId }, ...(tag !== null && { tag }),
  created_at: new Date(createdAt).toISOString(), updated_at: new Date(createdAt).toISOString(),
});

/** What the bot wants to be told at once, and the connection over which it is. */
export const listActivityEndpoints = (subscriptions: Subscriptions, stream: ActivityStream): readonly Endpoint[] => [
  {
    method: 'POST', path: '/2/activity/subscriptions', schemes: anyContext, limits: { user: 500, app: 500 },
    answer({ body }, { user }) {
      const { event_type: eventType, tag, filter } = readShape(shape, body);
      if (!eventTypes.includes(eventType)) throw invalidRequest(`[$.event_type: does not have a value in the enumeration [${eventTypes.join(', ')}]]`, '$.event_type', eventType);
      // Who is told in is a private matter: the user it is about has to ask.
      if (user?.id !== filter.user_id) throw forbidden('You are not permitted to perform this action.');
      const subscription = subscriptions.add(eventType, filter.user_id, tag ?? null);
      return { body: { data: { subscription: toSubscription(subscription) }, meta: { total_subscriptions: subscriptions.list().length } } };
    },
  },
  {
    method: 'GET', path: '/2/activity/subscriptions', schemes: anyContext, limits: { user: 500, app: 500 },
    answer({ url: { searchParams: query } }) {
      refuseUnknown(query, ['max_results', 'pagination_token']);
      const listed = subscriptions.list().slice(0, readNumber(query, 'max_results', 1, 1000, 1000));
      return { body: { data: listed.map(toSubscription), meta: { result_count: listed.length } } };
    },
  },
  {
    method: 'DELETE', path: '/2/activity/subscriptions/:id', schemes: [appOnly], limits: { user: 0, app: 500 },
    answer(call) {
      const id = idOf(call);
      if (!subscriptions.remove(id)) throw invalidRequest(`No subscription has the id [${id}]`, 'subscription_id', id);
      return { body: { data: { deleted: true }, meta: { total_subscriptions: subscriptions.list().length } } };
    },
  },
  {
    method: 'GET', path: '/2/activity/stream', schemes: [appOnly], limits: { user: 0, app: 450 },
    answer({ url: { searchParams: query } }) {
      refuseUnknown(query, ['backfill_minutes', 'start_time', 'end_time']);
      const backfillMinutes = readNumber(query, 'backfill_minutes', 0, 5, 0);
      readTime(query, 'start_time');
      readTime(query, 'end_time');
      stream.check();
      return { body: {}, stream: (response) => stream.connect(response, backfillMinutes) };
    },
  },
];
