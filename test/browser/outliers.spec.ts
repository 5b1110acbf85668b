/** What sets the slow and the failed requests of the demo apart, and the requests behind the counts. */
import { goTo } from './actions.ts';
import { expect, settled, test } from './app-page.ts';

test('the slow requests of payment are those that the credit card check failed', async ({
  page,
  openApp,
  reloadApp,
}) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=payment');
  await page.getByRole('tab', { name: 'Outliers' }).click();
  await settled(page);
  await expect(page.locator('.fate-sentence')).toContainText('credit-card-verification');
  const table = page.getByRole('table', { name: 'Over-represented values' });
  const inside = table.getByRole('row').nth(1).getByTitle('Show these requests').first();
  const count = (await inside.innerText()).trim();
  await inside.click();
  await settled(page);
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(count);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Failed', exact: true }).click();
  await settled(page);
  await expect(page.locator('.fate-sentence')).toContainText('failed requests of payment');
  await reloadApp();
  await expect(page.getByRole('button', { name: 'Failed', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});
