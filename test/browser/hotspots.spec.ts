/** Where the response time goes; columns that people set; what figures mean. */
import { accessibilityProblems } from './accessibility.ts';
import { expect, settled, test } from './app-page.ts';

test('the hotspots of a service open down to a callee, whose count lists its requests', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await page.evaluate(() => (location.hash = '#/backtrace?service=booking'));
  await page.getByRole('tab', { name: 'Hotspots' }).click();
  await settled(page);
  await expect(page.getByText(/of the response time of booking is spent waiting for payment/)).toBeVisible();
  const table = page.getByRole('table', { name: 'Where the response time goes' });
  await table.getByRole('button', { name: 'What payment waits for' }).press('Enter');
  const stripe = table.getByRole('row', { name: /api\.stripe\.com/ });
  const link = stripe.getByRole('link').last();
  const count = Number(await link.textContent());
  await link.click();
  await settled(page);
  await expect(page.getByRole('dialog').or(page.getByRole('complementary')).first()).toContainText(
    `${count} request`,
  );

  await page.goBack();
  await page.getByRole('tab', { name: 'Methods' }).click();
  await settled(page);
  await expect(page.getByText(/not samples of a profiler/)).toBeVisible();
  for (const width of [360, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await accessibilityProblems(page), `${width} pixels`).toEqual([]);
  }
});

test('a column is as wide as it was dragged, also after a reload; a double click fits it', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  const handle = page.getByRole('separator', { name: 'Width of Service' });
  const heading = page.getByRole('columnheader', { name: 'Service', exact: true });
  const widthOf = async () => (await heading.boundingBox())?.width ?? 0;
  const before = await widthOf();
  const box = await handle.boundingBox();
  if (!box) throw new Error('The handle is not on screen.');
  await page.mouse.move(box.x + 5, box.y + 9);
  await page.mouse.down();
  await page.mouse.move(box.x - 95, box.y + 9, { steps: 3 });
  await page.mouse.up();
  expect(await widthOf()).toBeCloseTo(before - 100, -1);
  const dragged = await widthOf();
  await reloadApp();
  expect(await widthOf()).toBeCloseTo(dragged, 0);
  await handle.dblclick();
  expect(await widthOf()).toBeCloseTo(before, 0);
});

test('headings say what they mean to whoever points at them or tabs to them', async ({ page, openApp }) => {
  await openApp('#/demo');
  const tooltip = page.getByRole('tooltip');
  await page.getByRole('button', { name: 'Failure rate' }).hover();
  await expect(tooltip).toHaveText('Failed requests divided by requests.');
  await page.keyboard.press('Escape');
  await expect(tooltip).toHaveCount(0);
  await page.mouse.move(5, 400);
  await page.getByRole('separator', { name: 'Width of Failed' }).focus();
  await page.keyboard.press('Tab');
  await expect(tooltip).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});
