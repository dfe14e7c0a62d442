import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { guard } from 'lit/directives/guard.js';
import { styled } from '../../look/base.ts';
import styles from './access-table.css?inline';
import { type Face, faceOf } from './faces.ts';
import { type Group, groupsOf, type Head, permissionHead, principalHead } from './heads.ts';
import type { Cell } from './live-matrix.ts';
import type { Shown } from './shown.ts';
import { signStyles } from './signs.ts';
import { texts } from './texts.ts';

/** A cell by its row and column in the matrix. */
export interface CellPlace {
  readonly principal: number;
  readonly permission: number;
}

/** A cell in the page, and the face that it was given last. */
interface PlacedCell extends CellPlace {
  readonly cell: Element;
  readonly sign: Element;
  face: Face | undefined;
}

/** Up to here permissions are columns; of more the names would not fit, and they become rows. */
const mostColumns = 6;

const missing: Cell = { kind: 'missing' };

/** The matrix as a table. Arrow keys move within it, Enter, Space and a click choose: it fires `choose` with the cell's place. */
export class AccessTable extends LitElement {
  static override styles = styled(signStyles + styles);
  static override properties = {
    shown: { attribute: false },
    chosen: { attribute: false },
    current: { state: true },
  };
  declare shown: Shown;
  declare chosen: CellPlace | undefined;
  /** The one cell that the Tab key reaches. */
  declare private current: CellPlace;
  private groups: readonly Group[] = [];
  private placed: readonly PlacedCell[] = [];

  constructor() {
    super();
    this.current = { principal: 0, permission: 0 };
  }

  private get isTall(): boolean {
    return this.shown.live.matrix.permissions.length > mostColumns;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('shown') || changed.get('shown')?.live === this.shown.live) return;
    const { principals, permissions } = this.shown.live.matrix;
    this.groups = groupsOf(permissions);
    const { principal, permission } = this.current;
    if (principal >= principals.length || permission >= permissions.length)
      this.current = { principal: 0, permission: 0 };
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('shown')) this.giveFaces(changed.get('shown'));
    // What tells the why of a cell takes room from the table.
    if (!changed.has('chosen')) return;
    const chosen = this.renderRoot.querySelector('[aria-selected="true"]');
    requestAnimationFrame(() => chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  }

  /** With every key that is typed: only the cells that look different are touched. */
  private giveFaces(before: Shown | undefined): void {
    const { cells, live } = this.shown;
    if (before?.live !== live) this.placed = this.place();
    for (const placed of this.placed) {
      const { principal, permission, cell, sign } = placed;
      const now = cells[principal]?.[permission] ?? missing;
      const face = faceOf(now, live.saved[principal]?.[permission] ?? now);
      if (face === placed.face) continue;
      if (face.look !== placed.face?.look) sign.className = `sign ${face.look}`;
      cell.setAttribute('aria-label', face.label);
      placed.face = face;
    }
  }

  private place(): readonly PlacedCell[] {
    return [...this.renderRoot.querySelectorAll('tbody td')].flatMap((cell) => {
      const place = this.placeOf(cell);
      const sign = cell.firstElementChild;
      return place && sign ? [{ ...place, cell, sign, face: undefined }] : [];
    });
  }

  private choose(place: CellPlace): void {
    this.current = place;
    this.dispatchEvent(new CustomEvent<CellPlace>('choose', { detail: place }));
  }

  private placeOf(target: EventTarget | null): CellPlace | undefined {
    const cell = target instanceof Element ? target.closest<HTMLElement>('td') : null;
    if (!cell) return undefined;
    return { principal: Number(cell.dataset['principal']), permission: Number(cell.dataset['permission']) };
  }

  private onClick(event: MouseEvent): void {
    const place = this.placeOf(event.target);
    if (place) this.choose(place);
  }

  private onKey(event: KeyboardEvent): void {
    const place = this.placeOf(event.target);
    if (!place) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.choose(place);
      return;
    }
    const next = this.moved(place, event);
    if (!next) return;
    event.preventDefault();
    this.current = next;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('td[tabindex="0"]')?.focus());
  }

  /** Where a key leads: over the cells as they lie on the screen. */
  private moved({ principal, permission }: CellPlace, { key, ctrlKey }: KeyboardEvent): CellPlace | undefined {
    const { principals, permissions } = this.shown.live.matrix;
    const [rows, columns] = this.isTall
      ? [permissions.length, principals.length]
      : [principals.length, permissions.length];
    const [row, column] = this.isTall ? [permission, principal] : [principal, permission];
    const to = new Map([
      ['ArrowUp', [row - 1, column]],
      ['ArrowDown', [row + 1, column]],
      ['ArrowLeft', [row, column - 1]],
      ['ArrowRight', [row, column + 1]],
      ['Home', [ctrlKey ? 0 : row, 0]],
      ['End', [ctrlKey ? rows - 1 : row, columns - 1]],
    ]).get(key);
    if (!to) return undefined;
    const r = Math.min(Math.max(to[0] ?? 0, 0), rows - 1);
    const c = Math.min(Math.max(to[1] ?? 0, 0), columns - 1);
    return this.isTall ? { principal: c, permission: r } : { principal: r, permission: c };
  }

  private cell(principal: number, permission: number): TemplateResult {
    const isCurrent = this.current.principal === principal && this.current.permission === permission;
    const isChosen = this.chosen?.principal === principal && this.chosen.permission === permission;
    return html`<td
      tabindex=${isCurrent ? 0 : -1}
      aria-selected=${isChosen ? 'true' : 'false'}
      data-principal=${principal}
      data-permission=${permission}
    ><i></i></td>`;
  }

  private head(head: Head, scope: 'row' | 'col'): TemplateResult {
    return html`<th scope=${scope} title=${head.title}><span class=${scope === 'col' ? 'upright' : 'name'}>${head.text}${head.note ? html` <i>${head.note}</i>` : nothing}</span></th>`;
  }

  /** Permissions as rows, under the resource that they are on. */
  private tall(): TemplateResult {
    const { principals } = this.shown.live.matrix;
    return html`<thead><tr><td class="corner"></td>${principals.map((each) => this.head(principalHead(each), 'col'))}</tr></thead>
      ${this.groups.map(
        (group) => html`<tbody>
          ${group.text ? html`<tr class="group"><th scope="rowgroup" colspan=${principals.length + 1} title=${group.title}><span class="place">${group.text}${group.note ? html` <i>${group.note}</i>` : nothing}</span></th></tr>` : nothing}
          ${group.heads.map((head, n) => html`<tr>${this.head(head, 'row')}${principals.map((_, principal) => this.cell(principal, group.from + n))}</tr>`)}
        </tbody>`,
      )}`;
  }

  /** Principals as rows. */
  private wide(): TemplateResult {
    const { principals, permissions } = this.shown.live.matrix;
    return html`<thead>
        <tr><td class="corner"></td>${this.groups.map((group) => html`<th scope="colgroup" colspan=${group.heads.length} title=${group.title}><span class="on">${group.text}</span></th>`)}</tr>
        <tr><td class="corner"></td>${permissions.map((each) => this.head(permissionHead(each), 'col'))}</tr>
      </thead>
      <tbody>${principals.map((each, principal) => html`<tr>${this.head(principalHead(each), 'row')}${permissions.map((_, permission) => this.cell(principal, permission))}</tr>`)}</tbody>`;
  }

  private table(): TemplateResult {
    return html`<table role="grid" aria-label=${texts.label} class=${classMap({ tall: this.isTall })} @click=${this.onClick} @keydown=${this.onKey} data-testid="matrix">
      ${this.isTall ? this.tall() : this.wide()}
    </table>`;
  }

  protected override render(): unknown {
    // What is typed changes the cells' faces alone.
    return guard([this.shown.live, this.current, this.chosen], () => this.table());
  }
}

customElements.define('lw-access-table', AccessTable);

declare global {
  interface HTMLElementTagNameMap {
    'lw-access-table': AccessTable;
  }
}
