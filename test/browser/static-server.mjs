/** Serves a built folder from a sub-folder path, to prove that every path in it is relative. */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

/** As long without a request as a browser takes for the end of a page's load. */
const QUIET_MS = 500;
const LOOK_EVERY_MS = 50;

function fileFor(folder, prefix, url) {
  const pathname = decodeURIComponent(new URL(url, 'http://localhost').pathname);
  if (!pathname.startsWith(prefix)) return undefined;
  const file = path.join(folder, pathname.slice(prefix.length) || 'index.html');
  if (!file.startsWith(folder)) return undefined;
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/**
 * @param {string} folder what to serve
 * @param {string} prefix path it is served under, with slashes at both ends
 * @returns {Promise<import('./static-server.mjs').StaticServer>} listening on a free port
 */
export async function serveFolder(folder, prefix = '/some/deep/app/') {
  const root = path.resolve(folder);
  let listener = null;
  let open = 0;
  let lastMs = 0;
  const server = createServer((request, response) => {
    listener?.(`${request.method} ${request.url}`);
    open++;
    response.on('close', () => {
      open--;
      lastMs = performance.now();
    });
    const file = fileFor(root, prefix, request.url ?? '/');
    if (!file) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
      'cache-control': 'no-cache',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = server.address();
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    onRequest: (next) => {
      listener = next;
    },
    quiet: async () => {
      while (open > 0 || performance.now() - lastMs < QUIET_MS) await setTimeout(LOOK_EVERY_MS);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
