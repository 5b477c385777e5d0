// What a newcomer does, on the real program: start it, tag it, read the answer.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { person, readable, receiptOf } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { feedOf, findProgram, serve } from '../support/servers.ts';

const port = '0';

async function startDemo(withoutRedis: boolean, config?: string) {
  const data = await freshFolder();
  const program = runProgram(['start', ...(config ? ['--config', config] : [])], { withoutRedis, env: { PORT: port, REPARTEE_DATA: data } });
  const [, url = ''] = await program.says(/ready: (http:\/\/127\.0\.0\.1:\d+)/);
  return { program, url, data };
}

const stores = [
  { store: 'embedded', withoutRedis: true, missing: false },
  { store: 'child', withoutRedis: false, missing: findProgram('redis-server') === undefined },
];

for (const { store, withoutRedis, missing } of stores) {
  (missing ? describe.skip : describe)(`the main job, ${store} store${missing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
    it('answers a tag once within two seconds, unlisted, to the asker, with something from the pool', async () => {
      const { program, url } = await startDemo(withoutRedis);
      const visitor = person(url, 'visitor');
      const asked = await visitor.post('@repartee what is everybody on about today?');
      const answer = await visitor.answer(asked.id, 2_000);
      const receipt = await receiptOf<{ items: { text: string }[]; model: string }>(url, answer.id);
      const text = readable(answer.content);

      expect(answer.visibility).toBe('unlisted');
      expect(answer.in_reply_to_id).toBe(asked.id);
      expect(answer.mentions.map(({ acct }) => acct)).toEqual(['visitor']);
      expect(text.length).toBeLessThanOrEqual(500);
      expect(receipt.model).toBe('built-in engine, no model');
      expect(receipt.items.some(item => shares(text, item.text))).toBe(true);

      await new Promise(resolve => setTimeout(resolve, 1_000));
      expect(await visitor.answers(asked.id)).toHaveLength(1);
      expect(await program.end()).toBe(0);
    });

    it('answers French in French', async () => {
      const { url } = await startDemo(withoutRedis);
      const visitor = person(url, 'visitor');
      const asked = await visitor.post("@repartee de quoi tout le monde parle aujourd'hui ?");
      const answer = await visitor.answer(asked.id, 2_000);
      expect(answer.language).toBe('fr');
      expect(readable(answer.content)).toMatch(/\b(le|la|les|un|une|et|est|on|pas|de|du|que|qui)\b/u);
    });

    it('follows a feed that nobody has seen before', async () => {
      const headlines = ['Lighthouse keeper trains forty penguins to change the lamp', 'Regional kazoo orchestra cancels silence'];
      const feed = await serve((_, response) => response.setHeader('content-type', 'application/rss+xml').end(feedOf(headlines)));
      const config = join(await freshFolder(), 'repartee.yaml');
      await writeFile(config, `context:\n  feeds: [${feed.url}/feed.xml]\n  allowHosts: ['${feed.host}']\n`);
      const { url } = await startDemo(withoutRedis, config);
      const visitor = person(url, 'visitor');
      const asked = await visitor.post('@repartee what is everybody on about today?');
      const text = readable((await visitor.answer(asked.id, 2_000)).content);
      expect(headlines.some(headline => shares(text, headline))).toBe(true);
      const about = await visitor.post('@repartee what do you make of the kazoo orchestra?');
      expect(readable((await visitor.answer(about.id, 2_000)).content)).toMatch(/kazoo/iu);
    });
  });
}

/** Whether the answer names the item: three words in a row, or a tag. */
function shares(answer: string, item: string): boolean {
  const words = item.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const said = ` ${(answer.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `;
  const size = Math.min(3, words.length);
  return words.some((_, index) => index + size <= words.length && said.includes(` ${words.slice(index, index + size).join(' ')} `));
}
