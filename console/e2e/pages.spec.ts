import { expect, seriousFindings, test } from './ways';

const PAGES = [
  '/jobs',
  '/runs',
  '/agents',
  '/packages',
  '/notifications',
  '/jobs/new',
  '/users',
  '/activity',
  '/system',
  '/api-reference',
  '/profile',
];

for (const scheme of ['light', 'dark'] as const) {
  test(`no page has a serious finding of axe when it is ${scheme}`, async ({ page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
      expect(await seriousFindings(page), path).toEqual([]);
    }
  });
}

test('a package is uploaded by choosing a file', async ({ page }) => {
  await page.goto('/packages');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'choose a file' }).click();
  const name = `report-${Date.now()}.zip`;
  const empty = Buffer.from('504b0506' + '00'.repeat(18), 'hex');
  await (await chosen).setFiles({ name, mimeType: 'application/zip', buffer: empty });
  await expect(page.getByRole('row', { name: new RegExp(name) })).toBeVisible();
});

test('draining shows what would move before it does', async ({ page }) => {
  await page.goto('/agents');
  await page.getByRole('table').getByRole('button').first().click();
  await page.getByRole('button', { name: 'Drain …' }).click();
  await expect(page.getByRole('dialog')).toContainText('would move');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
});

test('the palette opens with the keyboard and leads to a page', async ({ page }) => {
  const box = page.getByPlaceholder('Find a job, run, host …');
  await expect(async () => {
    await page.keyboard.press('Control+k');
    await expect(box).toBeVisible({ timeout: 1000 });
  }).toPass();
  await box.fill('Packages');
  await expect(page.getByRole('button', { name: 'Packages' }).last()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/packages/);
});

test('the console speaks Chinese when asked to', async ({ page }) => {
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: '简体中文' }).click();
  await page.goto('/jobs');
  await expect(page.getByRole('heading', { name: '任务', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});
