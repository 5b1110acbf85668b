/** Any number opens the requests behind it, and their count is that number: on the demo, on every screen. */
import { goTo } from './actions.ts';
import { expect, settled, test, type Page } from './app-page.ts';

const OF = '#/backtrace?service=payment';
const AT = `${OF}&node=payment,booking`;
const BOTH_SIDES = '&to=2026-03-14T10:00:00Z&with=from:2026-03-14T10:00:00Z';

/** A screen, and kinds of numbers that it must offer, as their links name them. */
const SCREENS: Readonly<Record<string, readonly string[]>> = {
  '#/services': ['top:'],
  [OF]: ['calls at:', 'failedCalls at:', 'hit end:'],
  '#/service?service=payment': ['endpoint:', 'reason:'],
  '#/requests?kind=all': ['top:', 'rest:'],
  [`${OF}&tab=impact`]: ['operation:', 'agreement:', 'calledBy:', 'fate:', 'hop:'],
  '#/backtrace?service=payment&tab=failures': ['cause:'],
  '#/backtrace?service=booking&tab=flow': ['flow:'],
  '#/backtrace?service=booking&tab=hotspots': ['flow:', 'waits:'],
  '#/backtrace?service=booking&tab=hotspots&panel=methods': ['seen:methods'],
  [`${OF}&tab=outliers`]: ['durationNs:', 'requests at:'],
  [`${OF}&tab=compare${BOTH_SIDES}`]: ['side:b'],
  // side B begins before A ends: the requests between are on both
  [`${OF}&tab=compare&to=2026-03-14T10:00:00Z&with=from:2026-03-14T09:45:00Z`]: ['side:b', 'side:both'],
  [`${AT}&panel=instances`]: ['instance:', 'where:'],
  [`${AT}&panel=stacks`]: ['seen:stacks', 'seen:code'],
  [`${AT}&panel=referrers`]: ['seen:pages'],
  [`${AT}&panel=proxies`]: ['seen:proxies'],
};

/** Numbers of one kind that are opened on a screen. */
const OPENED = 2;

interface Shown {
  readonly hash: string;
  readonly number: number;
}

/** The numbers on screen that open requests. Shares do too, but say how many only when they are pointed at. */
async function numbersOn(page: Page): Promise<readonly Shown[]> {
  const links = await page
    .locator('a.evidence-link')
    .evaluateAll((all) => all.map((link) => [link.getAttribute('href') ?? '', link.textContent ?? '']));
  return links.flatMap(([hash, text]) => {
    const number = /^([\d,]+)(?!.*%)(?:\s|$)/.exec(text)?.[1];
    return number === undefined ? [] : [{ hash, number: Number(number.replaceAll(',', '')) }];
  });
}

/** What its link says beside the place and the count, without values: `operation: calledBy:`. */
function kindOf(hash: string): string {
  const parts = new URLSearchParams(hash.slice(hash.indexOf('?'))).getAll('evidence');
  return parts.map((part) => /^(?:seen:\w+|side:\w+|orMissing:yes|\w+:?)/.exec(part)?.[0] ?? '').join(' ');
}

for (const [screen, offered] of Object.entries(SCREENS)) {
  test(`numbers open as many requests as they say: ${screen}`, async ({ page, openApp }) => {
    await openApp('#/demo');
    await goTo(page, screen);
    await expect(page.locator('a.evidence-link').first()).toBeVisible();
    const shown = await numbersOn(page);
    const kinds = new Map<string, Shown[]>();
    for (const one of shown) {
      const kind = kindOf(one.hash);
      kinds.set(kind, [...(kinds.get(kind) ?? []), one]);
    }
    for (const kind of offered) expect([...kinds.keys()].join('\n')).toContain(kind);
    for (const { hash, number } of [...kinds.values()].flatMap((alike) => alike.slice(0, OPENED))) {
      await goTo(page, hash);
      const list = page.getByRole('dialog');
      await expect(list.getByRole('status'), hash).toHaveText(
        new RegExp(`^${number.toLocaleString('en-US')}\\srequests?$`),
      );
    }
  });
}

test('a number that is clicked lists its requests, and Back leads to the screen again', async ({
  page,
  openApp,
}) => {
  await openApp('#/demo');
  await goTo(page, `${OF}&tab=failures`);
  const row = page.getByRole('table', { name: 'Causes of failures' }).getByRole('row').nth(1);
  const link = row.getByRole('link', { name: /^\d+$/ });
  const count = Number(await link.textContent());
  await link.click();
  await settled(page);
  const list = page.getByRole('dialog');
  await expect(list.getByRole('listitem').filter({ hasText: 'cause lies in' })).toBeVisible();
  await expect(list.getByRole('table')).toHaveAttribute('aria-rowcount', String(count + 1));
  await page.goBack();
  await settled(page);
  await expect(list).toBeHidden();
  await expect(link).toBeVisible();
});
