/** The three stories of the demo, each found by clicking: in at most five clicks from the loaded demo. */
import { accessibilityProblems } from './accessibility.ts';
import { expect, settled, test, type Page } from './app-page.ts';

const MOST_CLICKS = 5;

/** Clicks by accessible name, and counts. */
function clicker(page: Page): {
  readonly click: (role: 'link' | 'button' | 'tab' | 'rowheader', name: string | RegExp) => Promise<void>;
  readonly clicks: () => number;
} {
  let clicks = 0;
  return {
    click: async (role, name) => {
      clicks++;
      await page.getByRole(role, { name }).first().click();
      await settled(page);
    },
    clicks: () => clicks,
  };
}

test('the failing advertisement is handled: nobody sees it', async ({ page, openApp }) => {
  await openApp('#/demo');
  const { click, clicks } = clicker(page);
  await click('link', 'Backtrace of AdsForBlog');
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('Handled');
  await click('tab', 'Impact');
  const sentence = page.locator('.fate-sentence');
  await expect(sentence).toHaveText(/^All \d+ failures were absorbed by blog\.$/);
  expect(await accessibilityProblems(page)).toEqual([]);
  const failures = await page
    .getByRole('region', { name: 'Fates of the failures' })
    .locator('strong a')
    .allInnerTexts();
  await page.getByRole('region', { name: 'Fates of the failures' }).getByRole('link').first().click();
  await settled(page);
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(`${failures[0]}\u00a0requests`);
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(clicks() + 1).toBeLessThanOrEqual(MOST_CLICKS);
});

test('the failing credit-card check reaches the users who book', async ({ page, openApp }) => {
  await openApp('#/demo');
  const { click, clicks } = clicker(page);
  await click('link', 'Backtrace of credit-card-verification');
  await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('Reached users');
  await click('tab', 'Impact');
  await expect(page.locator('.fate-sentence')).toContainText('reached the user actions');
  await expect(page.locator('.fate-sentence')).toContainText('Book now');
  const hop = page.getByRole('table', { name: 'Hops' }).getByRole('row', { name: /payment.*credit-card/ });
  await expect(hop).toContainText('100\u00a0%');
  await click('tab', 'Callers');
  await click('tab', 'Failures');
  await expect(page.getByRole('table', { name: 'Reasons for failed requests' })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(clicks()).toBeLessThanOrEqual(MOST_CLICKS);
});

test('the callers of the carrier are named, up to the clicks', async ({ page, openApp }) => {
  await openApp('#/demo');
  const { click, clicks } = clicker(page);
  await click('link', 'Backtrace of www.fedex.com');
  const tree = page.getByRole('treegrid');
  await expect(tree).toContainText('user action');
  await click('rowheader', /easytrips-web/);
  const actions = page.getByRole('table', { name: 'User actions' });
  await expect(actions.getByRole('rowheader').first()).toHaveText(/ on "|^loading of /);
  await click('tab', 'Impact');
  await expect(page.locator('.fate-sentence')).toContainText('were absorbed by');
  await expect(page.locator('.fate-sentence')).toContainText('reached the user action');
  expect(await accessibilityProblems(page)).toEqual([]);
  expect(clicks()).toBeLessThanOrEqual(MOST_CLICKS);
});
