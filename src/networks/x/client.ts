import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ApiResponseError, TwitterApi, type ITwitterApiClientPlugin, type TwitterApiTokens } from 'twitter-api-v2';
import { SetupError } from '../../core/errors.ts';
import { readProblem, type Headers } from './failures.ts';
import type { Tokens } from './oauth2.ts';
import type { XSettings } from './settings.ts';
import { isAboutNames, vocabularies, type Query, type Vocabulary } from './vocabulary.ts';

export interface Answer {
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Request {
  readonly method: 'get' | 'post' | 'delete';
  /** Below `/2/`. */
  readonly path: string;
  /** Of a GET; a function where it depends on the names that the server speaks. */
  readonly query?: Query | ((names: Vocabulary) => Query);
  readonly body?: Readonly<Record<string, unknown>>;
  /** The app's own bearer token instead of the account's login. */
  readonly asApp?: boolean;
  readonly timeoutMs?: number;
  /** Ends the request where it is. */
  readonly signal?: AbortSignal;
  /** Called when everything is ready to be written: how many ms are left for it. May throw what to fail with instead. */
  readonly before?: () => number;
}

/** X was given its time, or more room than any answer of its takes. What was sent may have arrived. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

export interface Client {
  /** Sends once. Throws what twitter-api-v2 throws; a 401 under OAuth 2.0 is answered with one newer token. */
  send(request: Request): Promise<Answer>;
  /** With the app's own bearer token. */
  readonly app: TwitterApi | undefined;
  /** The code by which the old API names what is wrong with an OAuth 1.0a login, when it says one. */
  askWhatIsWrong(): Promise<number | undefined>;
  /** Whether the app's two keys are good without the account's. Undefined when nobody says. */
  tryApp(): Promise<boolean | undefined>;
}

/** One account's way to the API: the login, the names that the server speaks, and nothing that is tried twice but what cannot have been done. */
export function openClient(settings: XSettings, tokens: Tokens | undefined): Client {
  const { apiUrl: base, timeoutSeconds, bearer, appKey, appSecret, accessToken, accessSecret } = settings;
  const elsewhere: ITwitterApiClientPlugin = {
    onBeforeRequestConfig({ params }) {
      params.url = params.url.replace('https://api.x.com', base);
    },
    onBeforeStreamRequestConfig({ params }) {
      params.url = params.url.replace('https://api.x.com', base);
    },
  };
  const app = bearer;
  const user = appKey === undefined || appSecret === undefined || accessToken === undefined || accessSecret === undefined
    ? undefined : { appKey, appSecret, accessToken, accessSecret };
  let names: Vocabulary = vocabularies[0];

  const openAgent = (): HttpAgent => (base.startsWith('http:') ? new HttpAgent() : new HttpsAgent());
  /** A connection for each request: on a kept one that the other side just closed, nobody could tell whether a post was read. It ends with its request, however that ends. */
  const connect = async <T>(login: Login, timeoutMs: number, ask: (api: TwitterApi) => Promise<T>, signal?: AbortSignal): Promise<T> => {
    const httpAgent = openAgent();
    try {
      return await within(timeoutMs, httpAgent, ask(toApi(login, { plugins: [elsewhere], httpAgent })), signal);
    } finally {
      httpAgent.destroy();
    }
  };
  const sendAs = async (login: Login, { method, path, query = {}, body, timeoutMs: mostMs = timeoutSeconds * 1_000, signal, before }: Request): Promise<Answer> => {
    const timeoutMs = Math.ceil(Math.min(mostMs, before?.() ?? Infinity));
    const asked = typeof query === 'function' ? query(names) : query;
    const how = { fullResponse: true, timeout: timeoutMs, ...(method === 'post' && { forceBodyMode: 'json' as const }) } as const;
    const { data, headers } = await connect(login, timeoutMs, ({ v2 }) => (method === 'get' ? v2.get<unknown>(path, { ...asked }, how)
      : method === 'post' ? v2.post<unknown>(path, { ...body }, how) : v2.delete<unknown>(path, {}, how)), signal);
    return { body: data, headers };
  };
  /** A server that does not know the names is asked once in each of the others; what it answers to is kept. */
  const sendInWords = async (login: Login, request: Request): Promise<Answer> => {
    for (let tried = 1; ; tried += 1) {
      try {
        return await sendAs(login, request);
      } catch (error) {
        const isStrange = typeof request.query === 'function' && error instanceof ApiResponseError && isAboutNames(error.code, error.data);
        if (!isStrange || tried >= vocabularies.length) throw error;
        names = vocabularies[(vocabularies.indexOf(names) + 1) % vocabularies.length] ?? vocabularies[0];
      }
    }
  };

  return {
    app: app === undefined ? undefined : toApi(app, { plugins: [elsewhere], httpAgent: openAgent() }),
    async askWhatIsWrong() {
      try {
        if (user) await connect(user, timeoutSeconds * 1_000, ({ v1 }) => v1.get('account/verify_credentials.json'));
      } catch (error) {
        return error instanceof ApiResponseError ? readProblem(error.data).code : undefined;
      }
      return undefined;
    },
    async tryApp() {
      if (appKey === undefined || appSecret === undefined) return undefined;
      try {
        await connect({ appKey, appSecret }, timeoutSeconds * 1_000, api => api.appLogin());
        return true;
      } catch (error) {
        return error instanceof ApiResponseError && (error.code === 401 || error.code === 403) ? false : undefined;
      }
    },
    async send(request) {
      if (request.asApp) {
        if (app === undefined) throw new SetupError('X: this needs the bearer token of the app');
        return sendInWords(app, request);
      }
      if (user) return sendInWords(user, request);
      if (!tokens) throw new SetupError('X needs a login');
      const token = await tokens.access();
      try {
        return await sendInWords(token, request);
      } catch (error) {
        // A page comes from something in front of X and says nothing about a post, which may be there by now.
        const isRefused = error instanceof ApiResponseError && error.code === 401 && (request.method === 'get' || (typeof error.data === 'object' && error.data !== null));
        if (!isRefused) throw error;
        return sendInWords(await tokens.access(token), request);
      }
    },
  };
}

type Login = string | TwitterApiTokens;

/** Its constructor is overloaded and takes one kind at a time. */
const toApi = (login: Login, options: ConstructorParameters<typeof TwitterApi>[1]): TwitterApi => (typeof login === 'string' ? new TwitterApi(login, options) : new TwitterApi(login, options));

/** A hundred long posts and all that comes along with them are a third of it. */
const mostBytes = 32 * 1024 * 1024;
const lookEveryMs = 50;

/** twitter-api-v2 waits as long as something trickles in, and keeps all of it. */
async function within<T>(ms: number, agent: HttpAgent, answer: Promise<T>, signal?: AbortSignal): Promise<T> {
  const given = Promise.withResolvers<never>();
  const read = (): number => Object.values(agent.sockets).reduce((sum, sockets = []) => sum + sockets.reduce((all, { bytesRead }) => all + bytesRead, 0), 0);
  const late = setTimeout(() => given.reject(new NoAnswerError('no answer in time')), ms + 250);
  const flood = setInterval(() => {
    if (read() > mostBytes) given.reject(new NoAnswerError('an answer that never ends'));
  }, lookEveryMs);
  const stop = (): void => given.reject(new NoAnswerError('no answer in time'));
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([answer, given.promise]);
  } finally {
    signal?.removeEventListener('abort', stop);
    clearTimeout(late);
    clearInterval(flood);
  }
}
