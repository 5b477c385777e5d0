import { describe, expect, it } from '@jest/globals';
import { ends, silences, type Numbers, type Point } from '../../src/core/counts.ts';
import { browserPath, fitsTheScreen, openBrowser, pictureOf, screens, watch } from '../support/browser.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { deskKey, openTestWeb, openVisitor } from '../support/web.ts';

const none = <Key extends string>(keys: readonly Key[]) => Object.fromEntries(keys.map(key => [key, 0])) as Record<Key, number>;

const numbers: Numbers = {
  answered: { all: 1_234, month: 700, day: 17 }, silent: { ...none(silences), age: 31, wish: 4 }, withheld: 3, rejected: 0, parked: 1,
  secondsToAnswer: { median: 0.74, p95: 2.31 }, dollars: { all: 3.2104, month: 1 }, dollarsPerAnswer: 0.0026, answerRate: 0.9967,
};
const series: readonly Point[] = Array.from({ length: 30 }, (_, at) => ({
  at: Date.UTC(2026, 9, 25) + at * 86_400_000,
  mentions: { ...none(ends), answered: at < 4 ? 0 : 20 + (at * 37) % 50, skipped: (at * 13) % 17, withheld: at % 9 === 0 ? 1 : 0, parked: at === 20 ? 1 : 0 },
  silences: none(silences), tokens: { in: 0, out: 0 },
  dollars: { model: at < 4 ? 0 : 0.05, network: at < 4 ? 0 : ((at * 7) % 11) / 100 },
  seconds: at >= 4 && at !== 12 ? { whole: { p50: (600 + (at * 53) % 300) / 1_000, p95: (1_800 + (at * 311) % 1_500) / 1_000 } } : {},
}));

describeOnRedis('the figures at the desk', redis => {
  it('show the numbers, and every day in a table that needs no script', async () => {
    const { visitor } = await openTestWeb(redis().client, { numbers: async () => numbers, series: async () => series });
    const answer = await (await visitor()).ask('/desk/figures');
    const page = await answer.text();
    expect(answer.status).toBe(200);
    for (const shown of ['1234', '99.6 %', '740 ms', '2.3 s', '$3.21', '$0.0026', 'too late']) expect(page).toContain(shown);
    expect(page.match(/<tr data-day=/gu)).toHaveLength(30);
    // Who is not at this machine is refused there.
    expect(page).not.toContain('href="/metrics"');
    expect(page).toContain('<a href="/desk/figures" aria-current="page">Figures</a>');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).not.toMatch(/unsafe|eval/u);
  });

  it('show nothing that there is not, where nothing was counted yet', async () => {
    const { visitor } = await openTestWeb(redis().client);
    const page = await (await (await visitor()).ask('/desk/figures')).text();
    expect(page).not.toMatch(/NaN|undefined|Infinity/u);
    expect(page).toContain('Nothing was left alone yet.');
  });

  it('are for whoever sits at the desk', async () => {
    const { url } = await openTestWeb(redis().client, { passwordHash: 'scrypt:32768:8:3:x:y' });
    expect((await openVisitor(url).ask('/desk/figures')).status).toBe(302);
  });

  (browserPath === undefined ? describe.skip : describe)('in a browser', () => {
    it.each(screens)('are drawn, on $name', async ({ name, ...screen }) => {
      const { url } = await openTestWeb(redis().client, { numbers: async () => numbers, series: async () => series });
      const page = await (await openBrowser()).newPage(screen);
      const complaints = watch(page);
      await page.goto(`${url}/desk?key=${deskKey}`);
      await page.goto(`${url}/desk/figures`);
      await page.waitForSelector('#charts canvas');
      expect(await page.locator('#charts canvas').count()).toBe(3);
      expect(await fitsTheScreen(page)).toBe(true);
      await page.locator('#charts canvas').first().scrollIntoViewIfNeeded();
      await page.locator('#charts .u-over').first().hover();
      expect(await page.locator('#charts .u-legend').first().innerText()).toMatch(/day:?\s*2026-1\d-\d\d/u);
      await page.locator('#charts').screenshot({ path: pictureOf(`charts-${name}`) });
      // A table that is wider than a phone can be moved until its last column is seen.
      await page.locator('.scroll').focus();
      await page.keyboard.press('End');
      await page.locator('#days th').last().scrollIntoViewIfNeeded();
      const box = await page.locator('#days th').last().boundingBox();
      expect((box?.x ?? Infinity) + (box?.width ?? 0)).toBeLessThanOrEqual(screen.viewport.width);
      await page.screenshot({ path: pictureOf(`figures-${name}`), fullPage: true });
      expect(complaints).toEqual([]);
    });
  });
});
