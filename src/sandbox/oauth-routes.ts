import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { appToken, bodyOf, queryOf, readToken } from './front-door.ts';
import { readList, readText, type Fields } from './fields.ts';
import type { AppRecord } from './records.ts';
import { invalid, Refusal } from './refusal.ts';
import { escapeHtml } from './text.ts';
import type { World } from './world.ts';

const outOfBand = 'urn:ietf:wg:oauth:2.0:oob';
/** How long a code may wait to be exchanged: Doorkeeper's ten minutes. */
const codeLifeMs = 600_000;

interface Grant { readonly handle: string; readonly clientId: string; readonly redirectUri: string; readonly scope: string; readonly challenge: string | undefined; readonly at: number }

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== '');

const toApp = (app: AppRecord): Record<string, unknown> => ({
  id: app.id, name: app.name, website: app.website, scopes: app.scopes, redirect_uri: app.redirectUris.join('\n'), redirect_uris: app.redirectUris, vapid_key: '',
});

const page = (reply: FastifyReply, body: string): FastifyReply => reply
  .type('text/html; charset=utf-8')
  .header('content-security-policy', "default-src 'none'; frame-ancestors 'none'")
  .send(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sign in to the sandbox</title>${body}`);

/** Apps and tokens. A token is the handle it stands for; the codes live in memory. */
export const addOauthRoutes = (app: FastifyInstance, world: World): void => {
  const grants = new Map<string, Grant>();

  app.post('/api/v1/apps', (request) => {
    const body = bodyOf(request);
    const name = readText(body, 'client_name') ?? '';
    const listed = readList(body, 'redirect_uris');
    const redirectUris = listed.length > 0 ? listed : words(readText(body, 'redirect_uris') ?? '');
    if (name === '') throw invalid("Name can't be blank");
    if (redirectUris.length === 0) throw invalid("Redirect URI can't be blank");
    const made: AppRecord = {
      id: world.newStatusId(Date.now()), name, redirectUris, website: readText(body, 'website') ?? null, scopes: words(readText(body, 'scopes') ?? 'read'),
      clientId: randomBytes(32).toString('base64url'), clientSecret: randomBytes(32).toString('base64url'),
    };
    world.commit({ kind: 'app', app: made });
    return { ...toApp(made), client_id: made.clientId, client_secret: made.clientSecret, client_secret_expires_at: 0 };
  });

  app.get('/oauth/authorize', (request, reply) => {
    const query = queryOf(request);
    const client = world.app(readText(query, 'client_id') ?? '');
    const redirectUri = readText(query, 'redirect_uri') ?? '';
    if (client === undefined || !client.redirectUris.includes(redirectUri)) throw new Refusal(400, 'The client or its redirect URI is not known');
    const handle = readText(query, 'handle') ?? '';
    if (!/^\w{1,30}$/.test(handle)) {
      const fields = Object.entries(query).filter(([name]) => name !== 'handle')
        .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(String(value))}">`);
      return page(reply, `<form><p>${escapeHtml(client.name)} asks to act as you.</p><label>Your handle <input name="handle" pattern="\\w{1,30}" required></label>${fields.join('')}<button>Authorize</button></form>`);
    }
    const code = randomBytes(32).toString('base64url');
    grants.set(code, {
      handle, clientId: client.clientId, redirectUri, scope: readText(query, 'scope') ?? 'read', challenge: readText(query, 'code_challenge'), at: Date.now(),
    });
    if (redirectUri === outOfBand) return page(reply, `<p>Your code:</p><p><code>${code}</code></p>`);
    const target = new URL(redirectUri);
    target.searchParams.set('code', code);
    const state = readText(query, 'state');
    if (state !== undefined) target.searchParams.set('state', state);
    return reply.redirect(target.href);
  });

  const refuse = (reply: FastifyReply, status: number, error: string, description: string): FastifyReply =>
    reply.code(status).send({ error, error_description: description });

  const redeem = (body: Fields, client: AppRecord): Grant | undefined => {
    const code = readText(body, 'code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    if (grant === undefined || grant.clientId !== client.clientId || grant.redirectUri !== readText(body, 'redirect_uri') || Date.now() - grant.at > codeLifeMs) return undefined;
    const proof = createHash('sha256').update(readText(body, 'code_verifier') ?? '').digest('base64url');
    return grant.challenge === undefined || grant.challenge === proof ? grant : undefined;
  };

  app.post('/oauth/token', (request, reply) => {
    const body = bodyOf(request);
    const client = world.app(readText(body, 'client_id') ?? '');
    if (client === undefined || client.clientSecret !== readText(body, 'client_secret')) {
      return refuse(reply, 401, 'invalid_client', 'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.');
    }
    const token = (access: string, scope: string): Record<string, unknown> =>
      ({ access_token: access, token_type: 'Bearer', scope, created_at: Math.floor(Date.now() / 1000) });
    const kind = readText(body, 'grant_type');
    if (kind === 'client_credentials') return reply.send(token(appToken, readText(body, 'scope') ?? 'read'));
    if (kind !== 'authorization_code') return refuse(reply, 400, 'unsupported_grant_type', 'The authorization grant type is not supported by the authorization server.');
    const grant = redeem(body, client);
    if (grant === undefined) return refuse(reply, 400, 'invalid_grant', 'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.');
    return reply.send(token(world.ensureAccount(grant.handle).handle, grant.scope));
  });

  // A token is a name and cannot be taken back; the answer is the one Mastodon gives either way.
  app.post('/oauth/revoke', () => ({}));

  app.get('/api/v1/apps/verify_credentials', (request) => {
    if (readToken(request.headers.authorization, queryOf(request)) === undefined) throw new Refusal(401, 'The access token is invalid');
    return { id: '1', name: 'Sandbox', website: null, scopes: ['read', 'write'], redirect_uri: outOfBand, redirect_uris: [outOfBand], vapid_key: '' };
  });
};
