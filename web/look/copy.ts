import { html, LitElement, type TemplateResult } from 'lit';
import { styled } from './base.ts';
import { icon } from './icons.ts';
import { texts } from './texts.ts';

type CopyState = 'idle' | 'copied' | 'failed';
const shownFor = 2_000;

/** Copies its text to the clipboard, and says whether it did. */
export class Copy extends LitElement {
  static override styles = styled(`
    :host { display: inline-flex } button { color: var(--ink-2) } .copied { color: var(--allow) } .failed { color: var(--deny) }
  `);
  static override properties = { text: { attribute: false }, what: { attribute: false }, state: { state: true } };
  declare text: string;
  /** What is copied, for the label: `the secret key`. */
  declare what: string;
  declare private state: CopyState;

  constructor() {
    super();
    this.text = '';
    this.what = '';
    this.state = 'idle';
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      this.state = 'copied';
    } catch {
      this.state = 'failed';
    }
    setTimeout(() => {
      this.state = 'idle';
    }, shownFor);
  }

  protected override render(): TemplateResult {
    const label = texts.copy(this.what);
    const said = this.state === 'copied' ? texts.copied : this.state === 'failed' ? texts.copyRefused : '';
    return html`<button class="quiet icon ${this.state}" aria-label=${label} title=${said || label} @click=${this.copy}>
        ${icon(this.state === 'copied' ? 'check' : this.state === 'failed' ? 'cross' : 'copy')}
      </button><span class="visually-hidden" role="status">${said}</span>`;
  }
}

customElements.define('lw-copy', Copy);

declare global {
  interface HTMLElementTagNameMap {
    'lw-copy': Copy;
  }
}
