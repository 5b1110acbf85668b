/** Before all browser tests: is there a build, and a browser? */
import { existsSync } from 'node:fs';
import { DIST } from './dist.ts';
import { browserVersion, findBrowser } from './find-browser.mjs';

export default function globalSetup(): void {
  if (!existsSync(`${DIST}/index.html`)) throw new Error('There is no dist/: run "npm run build" first.');
  // An environment variable is how Playwright hands a value to its workers.
  process.env.CHROMIUM_PATH = findBrowser();
  console.log(`Browser: ${browserVersion(process.env.CHROMIUM_PATH)}, ${process.env.CHROMIUM_PATH}`);
}
