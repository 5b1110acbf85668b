/** Every tab and dialog of the analysis, in both colours and at all widths. */
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { expect, settled, test, type Page } from './app-page.ts';

const OF = '#/backtrace?service=payment';
const STEP = `${OF}&node=payment,booking`;
const SCREENS = {
  impact: `${OF}&tab=impact`,
  'a comparison': `${OF}&tab=compare&to=2026-03-14T10:00:00Z&with=from:2026-03-14T10:00:00Z`,
  outliers: `${OF}&tab=outliers`,
  'outliers among failures': `${OF}&tab=outliers&mode=failed`,
  failures: `${STEP}&panel=failures`,
  'response time': `${STEP}&panel=responseTime&mode=log`,
  instances: `${STEP}&panel=instances`,
  evidence: `${STEP}&evidence=failedCalls&evidence=at:payment,booking`,
  'other rules': `${OF}&rules=otel&rules=4xx:none`,
};

async function expectInOrder(page: Page, name: string): Promise<void> {
  for (const width of [360, 1440, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await accessibilityProblems(page), `${name} at ${width} pixels`).toEqual([]);
    const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sticksOut, `${name} at ${width} pixels`).toBeLessThanOrEqual(0);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('every tab is accessible and fits from 360 to 2560 pixels', async ({ page, openApp }) => {
      await openApp('#/demo');
      for (const [name, hash] of Object.entries(SCREENS)) {
        await goTo(page, hash);
        await expectInOrder(page, name);
      }
    });

    test('so are the editor of the rules, the palette and the shortcuts', async ({ page, openApp }) => {
      await openApp('#/demo');
      await goTo(page, OF);
      await page.getByRole('button', { name: 'Failure rules' }).click();
      await page.getByLabel('HTTP status only').check();
      await settled(page);
      await expectInOrder(page, 'rules');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await settled(page);
      await expectInOrder(page, 'palette');
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expectInOrder(page, 'shortcuts');
    });
  });
}

const TABLES = {
  outliers: 'Over-represented values',
  'outliers&mode=failed': 'Over-represented values',
  flow: 'Service flow',
  failures: 'Causes of failures',
  'impact&evidence=failedCalls&evidence=at:payment': 'Requests',
};

test('all columns of the widest tables are in sight at 1440 pixels, a scroll bar beside them', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await page.setViewportSize({ width: 1440 - 16, height: 900 });
  for (const [tab, table] of Object.entries(TABLES)) {
    await goTo(page, `${OF}&tab=${tab}`);
    const sticksOut = await page
      .getByRole('group', { name: table, exact: true })
      .evaluate((group) => group.scrollWidth - group.clientWidth);
    expect(sticksOut, tab).toBeLessThanOrEqual(0);
  }
});

test('a panel that is open already is brought into sight when it is chosen again', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await page.setViewportSize({ width: 1280, height: 600 });
  await goTo(page, `${OF}&panel=traces`);
  const tabs = page.getByRole('tablist', { name: 'Details of the selected step' });
  await expect(tabs).not.toBeInViewport();
  await page.getByRole('treegrid').getByRole('row').nth(2).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Distributed traces' }).click();
  await expect(tabs).toBeInViewport();
});

test('the tree of a comparison fits at 1280 pixels', async ({ page, openApp }) => {
  await openApp('#/demo');
  await page.setViewportSize({ width: 1280, height: 800 });
  await goTo(page, `${OF}&tab=compare&to=2026-03-14T10:00:00Z&with=from:2026-03-14T09:45:00Z`);
  const tree = page.getByRole('group', { name: 'Differences by step', exact: true });
  expect(await tree.evaluate((group) => group.scrollWidth - group.clientWidth)).toBeLessThanOrEqual(0);
});

test('on a very wide screen the list of requests shows whole chains and more of the outcomes', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await page.setViewportSize({ width: 2560, height: 1300 });
  await goTo(page, `${OF}&evidence=failedCalls&evidence=at:payment`);
  const list = page.getByRole('dialog');
  const chains = list.locator('tbody tr td:last-child .elide');
  await expect(chains.first()).toBeVisible();
  const cut = await chains.evaluateAll(
    (all) => all.filter((text) => text.scrollWidth > text.clientWidth).length,
  );
  expect(cut).toBe(0);
  const outcome = await list.getByRole('columnheader', { name: 'Outcome' }).boundingBox();
  expect(outcome?.width).toBeGreaterThan(300);
});

test('a long list of requests has its columns as somebody set them, also after a reload', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await goTo(page, `${OF}&evidence=failedCalls&evidence=at:payment`);
  const outcomes = page.getByRole('dialog').getByRole('columnheader', { name: 'Outcome' });
  const width = async () => (await outcomes.boundingBox())?.width ?? 0;
  const before = await width();
  await outcomes.getByRole('separator').press('Shift+ArrowRight');
  await expect.poll(width).toBe(before + 50);
  await reloadApp();
  await expect.poll(width).toBe(before + 50);
});

test('the selected tab of a long strip is in sight on a narrow screen', async ({ page, openApp }) => {
  await openApp('#/demo');
  await page.setViewportSize({ width: 360, height: 900 });
  const inSight = (name: string) =>
    page.getByRole('tab', { name }).evaluate((tab) => {
      const [own, strip] = [tab, tab.parentElement ?? tab].map((each) => each.getBoundingClientRect());
      return own.left >= strip.left - 1 && own.right <= strip.right + 1;
    });
  await goTo(page, `${OF}&tab=outliers`);
  await expect.poll(() => inSight('Outliers')).toBe(true);
  expect(await page.evaluate(() => scrollX)).toBe(0);
  await page.getByRole('tab', { name: 'Outliers' }).press('Home');
  await settled(page);
  await expect.poll(() => inSight('Callers')).toBe(true);
});

test('rules change what is failed, by the same number as the preview says', async ({ page, openApp }) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=easytrips-ios&type=application');
  await page.getByRole('button', { name: 'Failure rules' }).click();
  await page.getByLabel('HTTP status only').check();
  await settled(page);
  const row = page
    .getByRole('table', { name: 'Changes by service' })
    .getByRole('row', { name: /easytrips-ios/ });
  const after = (await row.getByRole('cell').last().innerText()).trim();
  const link = row.getByRole('cell').nth(3).getByRole('link');
  const fine = await link.innerText();
  await link.click();
  await settled(page);
  const list = page.getByRole('dialog', { name: 'Requests that become fine' });
  await expect(list.getByRole('status')).toHaveText(new RegExp(`^${fine}\\srequests?$`));
  await list.getByRole('button', { name: 'Close the list' }).click();
  await settled(page);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await settled(page);
  const root = page.getByRole('treegrid').getByRole('row').nth(1);
  await expect(root.getByRole('gridcell').nth(2)).toHaveText(new RegExp(`^${after}( |$)`));
});

test('Back closes the list of requests, and a reload opens it again', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await goTo(page, OF);
  await page.getByRole('group', { name: 'Figures of the selected step' }).getByRole('link').first().click();
  await settled(page);
  await expect(page.getByRole('dialog')).toBeVisible();
  await reloadApp();
  await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
  await page.goBack();
  await settled(page);
  await expect(page.getByRole('dialog')).toBeHidden();
});
