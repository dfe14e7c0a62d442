import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ApiError } from '../api/client.ts';
import { styled } from '../look/base.ts';
import { texts } from './texts.ts';

/**
 * A screen that cannot be shown: a sentence, and the one thing to do next.
 * Fires `retry` where it was given an error of the server; otherwise it leads back to the challenges.
 */
export class ProblemNotice extends LitElement {
  static override styles = styled(`
    .problem { max-width: 460px; margin: 12vh auto; padding: var(--s6) var(--s8); background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius-l); display: grid; gap: var(--s3); justify-items: start }
    h1 { font-size: 18px; letter-spacing: -.01em }
    a.act { background: var(--accent); color: var(--accent-ink); font-weight: 600; text-decoration: none; padding: 5px 14px; border-radius: var(--radius-s) }
  `);
  static override properties = {
    error: { attribute: false },
    heading: { attribute: false },
    text: { attribute: false },
  };
  declare error: ApiError | undefined;
  declare heading: string;
  declare text: string;

  constructor() {
    super();
    this.heading = '';
    this.text = '';
  }

  private retry(): void {
    this.dispatchEvent(new CustomEvent('retry'));
  }

  protected override render(): TemplateResult {
    const error = this.error;
    const away = error?.code === 'network';
    const missing = error?.status === 404;
    return html`<div class="problem" role="alert" data-testid="problem">
      <h1>${this.heading || (away ? texts.unreachable : texts.failed)}</h1>
      <p>${this.text || (away ? texts.unreachableText : error?.message)}</p>
      ${error?.requestId ? html`<p class="small quiet"><code>${texts.requestId(error.requestId)}</code></p>` : nothing}
      ${
        error && !missing
          ? html`<button class="primary" @click=${this.retry}>${texts.retry}</button>`
          : html`<a class="act" href="/">${texts.notFoundAct}</a>`
      }
    </div>`;
  }
}

customElements.define('lw-problem', ProblemNotice);

declare global {
  interface HTMLElementTagNameMap {
    'lw-problem': ProblemNotice;
  }
}
