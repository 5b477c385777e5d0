// kill -9 with fifty mentions in flight. The sandbox judges, in a process of its own.
import { describe, expect, it } from '@jest/globals';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { findProgram } from '../support/servers.ts';

const stores = [
  { store: 'embedded', missing: false },
  { store: 'child', missing: findProgram('redis-server') === undefined },
];

for (const { store, missing } of stores) {
  (missing ? describe.skip : describe)(`kill -9, ${store} store${missing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
    it('answers all fifty, none twice and none lost, after it is started again', async () => {
      const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
      const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
      const env = { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', REPARTEE_DATA: await freshFolder(), PORT: '0' };
      const first = runProgram(['start'], { env, withoutRedis: store === 'embedded' });
      await first.says(/ready: /);
      const people = Array.from({ length: 50 }, (_, index) => person(url, `asker${index}`));
      const asked = Promise.all(people.map(async (each, index) => ({ each, id: (await each.post(`@repartee what is number ${index} about?`)).id })));
      const posted = await asked;
      await until(async () => (await count(posted)).filter(answers => answers > 0).length >= 5, 60_000);
      await first.end('SIGKILL');
      expect((await count(posted)).filter(answers => answers === 0).length).toBeGreaterThan(0);

      const started = performance.now();
      const second = runProgram(['start'], { env, withoutRedis: store === 'embedded' });
      await second.says(/ready: /);
      await until(async () => (await count(posted)).every(answers => answers > 0), 60_000);
      process.stdout.write(`  ${store}: all answered ${((performance.now() - started) / 1_000).toFixed(1)} s after the restart\n`);
      await new Promise(resolve => setTimeout(resolve, 3_000));
      expect(await count(posted)).toEqual(posted.map(() => 1));
      expect(await second.end()).toBe(0);
    }, 180_000);
  });
}

const count = (posted: readonly { each: ReturnType<typeof person>; id: string }[]): Promise<number[]> =>
  Promise.all(posted.map(async ({ each, id }) => (await each.answers(id)).length));

async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not come true within ${withinMs} ms`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
