import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { AttemptList, ChallengeSummary, ChallengeType } from '../../contract/index.ts';
import { api } from '../api/client.ts';
import '../app/problem.ts';
import { challengePathOf } from '../app/routes.ts';
import { texts as appTexts } from '../app/texts.ts';
import { styled } from '../look/base.ts';
import { icon } from '../look/icons.ts';
import '../look/mark.ts';
import { type Loadable, load, loading } from '../state/loadable.ts';
import styles from './catalogue.css?inline';
import { matching, nextChallenge, progressOf, type Track, tracksOf } from './catalogue-view.ts';
import { texts } from './texts.ts';

interface Content {
  readonly challenges: readonly ChallengeSummary[];
  readonly attempts: AttemptList['attempts'];
}

/** All challenges by track, and where to go on. */
export class Catalogue extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    content: { state: true },
    search: { state: true },
    types: { state: true },
  };
  declare private content: Loadable<Content>;
  declare private search: string;
  declare private types: ReadonlySet<ChallengeType>;

  constructor() {
    super();
    this.content = loading;
    this.search = '';
    this.types = new Set();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = appTexts.title(texts.title);
    void this.fetch();
  }

  private async fetch(): Promise<void> {
    this.content = await load(
      Promise.all([api.challenges(), api.attempts()]).then(([list, work]) => ({
        challenges: list.challenges,
        attempts: work.attempts,
      })),
    );
  }

  private onSearch(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.search = event.target.value;
  }

  private toggle(type: ChallengeType): void {
    const types = new Set(this.types);
    if (!types.delete(type)) types.add(type);
    this.types = types;
  }

  private clear(): void {
    this.search = '';
    this.types = new Set();
  }

  private next(content: Content): TemplateResult | typeof nothing {
    const next = nextChallenge(content.challenges, content.attempts);
    if (!next) {
      return html`<section class="next">
        <div><h1>${texts.allSolvedTitle}</h1><p class="quiet">${texts.allSolved}</p></div>
        <a class="act" href="/playground">${texts.toPlayground}</a>
      </section>`;
    }
    const { challenge, attempt } = next;
    const where = attempt
      ? texts.goOn(attempt.checks.passed, attempt.checks.total)
      : content.attempts.some((one) => one.solved)
        ? texts.nextOne
        : texts.start;
    return html`<section class="next" data-testid="next">
      <div>
        <p class="small quiet">${where}</p>
        <h1>${challenge.title}</h1>
        <p class="quiet">${challenge.summary}</p>
      </div>
      <a class="act" href=${challengePathOf(challenge.id)}>${attempt ? texts.continue : texts.begin}</a>
    </section>`;
  }

  private tools(content: Content): TemplateResult {
    const offered = [...new Set(content.challenges.map((challenge) => challenge.type))];
    const label = texts.search(content.challenges.length);
    return html`<search class="tools">
      <label class="search">
        ${icon('search')}<span class="visually-hidden">${label}</span>
        <input type="search" .value=${this.search} placeholder=${label} @input=${this.onSearch} data-testid="search" />
      </label>
      <div class="types" role="group" aria-label=${texts.filter}>
        ${offered.map(
          (type) =>
            html`<button class="filter" aria-pressed=${this.types.has(type)} @click=${() => this.toggle(type)}>
              ${texts.shortTypes[type]}
            </button>`,
        )}
      </div>
    </search>`;
  }

  private item(challenge: ChallengeSummary, content: Content, here: string | undefined): TemplateResult {
    const progress = progressOf(challenge.id, content.attempts);
    const state = progress === 'solved' ? texts.solved : progress === 'begun' ? texts.open : texts.untouched;
    return html`<li>
      <a
        class="item ${challenge.id === here ? 'here' : ''}"
        href=${challengePathOf(challenge.id)}
        data-testid="challenge"
        data-challenge=${challenge.id}
      >
        <lw-mark .kind=${progress === 'solved' ? 'pass' : 'todo'} .label=${state}></lw-mark>
        <b>${challenge.title}</b>
        <span class="quiet summary">${challenge.summary}</span>
        <span class="quiet small">${texts.types[challenge.type]}</span>
        <span class="level" role="img" aria-label=${texts.level(challenge.level)}>
          ${[1, 2, 3, 4, 5].map((dot) => html`<i class=${dot <= challenge.level ? 'on' : ''}></i>`)}
        </span>
        <span class="quiet small minutes">${texts.minutes(challenge.minutes)}</span>
      </a>
    </li>`;
  }

  private track(track: Track, content: Content, here: string | undefined): TemplateResult {
    const graded = track.challenges.filter((challenge) => challenge.type !== 'free');
    const solved = graded.filter((challenge) => progressOf(challenge.id, content.attempts) === 'solved').length;
    return html`<section class="track">
      <h2>
        ${track.title}
        ${graded.length > 0 ? html`<span class="quiet small">${texts.solvedOf(solved, graded.length)}</span>` : nothing}
      </h2>
      <ul class="list">${track.challenges.map((challenge) => this.item(challenge, content, here))}</ul>
    </section>`;
  }

  protected override render(): TemplateResult {
    if (this.content.kind === 'loading')
      return html`<div class="wrap" aria-busy="true"><div class="ghost"></div></div>`;
    if (this.content.kind === 'failed') {
      return html`<lw-problem .error=${this.content.error} @retry=${this.fetch}></lw-problem>`;
    }
    const content = this.content.value;
    if (content.challenges.length === 0) {
      return html`<lw-problem .heading=${texts.none} .text=${texts.noneText}></lw-problem>`;
    }
    const found = matching(content.challenges, this.search, this.types);
    const here = nextChallenge(content.challenges, content.attempts)?.attempt?.challenge;
    return html`<div class="wrap">
      ${this.next(content)} ${this.tools(content)}
      <p class="visually-hidden" role="status">${this.search || this.types.size ? texts.found(found.length) : ''}</p>
      ${
        found.length === 0
          ? html`<p class="nothing">${texts.nothing} <button class="link" @click=${this.clear}>${texts.clear}</button></p>`
          : tracksOf(found).map((track) => this.track(track, content, here))
      }
    </div>`;
  }
}

customElements.define('lw-catalogue', Catalogue);

declare global {
  interface HTMLElementTagNameMap {
    'lw-catalogue': Catalogue;
  }
}
