// The X tab as a person sees it, in Chromium: choose it, tag, read the answer, open the fold and the till.
import { describe, expect, it } from '@jest/globals';
import { browserPath, fitsTheScreen, openBrowser, pictureOf, screens, watch } from '../support/browser.ts';
import { freshFolder, runProgram } from '../support/program.ts';

const asks = ['@repartee what is everybody on about today?', '@repartee is a goose really running the bridge?'];

(browserPath === undefined ? describe.skip : describe)(`the X tab in Chromium${browserPath === undefined ? ' (skipped: no chromium on PATH)' : ''}`, () => {
  it('takes a post, shows the answer under it live, and what it cost', async () => {
    const program = runProgram(['start'], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: await freshFolder() } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/);
    const browser = await openBrowser();

    for (const [number, { name, viewport, colorScheme }] of screens.entries()) {
      const page = await browser.newPage({ viewport, colorScheme });
      const complaints = watch(page);
      await page.goto(url);
      await page.locator('#tab-mastodon').focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('#tab-x').getAttribute('aria-selected')).toBe('true');
      expect([new URL(page.url()).hash, await page.locator('#posts').isVisible()]).toEqual(['#x', false]);
      await page.locator('#x-posts .post').nth(8).waitFor();
      expect(await fitsTheScreen(page)).toBe(true);
      if (number === 0) expect(await page.locator('#till summary').innerText()).toMatch(/\$0\.000\s+so far/u);

      const ask = asks[number] ?? '';
      await page.locator('#x-words').fill(ask);
      await page.locator('#x-words').press('Control+Enter');
      const thread = page.locator('#x-posts > .thread', { hasText: ask });
      const answer = thread.locator('.post.bot');
      await answer.waitFor({ timeout: 10_000 });
      expect(await answer.locator('.words').innerText()).toMatch(/^[^@]{20,}$/su);
      await page.waitForFunction("document.getElementById('till-sum').textContent >= '$0.011'");
      await page.screenshot({ path: pictureOf(`x-${name}`) });

      await page.locator('#till summary').click();
      expect(await page.locator('#till-lines').innerText()).toMatch(/summoned reply\s+× \d\s+\$0\.0\d0/u);
      expect(await page.locator('#till-both').innerText()).toMatch(/X does not say .* \$0\.\d{3}, or \$0\.\d{3} if it is\./u);
      await answer.locator('.fold summary').click();
      await answer.locator('.receipt').waitFor();
      expect(await answer.locator('.receipt').innerText()).toMatch(/cost\s+\$0\.0\d\d at most/iu);
      await page.screenshot({ path: pictureOf(`x-${name}-receipt`) });
      expect(await fitsTheScreen(page)).toBe(true);
      expect(complaints).toEqual([]);
      await page.close();
    }
  }, 60_000);
});
