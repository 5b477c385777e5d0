// A model behind a small server, as chat completions are spoken.
import type { Prompt } from '../../src/core/types.ts';
import { openChatCompletions } from '../../src/models/openai/open.ts';
import { settings } from '../../src/models/openai/settings.ts';
import { aMention, aPersona, self } from './fixtures.ts';
import { serve } from './servers.ts';

export const key = 'made-up-key-0123456789';
export const prompt: Prompt = {
  system: 'the rules', user: 'the mention', images: [{ kind: 'image', url: 'https://town.example/boat.png' }],
  brief: { persona: aPersona(), thread: [aMention('1')], question: '', language: 'en', gathered: { open: true, items: [] }, room: 100, seed: 's', self },
};
export const good = { choices: [{ message: { content: 'Never.' } }], usage: { prompt_tokens: 12, completion_tokens: 3 } };

interface Asked { readonly path: string; readonly authorization: string; readonly body: Record<string, unknown> }

/** A model behind a small server that always answers the same. */
export async function openAgainst(answer: { status?: number; headers?: Record<string, string>; body?: string; cut?: boolean; never?: boolean }, options: Record<string, unknown> = {}) {
  const asked: Asked[] = [];
  const server = await serve((request, response, body) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body: JSON.parse(body) as Record<string, unknown> });
    if (answer.never) return;
    if (answer.cut) return void request.socket.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers }).end(answer.body ?? JSON.stringify(good));
  });
  const model = openChatCompletions(settings.parse({ baseUrl: `${server.url}/v1`, key, name: 'tiny', ...options }));
  return { asked, server, model, complete: (signal = AbortSignal.timeout(5_000)) => model.complete(prompt, signal) };
}
