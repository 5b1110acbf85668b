/** The top requests of the demo: in order at all widths, and each count as many requests as it says. */
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { expect, settled, test } from './app-page.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('the top requests are accessible and fit from 360 to 2560 pixels', async ({ page, openApp }) => {
      await openApp('#/demo');
      for (const hash of [
        '#/requests',
        '#/requests?kind=all&by=service&by=.k8s.node.name&measure=p95&mode=time',
      ]) {
        await goTo(page, hash);
        for (const width of [360, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await accessibilityProblems(page), `${hash} at ${width} pixels`).toEqual([]);
          const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(sticksOut, `${hash} at ${width} pixels`).toBeLessThanOrEqual(0);
        }
      }
    });
  });
}

test('groups and the rest add up to all, and a count opens as many requests', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await page.getByRole('link', { name: 'Top requests' }).click();
  await settled(page);
  await page.getByRole('combobox', { name: 'Split by' }).selectOption('HTTP status');
  await page.getByRole('combobox', { name: 'Top' }).selectOption('5');
  await settled(page);
  const rows = page.getByRole('table', { name: 'Top requests', exact: true }).getByRole('row');
  const counts = (await rows.locator('td:nth-child(2)').allInnerTexts()).map((text) =>
    Number(text.replaceAll(',', '')),
  );
  const all = counts.pop();
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all);
  await rows.nth(1).getByRole('link').first().click();
  await settled(page);
  const status = page.getByRole('dialog').getByRole('status');
  await expect(status).toContainText(counts[0].toLocaleString('en-US'));
  await reloadApp();
  await expect(status).toContainText(counts[0].toLocaleString('en-US'));
});

test('at 360 px what is chosen stands below the heading, two in a row', async ({ page, openApp }) => {
  await openApp('#/demo');
  await page.setViewportSize({ width: 360, height: 900 });
  await goTo(page, '#/requests');
  const heading = await page.getByRole('heading', { level: 1 }).boundingBox();
  const choices = page.locator('.screen-head').getByRole('combobox');
  const [of, split] = [await choices.nth(0).boundingBox(), await choices.nth(1).boundingBox()];
  expect(of?.y).toBeGreaterThanOrEqual((heading?.y ?? 999) + (heading?.height ?? 999));
  expect(split?.y).toBe(of?.y);
});
