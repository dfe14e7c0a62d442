import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import type { CheckView } from '../../../contract/index.ts';
import { styled } from '../../look/base.ts';
import '../../look/mark.ts';
import type { MarkKind } from '../../look/mark.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import styles from './checks.css?inline';
import { texts } from './texts.ts';

const marks: Record<NonNullable<CheckView['verdict']>, { kind: MarkKind; label: string }> = {
  passed: { kind: 'pass', label: texts.holds },
  failed: { kind: 'fail', label: texts.fails },
  ungraded: { kind: 'none', label: texts.ungraded },
};

/** The checks of the stages so far, each with its verdict, its reason, and a field where a value is asked for. */
export class Checks extends LitElement {
  static override styles = styled(styles);
  static override properties = { bench: { attribute: false } };
  declare bench: Bench;

  constructor() {
    super();
    watch(this, () => [this.bench.attempt.attempt, this.bench.attempt.answers]);
  }

  /** The attempt and its submissions, as they were when the list was last turned to its first failure. */
  private turned: string | undefined;

  protected override updated(_changed: PropertyValues): void {
    const attempt = this.bench.attempt.current;
    const graded = attempt && `${attempt.id} ${attempt.submissions}`;
    if (graded === this.turned) return;
    const isNews = this.turned !== undefined;
    this.turned = graded;
    const failed = this.renderRoot.querySelector<HTMLElement>('.check.failed');
    const list = this.renderRoot.querySelector('ul');
    // Within the list only: the page stays where it is.
    if (isNews && failed && list) list.scrollTop = failed.offsetTop - list.offsetTop;
  }

  private note(check: string, event: Event): void {
    if (event.target instanceof HTMLInputElement) this.bench.attempt.note(check, event.target.value.trim());
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('submit-work', { bubbles: true, composed: true }));
  }

  private field(check: CheckView): TemplateResult {
    const noted = this.bench.attempt.answers.value[check.id] ?? '';
    return html`<div class="answer">
      <input
        .value=${noted}
        placeholder=${texts.answer}
        aria-label=${texts.answerFor(check.title ?? check.id)}
        autocomplete="off"
        spellcheck="false"
        data-testid=${`answer-${check.id}`}
        @input=${(event: Event) => this.note(check.id, event)}
        @keydown=${this.onKey}
      />
      ${noted ? html`<span class="small quiet">${texts.answerNoted}</span>` : nothing}
    </div>`;
  }

  private row(check: CheckView): TemplateResult {
    const mark = check.verdict ? marks[check.verdict] : { kind: 'todo' as const, label: texts.notYet };
    const reason = check.reason ?? (check.verdict === 'ungraded' ? texts.ungradedNote : null);
    const attempt = this.bench.attempt.current;
    const current = attempt?.state === 'open' && (check.stage === null || check.stage === attempt.stage);
    return html`<li
      class="check ${check.verdict ?? ''}"
      data-testid="check"
      data-check=${check.id}
      data-verdict=${check.verdict ?? 'none'}
    >
      <lw-mark .kind=${mark.kind} .label=${mark.label}></lw-mark>
      <div class="grow">
        <b class=${check.title ? '' : 'quiet'}>${check.title ?? texts.hidden}</b>
        ${reason && check.verdict !== 'passed' ? html`<p class="why">${reason}</p>` : nothing}
        ${check.kind === 'flag' && check.verdict !== 'passed' && current ? this.field(check) : nothing}
      </div>
    </li>`;
  }

  protected override render(): TemplateResult {
    const checks = this.bench.attempt.current?.checks ?? [];
    const held = checks.filter((check) => check.verdict === 'passed').length;
    return html`<div class="head">
        <h2>${texts.checks}</h2>
        <span class="meter" aria-hidden="true"><i style=${styleMap({ width: `${(100 * held) / Math.max(1, checks.length)}%` })}></i></span>
        <span class="quiet" data-testid="held">${texts.held(held, checks.length)}</span>
      </div>
      <ul tabindex="0" aria-label=${texts.checks}>${checks.map((check) => this.row(check))}</ul>`;
  }
}

customElements.define('lw-checks', Checks);

declare global {
  interface HTMLElementTagNameMap {
    'lw-checks': Checks;
  }
}
