/** Time and undo in a real browser: what did I change, one step back, and the account's clock. */
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../platform.ts';
import { openBrowser, prompt, type } from './page.ts';

const IMAGES = process.env['IMAGES'] ?? 'docs/images';

let platform: RunningPlatform;
let browser: Browser;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  platform = await startPlatform();
  browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, colorScheme: 'light' });
  page = await context.newPage();
  page.on('pageerror', (error) => faults.push(error.message));
  await mkdir(IMAGES, { recursive: true });
  await page.goto(platform.url);
  await page.getByTestId('challenge').filter({ hasText: 'Playground' }).click();
  await prompt(page);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const announced = () => page.getByTestId('announcement').textContent();
const changes = async () => {
  await page.getByTestId('changes').click();
  const things = page.getByTestId('changed-thing');
  await expect.poll(() => page.getByText(/Nothing\. The account|In the account/).count()).toBe(1);
  return (await things.allTextContents()).map((text) => text.replaceAll(/\s+/g, ' ').trim());
};
const close = () =>
  page.getByTestId('changes-dialog').getByRole('button', { name: 'Close', exact: true }).last().click();

test('has changed nothing at first, and nothing that could be undone is offered', async () => {
  expect(await changes()).toEqual([]);
  await close();
  await page.getByTestId('again').click();
  await expect.poll(() => page.getByTestId('rewind').getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Escape');
  // The menu gives the focus back when it has closed.
  await expect.poll(() => page.getByTestId('rewind').isVisible()).toBe(false);
});

test('sees what was changed, with policies side by side', async () => {
  await type(page, 'aws iam create-user --user-name Robin');
  const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
  await type(page, `aws iam put-user-policy --user-name Robin --policy-name Files --policy-document '${policy}'`);
  const made = page.getByTestId('call').filter({ hasText: 'iam:PutUserPolicy' });
  await expect.poll(() => made.count()).toBe(1);
  expect(await changes()).toEqual(['added iam user Robin']);
  await expect.poll(() => page.getByTestId('changed-document').textContent()).toContain('Files of user/Robin');
  await expect.poll(() => page.getByTestId('changed-document').getByText('"s3:*"').isVisible()).toBe(true);
  await page.screenshot({ path: `${IMAGES}/changes-light.png` });
  await close();
});

test('undoes the last change, after seeing which it is', async () => {
  await page.getByTestId('again').click();
  await expect.poll(() => page.getByTestId('rewind').textContent()).toContain('iam:PutUserPolicy by user/Admin');
  await page.getByTestId('rewind').click();
  await expect.poll(() => page.getByTestId('confirm').textContent()).toContain('iam:PutUserPolicy');
  await page.getByTestId('confirm-act').click();
  await expect.poll(announced).toBe('Undone: iam:PutUserPolicy.');
  expect(await type(page, 'aws iam list-user-policies --user-name Robin')).toContain('"PolicyNames": []');
});

test('moves the clock by a day, and what is made then has that day', async () => {
  const before = await page.getByTestId('clock').textContent();
  await page.getByTestId('clock').click();
  await expect.poll(() => page.getByTestId('clock-step').allTextContents()).toHaveLength(3);
  await page.getByTestId('clock-step').nth(1).click();
  await expect.poll(announced).toMatch(/^In your account it is .* now\.$/);
  await expect.poll(() => page.getByTestId('clock').textContent()).toContain('+1 day');
  expect(await page.getByTestId('clock').textContent()).not.toBe(before);
  await type(page, 'clear');
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  expect(await type(page, 'aws iam create-user --user-name Late --query User.CreateDate')).toContain(tomorrow);
});

test('registers the root user’s device, and signs in as a user with a password', async () => {
  await page.getByTestId('console').click();
  await page.getByTestId('root-mfa').click();
  await expect.poll(() => page.getByTestId('root-panel').textContent()).toContain('registered');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: `${IMAGES}/console-dark.png` });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.keyboard.press('Escape');
  await type(
    page,
    'aws iam create-login-profile --user-name Late --password Correct-Horse-1 --query LoginProfile.UserName',
  );
  expect(await type(page, 'console sign-in Late wrong')).toContain('AuthenticationFailed');
  await page.getByTestId('console').click();
  const panel = page.getByTestId('sign-in-panel');
  await panel.getByLabel('User name, or root').fill('Late');
  await panel.getByLabel('Password', { exact: true }).fill('Correct-Horse-1');
  await page.getByTestId('sign-in').click();
  await expect.poll(announced).toBe('Signed in: use --profile console-late.');
  await type(page, 'clear');
  expect(await type(page, 'aws sts get-caller-identity --query Arn --profile console-late')).toContain(':user/Late');
  await expect.poll(() => page.getByTestId('call').filter({ hasText: 'console:SignIn' }).count()).toBe(2);
  expect(faults).toEqual([]);
});
