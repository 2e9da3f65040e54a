import { apply, expect, test } from './ways';

test('a job is made in the form, runs, and its output is read live', async ({ page }) => {
  await page.goto('/jobs');
  await page.getByRole('link', { name: 'New job' }).first().click();
  await page.getByLabel('Name', { exact: true }).fill('made-in-the-console');
  await page.getByRole('textbox', { name: 'Command' }).click();
  await page.keyboard.type('for i in 1 2 3 4 5 6; do echo "line $i"; sleep 0.5; done');
  await page.getByRole('button', { name: 'Weekly' }).click();
  await expect(page.getByText('The next times')).toBeVisible();
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();

  await expect(page.getByRole('heading', { name: 'made-in-the-console', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByRole('log')).toContainText('line 1');
  await expect(page.getByText('Running', { exact: true })).toBeVisible();
  await expect(page.getByRole('log')).toContainText('line 6');
  await expect(page.getByText('Succeeded').first()).toBeVisible();
});

test('what the server refuses stands at its field, and nothing typed is lost', async ({ page }) => {
  await page.goto('/jobs/new');
  await page.getByLabel('Name', { exact: true }).fill('wrong-cron');
  await page.getByRole('textbox', { name: 'Command' }).click();
  await page.keyboard.type('true');
  await page.getByRole('button', { name: 'Cron' }).click();
  await page.getByLabel('Expression').fill('61 * * * *');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await expect(page.getByRole('alert').first()).toContainText('61');
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('wrong-cron');
});

test('jobs are found by text, switched off and cloned', async ({ page, api }) => {
  const job = { name: 'find-me', command: 'true', schedules: [{ every: '1h' }] };
  await apply(api, { runtime: 'local', group: 'console', jobs: [job] });
  await page.goto('/jobs');
  await page.getByRole('searchbox', { name: 'Find by name or id' }).fill('find-me');
  await expect(page).toHaveURL(/text=find-me/);
  await expect(page.getByRole('row')).toHaveCount(2);

  await page.getByRole('switch', { name: 'Enable find-me' }).click({ force: true });
  await expect(page.getByRole('table').getByText('Disabled')).toBeVisible();

  await page.getByRole('button', { name: 'More for find-me' }).click();
  await page.getByRole('menuitem', { name: 'Clone' }).click();
  await page.getByLabel('Name of the copy').fill('found-again');
  await page.getByRole('button', { name: 'Clone', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Edit found-again' })).toBeVisible();
});

test('many jobs are switched off at once', async ({ page, api }) => {
  const jobs = [1, 2, 3].map((n) => ({ name: `many-${n}`, command: 'true', schedules: [{ every: '1h' }] }));
  await apply(api, { runtime: 'local', group: 'many', jobs });
  await page.goto('/jobs?runtime=local&group=many');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await expect(page.getByRole('table').getByText('Disabled')).toHaveCount(3);
});

test('markup in names and output is text', async ({ page, api }) => {
  const command = `printf '<img src=x onerror=alert(1)> \\033[31mred\\033[0m\\n'`;
  const description = '<script>alert(1)</script>';
  await apply(api, { runtime: 'local', group: 'console', jobs: [{ name: 'markup', command, description }] });
  await page.goto('/jobs?text=markup');
  await page.getByRole('link', { name: 'markup' }).click();
  await expect(page.getByText(description)).toBeVisible();
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page.getByRole('log')).toContainText('<img src=x onerror=alert(1)> red');
  await expect(page.locator('.ansi-fg-1')).toHaveText('red');
});
