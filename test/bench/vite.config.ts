/** Builds the benchmark's page beside the app: the same code and the same bundler settings. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  worker: { format: 'es' },
  logLevel: 'warn',
  build: {
    outDir: fileURLToPath(new URL('../../test-results/bench', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome115', 'edge115', 'firefox115', 'safari16.4'],
  },
});
