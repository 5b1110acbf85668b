/** What is kept in the browser, and what is not. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { generateDemo } from '../../src/demo/generate-demo.ts';
import { otlpJson, otlpLines } from '../support/trace-files.ts';
import { backtraceJson, goTo, messages } from './actions.ts';
import { dropFiles, expect, loadPage, openFiles, settled, test, type Page } from './app-page.ts';
import { INNER, OUTER, SHOP } from './shop.ts';

const SHOP_FILE = { name: 'shop.jsonl', content: otlpLines(SHOP) };
const OUTER_FILE = { name: 'outer.json', content: otlpJson(OUTER) };
const INNER_FILE = { name: 'inner.json', content: otlpJson(INNER) };

/** How many rows each of the stores on disk holds. */
function rowsOnDisk(page: Page): Promise<Record<string, number>> {
  return page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve, reject) => {
        const opening = indexedDB.open('headwater');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const database = opening.result;
          const names = [...database.objectStoreNames];
          const counts: Record<string, number> = {};
          const transaction = database.transaction(names, 'readonly');
          for (const name of names) {
            const counting = transaction.objectStore(name).count();
            counting.onsuccess = () => (counts[name] = counting.result);
          }
          transaction.oncomplete = () => {
            database.close();
            resolve(counts);
          };
        };
      }),
  );
}

function stored(page: Page) {
  return page.getByRole('region', { name: 'Stored in this browser' }).getByRole('listitem');
}

test('after a reload the dataset is there without its file, and its backtrace is the same', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  const before = await backtraceJson(page, 'payment');
  await reloadApp();
  expect(await backtraceJson(page, 'payment')).toBe(before);
  await goTo(page, '#/');
  await expect(stored(page)).toHaveCount(1);
  await expect(stored(page)).toContainText(`${SHOP.length} spans`);
});

test('a dataset is renamed, and the name is still there after a reload', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await goTo(page, '#/');
  await page.getByRole('button', { name: 'Rename shop.jsonl' }).click();
  await page.getByLabel('New name').fill('Monday');
  await page.getByLabel('New name').press('Enter');
  await expect(stored(page)).toContainText('Monday');
  await reloadApp();
  await expect(stored(page)).toContainText('Monday');
});

test('a deleted dataset is gone, from the disk too', async ({ page, openApp, reloadApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await goTo(page, '#/');
  await page.getByRole('button', { name: 'Delete shop.jsonl' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(stored(page)).toHaveCount(0);
  await reloadApp();
  await expect(stored(page)).toHaveCount(0);
  await expect.poll(async () => Object.values(await rowsOnDisk(page)).filter((rows) => rows > 0)).toEqual([]);
});

test('two datasets stay apart, and either can be opened', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await openFiles(page, [OUTER_FILE]);
  await settled(page);
  const services = page.getByRole('table', { name: 'Services' });
  await expect(services).toContainText('shop-web');
  await expect(services).not.toContainText('payment');
  await page.getByLabel('Dataset', { exact: true }).selectOption({ label: 'shop.jsonl' });
  await expect(services).toContainText('payment');
  await goTo(page, '#/');
  await expect(stored(page)).toHaveCount(2);
});

test('files added to a dataset join its traces as if dropped together, in either order', async ({
  page,
  openApp,
}) => {
  await openApp();
  await dropFiles(page, [OUTER_FILE, INNER_FILE]);
  await settled(page);
  const together = await backtraceJson(page, 'search');
  expect(JSON.parse(together)).toMatchObject({ calls: 1, callers: [{ service: 'shop-web' }] });
  for (const [first, second] of [
    [OUTER_FILE, INNER_FILE],
    [INNER_FILE, OUTER_FILE],
  ]) {
    await openFiles(page, [first]);
    await settled(page);
    await goTo(page, '#/');
    await page.getByLabel(`Add files to ${first.name}`, { exact: true }).setInputFiles({
      name: second.name,
      mimeType: 'application/json',
      buffer: Buffer.from(second.content),
    });
    await settled(page);
    expect(await backtraceJson(page, 'search')).toBe(together);
    await goTo(page, '#/summary');
    await expect(page.getByRole('article')).toHaveCount(2);
  }
});

test('a cancelled import leaves nothing behind, and the next one works', async ({ page, openApp }, info) => {
  const file = info.outputPath('large.jsonl');
  await writeDemo(file, 120_000);
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  // A dataset's requests are written once the page has come to rest.
  await expect.poll(async () => (await rowsOnDisk(page)).requests).toBeGreaterThan(0);
  const before = await rowsOnDisk(page);
  await page.getByLabel('Open trace files').setInputFiles(file);
  const panel = page.getByRole('region', { name: 'Import' });
  await expect(panel.getByRole('definition').nth(1)).toHaveText(/[1-9]\d/);
  await panel.getByRole('button', { name: 'Cancel import' }).click();
  await expect(messages(page)).toContainText('cancelled');
  await settled(page);
  await expect.poll(() => rowsOnDisk(page)).toEqual(before);
  await openFiles(page, [OUTER_FILE]);
  await settled(page);
  await goTo(page, '#/');
  await expect(stored(page)).toHaveCount(2);
});

test('what another tab imports is listed here too', async ({ page, openApp, context, appUrl, trouble }) => {
  await openApp();
  const other = await context.newPage();
  await loadPage(other, trouble, () => other.goto(appUrl));
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await expect(stored(other)).toHaveCount(1);
});

test('what another tab renames and deletes is renamed and gone here at once, and said', async ({
  page,
  openApp,
  context,
  appUrl,
  trouble,
}) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await goTo(page, '#/backtrace?service=payment');
  const other = await context.newPage();
  await loadPage(other, trouble, () => other.goto(appUrl));
  await other.getByRole('button', { name: 'Rename shop.jsonl' }).click();
  await other.getByLabel('New name').fill('Monday');
  await other.getByLabel('New name').press('Enter');
  const open = page.getByRole('combobox', { name: 'Dataset' }).locator('option:checked');
  await expect(open).toHaveText('Monday');
  await other.getByRole('button', { name: 'Delete Monday' }).click();
  await other.getByRole('button', { name: 'Delete it' }).click();
  await expect(messages(page)).toContainText('“Monday” was deleted in another tab.');
  await expect(page.getByRole('heading', { name: 'This link needs its data' })).toBeVisible();
});

async function writeDemo(file: string, spans: number): Promise<void> {
  const stream = createWriteStream(file);
  for (const line of generateDemo({ spans })) {
    if (!stream.write(`${line}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
