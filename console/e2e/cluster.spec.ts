import { apply, expect, test } from './ways';

interface Agent {
  key: string;
  jobs: number;
}
interface Run {
  agentkey: string;
}

/** Over the three agents of examples/cluster; ConsoleTest starts it. */
test('three agents share the jobs, and draining one shows where its jobs would go', async ({ page, api }) => {
  const agents = async () => (await (await api.get('/api/v1/agents')).json()) as Agent[];
  const runtime = 'example';
  const jobs = Array.from({ length: 12 }, (_, n) => ({
    name: `shared-${n}`,
    command: 'echo "shared work"',
    schedules: [{ every: '2s' }],
  }));
  await apply(api, { runtime, group: 'shared', jobs });

  await page.goto('/agents');
  const table = page.getByRole('table', { name: 'Agents' });
  await expect(table.getByText('Online')).toHaveCount(3);
  await expect(async () => {
    expect((await agents()).map((agent) => agent.jobs).sort()).toEqual([4, 4, 4]);
  }).toPass();
  await expect(table.getByRole('cell', { name: /^4 / })).toHaveCount(3);

  await page.getByRole('tab', { name: 'Assignments' }).click();
  await expect(page).toHaveURL(/tab=assignments/);
  await expect(page.getByText('12 of 12')).toBeVisible();
  await page.goBack();

  await table.getByRole('button').first().click();
  await page.getByRole('button', { name: 'Drain …' }).click();
  const preview = page.getByRole('dialog', { name: /would move 4 jobs/ });
  await expect(preview.getByRole('row')).toHaveCount(5);
  await expect(preview.getByText('nowhere')).toHaveCount(0);
  await preview.getByRole('button', { name: 'Cancel' }).click();
  expect((await agents()).map((agent) => agent.jobs).sort(), 'only shown, not done').toEqual([4, 4, 4]);

  await expect(async () => {
    const answer = await api.get('/api/v1/runs?state=succeeded&limit=100');
    const { items } = (await answer.json()) as { items: Run[] };
    expect(new Set(items.map((run) => run.agentkey)).size).toBe(3);
  }).toPass();
  await page.getByRole('link', { name: 'Its runs' }).click();
  await expect(page).toHaveURL(/\/runs\?agent=/);
  await expect(page.getByRole('link', { name: 'Succeeded' }).first()).toBeVisible();
});
