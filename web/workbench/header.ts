import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Attempt, RewindStep } from '../../contract/index.ts';
import '../app/theme-toggle.ts';
import { styled } from '../look/base.ts';
import { icon } from '../look/icons.ts';
import '../look/webawesome.ts';
import { watch } from '../state/store.ts';
import './account/account-dialog.ts';
import type { Bench } from './bench.ts';
import './changes/changes-dialog.ts';
import { texts as changesTexts } from './changes/texts.ts';
import './confirm.ts';
import './console/console-dialog.ts';
import type { Confirmation } from './confirm.ts';
import { texts as consoleTexts } from './console/texts.ts';
import styles from './header.css?inline';
import { texts } from './texts.ts';
import './time/clock-menu.ts';

const timeOfDay = new Intl.DateTimeFormat('en', { timeStyle: 'short', hourCycle: 'h23' });

/** The workbench's header: where one is, whose account it is, and the acts that concern the whole attempt. */
export class BenchHeader extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    bench: { attribute: false },
    accountOpen: { state: true },
    changesOpen: { state: true },
    consoleOpen: { state: true },
    step: { state: true },
    confirming: { state: true },
  };
  declare bench: Bench;
  declare private accountOpen: boolean;
  declare private changesOpen: boolean;
  declare private consoleOpen: boolean;
  /** What rewinding would undo, as it was when the menu was opened. */
  declare private step: RewindStep | undefined;
  declare private confirming: Confirmation | undefined;

  constructor() {
    super();
    this.accountOpen = false;
    this.changesOpen = false;
    this.consoleOpen = false;
    watch(this, () => [this.bench.attempt.attempt, this.bench.attempt.busy]);
  }

  private openAccount(): void {
    this.accountOpen = true;
  }

  private closeAccount(): void {
    this.accountOpen = false;
  }

  private openChanges(): void {
    this.changesOpen = true;
  }

  private closeChanges(): void {
    this.changesOpen = false;
  }

  private openConsole(): void {
    this.consoleOpen = true;
  }

  private closeConsole(): void {
    this.consoleOpen = false;
  }

  private async onMenuShow(): Promise<void> {
    this.step = await this.bench.attempt.lastStep();
  }

  private stepText(): string {
    if (this.bench.attempt.current?.sandbox.backend === 'localstack') return texts.rewindNotHere;
    if (this.step === undefined) return texts.rewindNone;
    const { call, principal, at } = this.step;
    return texts.rewindStep(call, principal.slice(principal.lastIndexOf(':') + 1), timeOfDay.format(new Date(at)));
  }

  private submit(): void {
    this.dispatchEvent(new CustomEvent('submit-work', { bubbles: true, composed: true }));
  }

  private onMenu(event: CustomEvent<{ item: { value: string } }>): void {
    const act = event.detail.item.value;
    const staged = (this.bench.attempt.current?.stages.length ?? 0) > 0;
    if (act === 'reset') this.confirming = staged ? 'reset-stage' : 'reset';
    if (act === 'start-over' || (act === 'rewind' && this.step !== undefined)) this.confirming = act;
  }

  private dismiss(): void {
    this.confirming = undefined;
  }

  private async confirm(): Promise<void> {
    const act = this.confirming;
    this.confirming = undefined;
    const { attempt, announcement } = this.bench;
    if (act === 'rewind' && this.step !== undefined) {
      const undone = await attempt.rewind(this.step);
      if (undone !== undefined) announcement.set(texts.wasRewound(undone.call));
    }
    const resets = act === 'reset' || act === 'reset-stage';
    if (resets && (await attempt.reset())) announcement.set(texts.wasReset);
    if (act === 'start-over' && (await attempt.startOver())) announcement.set(texts.wasStartedOver);
  }

  private acts(attempt: Attempt): TemplateResult {
    const busy = this.bench.attempt.busy.value;
    return html`<button class="chip mono account" @click=${this.openAccount} title=${texts.accountTitle} data-testid="account">
        ${icon('key')} <span class="id">${texts.account(attempt.sandbox.accountId)}</span>
      </button>
      <lw-clock-menu .bench=${this.bench}></lw-clock-menu>
      <lw-theme-toggle></lw-theme-toggle>
      ${
        attempt.console.panels.length > 0
          ? html`<button class="quiet" @click=${this.openConsole} title=${consoleTexts.title} data-testid="console">${consoleTexts.button}</button>`
          : nothing
      }
      <button class="quiet changes" @click=${this.openChanges} title=${changesTexts.title} data-testid="changes">${changesTexts.button}</button>
      <wa-dropdown @wa-select=${this.onMenu} @wa-show=${this.onMenuShow}>
        <button slot="trigger" class="quiet" ?disabled=${busy !== undefined} data-testid="again" title=${texts.againTitle}>
          ${texts.again} ${icon('chevron')}
        </button>
        <wa-dropdown-item value="rewind" ?disabled=${this.step === undefined} data-testid="rewind">${texts.rewind}<span slot="details" class="details">${this.stepText()}</span></wa-dropdown-item>
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
            <lw-console-dialog .open=${this.consoleOpen} .bench=${this.bench} @close=${this.closeConsole}></lw-console-dialog>
            <lw-changes-dialog .open=${this.changesOpen} .attempt=${attempt} @close=${this.closeChanges}></lw-changes-dialog>
            <lw-confirm .act=${this.confirming} .what=${this.confirming === 'rewind' ? this.stepText() : undefined} @confirm=${this.confirm} @dismiss=${this.dismiss}></lw-confirm>`
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
