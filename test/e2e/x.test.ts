// X from outside: the demo's tab, and the real program with keys against the local X as judge.
import { describe, expect, it } from '@jest/globals';
import { demoKeys } from '../../src/sandbox/x/index.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { seeX } from '../support/x-people.ts';

const { appKey, appSecret, accessToken, accessSecret, bearer } = demoKeys;

/** The bot with the keys of the sandbox's app, and the sandbox in a process of its own. */
async function startBot(more: Readonly<Record<string, string>> = {}) {
  const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
  const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
  const keys = { X_APP_KEY: appKey, X_APP_SECRET: appSecret, X_ACCESS_TOKEN: accessToken, X_ACCESS_SECRET: accessSecret, X_BEARER_TOKEN: bearer };
  const bot = runProgram(['start'], { env: { ...keys, X_HANDLE: 'repartee', X_API_URL: `${url}/x`, REPARTEE_DATA: await freshFolder(), PORT: '0', ...more } });
  const [, web = ''] = await bot.says(/ready: .* at (\S+) \(after/);
  return { bot, web, url, x: seeX(url) };
}
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

describe('X, from outside', () => {
  it('opens beside Mastodon with nothing configured: one reply to that very post, for a read and a reply', async () => {
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
  }, 30_000);

  it('costs nothing to start and to wait, and little to answer twenty people, context included', async () => {
    const { bot, url, x } = await startBot();
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
    expect(url).toMatch(/^http/);
    expect(await bot.end()).toBe(0);
  }, 90_000);

  it('says in one line which of the four keys is wrong, and writes nothing', async () => {
    const judge = runProgram(['sandbox', '--port', '0', '--no-town']);
    const [, url = ''] = await judge.says(/sandbox ready: (\S+)/);
    const folder = await freshFolder();
    const env = { X_APP_KEY: appKey, X_APP_SECRET: appSecret, X_ACCESS_TOKEN: accessToken, X_ACCESS_SECRET: 'mistyped', X_API_URL: `${url}/x`, REPARTEE_DATA: `${folder}/data`, PORT: '0' };
    const bot = runProgram(['start'], { env });
    expect(await bot.ended).toBe(2);
    expect(bot.output().trim().split('\n')).toEqual([expect.stringMatching(/^X_ACCESS_SECRET is wrong: 127\.0\.0\.1:\d+ refuses the login \(401\)/u)]);
    expect(bot.output()).not.toContain('mistyped');
  }, 20_000);
});
