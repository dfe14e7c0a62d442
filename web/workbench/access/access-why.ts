import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import { icon } from '../../look/icons.ts';
import { basisNote } from '../calls/call-view.ts';
import type { CellPlace } from './access-table.ts';
import styles from './access-why.css?inline';
import './explanation-view.ts';
import { cellName, exampleNote } from './heads.ts';
import type { Cell } from './live-matrix.ts';
import { changeOf, type Shown, signOf } from './shown.ts';
import { texts } from './texts.ts';

/** Why a cell is as it is: the decision with what is typed, and the one as saved where that is another. */
export class AccessWhy extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    shown: { attribute: false },
    place: { attribute: false },
    reasons: { attribute: false },
  };
  declare shown: Shown;
  declare place: CellPlace;
  /** `later`: the challenge tells reasons after solving. */
  declare reasons: 'told' | 'later';

  protected override updated(changed: PropertyValues<this>): void {
    // The why of another cell begins at its beginning.
    if (changed.has('place')) this.scrollTop = 0;
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  private verdict(cell: Cell & { readonly kind: 'decided' }, when: string): TemplateResult {
    const { decision } = cell.because;
    const isTold = this.reasons === 'told';
    const note = basisNote(decision.basis);
    return html`<p><b class=${signOf(cell)}>${texts.signs[decision.verdict]}</b> <span class="quiet">${when}</span></p>
      ${isTold ? html`<p>${decision.reason}</p>` : nothing}
      ${isTold && note ? html`<p class="quiet">${note}</p>` : nothing}`;
  }

  private decided(cell: Cell & { readonly kind: 'decided' }, saved: Cell | undefined): TemplateResult {
    const change = saved && changeOf(cell, saved);
    return html`${cell.about === 'session' ? html`<p>${texts.session}</p>` : nothing}
      ${this.verdict(cell, change ? texts.typed : '')}
      ${change && saved?.kind === 'decided' ? this.verdict(saved, texts.saved) : nothing}
      ${this.reasons === 'told' ? html`<lw-explanation .decided=${cell.because}></lw-explanation>` : html`<p class="quiet">${texts.later}</p>`}`;
  }

  private content(cell: Cell, saved: Cell | undefined, principal: string): TemplateResult {
    switch (cell.kind) {
      case 'decided':
        return this.decided(cell, saved);
      case 'missing':
        return html`<p>${texts.missing(principal)}</p>`;
      case 'unread':
        return html`<p>${texts.unreadTitle}</p><ul>${cell.needs.map((need) => html`<li class="mono">${need}</li>`)}</ul>`;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { principal: row, permission: column } = this.place;
    const { live, cells } = this.shown;
    const principal = live.matrix.principals[row];
    const permission = live.matrix.permissions[column];
    const cell = cells[row]?.[column];
    if (!principal || !permission || !cell) return nothing;
    const note = exampleNote(permission);
    return html`<section aria-label=${texts.why} data-testid="matrix-why">
      <header><p>${cellName(principal, permission)}</p>
        <button class="quiet icon" aria-label=${texts.close} @click=${this.leave}>${icon('cross')}</button></header>
      ${note === undefined ? nothing : html`<p class="quiet" data-testid="matrix-example">${note}</p>`}
      <div aria-live="polite">${this.content(cell, live.saved[row]?.[column], principal.name)}</div>
    </section>`;
  }
}

customElements.define('lw-access-why', AccessWhy);

declare global {
  interface HTMLElementTagNameMap {
    'lw-access-why': AccessWhy;
  }
}
