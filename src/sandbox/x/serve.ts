// The way of every request: what the tests want to go wrong, who calls, how often, what is done, what it costs, how the answer gets lost.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Bill, Cost } from './bill.ts';
import type { Call, Caller, Endpoint, OpenEndpoint, Outcome } from './endpoint.ts';
import type { openLimits } from './limits.ts';
import { cut, openAttempts, sendAnswer, sendHalf, waitAsWanted, type Answer } from '../faults.ts';
import type { XFaults, XSandboxOptions } from './options.ts';
import { Problem, problemType } from './problem.ts';

/** One request, as it ended: status 0 when nothing was answered. */
export interface XRequest extends Cost { readonly method: string; readonly path: string; readonly status: number }

/** Lines of the request log that are kept. */
const keptRequests = 10_000;

const nothing: Cost = { dollars: 0, dollarsWithIncludes: 0 };

const toCall = (request: FastifyRequest): Call => {
  const { method, raw, headers } = request;
  const body = typeof request.body === 'string' ? request.body : '';
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;
  return {
    method, url: new URL(raw.url ?? '/', `http://${headers.host}`), params: request.params as Readonly<Record<string, string>>,
    authorization: headers.authorization ?? '', body, form: new URLSearchParams(isForm ? body : ''),
  };
};

const parse = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

export interface Gate {
  readonly options: Pick<XSandboxOptions, 'credits' | 'includesBilled'>;
  readonly faults: XFaults;
  readonly now: () => number;
  readonly bill: Bill;
  readonly limits: ReturnType<typeof openLimits>;
  readonly readCaller: (call: Call) => Caller;
  /** Where each request is written down. */
  readonly requests: XRequest[];
}

/** Serves endpoints on a part of an app. */
export const openServing = (app: FastifyInstance, { options, faults, now, bill, limits, readCaller, requests }: Gate) => {
  const number = openAttempts();

  const note = (request: XRequest): void => {
    requests.push(request);
    if (requests.length > keptRequests) requests.shift();
  };

  const limit = (endpoint: Endpoint, caller: Caller, reply: FastifyReply): void => {
    const name = `${endpoint.method} ${endpoint.path}`;
    const override = faults.limits?.[name];
    const usual = caller.user === undefined ? endpoint.limits.app : endpoint.limits.user;
    const { headers, refusal } = limits({ endpoint: name, subject: caller.user?.id ?? 'app', limit: override?.limit ?? usual, hidesReset: override?.hidesReset ?? false });
    void reply.headers(headers);
    if (refusal !== undefined) throw refusal;
  };

  const checkCredits = (): void => {
    const { dollars, dollarsWithIncludes } = bill.read();
    if (options.credits === undefined || (options.includesBilled === true ? dollarsWithIncludes : dollars) < options.credits) return;
    throw new Problem(402, {
      title: 'CreditsDepleted', detail: 'Your enrolled account does not have any credits to fulfill this request.', type: problemType('credits'), status: 402,
    });
  };

  const act = (endpoint: Endpoint | OpenEndpoint, call: Call, reply: FastifyReply): Outcome & { readonly cost: Cost } => {
    if (!('schemes' in endpoint)) return { ...endpoint.answer(call), cost: nothing };
    const caller = readCaller(call);
    if (!endpoint.schemes.includes(caller.scheme)) {
      throw new Problem(403, {
        title: 'Unsupported Authentication', type: problemType('unsupported-authentication'), status: 403,
        detail: `Authenticating with ${caller.scheme} is forbidden for this endpoint.  Supported authentication types are [${endpoint.schemes.join(', ')}].`,
      });
    }
    if (caller.isPerson) return { ...endpoint.answer(call, caller), cost: nothing };
    limit(endpoint, caller, reply);
    checkCredits();
    const outcome = endpoint.answer(call, caller);
    return { ...outcome, cost: bill.charge(outcome.charges ?? []) };
  };

  const handle = async (endpoint: Endpoint | OpenEndpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const call = toCall(request);
    const path = call.url.pathname.slice(app.prefix.length);
    const faulty = number(call.method, path, parse(call.body));
    await waitAsWanted(faults, faulty);
    void reply.header('date', new Date(now()).toUTCString());

    /** Ends the request, as `fault` wants it, and writes down how. */
    const end = (answer: Answer, fault: Answer | 'cut' | 'half' | 'stall' | undefined, cost: Cost): FastifyReply => {
      const said = typeof fault === 'object' ? fault : answer;
      note({ method: call.method, path, status: fault === 'cut' || fault === 'stall' ? 0 : said.status, ...cost });
      if (fault === 'cut') cut(reply);
      else if (fault === 'half') sendHalf(reply, said);
      else if (fault === 'stall') reply.hijack();
      else void sendAnswer(reply, said);
      return reply;
    };

    const before = faults.before?.(faulty);
    if (before !== undefined) return end({ status: 0, body: '' }, before, nothing);
    try {
      const { status = 200, body, stream, cost } = act(endpoint, call, reply);
      const fault = faults.after?.(faulty);
      if (stream === undefined || fault !== undefined) return end({ status, body }, fault, cost);
      note({ method: call.method, path, status, ...cost });
      reply.hijack();
      stream(reply.raw);
      return reply;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return end(error, faults.after?.(faulty), nothing);
    }
  };

  return (endpoint: Endpoint | OpenEndpoint): void => void app.route({
    method: endpoint.method, url: endpoint.path, exposeHeadRoute: false, handler: (request, reply) => handle(endpoint, request, reply),
  });
};
