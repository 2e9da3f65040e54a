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

test('starting a job that runs leads to the run that goes on', async ({ page, api }) => {
  await apply(api, { runtime: 'local', group: 'going', jobs: [{ name: 'goes-on', command: 'sleep 300' }] });
  await page.goto('/jobs/goes-on');
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page).toHaveURL(/\/runs\//);
  const run = page.url();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await page.goto('/jobs/goes-on');
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page.getByText('Nothing was started: this run is not over yet')).toBeVisible();
  await expect(page).toHaveURL(run);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByText('Stopped').first()).toBeVisible();
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

  const more = page.getByRole('button', { name: 'More for find-me' });
  await more.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Runs' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
  await more.click();
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

test('a page of a job leads to its runs and to a rule about it', async ({ page, api }) => {
  const file = {
    runtime: 'local',
    group: 'console',
    jobs: [{ name: 'leads-on', command: 'true', env: { TINT: 'red' } }],
  };
  await apply(api, file);
  await page.goto('/jobs?text=leads-on&owner=nobody-like-that');
  await expect(page.getByText('No job fits')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Made or changed by' }).fill('admin');
  await page.getByRole('link', { name: 'leads-on' }).click();
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(page.getByText('TINT')).toBeVisible();
  await page.getByRole('link', { name: 'leads-on' }).click();

  await page.getByRole('link', { name: 'Tell somebody of it' }).click();
  const rule = page.getByRole('dialog', { name: 'New rule' });
  await expect(rule.getByRole('textbox', { name: 'Job' })).toHaveValue(/^[0-9a-f]{24}$/);
  await rule.getByRole('button', { name: 'Cancel' }).click();

  await page.goto('/runs');
  await page.getByRole('searchbox', { name: 'Job, by name or id' }).fill('leads-on');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/job=leads-on/);
  await expect(page.getByRole('table').getByRole('link', { name: 'heartbeat' })).toHaveCount(0);
  await expect(page.getByRole('table').getByRole('link', { name: 'leads-on' }).first()).toBeVisible();
});

test('many jobs get one package at once', async ({ page, api }) => {
  const jobs = [1, 2].map((n) => ({ name: `unpacks-${n}`, command: 'true' }));
  await apply(api, { runtime: 'local', group: 'unpacks', jobs });
  const name = `unpacked-${Date.now()}.zip`;
  const buffer = Buffer.from('504b0506' + '00'.repeat(18), 'hex');
  const multipart = { jobFile: { name, mimeType: 'application/zip', buffer } };
  expect((await api.post(`/api/file/upload/default/${name}`, { multipart })).status()).toBe(201);
  await page.goto('/jobs?runtime=local&group=unpacks');
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('button', { name: 'Set package …' }).click();
  const dialog = page.getByRole('dialog', { name: 'One package for 2 jobs' });
  await dialog.getByRole('combobox', { name: 'Package' }).click();
  await page.getByRole('option', { name }).click();
  await dialog.getByRole('button', { name: 'Set package', exact: true }).click();
  await expect(page.getByText('Done for 2 jobs')).toBeVisible();
  await page.getByRole('link', { name: 'unpacks-2' }).click();
  await page.getByRole('link', { name }).click();
  const row = page.getByRole('table', { name: 'Packages' }).getByRole('row').filter({ hasText: name });
  await expect(row.getByRole('cell', { name: '2', exact: true })).toBeVisible();
});

test('of a due instant without a run it is told why', async ({ page }) => {
  await page.goto('/jobs/slower-than-its-schedule?tab=ledger');
  await page
    .getByRole('button', { name: /Skipped/ })
    .first()
    .click();
  await expect(page).toHaveURL(/at=/);
  await expect(page.getByText(/it was due and skipped: the run before was still going/)).toBeVisible();
});
