// Two hundred people at once, then a long evening: everybody is answered once, in time, and the memory stays where it is.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { person } from '../support/people.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { findProgram } from '../support/servers.ts';

const crowd = 200;
/** Mentions of the long run, or as many as `EVENING` says, up to the 5,000 that are answered in an hour; the memory of V8 has nearly found its size after a thousand. */
const evening = Number(process.env['EVENING'] ?? 1_000);

/** Numbers from here on mean nothing to anybody: 1488 is no number that is answered. */
const meaningless = 10_000;

const stores = [
  { store: 'embedded', mostMb: 340, missing: false },
  { store: 'child', mostMb: 270, missing: findProgram('redis-server') === undefined },
];

for (const { store, mostMb, missing } of stores) {
  (missing ? describe.skip : describe)(`a crowd, ${store} store${missing ? ' (skipped: no redis-server on PATH)' : ''}`, () => {
    it(`${crowd} mentions at once are all answered within seconds, and ${evening} more do not swell it`, async () => {
      const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
      const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
      const bot = runProgram(['start'], { env: { MASTODON_URL: url, MASTODON_TOKEN: 'repartee', REPARTEE_DATA: await freshFolder(), PORT: '0' }, withoutRedis: store === 'embedded' });
      const [, readyAfter = ''] = await bot.says(/ready: .*\(after ([\d.]+) s\)/);

      const first = await ask(url, 0, crowd);
      // Alone it takes two to four; the other tests share the processors.
      expect(first.seconds).toBeLessThan(30);
      expect(first.answers).toEqual(Array.from({ length: crowd }, () => 1));
      const afterCrowd = residentMb(bot.process.pid);
      for (let done = crowd; done < crowd + evening; done += crowd) expect((await ask(url, done, crowd)).answers).toEqual(first.answers);
      const afterEvening = residentMb(bot.process.pid);
      process.stdout.write(`  ${store}: ready after ${readyAfter} s, ${crowd} answered in ${first.seconds.toFixed(1)} s, ${afterCrowd} MB, ${afterEvening} MB after ${evening} more\n`);
      expect(afterEvening).toBeLessThanOrEqual(mostMb);
    }, 300_000);
  });
}

async function ask(url: string, from: number, count: number) {
  const started = performance.now();
  const asked = await Promise.all(Array.from({ length: count }, async (_, index) => {
    const who = person(url, `asker${from + index}`);
    return { who, id: (await who.post(`@repartee what do you make of number ${meaningless + from + index}?`)).id };
  }));
  for (const { who, id } of asked) await who.answer(id, 20_000);
  const seconds = (performance.now() - started) / 1_000;
  return { seconds, answers: await Promise.all(asked.map(async ({ who, id }) => (await who.answers(id)).length)) };
}

const residentMb = (pid: number | undefined): number => {
  if (process.platform !== 'linux') return 0;
  return Math.round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024);
};
