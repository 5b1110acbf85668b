/** Charts under a real pointer, which no other test environment has. */
import { expect, settled, test } from './app-page.ts';
import { goTo } from './actions.ts';

test('a click on or above a bar of the response times lists its requests, and so does a drag over several', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await goTo(page, '#/backtrace?service=payment&panel=responseTime');
  const chart = page.getByRole('img', { name: /^Distribution of the response time/ });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('canvas')).toBeVisible();
  const box = await chart.boundingBox();
  if (box === null) throw new Error('the chart is not there');
  const [first, third, height] = [box.x + 70, box.x + 165, box.y + 40];
  const list = page.getByRole('dialog');
  const conditions = list.getByRole('list', { name: 'Conditions' });

  await page.mouse.click(first, height);
  await settled(page);
  await expect(conditions).toHaveText('at least 100 ms, below 200 ms');
  await page.goBack();
  await settled(page);
  await expect(list).toBeHidden();

  await page.mouse.move(first, height);
  await page.mouse.down();
  await page.mouse.move(third, height, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  await expect(conditions).toHaveText('at least 100 ms, below 400 ms');
});
