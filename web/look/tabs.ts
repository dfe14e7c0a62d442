import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { styled } from './base.ts';
import styles from './tabs.css?inline';

export interface Tab {
  readonly id: string;
  readonly text: string;
  /** A small addition, as a count. */
  readonly note?: string;
}

/** A row of tabs. Arrow keys move between them; fires `choose` with the tab's id as `detail`. */
export class Tabs extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    tabs: { attribute: false },
    current: { attribute: false },
    label: { attribute: false },
  };
  declare tabs: readonly Tab[];
  declare current: string;
  declare label: string;

  constructor() {
    super();
    this.tabs = [];
    this.current = '';
    this.label = '';
  }

  private choose(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('choose', { detail: id }));
  }

  private onKey(event: KeyboardEvent): void {
    const at = this.tabs.findIndex((tab) => tab.id === this.current);
    const last = this.tabs.length - 1;
    const to = new Map([
      ['ArrowRight', at === last ? 0 : at + 1],
      ['ArrowLeft', at <= 0 ? last : at - 1],
      ['Home', 0],
      ['End', last],
    ]).get(event.key);
    const next = to === undefined ? undefined : this.tabs[to];
    if (!next) return;
    event.preventDefault();
    this.choose(next.id);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[aria-selected="true"]')?.focus());
  }

  protected override render(): TemplateResult {
    return html`<div class="tabs" role="tablist" aria-label=${this.label} @keydown=${this.onKey}>
      ${this.tabs.map((tab) => {
        const on = tab.id === this.current;
        return html`<button
          role="tab"
          aria-selected=${on ? 'true' : 'false'}
          tabindex=${on ? 0 : -1}
          data-testid=${`tab-${tab.id}`}
          @click=${() => this.choose(tab.id)}
        >
          ${tab.text}${tab.note ? html` <span class="note">${tab.note}</span>` : nothing}
        </button>`;
      })}
    </div>`;
  }
}

customElements.define('lw-tabs', Tabs);

declare global {
  interface HTMLElementTagNameMap {
    'lw-tabs': Tabs;
  }
}
