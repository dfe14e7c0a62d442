import xtermStyles from '@xterm/xterm/css/xterm.css?inline';
import { html, LitElement, nothing, type TemplateResult, unsafeCSS } from 'lit';
import { styled } from '../../look/base.ts';
import '../../look/tabs.ts';
import { recall, remember } from '../../state/remembered.ts';
import { watch } from '../../state/store.ts';
import { theme } from '../../state/theme.ts';
import type { Bench } from '../bench.ts';
import '../maximise.ts';
import styles from './terminal-pane.css?inline';
import { texts } from './texts.ts';
import type { Workplace } from './workplace.ts';

const loadWorkplace = () => import('./workplace.ts');
// On its way while the account is being set up; a failure is met again, and shown, when the terminal is opened.
void loadWorkplace().catch(() => undefined);

/** The lower pane: a terminal in the learner's account. Its code is loaded when it is first shown. */
export class TerminalPane extends LitElement {
  static override styles = [...styled(styles), unsafeCSS(xtermStyles)];
  static override properties = {
    bench: { attribute: false },
    failed: { state: true },
    reader: { state: true },
    said: { state: true },
  };
  declare bench: Bench;
  declare private failed: boolean;
  declare private reader: boolean;
  declare private said: string;
  private workplace: Workplace | undefined;
  private opening: string | undefined;
  private stopTheme: (() => void) | undefined;

  constructor() {
    super();
    this.failed = false;
    this.reader = recall('screen-reader') === true;
    this.said = '';
    watch(this, () => [this.bench.attempt.attempt]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopTheme = theme.subscribe(() => this.workplace?.view.recolour());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopTheme?.();
    this.workplace?.close();
    this.workplace = undefined;
    this.opening = undefined;
  }

  protected override updated(): void {
    const attempt = this.bench.attempt.current;
    if (!attempt) return;
    if (this.opening === attempt.id) this.workplace?.give(attempt.sandbox);
    else void this.open();
  }

  private async open(): Promise<void> {
    const attempt = this.bench.attempt.current;
    const host = this.renderRoot.querySelector<HTMLElement>('.screen');
    if (!attempt || !host) return;
    this.opening = attempt.id;
    this.failed = false;
    this.workplace?.close();
    try {
      const { Workplace: Place } = await loadWorkplace();
      // Left, or started over, while the code was on its way.
      if (this.opening !== attempt.id || !this.isConnected) return;
      this.workplace = new Place(host, attempt, this.bench, {
        onChange: () => this.requestUpdate(),
        onEscape: () => {
          this.said = texts.leave;
        },
      });
      this.workplace.view.screenReader = this.reader ? 'on' : 'off';
      this.requestUpdate();
    } catch {
      this.failed = true;
    }
  }

  private chooseProfile(event: CustomEvent<string>): void {
    this.workplace?.useProfile(event.detail);
    this.workplace?.view.terminal.focus();
    this.requestUpdate();
  }

  private toggleReader(): void {
    this.reader = !this.reader;
    remember('screen-reader', this.reader);
    if (this.workplace) this.workplace.view.screenReader = this.reader ? 'on' : 'off';
  }

  private focusTerminal(): void {
    this.workplace?.view.terminal.focus();
  }

  protected override render(): TemplateResult {
    const profiles = this.bench.attempt.current?.sandbox.profiles ?? [];
    const tabs = profiles.map((profile) => ({ id: profile.name, text: profile.name }));
    return html`<div class="bar">
        <b>${texts.title}</b>
        <lw-tabs class="mono" .tabs=${tabs} .current=${this.workplace?.profile ?? profiles[0]?.name ?? ''} .label=${texts.profiles} @choose=${this.chooseProfile}></lw-tabs>
        <span class="grow"></span>
        <span class="quiet small leave">${texts.leave}</span>
        <button class="quiet small reader" aria-pressed=${this.reader ? 'true' : 'false'} @click=${this.toggleReader}>${texts.screenReader}</button>
        <lw-maximise .pane=${'terminal'}></lw-maximise>
      </div>
      <p class="visually-hidden" role="status">${this.said}</p>
      ${
        this.failed
          ? html`<div class="notice deny" role="alert"><span>${texts.failed} <button class="link" @click=${this.open}>${texts.retry}</button></span></div>`
          : nothing
      }
      <div class="screen" data-testid="terminal" @click=${this.focusTerminal}></div>`;
  }
}

customElements.define('lw-terminal-pane', TerminalPane);

declare global {
  interface HTMLElementTagNameMap {
    'lw-terminal-pane': TerminalPane;
  }
}
