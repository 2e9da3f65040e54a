// Takes the pictures of docs/images: starts a standalone with the demo, gives it some jobs and people more, lets it run
// for two minutes and an outage, and photographs the console in a browser. Nothing in the pictures is made up.
// usage: node console/scripts/pictures.mjs      after: ./cloudtask and the console are built
import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
const CLOUDTASK = process.env.CLOUDTASK ?? join(HOME, 'cloudtask');
const IMAGES = join(HOME, 'docs/images');
const DIR = mkdtempSync(join(tmpdir(), 'pictures-'));
const FIRST_PASSWORD = 'nine red balloons';
const SIZE = { width: 1280, height: 800 };
const PASSWORD = 'correct horse battery';

/** Starts the standalone, again with what it kept. */
async function start() {
  const ports = ['console', 'center', 'agent', 'coordinator'].flatMap((role) => [`--${role}-port`, '0']);
  const standalone = spawn(
    CLOUDTASK,
    ['standalone', '--demo', '--data', join(DIR, 'data'), '--notifications', join(DIR, 'notifications.yaml'), ...ports],
    { cwd: DIR, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  for await (const part of standalone.stdout) {
    said += part;
    const [, url] = /ready console=(\S+)/.exec(said) ?? [];
    if (url !== undefined) {
      const stop = async () => {
        standalone.kill();
        if (standalone.exitCode === null) await once(standalone, 'exit');
      };
      const token = readFileSync(join(DIR, 'data/admin-token'), 'utf8').trim();
      return { url, token, stop };
    }
  }
  throw new Error('the standalone ended before it was ready');
}

/** Asks the API as somebody, whose headers say who it is. */
const api = (url, who) => async (method, path, body, headers) => {
  const form = body instanceof FormData;
  const answer = await fetch(url + path, {
    method,
    headers: { ...who, ...(form ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: form ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};

/** Somebody who has a password of their own. */
async function signedIn(url, name) {
  const first = await session(url, name, FIRST_PASSWORD);
  await first('PUT', '/api/v1/me/password', { old: FIRST_PASSWORD, new: PASSWORD });
  return session(url, name, PASSWORD);
}

async function session(url, name, password) {
  const answer = await api(url, {})('POST', '/api/v1/session', { name, password });
  const { csrf } = await answer.json();
  return api(url, { Cookie: answer.headers.get('set-cookie').split(';')[0], 'X-CSRF-Token': csrf });
}

const job = (name, every, command, more = {}) => ({ name, command, schedules: [{ every }], ...more });
const BILLING = [
  job('collect-orders', '20s', 'echo "$((RANDOM % 90 + 10)) orders"; sleep 0.4', { description: 'From the shop.' }),
  job('write-invoices', '40s', 'for i in 1 2 3 4 5 6; do echo "invoice 2026-11$i"; sleep 1; done'),
  job('dunning-letters', '12h', 'echo none'),
  job('archive-to-tape', '1h', 'echo "waits for its drive"', { servers: ['tape-library-2'] }),
];
const WEB = [
  job('warm-the-cache', '15s', 'sleep 1.$((RANDOM % 9)); echo warm'),
  job('check-certificates', '1m', 'echo "www.example.org: 41 days left"'),
  job('rotate-logs', '30m', 'echo rotated'),
];

/** People, rules, a package and some jobs more, made as people make them. */
async function furnish(url, token, hook) {
  const admin = api(url, { Authorization: `Bearer ${token}` });
  const users = [
    ['ann', 'Ann Berger', { role: 'owner', runtime: 'local', group: null }],
    ['bo', 'Bo Lindqvist', { role: 'operator', runtime: 'local', group: 'billing' }],
    ['mei', 'Mei Chen', { role: 'admin', runtime: null, group: null }],
    ['guest', 'Guest', { role: 'viewer', runtime: 'local', group: 'demo' }],
  ];
  for (const [name, displayname, grant] of users) {
    await admin('POST', '/api/v1/users', { name, displayname, password: FIRST_PASSWORD, grants: [grant] });
  }
  await admin('PUT', '/api/v1/users/guest', { enabled: false });
  const mei = await signedIn(url, 'mei');
  const rule = (name, more) => ({ name, channel: 'webhook', targets: [hook], template: 'slack', ...more });
  await mei('POST', '/api/v1/notifications/rules', rule('operations room', { kinds: ['agent-lost', 'agent-back'] }));
  const about = { runtime: 'local', group: 'demo', kinds: ['failed', 'recovered', 'missed'] };
  await mei('POST', '/api/v1/notifications/rules', rule('the demo', about));
  await mei(
    'POST',
    '/api/v1/notifications/rules',
    rule('billing', { ...about, group: 'billing', kinds: ['unplaced'] }),
  );

  const ann = await signedIn(url, 'ann');
  const archive = new FormData();
  archive.append('jobFile', new Blob([Buffer.from('504b0506' + '00'.repeat(18), 'hex')]), 'invoices-2.3.zip');
  await ann('POST', '/api/file/upload/default/invoices-2.3.zip', archive);
  const yaml = { 'Content-Type': 'text/yaml' };
  for (const [group, jobs] of Object.entries({ billing: BILLING, web: WEB })) {
    await ann('POST', '/api/v1/apply', { runtime: 'local', group, jobs }, yaml);
  }
  const invoices = BILLING.map((each) =>
    each.name === 'write-invoices' ? { ...each, package: 'invoices-2.3.zip', timeout: '5m' } : each,
  );
  await ann('POST', '/api/v1/apply', { runtime: 'local', group: 'billing', jobs: invoices }, yaml);
  await mei('POST', '/api/v1/jobs/rotate-logs/disable');
}

/** A browser with a page of the console, signed in as Mei. */
async function opened(browser, url, look) {
  const context = await browser.newContext({
    baseURL: url,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    viewport: SIZE,
    reducedMotion: 'reduce',
    ...look,
  });
  await context.request.post('/api/v1/session', { data: { name: 'mei', password: PASSWORD } });
  return context.newPage();
}

async function show(page, path) {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await settled(page);
}

async function settled(page) {
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.evaluate(() => document.fonts.ready);
  await pause(700);
}

const shoot = async (page, name) => {
  await settled(page);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  console.log(`docs/images/${name}.png`);
};

/** The pictures, by name. */
async function pictures(browser, url, ask) {
  const light = await opened(browser, url, {});
  const named = async (name) => (await (await ask('GET', `/api/v1/jobs/${name}`)).json()).jobid;
  const due = await named('slower-than-its-schedule');

  // Its own schedule may have it running: a start would be skipped then.
  const goes = async () => (await (await ask('GET', '/api/v1/runs?job=long-and-chatty&state=running')).json()).items;
  while ((await goes()).length > 0) await pause(500);
  const { runid } = await (await ask('POST', `/api/v1/jobs/long-and-chatty/start`)).json();
  await show(light, `/runs/${runid}`);
  await light.getByRole('log').getByText('line 12 of 20').waitFor();
  await shoot(light, 'run');
  await show(light, '/');
  await shoot(light, 'overview');
  await show(light, '/jobs');
  await shoot(light, 'jobs');
  await show(light, `/jobs/${await named('write-invoices')}`);
  await shoot(light, 'job');
  await show(light, `/jobs/${due}?tab=ledger`);
  await shoot(light, 'ledger');
  await light
    .getByRole('button', { name: /Missed/ })
    .first()
    .click();
  await shoot(light, 'why-missed');
  await show(light, `/jobs/${await named('write-invoices')}?tab=versions&version=1`);
  await shoot(light, 'versions');

  await show(light, '/jobs/new?group=billing');
  await light.getByLabel('Name', { exact: true }).fill('close-the-month');
  await light.getByRole('textbox', { name: 'Command' }).click();
  await light.keyboard.type('./close.sh --month "$MONTH"');
  await light.getByRole('button', { name: 'Monthly' }).click();
  await light.getByRole('button', { name: 'Cron' }).click();
  await light.getByLabel('Expression').fill('30 4 L * *');
  await light.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin');
  await light.keyboard.press('Tab');
  await light.setViewportSize({ width: 1280, height: 1000 });
  await light.getByText('The next times').waitFor();
  await light.getByRole('heading', { name: 'When' }).evaluate((heading) => heading.scrollIntoView());
  await light.evaluate(() => window.scrollBy(0, -70));
  await shoot(light, 'editor');
  await light.setViewportSize(SIZE);
  light.once('dialog', (dialog) => void dialog.accept());

  await show(light, '/runs');
  await shoot(light, 'runs');
  await show(light, '/agents');
  await light.getByRole('table').getByRole('button').first().click();
  await light.getByRole('tab', { name: 'Assignments' }).click();
  await shoot(light, 'agents');
  await show(light, '/activity');
  await shoot(light, 'activity');
  await show(light, '/users');
  await shoot(light, 'users');
  await show(light, '/notifications');
  await shoot(light, 'notifications');
  await show(light, '/system');
  await shoot(light, 'system');
  await show(light, '/jobs');
  await light.keyboard.press('Control+k');
  await light.getByPlaceholder('Find a job, run, host …').fill('invoice');
  await shoot(light, 'palette');

  const dark = await opened(browser, url, { colorScheme: 'dark' });
  await show(dark, '/');
  await shoot(dark, 'overview-dark');
  const phone = await opened(browser, url, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await show(phone, '/');
  await shoot(phone, 'overview-phone');
}

const hook = createServer((request, response) => request.resume().on('end', () => response.end()));
hook.listen(0, '127.0.0.1');
await once(hook, 'listening');
writeFileSync(join(DIR, 'notifications.yaml'), 'notifications:\n  local: true\n');
mkdirSync(IMAGES, { recursive: true });
let standalone = await start();
let browser;
try {
  await furnish(standalone.url, standalone.token, `http://127.0.0.1:${hook.address().port}/room`);
  console.log('lets it run for two minutes, with an outage in between');
  await pause(75_000);
  await standalone.stop();
  await pause(20_000);
  standalone = await start();
  await pause(45_000);
  browser = await chromium.launch({
    executablePath: process.env.CONSOLE_BROWSER ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
  });
  await pictures(browser, standalone.url, api(standalone.url, { Authorization: `Bearer ${standalone.token}` }));
} finally {
  await browser?.close();
  await standalone.stop();
  hook.close();
  rmSync(DIR, { recursive: true, force: true });
}
