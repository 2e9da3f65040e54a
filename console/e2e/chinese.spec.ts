import { apply, expect, test } from './ways';

test('the console speaks Chinese when asked to', async ({ page }) => {
  await page.goto('/jobs');
  await page.getByRole('button', { name: 'Language' }).click();
  await page.getByRole('menuitem', { name: '简体中文' }).click();
  await expect(page.getByRole('heading', { name: '任务', level: 1 })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '任务', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test.describe('who reads Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('reads schedules in words', async ({ page, api }) => {
    const schedules = [{ every: '5m' }, { daily: '02:30' }, { cron: '0 8 * * 1-5' }];
    await apply(api, { runtime: 'local', group: 'chinese', jobs: [{ name: 'said', command: 'true', schedules }] });
    await page.goto('/jobs?text=said');
    await expect(page.getByRole('cell', { name: '每 5 分钟 +2', exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'said' }).click();
    await expect(page.getByText('每天 02:30', { exact: true })).toBeVisible();
    await expect(page.getByText('cron "0 8 * * 1-5"：周一至周五，08:00', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: '编辑' }).click();
    await expect(page.getByText(/^每 5 分钟，自 .* 起$/)).toBeVisible();
  });

  test('reads why an instant has no run', async ({ page }) => {
    await page.goto('/jobs/slower-than-its-schedule?tab=ledger');
    await page.getByRole('button', { name: /跳过/ }).first().click();
    await expect(page.getByText(/^到期但被跳过：上一次运行/)).toBeVisible();
  });

  test('reads why nobody can run a job', async ({ page, api }) => {
    const jobs = [{ name: 'nowhere-to-run', command: 'true', servers: ['no-such-host'] }];
    await apply(api, { runtime: 'local', group: 'chinese', jobs });
    const reason = '它指定的主机（no-such-host）在运行时 local 中都没有代理';
    await page.goto('/jobs?text=nowhere-to-run');
    await expect(page.getByRole('table').getByText(reason)).toBeVisible();
    await page.getByRole('link', { name: 'nowhere-to-run' }).click();
    await page.getByRole('tab', { name: '放置' }).click();
    await expect(page.getByRole('cell', { name: '它限定在 no-such-host 上' })).toBeVisible();
  });

  test('reads why a job can not be saved, field by field', async ({ page }) => {
    await page.goto('/jobs/new');
    await page.getByLabel('名称', { exact: true }).fill('said in chinese');
    await page.getByRole('button', { name: 'Cron', exact: true }).click();
    await page.getByLabel('表达式').fill('61 * * * *');
    await page.getByRole('button', { name: '检查并保存' }).click();
    await expect(page.getByText('为空; 请写要由 shell 运行的内容').first()).toBeVisible();
    await expect(page.getByText('分 字段："61" 不在允许的范围内（0 to 59）').first()).toBeVisible();
  });

  test('reads why a job was not started', async ({ page, api }) => {
    const jobs = [{ name: 'held-by-nobody', command: 'true', servers: ['no-such-host'] }];
    await apply(api, { runtime: 'local', group: 'chinese', jobs });
    await page.goto('/jobs/held-by-nobody');
    await page.getByRole('button', { name: '立即运行' }).click();
    await expect(page.getByText(/^没有代理持有该任务：它指定的主机（no-such-host）/)).toBeVisible();
  });

  test('reads how a run ended, and why nothing was due', async ({ page, api }) => {
    const schedules = [{ daily: '02:30' }];
    await apply(api, { runtime: 'local', group: 'chinese', jobs: [{ name: 'fails', command: 'exit 3', schedules }] });
    await page.goto('/jobs/fails?tab=runs');
    await page.getByRole('button', { name: '立即运行' }).click();
    await expect(page.getByText('退出码 3').first()).toBeVisible();
    await page.goto(`/jobs/fails?tab=ledger&at=${new Date(Date.now() + 60_000).toISOString()}`);
    await expect(page.getByText('它的计划不包含这一时刻（版本 1）')).toBeVisible();
    await expect(page.getByText(/^每天 02:30，自 .* 起$/)).toBeVisible();
  });

  test('sees what changes of a schedule before it is saved', async ({ page, api }) => {
    const jobs = [{ name: 'to-be-changed', command: 'true', schedules: [{ cron: '0 8 * * 1-5' }] }];
    await apply(api, { runtime: 'local', group: 'chinese', jobs });
    await page.goto('/jobs/to-be-changed');
    await page.getByRole('link', { name: '编辑' }).click();
    await page.getByLabel('表达式').fill('0 9 * * 1-5');
    await page.getByRole('button', { name: '检查并保存' }).click();
    const review = page.getByRole('dialog');
    await expect(review.getByText(/周一至周五，08:00/)).toBeVisible();
    await expect(review.getByText(/周一至周五，09:00/)).toBeVisible();
  });
});
