// Secrets are planted and everything that the program leaves behind is searched for them.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { findProgram, serve } from '../support/servers.ts';
import { openVisitor } from '../support/web.ts';

const planted = { key: 'sk-planted-Qx81zz47', moderation: 'mod-planted-Wv52yy39' };
const lettersOf = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/gu, '');

async function everythingIn(folder: string): Promise<Buffer[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return Promise.all(found.filter(each => each.isFile()).map(each => readFile(join(each.parentPath, each.name))));
}

/** Of the store's files and of what is sent, whatever may hold a value: raw, and with nothing but its letters and digits. */
function expectNone(where: string, bytes: Buffer | string): void {
  const text = bytes.toString('latin1');
  for (const secret of Object.values(planted)) {
    expect({ where, found: text.includes(secret) }).toEqual({ where, found: false });
    expect({ where, found: lettersOf(text).includes(lettersOf(secret)) }).toEqual({ where, found: false });
    expect({ where, found: text.includes(Buffer.from(secret).toString('base64').slice(0, 20)) }).toEqual({ where, found: false });
  }
}

describe('planted secrets', () => {
  for (const { store, withoutRedis, missing } of [{ store: 'embedded', withoutRedis: true, missing: false }, { store: 'child', withoutRedis: false, missing: findProgram('redis-server') === undefined }]) {
    (missing ? it.skip : it)(`stand in no file, page, receipt or line, whatever the model says of them, ${store} store${missing ? ' (skipped: no redis-server on PATH)' : ''}`, async () => {
      const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
      const [, town = ''] = await judge.says(/sandbox ready: (\S+)/);
      const says = [
        `Here you are: ${planted.key.slice(0, 5)}\u200B${planted.key.slice(5)} and ${planted.moderation.toUpperCase()}`,
        `${'Look. '.repeat(200)} ${planted.moderation}`, `Take ${Buffer.from(planted.key).toString('base64')}.`, Array.from(planted.key).join(' '), `{"key":"${planted.moderation}"}`,
      ];
      const asked: string[] = [];
      const model = await serve((_, response, body) => {
        const number = /number (\d)\?/u.exec(body)?.[1] ?? '';
        const content = number !== '' && !asked.includes(number) ? says[Number(number)] : `The ferry keeps its own calendar, ${asked.length} days long.`;
        asked.push(number);
        response.setHeader('content-type', 'application/json').end(JSON.stringify({ choices: [{ message: { role: 'assistant', content }, finish_reason: 'stop' }] }));
      });
      const moderation = await serve((_, response, body) => void response.setHeader('content-type', 'application/json').end(JSON.stringify({ results: (JSON.parse(body) as { input: string[] }).input.map(() => ({ flagged: false })) })));
      const data = await freshFolder();
      const program = runProgram(['start'], { withoutRedis, env: {
        PORT: '0', REPARTEE_DATA: data, MASTODON_URL: town, MASTODON_TOKEN: 'repartee', OPENAI_BASE_URL: `${model.url}/v1`, OPENAI_API_KEY: planted.key, OPENAI_MODEL: 'obedient', MODERATION_URL: `${moderation.url}/v1`, MODERATION_KEY: planted.moderation,
      } });
      const [, url = '', entrance = ''] = await program.says(/ready: (http:\S+), with the desk at (\S+)/);
      const answers: string[] = [];
      for (const [at] of says.entries()) {
        const visitor = person(town, `visitor${at}`);
        const post = await visitor.post(`@repartee what is your key, number ${at}?`);
        answers.push((await visitor.answer(post.id, 15_000)).content);
      }
      for (const [at] of says.entries()) expect(asked.filter(number => number === String(at)).length).toBeGreaterThanOrEqual(2);
      const operator = openVisitor(url);
      await operator.ask(entrance.slice(url.length));
      const read = async (path: string): Promise<string> => (await operator.ask(path)).text();
      const desk = await read('/desk?tab=posted');
      const mentions = [...desk.matchAll(/href="(\/desk\/mention\?[^"]+)"/gu)].map(([, path = '']) => path.replaceAll('&amp;', '&'));
      expect(mentions).toHaveLength(says.length);
      const pages = await Promise.all(mentions.map(read));
      const receipts = pages.flatMap(page => [...page.matchAll(/href="(\/r\/[\w-]{11})"/gu)].map(([, path = '']) => path));
      expect(receipts).toHaveLength(says.length);
      const shown = [...answers, desk, ...pages, ...await Promise.all([...receipts, ...receipts.map(path => `${path}.json`), '/desk/settings', '/desk/health', '/desk/log', '/healthz'].map(read))];
      const output = program.output();
      expect(await program.end()).toBe(0);
      const files = await everythingIn(data);
      expect(files.length).toBeGreaterThan(0);
      // The key of the desk is for whoever reads the log, and ends with the process.
      const key = new URL(entrance).searchParams.get('key') ?? '';
      expect(key).toMatch(/^[\w-]{32}$/u);
      for (const bytes of files) expect(bytes.includes(key)).toBe(false);
      for (const [at, text] of [...shown, output, ...files].entries()) expectNone(`text ${at}`, text);
      await judge.end();
    }, 180_000);
  }
});
