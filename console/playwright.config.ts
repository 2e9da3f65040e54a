import { defineConfig, devices } from '@playwright/test';

/**
 * Runs against the console that CONSOLE_URL names, with the token in CONSOLE_TOKEN: a standalone with the demo for
 * `desktop` and `phone`, a cluster for `cluster`. e2e's ConsoleTest starts all of them.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/playwright',
  workers: 1,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['line'],
    ['junit', { outputFile: process.env.CONSOLE_REPORT ?? 'target/playwright-reports/TEST-console.xml' }],
  ],
  use: {
    baseURL: process.env.CONSOLE_URL ?? 'http://127.0.0.1:8091',
    locale: 'en-GB',
    launchOptions: {
      executablePath: process.env.CONSOLE_BROWSER ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1360, height: 850 } }, testIgnore: /phone|cluster/ },
    { name: 'phone', use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } }, testMatch: /phone/ },
    { name: 'cluster', use: { viewport: { width: 1360, height: 850 } }, testMatch: /cluster/ },
  ],
});
