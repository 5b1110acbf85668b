import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';
import solid from 'vite-plugin-solid';

/** Nothing may be sent anywhere, not even to our own host (DESIGN.md §6). */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "worker-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** Build only: the dev server needs a web socket and inline styles. */
function contentPolicy(): Plugin {
  return {
    name: 'headwater:content-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replace(
          '<head>',
          `<head>\n    <meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}" />`,
        ),
    },
  };
}

/**
 * The page asks for nothing once it has loaded: chunks that are needed later (charts) are fetched with it,
 * after everything else, into the module map, so that import() finds them there even without a network.
 */
function preloadLaterChunks(): Plugin {
  return {
    name: 'headwater:preload-later-chunks',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle }) => {
        const later = Object.values(bundle ?? {})
          .filter((file) => file.type === 'chunk' && !html.includes(file.fileName))
          .map(
            (file) =>
              `<link rel="modulepreload" fetchpriority="low" crossorigin href="./${file.fileName}" />`,
          );
        return html.replace('</body>', `  ${later.join('\n    ')}\n  </body>`);
      },
    },
  };
}

export default defineConfig({
  plugins: [solid(), contentPolicy(), preloadLaterChunks()],
  base: './',
  worker: { format: 'es' },
  build: {
    target: ['chrome115', 'edge115', 'firefox115', 'safari16.4'],
    // The polyfill fetches its modules, which connect-src 'none' forbids; no browser of the target needs it.
    modulePreload: { polyfill: false },
    // data: URLs are forbidden for everything but images.
    assetsInlineLimit: 0,
    // One file, loaded with the page: a screen's CSS must not be asked for later.
    cssCodeSplit: false,
    chunkSizeWarningLimit: 700,
  },
  test: {
    // Left unset, vite-plugin-solid asks for jsdom here.
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'logic', environment: 'node', include: ['test/**/*.test.ts'] } },
      { extends: true, test: { name: 'ui', environment: 'happy-dom', include: ['test/**/*.test.tsx'] } },
    ],
  },
});
