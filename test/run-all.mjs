/**
 * `npm test`: everything, in one command. Checks, unit and component tests, the build, browser tests.
 * A step that fails does not stop the next. Last line: `N passed, N failed[, N skipped]`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const REPORTS = path.join(ROOT, 'test-results/reports');
const VITEST_REPORT = path.join(REPORTS, 'vitest.json');
const BROWSER_REPORT = path.join(REPORTS, 'playwright.json');

const totals = { passed: 0, failed: 0, skipped: 0 };

/** @returns {Promise<boolean>} true: ended well */
function run(title, command, args, env = {}) {
  console.log(`\n== ${title}`);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32',
    });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Adds what a runner reports; a runner that fails without a failed test (or report) counts as one failure. */
function count(ok, passed, failed, skipped) {
  totals.passed += passed;
  totals.failed += ok ? failed : Math.max(failed, 1);
  totals.skipped += skipped;
}

async function runVitest() {
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`];
  const ok = await run('unit, property and component tests', 'vitest', args);
  const report = readReport(VITEST_REPORT);
  count(
    ok && report !== undefined,
    report?.numPassedTests ?? 0,
    report?.numFailedTests ?? 0,
    (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  );
}

async function runBrowserTests() {
  const args = ['test', '-c', 'test/browser/playwright.config.ts', '--reporter=list,json'];
  const ok = await run('browser tests', 'playwright', args, { PLAYWRIGHT_JSON_OUTPUT_NAME: BROWSER_REPORT });
  const stats = readReport(BROWSER_REPORT)?.stats;
  count(
    ok && stats !== undefined,
    (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    stats?.unexpected ?? 0,
    stats?.skipped ?? 0,
  );
}

rmSync(REPORTS, { recursive: true, force: true });
mkdirSync(REPORTS, { recursive: true });
rmSync(path.join(ROOT, 'dist'), { recursive: true, force: true });

const checked = await run('checks', process.execPath, ['test/check.mjs']);
if (!checked) totals.failed += 1;
await runVitest();
const built = await run('build', 'vite', ['build', '--logLevel', 'warn']);
if (built) await runBrowserTests();
else totals.failed += 1;

if (totals.passed === 0) totals.failed = Math.max(totals.failed, 1);
process.exitCode = totals.failed === 0 ? 0 : 1;
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
