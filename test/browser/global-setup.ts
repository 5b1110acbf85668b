/** Before all browser tests: a browser, and the built app on a free port under a deep path. */
import { existsSync } from 'node:fs';
import { BROWSER_ARGS, findBrowser } from './find-browser.mjs';
import { serveFolder } from './static-server.mjs';
import { DIST } from './dist.ts';

export default async function globalSetup(): Promise<() => Promise<void>> {
  if (!existsSync(`${DIST}/index.html`)) throw new Error('There is no dist/: run "npm run build" first.');
  // Environment variables are how Playwright hands values to its workers.
  process.env.CHROMIUM_PATH = findBrowser();
  console.log(`Browser: ${process.env.CHROMIUM_PATH} ${BROWSER_ARGS.join(' ')}`);
  const server = await serveFolder(DIST);
  process.env.APP_URL = server.url;
  return server.close;
}
