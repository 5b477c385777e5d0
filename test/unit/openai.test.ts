import { describe, expect, it } from '@jest/globals';
import { PermanentError, TemporaryError } from '../../src/core/errors.ts';
import { openChatCompletions } from '../../src/models/openai/open.ts';
import { isOn, settings } from '../../src/models/openai/settings.ts';
import { good, key, openAgainst, prompt } from '../support/chat-server.ts';
import '../support/cleanup.ts';
import { findFreePort } from '../support/free-port.ts';
import { serve } from '../support/servers.ts';

const failureOf = (promise: Promise<unknown>): Promise<TemporaryError | PermanentError> => promise.then(
  value => Promise.reject(new Error(`it answered ${JSON.stringify(value)}`)),
  (error: unknown) => error as TemporaryError | PermanentError,
);

describe('a model behind chat completions', () => {
  it('is asked with model, rules, mention and a limit, and answers with text and tokens', async () => {
    const { asked, complete, server, model } = await openAgainst({});
    expect(await complete()).toEqual({ text: 'Never.', model: `tiny at ${server.host}`, tokens: { in: 12, out: 3 } });
    expect(model.name).toBe(`tiny at ${server.host}`);
    expect(asked).toEqual([{
      path: '/v1/chat/completions', authorization: `Bearer ${key}`,
      body: { model: 'tiny', messages: [{ role: 'system', content: 'the rules' }, { role: 'user', content: 'the mention' }], max_tokens: 1_000 },
    }]);
  });

  it('calls the limit as its server does and sends a temperature only when it is set', async () => {
    const { asked, complete } = await openAgainst({}, { tokenField: 'max_completion_tokens', maxTokens: 50, temperature: 0 });
    await complete();
    expect(asked[0]?.body).toMatchObject({ max_completion_tokens: 50, temperature: 0 });
    expect(asked[0]?.body).not.toHaveProperty('max_tokens');
  });

  it('sees pictures only when it is said to', async () => {
    const { asked, complete } = await openAgainst({}, { vision: true });
    await complete();
    expect(asked[0]?.body.messages).toMatchObject([{}, { content: [{ type: 'text', text: 'the mention' }, { type: 'image_url', image_url: { url: 'https://town.example/boat.png', detail: 'low' } }] }]);
  });

  it('answers without tokens when the server does not count them, or counts badly', async () => {
    for (const usage of [undefined, null, { prompt_tokens: 'many' }]) {
      const { complete } = await openAgainst({ body: JSON.stringify({ ...good, usage }) });
      expect(await complete()).not.toHaveProperty('tokens');
    }
  });

  it.each([
    ['a null content', { content: null }],
    ['no content', {}],
    ['a refusal', { content: null, refusal: 'I would rather not.' }],
  ])('says nothing on %s, so that it is asked once more and then withheld', async (_, message) => {
    const { complete } = await openAgainst({ body: JSON.stringify({ choices: [{ message }] }) });
    expect((await complete()).text).toBe('');
  });

  it.each([
    [401, 'account'], [402, 'account'], [403, 'account'], [404, 'account'], [400, 'mention'], [422, 'mention'],
  ])('is refused for good with %d, which is about the %s', async (status, about) => {
    const { asked, complete } = await openAgainst({ status, body: JSON.stringify({ error: { message: `Incorrect API key provided: ${key}` } }) });
    const error = await failureOf(complete());
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toMatchObject({ about });
    expect(error.message).toContain(String(status));
    expect(error.message).not.toContain(key);
    expect(asked).toHaveLength(1);
  });

  it.each([
    [429, { 'retry-after': '7' }, 7_000], [429, { 'retry-after': '1.0005' }, 1_001], [429, { 'retry-after': '86400' }, 600_000], [429, { 'retry-after': '0' }, undefined],
    [429, { 'retry-after': 'Mon, 23 Nov 2026 12:00:00 GMT' }, undefined], [429, {}, undefined], [408, {}, undefined], [500, {}, undefined], [503, { 'retry-after': '2' }, 2_000],
  ] as [number, Record<string, string>, number | undefined][])('may be tried again after %d with %j', async (status, headers, afterMs) => {
    const { asked, complete, server } = await openAgainst({ status, headers, body: '{"error":"no"}' });
    const error = await failureOf(complete());
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error.message).toBe(`${server.host} said ${status}`);
    expect((error as TemporaryError).afterMs).toBe(afterMs);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a page of HTML from a proxy', { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>Bad gateway</html>' }],
    ['nothing', { body: '' }],
    ['plain text', { headers: { 'content-type': 'text/plain' }, body: 'Never.' }],
    ['half an answer', { body: '{"choices":[{"mess' }],
    ['no choice', { body: '{"choices":[]}' }],
    ['something else', { body: '{"data":[]}' }],
    ['a content that is no text', { body: '{"choices":[{"message":{"content":[1]}}]}' }],
    ['a connection that is cut', { cut: true }],
  ])('may be tried again when it sends %s', async (_, answer) => {
    const { asked, complete, server } = await openAgainst(answer);
    const error = await failureOf(complete());
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error.message).toContain(server.host);
    expect(error.message).not.toContain(key);
    expect(asked).toHaveLength(1);
  });

  it('is not waited for longer than its deadline, its own or the caller\'s', async () => {
    const own = await openAgainst({ never: true }, { timeoutSeconds: 0.1 });
    const callers = await openAgainst({ never: true });
    const errors = await Promise.all([failureOf(own.complete()), failureOf(callers.complete(AbortSignal.timeout(100)))]);
    expect(errors[1]?.message).toBe(`${callers.server.host} did not answer in time`);
    expect(errors.every(error => error instanceof TemporaryError)).toBe(true);
    expect([own.asked.length, callers.asked.length]).toEqual([1, 1]);
  });

  it('that nobody serves may be tried again', async () => {
    const port = await findFreePort();
    const model = openChatCompletions(settings.parse({ baseUrl: `http://127.0.0.1:${port}/v1`, key }));
    const error = await failureOf(model.complete(prompt, AbortSignal.timeout(5_000)));
    expect(error).toBeInstanceOf(TemporaryError);
    expect(error.message).toBe(`127.0.0.1:${port} could not be reached: ECONNREFUSED`);
  });

  it('tells what may have been answered and paid for: all but what never arrived or was sent away', async () => {
    const port = await findFreePort();
    const { server: { url }, complete } = await openAgainst({ status: 429 });
    const callsOf = async (failing: Promise<unknown>) => (await failureOf(failing) as TemporaryError).calls;
    expect(await callsOf(openChatCompletions(settings.parse({ baseUrl: `http://127.0.0.1:${port}/v1`, key })).complete(prompt, AbortSignal.timeout(5_000)))).toBe(0);
    expect(await callsOf(openChatCompletions(settings.parse({ baseUrl: url.replace('127.0.0.1', 'nobody.invalid'), key })).complete(prompt, AbortSignal.timeout(5_000)))).toBe(0);
    expect(await callsOf(complete())).toBe(0);
    for (const answer of [{ status: 500 }, { status: 504 }, { status: 408 }, { cut: true }, { body: 'half' }]) expect(await callsOf((await openAgainst(answer)).complete())).toBe(1);
    expect(await callsOf((await openAgainst({ never: true }, { timeoutSeconds: 0.1 })).complete())).toBe(1);
    expect(await callsOf((await openAgainst({ never: true })).complete(AbortSignal.timeout(100)))).toBe(1);
  });

  it('counts both where it is asked twice, whether the second is answered or not', async () => {
    const spent = { choices: [{ message: { content: '' }, finish_reason: 'length' }] };
    let status = 200;
    const { url } = await serve((_, response, body) => {
      const isFirst = (JSON.parse(body) as { max_tokens: number }).max_tokens === 50;
      response.writeHead(isFirst ? 200 : status, { 'content-type': 'application/json' }).end(JSON.stringify(isFirst ? spent : good));
    });
    const ask = () => openChatCompletions(settings.parse({ baseUrl: `${url}/v1`, name: 'thinker', maxTokens: 50 })).complete(prompt, AbortSignal.timeout(5_000));
    expect(await ask()).toMatchObject({ text: 'Never.', calls: 2 });
    status = 500;
    expect(await failureOf(ask())).toMatchObject({ calls: 2 });
    status = 503;
    expect(await failureOf(ask())).toMatchObject({ calls: 1 });
  });

  it('is on with a server of one\'s own, or with a key and a name', () => {
    const on = (options: object) => isOn(settings.parse(options));
    expect([on({}), on({ key }), on({ name: 'tiny' }), on({ key, name: 'tiny' }), on({ baseUrl: 'http://127.0.0.1:8080/v1' })]).toEqual([false, false, false, true, true]);
  });

  it('that spent its limit on thinking is given more, once and from then on', async () => {
    const spent = { choices: [{ message: { content: '' }, finish_reason: 'length' }], usage: { prompt_tokens: 12, completion_tokens: 50 } };
    const limits: number[] = [];
    const { url } = await serve((_, response, body) => {
      const { max_tokens: limit } = JSON.parse(body) as { max_tokens: number };
      limits.push(limit);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(limit > 50 ? good : spent));
    });
    const model = openChatCompletions(settings.parse({ baseUrl: `${url}/v1`, name: 'thinker', maxTokens: 50 }));
    expect(await model.complete(prompt, AbortSignal.timeout(5_000))).toMatchObject({ text: 'Never.' });
    expect(await model.complete(prompt, AbortSignal.timeout(5_000))).toMatchObject({ text: 'Never.' });
    expect(limits).toEqual([50, 200, 200]);
  });

  it('that may not be given more is asked as before, and what both requests took is counted', async () => {
    const spent = { choices: [{ message: { content: '' }, finish_reason: 'length' }], usage: { prompt_tokens: 12, completion_tokens: 50 } };
    const limits: number[] = [];
    let most = 100;
    const { url } = await serve((_, response, body) => {
      const { max_tokens: limit } = JSON.parse(body) as { max_tokens: number };
      limits.push(limit);
      response.writeHead(limit > most ? 400 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(limit > 50 ? good : spent));
    });
    const options = settings.parse({ baseUrl: `${url}/v1`, name: 'thinker', maxTokens: 50 });
    const model = openChatCompletions(options);
    for (let turn = 0; turn < 2; turn += 1) expect(await model.complete(prompt, AbortSignal.timeout(5_000))).toMatchObject({ text: '' });
    expect(limits).toEqual([50, 200, 50]);
    most = 1_000;
    expect(await openChatCompletions(options).complete(prompt, AbortSignal.timeout(5_000))).toMatchObject({ text: 'Never.', tokens: { in: 24, out: 53 } });
  });

  it('that refuses in no words does not refuse', async () => {
    const { complete } = await openAgainst({ body: JSON.stringify({ choices: [{ message: { content: 'Fine.', refusal: ' ' } }] }) });
    expect(await complete()).toEqual({ text: 'Fine.', model: expect.any(String) });
  });

  it('says what it cost where its prices are known', async () => {
    const { complete, model, server } = await openAgainst({}, { dollarsIn: 1, dollarsOut: 4 });
    expect(model.name).toBe(`tiny at ${server.host} ($1 and $4 a million tokens)`);
    expect(await complete()).toMatchObject({ tokens: { in: 12, out: 3, dollars: 0.000024 } });
  });

  it('that spends every limit on thinking is asked twice, not for ever', async () => {
    const { asked, complete } = await openAgainst({ body: JSON.stringify({ choices: [{ message: { content: null }, finish_reason: 'length' }] }) });
    expect(await complete()).toMatchObject({ text: '' });
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['in its own words', { message: { content: null, refusal: 'I cannot help with that.' } }, 'I cannot help with that.'],
    ['by a filter', { message: { content: 'The' }, finish_reason: 'content_filter' }, 'its filter'],
  ])('that will not answer says so %s', async (_, choice, refusal) => {
    const { complete } = await openAgainst({ body: JSON.stringify({ choices: [choice] }) });
    expect(await complete()).toMatchObject({ refusal });
  });

  it('that goes on for ever is left, and takes no memory', async () => {
    let sent = 0;
    const chunk = Buffer.alloc(1 << 20, 32);
    const { url } = await serve((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk)) sent += 1;
        sent += 1;
      };
      response.on('drain', pour);
      pour();
    });
    const model = openChatCompletions(settings.parse({ baseUrl: `${url}/v1`, name: 'tiny' }));
    expect(await failureOf(model.complete(prompt, AbortSignal.timeout(5_000)))).toBeInstanceOf(TemporaryError);
    expect(sent).toBeLessThan(200);
  });
});
