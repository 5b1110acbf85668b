/** Sampled data in a real browser: counts become estimates with one switch, which the link keeps. */
import { otlpJson } from '../support/trace-files.ts';
import { trace } from '../support/trace-text.ts';
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { expect, openFiles, settled, test } from './app-page.ts';

/** One of four traces was kept. */
const SAMPLED = trace(`
  web   GET /   server  20ms  w3c.tracestate=ot=th:c
    web  GET    client  18ms
      shop  GET /  server  10ms  500
  web   GET /   server  30ms  w3c.tracestate=ot=th:c
    web  GET    client  28ms
      shop  GET /  server  15ms  200
`);

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('estimates are switched on with the keyboard and marked everywhere', async ({
      page,
      openApp,
      reloadApp,
    }) => {
      await openApp();
      await openFiles(page, [{ name: 'sampled.json', content: otlpJson(SAMPLED) }]);
      const services = page.getByRole('table', { name: 'Services' });
      await expect(services.getByRole('row', { name: /shop/ })).toContainText('2');
      await page.getByLabel('Extrapolated').press('Space');
      await expect(services.getByRole('row', { name: /shop/ })).toContainText('≈ 8');
      await goTo(page, '#/backtrace?service=shop&extrapolated=yes');
      const root = page.getByRole('treegrid').getByRole('row').nth(1);
      await expect(root).toContainText('≈ 8');
      await expect(page.getByText('Counted in the data, not extrapolated.')).toBeVisible();
      await reloadApp();
      await settled(page);
      await expect(page.getByLabel('Extrapolated')).toBeChecked();
      for (const width of [360, 1440, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        expect(await accessibilityProblems(page), `at ${width} pixels`).toEqual([]);
        const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(sticksOut, `at ${width} pixels`).toBeLessThanOrEqual(0);
      }
      await root.getByRole('gridcell').getByRole('button').first().click();
      await expect(page.getByText('2 requests in the data')).toBeVisible();
      await goTo(page, '#/requests?kind=all&extrapolated=yes');
      const all = page
        .getByRole('table', { name: 'Top requests' })
        .getByRole('row', { name: /all together/ });
      await expect(all).toContainText('≈ 16');
      expect(await accessibilityProblems(page)).toEqual([]);
    });
  });
}
