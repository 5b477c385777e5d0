// What strangers write, in every place where it is shown, in Chromium: it is text there, and nothing else.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { PermanentError } from '../../src/core/errors.ts';
import type { LedgerRecord } from '../../src/core/record.ts';
import type { Rehearsed } from '../../src/core/rehearsal.ts';
import type { WebTools } from '../../src/web/index.ts';
import { hashPassword } from '../../src/web/password.ts';
import { browserPath, openBrowser } from '../support/browser.ts';
import { aMention, anAuthor } from '../support/fixtures.ts';
import { describeOnRedis } from '../support/redis-servers.ts';
import { aReceipt, openTestWeb, openVisitor } from '../support/web.ts';

const classes = JSON.parse(readFileSync(new URL('../fixtures/xss.json', import.meta.url), 'utf8')) as Readonly<Record<string, readonly string[]>>;
const payloads = Object.values(classes).flat();
const all = payloads.join('\n');
const password = 'correct horse battery';

const kept = aReceipt({
  asker: { handle: all, url: all }, asked: all, answer: all, language: all, model: all, persona: { name: all, version: all }, promptVersion: 'pwned123',
  thread: payloads.map(each => ({ author: each, url: each, text: each })),
  items: payloads.map(each => ({ id: each, source: each, kind: 'headline', text: each, url: each, language: each, heat: 1, at: each, score: 1, matched: [each] })),
  drafts: payloads.map(each => ({ text: each, refused: each })), gates: payloads.map(verdict => ({ gate: 'grammar', verdict })), reply: { id: 'r1', url: all },
});

const toRecord = (words: string, more: Partial<LedgerRecord> = {}): LedgerRecord => ({
  network: words, account: words, id: words, state: 'held', seenAt: 0, updatedAt: 0, draftNumber: 1, fence: words, reason: words, reply: { id: words, url: words },
  mention: { ...aMention('1'), id: words, text: words, url: words, author: anAuthor('milo', { handle: words, name: words }), createdAt: words },
  draft: { number: 1, text: words, language: words, receipt: { ...aReceipt(), answer: words } }, ...more,
});

const rehearsed: Rehearsed = {
  made: { text: all, language: all, receipt: kept }, gates: payloads.map(verdict => ({ gate: 'room', verdict })),
  tries: [{ prompt: { system: all, user: all, images: payloads.map(each => ({ kind: 'image', url: each, alt: each })) }, text: all, gates: [], ms: 1 }],
};

const desk = (records: () => readonly LedgerRecord[]): Pick<WebTools, 'board' | 'bench' | 'settings'> => ({
  board: {
    places: async () => [{ network: all, account: all, handle: all, paused: all, holds: true, counts: { held: 1 } }],
    list: async () => ({ records: records(), total: records().length }),
    show: async () => ({ record: toRecord(all, { network: 'a', account: 'b', id: 'c', fence: 'f', draft: { number: 1, text: all, language: all, receipt: kept } }), receipt: kept, isLeftAlone: false }),
    act: async () => ({ refused: all }), pause: async () => undefined, resume: async () => undefined, undo: async () => ({ removed: 0, failed: payloads }),
    health: async () => ({
      lines: payloads, troubles: payloads.map(each => ({ part: each, line: each, at: 0 })), sources: payloads.map(name => ({ name, items: 1, newest: name })), leftAlone: 0,
      bills: [{ network: all, account: all, today: 0, total: 0, perDay: 1, lines: payloads.map(what => ({ what, count: 1, dollars: 1 })) }],
    }),
  },
  bench: {
    voices: () => payloads.map(name => ({ name, fault: name })),
    rehearse: async () => ({ asked: { text: all, by: all, url: all }, from: 'ledger', network: all, voices: [{ name: all, version: all, rehearsed }, { name: all, version: all, rehearsed: { ...rehearsed, made: { silent: all } } }, { name: all, version: all, failed: all }] }),
  },
  settings: Object.fromEntries(payloads.map(each => [each, each])),
});

/** Elements and attributes that no page of ours is made of, whoever brought them in. */
const findStrange = `(() => {
  const own = 'html head meta title link script body a main nav header section article h1 h2 h3 p div span strong small s br blockquote pre code kbd time meter dl dt dd ol ul li form input button label select option textarea table thead tbody tr th td details summary'.split(' ');
  const strange = window.pwned === undefined ? [] : ['a script ran'];
  for (const element of document.querySelectorAll('*')) {
    const say = attribute => strange.push(element.cloneNode(false).outerHTML.slice(0, 200) + (attribute ? ' ' + attribute : ''));
    if (!own.includes(element.localName) || element.namespaceURI !== 'http://www.w3.org/1999/xhtml' || element.matches('[http-equiv], script:not([src^="/assets/"]), meta[name=referrer]')) say();
    for (const { name, value } of element.attributes) {
      if (/pwn|^on|^hx-on|^data-hx|^style$|^src|^ping$|^formaction$|^accesskey$|^is$|^background$/u.test(name) && !(name === 'src' && element.localName === 'script')) say(name);
      if (name.startsWith('hx-') && element.id !== 'list' && element.className !== 'count') say(name);
      if (['href', 'action'].includes(name) && !/^(?:https?:\\/\\/[^/]|\\/(?!\\/)|#)/u.test(value)) say(name);
    }
  }
  return strange;
})()`;

/** What a page has to show for a payload: what cannot be seen, or turns words around, is a mark there. */
const shown = (text: string): string => text.toWellFormed().replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu, each => (each === '\n' || each === '\t' ? each : '\uFFFD'));

async function open(page: Page, url: string) {
  const trouble: string[] = [];
  page.on('dialog', dialog => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', error => trouble.push(error.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/status of 4\d\d/u.test(message.text())) trouble.push(message.text());
  });
  page.on('request', request => {
    if (!request.url().startsWith(`${url}/`) || new URL(request.url()).pathname.startsWith('/pwn')) trouble.push(request.url());
  });
  page.on('framenavigated', frame => {
    if (frame !== page.mainFrame()) trouble.push(`frame: ${frame.url()}`);
  });
  return {
    /** Nothing on the page is anybody else's, and everything that was written can be read. */
    isInert: async (what: string, expected: readonly string[] = payloads): Promise<void> => {
      expect([what, ...await page.evaluate(findStrange) as string[]]).toEqual([what]);
      const text = await page.evaluate('document.documentElement.textContent') as string;
      expect([what, ...expected.filter(each => !text.includes(shown(each))).slice(0, 3)]).toEqual([what]);
      expect([what, ...trouble]).toEqual([what]);
    },
  };
}

it('the corpus is large, and every payload in it is another one', () => {
  expect(new Set(payloads).size).toBe(payloads.length);
  expect(payloads.length).toBeGreaterThanOrEqual(300);
});

describeOnRedis('words of strangers', redis => {
  (browserPath === undefined ? describe.skip : describe)(`in Chromium${browserPath === undefined ? ' (skipped: no chromium on PATH)' : ''}`, () => {
    it('stay words on every page', async () => {
      let records: readonly LedgerRecord[] = [];
      const passwordHash = await hashPassword(password);
      const { url, tools } = await openTestWeb(redis().client, { ...desk(() => records), passwordHash });
      await tools.receipts.put(kept);
      const { id } = await tools.receipts.get('town', 'quip@town.example', 'r1') ?? {};
      for (const version of ['pwned123', '"><b data-pwn>']) await tools.prompts.keep({ version, text: all, persona: { name: all, version: all }, since: 0 });
      for (const [first = ''] of Object.values(classes)) expect((await openVisitor(url).send('/desk/login', { name: first, password, to: first })).headers.get('location')).toBe('/desk');
      for (const each of payloads) await tools.access.audit.note({ by: each, what: each, on: each, outcome: each });
      const { token } = await tools.access.sessions.open(all, passwordHash);
      const browser = await openBrowser();
      const context = await browser.newContext();
      await context.addCookies([{ name: 'repartee_desk', value: token, url }]);
      const page = await context.newPage();
      const { isInert } = await open(page, url);

      for (const path of [`/r/${id}`, `/r/${id}?lang=fr`, `/prompts/pwned123`, `/prompts/${encodeURIComponent('"><b data-pwn>')}`, '/desk/health', '/desk/settings', '/desk/mention?network=a&account=b&id=c']) {
        await page.goto(url + path);
        await isInert(path);
      }
      await page.goto(`${url}/r/${id}.json`);
      await isInert('the signed receipt', []);
      await page.goto(`${url}/desk`);
      await isInert('the desk without a card', []);
      records = payloads.map(each => toRecord(each));
      await page.locator('.card').nth(records.length - 1).waitFor();
      await isInert('the list that htmx put in');
      for (const path of ['/desk', '/desk/list?tab=held']) {
        await page.goto(url + path);
        await isInert(path);
      }
      for (let number = 1; number <= Math.ceil(payloads.length / 50); number++) {
        await page.goto(`${url}/desk/log?page=${number}`);
        await isInert(`page ${number} of the log`, payloads.toReversed().slice((number - 1) * 50, number * 50));
      }
      await page.goto(`${url}/desk/mention?network=a&account=b&id=c`);
      await page.locator('textarea').fill(all.slice(0, 10_000));
      await page.getByRole('button', { name: 'Change', exact: true }).click();
      await page.waitForURL(/\/desk\/act$/u);
      await isInert('a refused change');
      await page.goto(`${url}/desk/bench`);
      await page.locator('textarea').fill(all.slice(0, 4_000));
      await page.locator('input[name=mention]').fill(payloads[0] ?? '');
      await page.getByRole('button', { name: 'Try', exact: true }).click();
      await page.locator('.bench').waitFor();
      await page.locator('summary').first().click();
      await isInert('the bench');
    }, 180_000);
  });

  it('come back from an address or a form as words', async () => {
    const web = await openTestWeb(redis().client, { bench: { voices: () => [], rehearse: async ({ text }) => Promise.reject(new PermanentError(`not ${text}`)) } });
    const visitor = await web.visitor();
    const csrf = await visitor.csrf();
    const marked = payloads.filter(each => /[<"']/u.test(each));
    for (const each of marked) {
      const query = new URLSearchParams({ to: each, text: each, mention: each, network: each, tab: each, page: each, id: each, account: each }).toString();
      const part = encodeURIComponent(each.toWellFormed());
      const answers = await Promise.all([`/desk/login?${query}`, `/desk/bench?${query}`, `/desk?${query}`, `/desk/mention?${query}`, `/r/${part}`, `/prompts/${part}`, `/${part}`].map(path => visitor.ask(path)));
      answers.push(await visitor.send('/desk/act', { csrf, what: each, id: each, network: each, account: each }), await visitor.send('/desk/bench', { csrf, text: each, voice: each }), await visitor.send('/desk/pause', { csrf, network: each }));
      for (const answer of answers) {
        const body = await answer.text();
        if (answer.status >= 500 || (answer.headers.get('content-type')?.startsWith('text/html') !== false && body.includes(each))) throw new Error(`${answer.url} said ${answer.status}: ${body.slice(0, 300)}`);
      }
    }
  }, 180_000);
});
