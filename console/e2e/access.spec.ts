import { test as visitor } from '@playwright/test';
import { PASSWORD, chooseOwn, expect, fillSignIn, newcomer, pageOf, test, user } from './ways';

test('somebody signs in with name and password, and out', async ({ api, browser, baseURL }) => {
  const name = await user(api);
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/');
  await fillSignIn(page, name, 'not the password');
  await expect(page.getByRole('alert')).toContainText('do not go together');
  await fillSignIn(page, name, PASSWORD);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeAttached();
  expect((await context.cookies())[0]).toMatchObject({ name: 'cloudtask-session', httpOnly: true, sameSite: 'Strict' });

  await page.getByTitle(`Account of ${name}`).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.locator('input[name=username]')).toBeVisible();
  await page.reload();
  await expect(page.locator('input[name=username]')).toBeVisible();
  await context.close();
});

test('who got a password from somebody else chooses another one first', async ({ api, browser, baseURL }) => {
  const name = await newcomer(api);
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  await page.goto('/jobs');
  await fillSignIn(page, name, PASSWORD);
  const dialog = page.getByRole('dialog', { name: 'Choose a password of your own' });
  await expect(dialog).toBeVisible();
  await page.reload();
  await dialog.getByLabel('The one you have').fill(PASSWORD);
  await dialog.getByLabel('The new one').fill('nine red balloons');
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Jobs' })).toBeVisible();
  await context.close();
});

test('what was typed is still there when a session ends in the middle of it', async ({ api, browser, baseURL }) => {
  const name = await user(api);
  const page = await pageOf(browser, baseURL, name);
  await page.goto('/users');
  await page.getByRole('button', { name: 'New user' }).click();
  const dialog = page.getByRole('dialog', { name: 'New user' });
  await dialog.getByLabel('Full name').fill('Typed before the session ended');
  const other = `zoe${Date.now()}`;
  await dialog.getByLabel('Name', { exact: true }).fill(other);
  await dialog.locator('input[type=password]').fill(PASSWORD);

  await api.put(`/api/v1/users/${name}`, { data: { password: PASSWORD + '!' } });
  // The page may have noticed by itself, and stand behind the dialog already.
  await dialog.getByRole('button', { name: 'Save' }).dispatchEvent('click');
  const again = page.getByRole('dialog', { name: 'Your session has ended' });
  await expect(again).toBeVisible();
  await again.locator('input[name=password]').fill(PASSWORD + '!');
  await again.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(again).toBeHidden();
  await chooseOwn(page, PASSWORD + '!', PASSWORD + '?');
  await expect(dialog.getByLabel('Full name')).toHaveValue('Typed before the session ended');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('table', { name: 'Users' }).getByText(other)).toBeVisible();
});

test('a page goes on when another page of the browser has signed in again', async ({ api, browser, baseURL }) => {
  const name = await user(api);
  const page = await pageOf(browser, baseURL, name);
  await page.goto('/profile');
  const answer = await page.context().request.post('/api/v1/session', { data: { name, password: PASSWORD } });
  expect(answer.status()).toBe(200);

  await page.getByRole('button', { name: 'New token' }).click();
  const dialog = page.getByRole('dialog', { name: 'New token' });
  await dialog.getByLabel('Name').fill('report');
  await dialog.getByRole('button', { name: 'Make it' }).click();
  await expect(dialog.getByText(/^cloudtask_/)).toBeVisible();
});

test('the profile changes the password, shows sessions and ends another', async ({ api, browser, baseURL }) => {
  const name = await user(api, 'viewer');
  const elsewhere = await browser.newContext({ baseURL });
  await elsewhere.request.post('/api/v1/session', { data: { name, password: PASSWORD } });
  const page = await pageOf(browser, baseURL, name);
  await page.goto('/profile');
  const sessions = page.getByRole('table', { name: 'Where you are signed in' });
  await expect(sessions.getByText('this one')).toBeVisible();
  await sessions.getByRole('button', { name: 'End' }).click();
  await expect(sessions.getByRole('row')).toHaveCount(2);
  expect((await elsewhere.request.get('/api/v1/me')).status()).toBe(401);

  await page.getByLabel('The one you have').fill('not the password');
  await page.getByLabel('The new one').fill('nine red balloons');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'is not your password' })).toBeVisible();
  await page.getByLabel('The one you have').fill(PASSWORD);
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(page.getByText('The password is changed')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Users and tokens' })).toHaveCount(0);
});

test('the users page changes a user, and activity says who did what', async ({ api, page }) => {
  const name = await newcomer(api, 'viewer');
  await page.goto('/users');
  const row = page.getByRole('table', { name: 'Users' }).getByRole('row').filter({ hasText: name });
  await row.getByRole('button', { name: 'Change' }).click();
  await page.getByRole('dialog').getByLabel('May sign in').uncheck({ force: true });
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await expect(row.getByText('Disabled')).toBeVisible();

  await page.goto('/activity');
  await page.getByLabel('Any text').fill(name);
  const table = page.getByRole('table', { name: 'Activity' });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByText('user.change')).toBeVisible();
  await expect(table.getByText('user.create')).toBeVisible();
});

visitor('too many wrong passwords are refused with how long to wait', async ({ page }) => {
  await page.goto('/');
  for (let i = 0; i < 10; i++) {
    await page.request.post('/api/v1/session', { data: { name: 'mallory', password: `guess ${i}` } });
  }
  await fillSignIn(page, 'mallory', 'one more guess');
  await expect(page.getByRole('alert')).toContainText('Too many attempts. try again in');
});

test('who may only look sees everything and can touch nothing', async ({ api, browser, baseURL }) => {
  const page = await pageOf(browser, baseURL, await user(api, 'viewer'));
  await page.goto('/jobs?text=by-hand');
  await expect(page.getByRole('link', { name: 'by-hand' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'New job' })).toHaveCount(0);
  await expect(page.getByRole('checkbox')).toHaveCount(0);
  await expect(page.getByRole('switch', { name: 'Enable by-hand' })).toBeDisabled();
  await page.getByRole('link', { name: 'by-hand' }).click();
  await expect(page.getByRole('heading', { name: 'by-hand', level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Run now' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^(Edit|Tell somebody of it)$/ })).toHaveCount(0);
  await page.goto('/agents');
  await expect(page.getByRole('table', { name: 'Agents' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'New runtime' })).toHaveCount(0);
});
