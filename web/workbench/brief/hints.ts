import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { HintView } from '../../../contract/index.ts';
import { styled } from '../../look/base.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import './markdown-view.ts';
import { texts } from './texts.ts';

/** The hints: title and cost first, the text when it is asked for. */
export class Hints extends LitElement {
  static override styles = styled(`
    :host { display: grid; gap: var(--s3) }
    li { border: 1px solid var(--line); border-radius: var(--radius); padding: var(--s3); display: grid; gap: var(--s2); justify-items: start }
    ul { display: grid; gap: var(--s2) }
    li.bought { background: var(--panel-2) }
  `);
  static override properties = { bench: { attribute: false }, asked: { state: true } };
  declare bench: Bench;
  /** The hint that is being revealed. */
  declare private asked: number | undefined;

  constructor() {
    super();
    watch(this, () => [this.bench.attempt.attempt]);
  }

  private async reveal(n: number): Promise<void> {
    this.asked = n;
    await this.bench.attempt.reveal(n);
    this.asked = undefined;
    const hint = this.bench.attempt.current?.hints.find((one) => one.n === n);
    if (!hint || hint.text === null) return;
    this.bench.announcement.set(texts.revealedAnnounce(n));
    await this.updateComplete;
    // The button is gone: what it revealed has the focus, and is read.
    this.renderRoot.querySelector<HTMLElement>(`[data-hint="${n}"]`)?.focus();
  }

  private item(hint: HintView): TemplateResult {
    const ended = this.bench.attempt.current?.state === 'ended';
    return html`<li class=${hint.text === null ? '' : 'bought'} tabindex="-1" data-testid="hint" data-hint=${hint.n}>
      <div><b>${texts.hint(hint.n, hint.title)}</b>
        <div class="small quiet">${texts.cost(hint.cost)}${hint.text === null ? nothing : ` · ${texts.revealed}`}</div></div>
      ${
        hint.text === null
          ? ended
            ? nothing
            : html`<button ?disabled=${this.asked !== undefined} @click=${() => this.reveal(hint.n)} data-testid="reveal">
              ${texts.reveal(hint.n)}
            </button>`
          : html`<lw-markdown .text=${hint.text}></lw-markdown>`
      }
    </li>`;
  }

  protected override render(): TemplateResult {
    const hints = this.bench.attempt.current?.hints ?? [];
    if (hints.length === 0) return html`<p class="quiet">${texts.noHints}</p>`;
    return html`<p class="small quiet">${texts.hintsLead}</p>
      <ul>${hints.map((hint) => this.item(hint))}</ul>`;
  }
}

customElements.define('lw-hints', Hints);

declare global {
  interface HTMLElementTagNameMap {
    'lw-hints': Hints;
  }
}
