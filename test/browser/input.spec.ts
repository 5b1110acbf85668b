/** Every way into the page gives the same data. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { jaegerJson, otlpJson, otlpLines } from '../support/trace-files.ts';
import { backtraceJson } from './actions.ts';
import { dropFiles, expect, openFiles, settled, test, type Page } from './app-page.ts';
import { SHOP } from './shop.ts';

const PLAIN = { name: 'shop.jsonl', content: otlpLines(SHOP) };
const HALVES = [
  { name: 'a.jsonl', content: otlpLines(SHOP.slice(0, 4)) },
  { name: 'b.jsonl', content: otlpLines(SHOP.slice(4)) },
];

/** The backtrace of the payment service: three steps up to the click, one of two failed. */
async function paymentBacktrace(page: Page): Promise<unknown> {
  await settled(page);
  return JSON.parse(await backtraceJson(page, 'payment'));
}

const EXPECTED = {
  service: 'payment',
  type: 'service',
  calls: 2,
  failedCalls: 1,
  requests: 2,
  failedRequests: 1,
  callers: [
    {
      service: 'cart',
      calls: 2,
      failedRequests: 1,
      callers: [
        {
          service: 'nginx',
          type: 'web server',
          callers: [{ service: 'shop-web', type: 'application', ends: { userAction: 2 }, callers: [] }],
        },
      ],
    },
  ],
};

test('a dropped file gives the backtrace up to the click', async ({ page, openApp }) => {
  await openApp();
  await dropFiles(page, [PLAIN]);
  expect(await paymentBacktrace(page)).toMatchObject(EXPECTED);
});

test('several files dropped at once are one dataset', async ({ page, openApp }) => {
  await openApp();
  await dropFiles(page, HALVES);
  expect(await paymentBacktrace(page)).toMatchObject(EXPECTED);
});

test('a folder dropped from the desktop is read with all that is in it', async ({ page, openApp }, info) => {
  const folder = writeFolder(info.outputPath('traces'));
  await openApp();
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
  await expect(page.getByRole('table', { name: 'Services' })).toBeVisible();
  expect(await paymentBacktrace(page)).toMatchObject(EXPECTED);
});

test('a folder that is chosen is read with all that is in it', async ({ page, openApp }, info) => {
  const folder = writeFolder(info.outputPath('traces'));
  await openApp();
  await page.getByLabel('Choose a folder').setInputFiles(folder);
  expect(await paymentBacktrace(page)).toMatchObject(EXPECTED);
});

test('pasted text is read', async ({ page, openApp }) => {
  await openApp();
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, PLAIN.content);
  expect(await paymentBacktrace(page)).toMatchObject(EXPECTED);
});

const SAME_DATA = {
  'one document': { name: 'trace.json', content: otlpJson(SHOP) },
  'a pretty-printed document': { name: 'x', content: JSON.stringify(JSON.parse(otlpJson(SHOP)), null, 2) },
  'gzip of two members': {
    name: 'shop.jsonl.gz',
    content: Buffer.concat(HALVES.map(({ content }) => gzipSync(content))),
  },
  'gzip in gzip': { name: 'shop', content: gzipSync(gzipSync(PLAIN.content)) },
  'Jaeger’s JSON': { name: 'jaeger.json', content: jaegerJson(SHOP) },
  'the same file twice in one': { name: 'twice.jsonl', content: PLAIN.content + PLAIN.content },
};

for (const [what, file] of Object.entries(SAME_DATA)) {
  test(`${what} gives the same figures as lines of OTLP/JSON`, async ({ page, openApp }) => {
    await openApp();
    await openFiles(page, [PLAIN]);
    const expected = await paymentBacktrace(page);
    await openFiles(page, [file]);
    await settled(page);
    await expect(page.getByLabel('Dataset', { exact: true }).locator('option:checked')).toHaveText(file.name);
    expect(await paymentBacktrace(page)).toEqual(expected);
  });
}

/** Two files, one of them two folders down. */
function writeFolder(folder: string): string {
  const deep = path.join(folder, 'monday', 'noon');
  mkdirSync(deep, { recursive: true });
  writeFileSync(path.join(folder, HALVES[0].name), HALVES[0].content);
  writeFileSync(path.join(deep, HALVES[1].name), HALVES[1].content);
  return folder;
}
