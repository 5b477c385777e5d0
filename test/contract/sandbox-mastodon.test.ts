// What the sandbox answers, against the machine-readable description of Mastodon's API.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { openClient } from '../support/sandbox-client.ts';

const contract = join(import.meta.dirname, '../../../shared/contracts/mastodon-openapi.json');
const maybe = existsSync(contract) ? describe : describe.skip;

interface Answered { readonly content?: { readonly 'application/json'?: { readonly schema?: object } } }
interface OpenApi { readonly components: { readonly schemas: Readonly<Record<string, object>> }; readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses?: Readonly<Record<string, Answered>> }>>>> }

/** Schemas as JSON Schema: references into one document, and members that Mastodon leaves out or sends as null. */
const openValidator = () => {
  const api = JSON.parse(readFileSync(contract, 'utf8')) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Mastodon sends an empty text where there is no address.
  ajv.addFormat('uri', (text) => text === '' || URL.canParse(text));
  // A language tag; ajv-formats does not know the name.
  ajv.addFormat('iso-639-1', /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);
  // The alternatives overlap: a quote is also a shallow quote whose id is left out.
  const toSchema = (part: object): object => JSON.parse(JSON.stringify(part).replaceAll('"oneOf":', '"anyOf":').replaceAll('"#/components', '"mastodon#/components')) as object;
  ajv.addSchema({ ...toSchema({ components: { schemas: api.components.schemas } }), $id: 'mastodon' });
  return (method: string, path: string, status: number, body: unknown): readonly string[] => {
    const schema = api.paths[path]?.[method.toLowerCase()]?.responses?.[String(status)]?.content?.['application/json']?.schema;
    if (schema === undefined) return [`the description knows no ${status} of ${method} ${path}`];
    const validate = ajv.compile(toSchema(schema));
    return validate(body) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
};

maybe('the sandbox keeps the contract of Mastodon (skipped where ../shared/contracts is absent)', () => {
  let sandbox: Sandbox;
  let complaints: ReturnType<typeof openValidator>;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    complaints = openValidator();
    sandbox = await openSandbox();
    const ada = openClient(sandbox.url, 'ada');
    const bot = openClient(sandbox.url, 'repartee');
    const asked = await ada.say('@repartee see https://tea.example/ #tea', { language: 'en', spoiler_text: 'tea' });
    const reply = await bot.say('@ada seen', { in_reply_to_id: asked.id, visibility: 'unlisted' });
    const quote = await ada.say('quoting', { quoted_status_id: reply.id });
    const victim = await ada.say('short life');
    await ada.send('POST', `/api/v1/statuses/${reply.id}/favourite`);
    await ada.send('POST', `/api/v1/statuses/${reply.id}/reblog`);
    await ada.send('POST', `/api/v1/accounts/${reply.account.id}/follow`);
    const [mention] = await bot.mentions();
    Object.assign(ids, { asked: asked.id, reply: reply.id, quote: quote.id, victim: victim.id, ada: asked.account.id, bot: reply.account.id, mention: mention?.id });
  });
  afterAll(() => sandbox.close());

  const name = (path: string): string => path.replace(/<(\w+)>/g, (_, key: string) => ids[key] ?? '');

  it.each([
    ['/api/v1/accounts/verify_credentials', '/api/v1/accounts/verify_credentials'],
    ['/api/v1/accounts/{id}', '/api/v1/accounts/<ada>'],
    ['/api/v1/accounts/lookup', '/api/v1/accounts/lookup?acct=ada'],
    ['/api/v1/accounts/relationships', '/api/v1/accounts/relationships?id[]=<ada>'],
    ['/api/v1/accounts/{id}/statuses', '/api/v1/accounts/<ada>/statuses'],
    ['/api/v1/statuses', '/api/v1/statuses?id[]=<asked>&id[]=<quote>'],
    ['/api/v1/statuses/{id}', '/api/v1/statuses/<quote>'],
    ['/api/v1/statuses/{id}/context', '/api/v1/statuses/<asked>/context'],
    ['/api/v1/statuses/{id}/favourited_by', '/api/v1/statuses/<reply>/favourited_by'],
    ['/api/v1/notifications', '/api/v1/notifications?limit=80'],
    ['/api/v1/notifications/{id}', '/api/v1/notifications/<mention>'],
    ['/api/v2/notifications/policy', '/api/v2/notifications/policy'],
    ['/api/v1/trends/tags', '/api/v1/trends/tags'],
    ['/api/v1/trends/links', '/api/v1/trends/links'],
    ['/api/v1/trends/statuses', '/api/v1/trends/statuses'],
    ['/api/v1/instance', '/api/v1/instance'],
    ['/api/v1/instance/rules', '/api/v1/instance/rules'],
    ['/api/v2/instance', '/api/v2/instance'],
    ['/api/v2/search', '/api/v2/search?q=tea'],
    ['/api/v1/timelines/home', '/api/v1/timelines/home'],
    ['/api/v1/timelines/public', '/api/v1/timelines/public?limit=40'],
    ['/api/v1/timelines/tag/{hashtag}', '/api/v1/timelines/tag/tea'],
  ])('with GET %s', async (path, address) => {
    const { status, body } = await openClient(sandbox.url, 'repartee').get<unknown>(name(address));
    expect(complaints('GET', path, status, body)).toEqual([]);
    expect(status).toBe(200);
  });

  it.each([
    ['POST', '/api/v1/statuses', '/api/v1/statuses', { status: 'hello @repartee', visibility: 'direct' }],
    ['POST', '/api/v1/statuses/{id}/favourite', '/api/v1/statuses/<asked>/favourite', {}],
    ['POST', '/api/v1/statuses/{id}/unfavourite', '/api/v1/statuses/<asked>/unfavourite', {}],
    ['POST', '/api/v1/statuses/{id}/reblog', '/api/v1/statuses/<asked>/reblog', {}],
    ['POST', '/api/v1/statuses/{id}/unreblog', '/api/v1/statuses/<asked>/unreblog', {}],
    ['POST', '/api/v1/accounts/{id}/follow', '/api/v1/accounts/<bot>/follow', {}],
    ['POST', '/api/v1/accounts/{id}/unfollow', '/api/v1/accounts/<bot>/unfollow', {}],
    ['PATCH', '/api/v1/accounts/update_credentials', '/api/v1/accounts/update_credentials', { note: 'I drink tea', bot: false }],
    ['PATCH', '/api/v2/notifications/policy', '/api/v2/notifications/policy', { for_new_accounts: 'filter' }],
    ['POST', '/api/v1/apps', '/api/v1/apps', { client_name: 'test', redirect_uris: ['urn:ietf:wg:oauth:2.0:oob'], scopes: 'read' }],
  ])('with %s %s', async (method, path, address, sent) => {
    const { status, body } = await openClient(sandbox.url, 'ada').send<unknown>(method, name(address), sent);
    expect(complaints(method, path, status, body)).toEqual([]);
    expect(status).toBe(200);
  });

  it('with what it deletes: the source stands for the HTML, which the description wants all the same', async () => {
    const { body } = await openClient(sandbox.url, 'ada').send('DELETE', name('/api/v1/statuses/<victim>'));
    expect(complaints('DELETE', '/api/v1/statuses/{id}', 200, body)).toEqual([" must have required property 'content'"]);
    expect(complaints('DELETE', '/api/v1/statuses/{id}', 200, { ...body, content: '' })).toEqual([]);
  });

  it('and would notice a breach', async () => {
    const { body } = await openClient(sandbox.url).get<object>(name('/api/v1/statuses/<asked>'));
    expect(complaints('GET', '/api/v1/statuses/{id}', 200, { ...body, id: 7, account: null })).toEqual(['/account must be object', '/id must be string']);
  });
});
