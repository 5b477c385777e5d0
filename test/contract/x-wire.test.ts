import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { x } from '../../src/networks/x/index.ts';
import { openBooks } from '../support/books.ts';
import { openFlakyServer, type SeenRequest } from '../support/flaky-server.ts';
import { legacy, snowflake, toNew } from '../support/x-shapes.ts';
import { oauth1, toTools } from '../support/x-driver.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: object;
}
interface Operation {
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly responses?: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly parameters: Readonly<Record<string, Parameter>> };
}

const vocabularies = [
  { title: 'the old names', file: '../shared/contracts/x-openapi-2.159.json', page: legacy as unknown, isOld: true },
  { title: 'the new names', file: '../shared/contracts/x-openapi.json', page: toNew(legacy), isOld: false },
];

for (const { title, file, page, isOld } of vocabularies) {
  const available = existsSync(file);
  const maybe = available ? describe : describe.skip;

  maybe(`everything that the adapter sends in ${title} is in X's contract${available ? '' : ` (skipped: ${file} is absent)`}`, () => {
    let requests: readonly SeenRequest[] = [];
    let contract: Contract;
    const ajv = new Ajv({ strict: false, coerceTypes: 'array', allErrors: true });

    beforeAll(async () => {
      contract = JSON.parse(readFileSync(file, 'utf8')) as Contract;
      addFormats.default(ajv);
      ajv.addSchema(contract, 'contract');
      const server = await openFlakyServer();
      const own = { data: [], meta: { result_count: 0 } };
      server.answer(({ method }) => method === 'GET', { status: 200, body: own });
      server.answer(({ path }) => /\/mentions\?.*since_id/u.test(path), { status: 200, body: page });
      server.answer(({ path }) => path.includes('/trends/'), { status: 200, body: { data: [{ trend_name: '#goose', tweet_count: 3 }] } });
      server.answer(({ path }) => path.includes('/users/me'), { status: 200, body: { data: { id: '99', username: 'quip', name: 'Quip' } } });
      server.answer(({ method }) => method === 'POST', { status: 201, body: { data: { id: '7', text: 'x' } } });
      server.answer(({ method }) => method === 'DELETE', { status: 200, body: { data: { deleted: true } } });
      if (!isOld) {
        const strange = (name: string) => ({ status: 400, body: { title: 'Invalid Request', detail: `The query parameter [${name}] is not one of []`, type: 'https://api.x.com/2/problems/invalid-request' } });
        server.answer(({ path }) => path.includes('tweet.fields'), strange('tweet.fields'));
      }
      try {
        const open = (more: object) => x.open(x.settings.parse({ ...oauth1, accessToken: '99-token', bearer: 'b', apiUrl: server.url, ancestors: 4, ...more }), toTools(openBooks()));
        await open({});
        const network = await open({ handle: 'quip' });
        await network.mentions();
        const { mentions: [mention] } = await network.mentions('7');
        if (!mention) throw new Error('the mention did not arrive');
        await network.thread({ ...mention, before: [] });
        await network.post({ to: mention, text: 'rain', language: 'en', idempotencyKey: 'k', giveUpAt: performance.now() + 5_000, giveUpBy: Infinity });
        await network.find(mention);
        await network.trending();
        await network.search?.('the goose of the town', AbortSignal.timeout(5_000));
        await (await open({ bearer: undefined })).trending();
        await network.remove({ id: '7', url: '' });
        requests = server.requests.filter(({ path }) => isOld || !path.includes('tweet.fields'));
      } finally {
        await server.close();
      }
    });

    const templateOf = (request: SeenRequest): string => {
      const parts = request.path.split('?')[0]?.split('/') ?? [];
      const fits = Object.keys(contract.paths).filter(template => template.split('/').length === parts.length && template.split('/').every((piece, at) => piece.startsWith('{') || piece === parts[at]));
      return fits.toSorted((one, other) => one.split('{').length - other.split('{').length)[0] ?? '';
    };
    const operationOf = (request: SeenRequest): Operation | undefined => contract.paths[templateOf(request)]?.[request.method.toLowerCase()];
    const parametersOf = (request: SeenRequest): readonly Parameter[] =>
      (operationOf(request)?.parameters ?? []).map(one => ('$ref' in one ? contract.components.parameters[one.$ref.split('/').at(-1) ?? ''] : one)).filter(one => one !== undefined);
    /** References of the contract point to its own root. */
    const toAbsolute = (schema: object): object => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/')) as object;

    it('uses every verb once at least', () => {
      expect([...new Set(requests.map(request => `${request.method} ${templateOf(request)}`))].toSorted()).toEqual([
        'DELETE /2/tweets/{id}', 'GET /2/trends/by/woeid/{woeid}', 'GET /2/tweets', 'GET /2/tweets/search/recent', 'GET /2/users/me', 'GET /2/users/personalized_trends',
        'GET /2/users/{id}/mentions', 'GET /2/users/{id}/tweets', 'POST /2/tweets',
      ]);
    });

    it('asks with parameters that exist, in values that exist', () => {
      let checked = 0;
      for (const request of requests) {
        for (const [name, value] of new URL(request.path, 'http://localhost').searchParams) {
          const parameter = parametersOf(request).find(one => one.in === 'query' && one.name === name);
          expect({ path: request.path, name, known: parameter !== undefined }).toEqual({ path: request.path, name, known: true });
          const isList = JSON.stringify(parameter?.schema).includes('"items"');
          const validate = ajv.compile({ type: 'object', properties: { value: toAbsolute(parameter?.schema ?? {}) } });
          const isLive = value.includes('referenced_posts.id'); // seen on the running server, not in its specification
          expect(isLive || validate({ value: isList ? value.split(',') : value }) ? [] : [name, value, validate.errors]).toEqual([]);
          checked += 1;
        }
      }
      expect(checked).toBeGreaterThan(15);
    });

    it('posts a body of the right shape, under the summoning post, and nothing about made-up media', () => {
      const [request, ...others] = requests.filter(({ method }) => method === 'POST');
      expect(others).toEqual([]);
      const sent = JSON.parse(request?.body ?? '') as Record<string, unknown>;
      const validate = ajv.compile(toAbsolute(request ? operationOf(request)?.requestBody?.content['application/json']?.schema ?? {} : {}));
      expect(validate(structuredClone(sent)) ? [] : validate.errors).toEqual([]);
      expect(sent).toEqual({ text: 'rain', reply: { in_reply_to_tweet_id: snowflake, exclude_reply_user_ids: ['6'] } });
      expect(validate({ ...sent, surprise: true })).toBe(false);
    });

    it('and what the tests take for an answer is one', () => {
      const schema = contract.paths['/2/users/{id}/mentions']?.['get']?.responses?.['200']?.content?.['application/json']?.schema ?? {};
      const validate = new Ajv({ strict: false, allErrors: true });
      addFormats.default(validate);
      validate.addSchema(contract, 'contract');
      const check = validate.compile(toAbsolute(schema));
      expect(check(page) ? [] : check.errors?.slice(0, 5)).toEqual([]);
    });
  });
}
