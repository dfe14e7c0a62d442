import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { AccountChanges, Attempt, ChangedDocument, ChangedThing } from '../../../contract/index.ts';
import { api } from '../../api/client.ts';
import { styled } from '../../look/base.ts';
import '../../look/dialog.ts';
import '../../look/tabs.ts';
import { type Loadable, load, loading } from '../../state/loadable.ts';
import '../editor/diff-view.ts';
import styles from './changes-dialog.css?inline';
import { shownDocument } from './documents.ts';
import { texts } from './texts.ts';

type Since = keyof Omit<typeof texts.since, 'label'>;

/** What the learner has changed since the stage, or the challenge, began: thing by thing, and policies side by side. */
export class ChangesDialog extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    open: { attribute: false },
    attempt: { attribute: false },
    since: { state: true },
    changes: { state: true },
  };
  declare open: boolean;
  declare attempt: Attempt;
  declare private since: Since;
  declare private changes: Loadable<AccountChanges>;

  constructor() {
    super();
    this.open = false;
    this.since = 'stage';
    this.changes = loading;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) void this.compare('stage');
  }

  private async compare(since: Since): Promise<void> {
    this.since = since;
    this.changes = loading;
    const changes = await load(api.changes(this.attempt.id, since));
    if (this.since === since) this.changes = changes;
  }

  private choose(event: CustomEvent<string>): void {
    void this.compare(event.detail === 'start' ? 'start' : 'stage');
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  /** Where it is, if it is not in the learner's own account. */
  private place(accountId: string): TemplateResult | typeof nothing {
    if (accountId === this.attempt.sandbox.accountId) return nothing;
    return html` <span class="quiet">${texts.elsewhere(accountId)}</span>`;
  }

  private thing({ accountId, service, kind, name, change, facts }: ChangedThing): TemplateResult {
    return html`<li class="thing ${change}" data-testid="changed-thing">
      <span class="change">${texts.change[change]}</span>
      <span><span class="quiet">${service}</span> ${kind} <b>${name}</b>${this.place(accountId)}</span>
      ${facts.map((fact) => html`<span class="facts">${fact}</span>`)}
    </li>`;
  }

  private document({ accountId, title, before, after, needs }: ChangedDocument): TemplateResult {
    const change = needs.length > 0 ? 'changed' : before === null ? 'added' : after === null ? 'removed' : 'changed';
    return html`<details ?open=${this.isOnly()} data-testid="changed-document">
      <summary>${texts.change[change]}: ${title}${this.place(accountId)}</summary>
      ${
        needs.length > 0
          ? html`<p class="needs small">${texts.unread} <code>${needs.join(', ')}</code></p>`
          : html`<lw-diff .base=${shownDocument(before)} .text=${shownDocument(after)}></lw-diff>`
      }
    </details>`;
  }

  /** A single policy is shown at once. */
  private isOnly(): boolean {
    return this.changes.kind === 'ready' && this.changes.value.documents.length === 1;
  }

  private list({ things, documents, leftOff }: AccountChanges): TemplateResult {
    if (things.length + documents.length === 0) return html`<p>${texts.none}</p>`;
    return html`
      ${things.length > 0 ? html`<section><h3>${texts.things}</h3><ul>${things.map((one) => this.thing(one))}</ul></section>` : nothing}
      ${documents.length > 0 ? html`<section><h3>${texts.documents}</h3>${documents.map((one) => this.document(one))}</section>` : nothing}
      ${leftOff > 0 ? html`<p class="quiet small">${texts.leftOff(leftOff)}</p>` : nothing}`;
  }

  private content(): TemplateResult {
    switch (this.changes.kind) {
      case 'loading':
        return html`<p class="quiet">${texts.loading}</p>`;
      case 'failed':
        return html`<p>${this.changes.error.message}</p>`;
      case 'ready':
        return this.list(this.changes.value);
    }
  }

  protected override render(): TemplateResult {
    const tabs = (['stage', 'start'] as const).map((id) => ({ id, text: texts.since[id] }));
    return html`<lw-dialog .open=${this.open} .heading=${texts.title} @close=${this.leave} data-testid="changes-dialog">
      <div class="content" aria-live="polite">
        ${
          this.attempt.stages.length > 0
            ? html`<lw-tabs .tabs=${tabs} .label=${texts.since.label} .current=${this.since} @choose=${this.choose}></lw-tabs>`
            : nothing
        }
        ${this.content()}
      </div>
      <button slot="acts" class="primary" @click=${this.leave}>${texts.close}</button>
    </lw-dialog>`;
  }
}

customElements.define('lw-changes-dialog', ChangesDialog);

declare global {
  interface HTMLElementTagNameMap {
    'lw-changes-dialog': ChangesDialog;
  }
}
