// A page looked at as different people have it before them, and by axe-core.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { fitsTheScreen, pictureOf } from './browser.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[] }

/** What would keep somebody from using the page: serious and critical findings, one line each. */
async function findBarriers(page: Page): Promise<string[]> {
  if (await page.evaluate('typeof window.axe') === 'undefined') await page.evaluate(axe);
  const { violations } = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })') as { readonly violations: readonly Finding[] };
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join('\n')}`);
}

const looks = [
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' },
  { name: 'desktop-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  { name: 'phone-dark', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { name: 'desktop-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
] as const;

/** On a phone and on a desk, by day and by night, or in two of the four: it fits, nothing bars the way, and a picture is kept of each. */
export async function lookAt(page: Page, name: string, count: 2 | 4 = 2): Promise<void> {
  for (const { name: kind, viewport, colorScheme } of looks.slice(0, count)) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const look = `${name}-${kind}`;
    await page.screenshot({ path: pictureOf(look), fullPage: true });
    expect([look, await fitsTheScreen(page), ...await findBarriers(page)]).toEqual([look, true]);
  }
}
