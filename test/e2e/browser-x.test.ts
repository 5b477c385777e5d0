// The X tab as a person sees it, in Chromium: choose it, tag, read the answer, open the fold and the till; follow a link to a post.
import { describe, expect, it } from '@jest/globals';
import { openSandbox } from '../../src/sandbox/index.ts';
import { browserPath, fitsTheScreen, openBrowser, pictureOf, screens, watch } from '../support/browser.ts';
import { onTestFinished } from '../support/cleanup.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { openTwitter } from '../support/x-client.ts';
import { seeX } from '../support/x-people.ts';

const asks = ['@repartee what is everybody on about today?', '@repartee is a goose really running the toll booth?'];

(browserPath === undefined ? describe.skip : describe)(`the X tab in Chromium${browserPath === undefined ? ' (skipped: no chromium on PATH)' : ''}`, () => {
  it('takes a post, shows the answer under it live, and what it cost', async () => {
    const program = runProgram(['start'], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: await freshFolder() } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/);
    const browser = await openBrowser();

    for (const [number, { name, viewport, colorScheme }] of screens.entries()) {
      const page = await browser.newPage({ viewport, colorScheme });
      const complaints = watch(page);
      await page.goto(url);
      await page.locator('#tab-mastodon').waitFor();
      await page.locator('#tab-mastodon').focus();
      await page.keyboard.press('ArrowRight');
      expect(await page.locator('#tab-x').getAttribute('aria-selected')).toBe('true');
      expect([new URL(page.url()).hash, await page.locator('#posts').isVisible()]).toEqual(['#x', false]);
      await page.locator('#x-posts .post').nth(8).waitFor();
      expect(await fitsTheScreen(page)).toBe(true);
      if (number === 0) expect(await page.locator('#till summary').innerText()).toMatch(/\$0\.000\s+so far/u);

      const ask = asks[number] ?? '';
      await page.locator('#x-chips button', { hasText: ask.slice('@repartee '.length) }).click();
      expect(await page.locator('#x-words').inputValue()).toBe(ask);
      await page.locator('#x-words').press('Control+Enter');
      const thread = page.locator('#x-posts > .thread', { hasText: ask });
      const answer = thread.locator('.post.bot');
      await answer.waitFor({ timeout: 10_000 });
      expect(await answer.locator('.words').innerText()).toMatch(/^[^@]{20,}$/su);
      await page.waitForFunction("document.getElementById('till-sum').textContent >= '$0.011'");
      await page.screenshot({ path: pictureOf(`x-${name}`) });

      await page.locator('#x-posts .post').last().scrollIntoViewIfNeeded();
      expect(await page.evaluate("document.getElementById('till').getBoundingClientRect().top")).toBeGreaterThanOrEqual(0);
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
  }, 180_000);

  it('leads to a post, counts as X does, and does not promise an answer that X forbids', async () => {
    const program = runProgram(['start'], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: await freshFolder() } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/);
    const { id } = await seeX(url).post('visitor', '@Repartee one line\nand another #Goosegate');
    const { id: answered } = await seeX(url).answer(id);
    const browser = await openBrowser();
    const page = await browser.newPage({ viewport: { width: 360, height: 740 }, colorScheme: 'dark', reducedMotion: 'reduce' });
    const complaints = watch(page);
    await page.goto(`${url}/x/visitor/status/${id}`);

    const post = page.locator(`#post-x-${id}`);
    await post.waitFor();
    expect([new URL(page.url()).hash, await page.locator('#tab-x').getAttribute('aria-selected')]).toEqual([`#x-${id}`, 'true']);
    expect((await post.locator('.words').innerText()).trim()).toBe('@Repartee one line\nand another #Goosegate');
    expect(await post.locator('.words .tag').allInnerTexts()).toEqual(['@Repartee', '#Goosegate']);
    expect([await page.locator('#x-timeline').isVisible(), await page.locator('#skip').getAttribute('href')]).toEqual([true, '#x-timeline']);

    const words = page.locator('#x-words');
    for (const [text, left] of [['plain', 275], ['日本 🪿', 273], ['see https://a.example/long/address.', 252], ['“quoted” – yes', 266]] as const) {
      await words.fill(text);
      expect([text, await page.locator('#x-counter').innerText()]).toEqual([text, String(left)]);
    }

    await page.locator(`#post-x-${answered} .quiet`).click();
    expect(await words.inputValue()).toBe('@repartee ');
    await words.fill('nobody is called here');
    await words.press('Control+Enter');
    await page.locator('#x-posts .post', { hasText: 'nobody is called here' }).waitFor();
    expect(await page.locator('#x-posts .typing').count()).toBe(0);

    const others = page.locator('#x-posts .post', { hasText: 'GOOSE REPORT' }).locator('.ask');
    await others.click();
    const first = await words.inputValue();
    await words.press('Control+Enter');
    await page.locator('#x-posts .post', { hasText: first }).waitFor();
    await others.click();
    expect(await words.inputValue()).not.toBe(first);

    await words.fill('nobody is called here');
    await words.press('Control+Enter');
    await page.locator('#x-problem', { hasText: 'duplicate content' }).waitFor();
    expect(await fitsTheScreen(page)).toBe(true);
    await page.locator('#tab-mastodon').click();
    expect([new URL(page.url()).hash, await page.locator('#timeline').isVisible(), await page.locator('#x-timeline').isVisible()]).toEqual(['', true, false]);
    expect(complaints.filter(line => !line.includes('403'))).toEqual([]);
    await page.close();
  }, 180_000);

  it('shows in a receipt what each thing cost, and what is gone by now', async () => {
    const item = { source: 'X', heat: 1, at: new Date(0).toISOString(), matched: [] };
    const receipt = {
      model: 'a model', persona: { name: 'gadfly', version: '1' }, language: 'en', promptVersion: '2', dollars: 0.021, rung: 'thread', forgotten: true,
      thread: [], open: false, drafts: [], took: { gather: 1, model: 2, total: 3 }, at: new Date(0).toISOString(),
      items: [{ ...item, kind: 'post', text: 'sha256:0123', cost: 0.005 }, { ...item, kind: 'tag', text: '#Toll', cost: 0.0004 }],
    };
    const sandbox = await openSandbox({ town: false, receipt: async network => (network === 'x' ? receipt : undefined) });
    onTestFinished(() => sandbox.close());
    const { id } = await seeX(sandbox.url).post('visitor', '@repartee and?');
    const { data: answer } = await openTwitter(`${sandbox.url}/x`).v2.reply('So.', id);
    const browser = await openBrowser();
    const page = await browser.newPage();
    await page.goto(`${sandbox.url}/#x-${answer.id}`);
    await page.locator('.post.bot .fold summary').click();
    expect(await page.locator('.receipt-items').innerText()).toMatch(/sha256:0123[^]*\$0\.005 to read[^]*what it matched is gone[^]*#Toll[^]*under \$0\.001 to read/u);
    expect(await page.locator('.receipt').innerText()).toMatch(/\$0\.021 at most[^]*the thread, no search[^]*is gone, as its network demands[^]*Hashes of it remain/u);
  }, 180_000);

  it('has a box of its own, whatever is being written on Mastodon', async () => {
    const sandbox = await openSandbox();
    onTestFinished(() => sandbox.close());
    const browser = await openBrowser();
    const page = await browser.newPage();
    await page.goto(sandbox.url);
    await page.locator('#posts .post .quiet').first().click();
    await page.locator('#words').fill('half a thought');
    await page.locator('#tab-x').click();
    await page.locator('#x-posts .post').nth(8).waitFor();
    expect([await page.locator('#x-words').inputValue(), await page.locator('#x-compose .replying').isVisible()]).toEqual(['', false]);
    expect(await page.locator('#x-compose').getAttribute('class')).toBe('compose');
    await page.locator('#tab-mastodon').click();
    expect([await page.locator('#words').inputValue(), await page.locator('#compose .replying').isVisible()]).toEqual(['half a thought', true]);
  }, 180_000);

  it('is not there where the sandbox has no X', async () => {
    const sandbox = await openSandbox({ x: false });
    onTestFinished(() => sandbox.close());
    const browser = await openBrowser();
    const page = await browser.newPage();
    const complaints = watch(page);
    await page.goto(`${sandbox.url}/#x`);
    await page.locator('#posts .post').nth(10).waitFor();
    await page.locator('#panel-mastodon .chips button').first().click();
    expect([await page.locator('#tabs').isVisible(), await page.locator('#words').inputValue()]).toEqual([false, '@repartee what is everybody on about today?']);
    expect(complaints).toEqual([]);
  }, 180_000);
});
