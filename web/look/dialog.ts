import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { styled } from './base.ts';
import styles from './dialog.css?inline';
import { icon } from './icons.ts';
import { texts } from './texts.ts';

/** A modal dialog on the browser's own. Shown while `open`; fires `close` when the learner leaves it, by Escape too. */
export class Dialog extends LitElement {
  static override styles = styled(styles);
  static override properties = { open: { attribute: false }, heading: { attribute: false } };
  declare open: boolean;
  declare heading: string;

  constructor() {
    super();
    this.open = false;
    this.heading = '';
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.open) dialog?.showModal();
    else dialog?.close();
  }

  private onClose(): void {
    if (this.open) this.dispatchEvent(new CustomEvent('close'));
  }

  private leave(): void {
    this.renderRoot.querySelector('dialog')?.close();
  }

  private onClick(event: MouseEvent): void {
    // The dialog element itself is only hit outside of its content: on the backdrop.
    if (event.target instanceof HTMLDialogElement) this.leave();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="heading" @close=${this.onClose} @click=${this.onClick}>
      <div class="frame">
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button class="quiet icon" aria-label=${texts.close} @click=${this.leave}>${icon('cross')}</button>
        </header>
        <div class="content"><slot></slot></div>
        <footer><slot name="acts"></slot></footer>
      </div>
    </dialog>`;
  }
}

customElements.define('lw-dialog', Dialog);

declare global {
  interface HTMLElementTagNameMap {
    'lw-dialog': Dialog;
  }
}
