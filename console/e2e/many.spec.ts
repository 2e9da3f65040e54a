import { apply, asAdministrator, expect, test } from './ways';

const JOBS = 10_000;
const AT_ONCE = 1000;
const GROUPS = Array.from({ length: JOBS / AT_ONCE }, (_, n) => `many-${n}`);
const named = (group: string, n: number) => `${group}-${String(n).padStart(4, '0')}`;

test.describe('ten thousand jobs', () => {
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    const api = await asAdministrator();
    for (const group of GROUPS) {
      const jobs = Array.from({ length: AT_ONCE }, (_, n) => ({
        name: named(group, n),
        command: 'true',
        enabled: false,
        schedules: [{ daily: '02:30' }],
      }));
      await apply(api, { runtime: 'local', group, jobs });
    }
    await api.dispose();
  });

  test('are shown, found, turned over and sorted without waiting for all of them', async ({ page }) => {
    const took: Record<string, number> = {};
    const timed = async (what: string, act: () => Promise<unknown>) => {
      const from = Date.now();
      await act();
      took[what] = Date.now() - from;
    };
    const rows = page.getByRole('table', { name: 'Jobs' }).getByRole('row');
    await timed('first rows', async () => {
      await page.goto('/jobs');
      await expect(rows).toHaveCount(51);
    });
    await timed('opened again', async () => {
      await page.reload();
      await expect(rows).toHaveCount(51);
    });
    await expect(page.getByText(/^1–50 of 10,\d\d\d$/)).toBeVisible();
    await timed('found by text', async () => {
      await page.getByRole('searchbox', { name: 'Find by name or id' }).fill(named('many-7', 123));
      await expect(rows).toHaveCount(2);
    });
    await page.getByRole('searchbox', { name: 'Find by name or id' }).fill('');
    await expect(rows).toHaveCount(51);
    await timed('a group', async () => {
      await page.getByRole('navigation', { name: 'Runtimes and groups' }).getByText('many-4', { exact: true }).click();
      await expect(page.getByText('1–50 of 1,000')).toBeVisible();
    });
    await timed('next page', async () => {
      await page.getByRole('button', { name: 'Next page' }).click();
      await expect(page.getByRole('link', { name: named('many-4', 50) })).toBeVisible();
    });
    await timed('sorted the other way', async () => {
      await page.getByRole('button', { name: 'Name' }).click();
      await expect(page.getByRole('link', { name: named('many-4', AT_ONCE - 1) })).toBeVisible();
    });
    const words = Object.entries(took).map(([what, ms]) => `${what} ${ms} ms`);
    console.log(`10,000 jobs in the browser: ${words.join(', ')}`);
  });
});
