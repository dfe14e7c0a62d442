import { html, LitElement, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import { type DiffLine, diffLines } from './diff.ts';
import { texts } from './texts.ts';

const signs: Record<DiffLine['kind'], string> = { same: ' ', added: '+', removed: '−' };

/** What differs from the text that was loaded. */
export class DiffView extends LitElement {
  static override styles = styled(`
    :host { overflow: auto; font: var(--size-code) / 1.62 var(--code) }
    .diff { padding: 8px 0; white-space: pre; min-width: max-content }
    .line { padding: 0 16px 0 12px } .sign { display: inline-block; width: 20px; color: var(--ink-2) }
    .added { background: var(--allow-soft) } .added .sign { color: var(--allow) }
    .removed { background: var(--deny-soft) } .removed .sign { color: var(--deny) }
    p { padding: var(--s4); font: var(--size) / 1.5 var(--text) }
  `);
  static override properties = { base: { attribute: false }, text: { attribute: false } };
  declare base: string;
  declare text: string;

  constructor() {
    super();
    this.base = '';
    this.text = '';
  }

  protected override render(): TemplateResult {
    const lines = diffLines(this.base, this.text);
    if (lines.every((line) => line.kind === 'same')) return html`<p class="quiet">${texts.noDifference}</p>`;
    return html`<div class="diff" role="region" aria-label=${texts.diffLabel} tabindex="0">${lines.map(
      ({ kind, text }) => html`<div class="line ${kind}"><span class="sign">${signs[kind]}</span>${text}</div>`,
    )}</div>`;
  }
}

customElements.define('lw-diff', DiffView);

declare global {
  interface HTMLElementTagNameMap {
    'lw-diff': DiffView;
  }
}
