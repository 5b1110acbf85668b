/** Failure rules as a file in a real browser: what is saved is what is loaded, and it survives another dataset. */
import { readFile } from 'node:fs/promises';
import { otlpJson } from '../support/trace-files.ts';
import { goTo } from './actions.ts';
import { expect, openFiles, settled, test } from './app-page.ts';
import { OUTER, SHOP } from './shop.ts';

test('rules are saved to a file, loaded from it, and stay when other data opens', async ({
  page,
  openApp,
}) => {
  await openApp();
  await openFiles(page, [{ name: 'shop.json', content: otlpJson(SHOP) }]);
  await expect(page.getByRole('table', { name: 'Services' })).toContainText('cart');
  await goTo(page, '#/service?service=cart');
  await page.getByRole('button', { name: 'Failure rules' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('HTTP status only').check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as a file' }).click();
  const saved = await readFile(await (await download).path());
  expect((await download).suggestedFilename()).toBe('failure-rules.json');
  await dialog.getByRole('button', { name: 'Back to the defaults' }).click();
  await expect(dialog.getByLabel('HTTP status only')).not.toBeChecked();
  const file = { name: 'failure-rules.json', mimeType: 'application/json', buffer: saved };
  await dialog.getByLabel('File with failure rules').setInputFiles(file);
  await expect(dialog.getByLabel('HTTP status only')).toBeChecked();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await settled(page);
  expect(page.url()).toContain('rules=http');
  await openFiles(page, [{ name: 'outer.json', content: otlpJson(OUTER) }]);
  await expect(page.getByRole('table', { name: 'Services' })).toContainText('shop-web');
  await settled(page);
  expect(page.url()).toContain('rules=http');
});
