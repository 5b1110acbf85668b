/** From a number to the requests behind it, to one trace and its spans. */
import { accessibilityProblems } from './accessibility.ts';
import { expect, settled, test, type Page } from './app-page.ts';

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
  await settled(page);
}

test('a failed request leads to its trace, which the keyboard walks and a reload keeps', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=booking');
  await page.getByRole('tab', { name: 'Traces', exact: true }).click();
  await page.getByRole('button', { name: 'Failed only' }).click();
  await settled(page);
  const list = page.getByRole('table', { name: 'Requests' });
  await expect(list.getByRole('row').nth(1)).toContainText('failed');
  await list.getByRole('link').first().click();
  await settled(page);

  const waterfall = page.getByRole('treegrid', { name: 'Spans of the trace' });
  const selected = waterfall.locator('[aria-selected=true]');
  await expect(selected).toContainText('booking');
  await expect(page.getByRole('navigation', { name: /Chain/ })).toContainText('booking');
  await selected.focus();
  await page.keyboard.press('ArrowDown');
  await settled(page);
  await expect(selected).toBeFocused();
  const name = await selected.innerText();
  const attributes = page.getByRole('region').filter({ hasText: 'Attributes' });
  await expect(attributes.last()).toContainText('service.name');

  await reloadApp();
  expect(await selected.innerText()).toBe(name);
  await page.goBack();
  await settled(page);
  await expect(list).toBeVisible();
});

const PANELS = ['traces', 'causes', 'stacks', 'referrers', 'proxies'];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('a trace and the tabs of a step are accessible and fit', async ({ page, openApp }) => {
      await openApp('#/demo');
      const hashes = PANELS.map((panel) => `#/backtrace?service=booking&panel=${panel}`);
      await goTo(page, hashes[0]);
      const link = page.getByRole('table', { name: 'Requests' }).getByRole('link').first();
      hashes.push((await link.getAttribute('href')) ?? '');
      for (const hash of hashes) {
        await goTo(page, hash);
        expect(await accessibilityProblems(page), hash).toEqual([]);
        for (const width of [360, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(sticksOut, `${hash} at ${width} pixels`).toBeLessThanOrEqual(0);
        }
      }
    });
  });
}
