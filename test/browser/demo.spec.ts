/** The way of a visitor who has no file at hand. */
import { accessibilityProblems } from './accessibility.ts';
import { expect, settled, test } from './app-page.ts';

test('the demo needs no network once the page has loaded', async ({ page, context, openApp }) => {
  await openApp();
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Load the demo' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await settled(page);
  await page.evaluate(() => (location.hash = '#/backtrace?service=AdsForBlog'));
  await expect(page.getByRole('treegrid')).toBeVisible();
  await settled(page);
  await context.setOffline(false);
});

const SCREENS = {
  start: '#/',
  services: '#/services',
  service: '#/service?service=AdsForBlog',
  backtrace: '#/backtrace?service=AdsForBlog',
  'backtrace with a step selected':
    '#/backtrace?service=AdsForBlog&node=AdsForBlog,BlogBackend&chain=AdsForBlog,BlogBackend',
  'service that is not there': '#/service?service=nobody',
  summary: '#/summary',
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('every screen is accessible and fits from 360 to 2560 pixels', async ({ page, openApp }) => {
      await openApp('#/demo');
      for (const [name, hash] of Object.entries(SCREENS)) {
        await page.evaluate((to) => (location.hash = to), hash);
        await settled(page);
        for (const width of [360, 1440, 2560]) {
          await page.setViewportSize({ width, height: 900 });
          expect(await accessibilityProblems(page), `${name} at ${width} pixels`).toEqual([]);
          const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(sticksOut, `${name} at ${width} pixels`).toBeLessThanOrEqual(0);
        }
      }
    });
  });
}

test('a reload shows the same dataset from the disk, without importing again', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await page.evaluate(() => (location.hash = '#/backtrace?service=AdsForBlog'));
  await settled(page);
  const rows = page.getByRole('treegrid').getByRole('row');
  const before = await rows.allInnerTexts();
  expect(before.length).toBeGreaterThan(2);
  await reloadApp();
  expect(await rows.allInnerTexts()).toEqual(before);
});
