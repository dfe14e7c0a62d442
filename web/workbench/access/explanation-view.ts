import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { explain } from '../../../iam/explain/explain.ts';
import type { Explanation, Flip, LayerExplanation, StatementExplanation } from '../../../iam/explain/explanation.ts';
import { styled } from '../../look/base.ts';
import '../../look/copy.ts';
import { layerName } from '../calls/call-view.ts';
import styles from './explanation-view.css?inline';
import type { Decided } from './live-matrix.ts';
import { texts } from './texts.ts';

/** Comes when the first cell is asked for its why. */
let explainer: typeof explain | undefined;

/** The whole of a decision: each layer, the statements that took part or came near, and what would turn it. */
export class ExplanationView extends LitElement {
  static override styles = styled(styles);
  static override properties = { decided: { attribute: false }, failed: { state: true } };
  declare decided: Decided;
  declare private failed: boolean;
  private explanation: Explanation | undefined;

  constructor() {
    super();
    this.failed = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (explainer === undefined) void this.load();
  }

  private async load(): Promise<void> {
    this.failed = false;
    try {
      explainer = (await import('../../../iam/explain/explain.ts')).explain;
      this.requestUpdate();
    } catch {
      this.failed = true;
    }
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (explainer === undefined || (this.explanation !== undefined && !changed.has('decided'))) return;
    this.explanation = explainer(this.decided.request, this.decided.policies);
  }

  private statement({ name, statement, sid, effect, elements }: StatementExplanation): TemplateResult {
    return html`<li><b>${effect}</b> · <code>${name}</code>, ${texts.statement(statement, sid)}
      <ul class="elements">${elements.map(
        ({ outcome, because }) =>
          html`<li class=${outcome}><span aria-hidden="true">${texts.elementSigns[outcome]}</span><span class="visually-hidden">${texts.elements[outcome]}</span> ${because}</li>`,
      )}</ul></li>`;
  }

  private layer({ layer, level, outcome, because, statements, near, more }: LayerExplanation): TemplateResult {
    const name = level === undefined ? layerName(layer) : `${layerName(layer)}, ${texts.level(level)}`;
    return html`<li class="layer"><p><b>${name}</b> <span class="outcome ${outcome}">${texts.outcomes[outcome]}</span><span class="quiet"> · ${because}</span></p>
      ${statements.length > 0 ? html`<ul>${statements.map((each) => this.statement(each))}</ul>` : nothing}
      ${near.length > 0 ? html`<p class="quiet">${texts.near}</p><ul>${near.map((each) => this.statement(each))}</ul>` : nothing}
      ${more > 0 ? html`<p class="quiet">${texts.more(more)}</p>` : nothing}</li>`;
  }

  private flip(flip: Flip): TemplateResult {
    if (flip.kind === 'impossible') return html`<p>${texts.impossible(flip.because)}</p>`;
    return html`<details data-testid="flip"><summary>${texts.flip[flip.to]}</summary>
      <ol>${flip.steps.map(({ what, document }) => {
        const text = document && JSON.stringify(document, null, 2);
        return html`<li><p>${what}</p>${text ? html`<div class="document"><pre><code>${text}</code></pre><lw-copy .text=${text} .what=${texts.flipDocument}></lw-copy></div>` : nothing}</li>`;
      })}</ol></details>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.failed)
      return html`<p role="alert">${texts.whyFailed} <button class="link" @click=${this.load}>${texts.retry}</button></p>`;
    const { explanation } = this;
    if (!explanation) return nothing;
    const asked = explanation.layers.filter(isTelling);
    return html`${asked.length > 0 ? html`<ul class="layers" aria-label=${texts.layers}>${asked.map((layer) => this.layer(layer))}</ul>` : nothing}
      ${
        explanation.absentKeys.length > 0
          ? html`<p class="quiet">${texts.absent}</p><ul>${explanation.absentKeys.map(({ key, turns }) => html`<li><code>${key}</code>${turns === 'never' ? '' : ` · ${texts.turns[turns]}`}</li>`)}</ul>`
          : nothing
      }
      ${this.flip(explanation.flip)}
      ${explanation.sources.map(({ title, url }) => html`<p><a href=${url} target="_blank" rel="noreferrer">${title}</a></p>`)}`;
  }
}

/** A layer that was not asked, or only lets everything pass, tells nothing of this decision. */
function isTelling({ outcome, part, statements }: LayerExplanation): boolean {
  return outcome !== 'not-asked' && (part !== 'lets-pass' || statements.length > 0);
}

customElements.define('lw-explanation', ExplanationView);

declare global {
  interface HTMLElementTagNameMap {
    'lw-explanation': ExplanationView;
  }
}
