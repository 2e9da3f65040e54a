import { expect, seriousFindings, stands, test } from './ways';

test('on a phone every page is reached by the menu and nothing is wider than the screen', async ({ page }) => {
  await page.goto('/');
  for (const [name, path] of [
    ['Jobs', '/jobs'],
    ['Runs', '/runs'],
    ['Packages', '/packages'],
  ] as const) {
    await page.getByRole('button', { name: 'Menu' }).click();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name }).click();
    await expect(page).toHaveURL(new RegExp(path));
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(over, path).toBeLessThanOrEqual(0);
  }
});

test('jobs are chosen by group where the tree has no room', async ({ page }) => {
  await page.goto('/jobs');
  await page.getByRole('combobox', { name: 'Runtime and group' }).click();
  await page.getByRole('option', { name: 'local / demo' }).click();
  await expect(page).toHaveURL(/runtime=local.*group=demo|group=demo.*runtime=local/);
});

test('a table that is wider than the screen is moved with the keyboard', async ({ page }) => {
  await page.setViewportSize({ width: 260, height: 700 });
  await page.goto('/jobs/slower-than-its-schedule?tab=next');
  await stands(page);
  const frame = page.getByRole('region', { name: 'Next runs' });
  await expect(frame).toBeVisible();
  expect(await seriousFindings(page, ['scrollable-region-focusable'])).toEqual([]);
  await frame.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => frame.evaluate((element) => element.scrollLeft)).toBeGreaterThan(0);
  await page.setViewportSize({ width: 1360, height: 700 });
  await expect(frame).toHaveCount(0);
});
