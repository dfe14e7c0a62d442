import { html, LitElement, type TemplateResult } from 'lit';
import type { AttemptList, ChallengeSummary } from '../../contract/index.ts';
import { api } from '../api/client.ts';
import '../app/problem.ts';
import { attemptPathOf, challengePathOf } from '../app/routes.ts';
import { texts as appTexts } from '../app/texts.ts';
import { styled } from '../look/base.ts';
import '../look/mark.ts';
import { type Loadable, load, loading } from '../state/loadable.ts';
import { texts } from './texts.ts';
import styles from './work.css?inline';

type AttemptSummary = AttemptList['attempts'][number];

interface Content {
  readonly attempts: readonly AttemptSummary[];
  readonly challenges: ReadonlyMap<string, ChallengeSummary>;
}

const date = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The learner's attempts. */
export class Work extends LitElement {
  static override styles = styled(styles);
  static override properties = { content: { state: true } };
  declare private content: Loadable<Content>;

  constructor() {
    super();
    this.content = loading;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = appTexts.title(texts.title);
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    this.content = await load(
      Promise.all([api.attempts(), api.challenges()]).then(([work, list]) => ({
        attempts: work.attempts,
        challenges: new Map(list.challenges.map((challenge) => [challenge.id, challenge])),
      })),
    );
  }

  private line(attempt: AttemptSummary, content: Content): TemplateResult {
    const title = content.challenges.get(attempt.challenge)?.title ?? attempt.challenge;
    const ended = attempt.state === 'ended';
    const state = attempt.solved ? texts.solved : ended ? texts.ended : texts.open;
    const { passed, total } = attempt.checks;
    return html`<tr data-testid="attempt">
      <td>
        <span class="row">
          <lw-mark .kind=${attempt.solved ? 'pass' : 'todo'} .label=${state}></lw-mark>
          ${
            ended
              ? html`<a href=${attemptPathOf(attempt.id)}>${title}</a>`
              : html`<a href=${challengePathOf(attempt.challenge)}><b>${title}</b></a>`
          }
        </span>
      </td>
      <td class="quiet">${ended && attempt.solved ? `${state}, ${texts.ended}` : state}</td>
      <td class="quiet number">${total > 0 ? texts.checksOf(passed, total) : texts.noChecks}</td>
      <td class="quiet number begun">${date.format(new Date(attempt.startedAt))}</td>
    </tr>`;
  }

  protected override render(): TemplateResult {
    if (this.content.kind === 'loading') return html`<div class="wrap" aria-busy="true"></div>`;
    if (this.content.kind === 'failed') {
      return html`<lw-problem .error=${this.content.error} @retry=${this.fetch}></lw-problem>`;
    }
    const content = this.content.value;
    if (content.attempts.length === 0) {
      return html`<lw-problem .heading=${texts.none} .text=${texts.noneText}></lw-problem>`;
    }
    return html`<div class="wrap">
      <h1>${texts.title}</h1>
      <p class="quiet">${texts.lead}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">${texts.challenge}</th>
            <th scope="col">${texts.state}</th>
            <th scope="col" class="number">${texts.checks}</th>
            <th scope="col" class="number begun">${texts.started}</th>
          </tr>
        </thead>
        <tbody>${content.attempts.map((attempt) => this.line(attempt, content))}</tbody>
      </table>
    </div>`;
  }
}

customElements.define('lw-work', Work);

declare global {
  interface HTMLElementTagNameMap {
    'lw-work': Work;
  }
}
