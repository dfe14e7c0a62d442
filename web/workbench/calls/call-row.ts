import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CallEvent, DecisionView } from '../../../contract/index.ts';
import { styled } from '../../look/base.ts';
import '../../look/mark.ts';
import type { MarkKind } from '../../look/mark.ts';
import styles from './call-row.css?inline';
import { ago, basisNote, becauseOf, layerName, shortPrincipal, shortResource, titleOf } from './call-view.ts';
import { texts } from './texts.ts';

const marks: Record<CallEvent['outcome'], { kind: MarkKind; label: string }> = {
  ok: { kind: 'pass', label: texts.allowed },
  denied: { kind: 'fail', label: texts.denied },
  error: { kind: 'none', label: texts.error },
};

/** One call: what, who and why in two lines; everything that is known when it is opened. */
export class CallRow extends LitElement {
  static override styles = styled(styles);
  static override properties = { event: { attribute: false }, now: { attribute: false }, open: { state: true } };
  declare event: CallEvent;
  /** Epoch milliseconds, for the age. */
  declare now: number;
  declare private open: boolean;

  constructor() {
    super();
    this.now = Date.now();
    this.open = false;
  }

  private toggle(): void {
    this.open = !this.open;
  }

  private decision(decision: DecisionView): TemplateResult {
    // The reason tells the nearest statement already: `ListCatalogue, statement 1, Resource: … is not in …`.
    const further = decision.near.filter((near) => !decision.reason.includes(near.slice(near.indexOf(': ') + 2)));
    const note = basisNote(decision.basis);
    return html`<div class="decision">
      <p><code>${decision.action}</code> on <code>${decision.resource}</code>: <b class=${decision.verdict}>${texts.verdicts[decision.verdict]}</b>
        <span class="quiet">· ${layerName(decision.layer)}</span></p>
      <p>${decision.reason}</p>
      ${
        decision.statements.length > 0
          ? html`<ul>${decision.statements.map(
              (statement) =>
                html`<li><b>${statement.effect}</b> · <code>${statement.policy}</code> <span class="quiet">on</span> <code>${statement.attachedTo}</code>, ${texts.statement(statement.index, statement.sid)}</li>`,
            )}</ul>`
          : nothing
      }
      ${
        further.length > 0
          ? html`<p class="quiet">${texts.near}</p><ul data-testid="near">${further.map((near) => html`<li>${near}</li>`)}</ul>`
          : nothing
      }
      ${note ? html`<p class="quiet">${note}</p>` : nothing}
    </div>`;
  }

  private details(): TemplateResult {
    const { event } = this;
    return html`<div class="details" id="details">
      ${
        event.decisions === null
          ? html`<p class="quiet">${texts.later}</p>`
          : event.decisions.map((decision) => this.decision(decision))
      }
      <dl>
        <dt>${texts.operation}</dt><dd><code>${event.service}:${event.operation}</code></dd>
        <dt>${texts.caller}</dt><dd><code>${event.principal}</code></dd>
        ${event.errorCode ? html`<dt>${texts.answer}</dt><dd><code>${event.errorCode}</code> ${event.errorMessage}</dd>` : nothing}
      </dl>
    </div>`;
  }

  protected override render(): TemplateResult {
    const { event } = this;
    const mark = marks[event.outcome];
    const title = titleOf(event);
    const resource = event.resources[0];
    const because = becauseOf(event);
    return html`<button class="head" aria-expanded=${this.open ? 'true' : 'false'} aria-controls="details" @click=${this.toggle}>
        <lw-mark .kind=${mark.kind} .label=${mark.label}></lw-mark>
        <span class="what">
          <span class="line"><b class="mono">${title}</b>${resource ? html` <span class="quiet mono">${shortResource(resource)}</span>` : nothing}</span>
          <span class="line quiet">${shortPrincipal(event.principal)}${because ? ` · ${because}` : ''}</span>
        </span>
        <span class="quiet mono age">${ago(event.at, this.now)}</span>
      </button>
      ${this.open ? this.details() : nothing}`;
  }
}

customElements.define('lw-call-row', CallRow);

declare global {
  interface HTMLElementTagNameMap {
    'lw-call-row': CallRow;
  }
}
