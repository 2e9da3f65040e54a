import { expect, test } from '@playwright/test';
import { signIn } from './ways';

test('who is not signed in sees the form and nothing else', async ({ page }) => {
  await page.goto('/jobs');
  await expect(page.getByLabel('Name')).toBeVisible();
  await expect(page.getByRole('navigation')).toHaveCount(0);
});

test('a token that nobody knows is refused', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with an API token' }).click();
  await page.locator('input[name=token]').fill('made-up');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('not known');
});

test('the address that was asked for is shown after signing in', async ({ page }) => {
  await signIn(page);
  await page.goto('/runs?state=failed');
  await expect(page.getByRole('heading', { name: 'Runs', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(/state=failed/);
});
