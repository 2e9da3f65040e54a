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
});
