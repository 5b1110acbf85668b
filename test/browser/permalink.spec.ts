/** A link shows a colleague the same view, once the data is there. */
import type { Browser } from '@playwright/test';
import { otlpJson, otlpLines } from '../support/trace-files.ts';
import { backtraceJson, downloadedJson, goTo, messages } from './actions.ts';
import { expect, loadPage, openFiles, settled, test, type Page, type Trouble } from './app-page.ts';
import { trace } from '../support/trace-text.ts';
import { OUTER, SHOP } from './shop.ts';

const SHOP_FILE = { name: 'shop.jsonl', content: otlpLines(SHOP) };
const OTHER_FILE = { name: 'other.json', content: otlpJson(OUTER) };

/** The second half of the data, only through the web server, and the web server's row selected. */
const VIEW =
  '#/backtrace?service=payment&chain=payment,cart,web-server:nginx&node=payment,cart,web-server:nginx&from=2023-11-14T22:14:00Z';

/** What a visitor sees of the view: filters, rows, selected step. */
async function seen(page: Page): Promise<unknown> {
  await settled(page);
  return {
    filters: await page.getByRole('region', { name: 'Filter' }).innerText(),
    rows: await page.getByRole('treegrid').getByRole('row').allInnerTexts(),
    selected: await page.getByRole('treegrid').getByRole('row', { selected: true }).innerText(),
    json: await downloadedJson(page),
  };
}

/** Presses `Copy link` and gives what is on the clipboard. */
async function copyLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByRole('log', { name: 'Done' })).toContainText('The link is copied');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** A page of somebody else: its own storage. */
async function colleague(browser: Browser, link: string, trouble: Trouble): Promise<Page> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.errors.push(`colleague: ${message.text()}`);
  });
  await loadPage(page, trouble, () => page.goto(link));
  return page;
}

test('a copied link names the file it needs and shows the same view once it is dropped', async ({
  page,
  openApp,
  browser,
  trouble,
}) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await goTo(page, VIEW);
  const here = await seen(page);
  expect(here).toMatchObject({ json: expect.stringContaining('"calls": 1') });
  const there = await colleague(browser, await copyLink(page), trouble);
  await expect(there.getByRole('main')).toContainText('shop.jsonl');
  await expect(there.getByRole('main')).toContainText('payment');
  await openFiles(there, [SHOP_FILE]);
  expect(await seen(there)).toEqual(here);
  await expect(there.getByRole('complementary', { name: 'Other data' })).toHaveCount(0);
  await there.context().close();
});

test('with other data the page says so and shows what applies', async ({
  page,
  openApp,
  browser,
  trouble,
}) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  await goTo(page, '#/service?service=shop-web');
  const there = await colleague(browser, await copyLink(page), trouble);
  await openFiles(there, [OTHER_FILE]);
  await settled(there);
  const banner = there.getByRole('complementary', { name: 'Other data' });
  await expect(banner).toContainText('shop.jsonl');
  await expect(banner).toContainText('other.json');
  await expect(there.getByRole('heading', { level: 1 })).toContainText('shop-web');
  await there.context().close();
});

test('a link shows the selected step, however far down the tree it is', async ({ page, openApp }) => {
  const callers = Array.from({ length: 60 }, (_, i) => `caller-${String(i).padStart(2, '0')}`);
  const spans = trace(
    callers
      .map(
        (name) =>
          `${name}  GET /  server  20ms\n  ${name}  GET  client  9ms\n    shop  GET /shop  server  5ms`,
      )
      .join('\n'),
  );
  await page.setViewportSize({ width: 1280, height: 800 });
  await openApp();
  await openFiles(page, [{ name: 'callers.json', content: otlpJson(spans) }]);
  await settled(page);
  await goTo(page, `#/backtrace?service=shop&node=shop,${callers[40]}`);
  await settled(page);
  const selected = page.getByRole('treegrid').getByRole('row', { selected: true });
  await expect(selected).toContainText(callers[40]);
  await expect(selected).toBeInViewport({ ratio: 1 });
});

test('a damaged part of a link is reported and ignored, the rest holds', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  const damaged = ['from=yesterday', 'node=%E0%A4%A', 'chain=a~b', 'sort=!!', 'flavour=sweet'];
  await goTo(page, `#/backtrace?service=payment&${damaged.join('&')}`);
  for (const part of ['from=yesterday', 'node=', 'chain=a~b', 'sort=!!', 'flavour'])
    await expect(messages(page)).toContainText(part);
  expect(JSON.parse(await downloadedJson(page))).toMatchObject({ service: 'payment', calls: 2 });
});

test('a service that the data does not hold is named, not invented', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  for (const screen of ['service', 'backtrace']) {
    await goTo(page, `#/${screen}?service=nobody`);
    await expect(page.getByRole('main')).toContainText('nobody');
    await expect(page.getByRole('treegrid')).toHaveCount(0);
  }
});

test('back and forward go through the views, selections are no steps', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  const heading = page.getByRole('heading', { level: 1 });
  await page.getByRole('table', { name: 'Services' }).getByRole('link', { name: 'payment' }).first().click();
  await expect(heading).toContainText('payment');
  await page.getByRole('link', { name: 'Analyze backtrace' }).click();
  await expect(heading).toContainText('Backtrace of');
  await page.getByRole('treegrid').getByRole('rowheader').filter({ hasText: 'cart' }).click();
  await page.getByRole('button', { name: 'Show only requests through this chain' }).click();
  const chips = page.getByRole('list', { name: 'Active filters' });
  await expect(chips).toContainText('cart');
  await page.goBack();
  await expect(chips).toBeHidden();
  await expect(heading).toContainText('Backtrace of');
  await page.goBack();
  await expect(heading).not.toContainText('Backtrace of');
  await expect(heading).toContainText('payment');
  await page.goBack();
  await expect(heading).toHaveText('Services');
  await page.goForward();
  await page.goForward();
  await page.goForward();
  await expect(chips).toContainText('cart');
});

test('timeframe and chain of a link narrow the figures', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [SHOP_FILE]);
  await settled(page);
  const first = '&from=2023-11-14T22:13:00Z&to=2023-11-14T22:14:00Z';
  expect(JSON.parse(await backtraceJson(page, 'payment', first))).toMatchObject({
    calls: 1,
    failedCalls: 0,
  });
  const rest = '&from=2023-11-14T22:14:00Z';
  expect(JSON.parse(await backtraceJson(page, 'payment', rest))).toMatchObject({ calls: 1, failedCalls: 1 });
});
