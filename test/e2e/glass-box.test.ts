// From a tag to its answer, its receipt, the desk and an answer that a human approved: the real program, as people meet it in Chromium.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { hashPassword } from '../../src/web/password.ts';
import { browserPath, openBrowser, watch } from '../support/browser.ts';
import { lookAt } from '../support/looks.ts';
import { freshFolder, runProgram } from '../support/program.ts';
import { until } from '../support/until.ts';
import { seeX } from '../support/x-people.ts';

const password = 'correct horse battery';
const foreign = 'Ask @mayor@elsewhere.example, he keeps the goose.';
const main = resolve(import.meta.dirname, '../../src/main.ts');

/** `repartee receipt verify -`, with the text on its standard input. */
function verify(text: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'receipt', 'verify', '-'], { input: text, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

async function logIn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/desk`);
  expect(page.url()).toBe(`${url}/desk/login?to=%2Fdesk`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${url}/desk`);
}

/** Every page that is for reading, for whoever lets no script run. */
async function readWithoutScripts(browser: Browser, url: string, receipt: string): Promise<void> {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(receipt);
  for (const part of ['What it read', 'How it was made', 'Proof']) expect(await page.getByRole('heading', { name: part }).isVisible()).toBe(true);
  await page.getByRole('link', { name: 'as JSON, signed' }).click();
  expect(await page.locator('body').innerText()).toContain('"signature"');
  await logIn(page, url);
  for (const [name, words] of [['Bench', 'What it would say'], ['Health', 'What it reads from'], ['Settings', 'manners.quotas'], ['Log', 'came to the desk'], ['Desk', 'answered']] as const) {
    await page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name }).click();
    expect(await page.locator('#main').innerText()).toContain(words);
  }
  await page.getByRole('link', { name: /^Answered/u }).click();
  await page.getByRole('link', { name: 'open', exact: true }).first().click();
  expect(await page.getByRole('heading', { name: 'What happened' }).isVisible()).toBe(true);
  await page.context().close();
}

(browserPath === undefined ? describe.skip : describe)(`the glass box in Chromium${browserPath === undefined ? ' (skipped: no chromium on PATH)' : ''}`, () => {
  it('shows how an answer came about, and lets a human say whether the next one is given', async () => {
    const data = await freshFolder();
    const config = join(data, 'repartee.yaml');
    await writeFile(config, 'approval: [x]\n');
    const program = runProgram(['start', '--config', config], { withoutRedis: true, env: { PORT: '0', REPARTEE_DATA: join(data, 'data'), DESK_PASSWORD_HASH: await hashPassword(password) } });
    const [, url = ''] = await program.says(/ready: (http:\S+)/u);
    const browser = await openBrowser();
    const page = await browser.newPage();
    const complaints = watch(page);

    // Answered at once, and the answer leads to its receipt.
    await page.goto(url);
    await page.locator('#words').fill('@repartee what is everybody on about today?');
    await page.locator('#words').press('Control+Enter');
    const answer = page.locator('.thread', { hasText: 'what is everybody on about today?' }).locator('.post.bot').first();
    await answer.locator('.fold summary').click();
    await answer.getByRole('link', { name: 'As everybody sees it' }).click();
    await page.waitForURL(/\/r\/[\w-]{11}$/u);
    const receipt = page.url();
    expect(await page.locator('.till blockquote').first().innerText()).toContain('what is everybody on about today?');
    expect(await page.locator('.items a[href^="http"]').count()).toBeGreaterThan(0);
    expect(await page.getByRole('link', { name: 'the answer' }).getAttribute('href')).toMatch(/^http/u);
    await lookAt(page, 'receipt', 4);
    await page.goto(`${receipt}?lang=fr`);
    expect(await page.getByRole('heading', { name: 'Ce qu’il a lu' }).isVisible()).toBe(true);
    await lookAt(page, 'receipt-fr');

    const signed = await (await fetch(`${receipt}.json`)).text();
    expect(verify(signed)).toMatchObject({ status: 0, said: expect.stringContaining('valid: ') });
    expect(verify(signed.replace('everybody', 'Everybody'))).toMatchObject({ status: 1, said: expect.stringContaining('invalid: the signature does not fit') });

    // Held, refused when it names somebody, and approved with one key.
    await page.goto(`${url}/desk/login`);
    await lookAt(page, 'login');
    await logIn(page, url);
    const x = seeX(url);
    const { id } = await x.post('visitor', '@repartee is a goose really running the toll booth?');
    await page.locator('.card .state.held').waitFor({ timeout: 15_000 });
    expect(await page.locator('#count-held').innerText()).toBe('1');
    await lookAt(page, 'desk', 4);
    expect(await x.answers(id)).toEqual([]);
    await page.keyboard.press('o');
    await page.waitForURL(/\/desk\/mention\?/u);
    const mention = page.url();
    await page.keyboard.press('e');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(foreign);
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/^Not done: it .*(?:handle|calls|mention)/u);
    expect(await page.locator('textarea').inputValue()).toBe(foreign);
    await lookAt(page, 'mention', 4);
    await page.getByRole('navigation', { name: 'Desk' }).getByRole('link', { name: 'Desk' }).click();
    await page.locator('.card').waitFor();
    await page.keyboard.press('a');
    await x.answer(id);

    // Posted once, and its receipt says who let it out.
    await page.goto(mention);
    await until(async () => {
      await page.reload();
      return await page.getByRole('link', { name: 'receipt', exact: true }).isVisible();
    });
    await page.getByRole('link', { name: 'receipt', exact: true }).click();
    expect(await page.locator('.till').innerText()).toContain('A human approved it.');
    await new Promise(done => setTimeout(done, 1_000));
    expect(await x.answers(id)).toHaveLength(1);

    await page.goto(`${url}/desk/bench`);
    await page.getByLabel('What somebody might write').fill('is a goose really running the toll booth?');
    await page.getByLabel('Beside it').selectOption('deadpan');
    await page.getByRole('button', { name: 'Try' }).click();
    await page.locator('.bench article').nth(1).waitFor();
    await lookAt(page, 'bench', 4);
    const others = { answered: '/desk?tab=posted', health: '/desk/health', settings: '/desk/settings', log: '/desk/log', about: '/about', nothing: '/r/aaaaaaaaaaa' };
    for (const [name, path] of Object.entries(others)) {
      await page.goto(url + path);
      if (await page.title() !== '') await lookAt(page, name);
    }
    await readWithoutScripts(browser, url, receipt);
    // Somebody else ended the session: the list says that it stands still.
    await page.goto(`${url}/desk?tab=posted`);
    await page.context().clearCookies();
    await page.getByText('not fresh any more').waitFor({ timeout: 10_000 });
    // The refusals are the only things that the browser has to say.
    expect(complaints.filter(each => !/\b(?:409|401)\b/u.test(each))).toEqual([]);
  }, 180_000);
});
