/** The service flow: from a step to it, along it, and on to the backtrace of what is called. */
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { expect, settled, test } from './app-page.ts';

test('from a step to the flow of its requests, along it by keyboard, and to a backtrace of as many calls', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=payment&node=payment,booking');
  await page.getByRole('tab', { name: 'Analyze' }).click();
  const caller = page.getByRole('region', { name: 'Selected caller: booking' });
  await caller.getByRole('link', { name: /^Service flow/ }).click();
  await settled(page);
  const tree = page.getByRole('tree', { name: /^Service flow/ });
  const cards = tree.getByRole('treeitem');
  await expect(cards.first()).toHaveText(/^booking \(service\).*, 211.requests/);

  await cards.first().focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await settled(page);
  const selected = tree.locator('[aria-selected=true]');
  await expect(selected).toBeFocused();
  const name = await selected.innerText();
  await reloadApp();
  expect(await selected.innerText()).toBe(name);

  await page.getByRole('button', { name: /^Analysed service/ }).click();
  await settled(page);
  await expect(cards.first()).toHaveText(/^payment \(service\).*, 283.requests/);
  await tree.getByRole('treeitem', { name: /^credit-card-verification/ }).click();
  await settled(page);
  const figure = page.locator('.flow-details .figure').filter({ hasText: /^Calls(?! per)/ });
  const calls = await figure.getByRole('link').innerText();
  await figure.getByRole('link').click();
  await settled(page);
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(new RegExp(`^${calls}\\s`));
  await page.goBack();
  await settled(page);
  await page.getByRole('link', { name: /^Backtrace of credit-card-verification/ }).click();
  await settled(page);
  const root = page.getByRole('treegrid').getByRole('row').nth(1);
  await expect(root.getByRole('gridcell').nth(1)).toHaveText(calls);
});

const SCREENS = {
  'a service flow': '#/backtrace?service=frontend&tab=flow&flow=frontend,booking,payment',
  'details of failure': '#/backtrace?service=payment&node=payment,booking&tab=failures&of=caller',
  analyze: '#/backtrace?service=payment&node=payment,booking&panel=analyze',
};

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('flow, failures and the way to them are accessible and fit', async ({ page, openApp }) => {
      await openApp('#/demo');
      for (const [name, hash] of Object.entries(SCREENS)) {
        await goTo(page, hash);
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
