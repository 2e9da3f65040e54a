import type { APIRequestContext, Locator, Page } from '@playwright/test';
import { PASSWORD, apply, chooseOwn, expect, fillSignIn, pageOf, test, user } from './ways';

interface Job {
  jobid: string;
  definition: { command: string; description: string };
}

/** Makes a job of that name, and says what the server has of it. */
async function made(api: APIRequestContext, name: string, more: object = {}): Promise<Job> {
  await apply(api, { runtime: 'local', group: 'editor', jobs: [{ name, command: 'true', ...more }] });
  return job(api, name);
}
const job = async (api: APIRequestContext, ref: string): Promise<Job> =>
  (await (await api.get(`/api/v1/jobs/${ref}`)).json()) as Job;

/** Opens the form of a job and types a description; meanwhile somebody else changes it. */
async function clash(page: Page, api: APIRequestContext, name: string): Promise<{ jobid: string; dialog: Locator }> {
  const { jobid } = await made(api, name);
  await page.goto(`/jobs/${jobid}/edit`);
  await page.getByLabel('Description').fill('typed here');
  await apply(api, {
    runtime: 'local',
    group: 'editor',
    jobs: [{ name, command: 'echo theirs', description: 'theirs' }],
  });
  await page.getByRole('button', { name: 'Review and save' }).click();
  const dialog = page.getByRole('dialog', { name: 'Somebody else has changed this job meanwhile' });
  await expect(dialog.getByRole('row', { name: '− theirs + typed here' })).toBeVisible();
  await expect(dialog.getByText('you both changed it')).toBeVisible();
  await expect(dialog.getByRole('row', { name: '− echo theirs + true' })).toBeVisible();
  await expect(dialog.getByText('they changed it', { exact: true })).toBeVisible();
  return { jobid, dialog };
}

test('who was outrun sees both, goes on editing and saves over it', async ({ page, api }) => {
  const { jobid, dialog } = await clash(page, api, 'outrun');
  await dialog.getByRole('button', { name: 'Go on editing' }).click();
  await expect(page.getByLabel('Description')).toHaveValue('typed here');
  await page.getByLabel('Description').fill('typed here, and on');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await dialog.getByRole('button', { name: 'Save mine over it' }).click();
  await expect(page.getByRole('heading', { name: 'outrun', level: 1 })).toBeVisible();
  expect((await job(api, jobid)).definition).toMatchObject({ description: 'typed here, and on', command: 'true' });
});

test('who was outrun takes what is there, and edits that', async ({ page, api }) => {
  const { jobid, dialog } = await clash(page, api, 'outrun-too');
  await dialog.getByRole('button', { name: 'Take theirs' }).click();
  await expect(page.getByLabel('Description')).toHaveValue('theirs');
  await expect(page.getByRole('textbox', { name: 'Command' })).toHaveText('echo theirs');
  await page.getByLabel('Description').fill('on top of theirs');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'outrun-too', level: 1 })).toBeVisible();
  expect((await job(api, jobid)).definition).toMatchObject({ description: 'on top of theirs', command: 'echo theirs' });
});

test('who is outrun between looking and saving is asked too', async ({ page, api }) => {
  const { jobid } = await made(api, 'outrun-late');
  await page.goto(`/jobs/${jobid}/edit`);
  await page.getByLabel('Description').fill('typed here');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await expect(page.getByRole('dialog', { name: 'Change the job outrun-late' })).toBeVisible();
  await api.post(`/api/v1/jobs/${jobid}/disable`);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Somebody else has changed this job meanwhile' });
  await expect(dialog.getByRole('row', { name: '− false + true' })).toBeVisible();
  expect((await job(api, jobid)).definition.description).toBe('');
});

test('a job keeps its id when it gets another name', async ({ page, api }) => {
  const { jobid } = await made(api, 'before-the-name');
  await page.goto(`/jobs/${jobid}/edit`);
  await page.getByLabel('Name', { exact: true }).fill('after-the-name');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'after-the-name', level: 1 })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(jobid));
});

test('what was typed of a job is still there when the session ends', async ({ api, browser, baseURL }) => {
  const name = await user(api);
  const { jobid } = await made(api, 'session-ends');
  const page = await pageOf(browser, baseURL, name);
  await page.goto(`/jobs/${jobid}/edit`);
  await page.getByRole('textbox', { name: 'Command' }).click();
  await page.keyboard.type('echo typed; ');
  await page.getByLabel('Description').fill('typed before');
  await api.put(`/api/v1/users/${name}`, { data: { password: PASSWORD + '!' } });
  // The page may have noticed by itself, and stand behind the dialog already.
  await page.getByRole('button', { name: 'Review and save' }).dispatchEvent('click');
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();
  await fillSignIn(page, name, PASSWORD + '!');
  await chooseOwn(page, PASSWORD + '!', PASSWORD + '?');
  await expect(page.getByLabel('Description')).toHaveValue('typed before');
  await expect(page.getByRole('textbox', { name: 'Command' })).toContainText('echo typed; ');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('typed before')).toBeVisible();
  expect((await job(api, jobid)).definition.command).toContain('echo typed;');
});

test('a secret of the environment is written, kept, replaced, and never comes back', async ({ page, api }) => {
  const said: string[] = [];
  page.on('response', async (response) => {
    if (/\/api\/v1\/jobs/.test(response.url())) said.push(await response.text().catch(() => ''));
  });
  const save = async () => {
    await page.getByRole('button', { name: 'Review and save' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'with-a-secret', level: 1 })).toBeVisible();
  };
  const prints = async (text: string) => {
    await page.getByRole('button', { name: 'Run now' }).click();
    await expect(page.getByRole('log')).toContainText(text);
  };
  const { jobid } = await made(api, 'with-a-secret', { command: 'echo "length ${#PASSWORD}"' });

  await page.goto(`/jobs/${jobid}/edit`);
  await page.getByRole('button', { name: 'Add a variable' }).click();
  await page.getByLabel('Name', { exact: true }).last().fill('PASSWORD');
  await page.getByRole('button', { name: 'Secret: PASSWORD' }).click();
  await page.getByLabel('Value of PASSWORD').fill('first-secret');
  await save();
  await prints('length 12');

  await page.goto(`/jobs/${jobid}/edit`);
  await expect(page.getByText('a secret is set')).toBeVisible();
  await page.getByLabel('Description').fill('it stays');
  await save();
  await prints('length 12');

  await page.goto(`/jobs/${jobid}/edit`);
  await page.getByRole('button', { name: 'Replace' }).click();
  await page.getByLabel('Value of PASSWORD').fill('tawny-owl');
  await save();
  await prints('length 9');
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((text) => /first-secret|tawny-owl/.test(text)).length).toBe(0);
});
