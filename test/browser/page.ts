/** A real Chromium, and the workbench as a person uses it: typing, reading, clicking. */
import { type Browser, chromium, type Page } from 'playwright-core';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ARGUMENTS });
}

/** What the terminal shows, without the blanks that fill its rows. */
export async function terminalText(page: Page): Promise<string> {
  const rows = page.getByTestId('terminal').locator('.xterm-rows > div');
  const texts = await rows.allTextContents();
  return texts
    .map((text) => text.replaceAll('\u00a0', ' ').trimEnd())
    .join('\n')
    .trimEnd();
}

/** Waits until the terminal offers a prompt on its last line. */
export async function prompt(page: Page): Promise<void> {
  await waitFor(page, async () => /\S+ \S+ \$$/.test(await terminalText(page)));
}

async function waitFor(page: Page, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`the terminal shows:\n${await terminalText(page)}`);
    await page.waitForTimeout(50);
  }
}

/** Types a command line into the terminal, key by key, and waits for it to end. Answers what the terminal shows then. */
export async function type(page: Page, line: string): Promise<string> {
  await page.getByTestId('terminal').click();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
  await page.waitForTimeout(100);
  await prompt(page);
  return terminalText(page);
}
