import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Attempt } from '../../../contract/index.ts';
import { styled } from '../../look/base.ts';
import '../../look/tabs.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import '../maximise.ts';
import styles from './brief.css?inline';
import './checks.ts';
import './hints.ts';
import './markdown-view.ts';
import type { MarkdownView } from './markdown-view.ts';
import './solved.ts';
import { texts } from './texts.ts';

/** The left pane: what is wanted, what of it holds, and what helps. */
export class Brief extends LitElement {
  static override styles = styled(styles);
  static override properties = { bench: { attribute: false } };
  declare bench: Bench;
  private stage: string | undefined;

  constructor() {
    super();
    watch(this, () => [this.bench.attempt.attempt, this.bench.tab]);
  }

  protected override updated(): void {
    const attempt = this.bench.attempt.current;
    const stage = attempt && `${attempt.id} ${attempt.stage}`;
    if (stage === this.stage) return;
    const begins = this.stage !== undefined;
    this.stage = stage;
    const number = attempt?.stages.findIndex((one) => one.id === attempt.stage) ?? -1;
    if (begins && number > 0 && !attempt?.solved) void this.showStage(number + 1);
  }

  /** To the part of the story that is about a stage, where the story says so: **Stage 2 …**. */
  private async showStage(stage: number): Promise<void> {
    const view = this.renderRoot.querySelector<MarkdownView>('lw-markdown');
    await view?.updateComplete;
    const marks = [...(view?.renderRoot.querySelectorAll('strong, h1, h2, h3') ?? [])];
    marks.find((mark) => mark.textContent.startsWith(`Stage ${stage}`))?.scrollIntoView({ block: 'start' });
  }

  private choose(event: CustomEvent<string>): void {
    const tab = event.detail;
    if (tab === 'brief' || tab === 'hints' || tab === 'debrief') this.bench.tab.set(tab);
  }

  private stages(attempt: Attempt): TemplateResult | typeof nothing {
    if (attempt.stages.length === 0) return nothing;
    return html`<ol class="stages" aria-label=${texts.stages} data-testid="stages">
      ${attempt.stages.map((stage, index) => {
        const now = stage.id === attempt.stage && !stage.passed;
        const state = stage.passed ? texts.stagePassed : now ? texts.stageNow : texts.stageLater;
        return html`<li class=${stage.passed ? 'passed' : now ? 'now' : ''} aria-current=${now ? 'step' : 'false'}>
          <span class="number" aria-hidden="true">${stage.passed ? '✓' : index + 1}</span>${stage.title}
          <span class="visually-hidden">${state}</span>
        </li>`;
      })}
    </ol>`;
  }

  private story(attempt: Attempt): TemplateResult {
    const { challenge } = attempt;
    return html`
      ${attempt.solved ? html`<lw-solved .bench=${this.bench}></lw-solved>` : nothing} ${this.stages(attempt)}
      <h2 class="heading title">${challenge.title}</h2>
      <lw-markdown .text=${attempt.story}></lw-markdown>
      ${
        attempt.checks.length > 0
          ? nothing
          : html`<div class="notice"><span><b>${texts.freeTitle}.</b> ${texts.freeText}</span></div>`
      }
      ${
        challenge.objectives.length > 0
          ? html`<section><h3>${texts.objectives}</h3><ul class="plain">
              ${challenge.objectives.map((objective) => html`<li>${objective}</li>`)}
            </ul></section>`
          : nothing
      }
      ${
        attempt.references.length > 0
          ? html`<section><h3>${texts.references}</h3><ul class="plain">
              ${attempt.references.map(
                (reference) =>
                  html`<li><a href=${reference.url} target="_blank" rel="noopener noreferrer">${reference.title}</a></li>`,
              )}
            </ul></section>`
          : nothing
      }
    `;
  }

  protected override render(): TemplateResult | typeof nothing {
    const attempt = this.bench.attempt.current;
    if (!attempt) return nothing;
    const bought = attempt.hints.filter((hint) => hint.text !== null).length;
    const tabs = [
      { id: 'brief', text: texts.brief },
      ...(attempt.hints.length > 0
        ? [{ id: 'hints', text: texts.hints, note: `${bought}/${attempt.hints.length}` }]
        : []),
      ...(attempt.debrief ? [{ id: 'debrief', text: texts.debrief }] : []),
    ];
    const tab = tabs.some((one) => one.id === this.bench.tab.value) ? this.bench.tab.value : 'brief';
    return html`<div class="bar">
        <lw-tabs .tabs=${tabs} .current=${tab} .label=${texts.label} @choose=${this.choose}></lw-tabs>
        <span class="grow"></span><lw-maximise .pane=${'brief'}></lw-maximise>
      </div>
      <div class="body" role="tabpanel" aria-label=${tab === 'hints' ? texts.hints : tab === 'debrief' ? texts.debrief : texts.brief} tabindex="0">
        ${
          tab === 'hints'
            ? html`<lw-hints .bench=${this.bench}></lw-hints>`
            : tab === 'debrief'
              ? html`<h2 class="heading">${texts.debrief}</h2><lw-markdown .text=${attempt.debrief ?? ''}></lw-markdown>`
              : this.story(attempt)
        }
      </div>
      ${attempt.checks.length > 0 && tab === 'brief' ? html`<lw-checks .bench=${this.bench}></lw-checks>` : nothing}`;
  }
}

customElements.define('lw-brief', Brief);

declare global {
  interface HTMLElementTagNameMap {
    'lw-brief': Brief;
  }
}
