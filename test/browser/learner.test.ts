/** A learner in a real browser: solves two challenges by typing, sees why a call was denied, reloads, and finds everything. */
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../platform.ts';
import { openBrowser, prompt, terminalText, type } from './page.ts';

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
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  await mkdir(IMAGES, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const checks = () => page.getByTestId('check');
/** The bucket's name, as the brief has it. */
const bucketName = () =>
  page
    .getByText(/^seed-catalogue-[a-z]+-\d{4}$/)
    .first()
    .textContent();
const picture = (name: string) => page.screenshot({ path: `${IMAGES}/${name}.png` });
/** A challenge of the catalogue by its title. */
const open = async (title: string) => {
  await page.goto(platform.url);
  await page.getByTestId('challenge').filter({ hasText: title }).click();
  await prompt(page);
};

test('opens a challenge from the catalogue, and has an account', async () => {
  await page.goto(platform.url);
  await expect.poll(() => page.getByTestId('challenge').count()).toBe(5);
  await picture('catalogue-light');
  await open('The catalogue clerk');
  expect(await type(page, 'aws sts get-caller-identity')).toContain('user/Ines');
});

test('sees why a call was denied', async () => {
  const bucket = await bucketName();
  const said = await type(page, `aws s3 ls s3://${bucket} --profile bea`);
  expect(said.replaceAll('\n', '')).toContain('AccessDenied');
  const call = page.getByTestId('call').first();
  await expect.poll(() => call.getByText('s3:ListBucket').first().isVisible()).toBe(true);
  await call.click();
  await expect
    .poll(() =>
      call
        .getByText(/no identity-based policy allows/)
        .first()
        .isVisible(),
    )
    .toBe(true);
});

test('fails first, with a reason for each check that does not hold', async () => {
  await page.getByTestId('submit').click();
  await expect
    .poll(() => checks().filter({ hasText: 'Bea' }).first().textContent())
    .toMatch(/not authorized|denied|may not|cannot/i);
});

test('reloads in the middle, and finds everything again', async () => {
  await type(page, 'echo "kept over a reload" > note.txt');
  const account = await page.getByTestId('account').textContent();
  const verdicts = await checks().allTextContents();
  await page.reload();
  await prompt(page);
  expect(await page.getByTestId('account').textContent()).toBe(account);
  await expect.poll(() => checks().allTextContents()).toEqual(verdicts);
  expect(await type(page, 'cat note.txt')).toContain('kept over a reload');
  await expect.poll(() => page.getByTestId('call').count()).toBeGreaterThan(1);
});

test('is warned in the editor of a policy that allows nothing, and sees it denied', async () => {
  const bucket = await bucketName();
  await page.getByTestId('choose').click();
  await page.getByTestId('entry').filter({ hasText: 'Bea' }).click();
  await page.getByTestId('new-inline').click();
  const text = page.getByTestId('editor').locator('.cm-content');
  await text.click();
  await page.keyboard.press('ControlOrMeta+a');
  const statement = { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${bucket}/*` };
  await page.keyboard.insertText(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2));
  await expect.poll(() => text.textContent()).toContain('never matches here');
  await page.getByTestId('save').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('ListCatalogue');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.getByTestId('announcement').textContent()).toBe('Saved.');
  await page.getByTestId('submit').click();
  await expect
    .poll(async () => {
      const [, held, all] =
        /(\d+) of (\d+) checks hold/.exec((await page.getByTestId('announcement').textContent()) ?? '') ?? [];
      return Number(all) - Number(held);
    })
    .toBe(1);
  await type(page, 'clear');
  await type(page, `aws s3 ls s3://${bucket} --profile bea`);
  const call = page.getByTestId('call').first();
  await call.click();
  await expect
    .poll(() =>
      call
        .getByText(/ListCatalogue/)
        .first()
        .isVisible(),
    )
    .toBe(true);
  // A note that passes is no part of a picture.
  const note = page.getByTestId('announcement');
  await expect.poll(() => note.getAttribute('class'), { timeout: 12_000 }).not.toContain('shown');
  await page.waitForTimeout(300);
  await picture('workbench-light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForTimeout(300);
  await picture('workbench-dark');
  await page.emulateMedia({ colorScheme: 'light' });
});

test('solves first-policy by typing', async () => {
  const bucket = await bucketName();
  const statement = `{"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::${bucket}"}`;
  await type(page, `echo '{"Version":"2012-10-17","Statement":[${statement}]}' > bea.json`);
  await type(page, 'aws iam put-user-policy --user-name Bea --policy-name List --policy-document file://bea.json');
  await type(page, `aws s3 ls s3://${bucket} --profile bea`);
  await type(page, 'submit');
  await expect.poll(() => page.getByTestId('solved').isVisible()).toBe(true);
  await page.waitForTimeout(900);
  await picture('solved-light');
});

test('solves self-service-admin by typing: first the attack, then the fix', async () => {
  await open('Grant yourself');
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
  expect((await type(page, 'aws ssm get-parameter --name /finance/bank-token')).replaceAll('\n', '')).toContain(
    'AccessDenied',
  );
  await type(page, `aws iam attach-user-policy --user-name Milo --policy-arn ${admin}`);
  const token = '$(aws ssm get-parameter --name /finance/bank-token --query Parameter.Value --output text)';
  await type(page, `answer bank-token ${token}`);
  await type(page, 'submit');
  await expect.poll(() => page.getByTestId('stages').textContent()).toMatch(/fix/i);
  await prompt(page);
  expect(await type(page, 'aws sts get-caller-identity --profile security')).toContain('SecurityEngineer');
  const actions = ['GetUser', 'ListGroupsForUser', '*AccessKey*', 'List*Policies', 'GetUserPolicy'];
  const statement = {
    Effect: 'Allow',
    Action: actions.map((action) => `iam:${action}`),
    Resource: 'arn:aws:iam::*:user/${aws:username}',
  };
  await type(page, `echo '${JSON.stringify({ Version: '2012-10-17', Statement: [statement] })}' > fixed.json`);
  const arn = '$(aws iam list-policies --scope Local --query "Policies[0].Arn" --output text --profile security)';
  await type(
    page,
    `aws iam create-policy-version --policy-arn ${arn} --policy-document file://fixed.json --set-as-default --profile security`,
  );
  await type(page, 'submit');
  await expect.poll(() => page.getByTestId('solved').isVisible()).toBe(true);
});

test('shares a home directory between two tabs', async () => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await prompt(other);
  await type(page, 'clear; echo first > shared.txt');
  expect(await type(other, 'clear; cat shared.txt')).toContain('first');
  await type(other, 'echo second > shared.txt');
  // A tab behind another draws nothing.
  await page.bringToFront();
  expect(await type(page, 'cat shared.txt')).toContain('second');
  await other.close();
});

test('reads an attempt that was started over, and goes on in the new one', async () => {
  const account = await page.getByTestId('account').textContent();
  await page.getByTestId('again').click();
  await page.getByTestId('start-over').click();
  await page.getByTestId('confirm-act').click();
  await expect.poll(() => page.getByTestId('account').textContent(), { timeout: 5_000 }).not.toBe(account);
  await page.goto(`${platform.url}/work`);
  await page.getByTestId('attempt').filter({ hasText: 'started over' }).getByRole('link').click();
  await page.getByTestId('ended').waitFor();
  await expect.poll(() => page.getByTestId('call').count()).toBeGreaterThan(1);
  expect(await page.getByTestId('submit').count()).toBe(0);
  await page.getByRole('button', { name: 'Go to the open attempt' }).click();
  await prompt(page);
  expect(await page.getByTestId('held').textContent()).toMatch(/^0 of/);
});

test('leaves the terminal by Shift+Tab, and the page has had no fault', async () => {
  await page.getByTestId('terminal').click();
  await page.keyboard.press('Shift+Tab');
  // As text: it runs in the page, whose types these tests do not have.
  const within = await page.evaluate<boolean>(`(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.classList.contains('xterm-helper-textarea') ?? false;
  })()`);
  expect(within).toBe(false);
  expect(faults).toEqual([]);
  expect(await terminalText(page)).toContain('$');
});
