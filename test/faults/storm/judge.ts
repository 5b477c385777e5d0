// The judge: the networks, the people and the model, in a process of its own. It counts what stands on the networks and never asks the bot.
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer, Faults, FaultyRequest } from '../../../src/sandbox/faults.ts';
import { openSandbox } from '../../../src/sandbox/index.ts';
import { openChat } from './model.ts';
import { speechOf, type Place, type Seen } from './places.ts';
import { openRandom, pick } from '../../support/random.ts';

export interface JudgeOptions {
  readonly seed: number;
  /** Where mentions come from, in turn; at most one of them is not X. */
  readonly places: readonly Place[];
  /** Handle of whoever answers. */
  readonly speaker: string;
}

export interface Mention {
  readonly number: number;
  readonly place: Place;
  readonly id: string;
  readonly askedAt: number;
}

export interface Judged extends Mention {
  readonly answers: readonly Seen[];
  /** When the first one was taken. */
  readonly answeredAt: number | undefined;
}

/** What may be asked of the judge, by name. */
export interface Judge {
  /** Somebody tags the bot. */
  ask(number: number): Promise<Mention>;
  count(): Promise<readonly Judged[]>;
  /** The next answer goes wrong in one of `troubles` ways, by its number. */
  trouble(number: number): Promise<void>;
}

/** What may go wrong with a post, before it is taken or after, and with the model. */
const troubles = [
  { before: 'cut' }, { after: 'cut' }, { after: 'half' }, { after: { status: 500, body: { error: 'Internal Server Error' } } }, { before: { status: 503, body: 'busy' } },
  { before: { status: 429, body: { error: 'Too many requests' } } },
] as const;
/** The model's own come after them. */
export const troubleKinds = troubles.length + 1;

/** What the judge says by itself. */
export type News = { readonly ready: { readonly url: string; readonly modelUrl: string } } | { readonly posted: string };

/** The bot's own posts can be read only so long after they were made. */
const readLagMs = 1_000;
const mostWaitMs = 30;
const askers = 40;

/** Rate limits that the storm must never meet, by endpoint. */
const unlimited = Object.fromEntries(
  ['POST /2/tweets', 'GET /2/tweets', 'GET /2/tweets/:id', 'GET /2/tweets/search/recent', 'GET /2/users/:id/mentions', 'GET /2/users/:id/tweets', 'GET /2/users/me', 'GET /2/users/:id', 'GET /2/trends/by/woeid/:woeid']
    .map(endpoint => [endpoint, { limit: 1_000_000 }]),
);

const tell = (news: News): void => void process.send?.(news);

export async function openJudge({ seed, places, speaker }: JudgeOptions): Promise<Judge> {
  const random = openRandom(seed ^ 0x5eed);
  const model = await openChat(openRandom(seed ^ 0xc4a7));
  const asked: Mention[] = [];
  const answeredAt = new Map<string, number>();
  const bornAt = new Map<string, number>();
  const speeches = places.map(speechOf);
  const speechAt = ({ method, url }: FastifyRequest) => (method === 'POST' ? speeches.find(({ path }) => path === url) : undefined);

  /** Before it is taken and before it is confirmed, every post lies about for a moment; and it is shown late. */
  const disturb = (app: FastifyInstance): void => {
    app.addHook('preHandler', async request => {
      if (speechAt(request)) await wait(pick(random, 0, mostWaitMs));
    });
    app.addHook('preSerialization', async (request, _reply, payload) => {
      if (request.method !== 'GET' || !request.url.endsWith('/context')) return payload;
      const { ancestors, descendants } = payload as { ancestors: unknown; descendants: readonly { readonly id: string }[] };
      return { ancestors, descendants: descendants.filter(({ id }) => Date.now() - (bornAt.get(id) ?? 0) >= readLagMs) };
    });
    app.addHook('onSend', async (request, reply, payload) => {
      const speech = speechAt(request);
      if (speech === undefined || reply.statusCode >= 300) return payload;
      const answer: unknown = JSON.parse(String(payload));
      bornAt.set(speech.idOf(answer), Date.now());
      const mention = speech.answeredBy(request.body, answer);
      if (mention !== undefined && !answeredAt.has(mention)) answeredAt.set(mention, Date.now());
      if (mention !== undefined) tell({ posted: mention });
      await wait(pick(random, 0, mostWaitMs));
      return payload;
    });
  };

  const server = places.find(place => place !== 'x');
  const ground: { app?: FastifyInstance } = {};
  const pending: number[] = [];
  const take = (when: 'before' | 'after', { method, body }: FaultyRequest) => {
    const isAnswer = method === 'POST' && !JSON.stringify(body).includes('@repartee ');
    const trouble = isAnswer ? troubles[pending[0] ?? -1] : undefined;
    if (trouble === undefined || !(when in trouble)) return undefined;
    pending.shift();
    const fault = (trouble as { readonly [K in typeof when]?: 'cut' | 'half' | Answer })[when];
    // A limit that is over soon; the sandbox's own is minutes away.
    return typeof fault === 'object' && fault.status === 429 ? { ...fault, headers: { 'x-ratelimit-reset': new Date(Date.now() + 1_000).toISOString() } } : fault;
  };
  const faults: Faults = { before: request => take('before', request) as 'cut' | Answer | undefined, after: request => take('after', request) };
  const sandbox = await openSandbox({
    town: false,
    faults,
    ...(server !== undefined && { server }),
    x: places.includes('x') ? { faults: { ...faults, readLagMs, limits: unlimited } } : false,
    extend(app) {
      ground.app = app;
      disturb(app);
    },
  });
  const { app } = ground;
  if (app === undefined) throw new Error('the sandbox has opened without its extension');
  tell({ ready: { url: sandbox.url, modelUrl: model.baseUrl } });

  return {
    async ask(number) {
      const place = places[number % places.length] ?? 'mastodon';
      const speech = speechOf(place);
      const askedAt = Date.now();
      const response = await app.inject({
        method: 'POST', url: speech.path, headers: { authorization: `Bearer asker${number % askers}`, 'content-type': 'application/json' },
        payload: JSON.stringify(speech.toBody(`@repartee what do you make of question ${number}?`)),
      });
      if (response.statusCode >= 300) throw new Error(`the judge could not ask question ${number}: ${response.statusCode} ${response.body}`);
      const mention = { number, place, id: speech.idOf(response.json()), askedAt };
      asked.push(mention);
      return mention;
    },
    async trouble(number) {
      // Where nobody posts for a while, they do not pile up.
      if (number < troubles.length) pending.splice(0, 1, number);
      else model.failNext();
    },
    async count() {
      const judged: Judged[] = [];
      for (const place of new Set(places)) {
        const here = asked.filter(mention => mention.place === place);
        const answers = await speechOf(place).read({ app, x: sandbox.x }, here.map(({ id }) => id), speaker);
        judged.push(...here.map(mention => ({ ...mention, answers: (answers.get(mention.id) ?? []).map(({ id, text }) => ({ id, text })), answeredAt: answeredAt.get(mention.id) })));
      }
      return judged;
    },
  };
}
