import { z } from 'zod';
import { SetupError } from '../../core/errors.ts';

const key = z.string().trim().regex(/^[\x21-\x7e]+$/, 'holds a character that no key has').optional();
const dollars = z.number().min(0);

/** X list prices of August 2026, in dollars. */
const prices = z.strictObject({
  mention: dollars.default(0.001).describe('One mention read: an owned read, when the bot\'s account owns the developer app; 0.005 when it does not'),
  ownPost: dollars.default(0.001).describe('One of the bot\'s own posts read back; 0.005 when its account does not own the app'),
  post: dollars.default(0.005).describe('One post of somebody read'),
  user: dollars.default(0.01).describe('One user read'),
  media: dollars.default(0.005).describe('One picture\'s description read'),
  event: dollars.default(0.005).describe('One event of the activity stream'),
  trends: dollars.default(0.01).describe('One request for trends'),
  reply: dollars.default(0.01).describe('One reply to somebody who summoned the bot'),
  link: dollars.default(0.2).describe('One reply with a link in it'),
  deletion: dollars.default(0.01).describe('One post deleted'),
});

/** This network's part of the config file. */
export const settings = z.strictObject({
  appKey: key.describe('OAuth 1.0a: API key of the app (developer console → Keys and tokens)'),
  appSecret: key.describe('OAuth 1.0a: API key secret of the app'),
  accessToken: key.describe('OAuth 1.0a: access token of the bot\'s account'),
  accessSecret: key.describe('OAuth 1.0a: access token secret of the bot\'s account'),
  bearer: key.describe('App-only bearer token: needed for trends with OAuth 1.0a, and for the activity stream'),
  clientId: key.describe('OAuth 2.0, instead of the four keys: client id'),
  clientSecret: key.describe('OAuth 2.0: client secret, where the app has one'),
  refreshToken: key.describe('OAuth 2.0: refresh token of the bot\'s account, the first one; it changes with every use'),
  handle: z.string().trim().regex(/^@?\w{1,15}$/, 'is no handle').optional().describe('Handle of the bot\'s account; with it a start with OAuth 1.0a asks for nothing that costs'),
  apiUrl: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional().describe('Where the API is served; X itself when absent'),
  webUrl: z.url({ protocol: /^https?$/ }).default('https://x.com').describe('Where posts can be looked at'),
  pollSeconds: z.number().min(3).max(3600).default(10).describe('How often to look for mentions; faster while people talk, slower when the rate limit is short'),
  timeoutSeconds: z.number().min(1).max(120).default(10).describe('How long X may take to answer one request'),
  nearlyTheSame: z.number().min(0).max(1).default(0.9).describe('From which likeness on a post counts as one of the last fifty again, and is written anew: 0 never, 1 the same letters'),
  maxLength: z.int().min(40).max(25_000).default(280).describe('Longest post as X counts; more for Premium accounts'),
  ancestors: z.int().min(0).max(20).default(3).describe('Most earlier posts of a thread to read and pay for'),
  allowLinks: z.boolean().default(false).describe('Whether answers may hold links, which cost twenty times as much'),
  stream: z.boolean().default(false).describe('Hear of mentions at once by the activity stream, at five times the price; needs the bearer token'),
  woeid: z.int().min(0).default(1).describe('Place whose trends are read: 1 is the world, 0 reads none'),
  contextMinutes: z.number().min(1).max(1440).default(30).describe('How long trends serve before the next mention pays for new ones'),
  approval: z.string().trim().min(1).optional().describe('When and how X approved AI-written replies of this account, for your own records'),
  budget: z.strictObject({
    perMention: dollars.default(0.07).describe('Dollars that one mention may cost, its answer included'),
    perDay: dollars.default(5).describe('Dollars that a day (UTC) may cost'),
  }).prefault({}),
  includesBilled: z.boolean().default(true).describe('Whether posts, users and pictures that come along with others are counted; X does not say'),
  prices: prices.prefault({}),
});

export type XSettings = z.infer<typeof settings> & { readonly apiUrl: string };

/** Settings that come from the environment, and the names they have there. */
export const environment = {
  appKey: 'X_APP_KEY', appSecret: 'X_APP_SECRET', accessToken: 'X_ACCESS_TOKEN', accessSecret: 'X_ACCESS_SECRET', bearer: 'X_BEARER_TOKEN',
  clientId: 'X_CLIENT_ID', clientSecret: 'X_CLIENT_SECRET', refreshToken: 'X_REFRESH_TOKEN', handle: 'X_HANDLE', apiUrl: 'X_API_URL',
} as const;

const four = ['appKey', 'appSecret', 'accessToken', 'accessSecret'] as const;

/** This network's part of the config, with the address of X's own API where there is no other. */
export function parseSettings(options: unknown): XSettings {
  const parsed = settings.parse(options);
  return { ...parsed, apiUrl: (parsed.apiUrl ?? 'https://api.x.com').replace(/\/+$/u, '') };
}

/** Whether the operator wants this network. A part of a login without the rest is a mistake worth a word. */
export function isOn(options: unknown): boolean {
  const parsed = parseSettings(options);
  const missing = four.filter(name => parsed[name] === undefined);
  const hasOne = missing.length < four.length;
  if (hasOne && missing.length > 0) throw new SetupError(`X: ${list(missing)} missing, OAuth 1.0a needs all four of ${four.map(name => environment[name]).join(', ')}`);
  const { clientId, clientSecret, refreshToken } = parsed;
  if (clientId === undefined && refreshToken === undefined && clientSecret === undefined) {
    if (!hasOne && parsed.bearer !== undefined) throw new SetupError(`X: ${environment.bearer} alone cannot post: add ${four.map(name => environment[name]).join(', ')}`);
    return hasOne;
  }
  if (clientId === undefined) throw new SetupError(`X: ${environment.clientId} is missing, OAuth 2.0 needs it with ${environment.refreshToken}`);
  if (refreshToken === undefined) throw new SetupError(`X: ${environment.refreshToken} is missing, OAuth 2.0 needs it with ${environment.clientId}`);
  return true;
}

const list = (names: readonly (keyof typeof environment)[]): string => `${names.map(name => environment[name]).join(', ')} ${names.length === 1 ? 'is' : 'are'}`;
