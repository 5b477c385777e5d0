// The list of the desk under somebody's eyes and hands while the bot goes on, in Chromium.
import { describe, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { LedgerRecord } from '../../src/core/record.ts';
import type { Board } from '../../src/web/tools.ts';
import { browserPath, fitsTheScreen, openBrowser } from '../support/browser.ts';
import { closing, onTestFinished } from '../support/cleanup.ts';
import { aMention } from '../support/fixtures.ts';
import { describeOnRedis, openSomeRedis } from '../support/redis-servers.ts';
import { until } from '../support/until.ts';
import { aReceipt, deskKey, openTestWeb } from '../support/web.ts';

const [network, account] = ['town', 'quip@town.example'];

const aHeld = (id: string, more: Partial<LedgerRecord> = {}): LedgerRecord => ({
  network, account, id, state: 'held', fence: '1.0', seenAt: 0, updatedAt: Date.now(), draftNumber: 2,
  mention: aMention(id, { network, account, text: `question ${id}` }), draft: { number: 1, text: `answer ${id}`, language: 'en', receipt: aReceipt({ answer: `answer ${id}` }) },
  ...more,
});

/** A board of held drafts, newest first, which notes what is done. */
function openBoard(...ids: readonly string[]) {
  let records: LedgerRecord[] = ids.map(id => aHeld(id));
  const done: string[] = [];
  const board: Board = {
    places: async () => [{ network, account, handle: 'quip', holds: true, counts: { held: records.length } }],
    list: async (states, { limit, skip }) => {
      const wanted = records.filter(({ state }) => states.includes(state));
      return { records: wanted.slice(skip, skip + limit), total: wanted.length };
    },
    show: async ({ id }) => {
      const record = records.find(each => each.id === id);
      return record && { record, receipt: undefined, isLeftAlone: false };
    },
    async act(name, { id }, { fence }) {
      const record = records.find(each => each.id === id && each.fence === fence);
      if (!record) return { refused: 'it is another one now' };
      done.push(`${name} ${id}`);
      records = records.filter(each => each !== record);
      return { done: record };
    },
    pause: async which => void done.push(`pause ${which ?? 'all'}`), resume: async () => undefined,
    undo: async since => {
      done.push(`undo ${since}`);
      return { removed: 1, failed: [] };
    },
    health: async () => ({ lines: [], troubles: [], sources: [], bills: [], leftAlone: 0 }),
  };
  return { board, done, add: (record: LedgerRecord) => void records.unshift(record), drop: (id: string) => void (records = records.filter(each => each.id !== id)) };
}

const focused = (page: Page): Promise<unknown> => page.evaluate("[document.activeElement.closest('.card')?.querySelector('.asked')?.textContent, document.activeElement.tagName, document.activeElement.dataset.key].join(' ')");
const shown = (page: Page): Promise<string[]> => page.locator('.asked').allInnerTexts();
/** Until the list has been asked for again. */
const nextRefresh = async (page: Page): Promise<void> => {
  await page.waitForResponse(/\/desk\/list/u);
  await page.waitForTimeout(200);
};

describeOnRedis('the desk', redis => {
  (browserPath === undefined ? describe.skip : describe)('in Chromium', () => {
    const open = async (...ids: string[]) => openOn({ viewport: { width: 1200, height: 900 } }, ...ids);
    const openOn = async (screen: BrowserContextOptions, ...ids: string[]) => {
      const desk = openBoard(...ids);
      // Of its own: some go on side by side.
      const redis = await openSomeRedis();
      onTestFinished(() => redis.close());
      const { url } = await openTestWeb(redis.client, { board: desk.board });
      const browser = await openBrowser();
      const page = await (await browser.newContext(screen)).newPage();
      await page.goto(`${url}/desk?key=${deskKey}`);
      await page.goto(`${url}/desk?tab=held`);
      return { ...desk, url, page };
    };

    it.concurrent('moves no card from under the focus, and approves the one that was looked at', closing(async () => {
      const { page, add, done } = await open('one', 'two');
      await page.keyboard.press('j');
      expect(await focused(page)).toBe('question one LI ');
      add(aHeld('newcomer'));
      await nextRefresh(page);
      expect(await shown(page)).toEqual(['question one', 'question two']);
      expect(await page.locator('#count-held').innerText()).toBe('3');
      expect(await page.locator('#news').innerText()).toBe('1 new: refresh');
      expect(await focused(page)).toBe('question one LI ');
      await page.keyboard.press('n');
      await page.getByText('question newcomer').waitFor();
      expect(await focused(page)).toBe('question one LI ');
      expect(await page.locator('#news').isVisible()).toBe(false);
      await page.keyboard.press('a');
      await until(() => done.length > 0);
      expect(done).toEqual(['approve one']);
    }), 180_000);

    it.concurrent('gives the focus back to the same control of the same card, and to none where the draft is another', closing(async () => {
      const { page, add, drop } = await open('one', 'two');
      await page.locator('.card').nth(1).locator('button.danger').focus();
      add(aHeld('newcomer'));
      await nextRefresh(page);
      expect(await focused(page)).toBe('question two BUTTON r');
      await page.getByRole('link', { name: 'refresh' }).click();
      await page.getByText('question newcomer').waitFor();
      expect(await focused(page)).toBe('question two BUTTON r');
      drop('two');
      add(aHeld('two', { fence: '1.1' }));
      await nextRefresh(page);
      expect(await page.locator('#news').innerText()).toBe('That draft has changed or is gone. 1 new, 1 changed or gone: refresh');
      await page.keyboard.press('n');
      await page.getByText('That draft has changed or is gone.', { exact: true }).waitFor();
      expect(await focused(page)).toBe(' BODY ');
      expect(await page.getByRole('link', { name: 'refresh' }).isVisible()).toBe(false);
      expect(await shown(page)).toEqual(['question two', 'question newcomer', 'question one']);
    }), 180_000);

    it.concurrent('moves no card from under the pointer, and goes on when it has left', closing(async () => {
      const { page, add, done } = await open('one', 'two');
      const box = await page.locator('.card button[data-key=a]').first().boundingBox();
      if (!box) throw new Error('there is no button');
      await page.mouse.move(box.x + 20, box.y + 10);
      add(aHeld('newcomer'));
      await nextRefresh(page);
      expect(await page.locator('#news').innerText()).toBe('1 new: refresh');
      expect(await page.locator('.card button[data-key=a]').first().boundingBox()).toEqual(box);
      await page.mouse.click(box.x + 20, box.y + 10);
      await until(() => done.length > 0);
      expect(done).toEqual(['approve one']);
      await page.getByText('question newcomer').waitFor();
      await page.mouse.move(2, 2);
      await page.evaluate('document.activeElement.blur()');
      add(aHeld('latecomer'));
      await nextRefresh(page);
      expect(await shown(page)).toEqual(['question latecomer', 'question newcomer', 'question two']);
    }), 180_000);

    it.concurrent('moves no card from under a finger, and shows what is new when it is asked to', closing(async () => {
      const { page, add } = await openOn({ viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true }, 'one', 'two');
      add(aHeld('newcomer'));
      await nextRefresh(page);
      expect(await shown(page)).toEqual(['question one', 'question two']);
      await page.getByRole('link', { name: 'refresh' }).tap();
      await page.getByText('question newcomer').waitFor();
      expect(await fitsTheScreen(page)).toBe(true);
    }), 180_000);

    it.concurrent('takes no key for a card that came in the place of the only one', closing(async () => {
      const { page, add, drop, done } = await open('one');
      add(aHeld('two'));
      drop('one');
      await nextRefresh(page);
      expect(await shown(page)).toEqual(['question two']);
      await page.keyboard.press('a');
      await nextRefresh(page);
      expect(done).toEqual([]);
      await page.keyboard.press('j');
      await page.keyboard.press('a');
      await until(() => done.length > 0);
      expect(done).toEqual(['approve two']);
    }), 180_000);

    it('removes answers only when it was said twice', async () => {
      const { page, done } = await open('one');
      await page.getByText('Remove answers').click();
      const [before] = await page.locator('form[action="/desk/undo"] button:visible').all();
      expect(before).toBeUndefined();
      await page.getByText('Remove…').click();
      await page.getByRole('button', { name: 'Yes, remove them' }).click();
      await until(() => done.length > 0);
      expect(done).toEqual(['undo 1800000']);
    }, 180_000);

    it.each([20, 150, 400])('takes a double click of %s ms for one', async gap => {
      const { page, done } = await open('one', 'two', 'three');
      const box = await page.locator('.card button[data-key=a]').first().boundingBox();
      await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 10);
      await page.mouse.down();
      await page.mouse.up();
      await page.waitForTimeout(gap);
      await page.mouse.down({ clickCount: 2 });
      await page.mouse.up({ clickCount: 2 });
      await page.waitForTimeout(1_500);
      expect(done).toEqual(['approve one']);
      await page.mouse.down();
      await page.mouse.up();
      await until(() => done.length === 2);
      expect(done).toEqual(['approve one', 'approve two']);
    }, 180_000);

    it('pauses with one key where there is one network', async () => {
      const { page, done } = await open('one');
      await page.keyboard.press('p');
      await until(() => done.length > 0);
      expect(done).toEqual(['pause town']);
    }, 180_000);
  });

  it.each([['followers', 'private: followers only'], ['direct', 'private: a direct message']] as const)('marks a mention for %s as private, in the list and by itself', async (visibility, words) => {
    const { board, add } = openBoard('open');
    const visitor = await (await openTestWeb(redis().client, { board })).visitor();
    const mark = `<span class="state private">${words}</span>`;
    const read = async (path: string): Promise<string> => (await visitor.ask(path)).text();
    expect(await read('/desk?tab=held')).toContain('<span>public</span>');
    expect(await read('/desk?tab=held')).not.toContain('private');
    const held = aHeld('closed');
    add({ ...held, mention: { ...held.mention, visibility } });
    expect(await read('/desk?tab=held')).toContain(mark);
    expect(await read(`/desk/mention?network=${network}&account=${account}&id=closed`)).toContain(mark);
    expect(await read(`/desk/mention?network=${network}&account=${account}&id=open`)).not.toContain('private');
  });

  it('leads back to the tab and the page where a draft was decided on', async () => {
    const { board, done } = openBoard(...Array.from({ length: 51 }, (_, at) => `m${at}`));
    const visitor = await (await openTestWeb(redis().client, { board })).visitor();
    const list = await (await visitor.ask('/desk?tab=all&page=2')).text();
    const form = Object.fromEntries([...(/<form method="post" action="\/desk\/act">.*?<\/form>/su.exec(list)?.[0] ?? '').matchAll(/name="(\w+)" value="([^"]*)"/gu)].map(([, name, value]) => [name ?? '', value ?? '']));
    const { status, headers } = await visitor.send('/desk/act', form);
    expect([status, headers.get('location'), done]).toEqual([303, '/desk?tab=all&page=2', ['approve m50']]);
    expect(await (await visitor.ask('/desk?tab=all&page=2')).text()).toContain('question m0<');
    for (const tab of ['__proto__', '//evil.example', '']) {
      const [, id = ''] = /name="id" value="([^"]+)"/u.exec(await (await visitor.ask('/desk?tab=held')).text()) ?? [];
      expect((await visitor.send('/desk/act', { ...form, id, tab, page: '-3' })).headers.get('location')).toBe('/desk');
    }
  });
});
