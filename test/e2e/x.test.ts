// X from outside: the demo's tab, and the real program with keys against the local X as judge.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { closing } from '../support/cleanup.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { seeX } from '../support/x-people.ts';

const { appKey, appSecret, accessToken, accessSecret, bearer } = demoKeys;

/** The bot with the keys of the sandbox's app, and the sandbox in a process of its own. */
async function startBot(config = '', first = /ready: /) {
  const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
  const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
  const keys = { X_APP_KEY: appKey, X_APP_SECRET: appSecret, X_ACCESS_TOKEN: accessToken, X_ACCESS_SECRET: accessSecret, X_BEARER_TOKEN: bearer };
  const folder = await freshFolder();
  const file = join(folder, 'repartee.yaml');
  if (config !== '') await writeFile(file, config);
  const env = { ...keys, X_HANDLE: 'repartee', X_API_URL: `${url}/x`, REPARTEE_DATA: join(folder, 'data'), PORT: '0', ...(config !== '' && { REPARTEE_CONFIG: file }) };
  const start = async () => {
    const bot = runProgram(['start'], { env });
    await bot.says(first);
    return bot;
  };
  return { bot: await start(), start, env, x: seeX(url) };
}
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe('X, from outside', () => {
  it.concurrent('opens beside Mastodon with nothing configured: one reply to that very post, for a read and a reply', closing(async () => {
    const demo = runProgram(['start'], { env: { PORT: '0', REPARTEE_DATA: await freshFolder() } });
    const [, url = ''] = await demo.says(/ready: (http:\/\/127\.0\.0\.1:\d+)/);
    const x = seeX(url);
    expect(await x.bill()).toMatchObject({ dollars: 0, dollarsWithIncludes: 0 });
    const asked = await x.post('visitor', '@repartee what is everybody on about today?');
    const answer = await x.answer(asked.id);
    expect(answer).toMatchObject({ replyTo: asked.id, text: expect.not.stringContaining('@') });
    await pause(1_500);
    expect(await x.answers(asked.id)).toHaveLength(1);
    const { dollars, lines } = await x.bill();
    const share = lines.find(({ what }) => what === 'trends request')?.count ?? 0;
    expect(dollars).toBeCloseTo(0.011 + 0.01 * share, 9);
    expect(share).toBeLessThanOrEqual(1);
    const receipt = await (await fetch(`${url}/sandbox/x/receipts/${answer.id}`)).json() as { dollars: number; answer: string };
    expect(receipt).toMatchObject({ answer: answer.text, dollars: expect.closeTo(0.021, 6) });
    expect(await demo.end()).toBe(0);
  }), 180_000);

  it.concurrent('does not start with a help line that is too long as X counts', closing(async () => {
    const { bot } = await startBot(`manners:\n  helpLines:\n    ja: ${'あ'.repeat(150)}\n`, /helpLines\.ja/);
    expect(await bot.ended).toBe(2);
    expect(bot.output()).toContain('manners.helpLines.ja: x counts 300 characters and takes 280: make it shorter');
  }), 60_000);

  it.concurrent('costs nothing to start and to wait, and little to answer twenty people, context included', closing(async () => {
    const { bot, env, x } = await startBot();
    await pause(11_000); // the second look is behind it
    expect(await x.bill()).toMatchObject({ dollars: 0, dollarsWithIncludes: 0 });
    const asked = await Promise.all(Array.from({ length: 20 }, async (_, number) => x.post(`asker${number}`, `@repartee what do you make of number ${number}, the goose and gazette.com?`)));
    const answers = [];
    for (const { id } of asked) answers.push(await x.answer(id, 20_000));
    await pause(1_000);
    for (const { id } of asked) expect(await x.answers(id)).toHaveLength(1);
    expect(answers.filter(({ text }) => /https?:|\w\.[a-z]{2,}\b/iu.test(text))).toEqual([]);
    const bill = await x.bill();
    process.stdout.write(`  20 mentions: $${(bill.dollars / 20).toFixed(4)} each, $${(bill.dollarsWithIncludes / 20).toFixed(4)} with what comes along; ${bill.lines.map(({ what, count }) => `${count} ${what}`).join(', ')}\n`);
    expect(bill.lines).toContainEqual(expect.objectContaining({ what: 'trends request', count: 1 }));
    expect(bill.dollars / 20).toBeLessThanOrEqual(0.012);
    expect(bill.dollarsWithIncludes / 20).toBeLessThanOrEqual(0.022);

    // Somebody who answers us without tagging us has not summoned us.
    const [first] = answers;
    const ignored = await x.post('asker0', 'ha, very good', first?.id);
    await bot.says(new RegExp(`${ignored.id}: skipped: not summoned`), 15_000);
    expect((await x.bill()).dollars - bill.dollars).toBeCloseTo(0.001, 9);
    const status = runProgram(['status'], { env });
    await status.ended;
    expect(status.output()).toMatch(/: 20 posted, 1 skipped\n {2}\$0\.436 today \(20 reply \$0\.200, 20 user read \$0\.200, 21 mention read \$0\.021, 1 trends \$0\.010, 1 post read \$0\.005\), \$0\.436 in all/u);
    expect(await bot.end()).toBe(0);
  }), 180_000);

  it.concurrent('never costs more than the budget of the day, however many ask at once, and then reads no more', closing(async () => {
    const { bot, x } = await startBot('networks:\n  x:\n    includesBilled: false\n    pollSeconds: 3\n    budget: { perDay: 0.075 }\n');
    const asked = await Promise.all(Array.from({ length: 20 }, async (_, number) => x.post(`asker${number}`, `@repartee is number ${number} the goose?`)));
    await bot.says(/mentions are not read, again in \d+ min: today's budget is spent \(\$0\.0\d\d of \$0\.075\): mentions wait until midnight UTC/u, 20_000);
    await pause(4_000);
    const { dollars, lines } = await x.bill();
    const answers = await Promise.all(asked.map(async ({ id }) => x.answers(id)));
    expect(dollars).toBeGreaterThan(0.06);
    expect(dollars).toBeLessThanOrEqual(0.075 + 1e-9);
    expect(answers.flat().length).toBe(lines.find(({ what }) => what === 'summoned reply')?.count);
    expect(bot.output().match(/skipped: today's budget is spent/gu)).toHaveLength(20 - answers.flat().length);
    await x.post('late', '@repartee and now?');
    await pause(4_000);
    expect((await x.bill()).dollars).toBeCloseTo(dollars, 9);
    expect(bot.output().match(/mentions are not read/gu)).toHaveLength(1);
    expect(await bot.end()).toBe(0);
  }), 180_000);

  it.concurrent('answers all thirty, none twice and none lost, when it is killed in the middle', closing(async () => {
    const { bot, start, x } = await startBot();
    const asked = await Promise.all(Array.from({ length: 30 }, async (_, number) => x.post(`asker${number}`, `@repartee is number ${number} the goose?`)));
    const count = async () => Promise.all(asked.map(async ({ id }) => (await x.answers(id)).length));
    const started = performance.now();
    while (!(await count()).some(answers => answers > 0)) {
      if (performance.now() - started > 20_000) throw new Error(`nobody was answered\n${bot.output()}`);
      await pause(2);
    }
    await bot.end('SIGKILL');
    const before = await count();
    const second = await start();
    for (const { id } of asked) await x.answer(id, 30_000);
    await pause(3_000);
    process.stdout.write(`  X: killed with ${before.filter(answers => answers === 0).length} of 30 open\n`);
    expect(await count()).toEqual(asked.map(() => 1));
    expect(await second.end()).toBe(0);
  }), 180_000);

  it.concurrent('says in one line which of the four keys is wrong, and writes nothing', closing(async () => {
    const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
    const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
    const folder = await freshFolder();
    const env = { X_APP_KEY: appKey, X_APP_SECRET: appSecret, X_ACCESS_TOKEN: accessToken, X_ACCESS_SECRET: 'mistyped', X_API_URL: `${url}/x`, REPARTEE_DATA: `${folder}/data`, PORT: '0' };
    const bot = runProgram(['start'], { env });
    expect(await bot.ended).toBe(2);
    expect(bot.output().trim().split('\n')).toEqual([expect.stringMatching(/^X_ACCESS_SECRET is wrong: 127\.0\.0\.1:\d+ refuses the login \(401\)/u)]);
    expect(bot.output()).not.toContain('mistyped');
  }), 180_000);
});
