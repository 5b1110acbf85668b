import { expect, test } from './app-page.ts';

test('workers cannot send anything either', async ({ page, openApp }) => {
  await openApp();
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  for (const worker of page.workers()) {
    const reachable = await worker.evaluate(() =>
      [
        'fetch',
        'XMLHttpRequest',
        'WebSocket',
        'EventSource',
        'WebTransport',
        'importScripts',
        'caches',
      ].filter((name) => Reflect.get(self, name) !== undefined),
    );
    expect(reachable, worker.url()).toEqual([]);
  }
});
