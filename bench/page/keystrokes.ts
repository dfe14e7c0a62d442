/** How long it takes from a key press in the policy editor to the matrix that it leads to, in a real browser. */
import type { Page } from 'playwright-core';

/** Milliseconds from the key's own time stamp. */
export interface Keystroke {
  /** Until the last cell of the table was changed and laid out. */
  readonly cells: number;
  /** Until the frame with it was begun to be painted. */
  readonly frame: number;
  /** Until the page's thread had painted it, and was free for the next key. */
  readonly painted: number;
  /** Cells that it changed. */
  readonly changed: number;
}

// As text: it runs in the page, whose types this file does not have.
const WATCH = `(() => {
  const find = (root, name) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === name) return element;
      const found = element.shadowRoot && find(element.shadowRoot, name);
      if (found) return found;
    }
  };
  const keys = [];
  let open;
  addEventListener('keydown', (event) => {
    if (event.key !== 'x' && event.key !== 'Backspace') return;
    open = { start: event.timeStamp, cells: 0, changed: 0 };
    const key = open;
    requestAnimationFrame(() => {
      performance.measure('frame', { start: key.start });
      key.frame = performance.now() - key.start;
      keys.push(key);
      // A message is taken after the frame.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        key.painted = performance.now() - key.start;
        port1.close();
      };
      port2.postMessage(undefined);
    });
  }, true);
  const table = find(document, 'lw-access-table');
  new MutationObserver((records) => {
    if (!open) return;
    table.getBoundingClientRect();
    const measure = performance.measure('cells', { start: open.start });
    open.cells = measure.duration;
    open.changed += records.filter((record) => record.attributeName === 'class').length;
  }).observe(table.shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
  window.keystrokes = keys;
})()`;

/**
 * Presses two keys in turn, the one making the document allow everything and the other nothing, and measures each.
 * The editor must have the focus, with the cursor behind the resource.
 */
export async function measureKeystrokes(page: Page, presses: number): Promise<readonly Keystroke[]> {
  await page.evaluate(WATCH);
  for (let n = 0; n < presses; n += 1) {
    await page.keyboard.press(n % 2 === 0 ? 'x' : 'Backspace');
    await page.waitForTimeout(60);
  }
  return page.evaluate<Keystroke[]>('window.keystrokes');
}

/** Milliseconds of the processor that the page's thread took for one key press: other programs on the machine do not count. */
export interface Work {
  /** Scripts, styles and layout: what is done until the cells are laid out, and a little besides. */
  readonly laidOut: number;
  /** All of it, painting and what the key is kept for among it. */
  readonly everything: number;
}

/** Measures the work of the page's thread for a press while `press` makes some. */
export async function measureWork(page: Page, presses: number, press: () => Promise<unknown>): Promise<Work> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const seconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  };
  const before = await seconds();
  await press();
  const after = await seconds();
  await session.detach();
  const work = (name: string) => ((after(name) - before(name)) * 1000) / presses;
  return {
    laidOut: work('ScriptDuration') + work('RecalcStyleDuration') + work('LayoutDuration'),
    everything: work('TaskDuration'),
  };
}
