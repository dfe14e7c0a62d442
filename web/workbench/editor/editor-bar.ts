import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Finding } from '../../../iam/policy.ts';
import { styled } from '../../look/base.ts';
import { isAwsManaged, isNew, titleOf } from './documents.ts';
import styles from './editor-bar.css?inline';
import type { OpenDocument } from './editor-store.ts';
import { countGravest } from './findings-count.ts';
import { texts } from './texts.ts';

type Act = 'choose' | 'go-to-finding' | 'format' | 'diff' | 'revert' | 'save';

/** What is open, how it stands, and what can be done with it. Fires an event of the act's name. */
export class EditorBar extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    document: { attribute: false },
    findings: { attribute: false },
    diffing: { attribute: false },
    saving: { attribute: false },
  };
  declare document: OpenDocument;
  declare findings: readonly Finding[];
  declare diffing: boolean;
  declare saving: boolean;

  private fire(act: Act): void {
    this.dispatchEvent(new CustomEvent(act));
  }

  private count(): TemplateResult | typeof nothing {
    const gravest = countGravest(this.findings);
    if (gravest === undefined) return nothing;
    const { gravity, count } = gravest;
    return html`<button class="link small ${gravity === 'error' ? 'errors' : 'warnings'}" title=${texts.goToFinding} @click=${() => this.fire('go-to-finding')} data-testid="findings">
      ${gravity === 'error' ? '✕' : '▲'} ${texts.counts[gravity](count)}
    </button>`;
  }

  protected override render(): TemplateResult {
    const { ref, text, base } = this.document;
    const { of, name, chip } = titleOf(ref);
    const readOnly = ref.kind === 'managed' && isAwsManaged(ref.arn);
    const changed = text !== base;
    return html`<button class="quiet crumb" @click=${() => this.fire('choose')} title=${texts.open} data-testid="choose">
        <b>${of}</b>${name ? html`<span class="quiet">› ${name}</span>` : nothing}
      </button>
      <span class="chip kind">${chip}</span>
      ${changed ? html`<span class="chip unsaved">${texts.unsaved}</span>` : nothing}
      <span class="grow"></span>${this.count()}
      ${this.diffing ? nothing : html`<button class="quiet format" @click=${() => this.fire('format')}>${texts.format}</button>`}
      <button class="quiet" aria-pressed=${this.diffing ? 'true' : 'false'} @click=${() => this.fire('diff')}>${texts.diff}</button>
      ${changed && this.diffing ? html`<button class="quiet" @click=${() => this.fire('revert')}>${texts.revert}</button>` : nothing}
      ${
        readOnly
          ? html`<span class="chip">${texts.readOnly}</span>`
          : html`<button class="save" ?disabled=${this.saving || !(changed || isNew(ref))} @click=${() => this.fire('save')} data-testid="save">${this.saving ? texts.saving : texts.save}</button>`
      }`;
  }
}

customElements.define('lw-editor-bar', EditorBar);

declare global {
  interface HTMLElementTagNameMap {
    'lw-editor-bar': EditorBar;
  }
}
