import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request is answered with: an answer, or a way of not giving one. */
export type Answer =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'reset'
  | 'hang'
  /** The request is passed on and done, but its answer never arrives. */
  | 'lose'
  /** Half an answer, then the end. */
  | 'cut';

export interface SeenRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface FlakyServer {
  readonly url: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** Requests that `concerns` are answered so, `times` times (always, when absent). The newest rule wins. */
  answer(concerns: (request: SeenRequest) => boolean, answer: Answer, times?: number): void;
  close(): Promise<void>;
}

/** An HTTP server on loopback that answers by rules and passes everything else on to `target`, or says 404. */
export async function openFlakyServer(target?: string): Promise<FlakyServer> {
  const requests: SeenRequest[] = [];
  const rules: { concerns: (request: SeenRequest) => boolean; answer: Answer; left: number }[] = [];

  const respond = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    requests.push(request);
    const rule = rules.findLast(({ concerns, left }) => left > 0 && concerns(request));
    if (!rule) return target === undefined ? write(response, { status: 404, body: { error: 'Record not found' } }) : pass(target, request, response);
    rule.left -= 1;
    const { answer } = rule;
    if (answer === 'hang') return;
    if (answer === 'lose' && target !== undefined) await forward(target, request);
    if (answer === 'reset' || answer === 'lose') return void response.socket?.resetAndDestroy();
    if (answer === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"id":"1","cont', () => response.socket?.destroy());
      return;
    }
    write(response, answer);
  };

  const server = createServer((incoming, response) => {
    respond(incoming, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer: (concerns, answer, times = Infinity) => void rules.push({ concerns, answer, left: times }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  return { method: incoming.method ?? '', path: incoming.url ?? '', headers, body: Buffer.concat(chunks).toString() };
}

function forward(target: string, { method, path, headers, body }: SeenRequest): Promise<Response> {
  const own = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']);
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !own.has(name)));
  return fetch(new URL(path, target), { method, headers: kept, redirect: 'manual', ...(body !== '' && { body }) });
}

async function pass(target: string, request: SeenRequest, response: ServerResponse): Promise<void> {
  const answer = await forward(target, request);
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !['content-length', 'content-encoding', 'transfer-encoding', 'connection'].includes(name)));
  response.writeHead(answer.status, headers);
  response.end(await answer.text());
}

function write(response: ServerResponse, { status, headers = {}, body }: Exclude<Answer, string>): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}
