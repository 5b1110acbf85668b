/** Filters as text, chips and an editor: the whole way with the keyboard, and how it all looks. */
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { expect, settled, test, type Page } from './app-page.ts';

const OF = '#/backtrace?service=credit-card-verification';
const query = (page: Page) => page.getByRole('combobox', { name: /Filter requests/ });
const chips = (page: Page) => page.getByRole('list', { name: 'Active filters' });
const counted = (page: Page) => page.locator('.filter-count strong');
const rootRow = (page: Page) => page.getByRole('treegrid').getByRole('row').nth(1);

async function enter(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await settled(page);
}

/** Presses Tab until what bears the name has the focus. */
async function tabTo(page: Page, role: 'button' | 'combobox' | 'row', name: RegExp): Promise<void> {
  const target = page.getByRole(role, { name }).first();
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 120; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${role} ${name}`);
}

test('conditions are completed, applied, edited at a chain and taken away without a mouse', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await goTo(page, OF);
  const all = await counted(page).innerText();
  const failed = (await rootRow(page).getByRole('gridcell').nth(2).innerText()).split(' ')[0].trim();

  await page.keyboard.press('/');
  await expect(query(page)).toBeFocused();
  await page.keyboard.type('request:fa');
  for (const completion of ['request:failed', '=', 'true']) {
    await page.keyboard.press('ArrowDown');
    await expect(
      page.getByRole('listbox', { name: 'Completions' }).getByRole('option', { selected: true }),
    ).toContainText(completion);
    await page.keyboard.press('Enter');
  }
  await page.keyboard.press('Escape');
  await enter(page);
  await expect(chips(page)).toContainText('failed');
  await expect(counted(page)).toHaveText(failed);
  await expect(rootRow(page).getByRole('gridcell').nth(1)).toHaveText(failed);

  await tabTo(page, 'button', /Remove the filter: failed/);
  await enter(page);
  await expect(counted(page)).toHaveText(all);

  await tabTo(page, 'row', /credit-card/);
  await page.keyboard.press('ArrowDown');
  await enter(page);
  const callerFailed = (
    await page.getByRole('treegrid').getByRole('row').nth(2).getByRole('gridcell').nth(4).innerText()
  ).trim();
  expect(callerFailed).not.toBe('0 %');
  await tabTo(page, 'button', /Show only requests through this chain/);
  await enter(page);
  await tabTo(page, 'button', /^only through payment/);
  await page.keyboard.press('Enter');
  await tabTo(page, 'combobox', /^Outcome$/);
  await page.keyboard.press('f');
  await tabTo(page, 'button', /^Apply$/);
  await enter(page);
  await expect(chips(page)).toContainText('where payment failed');
  await expect(page.getByRole('treegrid').getByRole('row').nth(2).getByRole('gridcell').nth(4)).toHaveText(
    '100 %',
  );
  const narrowed = await counted(page).innerText();
  expect(Number(narrowed)).toBeLessThan(Number(all));

  await reloadApp();
  await expect(chips(page)).toContainText('where payment failed');
  await expect(counted(page)).toHaveText(narrowed);
  await page.goBack();
  await settled(page);
  await expect(counted(page)).toHaveText(all);
});

test('what a list of requests holds becomes a filter', async ({ page, openApp }) => {
  await openApp('#/demo');
  await goTo(page, `${OF}&evidence=failedRequests&evidence=at:credit-card-verification`);
  const listed = await page.getByRole('dialog').getByRole('table').getAttribute('aria-rowcount');
  await page.getByRole('dialog').getByRole('link', { name: 'Filter by this' }).click();
  await settled(page);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(counted(page)).toHaveText(String(Number(listed) - 1));
});

test('a value of a span leads to the backtrace of the requests that bear it', async ({ page, openApp }) => {
  await openApp('#/demo');
  await goTo(page, `${OF}&panel=traces`);
  await page.getByRole('table').getByRole('link').first().click();
  await settled(page);
  await page.getByRole('link', { name: 'Backtrace from this trace' }).click();
  await settled(page);
  await expect(chips(page)).toContainText(/trace [0-9a-f]{32}/);
  await expect(page.getByRole('treegrid')).toBeVisible();
});

/** On a narrow screen they are closed. */
async function openFilters(page: Page): Promise<void> {
  const filters = page.getByRole('button', { name: 'Filters' });
  await filters.and(page.locator('[aria-expanded]')).waitFor();
  if ((await filters.getAttribute('aria-expanded')) === 'false') await filters.click();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('list, problem, help and editor are accessible and fit', async ({ page, openApp }) => {
      await openApp('#/demo');
      await goTo(page, `${OF}&chain=credit-card-verification,payment&where=%7B+span:duration+%3E+1ms+%7D`);
      const shown = {
        completions: async () => {
          await query(page).fill('');
          await query(page).pressSequentially('s');
        },
        'a problem': async () => {
          await query(page).fill('duration > 5 && .b = "x"');
          await page.keyboard.press('Escape');
        },
        help: () => page.getByRole('button', { name: 'Help for the query' }).click(),
        'the editor of a chain': () => page.getByRole('button', { name: /^only through/ }).click(),
      };
      for (const [name, open] of Object.entries(shown)) {
        for (const width of [360, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          await page.keyboard.press('Escape');
          if (width === 360) await openFilters(page);
          await open();
          await settled(page);
          expect(await accessibilityProblems(page), `${name} at ${width} pixels`).toEqual([]);
          const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          expect(sticksOut, `${name} at ${width} pixels`).toBeLessThanOrEqual(0);
          await page.keyboard.press('Escape');
          await page.locator('h1').click();
        }
      }
    });
  });
}

test('zones narrow every screen, and stay when one moves on', async ({ page, openApp }) => {
  await openApp('#/demo');
  await goTo(page, '#/services');
  const requests = page.locator('.page-head .quiet');
  const all = await requests.innerText();
  await page.getByRole('button', { name: /^Zones/ }).click();
  await settled(page);
  expect(await accessibilityProblems(page)).toEqual([]);
  const zone = page
    .getByRole('group', { name: /service.namespace/ })
    .getByRole('checkbox', { name: /^travel/ });
  const count = (await zone.locator('..').innerText()).match(/([\d,]+)\srequests/)?.[1] ?? 'no count';
  const offered = new RegExp(`^${count}\\s`);
  await zone.check();
  await settled(page);
  await expect(requests).toHaveText(offered);
  expect(await requests.innerText()).not.toBe(all);
  await page
    .getByRole('table', { name: 'Services' })
    .getByRole('link', { name: 'Backtrace' })
    .first()
    .click();
  await settled(page);
  await expect(chips(page)).toContainText('namespace travel');
  await page.getByRole('link', { name: 'Trace', exact: true }).click();
  await page.getByRole('link', { name: 'Services', exact: true }).click();
  await settled(page);
  await expect(requests).toHaveText(offered);
});

test('an exception and a database statement lead to their requests', async ({ page, openApp }) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=payment&panel=stacks');
  const stack = page.locator('.stack-entry').first();
  const listed = (await stack.innerText()).match(/([\d,]+)\s+requests?/)?.[1] ?? '';
  await stack.getByRole('link', { name: /^Filter by this/ }).click();
  await settled(page);
  await expect(counted(page)).toHaveText(listed);

  await goTo(page, '#/backtrace?service=orders&type=database&panel=traces');
  await page.locator('.node-panel').getByRole('table').getByRole('link').first().click();
  await settled(page);
  await page.getByRole('link', { name: /Backtrace from this: orders, statement/ }).click();
  await settled(page);
  await expect(chips(page)).toContainText('statement');
  expect(Number((await counted(page).innerText()).replace(',', ''))).toBeGreaterThan(0);
});
