// Which model answers: the one that is named, one on this computer, or none; and who steps in for it.
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openModel } from '../../src/models/index.ts';
import { presetNames, presets } from '../../src/models/openai/presets.ts';
import { isOn, settings, toHabits } from '../../src/models/openai/settings.ts';
import { loadPersona } from '../../src/personas/load.ts';
import { atEaseMs } from '../support/at-ease.ts';
import { good, key, openAgainst, prompt } from '../support/chat-server.ts';
import '../support/cleanup.ts';
import { findFreePort } from '../support/free-port.ts';
import { serve } from '../support/servers.ts';

describe('presets', () => {
  it.each(presetNames)('%s: an address, and a word about what is missing', name => {
    const whole = settings.parse({ preset: name, key: 'k', name: 'm' });
    expect(isOn(whole)).toBe(true);
    expect(URL.canParse(toHabits(whole).baseUrl)).toBe(true);
    const bare = settings.parse({ preset: name });
    if (presets[name].needsKey) expect(() => toHabits(bare)).toThrow(`preset ${name} wants a key: set OPENAI_API_KEY`);
    else expect(toHabits(bare)).toEqual(presets[name]);
    if (presets[name].needsKey) expect(() => toHabits(settings.parse({ preset: name, key: 'k' }))).toThrow('set OPENAI_MODEL');
  });

  it('give way to what the operator says', () => {
    expect(toHabits(settings.parse({ preset: 'vllm', baseUrl: 'http://127.0.0.1:9/v1', tokenField: 'max_completion_tokens', vision: true }))).toEqual({ baseUrl: 'http://127.0.0.1:9/v1', tokenField: 'max_completion_tokens', vision: true, needsKey: false });
    expect(toHabits(settings.parse({ baseUrl: 'http://127.0.0.1:9/v1' }))).toMatchObject({ tokenField: 'max_tokens', vision: false });
    expect(toHabits(settings.parse({ key: 'k', name: 'm' }))).toMatchObject({ baseUrl: 'https://api.openai.com/v1', tokenField: 'max_completion_tokens', vision: false });
  });
});

describe('the model that is used', () => {
  const ollama = (answer: (response: ServerResponse) => void) => serve((request, response) => {
    if (request.url === '/v1/models') return answer(response);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(good));
    return undefined;
  });
  const list = (response: ServerResponse): void => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ object: 'list', data: [{ id: 'llama-tiny' }, { id: 'other' }] }));
  const nothing = settings.parse({});

  it('is one on this computer that nobody configured', async () => {
    const { url, host } = await ollama(list);
    const model = await openModel(nothing, `${url}/v1`);
    expect(await model.complete(prompt, AbortSignal.timeout(5_000))).toMatchObject({ text: 'Never.', model: `llama-tiny at ${host}` });
  });

  it('gives its key to nobody who was not meant to have it', async () => {
    const seen: string[] = [];
    const { url } = await serve((request, response) => {
      seen.push(`${request.url} ${request.headers.authorization}`);
      list(response);
    });
    expect((await openModel(settings.parse({ key }), `${url}/v1`)).name).toBe('built-in engine, no model');
    expect(seen).toEqual([]);
  });

  it.each([['{"data":[{"id":"nomic-embed-text"},{"id":"llama-tiny"}]}', /^llama-tiny at/u], ['{"data":[{"id":"nomic-embed-text"}]}', /^built-in engine/u], ['{"data":[{"id":"a\\n12:00 ready"}]}', /^built-in engine/u]])('is one that answers, of %s', async (body, name) => {
    const { url } = await ollama(response => void response.end(body));
    expect((await openModel(nothing, `${url}/v1`)).name).toMatch(name);
  });

  it('that nobody configured leaves the answer to the built-in engine when it fails', async () => {
    const { url } = await serve((request, response) => (request.url === '/v1/models' ? list(response) : void response.writeHead(400).end('{}')));
    const persona = loadPersona('gadfly', [join(import.meta.dirname, '../../config/personas')]);
    const model = await openModel(nothing, `${url}/v1`);
    expect(await model.complete({ ...prompt, brief: { ...prompt.brief, persona } }, AbortSignal.timeout(5_000))).toMatchObject({ model: 'built-in engine, no model' });
  });

  it('of a local preset without a name is the first that it has, or a mistake worth a word', async () => {
    const { url, host } = await ollama(list);
    expect((await openModel(settings.parse({ preset: 'vllm', baseUrl: `${url}/v1` }))).name).toBe(`llama-tiny at ${host}`);
    const port = await findFreePort();
    await expect(openModel(settings.parse({ preset: 'vllm', baseUrl: `http://127.0.0.1:${port}/v1` }))).rejects.toThrow(`preset vllm: 127.0.0.1:${port} names no model: start it, or set OPENAI_MODEL`);
  });

  it.each([
    ['answers late', (response: ServerResponse) => void setTimeout(() => list(response), 600)],
    ['has no model', (response: ServerResponse) => void response.end('{"data":[]}')],
    ['is something else', (response: ServerResponse) => void response.end('<html>')],
  ])('is the built-in engine when what is there %s', async (_, answer) => {
    const { url } = await ollama(answer);
    const started = performance.now();
    expect((await openModel(nothing, `${url}/v1`)).name).toBe('built-in engine, no model');
    expect(performance.now() - started).toBeLessThan(atEaseMs(450));
  });

  it('is the built-in engine when nobody is there, or when no model is wanted', async () => {
    const { url } = await ollama(list);
    expect((await openModel(nothing, `http://127.0.0.1:${await findFreePort()}/v1`)).name).toBe('built-in engine, no model');
    expect((await openModel(settings.parse({ preset: 'none' }), `${url}/v1`)).name).toBe('built-in engine, no model');
  });

  it.each([
    ['it cannot be had', { fallback: 'engine' }, { status: 503, body: '{}' }, true], ['it refuses the key', { fallback: 'engine' }, { status: 401, body: '{}' }, true],
    ['it will not answer', { onRefusal: 'engine' }, { body: JSON.stringify({ choices: [{ message: { content: null, refusal: 'no' } }] }) }, true],
    ['it will not answer, and silence is wanted', { fallback: 'engine' }, { body: JSON.stringify({ choices: [{ message: { content: null, refusal: 'no' } }] }) }, false],
  ] as const)('is followed by the built-in engine when %s', async (_, more, answer, follows) => {
    const { server } = await openAgainst(answer);
    const model = await openModel(settings.parse({ baseUrl: `${server.url}/v1`, name: 'tiny', ...more }));
    const persona = loadPersona('gadfly', [join(import.meta.dirname, '../../config/personas')]);
    const completion = await model.complete({ ...prompt, brief: { ...prompt.brief, persona } }, AbortSignal.timeout(5_000));
    if (follows) expect(completion).toMatchObject({ model: 'built-in engine, no model', text: expect.stringMatching(/./u) });
    else expect(completion).toMatchObject({ refusal: 'no' });
  });
});
