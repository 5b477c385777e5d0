import { ApiResponseError } from 'twitter-api-v2';
import { SetupError, TemporaryError } from '../../core/errors.ts';
import type { Clock, Meter } from '../../core/ports.ts';
import type { Self } from '../../core/types.ts';
import type { Client } from './client.ts';
import { readDate, readProblem, toReadError } from './failures.ts';
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
}

/** Who we are. With OAuth 1.0a and a handle in the settings nothing is asked that costs; the login is tried all the same. Throws SetupError when it will not do. */
export async function logIn(tools: LoginTools): Promise<Self> {
  const { settings, client, host, clock } = tools;
  const handle = settings.handle?.replace('@', '');
  const id = /^(\d+)-/u.exec(settings.accessToken ?? '')?.[1];
  try {
    if (handle !== undefined && id !== undefined) {
      // No mention is that new: an empty page proves the keys and is free.
      const query = { max_results: 5, start_time: new Date(clock.now() - 1_000).toISOString().replace(/\.\d+Z$/u, 'Z') };
      const { body } = await client.send({ method: 'get', path: `users/${id}/mentions`, query }).catch(unlessOurClockIsAhead);
      const { posts } = postList.parse(body);
      tools.meter(id).charge({ what: 'mention read', price: settings.prices.mention, ids: posts.map(post => post.id) });
      return toSelf(id, handle, handle, settings);
    }
    const { body } = await client.send({ method: 'get', path: 'users/me' });
    const me = oneUser.parse(body);
    tools.meter(me.id).charge({ what: 'user read', price: settings.prices.user, ids: [me.id] });
    if (handle !== undefined && handle.toLowerCase() !== me.username.toLowerCase()) throw new SetupError(`${environment.handle} says @${handle}, but the login is that of @${me.username}`);
    return toSelf(me.id, me.username, me.name || me.username, settings);
  } catch (error) {
    if (error instanceof SetupError || error instanceof TemporaryError) throw error;
    if (error instanceof ApiResponseError && error.code === 401) throw await explain(error, tools);
    const failure = toReadError(error, host, 'who we are', clock);
    if (error instanceof ApiResponseError && error.code >= 500) throw failure;
    if (error instanceof ApiResponseError && typeof error.data === 'object') throw failure.name === 'PermanentError' ? new SetupError(failure.message, { cause: error }) : failure;
    if (failure.name === 'PermanentError' && !(error instanceof ApiResponseError)) throw new SetupError(failure.message, { cause: error });
    throw new SetupError(`${failure.message}: is ${environment.apiUrl} (${settings.apiUrl}) the address of X's API?`, { cause: error });
  }
}

/** Such a clock asks for the future, which X refuses; the keys were good enough for that. */
function unlessOurClockIsAhead(error: unknown): { readonly body: unknown } {
  if (error instanceof ApiResponseError && error.code === 400 && typeof error.data === 'object') return { body: { meta: { result_count: 0 } } };
  throw error;
}

const toSelf = (id: string, handle: string, name: string, { webUrl }: XSettings): Self => ({ account: id, id, handle, name, url: `${webUrl}/${handle}` });

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
