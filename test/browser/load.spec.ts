import { expect, test } from './app-page.ts';

test('loads from a deep folder under the content policy, without errors', async ({ page, openApp }) => {
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  await openApp();
  await expect(page).toHaveTitle(/Headwater/);
  expect(failed).toEqual([]);
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'none'");
  expect(policy).not.toContain('unsafe');
});

test('asks nobody but its own folder', async ({ page, openApp, appUrl }) => {
  const foreign: string[] = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(appUrl)) foreign.push(request.url());
  });
  await openApp();
  expect(foreign).toEqual([]);
});

test('cannot send anything, not even to its own host', async ({ page, openApp, trouble }) => {
  await openApp();
  const outcome = await page.evaluate(async () => {
    try {
      await fetch('index.html');
      return 'sent';
    } catch {
      return 'refused';
    }
  });
  expect(outcome).toBe('refused');
  // The attempt itself is reported; nothing else may be.
  const reports = trouble.errors.splice(0);
  expect(reports.length).toBeGreaterThan(0);
  for (const report of reports) expect(report).toMatch(/connect-src|Content Security Policy/);
});
