// The page as a person sees it, in Chromium: write, tag, read the answer, open the fold.
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { browserPath, fitsTheScreen, openBrowser, pictureOf, screens, watch } from '../support/browser.ts';
import { freshFolder, runProgram } from '../support/program.ts';

(browserPath === undefined ? describe.skip : describe)(`the page in Chromium${browserPath === undefined ? ' (skipped: no chromium on PATH)' : ''}`, () => {
  it('shows the town, takes a post, and shows the answer with its receipt, live', async () => {
    const program = runProgram(['start'], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: await freshFolder() } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/);
    const browser = await openBrowser();

    for (const { name, viewport, colorScheme } of screens) {
      const page = await browser.newPage({ viewport, colorScheme });
      const complaints = watch(page);
      await page.goto(url);
      await page.locator('.post').nth(10).waitFor();
      expect(await page.locator('.post').count()).toBeGreaterThan(20);
      expect(await fitsTheScreen(page)).toBe(true);

      const before = await page.locator('.post.bot').count();
      await page.locator('#words').fill('@repartee what is everybody on about today?');
      await page.locator('#words').press('Control+Enter');
      const answer = page.locator('.post.bot').first();
      await expectCount(page, before + 1);
      expect(await answer.locator('.words').first().innerText()).toMatch(/@visitor .{20,}/su);
      await page.screenshot({ path: pictureOf(name) });

      await answer.locator('.fold summary').click();
      const receipt = answer.locator('.receipt');
      await receipt.waitFor();
      expect(await receipt.innerText()).toMatch(/built-in engine, no model/iu);
      expect(await receipt.locator('li').count()).toBeGreaterThan(0);
      await page.screenshot({ path: pictureOf(`${name}-receipt`) });
      expect(complaints).toEqual([]);
      await page.close();
    }
    const [, entrance = ''] = await program.says(/the desk is at (\S+)/);
    const desk = await browser.newPage();
    expect((await desk.goto(`${url}/desk`))?.status()).toBe(401);
    await desk.goto(entrance);
    expect([desk.url(), await desk.getByRole('navigation', { name: 'Desk' }).isVisible()]).toEqual([`${url}/desk`, true]);
  }, 180_000);
});

async function expectCount(page: Page, count: number): Promise<void> {
  await page.locator('.post.bot').nth(count - 1).waitFor({ timeout: 5_000 });
}
