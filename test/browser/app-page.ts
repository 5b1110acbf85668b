/**
 * The `page` of every browser test: opens the built app and fails the test on a console error,
 * an uncaught error, a violation of the content policy, or a request after the page has loaded.
 */
import { test as base, expect, type Page, type Request } from '@playwright/test';
import { DIST } from './dist.ts';
import { serveFolder, type StaticServer } from './static-server.mjs';

export { expect };
export type { Page };

/** A file to drop or to choose: text, or bytes. */
export interface TestFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What went wrong while the page was used. Tests of trouble may empty it after looking. */
export interface Trouble {
  readonly errors: string[];
  /** Requests that reached the server, or left the page for elsewhere, since the page was loaded. */
  readonly lateRequests: string[];
  /** Resolves when the server is asked for nothing more. Playwright's own count once hung: a request of a worker never ended. */
  readonly quiet: () => Promise<void>;
}

interface Fixtures {
  trouble: Trouble;
  /** Address of the app. */
  appUrl: string;
  /** Loads the app at a hash such as '#/demo' and waits until it is quiet; requests count from then on. */
  openApp: (hash?: string) => Promise<void>;
  /** The same for the page as it stands: what a visitor's reload does. */
  reloadApp: () => Promise<void>;
}

interface WorkerFixtures {
  /** The built app under a deep path, on a free port. */
  server: StaticServer;
}

function isForeign(request: Request, appUrl: string): boolean {
  return !/^(blob|data|about|chrome-error):/.test(request.url()) && !request.url().startsWith(appUrl);
}

/** Loads the page and marks the requests until it is quiet as no trouble. */
export async function loadPage(
  page: Page,
  trouble: Trouble,
  navigate: () => Promise<unknown>,
): Promise<void> {
  const late = trouble.lateRequests.splice(0);
  await navigate();
  await settled(page);
  // The workers start workers of their own, which Playwright does not count as the page's requests.
  await expect.poll(() => trouble.lateRequests.join('\n')).toContain('ingest.worker');
  await trouble.quiet();
  trouble.lateRequests.splice(0, Infinity, ...late);
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  server: [
    // Playwright wants a destructured first parameter.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const server = await serveFolder(DIST);
      await use(server);
      await server.close();
    },
    { scope: 'worker' },
  ],
  appUrl: async ({ server }, use) => use(server.url),
  trouble: [
    async ({ page, context, server }, use) => {
      const trouble: Trouble = { errors: [], lateRequests: [], quiet: () => server.quiet() };
      await context.exposeFunction('reportPolicyViolation', (text: string) => {
        trouble.errors.push(`policy: ${text}`);
      });
      await context.addInitScript(() => {
        const report: (text: string) => void = Reflect.get(window, 'reportPolicyViolation');
        addEventListener('securitypolicyviolation', (event) =>
          report(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
        );
      });
      context.on('weberror', (error) => trouble.errors.push(`uncaught: ${String(error.error().stack)}`));
      context.on('console', (message) => {
        if (message.type() === 'error') trouble.errors.push(`console: ${message.text()}`);
      });
      page.on('crash', () => trouble.errors.push('the page crashed'));
      context.on('request', (request) => {
        if (isForeign(request, server.url)) trouble.lateRequests.push(`${request.method()} ${request.url()}`);
      });
      server.onRequest((line) => trouble.lateRequests.push(line));
      await use(trouble);
      server.onRequest(null);
      expect(trouble.errors, 'errors on the page').toEqual([]);
      expect(trouble.lateRequests, 'requests after the page had loaded').toEqual([]);
    },
    { auto: true },
  ],
  openApp: async ({ page, appUrl, trouble }, use) => {
    await use((hash = '') =>
      loadPage(page, trouble, async () => {
        // From the app itself, another hash would be no load.
        if (page.url() !== 'about:blank') await page.goto('about:blank');
        await page.goto(`${appUrl}${hash}`);
      }),
    );
  },
  reloadApp: async ({ page, trouble }, use) => {
    await use(() => loadPage(page, trouble, () => page.reload()));
  },
});

/** Waits until nothing is being computed any more. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main[aria-busy="false"]')).toBeVisible();
}

function asPayload(file: TestFile): { name: string; mimeType: string; buffer: Buffer } {
  return { name: file.name, mimeType: 'application/octet-stream', buffer: Buffer.from(file.content) };
}

/** Chooses files with the file picker. */
export async function openFiles(page: Page, files: readonly TestFile[]): Promise<void> {
  await page.getByLabel('Open trace files').setInputFiles(files.map(asPayload));
}

/** Drops files on the page as from the desktop. */
export async function dropFiles(page: Page, files: readonly TestFile[], selector = 'body'): Promise<void> {
  const payload = files.map((file) => ({
    name: file.name,
    base64: Buffer.from(file.content).toString('base64'),
  }));
  const dataTransfer = await page.evaluateHandle((entries) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of entries) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], name));
    }
    return transfer;
  }, payload);
  await page.dispatchEvent(selector, 'dragenter', { dataTransfer });
  await page.dispatchEvent(selector, 'dragover', { dataTransfer });
  await page.dispatchEvent(selector, 'drop', { dataTransfer });
  await dataTransfer.dispose();
}
