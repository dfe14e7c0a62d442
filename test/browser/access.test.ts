/** The access matrix in a real browser: it follows every key, tells why, and is operated by the keyboard. */
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../platform.ts';
import { openBrowser, prompt, type } from './page.ts';

const IMAGES = process.env['IMAGES'] ?? 'docs/images';

let platform: RunningPlatform;
let browser: Browser;
let page: Page;
let bucket: string;
const faults: string[] = [];

beforeAll(async () => {
  platform = await startPlatform();
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await mkdir(IMAGES, { recursive: true });
  await page.goto(platform.url);
  await page.getByTestId('challenge').filter({ hasText: 'The catalogue clerk' }).click();
  await prompt(page);
  bucket =
    (await page
      .getByText(/^seed-catalogue-[a-z]+-\d{4}$/)
      .first()
      .textContent()) ?? '';
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const text = () => page.getByTestId('editor').locator('.cm-content');
/** The cell of a principal for the first permission of that name. */
const cell = (permission: string, principal = 0) =>
  page
    .getByTestId('matrix')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: permission, exact: true }) })
    .first()
    .getByRole('gridcell')
    .nth(principal);
const label = (permission: string) => cell(permission).getAttribute('aria-label');
/** What the keyboard is on. */
const focused = () =>
  page.evaluate<string>(`(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.dataset.principal + ' ' + active?.dataset.permission;
  })()`);

async function write(document: object): Promise<void> {
  await text().click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(JSON.stringify(document, null, 2));
}

const policy = (action: unknown, resource: unknown) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
});

test('shows what the account allows as it is', async () => {
  await expect.poll(() => label('s3:ListBucket')).toBe('not allowed');
  expect(await page.getByTestId('matrix').getByRole('columnheader', { name: 'Bea' }).count()).toBe(1);
});

test('follows what is typed before anything is saved, and marks what changes', async () => {
  const calls = await page.getByTestId('call').count();
  await page.getByTestId('choose').click();
  await page.getByTestId('entry').filter({ hasText: 'Bea' }).click();
  await page.getByTestId('new-inline').click();
  await write(policy(['s3:ListBucket', 's3:GetObject'], [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]));
  await expect.poll(() => label('s3:ListBucket')).toBe('allowed, not allowed as saved');
  await expect.poll(() => label('s3:GetObject')).toBe('allowed, not allowed as saved');
  expect(await page.getByTestId('matrix-changes').textContent()).toMatch(/^\d+ more allowed$/);
  // The chooser's reads alone: nothing of the account was changed.
  await expect.poll(() => page.getByTestId('call').count()).toBeGreaterThan(calls);
  expect(await type(page, 'aws iam list-user-policies --user-name Bea')).toContain('[]');
});

test('tells why, and what would change it', async () => {
  await cell('s3:GetObject').click();
  const why = page.getByTestId('matrix-why');
  await expect.poll(() => why.textContent()).toContain('statement 1 of inline policy new policy (user/Bea) allows it');
  expect(await why.textContent()).toContain('As saved');
  await why.getByText('What would deny it').click();
  expect(await why.getByTestId('flip').getByRole('listitem').count()).toBeGreaterThan(0);
  await page.screenshot({ path: `${IMAGES}/access-light.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await page.screenshot({ path: `${IMAGES}/access-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
});

test('keeps the last text that could be read while the new one cannot', async () => {
  await text().click();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type('}');
  await expect.poll(() => page.getByTestId('matrix-malformed').textContent()).toContain('cannot be read (line');
  expect(await label('s3:GetObject')).toBe('allowed, not allowed as saved');
  await page.keyboard.press('Backspace');
  await expect.poll(() => page.getByTestId('matrix-malformed').count()).toBe(0);
});

test('is as saved once it is saved', async () => {
  await write(policy('s3:ListBucket', `arn:aws:s3:::${bucket}`));
  await page.getByTestId('save').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('ListCatalogue');
  await page.keyboard.press('Enter');
  await expect.poll(() => label('s3:ListBucket')).toBe('allowed');
  expect(await page.getByTestId('matrix-changes').count()).toBe(0);
});

test('says that the name of a new policy is taken, and asks for another', async () => {
  await page.getByTestId('choose').click();
  await page.getByTestId('entry').filter({ hasText: 'Bea' }).click();
  await page.getByTestId('new-inline').click();
  await write(policy('s3:GetObject', `arn:aws:s3:::${bucket}/*`));
  await page.getByTestId('save').click();
  const name = page.getByRole('textbox', { name: 'Name' });
  await name.fill('ListCatalogue');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('name-taken').textContent()).toContain('ListCatalogue');
  expect(await page.getByTestId('create').isDisabled()).toBe(true);
  await name.fill('ReadCatalogue');
  await page.keyboard.press('Enter');
  await expect.poll(() => name.isVisible()).toBe(false);
  await expect.poll(() => label('s3:GetObject')).toBe('allowed');
  expect(await label('s3:ListBucket')).toBe('allowed');
  await type(page, 'aws iam delete-user-policy --user-name Bea --policy-name ReadCatalogue');
  await expect.poll(() => label('s3:GetObject')).toBe('not allowed');
});

test('follows the terminal', async () => {
  await type(page, 'aws iam delete-user-policy --user-name Bea --policy-name ListCatalogue');
  await expect.poll(() => label('s3:ListBucket')).toBe('not allowed');
});

test('is one stop of the Tab key, moved in by arrow keys, asked by Enter', async () => {
  await cell('s3:ListBucket').click();
  expect(await page.getByTestId('matrix').locator('td[tabindex="0"]').count()).toBe(1);
  const [principal, permission] = (await focused()).split(' ').map(Number);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect.poll(focused).toBe(`${(principal ?? 0) + 1} ${(permission ?? 0) + 1}`);
  await page.keyboard.press('Home');
  await expect.poll(focused).toBe(`0 ${(permission ?? 0) + 1}`);
  await page.keyboard.press('Control+Home');
  await expect.poll(focused).toBe('0 0');
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toBe('0 0');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('matrix-why').textContent()).not.toContain('Bea');
  expect(await page.getByTestId('matrix').locator('[aria-selected="true"]').count()).toBe(1);
});

test('says that it cannot be read, and reads it when asked', async () => {
  await page.route('**/api/attempts/*/access', (route) => route.abort());
  await page.reload();
  // The calls, when they come, have it read once more.
  await page.getByTestId('call').first().waitFor();
  await page.getByText('Who may do what could not be read.').waitFor();
  await page.unroute('**/api/attempts/*/access');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => label('s3:ListBucket')).toBe('not allowed');
});

test('keeps its reasons, not its verdicts, where the challenge explains after solving', async () => {
  await page.route('**/api/attempts', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, json: { ...(await response.json()), explain: 'after-solving' } });
  });
  await page.reload();
  await cell('s3:ListBucket').click();
  const why = page.getByTestId('matrix-why');
  await expect.poll(() => why.textContent()).toContain('Why is shown after solving.');
  expect(await label('s3:ListBucket')).toBe('not allowed');
  expect(await why.textContent()).not.toMatch(/policy|statement/);
  await page.unroute('**/api/attempts');
});

test('says which permission is wanting where the keys may not read what decides', async () => {
  const needs = ['iam:GetUserPolicy on arn:aws:iam::111122223333:user/Bea'];
  await page.route('**/api/attempts/*/access', async (route) => {
    const response = await route.fetch();
    const matrix = (await response.json()) as { principals: { name: string }[] };
    const principals = matrix.principals.map(({ name }) => ({ kind: 'unread', name, needs }));
    return route.fulfill({ response, json: { ...matrix, principals } });
  });
  await page.reload();
  await expect.poll(() => label('s3:ListBucket')).toBe('not known: your keys may not read what decides it');
  await cell('s3:ListBucket').click();
  await expect.poll(() => page.getByTestId('matrix-why').textContent()).toContain(needs[0]);
  await page.unroute('**/api/attempts/*/access');
});

test('is not there where no check names a permission, and the page has had no fault', async () => {
  await page.goto(platform.url);
  await page.getByTestId('challenge').filter({ hasText: 'Grant yourself' }).click();
  await prompt(page);
  expect(await page.getByTestId('matrix').count()).toBe(0);
  expect(await page.getByText('Who may do what').count()).toBe(0);
  expect(faults).toEqual([]);
});
