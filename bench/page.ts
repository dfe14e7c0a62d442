/**
 * The page in a real Chromium (CHROMIUM names it): from a key press in the policy editor to a new access matrix of 20 × 20 cells, every
 * one of which changes, against a frame of 60 a second; and the size of the engine that the page loads. Needs a build.
 */
import { projectPath } from '../server/config/root.ts';
import { openBrowser, prompt } from '../test/browser/page.ts';
import { bundleEngine } from '../test/engine-bundle.ts';
import { startPlatform } from '../test/platform.ts';
import { bigMatrix } from './page/big-matrix.ts';
import { type Keystroke, measureKeystrokes, measureWork } from './page/keystrokes.ts';

const FRAME = 1000 / 60;
const PRESSES = 120;
const WARM_UP = 20;

const policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::data-*/reports/*"}]}`;

const { bytes, gzipped } = await bundleEngine(projectPath('.'));
console.log(`engine of the page: ${(bytes / 1000).toFixed(1)} kB, gzipped ${(gzipped / 1000).toFixed(1)} kB`);

const platform = await startPlatform();
const browser = await openBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await page.route('**/api/attempts/*/access', (route) => route.fulfill({ json: bigMatrix() }));
  await page.goto(platform.url);
  await page.getByTestId('challenge').filter({ hasText: 'The catalogue clerk' }).click();
  await prompt(page);
  await page.getByTestId('choose').click();
  await page.getByTestId('entry').filter({ hasText: 'Bea' }).click();
  await page.getByTestId('new-inline').click();
  await page.getByTestId('editor').locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(policy);
  for (let n = 0; n < '"}]}'.length; n += 1) await page.keyboard.press('ArrowLeft');
  let keystrokes: readonly Keystroke[] = [];
  const work = await measureWork(page, WARM_UP + PRESSES, async () => {
    keystrokes = (await measureKeystrokes(page, WARM_UP + PRESSES)).slice(WARM_UP);
  });
  const unchanged = keystrokes.filter(({ changed }) => changed < 400).length;
  if (keystrokes.length < PRESSES || unchanged > 0) {
    throw new Error(`${unchanged} of ${keystrokes.length} key presses changed fewer than 400 cells`);
  }
  console.log(`key press to 20 × 20 cells (${PRESSES} presses, each changes all 400):`);
  const moments = [
    ['cells', 'the cells are laid out'],
    ['frame', 'the frame begins'],
    ['painted', 'it is painted'],
  ] as const;
  for (const [until, moment] of moments) {
    const times = keystrokes.map((keystroke) => keystroke[until]).sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
    const [median, p95] = [at(0.5), at(0.95)];
    console.log(
      `  until ${moment}: fastest tenth ${at(0.1).toFixed(1)} ms, median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ` +
        `max ${at(1).toFixed(1)} ms; ${(median / FRAME).toFixed(2)} of a frame`,
    );
  }
  console.log(
    `  processor time of the page's thread for a press: script, style and layout ${work.laidOut.toFixed(1)} ms, all ${work.everything.toFixed(1)} ms`,
  );
} finally {
  await browser.close();
  await platform.stop();
}
