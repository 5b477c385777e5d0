// Hollo, as its main branch was seen running.
import { uuid, uuidInTime } from './ids.ts';
import { openPolicy, type ServerKind } from './server-kind.ts';

export const hollo: ServerKind = {
  version: '4.5.0 (compatible; Hollo 0.7.0)', apiVersion: 7, maxCharacters: 10_000, charactersPerLink: 256,
  ids: { account: uuid, status: uuid, notification: uuidInTime('mention') },
  empty: /^\/api\/v1\/trends(?:\/|$)/,
  lacks: /^\/api\/v1\/streaming/,
  notifications: { usual: 40, most: 80, minId: 'newest' },
  policy: openPolicy,
  isWithoutPostList: true,
  hasLinks: true,
  keys: 'racing',
  streaming: { sockets: false, events: false, address: 'none' },
  refuse: (status, message) => ({ status, body: { error: status === 401 ? 'The access token is invalid' : message } }),
};
