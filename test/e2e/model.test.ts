// The same line with a model behind a chat-completions server.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temptations } from '../../src/pipeline/canary.ts';
import { closing } from '../support/cleanup.ts';
import { person, readable, receiptOf } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { serve } from '../support/servers.ts';

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

describe('with a model', () => {
  it.concurrent('the prompt holds the thread and the ranked items, and the answer is posted once', closing(async () => {
    const requests: (ChatRequest & { authorization: string | undefined })[] = [];
    const model = await serve((request, response, body) => {
      requests.push({ ...(JSON.parse(body) as ChatRequest), authorization: request.headers.authorization });
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ message: { role: 'assistant', content: 'Depends who is counting the geese.' }, finish_reason: 'stop' }], usage: { prompt_tokens: 700, completion_tokens: 9 } }));
    });
    const program = runProgram(['start'], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: await freshFolder(), OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: 'sk-canary-4711', OPENAI_MODEL: 'quick-one' } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/);
    const claim = await person(url, 'pebble').post('There are exactly 812 geese on the green, I counted.');
    const visitor = person(url, 'visitor');
    const asked = await visitor.post('@repartee is this true, and what is everybody on about?', { in_reply_to_id: claim.id });
    const answer = await visitor.answer(asked.id, 10_000);
    expect(readable(answer.content)).toBe('@visitor Depends who is counting the geese.');

    // First the canary tempts it, then it is asked once.
    expect(requests).toHaveLength(temptations.length + 1);
    const request = requests.at(-1);
    expect(request?.model).toBe('quick-one');
    expect(request?.authorization).toBe('Bearer sk-canary-4711');
    const user = request?.messages.find(({ role }) => role === 'user')?.content ?? '';
    expect(user).toContain('exactly 812 geese');
    expect(user).toContain('is this true');
    const receipt = await receiptOf<{ items: { text: string }[]; tokens: unknown }>(url, answer.id);
    for (const item of receipt.items) expect(user).toContain(item.text.slice(0, 40));
    expect(receipt.tokens).toEqual({ in: 700, out: 9 });
    await new Promise(resolve => setTimeout(resolve, 1_000));
    expect(await visitor.answers(asked.id)).toHaveLength(1);
    expect(program.output()).not.toContain('sk-canary-4711');
  }), 180_000);

  it.concurrent('stops within ten seconds while the model is thinking, and answers that mention once after the next start', closing(async () => {
    let silent = true;
    let asked = 0;
    const model = await serve((_, response) => {
      asked++;
      if (!silent) response.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ message: { content: 'Worth the wait, and so was I.' } }] }));
    });
    const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
    const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
    const folder = await freshFolder();
    await writeFile(join(folder, 'repartee.yaml'), 'canary: { limit: 0 }\n');
    const env = { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', PORT: '0', REPARTEE_DATA: join(folder, 'data'), REPARTEE_CONFIG: join(folder, 'repartee.yaml'), OPENAI_BASE_URL: `${model.url}/v1` };
    const first = runProgram(['start'], { withoutRedis: true, env });
    await first.says(/ready/);
    const visitor = person(url, 'visitor');
    const mention = await visitor.post('@repartee are you there?');
    while (asked === 0) await new Promise(resolve => setTimeout(resolve, 20));
    const stopping = performance.now();
    expect(await first.end('SIGTERM')).toBe(0);
    expect(performance.now() - stopping).toBeLessThan(10_000);
    expect(first.output()).toContain('still busy');

    silent = false;
    const second = runProgram(['start'], { withoutRedis: true, env });
    await second.says(/ready/);
    expect(readable((await visitor.answer(mention.id, 10_000)).content)).toContain('Worth the wait');
    await new Promise(resolve => setTimeout(resolve, 4_000));
    expect(await visitor.answers(mention.id)).toHaveLength(1);
    await second.end();
  }), 180_000);
});
