/** A session on a host in the page's terminal: what is typed runs there, as the instance's role, until it exits. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningPlatform, startPlatform } from '../platform.ts';
import { openBrowser, prompt, terminalText, type } from './page.ts';

let platform: RunningPlatform;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  platform = await startPlatform();
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(platform.url);
  await page.getByTestId('challenge').filter({ hasText: 'Playground' }).click();
  await prompt(page);
});
afterAll(async () => {
  await browser?.close();
  await platform?.stop();
});

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

/** Types a line, and waits until the terminal's text ends so. */
async function typeUntil(line: string, end: RegExp): Promise<string> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  await expect.poll(() => terminalText(page), { timeout: 20_000 }).toMatch(end);
  return terminalText(page);
}

test('a shell on an instance keeps its place, and is its role', async () => {
  await type(page, `aws iam create-role --role-name Node --assume-role-policy-document '${JSON.stringify(trust)}'`);
  await type(
    page,
    'aws iam attach-role-policy --role-name Node --policy-arn arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore',
  );
  await type(page, 'aws iam create-instance-profile --instance-profile-name Node');
  await type(page, 'aws iam add-role-to-instance-profile --instance-profile-name Node --role-name Node');
  await type(
    page,
    'ID=$(aws ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type t3.micro --iam-instance-profile Name=Node --query Instances[0].InstanceId --output text); clear',
  );
  await typeUntil('aws ssm start-session --target $ID', /Starting session with SessionId: \S+\n\$$/);
  await typeUntil('cd /tmp', /cd \/tmp\n\$$/);
  await typeUntil('pwd', /pwd\n\/tmp\n\$$/);
  await typeUntil('aws sts get-caller-identity --query Arn --output text', /assumed-role\/Node\/i-0[0-9a-f]{16}\n\$$/);
  // Ctrl-C gives up the line, and leaves the session on.
  await page.keyboard.type('sleep 30');
  await page.keyboard.press('Enter');
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+c');
  await typeUntil('pwd', /\^C\n\$ pwd\n\/tmp\n\$$/);
  await typeUntil('exit', /Exiting session with sessionId: \S+\.\n\n\S+ \S+ \$$/);
  expect(await type(page, 'pwd')).toMatch(/pwd\n\/home\/learner\n/);
});
