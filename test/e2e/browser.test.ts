// The page as a person sees it, in Chromium: write, tag, read the answer, open the fold.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { chromium, type Page } from 'playwright-core';
import { onTestFinished } from '../support/cleanup.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { findProgram } from '../support/servers.ts';

const browserPath = findProgram('chromium') ?? findProgram('google-chrome');
const pictures = resolve(import.meta.dirname, '../artifacts');

const screens = [
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
  { name: 'desk-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const },
];

(browserPath === undefined ? describe.skip : describe)(`the page in Chromium${browserPath === undefined ? ' (skipped: no chromium on PATH)' : ''}`, () => {
  it('shows the town, takes a post, and shows the answer with its receipt, live', async () => {
    const program = runProgram(['start'], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: await freshFolder() } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/);
    const browser = await chromium.launch({
      executablePath: browserPath ?? '',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    });
    onTestFinished(() => browser.close());
    await mkdir(pictures, { recursive: true });

    for (const { name, viewport, colorScheme } of screens) {
      const page = await browser.newPage({ viewport, colorScheme });
      const complaints = watch(page);
      await page.goto(url);
      await page.locator('.post').nth(10).waitFor();
      expect(await page.locator('.post').count()).toBeGreaterThan(20);
      expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);

      const before = await page.locator('.post.bot').count();
      await page.locator('#words').fill('@repartee what is everybody on about today?');
      await page.locator('#words').press('Control+Enter');
      const answer = page.locator('.post.bot').first();
      await expectCount(page, before + 1);
      expect(await answer.locator('.words').first().innerText()).toMatch(/@visitor .{20,}/su);
      await page.screenshot({ path: join(pictures, `${name}.png`) });

      await answer.locator('.fold summary').click();
      const receipt = answer.locator('.receipt');
      await receipt.waitFor();
      expect(await receipt.innerText()).toMatch(/built-in engine, no model/iu);
      expect(await receipt.locator('li').count()).toBeGreaterThan(0);
      await page.screenshot({ path: join(pictures, `${name}-receipt.png`) });
      expect(complaints).toEqual([]);
      await page.close();
    }
  }, 60_000);
});

/** Errors, refused content and requests that leave this computer. */
function watch(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', error => complaints.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !message.text().includes('404')) complaints.push(message.text());
  });
  page.on('request', request => {
    if (!/^(?:http:\/\/127\.0\.0\.1:|data:)/u.test(request.url())) complaints.push(request.url());
  });
  return complaints;
}

async function expectCount(page: Page, count: number): Promise<void> {
  await page.locator('.post.bot').nth(count - 1).waitFor({ timeout: 5_000 });
}
