import DOMPurify from 'dompurify';
import { html, LitElement, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { styled } from '../../look/base.ts';
import '../../look/copy.ts';
import { markdownToHtml } from './markdown.ts';
import { texts } from './texts.ts';

/** Text of a pack, as markdown. Sanitised once more in the DOM, so that a fault in the one guard is caught by the other. */
export class MarkdownView extends LitElement {
  static override styles = styled(`
    .text { display: grid; gap: var(--s3); overflow-wrap: anywhere }
    .text ul, .text ol { list-style: revert; padding-left: 20px; display: grid; gap: 4px }
    code { background: var(--panel-2); border: 1px solid var(--line); border-radius: 4px; padding: 0 4px; box-decoration-break: clone }
    pre { margin: 0; background: var(--panel-2); border: 1px solid var(--line); border-radius: var(--radius-s); padding: var(--s2) 40px var(--s2) var(--s3); white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.45 }
    pre { position: relative } pre lw-copy { position: absolute; top: 4px; right: 4px; background: var(--panel-2); border-radius: var(--radius-s); opacity: 0 }
    pre:hover lw-copy, pre lw-copy:focus-within { opacity: 1 } @media (hover: none) { pre lw-copy { opacity: 1 } }
    pre code { border: 0; padding: 0; background: none }
    h1, h2, h3 { font-size: 15px }
    blockquote { margin: 0; padding-left: var(--s3); border-left: 3px solid var(--line) }
    table { border-collapse: collapse } th, td { border: 1px solid var(--line); padding: 3px 8px; text-align: left }
  `);
  static override properties = { text: { attribute: false } };
  declare text: string;

  constructor() {
    super();
    this.text = '';
  }

  protected override updated(): void {
    for (const block of this.renderRoot.querySelectorAll('pre')) {
      if (block.querySelector('lw-copy')) continue;
      const copy = document.createElement('lw-copy');
      copy.text = block.textContent.trim();
      copy.what = texts.command;
      block.append(copy);
    }
  }

  protected override render(): TemplateResult {
    const safe = DOMPurify.sanitize(markdownToHtml(this.text), { ADD_ATTR: ['target'] });
    return html`<div class="text">${unsafeHTML(safe)}</div>`;
  }
}

customElements.define('lw-markdown', MarkdownView);

declare global {
  interface HTMLElementTagNameMap {
    'lw-markdown': MarkdownView;
  }
}
