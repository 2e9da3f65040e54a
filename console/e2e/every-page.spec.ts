import { PAGES } from '../src/app/pages';
import { expect, seriousFindings, stands, test } from './ways';
import type { Page } from '@playwright/test';

/** What axe has to say of the page as it stands: in the dark only its colours are others. */
async function isFit(page: Page, what: string): Promise<void> {
  await stands(page);
  expect.soft(await seriousFindings(page), `${what}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  expect.soft(await seriousFindings(page, ['color-contrast']), `${what}, dark`).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(over, `${what} is wider than the screen by`).toBeLessThanOrEqual(0);
}

/** Goes on as a link does, so that neither the console nor axe is loaded again for each page. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    document.querySelector('h1')?.setAttribute('data-former', '');
    history.pushState(null, '', to);
  }, path);
  await expect(page.locator('h1[data-former]')).toHaveCount(0);
}

test('whoever can not see well can use every page and every tab', async ({ page, api }) => {
  test.setTimeout(240_000);
  await page.emulateMedia({ colorScheme: 'light' });
  const { items } = (await (await api.get('/api/v1/runs?limit=1')).json()) as { items: { runid: string }[] };
  await page.goto('/profile');
  for (const path of Object.keys(PAGES)) {
    await test.step(path, async () => {
      await follow(page, path.replace('$jobid', 'slower-than-its-schedule').replace('$runid', items[0]?.runid ?? ''));
      await isFit(page, path);
      const tabs = await page.getByRole('tab').all();
      for (const tab of tabs.slice(1)) {
        await tab.click();
        await isFit(page, `${path}, tab ${await tab.textContent()}`);
      }
    });
  }
});
