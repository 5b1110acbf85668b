import { defineConfig } from '@playwright/test';
import { BROWSER_ARGS } from './find-browser.mjs';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/browser',
  globalSetup: './global-setup.ts',
  // Wide limits: the machines are small and shared, and no test asserts a time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: 'list',
  use: {
    launchOptions: { executablePath: process.env.CHROMIUM_PATH, args: BROWSER_ARGS, chromiumSandbox: false },
    viewport: { width: 1280, height: 800 },
    trace: 'off',
  },
});
