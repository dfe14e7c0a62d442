import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { styled } from '../look/base.ts';
import '../look/dialog.ts';
import { texts } from './texts.ts';

/** The acts that undo a learner's work. */
export type Confirmation = 'rewind' | 'reset' | 'reset-stage' | 'start-over';

const words = {
  rewind: { title: texts.rewindTitle, text: texts.rewindText, act: texts.rewind },
  reset: { title: texts.resetTitle, text: texts.resetText, act: texts.reset },
  'reset-stage': { title: texts.resetStageTitle, text: texts.resetStageText, act: texts.resetStage },
  'start-over': { title: texts.startOverTitle, text: texts.startOverText, act: texts.startOver },
} as const;

/** Asks before such an act: says what is lost and what stays. Fires `confirm` or `dismiss`. */
export class Confirm extends LitElement {
  static override styles = styled('');
  static override properties = { act: { attribute: false }, what: { attribute: false } };
  declare act: Confirmation | undefined;
  /** What exactly would be undone, where there is more to say. */
  declare what: string | undefined;
  /** Its words stay while the dialog closes. */
  private last: Confirmation = 'reset';

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.act) this.last = this.act;
  }

  private tell(type: 'confirm' | 'dismiss'): void {
    this.dispatchEvent(new CustomEvent(type));
  }

  protected override render(): TemplateResult {
    const { title, text, act } = words[this.last];
    return html`<lw-dialog .open=${this.act !== undefined} .heading=${title} @close=${() => this.tell('dismiss')} data-testid="confirm">
      ${this.what === undefined ? nothing : html`<p><code>${this.what}</code></p>`}
      <p>${text}</p>
      <button slot="acts" @click=${() => this.tell('dismiss')}>${texts.cancel}</button>
      <button slot="acts" class="danger" @click=${() => this.tell('confirm')} data-testid="confirm-act">${act}</button>
    </lw-dialog>`;
  }
}

customElements.define('lw-confirm', Confirm);

declare global {
  interface HTMLElementTagNameMap {
    'lw-confirm': Confirm;
  }
}
