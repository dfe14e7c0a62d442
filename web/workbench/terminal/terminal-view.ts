import { FitAddon } from '@xterm/addon-fit';
import { type ITheme, Terminal } from '@xterm/xterm';

/** Resolves the page's colour tokens, which a canvas of cells cannot read itself. */
function themeOf(host: HTMLElement): ITheme {
  const probe = document.createElement('span');
  host.append(probe);
  const color = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const theme: ITheme = {
    background: color('--term-ground'),
    foreground: color('--term-ink'),
    cursor: color('--term-accent'),
    cursorAccent: color('--term-ground'),
    selectionBackground: color('--term-selection'),
    black: color('--term-grey'),
    red: color('--term-red'),
    green: color('--term-green'),
    yellow: color('--term-yellow'),
    blue: color('--term-blue'),
    magenta: color('--term-magenta'),
    cyan: color('--term-accent'),
    white: color('--term-ink'),
    brightBlack: color('--term-grey'),
  };
  probe.remove();
  return theme;
}

/** The cells: an xterm that fits its host, wears the page's colours, and lets go of the keyboard at Shift+Tab. */
export class TerminalView {
  readonly terminal: Terminal;
  private readonly fit = new FitAddon();
  private readonly host: HTMLElement;
  private readonly resize: ResizeObserver;

  constructor(host: HTMLElement) {
    this.host = host;
    const style = getComputedStyle(host);
    this.terminal = new Terminal({
      fontFamily: style.getPropertyValue('--code').trim() || 'monospace',
      fontSize: 12.5,
      lineHeight: 1.35,
      cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      scrollback: 5_000,
      theme: themeOf(host),
      minimumContrastRatio: 4.5,
    });
    this.terminal.loadAddon(this.fit);
    this.terminal.attachCustomKeyEventHandler((event) => this.takes(event));
    this.terminal.open(host);
    this.resize = new ResizeObserver(() => this.fitNow());
    this.resize.observe(host);
    this.fitNow();
  }

  recolour(): void {
    this.terminal.options.theme = themeOf(this.host);
  }

  set screenReader(mode: 'on' | 'off') {
    this.terminal.options.screenReaderMode = mode === 'on';
  }

  close(): void {
    this.resize.disconnect();
    this.terminal.dispose();
  }

  private fitNow(): void {
    // A hidden pane has no size; xterm would shrink to nothing.
    if (this.host.clientWidth > 40 && this.host.clientHeight > 20) this.fit.fit();
  }

  /** False leaves a key to the browser: Shift+Tab moves the focus on, Ctrl+C with a selection copies. */
  private takes(event: KeyboardEvent): boolean {
    if (event.key === 'Tab' && event.shiftKey) return false;
    const copies = event.ctrlKey && !event.altKey && event.key.toLowerCase() === 'c';
    if (copies && (event.shiftKey || this.terminal.hasSelection())) {
      if (event.type === 'keydown' && this.terminal.hasSelection()) {
        event.preventDefault();
        void navigator.clipboard.writeText(this.terminal.getSelection()).catch(() => undefined);
        this.terminal.clearSelection();
      }
      return false;
    }
    // Ctrl+V, Ctrl+Shift+V: the browser pastes.
    return !(event.ctrlKey && !event.altKey && event.key.toLowerCase() === 'v');
  }
}
