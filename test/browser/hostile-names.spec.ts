/** A name from a file is text wherever it is shown. */
import { trace } from '../support/trace-text.ts';
import { otlpJson } from '../support/trace-files.ts';
import { downloaded, goTo } from './actions.ts';
import { expect, openFiles, settled, test, type Page } from './app-page.ts';

const MARKUP = '<img src=x onerror=alert(1)>';
const spans = trace(`
  browser   click on "x"  internal  200ms  app
    browser  GET  client  150ms
      caller   GET /MARKUP  server  120ms  instance=MARKUP  MARKUP=MARKUP
        caller  call  client  90ms
          target  GET /MARKUP  server  80ms  500  error=MARKUP  exception=MARKUP: MARKUP  instance=MARKUP
            target  SELECT  client  20ms  db.system=MARKUP  db.namespace=MARKUP
`);
const content = otlpJson(spans)
  .replaceAll('MARKUP', MARKUP)
  .replaceAll('"target"', JSON.stringify(`${MARKUP} target`))
  .replaceAll('"caller"', JSON.stringify(`${MARKUP} caller`))
  .replaceAll('"browser"', JSON.stringify(`${MARKUP} browser`))
  .replaceAll('click on', `${MARKUP} click on`);
const TARGET = `${MARKUP} target`;
const ENCODED = encodeURIComponent(TARGET);

/** Every element that the markup would have made; the page itself uses no pictures but svg and canvas. */
async function expectNoElement(page: Page, where: string): Promise<void> {
  expect(await page.locator('img, [onerror]').count(), where).toBe(0);
}

test('markup in names is shown as text on every screen, tooltips of charts included', async ({
  page,
  openApp,
}) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await openApp();
  await openFiles(page, [{ name: `${MARKUP}.json`, content }]);
  await settled(page);
  await expect(page.getByRole('table', { name: 'Services' }).getByText(TARGET).first()).toBeVisible();
  await expectNoElement(page, 'services');

  await goTo(page, `#/service?service=${ENCODED}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(TARGET);
  await hoverCharts(page);
  await expectNoElement(page, 'service');

  await goTo(page, `#/backtrace?service=${ENCODED}`);
  const rows = page.getByRole('treegrid').getByRole('row');
  await page.getByRole('button', { name: 'Expand all' }).click();
  for (const name of ['target', 'caller', 'browser'])
    await expect(rows.filter({ hasText: `${MARKUP} ${name}` })).toHaveCount(1);
  for (const name of await rows.getByRole('rowheader').all()) {
    await name.click();
    await settled(page);
    await expectNoElement(page, await name.innerText());
  }
  await page.getByRole('button', { name: 'Show only requests through this chain' }).click();
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(MARKUP);
  await hoverCharts(page);
  await hoverFirstRing(page);
  await expectNoElement(page, 'backtrace');

  await goTo(page, `#/backtrace?service=${ENCODED}&evidence=failedCalls`);
  await expect(page.getByText(MARKUP).last()).toBeVisible();
  await expectNoElement(page, 'requests behind a number');

  for (const screen of ['#/summary', '#/']) {
    await goTo(page, screen);
    await expect(page.getByText(`${MARKUP}.json`).last()).toBeVisible();
    await expectNoElement(page, screen);
  }
  expect(dialogs).toEqual([]);
});

test('markup in names is text in the picture, and no formula in the table', async ({
  page,
  context,
  openApp,
}) => {
  await openApp();
  await openFiles(page, [{ name: 'x.json', content: content.replaceAll(`${MARKUP} caller`, '=1+1') }]);
  await settled(page);
  await goTo(page, `#/backtrace?service=${ENCODED}`);
  const picture = await downloaded(page, 'Download SVG');
  // Where no content policy complains about the styles of a picture.
  const viewer = await context.newPage();
  const elements = await viewer.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
    return [...parsed.querySelectorAll('*')].map(({ tagName }) => tagName);
  }, picture);
  expect(elements).toContain('path');
  expect(elements.filter((name) => /^(img|script|parsererror|foreignObject)$/i.test(name))).toEqual([]);
  expect(await downloaded(page, 'Download CSV')).not.toMatch(/(^|[,;"])=1\+1/m);
});

test('markup in a link is text as well', async ({ page, openApp, trouble }) => {
  await openApp();
  await page.evaluate((to) => (location.hash = to), `#/${ENCODED}?${ENCODED}=${ENCODED}&file=${ENCODED}`);
  await settled(page);
  await goTo(page, `#/backtrace?service=${ENCODED}&data=0123456789abcdef&file=${ENCODED}`);
  await expect(page.getByText(TARGET).first()).toBeVisible();
  await expectNoElement(page, 'links');
  expect(trouble.errors).toEqual([]);
});

/** Over the middle of each chart, where the largest arc or a bar is. */
async function hoverCharts(page: Page): Promise<void> {
  for (const chart of await page.locator('canvas').all()) {
    const box = await chart.boundingBox();
    if (!box) continue;
    for (const part of [0.3, 0.62, 0.75])
      await chart.hover({ position: { x: box.width * part, y: box.height * 0.5 } });
  }
}

/** Moves outward from the centre until the tooltip of the first caller's ring is there. */
async function hoverFirstRing(page: Page): Promise<void> {
  const sunburst = page.getByRole('region', { name: 'Sunburst' });
  const chart = sunburst.locator('canvas');
  const tooltip = sunburst.locator('.chart-tooltip strong');
  await expect(async () => {
    const box = await chart.boundingBox();
    for (let part = 0.5; part < 0.98; part += 0.03) {
      await chart.hover({ position: { x: (box?.width ?? 0) * part, y: (box?.height ?? 0) * 0.5 } });
      if ((await tooltip.allInnerTexts()).some((text) => text.includes(`${MARKUP} caller`))) return;
    }
    throw new Error('no tooltip names the caller');
  }).toPass();
}
