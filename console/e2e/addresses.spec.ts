import { expect, test } from './ways';

test('what is looked for in the assignments is in the address', async ({ page }) => {
  await page.goto('/agents');
  await page.getByRole('tab', { name: 'Assignments' }).click();
  const field = page.getByRole('searchbox', { name: 'Job or host' });
  const rows = page.getByRole('table', { name: 'Assignments' }).getByRole('row');
  await field.fill('heartbeat');
  await expect(page).toHaveURL(/tab=assignments&text=heartbeat/);
  await expect(rows).toHaveCount(2);
  await page.reload();
  await expect(field).toHaveValue('heartbeat');
  await expect(rows).toHaveCount(2);
  await page.getByRole('link', { name: 'heartbeat' }).click();
  await expect(page.getByRole('heading', { name: 'heartbeat', level: 1 })).toBeVisible();
  await page.goBack();
  await expect(field).toHaveValue('heartbeat');
  await expect(rows).toHaveCount(2);
});

test('going back takes back what was chosen of the jobs, step by step', async ({ page }) => {
  await page.goto('/jobs');
  const chip = page.getByRole('group', { name: 'State' }).getByRole('button', { name: /^Fine/ });
  await page.getByRole('navigation', { name: 'Runtimes and groups' }).getByText('demo', { exact: true }).click();
  await expect(page).toHaveURL(/group=demo/);
  await chip.click();
  await expect(page).toHaveURL(/state=idle/);
  await page.getByRole('button', { name: 'Name' }).click();
  await expect(page).toHaveURL(/sort=-name/);
  await page.goBack();
  await expect(page).not.toHaveURL(/sort=/);
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await page.goBack();
  await expect(page).toHaveURL(/group=demo/);
  await expect(chip).toHaveAttribute('aria-pressed', 'false');
  await page.goBack();
  await expect(page).toHaveURL(/\/jobs$/);
});

test('going back takes back what was chosen of the runs, in the fields too', async ({ page }) => {
  await page.goto('/runs');
  const field = page.getByRole('searchbox', { name: 'Job, by name or id' });
  await field.fill('heartbeat');
  await field.press('Enter');
  await expect(page).toHaveURL(/job=heartbeat/);
  await page.getByRole('combobox', { name: 'Result' }).click();
  await page.getByRole('option', { name: 'Succeeded' }).click();
  await expect(page).toHaveURL(/state=succeeded/);
  await page.goBack();
  await expect(page).not.toHaveURL(/state=/);
  await expect(field).toHaveValue('heartbeat');
  await page.goBack();
  await expect(field).toHaveValue('');
});

test('what is looked for in an output and in the activity is in the address', async ({ page, api }) => {
  const { items } = (await (await api.get('/api/v1/runs?state=succeeded&job=heartbeat&limit=1')).json()) as {
    items: { runid: string }[];
  };
  await page.goto(`/runs/${items[0]?.runid}`);
  const search = page.getByRole('searchbox', { name: 'Search in the output' });
  await search.fill('a');
  await search.press('Enter');
  await expect(page).toHaveURL(/find=a/);
  await page.reload();
  await expect(search).toHaveValue('a');

  await page.goto('/activity');
  await page.getByRole('searchbox', { name: 'What' }).fill('job.create');
  await expect(page).toHaveURL(/what=job.create/);
  await page.reload();
  await expect(page.getByRole('searchbox', { name: 'What' })).toHaveValue('job.create');
});
