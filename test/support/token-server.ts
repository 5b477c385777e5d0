// X as far as its tokens go: each refresh token is good for one use. It judges whether a login is still alive.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TokenFaults {
  /** Waits before anything is done, and before the answer to what was done. */
  latencyMs?: { readonly before?: number; readonly after?: number } | undefined;
  /** Answers, or cuts the connection, without doing anything. */
  before?: { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> } | 'cut' | undefined;
  /** What becomes of the answer to an exchange that was done. */
  after?: 'cut' | 'half' | 'page' | 'stall' | undefined;
  /** Members of an answer that are sent otherwise; undefined: not at all. */
  members?: Readonly<Record<string, unknown>> | undefined;
  /** X at its kindest: a used token is exchanged once more. */
  forgives?: boolean | undefined;
}

export interface SeenExchange {
  readonly authorization: string | undefined;
  readonly userAgent: string | undefined;
  readonly type: string | undefined;
  readonly form: Readonly<Record<string, string>>;
  readonly outcome: 'issued' | 'refused' | 'not done';
}

export interface TokenServer {
  readonly url: string;
  readonly keys: { readonly clientId: string; readonly clientSecret: string; readonly refreshToken: string };
  readonly faults: TokenFaults;
  readonly exchanges: readonly SeenExchange[];
  count(outcome: SeenExchange['outcome']): number;
  /** Every token that it ever gave. */
  readonly given: readonly string[];
  close(): Promise<void>;
}

const newToken = (): string => randomBytes(24).toString('base64url');

export async function openTokenServer(): Promise<TokenServer> {
  const keys = { clientId: `client-${newToken()}`, clientSecret: newToken(), refreshToken: newToken() };
  const faults: TokenFaults = {};
  const exchanges: SeenExchange[] = [];
  const given: string[] = [];
  const used = new Set<string>();
  let living = new Set([keys.refreshToken]);
  let access: string | undefined;

  const write = (response: ServerResponse, status: number, body: string, headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' }): void => {
    response.writeHead(status, headers).end(body);
  };
  const exchange = (token: string): Readonly<Record<string, unknown>> | undefined => {
    if (!living.has(token) && !(faults.forgives === true && used.has(token))) return undefined;
    used.add(token);
    const refresh = newToken();
    access = newToken();
    living = new Set([refresh]);
    given.push(refresh, access);
    return { token_type: 'bearer', expires_in: 7200, access_token: access, scope: 'tweet.read tweet.write users.read offline.access', refresh_token: refresh, ...faults.members };
  };
  const answerExchange = async (request: IncomingMessage, response: ServerResponse, body: string): Promise<void> => {
    const form = Object.fromEntries(new URLSearchParams(body));
    const note = (outcome: SeenExchange['outcome']): void => {
      exchanges.push({ authorization: request.headers.authorization, userAgent: request.headers['user-agent'], type: request.headers['content-type'], form, outcome });
    };
    const { before, after, latencyMs } = faults;
    if (latencyMs?.before !== undefined) await sleep(latencyMs.before, undefined, { ref: false });
    if (before !== undefined) {
      note('not done');
      return before === 'cut' ? void response.socket?.resetAndDestroy() : write(response, before.status, before.body, before.headers);
    }
    const pair = form['grant_type'] === 'refresh_token' ? exchange(form['refresh_token'] ?? '') : undefined;
    note(pair ? 'issued' : 'refused');
    if (latencyMs?.after !== undefined) await sleep(latencyMs.after, undefined, { ref: false });
    if (!pair) return write(response, 400, JSON.stringify({ error: 'invalid_request', error_description: 'Value passed for the token was invalid.' }));
    const text = JSON.stringify(pair);
    if (after === 'cut') return void response.socket?.resetAndDestroy();
    if (after === 'stall') return;
    if (after === 'half') return write(response, 200, text.slice(0, text.length / 2));
    if (after === 'page') return write(response, 200, '<!doctype html><title>One moment</title>', { 'content-type': 'text/html' });
    write(response, 200, text);
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.url === '/2/oauth2/token') {
        answerExchange(request, response, Buffer.concat(chunks).toString('utf8')).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
      } else write(response, access !== undefined && request.headers.authorization === `Bearer ${access}` ? 200 : 401, '{}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    keys, faults, exchanges, given,
    count: outcome => exchanges.filter(each => each.outcome === outcome).length,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
