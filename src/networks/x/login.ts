import { createHash } from 'node:crypto';
import { ApiResponseError } from 'twitter-api-v2';
import { z } from 'zod';
import { SetupError, TemporaryError } from '../../core/errors.ts';
import type { Clock, Meter, Vault } from '../../core/ports.ts';
import type { Self } from '../../core/types.ts';
import type { Client } from './client.ts';
import { isNotEnrolled, readDate, readProblem, toReadError } from './failures.ts';
import { environment, type XSettings } from './settings.ts';
import { oneUser, postList } from './wire.ts';

/** OAuth 1.0a signs the time, and X takes five minutes of difference. */
const mostSkewMs = 5 * 60_000;

export interface LoginTools {
  readonly settings: XSettings;
  readonly client: Client;
  readonly host: string;
  readonly clock: Clock;
  readonly meter: (account: string) => Meter;
  readonly vault: Vault;
}

export interface Login {
  readonly self: Self;
  /** For when X calls the account something else than we do. From the next start on, unless the operator said what it is called. */
  readonly rename: (handle: string) => Promise<void>;
}

const identity = z.object({ id: z.string(), handle: z.string(), name: z.string() });

/**
 * Who we are. X takes money for telling, so it is asked once and remembered; with OAuth 1.0a and a handle in the settings, never.
 * The login is tried each time, by a read that finds nothing and is free. Throws SetupError when it will not do.
 */
export async function logIn(tools: LoginTools): Promise<Login> {
  const { settings, client, host, clock, vault } = tools;
  const handle = settings.handle?.replace('@', '');
  const numbered = /^(\d+)-/u.exec(settings.accessToken ?? '')?.[1];
  const place = `x-self-${createHash('sha256').update(JSON.stringify([host, numbered ?? [settings.accessToken, settings.clientId, settings.refreshToken]])).digest('hex').slice(0, 24)}`;
  const remember = (self: z.output<typeof identity>): Promise<void> => vault.put(place, JSON.stringify(self));
  const recall = async (): Promise<z.output<typeof identity> | undefined> => {
    const kept = identity.safeParse(JSON.parse(await vault.get(place) ?? 'null')).data;
    return kept && (handle === undefined || handle.toLowerCase() === kept.handle.toLowerCase()) ? kept : undefined;
  };
  const toLogin = ({ id, handle: called, name }: z.output<typeof identity>): Login => ({
    self: { account: id, id, handle: called, name, url: `${settings.webUrl}/${called}` },
    async rename(now) {
      if (handle === undefined) await remember({ id, handle: now, name: now });
    },
  });
  try {
    // The keys first: until they are good, nothing is opened to remember anything.
    const isGood = numbered !== undefined && await tryLogin(numbered, tools);
    if (isGood && handle !== undefined) return toLogin({ id: numbered, handle, name: handle });
    const known = await recall();
    if (known && (isGood || await tryLogin(known.id, tools))) return toLogin(known);
    const { body } = await client.send({ method: 'get', path: 'users/me' });
    const me = oneUser.parse(body);
    tools.meter(me.id).charge({ what: 'user read', price: settings.prices.user, ids: [me.id] });
    if (handle !== undefined && handle.toLowerCase() !== me.username.toLowerCase()) throw new SetupError(`${environment.handle} says @${handle}, but the login is that of @${me.username}`);
    const self = { id: me.id, handle: me.username, name: me.name || me.username };
    await remember(self);
    return toLogin(self);
  } catch (error) {
    if (error instanceof SetupError || error instanceof TemporaryError) throw error;
    if (error instanceof ApiResponseError && error.code === 401) throw await explain(error, tools);
    if (isNotEnrolled(error)) throw new SetupError(toReadError(error, host, 'who we are', clock).message, { cause: error });
    const failure = toReadError(error, host, 'who we are', clock);
    if (error instanceof ApiResponseError && error.code >= 500) throw failure;
    if (error instanceof ApiResponseError && typeof error.data === 'object') throw failure.name === 'PermanentError' ? new SetupError(failure.message, { cause: error }) : failure;
    if (failure.name === 'PermanentError' && !(error instanceof ApiResponseError)) throw new SetupError(failure.message, { cause: error });
    throw new SetupError(`${failure.message}: is ${environment.apiUrl} (${settings.apiUrl}) the address of X's API?`, { cause: error });
  }
}

/** No mention is that new: an empty page proves the keys and is free. False where nobody has this id: a stand-in of X may go by others. */
async function tryLogin(id: string, { settings, client, clock, meter }: LoginTools): Promise<boolean> {
  const query = { max_results: 5, start_time: new Date(clock.now() - 1_000).toISOString().replace(/\.\d+Z$/u, 'Z') };
  try {
    const { body } = await client.send({ method: 'get', path: `users/${id}/mentions`, query });
    meter(id).charge({ what: 'mention read', price: settings.prices.mention, ids: postList.parse(body).posts.map(post => post.id) });
    return true;
  } catch (error) {
    if (!(error instanceof ApiResponseError)) throw error;
    if (error.code === 404 && typeof error.data === 'object') return false;
    // A clock that runs ahead asks for the future, which X refuses; the keys were good enough for that.
    if (error.code === 400 && JSON.stringify(error.data ?? '').includes('start_time')) return true;
    throw error;
  }
}

/** What is wrong with a login that X refuses. It says only "Unauthorized" itself: its old API says more, and the app's two keys can be tried alone. */
async function explain(refusal: ApiResponseError, { settings, client, host, clock }: LoginTools): Promise<SetupError> {
  if (settings.appKey === undefined || settings.accessToken === undefined) return new SetupError(`${host} refuses the login (401): make a new ${environment.refreshToken}`);
  const now = clock.now();
  const skewMs = now - readDate(refusal.headers, now);
  if (Math.abs(skewMs) > mostSkewMs) {
    return new SetupError(`this computer's clock is ${Math.round(Math.abs(skewMs) / 60_000)} minutes ${skewMs > 0 ? 'ahead' : 'behind'}, and OAuth 1.0a signs the time: set it (${host} refuses the login, 401)`);
  }
  if (!/^\d+-/u.test(settings.accessToken)) return toWrong(host, environment.accessToken, 'it must begin with the number of the account and a dash');
  const [code, isAppKnown] = await Promise.all([client.askWhatIsWrong(), client.tryApp()]);
  if (code === 215) return toWrong(host, environment.appKey);
  if (code === 89) return toWrong(host, environment.accessToken);
  if (code === 32 && isAppKnown !== undefined) return toWrong(host, isAppKnown ? environment.accessSecret : environment.appSecret);
  if (isAppKnown === true) return toWrong(host, `${environment.accessToken} or ${environment.accessSecret}`, 'the keys of the app are good');
  if (isAppKnown === false) return toWrong(host, `${environment.appKey} or ${environment.appSecret}`);
  return toWrong(host, `one of ${environment.appKey}, ${environment.appSecret}, ${environment.accessToken}, ${environment.accessSecret}`, readProblem(refusal.data).detail);
}

const toWrong = (host: string, what: string, why = ''): SetupError =>
  new SetupError(`${what} is wrong: ${host} refuses the login (401)${why === '' ? '' : `; ${why}`}. Copy the key anew from the developer console`);
