/** Files that are no traces, or broken ones: what they are is said, and what can be read is read. */
import { trace } from '../support/trace-text.ts';
import { otlpJson, otlpLines } from '../support/trace-files.ts';
import { backtraceJson, goTo, messages } from './actions.ts';
import { dropFiles, expect, openFiles, settled, test, type Page, type TestFile } from './app-page.ts';
import {
  brokenLine,
  deeplyNested,
  invalidUtf8,
  NOT_A_TRACE,
  prototypeKeys,
  truncatedGzip,
  truncatedJson,
} from './broken-files.ts';
import { SHOP } from './shop.ts';

/** What the data summary says about a file that was dropped. */
async function reportOf(page: Page, file: TestFile): Promise<string> {
  await dropFiles(page, [file]);
  await settled(page);
  await goTo(page, '#/summary');
  await expectToAddUp(page);
  const report = page.getByRole('article').filter({ hasText: file.name });
  return (await report.innerText()).replace(/\s+/g, ' ');
}

/** records read = spans + duplicates + rejected, as they stand on the page. */
async function expectToAddUp(page: Page): Promise<void> {
  const terms = await page.getByRole('region', { name: 'Totals' }).locator('.term strong').allInnerTexts();
  const [records, ...parts] = terms.map((text) => Number(text.replace(/\D/g, '')));
  expect(parts).toHaveLength(3);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(records);
}

test('a file that is no trace is refused with its name and what it looks like', async ({ page, openApp }) => {
  await openApp();
  for (const { says, ...file } of NOT_A_TRACE) {
    await dropFiles(page, [file]);
    await settled(page);
    await expect(messages(page).getByText(file.name)).toHaveText(says);
  }
  await expect(page.getByRole('region', { name: 'Stored in this browser' })).toHaveCount(0);
});

test('among good files the others are named, and the good ones are read', async ({ page, openApp }) => {
  await openApp();
  await dropFiles(page, [...NOT_A_TRACE, { name: 'shop.jsonl', content: otlpLines(SHOP) }]);
  await settled(page);
  await goTo(page, '#/summary');
  for (const { name, says } of NOT_A_TRACE)
    await expect(page.getByRole('article').filter({ hasText: name })).toHaveText(says);
  expect(JSON.parse(await backtraceJson(page, 'payment'))).toMatchObject({ calls: 2 });
});

test('a document that breaks off is read up to there, and the place is named', async ({ page, openApp }) => {
  await openApp();
  const file = truncatedJson();
  const report = await reportOf(page, file);
  expect(report).toMatch(/ends in the middle/);
  expect(report).toContain(`byte ${file.content.length.toLocaleString('en-US')}`);
  expect(report).toMatch(/line 1\b/);
  expect(report).toMatch(/\b1 rejected/);
  expect(JSON.parse(await backtraceJson(page, 'cart'))).toMatchObject({ calls: 2, failedCalls: 1 });
});

test('a gzip file that is cut off is read up to there, and the place is named', async ({ page, openApp }) => {
  await openApp();
  const file = truncatedGzip();
  const report = await reportOf(page, file);
  expect(report).toContain(`cut off at byte ${file.content.length}`);
  expect(JSON.parse(await backtraceJson(page, 'payment'))).toMatchObject({ calls: 2 });
});

test('a broken line costs its records only, and its place is named', async ({ page, openApp }) => {
  await openApp();
  const report = await reportOf(page, brokenLine());
  expect(report).toMatch(/Not valid JSON/);
  expect(report).toMatch(/line 3\b/);
  expect(JSON.parse(await backtraceJson(page, 'payment'))).toMatchObject({ calls: 2 });
});

test('a drop that was read in part is a warning, and each record is named that could not be read', async ({
  page,
  openApp,
}) => {
  await openApp();
  const good = otlpJson(SHOP);
  await dropFiles(page, [{ name: 'odd.jsonl', content: `${good}\n{no json\n{"a": true\n${good}` }]);
  await settled(page);
  const warning = messages(page).locator('.notice');
  await expect(warning).toContainText('Warning');
  await expect(warning).toContainText('2 records could not be read');
  await expect(warning.getByRole('listitem')).toHaveText([
    /^odd\.jsonl, line 2, byte [\d,]+: Not valid JSON/,
    /^odd\.jsonl, line 4, byte [\d,]+: Not valid JSON/,
  ]);
  await goTo(page, '#/summary');
  const report = page.getByRole('article').filter({ hasText: 'odd.jsonl' });
  await report.getByText('Each of them, with its place').click();
  await expect(report.locator('.note-examples li')).toHaveText([
    /^line 2, byte .*JSON/,
    /^line 4, byte .*JSON/,
  ]);
});

test('bytes that are no UTF-8 are replaced and their place is named', async ({ page, openApp }) => {
  await openApp();
  const report = await reportOf(page, invalidUtf8());
  expect(report).toMatch(/not valid UTF-8/);
  expect(report).toMatch(/at line 1, byte [\d,]+/);
  expect(report).toMatch(/\b0 rejected/);
});

test('attribute keys such as __proto__ are just text', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [prototypeKeys()]);
  await settled(page);
  expect(JSON.parse(await backtraceJson(page, 'payment'))).toMatchObject({ calls: 2, failedCalls: 1 });
  expect(await page.evaluate(() => Reflect.get({}, 'polluted'))).toBeUndefined();
});

test('a value nested ten thousand deep harms nobody', async ({ page, openApp }) => {
  await openApp();
  await openFiles(page, [deeplyNested()]);
  await settled(page);
  expect(JSON.parse(await backtraceJson(page, 'payment'))).toMatchObject({ calls: 2, failedCalls: 1 });
});

test('a call chain ten thousand long is drawn, and its JSON is whole', async ({ page, openApp }) => {
  const depth = 10_000;
  const id = (n: number) => n.toString(16).padStart(16, '0');
  const lines = Array.from({ length: depth }, (_, i) => {
    const [span] = trace(`s${i}  call  server  at=${i}us`);
    return otlpJson([
      { ...span, traceId: id(1).padStart(32, '0'), spanId: id(i + 1), parentSpanId: i > 0 ? id(i) : null },
    ]);
  });
  await openApp();
  await openFiles(page, [{ name: 'long-chain.jsonl', content: lines.join('\n') }]);
  await settled(page);
  const json = await backtraceJson(page, `s${depth - 1}`);
  expect(json.match(/"callers":/g)).toHaveLength(depth);
});

test('parents in a circle are cut once, counted, and read', async ({ page, openApp }) => {
  await openApp();
  const loop = trace(`
    a  GET /a  server  id=1  parent=3
    b  GET /b  server  id=2  parent=1  trace=1
    c  GET /c  server  id=3  parent=2  trace=1
    d  GET /d  server  id=4  parent=4  trace=1
  `);
  await openFiles(page, [{ name: 'loop.json', content: otlpJson(loop) }]);
  await settled(page);
  await goTo(page, '#/summary');
  const loops = page.locator('.counts > div').filter({ hasText: 'Loops cut' });
  await expect(loops.locator('.count')).toHaveText('1');
  expect(JSON.parse(await backtraceJson(page, 'c'))).toMatchObject({ calls: 1 });
});

test('times and ids that make no sense cost nothing but themselves', async ({ page, openApp }) => {
  await openApp();
  const good = otlpJson(SHOP);
  const odd = good
    .replace(/"startTimeUnixNano":"\d+"/, '"startTimeUnixNano":"NaN"')
    .replace(/"traceId":"0{31}2"/, '"traceId":"zz"')
    .replace(/"endTimeUnixNano":"\d+"/, '"endTimeUnixNano":-5');
  const noTime = otlpLines(trace('slow  GET /  server  no-time\nback  GET /  server  -5ms'));
  await openFiles(page, [{ name: 'odd.jsonl', content: `${odd}\n${noTime}` }]);
  await settled(page);
  await goTo(page, '#/summary');
  await expectToAddUp(page);
  for (const name of ['slow', 'back', 'cart'])
    expect(JSON.parse(await backtraceJson(page, name))).toMatchObject({ service: name });
});
