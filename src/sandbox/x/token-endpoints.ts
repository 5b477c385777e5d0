import { randomBytes } from 'node:crypto';
import type { Call, OpenEndpoint } from './endpoint.ts';
import type { SignedRequest, Verdict } from './oauth1.ts';
import type { XKeys } from './options.ts';
import { Problem, type Json } from './problem.ts';
import { tokenLifeMs, type Tokens } from './tokens.ts';

const scope = 'tweet.read tweet.write users.read offline.access';

const codes: Readonly<Record<Verdict, readonly [status: number, code: number, message: string]>> = {
  'clock': [401, 135, 'Timestamp out of bounds.'],
  'incomplete': [401, 215, 'Bad Authentication data.'],
  'unknown app': [401, 215, 'Bad Authentication data.'],
  'unknown token': [401, 89, 'Invalid or expired token.'],
  'signature': [401, 32, 'Could not authenticate you.'],
  'fine': [403, 453, 'You currently have access to a subset of X API V2 endpoints and limited v1.1 endpoints (e.g. media post, oauth) only.'],
};

const newToken = (): string => randomBytes(32).toString('base64url');

/** Whether the call is by the app with that id and secret, sent as RFC 6749 wants: form-encoded, then Basic. */
const isBy = ({ authorization }: Call, id: string, secret: string): boolean =>
  authorization === `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`;

/** The members of a form; also of JSON, which X takes and one client sends. */
const readForm = ({ form, body }: Call): URLSearchParams => {
  if (form.size > 0 || !body.startsWith('{')) return form;
  return new URLSearchParams(Object.entries(JSON.parse(body) as Json).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value] as [string, string]] : [])));
};

const refuse = (status: number, body: Json): never => {
  throw new Problem(status, body);
};

/** Where tokens come from and go to; and the one call of v1.1 whose only use is that it says what is wrong with keys. */
export const listTokenEndpoints = (keys: XKeys, tokens: Tokens, verify: (request: SignedRequest) => Verdict): readonly OpenEndpoint[] => [
  {
    method: 'POST', path: '/oauth2/token',
    answer(call) {
      if (!isBy(call, keys.appKey, keys.appSecret) || readForm(call).get('grant_type') !== 'client_credentials') {
        return refuse(403, { errors: [{ code: 99, message: 'Unable to verify your credentials', label: 'authenticity_token_error' }] });
      }
      return { body: { token_type: 'bearer', access_token: keys.bearer } };
    },
  },
  {
    method: 'POST', path: '/2/oauth2/token',
    answer(call) {
      const form = readForm(call);
      if (!isBy(call, keys.clientId, keys.clientSecret)) return refuse(401, { error: 'unauthorized_client', error_description: 'Missing valid authorization header' });
      if (form.get('grant_type') !== 'refresh_token') return refuse(400, { error: 'unsupported_grant_type', error_description: 'Only refresh_token is known here' });
      const [access, refresh] = [newToken(), newToken()];
      if (!tokens.exchange(form.get('refresh_token') ?? '', access, refresh)) {
        return refuse(400, { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' });
      }
      return { body: { token_type: 'bearer', expires_in: tokenLifeMs / 1000, access_token: access, scope, refresh_token: refresh } };
    },
  },
  {
    method: 'POST', path: '/2/oauth2/revoke',
    answer(call) {
      if (!isBy(call, keys.clientId, keys.clientSecret)) return refuse(401, { error: 'unauthorized_client', error_description: 'Missing valid authorization header' });
      tokens.revoke(readForm(call).get('token') ?? '');
      return { body: { revoked: true } };
    },
  },
  {
    method: 'GET', path: '/1.1/account/verify_credentials.json',
    answer(call) {
      const [status, code, message] = codes[verify(call)];
      return refuse(status, { errors: [{ code, message }] });
    },
  },
];
