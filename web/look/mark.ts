import { html, LitElement, type TemplateResult } from 'lit';
import { styled } from './base.ts';
import { icon } from './icons.ts';
import styles from './mark.css?inline';
import { texts } from './texts.ts';

export type MarkKind = 'pass' | 'fail' | 'todo' | 'none';

const words: Record<MarkKind, string> = {
  pass: texts.holds,
  fail: texts.fails,
  todo: texts.notYet,
  none: texts.ungraded,
};

/** A verdict as a sign: a shape, a colour and a word, so that none of them carries it alone. */
export class Mark extends LitElement {
  static override styles = styled(styles);
  static override properties = { kind: { attribute: false }, label: { attribute: false } };
  declare kind: MarkKind;
  /** What a screen reader says; the kind's own word where absent. */
  declare label: string;

  constructor() {
    super();
    this.kind = 'todo';
    this.label = '';
  }

  protected override render(): TemplateResult {
    return html`<span class="mark ${this.kind}" role="img" aria-label=${this.label || words[this.kind]}>
      ${this.kind === 'pass' ? icon('check') : this.kind === 'fail' ? icon('cross') : this.kind === 'none' ? '▲' : ''}
    </span>`;
  }
}

customElements.define('lw-mark', Mark);

declare global {
  interface HTMLElementTagNameMap {
    'lw-mark': Mark;
  }
}
