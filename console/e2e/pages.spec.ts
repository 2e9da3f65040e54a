import { expect, test } from './ways';

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
  await page.goto('/');
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
