/** `curl` in the page's terminal: the sandbox's addresses, and nothing beyond them; and what an instance's user data wrote. */
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

test('reads an object by its presigned URL', async () => {
  await type(page, 'aws s3 mb s3://curl-in-the-page && echo kept > f && aws s3 cp f s3://curl-in-the-page/f');
  await type(page, 'clear');
  const text = await type(page, 'curl -si "$(aws s3 presign s3://curl-in-the-page/f)"');
  expect(text).toMatch(/HTTP\/1\.1 200 OK\n[\s\S]*etag: [\s\S]*\nkept\n/);
});

test('asks for what is nobody’s to read as anybody would', async () => {
  await type(page, 'clear');
  const url = 'https://curl-in-the-page.s3.amazonaws.com/f';
  expect(await type(page, `curl -s -o /dev/null -w '%{http_code}\\n' ${url}`)).toMatch(/\n403\n/);
});

test('reaches neither the metadata service nor another host', async () => {
  await type(page, 'clear');
  const text = await type(page, 'curl -sS http://example.com/; curl -sS http://169.254.169.254/latest/meta-data/');
  expect(text).toContain('curl: (6) Could not resolve host: example.com');
  expect(text).toContain('curl: (7) Failed to connect to 169.254.169.254 port 80');
});

test('shows what user data wrote on an instance', async () => {
  await type(page, 'clear');
  await type(page, `printf '#!/bin/sh\\necho written by $(whoami)\\n' > user-data`);
  await type(
    page,
    'id=$(aws ec2 run-instances --image-id ami-0abcdef1234567892 --instance-type t2.micro --user-data file://user-data --query Instances[0].InstanceId --output text)',
  );
  await type(page, 'clear');
  await expect
    .poll(() => type(page, 'aws ec2 get-console-output --instance-id $id --query Output --output text'), {
      timeout: 20_000,
    })
    .toContain('written by root');
  expect(await terminalText(page)).toContain('Cloud-init');
});
