// What the sandbox's X answers, against X's own description of the API: the last one in the names that clients send.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { askX, bearer, openEmptyX, type OpenX } from '../support/x-client.ts';

const contract = join(import.meta.dirname, '../../../shared/contracts/x-openapi-2.159.json');
const maybe = existsSync(contract) ? describe : describe.skip;

interface Answered { readonly content?: { readonly 'application/json'?: { readonly schema?: object } } }
interface Parameter { readonly $ref?: string; readonly name?: string; readonly schema?: { readonly items?: { readonly enum?: readonly string[] } } }
interface Operation { readonly parameters?: readonly Parameter[]; readonly responses?: Readonly<Record<string, Answered>> }
interface OpenApi {
  readonly components: { readonly schemas: Readonly<Record<string, object>>; readonly parameters: Readonly<Record<string, Parameter>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** A schema that knows no member but its own: what the description does not name, the server must not say. */
const close = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(close);
  if (typeof part !== 'object' || part === null) return part;
  const closed = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, close(value)]));
  return 'properties' in closed && !('additionalProperties' in closed) && !('discriminator' in closed) ? { ...closed, unevaluatedProperties: false } : closed;
};

const readContract = () => {
  const api = JSON.parse(readFileSync(contract, 'utf8')) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // A pattern that stands where a format belongs.
  ajv.addFormat('^[0-9]{1,19}$', /^\d{1,19}$/);
  const toSchema = (part: object): object => JSON.parse(JSON.stringify(part).replaceAll('"#/components', '"x#/components')) as object;
  // Problems are open: each kind adds members of its own. So are parts that others take in with allOf.
  const shared = new Set([...JSON.stringify(api).matchAll(/"allOf":\[(?:\{"\$ref":"#\/components\/schemas\/(\w+)"\},?)+/g)].flatMap((found) => [...found[0].matchAll(/schemas\/(\w+)/g)].map(([, name]) => name)));
  const schemas = Object.fromEntries(Object.entries(api.components.schemas).map(([name, schema]) => [name, shared.has(name) || name.endsWith('Problem') || name === 'Photo' ? schema : close(schema)]));
  ajv.addSchema({ ...toSchema({ components: { schemas } }), $id: 'x' });
  const complain = (schema: object, body: unknown): readonly string[] => {
    const validate = ajv.compile(toSchema(schema));
    return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
  };
  return {
    /** What is wrong with an answer. */
    answer(method: string, path: string, status: number, body: unknown): readonly string[] {
      const schema = api.paths[path]?.[method.toLowerCase()]?.responses?.[String(status)]?.content?.['application/json']?.schema;
      return schema === undefined ? [`the description knows no ${status} of ${method} ${path}`] : complain(schema, body);
    },
    problem: (name: string, body: unknown): readonly string[] => complain({ $ref: `#/components/schemas/${name}` }, body),
    /** Every value that every field parameter of an operation may have, as a query. */
    everything: (path: string): string => (api.paths[path]?.['get']?.parameters ?? [])
      .map(({ $ref, ...own }) => ($ref === undefined ? own : api.components.parameters[$ref.split('/').at(-1) ?? ''] ?? {}))
      .filter(({ schema }) => schema?.items?.enum !== undefined && schema.items.enum.length > 2).map(({ name, schema }) => `${name}=${schema?.items?.enum?.join(',')}`).join('&'),
  };
};

maybe('the X of the sandbox keeps the contract of X (skipped where ../shared/contracts is absent)', () => {
  let x: OpenX;
  let api: ReturnType<typeof readContract>;
  const ids: Record<string, string> = {};
  const app = bearer(demoKeys.bearer);
  const name = (path: string): string => path.replace(/<(\w+)>/g, (_, key: string) => ids[key] ?? '');

  beforeAll(async () => {
    api = readContract();
    x = await openEmptyX({ premium: true });
    const ada = x.world.ensureUser('ada', { description: 'Tea', isAutomated: true, isVerified: true });
    const parent = x.world.say({ by: ada, text: 'see example.com #tea $TEA', media: [{ url: 'https://img.example/tea.jpg', altText: 'tea' }] });
    const asked = x.world.say({ by: ada, text: `@repartee ${'long '.repeat(70)}`, replyTo: parent.id });
    const gone = x.world.say({ by: ada, text: 'gone' });
    x.world.say({ by: ada, text: '@repartee', replyTo: gone.id, quoteOf: asked.id });
    x.world.remove(gone);
    x.world.say({ by: ada, text: '@repartee', quoteOf: x.world.say({ by: x.world.ensureUser('shy', { isProtected: true }), text: 'no' }).id });
    Object.assign(ids, { parent: parent.id, asked: asked.id, ada: ada.id, bot: x.bot.id });
  });
  afterAll(() => x.close());

  it.each([
    ['/2/users/me', '/2/users/me', 'ada'],
    ['/2/users/{id}', '/2/users/<ada>', ''],
    ['/2/users/{id}', '/2/users/17', ''],
    ['/2/users/by/username/{username}', '/2/users/by/username/ada', ''],
    ['/2/users', '/2/users?ids=<ada>,<bot>,17', ''],
    ['/2/users/{id}/mentions', '/2/users/<bot>/mentions?max_results=100', ''],
    ['/2/users/{id}/mentions', '/2/users/<ada>/mentions', ''],
    ['/2/users/{id}/tweets', '/2/users/<ada>/tweets?max_results=5', ''],
    ['/2/tweets', '/2/tweets?ids=<asked>,17', ''],
    ['/2/tweets/{id}', '/2/tweets/<parent>', ''],
    ['/2/tweets/{id}', '/2/tweets/17', ''],
    ['/2/tweets/search/recent', '/2/tweets/search/recent?query=from:ada', ''],
    ['/2/trends/by/woeid/{woeid}', '/2/trends/by/woeid/1', ''],
    ['/2/activity/subscriptions', '/2/activity/subscriptions', ''],
  ])('with GET %s: %s, without fields and with all of them', async (path, address, handle) => {
    for (const query of ['', api.everything(path)]) {
      const { status, body } = await askX<unknown>(x.url, handle === '' ? app : bearer(handle), 'GET', `${name(address)}${address.includes('?') ? '&' : '?'}${query}`);
      expect(api.answer('GET', path, status, body)).toEqual([]);
      expect(status).toBe(200);
    }
  });

  it('with what is written', async () => {
    const send = async (method: string, path: string, address: string, body?: object) => {
      const answer = await askX<{ data: { id: string; subscription: { subscription_id: string } } }>(x.url, method === 'DELETE' && path.includes('activity') ? app : bearer('ada'), method, name(address), body);
      return { ...answer, complaints: api.answer(method, path, answer.status, answer.body) };
    };
    const made = await send('POST', '/2/tweets', '/2/tweets', { text: 'hello' });
    expect(made.status).toBe(201);
    // The description forgets what servers answer and clients of old expect.
    expect(made.complaints).toEqual([expect.stringContaining('edit_history_tweet_ids')]);
    expect((await send('DELETE', '/2/tweets/{id}', `/2/tweets/${made.body.data.id}`)).complaints).toEqual([]);
    const subscribed = await send('POST', '/2/activity/subscriptions', '/2/activity/subscriptions', { event_type: 'post.mention.create', filter: { user_id: ids['ada'] } });
    expect(subscribed.complaints).toEqual([]);
    expect((await send('DELETE', '/2/activity/subscriptions/{subscription_id}', `/2/activity/subscriptions/${subscribed.body.data.subscription.subscription_id}`)).complaints).toEqual([]);
  });

  it('but for numbers that the newer description made texts', async () => {
    const trends = await askX<unknown>(x.url, bearer('ada'), 'GET', '/2/users/personalized_trends');
    expect(api.answer('GET', '/2/users/personalized_trends', 200, trends.body)).toEqual([expect.stringContaining('/post_count must be integer')]);
    const usage = await askX<unknown>(x.url, app, 'GET', '/2/usage/tweets');
    expect(api.answer('GET', '/2/usage/tweets', 200, usage.body)).toEqual([expect.stringContaining('/project_cap must be integer'), expect.stringContaining('/project_usage must be integer')]);
  });

  it.each([
    ['InvalidRequestProblem', 400, () => askX(x.url, app, 'GET', '/2/tweets/17?colour=red')],
    ['InvalidRequestProblem', 400, () => askX(x.url, bearer('ada'), 'POST', '/2/tweets', { text: 'hi', colour: 'red' })],
    ['Problem', 401, () => askX(x.url, '', 'GET', '/2/users/me')],
    ['UnsupportedAuthenticationProblem', 403, () => askX(x.url, app, 'GET', '/2/users/me')],
    ['Problem', 403, () => askX(x.url, bearer('ada'), 'POST', '/2/tweets', { text: 'hi', reply: { in_reply_to_tweet_id: '17' } })],
    ['ResourceNotFoundProblem', 404, () => askX(x.url, bearer('ada'), 'DELETE', '/2/tweets/17')],
  ])('with a refusal: %s, %d', async (problem, status, ask) => {
    const answer = await ask();
    expect([answer.status, api.problem(problem, answer.body)]).toEqual([status, []]);
  });

  it('with errors beside data', async () => {
    const { body } = await askX<{ errors: readonly { type: string }[] }>(x.url, app, 'GET', `/2/users/${x.bot.id}/mentions?expansions=referenced_tweets.id`);
    expect(new Set(body.errors.map(({ type }) => type.split('/').at(-1)))).toEqual(new Set(['not-authorized-for-resource', 'resource-not-found']));
    for (const error of body.errors) expect(api.problem(error.type.endsWith('not-found') ? 'ResourceNotFoundProblem' : 'ResourceUnauthorizedProblem', error)).toEqual([]);
  });

  it('and would notice a breach', () => {
    expect(api.answer('GET', '/2/tweets/{id}', 200, { data: { id: 17, text: 'hi', colour: 'red' } })).toEqual([
      expect.stringContaining('/data/id must be string'), expect.stringContaining('"unevaluatedProperty":"colour"'),
    ]);
  });
});
