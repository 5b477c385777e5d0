import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { SeenRequest } from '../support/flaky-server.ts';
import { openMastodonDriver } from '../support/mastodon-driver.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: { readonly type?: string; readonly items?: unknown };
}
interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
}
interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const file = '../shared/contracts/mastodon-openapi.json';
const available = existsSync(file);
const maybe = available ? describe : describe.skip;

maybe(`everything that the adapter sends is in Mastodon's contract${available ? '' : ` (skipped: ${file} is absent)`}`, () => {
  let requests: readonly SeenRequest[] = [];
  let contract: Contract;
  const ajv = new Ajv2020({ strict: false, coerceTypes: true, allErrors: true });

  beforeAll(async () => {
    contract = JSON.parse(readFileSync(file, 'utf8')) as Contract;
    addFormats.default(ajv);
    ajv.addSchema(contract, 'contract');
    const driver = await openMastodonDriver();
    try {
      const { network } = driver;
      const { cursor } = await network.mentions();
      await driver.say('ana', 'what is up?', { tag: true, contentWarning: 'weather' });
      const { mentions: [mention] } = await network.mentions(cursor);
      if (!mention) throw new Error('the mention did not arrive');
      await network.thread(mention);
      const ref = await network.post({ to: mention, text: '@ana rain', language: 'en', idempotencyKey: 'k', giveUpAt: performance.now() + 5_000, giveUpBy: Infinity });
      await network.find(mention);
      driver.proxy.answer(({ path }) => path.endsWith('/context'), { status: 404, body: { error: 'Record not found' } }, 1);
      await network.find(mention);
      await network.trending();
      await network.remove(ref);
      ({ requests } = driver.proxy);
    } finally {
      await driver.close();
    }
  });

  const find = ({ method, path }: SeenRequest): { readonly template: string; readonly operation: Operation } | undefined => {
    const parts = path.split('?')[0]?.split('/') ?? [];
    const templates = Object.keys(contract.paths).filter(template => {
      const pieces = template.split('/');
      return pieces.length === parts.length && pieces.every((piece, index) => piece.startsWith('{') || piece === parts[index]);
    });
    // A path written out beats one with a placeholder.
    const [template] = templates.toSorted((one, other) => one.split('{').length - other.split('{').length);
    const operation = template === undefined ? undefined : contract.paths[template]?.[method.toLowerCase()];
    return template === undefined || operation === undefined ? undefined : { template, operation };
  };

  const compile = (path: readonly string[]): ValidateFunction => ajv.compile({ $ref: `contract#/${path.map(part => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}` });

  it('uses every verb once at least', () => {
    const used = new Set(requests.map(request => `${request.method} ${find(request)?.template}`));
    expect([...used].toSorted()).toEqual([
      'DELETE /api/v1/statuses/{id}', 'GET /api/v1/accounts/verify_credentials', 'GET /api/v1/accounts/{id}/statuses', 'GET /api/v1/notifications', 'GET /api/v1/statuses/{id}/context',
      'GET /api/v1/trends/links', 'GET /api/v1/trends/statuses', 'GET /api/v1/trends/tags', 'GET /api/v2/instance', 'GET /api/v2/notifications/policy', 'POST /api/v1/statuses',
    ]);
  });

  it('asks with parameters that exist, of the right type', () => {
    let checked = 0;
    for (const request of requests) {
      const { template = '', operation } = find(request) ?? {};
      const query = new URL(request.path, 'http://localhost').searchParams;
      for (const name of new Set(query.keys())) {
        const index = operation?.parameters?.findIndex(one => one.in === 'query' && one.name === name.replace(/\[\]$/, '')) ?? -1;
        expect({ template, name, known: index >= 0 }).toEqual({ template, name, known: true });
        const validate = compile(['paths', template, 'get', 'parameters', String(index), 'schema']);
        // coerceTypes works on properties, so the value is put into one.
        const holder = ajv.compile({ type: 'object', properties: { value: validate.schema as object } });
        expect(holder({ value: name.endsWith('[]') ? query.getAll(name) : query.get(name) }) ? [] : [template, name, holder.errors]).toEqual([]);
        checked += 1;
      }
      for (const { name } of operation?.parameters?.filter(one => one.in === 'query' && one.required === true) ?? []) expect(query.has(name)).toBe(true);
    }
    expect(checked).toBeGreaterThan(5);
  });

  it('posts a body of the right shape, and nothing that is not in it but allowed_mentions', () => {
    const posts = requests.filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(1);
    for (const { body } of posts) {
      const sent = JSON.parse(body) as Record<string, unknown>;
      const validate = compile(['paths', '/api/v1/statuses', 'post', 'requestBody', 'content', 'application/json', 'schema']);
      expect(validate(structuredClone(sent)) ? [] : validate.errors).toEqual([]);
      // Mastodon has it since 4.0 (#18350); the unofficial contract leaves it out.
      const known = new Set(['allowed_mentions', ...Object.keys((contract as unknown as { components: { schemas: { BaseStatus: { properties: object } } } }).components.schemas.BaseStatus.properties), 'status']);
      expect(Object.keys(sent).filter(key => !known.has(key))).toEqual([]);
    }
  });

  it('sends the key and the token in headers, and the token nowhere else', () => {
    expect(requests.find(({ method }) => method === 'POST')?.headers['idempotency-key']).toBe('k');
    for (const { path, headers } of requests) {
      expect(headers['authorization']).toBe('Bearer repartee');
      expect(path).not.toContain('access_token');
    }
  });
});
