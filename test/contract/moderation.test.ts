import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { TemporaryError } from '../../src/core/errors.ts';
import { moderation, openModeration } from '../../src/moderation/index.ts';
import { serve } from '../support/servers.ts';

const key = 'made-up-key-0123456789';
const passed = { flagged: false, categories: { hate: false }, category_scores: { hate: 0.01 } };
const flagged = { flagged: true, categories: { hate: true, violence: false, 'hate/threatening': true }, category_scores: { hate: 0.5, 'hate/threatening': 0.917, violence: 0.9 } };

interface Answer { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: string | Buffer; readonly results?: readonly unknown[]; readonly never?: boolean; readonly cut?: boolean }

/** Moderation by a small server that always answers the same. */
async function openAgainst(answer: Answer = {}, options: Record<string, unknown> = {}) {
  const asked: { path: string; authorization: string; body: unknown }[] = [];
  const said: string[] = [];
  const server = await serve((request, response, body) => {
    const read = JSON.parse(body) as { input: string[] };
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body: read });
    if (answer.never) return;
    if (answer.cut) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(answer.body ?? JSON.stringify({ results: answer.results ?? read.input.map(() => passed) }));
  });
  const settings = moderation.settings.parse({ url: `${server.url}/v1/`, key, model: 'tiny-moderation', ...options });
  return { asked, said, server, moderate: openModeration(settings, { userAgent: 'test', say: line => said.push(line) }) };
}

const failureOf = async (promise: Promise<unknown>): Promise<TemporaryError> => {
  const error: unknown = await promise.then(value => value, (reason: unknown) => reason);
  expect(error).toBeInstanceOf(TemporaryError);
  return error as TemporaryError;
};

describe('moderation by an endpoint', () => {
  it('sends all texts at once, with model and key, and lets them pass', async () => {
    const { asked, moderate } = await openAgainst();
    expect(await moderate(['Who won?', 'Nobody did.'], 'asked', 'en')).toBeUndefined();
    expect(asked).toEqual([{ path: '/v1/moderations', authorization: `Bearer ${key}`, body: { model: 'tiny-moderation', input: ['Who won?', 'Nobody did.'] } }]);
  });

  it('leaves out what is not set, and texts without a word', async () => {
    const { asked, moderate } = await openAgainst({}, { key: undefined, model: undefined });
    await moderate(['', ' \n', 'Hello'], 'draft');
    await moderate(['', ' '], 'draft');
    expect(asked).toEqual([{ path: '/v1/moderations', authorization: '', body: { input: ['Hello'] } }]);
  });

  it('says who flags a text and for what, the worst first', async () => {
    const { server, moderate } = await openAgainst({ results: [passed, flagged] });
    expect(await moderate(['one', 'two'], 'draft')).toBe(`${server.host} flags it: hate/threatening 0.92, hate 0.50`);
  });

  it.each([
    ['no categories', { flagged: true }, ''],
    ['categories that are null', { flagged: true, categories: null, category_scores: null }, ''],
    ['categories of another kind', { flagged: true, categories: ['hate'], category_scores: 'high' }, ''],
    ['scores that are no numbers', { flagged: true, categories: { hate: true }, category_scores: { hate: '1' } }, ': hate'],
    ['a name that is none', { flagged: true, categories: { [`${'x'.repeat(60)}\n\u001b[31m`]: true } }, `: ${'x'.repeat(40)}`],
    ['too few results', { flagged: true, categories: { hate: true } }, ': hate'],
  ])('takes a flag with %s for a flag', async (_, result, shown) => {
    const { server, moderate } = await openAgainst({ results: [result] });
    expect(await moderate(['one', 'two'], 'asked')).toBe(`${server.host} flags it${shown}`);
  });

  it('is not asked where the word lists have refused already', async () => {
    const { asked, moderate } = await openAgainst();
    expect(await moderate(['fine', 'kill yourself'], 'asked', 'en')).toBe("'kill yourself' is on the word list");
    expect(asked).toEqual([]);
  });

  it('is never asked about context', async () => {
    const { asked, moderate } = await openAgainst({ results: [flagged] });
    expect(await moderate(['Storm coming tonight'], 'context', 'en')).toBeUndefined();
    expect(await moderate(['What a fucking storm'], 'context', 'en')).toBe("'fucking' is on the word list");
    expect(asked).toEqual([]);
  });

  it('holds drafts to more than askers', async () => {
    const { moderate } = await openAgainst();
    expect(await moderate(['What the fuck is on?'], 'asked', 'en')).toBeUndefined();
    expect(await moderate(['What the fuck is on?'], 'draft', 'en')).toBe("'fuck' is on the word list");
  });
});

describe('an endpoint that cannot tell', () => {
  const odd: readonly (readonly [string, Answer, string])[] = [
    ['no JSON', { body: '<html>hello</html>' }, 'answered with something that is not a moderation'],
    ['nothing', { body: '' }, 'answered with something that is not a moderation'],
    ['null', { body: 'null' }, 'answered with something that is not a moderation'],
    ['a list', { body: '[]' }, 'answered with something that is not a moderation'],
    ['an error with 200', { body: '{"error":{"message":"no"}}' }, 'answered with something that is not a moderation'],
    ['results that are an object', { body: '{"results":{"flagged":false}}' }, 'answered with something that is not a moderation'],
    ['a flag that is a word', { results: [{ flagged: 'false' }] }, 'answered with something that is not a moderation'],
    ['no flag', { results: [{ categories: {} }] }, 'answered with something that is not a moderation'],
    ['no results', { results: [] }, 'moderated 0 of 1 texts'],
    ['more results than texts', { results: [passed, passed] }, 'moderated 2 of 1 texts'],
    ['more than anybody reads', { body: Buffer.alloc(1024 * 1024 + 1, 32) }, 'sent more than 1048576 bytes about moderation'],
    ['400', { status: 400, body: '{"error":{"message":"made-up-key-0123456789 is wrong"}}' }, 'said 400 when asked to moderate'],
    ['401', { status: 401, body: `{"error":{"message":"Incorrect API key provided: ${key}"}}` }, 'said 401 when asked to moderate'],
    ['404', { status: 404 }, 'said 404 when asked to moderate'],
    ['429', { status: 429 }, 'said 429 when asked to moderate'],
    ['500', { status: 500 }, 'said 500 when asked to moderate'],
    ['a redirect', { status: 307, headers: { location: 'http://127.0.0.1:9/' } }, 'said 307 when asked to moderate'],
    ['a cut', { cut: true }, 'could not be reached for moderation: UND_ERR_SOCKET'],
    ['silence', { never: true }, 'did not moderate within 0.2 s'],
  ];

  it.each(odd)('is waited for after %s, and the key is never told', async (_, answer, message) => {
    const { server, moderate } = await openAgainst(answer, { timeoutSeconds: 0.2 });
    const error = await failureOf(moderate(['Hello'], 'draft'));
    expect(error.message).toBe(`${server.host} ${message}`);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(key);
  });

  it('is waited for as long as it says, ten minutes at most', async () => {
    const { moderate } = await openAgainst({ status: 429, headers: { 'retry-after': '7' } });
    expect((await failureOf(moderate(['Hello'], 'draft'))).afterMs).toBe(7_000);
    const patient = await openAgainst({ status: 503, headers: { 'retry-after': '86400' } });
    expect((await failureOf(patient.moderate(['Hello'], 'draft'))).afterMs).toBe(600_000);
  });

  it('ends the body that never ends', async () => {
    const server = await serve((_, response) => response.writeHead(200).write('{'));
    const moderate = openModeration(moderation.settings.parse({ url: server.url, timeoutSeconds: 0.2 }), { userAgent: 'test', say: () => undefined });
    expect((await failureOf(moderate(['Hello'], 'draft'))).message).toBe(`${server.host} did not moderate within 0.2 s`);
  });

  it('may be done without, and that is said once until it is back', async () => {
    const { server, said, moderate } = await openAgainst({ status: 500 }, { whenDown: 'open' });
    expect(await moderate(['Hello'], 'draft')).toBeUndefined();
    expect(await moderate(['Hello'], 'asked')).toBeUndefined();
    expect(said).toEqual([`moderation goes by the word lists alone: ${server.host} said 500 when asked to moderate`]);
    expect(await moderate(['kys'], 'asked', 'en')).toBe("'kys' is on the word list");
  });
});

describe('the settings of moderation', () => {
  it('need nothing', async () => {
    const settings = moderation.settings.parse({});
    expect(settings).toEqual({ timeoutSeconds: 5, whenDown: 'closed', onHit: 'silence', allow: [], deny: [] });
    expect(await openModeration(settings, { userAgent: 'test', say: () => undefined })(['Hello'], 'draft', 'en')).toBeUndefined();
  });

  it.each([
    ['an address without http', { url: 'moderation.example' }], ['a login in the address', { url: 'https://me:secret@moderation.example/v1' }],
    ['a key that no header can hold', { key: 'one\ntwo' }], ['an empty word', { deny: [' '] }], ['a mistyped name', { denied: [] }],
  ])('refuse %s', (_, part) => {
    expect(moderation.settings.safeParse(part).success).toBe(false);
  });
});
