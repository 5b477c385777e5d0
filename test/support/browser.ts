import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onTestFinished } from './cleanup.ts';
import { findProgram } from './servers.ts';

export const browserPath = findProgram('chromium') ?? findProgram('google-chrome');
const pictures = resolve(import.meta.dirname, '../artifacts');

export const screens = [
  { name: 'phone-light', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
  { name: 'desk-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const },
];

/** Chromium, for one test. */
export async function openBrowser(): Promise<Browser> {
  await mkdir(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath: browserPath ?? '',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  onTestFinished(() => browser.close());
  return browser;
}

/** Where a picture of that name is kept, to be looked at. */
export const pictureOf = (name: string): string => join(pictures, `${name}.png`);

export const fitsTheScreen = (page: Page): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');

/** Errors, refused content and requests that leave this computer. */
export function watch(page: Page): string[] {
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
