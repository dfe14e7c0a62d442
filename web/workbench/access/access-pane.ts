import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import '../maximise.ts';
import styles from './access-pane.css?inline';
import './access-table.ts';
import type { CellPlace } from './access-table.ts';
import './access-why.ts';
import { countChanges, type Shown, show, signOf } from './shown.ts';
import { signStyles } from './signs.ts';
import { texts } from './texts.ts';

/** A pause after the last key stroke before a screen reader is told what the text changes. */
const pause = 700;

/** The right pane: who may do what, as saved and with what is being typed, each cell with its why. */
export class AccessPane extends LitElement {
  static override styles = styled(signStyles + styles);
  static override properties = { bench: { attribute: false }, chosen: { state: true }, told: { state: true } };
  declare bench: Bench;
  declare private chosen: CellPlace | undefined;
  /** What a screen reader is told. */
  declare private told: string;
  private shown: Shown | undefined;
  private document: unknown;
  private telling: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.told = '';
    watch(this, () => [this.bench.access.state, this.bench.document, this.bench.attempt.attempt]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.telling);
  }

  protected override willUpdate(): void {
    const { live } = this.bench.access.state.value;
    const document = this.bench.document.value;
    if (live === this.shown?.live && document === this.document) return;
    if (live !== this.shown?.live) this.keepChoice(live);
    this.document = document;
    this.shown = live && show(live, document, this.shown);
    this.tellLater();
  }

  /** The chosen cell stays the same pair where the matrix is read again. */
  private keepChoice(live: Shown['live'] | undefined): void {
    const before = this.shown?.live.matrix;
    if (!this.chosen || !before) return;
    const name = before.principals[this.chosen.principal]?.name;
    const column = before.permissions[this.chosen.permission];
    const principal = live?.matrix.principals.findIndex((each) => each.name === name) ?? -1;
    const permission =
      live?.matrix.permissions.findIndex(
        (each) =>
          each.action === column?.action &&
          each.resource === column.resource &&
          each.given.join() === column.given.join(),
      ) ?? -1;
    this.chosen = principal < 0 || permission < 0 ? undefined : { principal, permission };
  }

  private tellLater(): void {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const { shown } = this;
      if (!shown) return;
      const { gained, lost } = countChanges(shown);
      this.told = shown.malformedAt === undefined ? texts.changes(gained, lost) : texts.malformed(shown.malformedAt);
    }, pause);
  }

  private choose(event: CustomEvent<CellPlace>): void {
    this.chosen = event.detail;
  }

  private close(): void {
    this.chosen = undefined;
  }

  private read(): void {
    this.bench.access.read();
  }

  private changes(shown: Shown): TemplateResult | typeof nothing {
    const { gained, lost } = countChanges(shown);
    if (gained + lost === 0) return nothing;
    const changes = texts.changes(gained, lost);
    return html`<span class="chip" title=${`${texts.changesTitle}: ${changes}`} data-testid="matrix-changes">${changes}</span>`;
  }

  private legend({ cells }: Shown): TemplateResult {
    const signs = [...new Set(cells.flat().map(signOf))];
    return html`<p class="legend small quiet" aria-hidden="true">${signs.map((sign) => html`<span><i class=${`sign ${sign}`}></i> ${texts.legend[sign]}</span>`)}</p>`;
  }

  private table(shown: Shown): TemplateResult {
    const { matrix } = shown.live;
    const { chosen } = this;
    const attempt = this.bench.attempt.current;
    const isTold = attempt?.explain === 'always' || attempt?.solved === true;
    return html`${shown.malformedAt === undefined ? nothing : html`<div class="notice warn" data-testid="matrix-malformed"><span>▲ ${texts.malformed(shown.malformedAt)}</span></div>`}
      <div class="scroll">
        <lw-access-table .shown=${shown} .chosen=${chosen} @choose=${this.choose}></lw-access-table>
        ${matrix.leftOff > 0 ? html`<p class="legend small quiet">${texts.leftOff(matrix.leftOff)}</p>` : nothing}
        ${this.legend(shown)}
      </div>
      ${chosen ? html`<lw-access-why .shown=${shown} .place=${chosen} .reasons=${isTold ? 'told' : 'later'} @close=${this.close}></lw-access-why>` : nothing}`;
  }

  private content(): TemplateResult {
    const { live, error } = this.bench.access.state.value;
    const retry = html`<button class="link" @click=${this.read}>${texts.retry}</button>`;
    if (!live || !this.shown) {
      return error
        ? html`<div class="notice deny" role="alert"><span>✕ ${texts.failed} ${error.message} ${retry}</span></div>`
        : html`<p class="none quiet" role="status">${texts.loading}</p>`;
    }
    if (live.matrix.permissions.length === 0) {
      return html`<p class="none quiet" data-testid="matrix-empty"><b>${texts.empty}</b><br />${texts.emptyText}</p>`;
    }
    return html`${error ? html`<div class="notice warn" role="status"><span>▲ ${texts.stale} ${error.message} ${retry}</span></div>` : nothing}
      ${this.table(this.shown)}`;
  }

  protected override render(): TemplateResult {
    return html`<div class="bar">
        <b>${texts.title}</b>${this.shown ? this.changes(this.shown) : nothing}<span class="grow"></span>
        <lw-maximise .pane=${'access'}></lw-maximise>
      </div>
      <p class="visually-hidden" role="status">${this.told}</p>
      ${this.content()}`;
  }
}

customElements.define('lw-access-pane', AccessPane);

declare global {
  interface HTMLElementTagNameMap {
    'lw-access-pane': AccessPane;
  }
}
