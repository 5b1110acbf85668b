/** The whole main job without a mouse. */
import { accessibilityProblems } from './accessibility.ts';
import { goTo } from './actions.ts';
import { expect, settled, test, type Page } from './app-page.ts';

/** Presses Tab until the wanted element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, wanted: { role: string; name: RegExp }): Promise<void> {
  const target = page.getByRole(wanted.role as 'link', { name: wanted.name }).first();
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 150; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${wanted.role} ${wanted.name}`);
}

/** The element with the focus has a visible ring. */
async function expectRing(page: Page): Promise<void> {
  const outline = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement ?? document.body);
    return { width: parseFloat(style.outlineWidth), style: style.outlineStyle, shadow: style.boxShadow };
  });
  expect((outline.width > 0 && outline.style !== 'none') || outline.shadow !== 'none').toBe(true);
}

test('the demo, a service, its backtrace and a chain filter are reached with the keyboard alone', async ({
  page,
  openApp,
}) => {
  await openApp();
  await tabTo(page, { role: 'button', name: /Load the demo/ });
  await expectRing(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table', { name: 'Services' })).toBeVisible();
  await settled(page);

  await tabTo(page, { role: 'searchbox', name: /Search services/ });
  await page.keyboard.type('credit-card');
  await tabTo(page, { role: 'link', name: /credit-card/ });
  await expectRing(page);
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('credit-card');
  await tabTo(page, { role: 'link', name: /Analyze backtrace/ });
  await page.keyboard.press('Enter');
  await settled(page);

  const grid = page.getByRole('treegrid');
  const focused = grid.locator('[role=row]:focus');
  await tabTo(page, { role: 'row', name: /credit-card/ });
  await expectRing(page);
  await expect(focused).toHaveAttribute('aria-level', '1');
  await page.keyboard.press('ArrowLeft');
  await expect(focused).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  await expect(focused).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('ArrowUp');
  await expect(focused).toHaveAttribute('aria-level', '1');
  await page.keyboard.press('End');
  await expect(focused).not.toHaveAttribute('aria-level', '1');
  await page.keyboard.press('Home');
  await expect(focused).toHaveAttribute('aria-level', '1');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  await expect(focused).toHaveAttribute('aria-selected', 'true');

  await tabTo(page, { role: 'button', name: /Show only requests through this chain/ });
  await page.keyboard.press('Enter');
  await settled(page);
  const chips = page.getByRole('list', { name: 'Active filters' });
  await expect(chips.getByRole('listitem')).toHaveCount(1);
  await tabTo(page, { role: 'button', name: /Remove the filter/ });
  await page.keyboard.press('Enter');
  await expect(chips).toBeHidden();
});

test('the file inputs are reached with Tab', async ({ page, openApp }) => {
  await openApp();
  for (const name of ['Open trace files', 'Choose files', 'Choose a folder']) {
    await tabTo(page, { role: 'button', name: new RegExp(name) });
  }
});

test('a step of the backtrace has a menu, by keys too', async ({ page, openApp }) => {
  await openApp('#/demo');
  await page.evaluate(() => (location.hash = '#/backtrace?service=payment'));
  await settled(page);
  const tree = page.getByRole('treegrid');
  await tree.getByRole('row').nth(1).focus();
  await page.keyboard.press('ArrowDown');
  const link = page.url();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByRole('menu', { name: 'Actions for booking' });
  await expect(menu.getByRole('menuitem').first()).toBeFocused();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(tree.getByRole('row', { name: /^booking/ }).first()).toBeFocused();
  expect(page.url()).toBe(link);
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(page.url()).toContain('chain=payment,booking');
  await expect(page.getByText(/^only through booking → payment/)).toBeVisible();
});

test('the focus stays where an action leaves its button without use or its neighbours new', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=payment&tab=compare');
  await page.getByRole('button', { name: /^Zones/ }).press('Enter');
  await page
    .getByRole('checkbox', { name: /^production/ })
    .first()
    .press('Space');
  const all = page.getByRole('button', { name: 'All zones', exact: true });
  await all.press('Enter');
  await expect(page.getByRole('button', { name: 'Zones: All zones' })).toBeVisible();
  await expect(all).toBeFocused();
  await page.keyboard.press('Escape');
  const halves = page.getByRole('button', { name: 'First half with second half' });
  await halves.press('Enter');
  await expect(page.getByRole('region', { name: 'What differs' })).toBeVisible();
  await expect(halves).toBeFocused();
});
