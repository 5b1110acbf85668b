/**
 * Finds a Chromium for the browser tests and the benchmark, and installs one where there is none:
 * the tests must never be skipped silently.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

const ON_PATH = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const USUAL_PLACES = {
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'].flatMap((folder) =>
    [...ON_PATH, 'chrome'].map((name) => path.join(folder, name)),
  ),
  darwin: ['/Applications', path.join(homedir(), 'Applications')].flatMap((folder) => [
    `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
    `${folder}/Microsoft Edge.app/Contents/MacOS/Microsoft Edge`,
  ]),
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter(Boolean)
    .flatMap((folder) => [
      `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
      `${folder}\\Chromium\\Application\\chrome.exe`,
      `${folder}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ]),
};

/** Executables inside a chromium-NNNN folder of Playwright's cache, newest Playwright layout first. */
const IN_CACHE = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

const CACHE_FOLDERS = {
  linux: path.join(homedir(), '.cache/ms-playwright'),
  darwin: path.join(homedir(), 'Library/Caches/ms-playwright'),
  win32: path.join(process.env.LOCALAPPDATA ?? '', 'ms-playwright'),
};

function inPlaywrightCache() {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH || CACHE_FOLDERS[process.platform];
  if (!folder || !existsSync(folder)) return undefined;
  return readdirSync(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((one, other) => Number(other.slice(9)) - Number(one.slice(9)))
    .flatMap((name) => IN_CACHE.map((file) => path.join(folder, name, file)))
    .find((file) => existsSync(file));
}

function onPath() {
  const finder = process.platform === 'win32' ? 'where' : 'which';
  for (const name of ON_PATH) {
    const found = spawnSync(finder, [name], { encoding: 'utf8' });
    const first = found.status === 0 ? found.stdout.split(/\r?\n/)[0].trim() : '';
    if (first) return first;
  }
  return undefined;
}

/** @returns {string | undefined} path of an installed browser */
function installedBrowser() {
  return (
    (USUAL_PLACES[process.platform] ?? []).find((file) => existsSync(file)) ?? onPath() ?? inPlaywrightCache()
  );
}

/** @returns {boolean} true: the command ended well */
function installBy(command, args, env = {}) {
  console.log(`Installing a browser for the tests: ${command} ${args.join(' ')}`);
  const run = spawnSync(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  });
  return run.status === 0;
}

function installFromDebian() {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const retry = ['-o', 'Acquire::Retries=3'];
  return (
    installBy('apt-get', [...retry, 'update'], env) &&
    installBy(
      'apt-get',
      [...retry, 'install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
      env,
    )
  );
}

function mayUseApt() {
  return (
    process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('which', ['apt-get']).status === 0
  );
}

/**
 * Order: CHROMIUM_PATH, the usual places, Playwright's cache; else installs one and says so.
 * @returns {string} path of an executable
 * @throws when none is found and none can be installed: the message says what to do
 */
export function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist.`);
    return named;
  }
  const installed = installedBrowser();
  if (installed) return installed;

  console.log('No Chromium, Chrome or Edge was found on this machine.');
  if (mayUseApt()) installFromDebian();
  if (!installedBrowser()) installBy('npx', ['playwright', 'install', 'chromium']);
  const found = installedBrowser();
  if (found) return found;
  throw new Error(
    'The browser tests need Chromium or Chrome and it could not be installed here. ' +
      'Install it (Debian, Ubuntu: sudo apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  );
}

/** @returns {string} e.g. "Chromium 156.0.8078.79" */
export function browserVersion(executable) {
  return execFileSync(executable, ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** No sandbox: root in a container has none. The rest keeps the browser from talking to its maker. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];
