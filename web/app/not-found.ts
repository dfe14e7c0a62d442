import { html, LitElement, type TemplateResult } from 'lit';
import './problem.ts';
import { texts } from './texts.ts';

/** An address that no screen has. */
export class NotFound extends LitElement {
  static override properties = { path: { attribute: false } };
  declare path: string;

  constructor() {
    super();
    this.path = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = texts.title(texts.notFoundTitle);
  }

  protected override render(): TemplateResult {
    return html`<lw-problem .heading=${texts.notFoundTitle} .text=${texts.notFound(this.path)}></lw-problem>`;
  }
}

customElements.define('lw-not-found', NotFound);

declare global {
  interface HTMLElementTagNameMap {
    'lw-not-found': NotFound;
  }
}
