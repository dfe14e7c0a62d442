import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Attempt } from '../../contract/index.ts';
import '../app/theme-toggle.ts';
import { styled } from '../look/base.ts';
import { icon } from '../look/icons.ts';
import '../look/webawesome.ts';
import { watch } from '../state/store.ts';
import './account/account-dialog.ts';
import type { Bench } from './bench.ts';
import './confirm.ts';
import type { Confirmation } from './confirm.ts';
import styles from './header.css?inline';
import { texts } from './texts.ts';

/** The workbench's header: where one is, whose account it is, and the acts that concern the whole attempt. */
export class BenchHeader extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    bench: { attribute: false },
    accountOpen: { state: true },
    confirming: { state: true },
  };
  declare bench: Bench;
  declare private accountOpen: boolean;
  declare private confirming: Confirmation | undefined;

  constructor() {
    super();
    this.accountOpen = false;
    watch(this, () => [this.bench.attempt.attempt, this.bench.attempt.busy]);
  }

  private openAccount(): void {
    this.accountOpen = true;
  }

  private closeAccount(): void {
    this.accountOpen = false;
  }

  private submit(): void {
    this.dispatchEvent(new CustomEvent('submit-work', { bubbles: true, composed: true }));
  }

  private onMenu(event: CustomEvent<{ item: { value: string } }>): void {
    const act = event.detail.item.value;
    const staged = (this.bench.attempt.current?.stages.length ?? 0) > 0;
    if (act === 'reset') this.confirming = staged ? 'reset-stage' : 'reset';
    if (act === 'start-over') this.confirming = act;
  }

  private dismiss(): void {
    this.confirming = undefined;
  }

  private async confirm(): Promise<void> {
    const act = this.confirming;
    this.confirming = undefined;
    const { attempt, announcement } = this.bench;
    const resets = act === 'reset' || act === 'reset-stage';
    if (resets && (await attempt.reset())) announcement.set(texts.wasReset);
    if (act === 'start-over' && (await attempt.startOver())) announcement.set(texts.wasStartedOver);
  }

  private acts(attempt: Attempt): TemplateResult {
    const busy = this.bench.attempt.busy.value;
    return html`<button class="chip mono account" @click=${this.openAccount} title=${texts.accountTitle} data-testid="account">
        ${icon('key')} <span class="id">${texts.account(attempt.sandbox.accountId)}</span>
      </button>
      <lw-theme-toggle></lw-theme-toggle>
      <wa-dropdown @wa-select=${this.onMenu}>
        <button slot="trigger" class="quiet" ?disabled=${busy !== undefined} data-testid="again" title=${texts.againTitle}>
          ${texts.again} ${icon('chevron')}
        </button>
        <wa-dropdown-item value="reset" data-testid="reset">${attempt.stages.length > 0 ? texts.resetStage : texts.reset}<span slot="details" class="details">${texts.resetNote}</span></wa-dropdown-item>
        <wa-dropdown-item value="start-over" data-testid="start-over">${texts.startOver}<span slot="details" class="details">${texts.startOverNote}</span></wa-dropdown-item>
      </wa-dropdown>
      ${
        attempt.challenge.type === 'free'
          ? nothing
          : html`<button class="primary" ?disabled=${busy !== undefined} @click=${this.submit} data-testid="submit">
              ${busy === 'submitting' ? html`<span class="spin" aria-hidden="true"></span>${texts.submitting}` : texts.submit}
            </button>`
      }`;
  }

  protected override render(): TemplateResult {
    const attempt = this.bench.attempt.current;
    return html`<header>
      <a class="logo" href="/" aria-label=${texts.logo} title=${texts.catalogue}>least<i>wise</i></a>
      ${
        attempt
          ? html`<span class="quiet pack">${attempt.challenge.pack.title} ›</span>
            <h1 class="title">${attempt.challenge.title}</h1>
            <span class="chip level">${texts.level(attempt.challenge.level, attempt.challenge.minutes)}</span>
            ${attempt.solved ? html`<span class="chip solved">✓ ${texts.solvedChip}</span>` : nothing}
            <span class="grow"></span>${attempt.state === 'open' ? this.acts(attempt) : html`<span class="chip">${texts.endedChip}</span><lw-theme-toggle></lw-theme-toggle>`}
            <lw-account-dialog .open=${this.accountOpen} .sandbox=${attempt.sandbox} @close=${this.closeAccount}></lw-account-dialog>
            <lw-confirm .act=${this.confirming} @confirm=${this.confirm} @dismiss=${this.dismiss}></lw-confirm>`
          : html`<span class="grow"></span><lw-theme-toggle></lw-theme-toggle>`
      }
    </header>`;
  }
}

customElements.define('lw-bench-header', BenchHeader);

declare global {
  interface HTMLElementTagNameMap {
    'lw-bench-header': BenchHeader;
  }
}
