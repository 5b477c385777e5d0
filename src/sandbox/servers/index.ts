import { gotosocial } from './gotosocial.ts';
import { hollo } from './hollo.ts';
import { newest, racing, replayFails } from './mastodon.ts';
import type { ServerKind } from './server-kind.ts';
import { openSnac } from './snac.ts';

const kinds = {
  mastodon: () => newest, 'mastodon-4.7.1': () => replayFails, 'mastodon-4.5': () => racing, gotosocial: () => gotosocial, snac: openSnac, hollo: () => hollo,
} as const satisfies Readonly<Record<string, () => ServerKind>>;

/** Software that the sandbox can pass for. */
export type ServerName = keyof typeof kinds;
export const serverNames = Object.keys(kinds) as readonly ServerName[];

export const openKind = (name: ServerName): ServerKind => kinds[name]();
