import { z } from 'zod';
import type { Self } from '../../core/types.ts';
import { SetupError } from '../../core/errors.ts';
import { describeFailure } from './failures.ts';
import { environment } from './settings.ts';
import { isWithoutStream, toWays, type Way } from './streams.ts';

/** What a server and a token turned out to be. */
export interface Connection {
  readonly self: Self;
  /** Name of the server in handles, which need not be the host it answers on. */
  readonly domain: string;
  readonly maxCharacters: number;
  readonly charactersPerLink: number;
  /** How its stream may be had; none where it has none. */
  readonly ways: readonly Way[];
  readonly about: string;
  /** Whose mentions the account's own settings throw away, where they do. */
  readonly dropped: readonly string[];
  /** What good manners still ask of the operator, a line each. */
  readonly remiss: readonly string[];
}

export interface Access {
  readonly url: URL;
  readonly token: string;
  readonly userAgent: string;
  readonly timeoutMs: number;
}

const maybeText = z.string().min(1).optional().catch(undefined);
const statusRules = z.object({ max_characters: z.number().positive().optional().catch(undefined), characters_reserved_per_url: z.number().positive().optional().catch(undefined) });
const instance = z.object({
  /** v2 says `domain`, v1 says `uri`. */
  domain: maybeText,
  uri: maybeText,
  version: z.string(),
  configuration: z.object({
    statuses: statusRules.optional().catch(undefined),
    urls: z.object({ streaming: maybeText }).optional().catch(undefined),
  }).optional().catch(undefined),
  urls: z.object({ streaming_api: maybeText }).optional().catch(undefined),
  rules: z.array(z.object({ text: z.string() })).catch([]).default([]),
  max_toot_chars: z.number().positive().optional().catch(undefined),
});
const credentials = z.object({ id: z.string().min(1), username: z.string().min(1), display_name: z.string().catch(''), url: z.string().catch(''), bot: z.boolean().optional().catch(undefined), note: z.string().catch('') });

const mastodonDefaults = { maxCharacters: 500, charactersPerLink: 23 } as const;

/** Address as an operator writes it; without a scheme it means https. */
export function readAddress(written: string): URL {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(written) ? written : `https://${written}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new SetupError(`${environment.url} is no web address: write it like https://mastodon.example`);
  }
  return new URL('/', url);
}

/** Asks the server what it is and who we are on it. Every mistake of the operator's ends here, as one line. */
export async function connect(access: Access): Promise<Connection> {
  const host = access.url.host;
  const found = await readInstance(access);
  const advertised = toWays(access.url, readStreamingUrl(found.configuration?.urls?.streaming ?? found.urls?.streaming_api));
  const [isWithout, dropped, me, mentions] = await Promise.all([
    isWithoutStream(advertised, access),
    readDropped(access),
    request(access, '/api/v1/accounts/verify_credentials'),
    request(access, '/api/v1/notifications?limit=1'),
  ]);
  refuseBadToken(me, host, 'read:accounts');
  refuseBadToken(mentions, host, 'read:notifications');
  const account = credentials.safeParse(me.json);
  if (me.status !== 200 || !account.success) throw unlikeMastodon(access, me);

  const domain = hostOf(found.domain ?? found.uri) ?? host;
  const { id, username, display_name: name, url } = account.data;
  const maxCharacters = found.configuration?.statuses?.max_characters ?? found.max_toot_chars ?? mastodonDefaults.maxCharacters;
  const self: Self = { account: `${username}@${domain}`.replace(/[^A-Za-z0-9._@-]/g, '-'), id, handle: username, name: name || username, url };
  return {
    self,
    domain,
    maxCharacters,
    charactersPerLink: found.configuration?.statuses?.characters_reserved_per_url ?? mastodonDefaults.charactersPerLink,
    ways: isWithout ? [] : advertised,
    dropped,
    remiss: toRemiss(account.data, found.rules.map(({ text }) => text)),
    about: `${self.account} on ${access.url.origin}, ${nameSoftware(found.version)}, ${maxCharacters} characters, ${isWithout ? 'polling' : 'streaming'}`,
  };
}

/** Servers whose rules speak of machines mean us. */
const ofMachines = /\b(?:bots?|automat\w+|ai|a\.i\.|llms?|gpt|generated|robots?|ki|ia)\b/iu;

function toRemiss({ bot, note }: z.infer<typeof credentials>, rules: readonly string[]): string[] {
  return [
    ...(bot === false ? ['this account does not say that it is a bot: switch on "This is an automated account" in its profile'] : []),
    ...(/(?:@|https?:\/\/)\S/u.test(note) ? [] : ['its profile names nobody who runs it: put a handle or an address of yours into it']),
    ...rules.filter(rule => ofMachines.test(rule)).map(rule => `this server has a rule about that: "${rule.replace(/\s+/gu, ' ').slice(0, 200)}"`),
  ];
}

async function readInstance(access: Access): Promise<z.infer<typeof instance>> {
  const newer = await request(access, '/api/v2/instance');
  const answer = newer.status === 200 ? newer : await request(access, '/api/v1/instance');
  const read = instance.safeParse(answer.json);
  if (answer.status === 200 && read.success) return read.data;
  // A server in limited federation mode shows itself to its own people alone.
  refuseBadToken(newer, access.url.host, 'read:accounts');
  throw unlikeMastodon(access, newer);
}

interface Answer {
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly location: string | undefined;
  readonly json: unknown;
}

/** Plain fetch instead of masto, which forgets status and type of an answer that is not JSON: here they are the message. */
async function request({ url, token, userAgent, timeoutMs }: Access, path: string): Promise<Answer> {
  try {
    const response = await fetch(new URL(path, url), {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', 'User-Agent': userAgent },
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const type = (response.headers.get('content-type') ?? 'no content type').split(';')[0] ?? '';
    return { path, status: response.status, type, location: response.headers.get('location') ?? undefined, json: readJson(await response.text()) };
  } catch (error) {
    throw new SetupError(`${url.origin} could not be reached: ${describeFailure(error)}`);
  }
}

/** The status of an answer, whatever it is an answer with; undefined when there is none. */
export async function readStatus(access: Access, path: string): Promise<number | undefined> {
  try {
    return (await request(access, path)).status;
  } catch {
    return undefined; // it cannot be reached any more
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the caller says what it got instead
  }
}

function refuseBadToken({ status }: Answer, host: string, scope: string): void {
  const advice = 'under Settings → Development, and put it in';
  // snac answers so.
  if (status === 401 || status === 422) throw new SetupError(`${host} refused the token (${status}): make a new one ${advice} ${environment.token}`);
  if (status === 403) {
    throw new SetupError(`${host} does not let this token read (403), it may lack ${scope}: make one with the scopes read and write ${advice} ${environment.token}`);
  }
}

function unlikeMastodon({ url }: Access, { path, status, type, location }: Answer): SetupError {
  if (location !== undefined && status >= 300 && status < 400) {
    const target = URL.canParse(location, url.href) ? new URL(location, url.href).origin : location;
    return new SetupError(`${url.origin} sends us on to ${target}: put that address in ${environment.url}`);
  }
  return new SetupError(`${url.origin} does not answer like a Mastodon server (GET ${path.split('?')[0]} gave ${status} ${type})`);
}

const verdict = z.string().optional().catch(undefined);
const policies = z.object({ for_not_following: verdict, for_not_followers: verdict, for_new_accounts: verdict, for_private_mentions: verdict });
const whose: Readonly<Record<keyof z.infer<typeof policies>, string>> = {
  for_not_following: 'people whom it does not follow', for_not_followers: 'people who do not follow it', for_new_accounts: 'new accounts', for_private_mentions: 'strangers in private',
};

/** Filtered mentions are read all the same; dropped ones nobody ever sees. Servers without such settings drop none, and none is worth a failed start. */
async function readDropped(access: Access): Promise<readonly string[]> {
  try {
    const { status, json } = await request(access, '/api/v2/notifications/policy');
    const read = status === 200 ? policies.safeParse(json).data ?? {} : {};
    return Object.entries(read).flatMap(([name, value]) => (value === 'drop' ? [whose[name as keyof typeof whose]] : []));
  } catch {
    return []; // whatever else is asked says that the server is away
  }
}

function readStreamingUrl(address: string | undefined): string | undefined {
  return address !== undefined && URL.canParse(address) && /^(?:ws|http)s?:$/.test(new URL(address).protocol) ? address : undefined;
}

/** v1 servers give their name as a bare host or as an address. */
function hostOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const written = name.includes('://') ? name : `https://${name}`;
  return URL.canParse(written) ? new URL(written).host : undefined;
}

/** Software that resembles Mastodon says so: "2.7.2 (compatible; Name 1.2)". */
function nameSoftware(version: string): string {
  return /\(compatible; ([^)]+)\)/.exec(version)?.[1] ?? `Mastodon ${version}`;
}
