/** What tests do on the page again and again. */
import { readFile } from 'node:fs/promises';
import { expect, settled, type Page } from './app-page.ts';

/** Goes to a screen as a link would and waits until it is there. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await settled(page);
}

/** The text that a download button of the screen gives. */
export async function downloaded(page: Page, button: string): Promise<string> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFile(await (await download).path(), 'utf8');
}

/** What the button `Download JSON` of the backtrace on screen gives. */
export function downloadedJson(page: Page): Promise<string> {
  return downloaded(page, 'Download JSON');
}

/** The downloaded backtrace of a service of the open dataset. */
export async function backtraceJson(page: Page, service: string, more = ''): Promise<string> {
  await goTo(page, `#/backtrace?service=${encodeURIComponent(service)}${more}`);
  await expect(page.getByRole('treegrid')).toBeVisible();
  return downloadedJson(page);
}

/** The messages of the page, the newest last. */
export function messages(page: Page) {
  return page.getByRole('log', { name: 'Messages' });
}
