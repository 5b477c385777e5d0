// What goes wrong on purpose. Tests hand it over; nothing of it can be reached over HTTP.
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

export interface FaultyRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Parsed JSON, or the text where it is none. */
  readonly body: unknown;
  /** 1 for the first request of this method, path and body. */
  readonly attempt: number;
}

export interface Answer {
  readonly status: number;
  /** A text goes out as HTML, everything else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What goes wrong, looked at for each request: a test may change it while the server runs. */
export interface Faults {
  /** How long every request waits before anything is done. */
  latencyMs?: number | ((request: FaultyRequest) => number) | undefined;
  /** Answers, or cuts the connection, before anything is done. */
  before?: ((request: FaultyRequest) => Answer | 'cut' | 'stall' | undefined) | undefined;
  /** Loses, halves or replaces the answer to what was done. */
  after?: ((request: FaultyRequest) => Answer | 'cut' | 'half' | 'stall' | undefined) | undefined;
}

export const toText = ({ body }: Pick<Answer, 'body'>): string => (typeof body === 'string' ? body : JSON.stringify(body));

export const sendAnswer = (reply: FastifyReply, answer: Answer): FastifyReply => reply.code(answer.status)
  .headers({ 'content-type': typeof answer.body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8', ...answer.headers }).send(toText(answer));

export const cut = (reply: FastifyReply): void => {
  reply.hijack();
  reply.raw.destroy();
};

/** Half of what the header promises, then the end. */
export const sendHalf = (reply: FastifyReply, answer: Answer): void => {
  const bytes = Buffer.from(toText(answer));
  reply.hijack();
  reply.raw.writeHead(answer.status, { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length });
  reply.raw.write(bytes.subarray(0, bytes.length / 2), () => reply.raw.destroy());
};

/** Numbers the attempts of each request. */
export const openAttempts = () => {
  const attempts = new Map<string, number>();
  return (method: string, path: string, body: unknown): FaultyRequest => {
    const key = `${method} ${path} ${JSON.stringify(body)}`;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    return { method, path, body, attempt };
  };
};

export const waitAsWanted = async ({ latencyMs = 0 }: Faults, request: FaultyRequest): Promise<void> => {
  const ms = typeof latencyMs === 'number' ? latencyMs : latencyMs(request);
  if (ms > 0) await wait(ms);
};

/** Puts faults before and after everything below `/api/`. */
export const addFaults = (app: FastifyInstance, faults: Faults): void => {
  const number = openAttempts();
  const known = new WeakMap<FastifyRequest, FaultyRequest>();
  app.addHook('preHandler', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (!path.startsWith('/api/')) return undefined;
    const faulty = number(request.method, path, request.body ?? '');
    known.set(request, faulty);
    await waitAsWanted(faults, faulty);
    const fault = faults.before?.(faulty);
    if (fault === 'cut') cut(reply);
    else if (fault === 'stall') reply.hijack();
    else if (fault !== undefined) return sendAnswer(reply, fault);
    return undefined;
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const faulty = known.get(request);
    known.delete(request); // what is sent instead comes by here too
    const fault = faulty && faults.after?.(faulty);
    if (fault === undefined) return payload;
    if (fault === 'cut') cut(reply);
    else if (fault === 'stall') await new Promise(gone => reply.raw.once('close', gone));
    else if (fault === 'half') sendHalf(reply, { status: reply.statusCode, body: String(payload) });
    else {
      const text = toText(fault);
      reply.code(fault.status).headers({ 'content-type': typeof fault.body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), ...fault.headers });
      return text;
    }
    return payload;
  });
};
