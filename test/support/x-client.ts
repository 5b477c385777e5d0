import { createHmac, randomUUID } from 'node:crypto';
import http from 'node:http';
import { TwitterApi, type ITwitterApiClientPlugin, type TwitterApiOAuth2Init, type TwitterApiTokens } from 'twitter-api-v2';
import { demoKeys, openX, type XSandbox, type XSandboxOptions } from '../../src/sandbox/x/index.ts';

export type OpenX = XSandbox & { readonly url: string; close(): Promise<void> };

/** An empty X of its own, closed by the test. */
export const openEmptyX = (options: XSandboxOptions = {}): Promise<OpenX> => openX({ town: false, ...options });

export interface Problem { readonly title: string; readonly detail: string; readonly type: string; readonly errors?: readonly { readonly message: string; readonly parameters: Readonly<Record<string, readonly string[]>> }[] }

export interface XAnswer<T> { readonly status: number; readonly headers: Headers; readonly body: T }

/** Asks as a person by the name, or with whatever Authorization is given. */
export const askX = async <T = Problem>(url: string, authorization: string, method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<XAnswer<T>> => {
  const answer = await fetch(`${url}${path}`, {
    method, headers: { ...(authorization && { authorization }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() as T };
};

export const bearer = (token: string): string => `Bearer ${token}`;

interface Posted { readonly data: { readonly id: string; readonly text: string } }

/** Posts as a person, who may. */
export const sayX = async (url: string, handle: string, text: string, more: object = {}): Promise<Posted['data']> => {
  const { status, body } = await askX<Posted>(url, bearer(handle), 'POST', '/2/tweets', { text, ...more });
  if (status !== 201) throw new Error(`posting was answered with ${status}: ${JSON.stringify(body)}`);
  return body.data;
};

const encode = (text: string): string => encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** An OAuth 1.0a header for a request without a form; what is given as `oauth` stands instead of the usual. */
export const signX = (method: string, address: string, oauth: Readonly<Record<string, string>> = {}, secrets = demoKeys): string => {
  const url = new URL(address);
  const header: Readonly<Record<string, string>> = {
    oauth_consumer_key: demoKeys.appKey, oauth_nonce: randomUUID(), oauth_signature_method: 'HMAC-SHA1', oauth_timestamp: String(Math.floor(Date.now() / 1000)),
    oauth_token: demoKeys.accessToken, oauth_version: '1.0', ...oauth,
  };
  const pairs = [...url.searchParams, ...Object.entries(header)].map((pair) => pair.map(encode).join('=')).sort().join('&');
  const base = [method, `${url.origin}${url.pathname}`, pairs].map(encode).join('&');
  const signature = createHmac('sha1', `${encode(secrets.appSecret)}&${encode(secrets.accessSecret)}`).update(base).digest('base64');
  return `OAuth ${Object.entries({ ...header, oauth_signature: signature }).map(([name, value]) => `${name}="${encode(value)}"`).join(', ')}`;
};

/** A client that others wrote, pointed at a local server. */
export const openTwitter = (url: string, tokens: TwitterApiTokens | TwitterApiOAuth2Init | string = demoKeys): TwitterApi => {
  const plugin: ITwitterApiClientPlugin = {
    onBeforeRequestConfig({ params }) {
      params.url = params.url.replace('https://api.x.com', url);
      // It guesses the form of a body from the path, which here has a prefix.
      params.forceBodyMode ??= 'json';
    },
    onBeforeStreamRequestConfig({ params }) {
      params.url = params.url.replace('https://api.x.com', url);
    },
  };
  const settings = { plugins: [plugin], httpAgent: new http.Agent() };
  if (typeof tokens === 'string') return new TwitterApi(tokens, settings);
  return 'clientId' in tokens && !('appKey' in tokens) ? new TwitterApi(tokens, settings) : new TwitterApi(tokens as TwitterApiTokens, settings);
};
