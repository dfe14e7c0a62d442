import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { styled } from '../look/base.ts';
import { Watch } from '../state/store.ts';
import styles from './header.css?inline';
import { learner, loadLearner } from './learner.ts';
import type { Route } from './routes.ts';
import { texts } from './texts.ts';
import './theme-toggle.ts';

const links = [
  { screen: 'catalogue', path: '/', text: texts.challenges },
  { screen: 'playground', path: '/playground', text: texts.playground },
  { screen: 'work', path: '/work', text: texts.work },
] as const;

/** The header of every screen but the workbench. */
export class Header extends LitElement {
  static override styles = styled(styles);
  static override properties = { current: { attribute: false } };
  declare current: Route['screen'];
  private readonly learner = new Watch(this, learner);

  constructor() {
    super();
    this.current = 'catalogue';
    void loadLearner();
  }

  protected override render(): TemplateResult {
    const who = this.learner.value;
    return html`<header>
      <a class="logo" href="/" aria-label=${texts.logo}>least<i>wise</i></a>
      <nav aria-label=${texts.main}>
        ${links.map(
          (link) =>
            html`<a href=${link.path} aria-current=${ifDefined(link.screen === this.current ? 'page' : undefined)}>${link.text}</a>`,
        )}
      </nav>
      <span class="grow"></span>
      <lw-theme-toggle></lw-theme-toggle>
      ${who ? html`<span class="chip" title=${texts.guest} data-testid="learner">${who.name}</span>` : nothing}
    </header>`;
  }
}

customElements.define('lw-header', Header);

declare global {
  interface HTMLElementTagNameMap {
    'lw-header': Header;
  }
}
