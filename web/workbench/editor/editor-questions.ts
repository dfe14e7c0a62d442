import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import '../../look/dialog.ts';
import type { PolicyVersion } from './account.ts';
import { texts } from './texts.ts';

const policyName = /^[\w+=,.@-]{1,128}$/;

/** What has to be asked before saving: a name for a new policy, and which version may go. */
export class EditorQuestions extends LitElement {
  static override styles = styled('label { display: grid; gap: 4px }');
  static override properties = {
    naming: { attribute: false },
    taken: { attribute: false },
    full: { attribute: false },
    name: { state: true },
  };
  declare naming: boolean;
  /** A name that was given and that another policy has. */
  declare taken: string | undefined;
  declare full: PolicyVersion | undefined;
  declare private name: string;

  constructor() {
    super();
    this.naming = false;
    this.name = '';
  }

  private onInput(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.name = event.target.value.trim();
  }

  private get isFit(): boolean {
    return policyName.test(this.name) && this.name !== this.taken;
  }

  private onSubmit(event: Event): void {
    event.preventDefault();
    if (this.isFit) this.dispatchEvent(new CustomEvent<string>('name', { detail: this.name }));
  }

  private dismiss(): void {
    this.dispatchEvent(new CustomEvent('dismiss'));
  }

  private makeRoom(): void {
    this.dispatchEvent(new CustomEvent('make-room'));
  }

  protected override render(): TemplateResult {
    const id = this.full?.id ?? '';
    const when = this.full?.created.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }) ?? '';
    return html`<lw-dialog .open=${this.naming} .heading=${texts.nameTitle} @close=${this.dismiss}>
        <form id="name-form" @submit=${this.onSubmit}>
          <label>${texts.name}<input .value=${this.name} @input=${this.onInput} maxlength="128" autofocus spellcheck="false" autocomplete="off" data-testid="policy-name" />
            <span class="small quiet">${texts.nameHint}</span></label>
          ${this.taken !== undefined && this.name === this.taken ? html`<p role="alert" data-testid="name-taken">${texts.nameTaken(this.taken)}</p>` : nothing}
        </form>
        <button slot="acts" @click=${this.dismiss}>${texts.cancel}</button>
        <button slot="acts" class="primary" ?disabled=${!this.isFit} @click=${this.onSubmit} data-testid="create">${texts.create}</button>
      </lw-dialog>
      <lw-dialog .open=${this.full !== undefined} .heading=${texts.fullTitle} @close=${this.dismiss}>
        <p>${texts.full(id, when)}</p>
        <button slot="acts" @click=${this.dismiss}>${texts.cancel}</button>
        <button slot="acts" class="danger" @click=${this.makeRoom}>${texts.fullAct(id)}</button>
      </lw-dialog>`;
  }
}

customElements.define('lw-editor-questions', EditorQuestions);

declare global {
  interface HTMLElementTagNameMap {
    'lw-editor-questions': EditorQuestions;
  }
}
