/** Comparing two datasets in a real browser: chosen from a list, and by a link whose second data is missing. */
import { otlpJson } from '../support/trace-files.ts';
import { trace } from '../support/trace-text.ts';
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { dropFiles, expect, openFiles, settled, test, type Page } from './app-page.ts';
import { SHOP } from './shop.ts';

/** The day before: another way into cart, and nothing failed. */
const BEFORE = trace(`
  kiosk       GET /buy          server   90ms
    kiosk     GET               client   80ms
      cart    POST /cart/1      server   70ms  200  instance=cart-1
        cart     pay            client   60ms
          payment  POST /pay    server   50ms  200
`);
const BEFORE_FILE = { name: 'before.json', content: otlpJson(BEFORE) };
const SHOP_FILE = { name: 'shop.json', content: otlpJson(SHOP) };
const COMPARE = '#/backtrace?service=cart&tab=compare';

async function openBoth(page: Page): Promise<void> {
  for (const [file, service] of [
    [BEFORE_FILE, 'kiosk'],
    [SHOP_FILE, 'nginx'],
  ] as const) {
    await openFiles(page, [file]);
    await expect(page.getByRole('table').first()).toContainText(service);
    await settled(page);
  }
  await goTo(page, COMPARE);
  await page.getByLabel('Dataset of B').selectOption({ index: 1 });
  await settled(page);
}

const tree = (page: Page) => page.getByRole('table', { name: 'Differences by step' });

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('another dataset is compared; a step is chosen with the keyboard', async ({ page, openApp }) => {
      await openApp();
      await openBoth(page);
      await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in B');
      await expect(tree(page).getByRole('row', { name: /nginx/ })).toContainText('only in A');
      expect(page.url()).toMatch(/with=data:[0-9a-f]{12}&with=file:before\.json/);
      await page.getByRole('button', { name: 'kiosk' }).press('Enter');
      await expect(tree(page).getByRole('row', { name: /kiosk/ })).toHaveClass(/chosen/);
      expect(page.url()).toContain('node=cart,kiosk');
      await expect(page.getByRole('img', { name: /Sunburst of the differences at cart/ })).toBeVisible();
      for (const width of [360, 1440, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await accessibilityProblems(page), `at ${width} pixels`).toEqual([]);
        const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(sticksOut, `at ${width} pixels`).toBeLessThanOrEqual(0);
      }
    });
  });
}

test('the sides of two datasets are swapped, and back again', async ({ page, openApp }) => {
  await openApp();
  await openBoth(page);
  const before = new URL(page.url()).hash;
  const swap = page.getByRole('link', { name: 'Swap A and B' });
  await swap.click();
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in A');
  await expect(tree(page).getByRole('row', { name: /nginx/ })).toContainText('only in B');
  expect(page.url()).toContain('file=before.json');
  expect(page.url()).toContain('with=file:shop.json');
  await page.goBack();
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in B');
  expect(new URL(page.url()).hash).toBe(before);
  await swap.click();
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in A');
  await swap.click();
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in B');
});

test('the requests of the other dataset are opened, and their traces there', async ({ page, openApp }) => {
  await openApp();
  await openBoth(page);
  const before = new URL(page.url()).hash;
  await page.getByText('B: ').getByRole('link', { name: '1 request' }).last().click();
  const list = page.getByRole('dialog');
  await expect(list.getByRole('status')).toContainText('1 request');
  await expect(list.getByRole('list', { name: 'Conditions' })).toContainText('of before.json');
  await list.getByRole('link').first().click();
  await settled(page);
  await expect(page.getByRole('main')).toContainText('kiosk');
  expect(page.url()).toContain('file=before.json');
  await page.goBack();
  await page.goBack();
  await settled(page);
  expect(new URL(page.url()).hash).toBe(before);
  await expect(tree(page).getByRole('row', { name: /nginx/ })).toContainText('only in A');
});

/** One request of each of two versions; the newer one fails. */
const VERSIONS = trace(`
  web   GET /   server  20ms  200
    web  GET    client  18ms
      shop  GET /  server  10ms  200  resource.service.version=1.4
  kiosk  GET /   server  30ms  500
    kiosk  GET    client  28ms
      shop  GET /  server  15ms  500  resource.service.version=1.5
`);

test('two versions of a service are compared, and the sides swapped', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [{ name: 'versions.json', content: otlpJson(VERSIONS) }]);
  await expect(page.getByRole('table').first()).toContainText('kiosk');
  await goTo(page, '#/backtrace?service=shop&tab=compare');
  await page.getByLabel('Version of A').selectOption('1.4');
  await page.getByLabel('Version of B').selectOption('1.5');
  await settled(page);
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in B');
  await expect(tree(page).getByRole('row', { name: /^shop/ })).toContainText('+100 points');
  await page.getByRole('link', { name: 'Swap A and B' }).click();
  await settled(page);
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in A');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a link says which of its data is missing, and goes on when that is dropped', async ({
  page,
  openApp,
}) => {
  await openApp();
  await openBoth(page);
  const link = new URL(page.url()).hash;
  await goTo(page, '#/');
  await page.getByRole('button', { name: 'Delete before.json' }).click();
  await page.getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByRole('button', { name: 'Delete before.json' })).toHaveCount(0);
  await goTo(page, link);
  await expect(page.getByText(/Side B needs data that is not in this browser: before\.json/)).toBeVisible();
  await dropFiles(page, [BEFORE_FILE]);
  await expect(tree(page).getByRole('row', { name: /kiosk/ })).toContainText('only in B');
  expect(new URL(page.url()).hash).toBe(link);
});

test('sides can be swapped back where A holds nothing', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await goTo(page, `${COMPARE}&with=from:2033-01-01T00:00:00Z`);
  await expect(page.getByRole('main')).toContainText('Side B has no request');
  const swap = page.getByRole('link', { name: 'Swap A and B' });
  await swap.click();
  await expect(page.getByRole('main')).toContainText('Side A has no request');
  await swap.click();
  await expect(page.getByRole('main')).toContainText('Side B has no request');
});
