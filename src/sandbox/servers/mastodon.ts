import { mastodonPaging, type ServerKind } from './server-kind.ts';

/** The newest one: nothing differs. */
export const newest: ServerKind = {
  version: '4.7.2+sandbox', apiVersion: 11, maxCharacters: 500, charactersPerLink: 23, notifications: mastodonPaging, hasLinks: true, keys: 'locked',
  streaming: { sockets: true, events: true, address: 'own' },
};

/** 4.6.0 to 4.7.1: a replayed key is answered with a failure although the post exists (mastodon #40399). */
export const replayFails: ServerKind = { ...newest, version: '4.7.1+sandbox', keys: 'replay fails' };

/** Up to 4.5: two requests with one key at the same time both post (mastodon #37879). */
export const racing: ServerKind = { ...newest, version: '4.5.9+sandbox', apiVersion: 7, keys: 'racing' };
