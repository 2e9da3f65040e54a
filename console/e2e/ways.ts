import { expect, request, test as base, type APIRequestContext, type Browser, type Page } from '@playwright/test';
import axe from 'axe-core';

const ADDRESS = process.env.CONSOLE_URL ?? 'http://127.0.0.1:8091';
const TOKEN = process.env.CONSOLE_TOKEN ?? '';

/** Signs in with the administrator's token. */
export async function signIn(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with an API token' }).click();
  await page.locator('input[name=token]').fill(TOKEN);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toBeAttached();
}

/** A page of the administrator, who is signed in. A script error or a refused script fails the test. */
export const test = base.extend<{ page: Page; api: APIRequestContext }>({
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text());
    });
    // As signing in with a token leaves it; sign-in.spec.ts does it by hand.
    await page.addInitScript((token) => sessionStorage.setItem('cloudtask-token', token), TOKEN);
    await use(page);
    expect(faults).toEqual([]);
  },
  api: async ({}, use) => {
    const context = await asAdministrator();
    await use(context);
    await context.dispose();
  },
});

/** Asks the API with the administrator's token. */
export const asAdministrator = () =>
  request.newContext({ baseURL: ADDRESS, timeout: 60_000, extraHTTPHeaders: { Authorization: `Bearer ${TOKEN}` } });

/** Applies a job file. */
export async function apply(api: APIRequestContext, file: object, params = {}): Promise<void> {
  const answer = await api.post('/api/v1/apply', {
    params,
    data: JSON.stringify(file),
    headers: { 'Content-Type': 'text/yaml' },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Of the users that tests make. */
export const PASSWORD = 'correct horse battery';
let count = 0;

/** Makes a user who got the password from somebody else, and says the name. */
export async function newcomer(api: APIRequestContext, role = 'admin', password = PASSWORD): Promise<string> {
  const name = `ann${Date.now()}${count++}`;
  const grants = [{ role, runtime: null, group: null }];
  const answer = await api.post('/api/v1/users', { data: { name, displayname: 'Ann', password, grants } });
  expect(answer.status(), await answer.text()).toBe(201);
  return name;
}

/** Makes a user who has chosen {@link PASSWORD}, and says the name. */
export async function user(api: APIRequestContext, role = 'admin'): Promise<string> {
  const first = 'given by somebody else';
  const name = await newcomer(api, role, first);
  const own = await request.newContext({ baseURL: ADDRESS });
  const session = await own.post('/api/v1/session', { data: { name, password: first } });
  const headers = { 'X-CSRF-Token': ((await session.json()) as { csrf: string }).csrf };
  const answer = await own.put('/api/v1/me/password', { data: { old: first, new: PASSWORD }, headers });
  expect(answer.status(), await answer.text()).toBe(204);
  await own.delete('/api/v1/session', { headers });
  await own.dispose();
  return name;
}

/** Fills in the form for name and password. */
export async function fillSignIn(page: Page, name: string, password: string): Promise<void> {
  const form = page.locator('form', { has: page.locator('input[name=username]') });
  await form.locator('input[name=username]').fill(name);
  await form.locator('input[name=password]').fill(password);
  await form.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Who got a password from somebody else is asked for another one. */
export async function chooseOwn(page: Page, given: string, own: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Choose a password of your own' });
  await dialog.getByLabel('The one you have').fill(given);
  await dialog.getByLabel('The new one').fill(own);
  await dialog.getByRole('button', { name: 'Change the password' }).click();
  await expect(dialog).toBeHidden();
}

/** A page of somebody who is signed in by password, in a browser of its own. */
export async function pageOf(browser: Browser, baseURL: string | undefined, name: string): Promise<Page> {
  const context = await browser.newContext({ baseURL });
  const answer = await context.request.post('/api/v1/session', { data: { name, password: PASSWORD } });
  expect(answer.status(), await answer.text()).toBe(200);
  return context.newPage();
}

/** Waits until a page stands and shows what it has asked for. */
export async function stands(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
}

// Of many that are alike the first ones are looked at.
const ALIKE = ['tbody > tr:nth-child(n + 12)', 'details:nth-of-type(n + 6)'];

/** What axe finds that is serious or worse, by all its rules or by some. */
export async function seriousFindings(page: Page, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async ({ exclude, runOnly }) => {
      interface Violation {
        id: string;
        impact: string;
        nodes: { html: string; failureSummary: string }[];
      }
      type Axe = { run: (context: object, options: object) => Promise<{ violations: Violation[] }> };
      const { axe } = window as unknown as { axe: Axe };
      const { violations } = await axe.run(
        { exclude },
        { resultTypes: ['violations'], ...(runOnly ? { runOnly } : {}) },
      );
      return violations
        .filter((each) => each.impact === 'serious' || each.impact === 'critical')
        .map(
          (each) => `${each.id}: ${each.nodes[0]?.html.slice(0, 200)} ${each.nodes[0]?.failureSummary.slice(0, 200)}`,
        );
    },
    { exclude: ALIKE, runOnly: rules },
  );
}

export { expect };
