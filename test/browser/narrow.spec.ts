/** Long names, deep chains and small screens: what matters stays in sight. */
import { goTo, messages } from './actions.ts';
import { expect, openFiles, settled, test, type Page } from './app-page.ts';

const LONG_NAME = `${'a-very-long-file-name-'.repeat(9)}.json`;
const SERVICE = 'service-with-a-name';
const ENDPOINT = `GET /api/${'preferences/'.repeat(12)}`;

/** A chain of services, the outermost first; all spans bear the long endpoint. */
function chainOf(steps: number): string {
  const resourceSpans = Array.from({ length: steps }, (_, step) => ({
    resource: { attributes: [{ key: 'service.name', value: { stringValue: `${SERVICE}-${step}` } }] },
    scopeSpans: [
      {
        spans: [
          {
            traceId: '1'.padStart(32, '0'),
            spanId: (step + 1).toString(16).padStart(16, '0'),
            parentSpanId: step === 0 ? '' : step.toString(16).padStart(16, '0'),
            name: ENDPOINT,
            kind: 2,
            startTimeUnixNano: '1700000000000000000',
            endTimeUnixNano: '1700000000005000000',
          },
        ],
      },
    ],
  }));
  return JSON.stringify({ resourceSpans });
}

async function openChain(page: Page, width: number, steps: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  await openFiles(page, [{ name: LONG_NAME, content: chainOf(steps) }]);
  await expect(page.getByRole('table', { name: 'Services' })).toBeVisible();
  await settled(page);
}

for (const width of [360, 1280, 1440]) {
  test(`at ${width} px every name of a chain of 25 steps can be read`, async ({ page, openApp }) => {
    await openApp();
    await openChain(page, width, 25);
    await goTo(page, `#/backtrace?service=${SERVICE}-24`);
    await page.getByRole('button', { name: 'Expand all' }).click();
    await page.getByRole('treegrid').evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
    const deepest = page.getByRole('treegrid').locator('[aria-level="25"] [role=rowheader] .elide');
    await expect(deepest).toBeVisible();
    const letters = await deepest.evaluate((name) => {
      const range = document.createRange();
      range.setStart(name.firstChild ?? name, 0);
      range.setEnd(name.firstChild ?? name, 12);
      return name.clientWidth - range.getBoundingClientRect().width;
    });
    expect(letters, 'px beside the first 12 letters').toBeGreaterThan(0);
  });

  test(`at ${width} px no long name makes a page wider than the screen`, async ({ page, openApp }) => {
    await openApp();
    await openChain(page, width, 3);
    for (const hash of ['#/', '#/services', '#/summary', `#/service?service=${SERVICE}-2`]) {
      await goTo(page, hash);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, hash).toBeLessThanOrEqual(0);
    }
  });
}

test('at 360 px figures stand beside names, and every screen is named in full', async ({ page, openApp }) => {
  await openApp();
  await openChain(page, 360, 3);
  const inSight = async (table: string) => {
    const heading = page.getByRole('table', { name: table }).getByRole('columnheader', { name: 'Requests' });
    await heading.scrollIntoViewIfNeeded();
    const box = await heading.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999), table).toBeLessThanOrEqual(360);
    const scrolled = await page
      .getByRole('group', { name: table, exact: true })
      .evaluate((group) => group.scrollLeft);
    expect(scrolled, `${table} did not have to be scrolled`).toBe(0);
  };
  await inSight('Services');
  const summary = await page.getByRole('link', { name: 'Data summary' }).boundingBox();
  expect((summary?.x ?? 0) + (summary?.width ?? 999)).toBeLessThanOrEqual(360);
  await goTo(page, `#/service?service=${SERVICE}-2`);
  await inSight('Endpoints');
});

test('what went well is told without covering the page', async ({ page, openApp }) => {
  await openApp();
  // It is there for some seconds only: looked for in every frame, from before the drop.
  const seen = page.waitForFunction(
    () => {
      const done = document.querySelector('[role="log"][aria-label="Done"] p');
      const heading = document.querySelector('h1');
      if (!done || heading?.textContent !== 'Services') return null;
      return { done: done.getBoundingClientRect().bottom, heading: heading.getBoundingClientRect().top };
    },
    null,
    { polling: 'raf' },
  );
  await openChain(page, 360, 3);
  const edges = await (await seen).jsonValue();
  expect(edges?.done).toBeLessThanOrEqual(edges?.heading ?? 0);
});

for (const width of [360, 1440]) {
  test(`at ${width} px a message covers nothing, stays in sight and can be dismissed`, async ({
    page,
    openApp,
  }) => {
    await openApp();
    await page.setViewportSize({ width, height: 800 });
    const content = `${chainOf(3)}\n${JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: [{}] }] }] })}`;
    await openFiles(page, [{ name: 'mixed.jsonl', content }]);
    await expect(page.getByRole('table', { name: 'Services' })).toBeVisible();
    await settled(page);
    await goTo(page, `#/backtrace?service=${SERVICE}-2`);
    const message = messages(page).locator('.notice');
    await expect(message).toBeVisible();
    const edges = [await message.boundingBox(), await page.locator('main').boundingBox()];
    expect((edges[0]?.y ?? 0) + (edges[0]?.height ?? 999)).toBeLessThanOrEqual(edges[1]?.y ?? 0);
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expect(message).toBeInViewport({ ratio: 1 });
    await message.getByRole('button', { name: 'Dismiss' }).click();
    await expect(message).toHaveCount(0);
  });
}

test('at 360 px the bars of a trace have the width of the screen, below the names', async ({
  page,
  openApp,
}) => {
  await openApp();
  await openChain(page, 360, 3);
  await goTo(page, `#/trace?trace=${'1'.padStart(32, '0')}`);
  const rows = page.getByRole('treegrid', { name: 'Spans of the trace' });
  const [name, bar] = [rows.locator('[data-span] .waterfall-name'), rows.locator('[data-span] .span-bar')];
  const [above, below] = [await name.first().boundingBox(), await bar.first().boundingBox()];
  expect(below?.width).toBeGreaterThan(280);
  expect(below?.y).toBeGreaterThanOrEqual((above?.y ?? 999) + (above?.height ?? 999));
  expect(await rows.evaluate((grid) => grid.scrollWidth - grid.clientWidth)).toBeLessThanOrEqual(0);
});

test('at 360 px the filters are opened by keyboard, and closed they leave room for the figures', async ({
  page,
  openApp,
}) => {
  await openApp();
  await openChain(page, 360, 3);
  await goTo(page, `#/backtrace?service=${SERVICE}-2`);
  const heading = page.getByRole('heading', { level: 1 });
  const closed = (await heading.boundingBox())?.y ?? 0;
  const filters = page.getByRole('button', { name: 'Filters' });
  await filters.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: /^Timeframe/ })).toBeFocused();
  expect((await heading.boundingBox())?.y).toBeGreaterThan(closed + 100);
});

test('a window that becomes narrow leaves no room above and below the sunburst', async ({
  page,
  openApp,
}) => {
  await openApp();
  await openChain(page, 900, 3);
  await goTo(page, `#/backtrace?service=${SERVICE}-2`);
  const sunburst = page.locator('.chart-sunburst');
  await expect(sunburst.locator('canvas')).toBeVisible();
  await page.setViewportSize({ width: 360, height: 800 });
  await expect
    .poll(async () => {
      const box = await sunburst.boundingBox();
      return (box?.height ?? 0) - (box?.width ?? 0);
    })
    .toBeLessThanOrEqual(1);
});

for (const [width, most] of [
  [360, 116],
  [600, 90],
  [768, 104],
]) {
  test(`at ${width} px the header is at most ${most} px high`, async ({ page, openApp }) => {
    await openApp();
    await openChain(page, width, 3);
    await goTo(page, `#/service?service=${SERVICE}-2`);
    const header = await page.getByRole('banner').boundingBox();
    expect(header?.height).toBeLessThanOrEqual(most);
  });
}
