import { z } from 'zod';
import { SetupError } from '../../core/errors.ts';

/** This network's part of the config file. */
export const settings = z.strictObject({
  url: z.string().trim().min(1).optional()
    .describe('Address of the server that the bot lives on, for example https://mastodon.example'),
  token: z.string().trim().regex(/^[\x21-\x7e]+$/, 'holds a character that no access token has').optional()
    .describe('Access token of the bot account (Settings → Development → New application)'),
  pollSeconds: z.number().min(1).max(3600).default(30)
    .describe('How often to look for mentions; the stream, where there is one, makes it faster'),
  timeoutSeconds: z.number().min(1).max(120).default(10)
    .describe('How long the server may take to answer one request'),
  nearlyTheSame: z.number().min(0).max(1).default(0).describe('From which likeness on a post counts as one of the last fifty again, and is written anew: 0 never, 1 the same letters'),
});

export type MastodonSettings = z.infer<typeof settings>;

/** Settings that come from the environment, and the names they have there. */
export const environment = { url: 'MASTODON_URL', token: 'MASTODON_TOKEN' } as const;

/** Whether the operator wants this network. One of the two settings without the other is a mistake worth a word. */
export function isOn({ url, token }: MastodonSettings): boolean {
  if (url !== undefined && token === undefined) throw new SetupError(`${environment.url} is set, but ${environment.token} is missing`);
  if (url === undefined && token !== undefined) throw new SetupError(`${environment.token} is set, but ${environment.url} is missing`);
  return url !== undefined;
}
