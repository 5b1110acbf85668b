/**
 * `npm run bench [-- --spans N]`: speed and memory of the built app in a real browser (DESIGN.md §5).
 * One JSON line per figure. J is the time from bytes to objects by JSON.parse: it takes text, so the decoding
 * of the bytes is part of it. On one core of the same engine, over the same bytes, by turns with the reader.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { BROWSER_ARGS, browserVersion, findBrowser } from '../browser/find-browser.mjs';
import { firstLoadBytes } from '../browser/first-load.mjs';
import { serveFolder } from '../browser/static-server.mjs';
import { writeFormatFiles, YARDSTICK } from './format-files.mjs';
import { browserPid, watchMemory } from './process-memory.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const { values: options } = parseArgs({
  options: { spans: { type: 'string', default: '300000' }, rounds: { type: 'string', default: '5' } },
});
const SPANS = Number(options.spans);
const ROUNDS = Number(options.rounds);
const IMPORTS = 3;
const BEFORE_THE_DROP_MS = 3000;
const AT_REST_MS = 2000;
const LOOK_MS = 500;
const GROWTH = 8;
const MEGABYTE = 1e6;

function report(name, value, unit, goal) {
  console.log(JSON.stringify({ name, value: Number(value.toPrecision(4)), unit, goal }));
}

function median(values) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)];
}

function run(command, args) {
  const ended = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (ended.status !== 0) throw new Error(`${command} ${args.join(' ')} failed`);
}

function generate(folder, spans) {
  const file = path.join(folder, `bench-${spans}.jsonl`);
  run(process.execPath, ['src/demo/write-demo.mjs', '--spans', String(spans), '--out', file]);
  return file;
}

/**
 * A browser with a profile of its own, so that nothing stored before counts. Not by launchServer, which
 * tells the process: files chosen through a connection are copied through it.
 */
async function withBrowser(work) {
  const mark = `--headwater-bench=${randomUUID()}`;
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...BROWSER_ARGS, mark],
    chromiumSandbox: false,
  });
  try {
    const context = await browser.newContext();
    return await work(await context.newPage(), browserPid(mark));
  } finally {
    await browser.close();
  }
}

/** J of the file in ms, from a sample, measured now: the machine may have other work. */
function measureYardstick(url, file) {
  return withBrowser(async (page) => {
    await page.goto(url);
    await page.setInputFiles('#file', file);
    const { bytes, rounds } = await page.evaluate(() => globalThis.bench.readTimes(3));
    return (median(rounds.map((round) => round.decode + round.parse)) / bytes) * statSync(file).size;
  });
}

/** Imports on the screen, each with a yardstick taken just before it. */
async function measureImports(urls, file, service) {
  const rounds = [];
  for (let round = 0; round < IMPORTS; round++) {
    const j = await measureYardstick(urls.threads, file);
    const screen = await measureScreen(urls.app, file, service);
    rounds.push({ ...screen, ratio: screen.ms / j });
  }
  const middle = (pick) => median(rounds.map(pick));
  return {
    ms: middle((round) => round.ms),
    ratio: middle((round) => round.ratio),
    memoryBytes: middle((round) => round.memoryBytes),
    longestTaskMs: middle((round) => round.longestTaskMs),
    longestScreenTaskMs: middle((round) => round.longestScreenTaskMs),
  };
}

/** Thread figures: the reader, the questions, the disk; without a screen. */
function measureThreads(url, file) {
  return withBrowser(async (page) => {
    await page.goto(url);
    await page.setInputFiles('#file', file);
    const read = await page.evaluate((rounds) => globalThis.bench.readTimes(rounds), ROUNDS);
    const before = await page.evaluate(() => navigator.storage.estimate());
    const imported = await page.evaluate(() => globalThis.bench.importFile());
    const after = await page.evaluate(() => navigator.storage.estimate());
    const services = await page.evaluate(() => globalThis.bench.busiestServices(8));
    const backtraces = await page.evaluate(
      ([refs, range]) => globalThis.bench.backtraceTimes(refs, range),
      [services, imported.summary.range],
    );
    // Whoever asks something else has looked at the first screen for a moment; meanwhile the dataset is prepared.
    await page.waitForTimeout(AT_REST_MS);
    const questions = await page.evaluate(
      ([service, range]) => globalThis.bench.questionTimes(service, range),
      [services[0], imported.summary.range],
    );
    await page.reload();
    const reopenMs = await page.evaluate((service) => globalThis.bench.reopen(service), services[0]);
    return {
      read,
      imported,
      services,
      backtraces,
      questions,
      reopenMs,
      diskBytes: after.usage - before.usage,
    };
  });
}

/** What a span of each format costs, of one of the yardstick's; the first round warms up. */
function measureFormats(url, formats) {
  return withBrowser(async (page) => {
    await page.goto(url);
    await page.setInputFiles(
      '#file',
      formats.map(({ file }) => file),
    );
    const times = await page.evaluate((rounds) => globalThis.bench.readTimesBesideFirst(rounds), ROUNDS + 1);
    const ratio = ({ own, first }, what) =>
      median(own.map((time, round) => time[what] / first[round][what]).slice(1));
    return new Map(
      times.map((both, i) => [formats[i + 1].id, { read: ratio(both, 'read'), file: ratio(both, 'file') }]),
    );
  });
}

/** ms, each in a browser that has detected nothing yet. `thread`: 'warm' or 'cold'. */
async function measureDetection(url, file, thread) {
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push(
      await withBrowser(async (page) => {
        await page.goto(url);
        await page.setInputFiles('#file', file);
        return page.evaluate((thread) => globalThis.bench.detectionTime(thread), thread);
      }),
    );
  }
  return median(times);
}

/**
 * Runs in the page; resolves when the backtrace is complete and painted. It looks when something has changed: to look
 * in every frame would have the page draw them all, which costs a tenth of an import. Only when all is there does it ask
 * whether it can be seen: that would lay out the page in the middle of a task.
 */
function backtraceIsShown() {
  const tree = () => document.querySelector('[role="treegrid"]');
  const isComplete = () => tree() !== null && document.querySelector('main[aria-busy="false"]') !== null;
  return new Promise((resolve) => {
    const look = () => {
      if (!isComplete()) return;
      requestAnimationFrame(() => {
        if (!isComplete() || !tree().checkVisibility()) return;
        observer.disconnect();
        setTimeout(resolve);
      });
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  });
}

/** ms of the longest task of the page's thread since the last call; 0: none took 50 ms. */
function longestTask(page) {
  return page.evaluate(() => {
    const { longestTaskMs } = globalThis;
    globalThis.longestTaskMs = 0;
    return longestTaskMs;
  });
}

/** Opens every tab of the backtrace and every screen by a click, each for the first time. */
async function walkScreens(page) {
  const open = async (link) => {
    await link.click();
    await page.locator('main[aria-busy="false"]').waitFor();
    // Long tasks are told of a moment later.
    await page.waitForTimeout(LOOK_MS);
  };
  for (const tabs of ['Details of the selected step', 'Parts of the backtrace']) {
    for (const tab of await page.getByRole('tablist', { name: tabs }).getByRole('tab').all()) await open(tab);
  }
  const screens = page.getByRole('navigation', { name: 'Screens' });
  for (const screen of await screens.getByRole('link').all()) await open(screen);
}

/** What a visitor waits for: from the choice of the file to the first backtrace on the screen. */
function measureScreen(url, file, service) {
  return withBrowser(async (page, pid) => {
    await page.goto(`${url}#/backtrace?service=${encodeURIComponent(service.name)}`);
    await page.locator('main[aria-busy="false"]').waitFor();
    await page.waitForLoadState('networkidle');
    // Nobody has a file at hand at once; meanwhile the engine warms up.
    await page.waitForTimeout(BEFORE_THE_DROP_MS);
    await page.evaluate(() => {
      globalThis.longestTaskMs = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) {
          globalThis.longestTaskMs = Math.max(globalThis.longestTaskMs, duration);
        }
      }).observe({ type: 'longtask' });
    });
    const memory = watchMemory(pid);
    const start = performance.now();
    await page.getByLabel('Open trace files').setInputFiles(file);
    await page.evaluate(backtraceIsShown);
    const ms = performance.now() - start;
    const { baseline, peak } = memory.stop();
    const longestTaskMs = await longestTask(page);
    await page.waitForTimeout(AT_REST_MS);
    await walkScreens(page);
    return { ms, memoryBytes: peak - baseline, longestTaskMs, longestScreenTaskMs: await longestTask(page) };
  });
}

const folder = mkdtempSync(path.join(tmpdir(), 'headwater-bench-'));
const servers = [];
try {
  console.error(`Browser: ${browserVersion(findBrowser())}; building the app and writing ${SPANS} spans …`);
  run('npx', ['vite', 'build', '--logLevel', 'warn']);
  run('npx', ['vite', 'build', '-c', 'test/bench/vite.config.ts']);
  const file = generate(folder, SPANS);
  const small = generate(folder, Math.round(SPANS / GROWTH));
  const app = await serveFolder(path.join(ROOT, 'dist'));
  const threads = await serveFolder(path.join(ROOT, 'test-results/bench'));
  servers.push(app, threads);

  const { read, imported, services, backtraces, questions, reopenMs, diskBytes } = await measureThreads(
    threads.url,
    file,
  );
  const fileBytes = statSync(file).size;
  const spans = imported.summary.counts.spans;
  const parseMs = median(read.rounds.map((round) => round.decode + round.parse));
  const readMs = median(read.rounds.map((round) => round.read));
  /** J of the whole file, ms. */
  const j = (parseMs / read.bytes) * fileBytes;
  const urls = { app: app.url, threads: threads.url };
  const formats = writeFormatFiles(folder);
  const perSpan = await measureFormats(threads.url, formats);
  const detectionMs = await measureDetection(threads.url, file, 'warm');
  const coldDetectionMs = await measureDetection(threads.url, file, 'cold');
  const screen = await measureImports(urls, file, services[0]);
  const screenSmall = await measureImports(urls, small, services[0]);

  report('spans in the file', spans, 'spans', null);
  report('size of the file', fileBytes / MEGABYTE, 'MB', null);
  report('J: JSON.parse of the file, its bytes decoded', j, 'ms', null);
  report(
    'of that, JSON.parse without the decoding',
    median(read.rounds.map((r) => r.parse)) / parseMs,
    'J',
    null,
  );
  report('read OTLP/JSON: bytes to columns, one worker', readMs / parseMs, 'J', 0.6);
  report(
    'read OTLP/JSON: file to columns, one worker',
    median(read.rounds.map((r) => r.file)) / parseMs,
    'J',
    null,
  );
  report('read OTLP/JSON: throughput of one worker', read.bytes / MEGABYTE / (readMs / 1000), 'MB/s', null);
  for (const { id, limit } of formats.slice(1)) {
    const { read, file: whole } = perSpan.get(id);
    report(`read ${id}: bytes to columns, per span`, read, `of ${YARDSTICK}`, limit);
    report(`read ${id}: file to columns, per span`, whole, `of ${YARDSTICK}`, null);
  }
  report(`detection of a file of ${Math.round(fileBytes / MEGABYTE)} MB`, detectionMs, 'ms', 50);
  report('detection in a thread that is not warmed up', coldDetectionMs, 'ms', null);
  report('whole import of OTLP/JSON: drop to first backtrace on screen', screen.ratio, 'J', 1);
  report('whole import of OTLP/JSON: time', screen.ms, 'ms', null);
  report('import without a screen', imported.ms / j, 'J', null);
  const ofServices = backtraces.map(median);
  report('backtrace, cold filter: slowest service', Math.max(...ofServices) / j, 'J', 0.01);
  report('backtrace, cold filter: slowest service', Math.max(...ofServices), 'ms', null);
  report('backtrace, cold filter: slowest of all', Math.max(...backtraces.flat()), 'ms', null);
  report('backtrace, cold filter: median', median(backtraces.flat()), 'ms', null);
  for (const [question, ms] of Object.entries(questions)) {
    report(`question, asked once: ${question}`, ms / j, 'J', 0.02);
  }
  report('longest task of the page thread while importing', screen.longestTaskMs, 'ms', 50);
  report('longest task of the page thread while opening screens', screen.longestScreenTaskMs, 'ms', 50);
  report('reopen a stored dataset to first backtrace', reopenMs / imported.ms, 'of its import', 0.03);
  report(
    'peak memory while importing, all threads',
    screen.memoryBytes / MEGABYTE,
    'MB',
    (300e6 + 120 * spans) / MEGABYTE,
  );
  report('at rest on disk', diskBytes / spans, 'bytes per span', null);
  report(`growth: time of ${GROWTH} times the spans`, screen.ms / screenSmall.ms, 'times', 8.5);
  report('growth: memory per span', screen.memoryBytes / screenSmall.memoryBytes / GROWTH, 'times', 1);
  report(
    'first load, scripts before the first paint, gzip',
    firstLoadBytes(path.join(ROOT, 'dist')) / 1000,
    'kB',
    60,
  );
} finally {
  for (const server of servers) await server.close();
  rmSync(folder, { recursive: true, force: true });
}
