import { defineConfig, devices } from '@playwright/test';

const DESK = { viewport: { width: 1360, height: 850 } };

/**
 * Runs against the console that CONSOLE_URL names, with the token in CONSOLE_TOKEN: a standalone with the demo for
 * `desktop`, `phone` and `many`, a cluster for `cluster`. e2e's ConsoleTest starts all of them. No test needs what
 * another one leaves, so that they run side by side; only `many`, which fills the store, comes when the others are over.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'target/playwright',
  workers: 2,
  fullyParallel: true,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['line'],
    ['junit', { outputFile: process.env.CONSOLE_REPORT ?? 'target/playwright-reports/TEST-console.xml' }],
  ],
  use: {
    baseURL: process.env.CONSOLE_URL ?? 'http://127.0.0.1:8091',
    locale: 'en-GB',
    // Nothing moves, so that nothing has to be waited for until it stands still.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CONSOLE_BROWSER ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage', '--disable-gpu'],
    },
  },
  projects: [
    { name: 'desktop', use: DESK, testIgnore: /phone|cluster|many/ },
    {
      name: 'phone',
      use: { ...devices['Pixel 7'], viewport: { width: 390, height: 844 } },
      testMatch: /phone|every-page/,
    },
    { name: 'many', use: DESK, testMatch: /many/, dependencies: ['desktop', 'phone'] },
    { name: 'cluster', use: DESK, testMatch: /cluster/ },
  ],
});
