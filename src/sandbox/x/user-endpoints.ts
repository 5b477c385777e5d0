import { chargeUsers } from './bill.ts';
import { anyContext, userContexts, type Endpoint, type Outcome } from './endpoint.ts';
import { invalidRequest, toNotFound, type Json } from './problem.ts';
import { idOf, readIds } from './query.ts';
import type { UserRecord } from './records.ts';
import { readSelection, speak } from './selection.ts';
import type { Server } from './server.ts';

/** People: who the keys belong to, and who others are. */
export const listUserEndpoints = ({ world, render, vocabulary }: Server): readonly Endpoint[] => {
  const one = (query: URLSearchParams, user: UserRecord | undefined, error: Json): Outcome => {
    const selection = readSelection(query, 'users', vocabulary);
    if (user === undefined) return { body: { errors: [error] } };
    return { body: speak(selection.vocabulary, { data: render.toUser(user, selection) }), charges: chargeUsers('user read', [user]) };
  };
  return [
    {
      method: 'GET', path: '/2/users/me', schemes: userContexts, limits: { user: 75, app: 0 },
      answer: ({ url }, { user }) => one(url.searchParams, user, {}),
    },
    {
      method: 'GET', path: '/2/users/:id', schemes: anyContext, limits: { user: 900, app: 300 },
      answer(call) {
        const id = idOf(call);
        return one(call.url.searchParams, world.user(id), toNotFound('user', 'id', id));
      },
    },
    {
      method: 'GET', path: '/2/users/by/username/:username', schemes: anyContext, limits: { user: 900, app: 300 },
      answer({ url, params }) {
        const handle = params['username'] ?? '';
        if (!/^\w{1,15}$/.test(handle)) throw invalidRequest(`The \`username\` query parameter value [${handle}] does not match ^[A-Za-z0-9_]{1,15}$`, 'username', handle);
        return one(url.searchParams, world.userNamed(handle), toNotFound('user', 'username', handle));
      },
    },
    {
      method: 'GET', path: '/2/users', schemes: anyContext, limits: { user: 900, app: 300 },
      answer({ url }) {
        const selection = readSelection(url.searchParams, 'users', vocabulary, ['ids']);
        const found = readIds(url.searchParams).map((id) => world.user(id) ?? { error: toNotFound('user', 'ids', id) });
        const users = found.flatMap((each) => ('error' in each ? [] : [each]));
        const errors = found.flatMap((each) => ('error' in each ? [each.error] : []));
        return {
          body: speak(selection.vocabulary, { ...(users.length > 0 && { data: users.map((user) => render.toUser(user, selection)) }), ...(errors.length > 0 && { errors }) }),
          charges: chargeUsers('user read', users),
        };
      },
    },
  ];
};
