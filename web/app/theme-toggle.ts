import { html, LitElement, type TemplateResult } from 'lit';
import { styled } from '../look/base.ts';
import { icon } from '../look/icons.ts';
import { Watch } from '../state/store.ts';
import { theme, toggleTheme } from '../state/theme.ts';
import { texts } from './texts.ts';

/** Light or dark. */
export class ThemeToggle extends LitElement {
  static override styles = styled(':host { display: inline-flex }');
  private readonly theme = new Watch(this, theme);

  protected override render(): TemplateResult {
    const dark = this.theme.value === 'dark';
    const label = dark ? texts.toLight : texts.toDark;
    return html`<button class="quiet icon" data-testid="theme" aria-label=${label} title=${label} @click=${toggleTheme}>
      ${icon(dark ? 'sun' : 'moon')}
    </button>`;
  }
}

customElements.define('lw-theme-toggle', ThemeToggle);

declare global {
  interface HTMLElementTagNameMap {
    'lw-theme-toggle': ThemeToggle;
  }
}
