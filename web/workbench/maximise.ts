import { html, LitElement, type TemplateResult } from 'lit';
import { styled } from '../look/base.ts';
import { icon } from '../look/icons.ts';
import { Watch } from '../state/store.ts';
import { maximised, type PaneName } from './layout.ts';
import { texts } from './texts.ts';

/** Lets a pane fill the screen, and brings the others back. */
export class Maximise extends LitElement {
  static override styles = styled(`
    :host { display: inline-flex }
    @media (max-width: 899px) { :host { display: none } }
  `);
  static override properties = { pane: { attribute: false } };
  declare pane: PaneName;
  private readonly maximised = new Watch(this, maximised);

  constructor() {
    super();
    this.pane = 'editor';
  }

  private toggle(): void {
    maximised.set(this.maximised.value === this.pane ? undefined : this.pane);
  }

  protected override render(): TemplateResult {
    const on = this.maximised.value === this.pane;
    const name = texts.panes[this.pane];
    const label = on ? texts.restore(name) : texts.maximise(name);
    return html`<button class="quiet icon" aria-pressed=${on ? 'true' : 'false'} aria-label=${label} title=${label} @click=${this.toggle}>
      ${icon(on ? 'restore' : 'maximise')}
    </button>`;
  }
}

customElements.define('lw-maximise', Maximise);

declare global {
  interface HTMLElementTagNameMap {
    'lw-maximise': Maximise;
  }
}
