import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Attempt } from '../../contract/index.ts';
import '../app/header.ts';
import { navigate } from '../app/navigation.ts';
import '../app/problem.ts';
import { challengePathOf } from '../app/routes.ts';
import { texts as appTexts } from '../app/texts.ts';
import { styled } from '../look/base.ts';
import '../look/tabs.ts';
import '../look/webawesome.ts';
import { watch } from '../state/store.ts';
import { Bench } from './bench.ts';
import './access/access-pane.ts';
import './brief/brief.ts';
import './calls/calls.ts';
import './editor/editor-pane.ts';
import './header.ts';
import { maximised, narrow, type PaneName, paneNames, resizePane, type Sizes, sizes } from './layout.ts';
import './terminal/terminal-pane.ts';
import { texts } from './texts.ts';
import styles from './workbench.css?inline';

const toastShown = 7_000;
/** Where the divider of an ended attempt stands, and its panes. */
const recordPosition = 45;
const recordPanes: readonly PaneName[] = ['brief', 'calls'];
/** The kinds of checks that name who may do what. */
const accessKinds: ReadonlySet<string> = new Set(['access', 'call', 'bounds']);

/** The panes of an attempt: the access matrix where the stage has one. */
function panesOf(attempt: Attempt | undefined): readonly PaneName[] {
  if (attempt?.state === 'ended') return recordPanes;
  const hasMatrix = attempt?.checks.some(({ stage, kind }) => stage === attempt.stage && accessKinds.has(kind));
  return hasMatrix ? paneNames : paneNames.filter((name) => name !== 'access');
}

/** The screen in which a challenge is worked on: what is wanted, what is changed, what happens, and a terminal. */
export class Workbench extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    challenge: { attribute: false },
    attemptId: { attribute: false },
    toast: { state: true },
  };
  /** `<pack>/<id>`, to work on; or the id of an attempt, to read. */
  declare challenge: string | undefined;
  declare attemptId: string | undefined;
  private readonly bench = new Bench();
  declare private toast: boolean;
  private opened: string | undefined;
  private toastTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly onNarrow = (): void => {
    maximised.set(narrow.matches ? (maximised.value ?? 'brief') : undefined);
  };

  constructor() {
    super();
    this.toast = false;
    const { attempt, announcement } = this.bench;
    announcement.subscribe((text) => this.tell(text));
    watch(this, () => [attempt.attempt, attempt.refusal, announcement, maximised, this.bench.events.state]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    narrow.addEventListener('change', this.onNarrow);
    this.onNarrow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    narrow.removeEventListener('change', this.onNarrow);
    maximised.set(undefined);
    this.bench.close();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const wanted = this.challenge ?? this.attemptId;
    if (this.opened !== wanted) {
      this.opened = wanted;
      this.bench.tab.set('brief');
      this.bench.announcement.set('');
      this.open();
    }
    const attempt = this.bench.attempt.current;
    document.title = appTexts.title(attempt?.challenge.title);
  }

  /** What a screen reader is told is shown for a while too. */
  private tell(text: string): void {
    clearTimeout(this.toastTimer);
    this.toast = text !== '';
    this.toastTimer = setTimeout(() => {
      this.toast = false;
    }, toastShown);
  }

  private open(): void {
    const { attempt } = this.bench;
    if (this.challenge !== undefined) void attempt.open(this.challenge);
    else if (this.attemptId !== undefined) void attempt.read(this.attemptId);
  }

  /** The open attempt on the challenge of one that has ended. */
  private goOn(challenge: string): void {
    // On the challenge's own page the address stays; only the attempt is another.
    if (this.challenge !== undefined) void this.bench.attempt.open(challenge);
    else navigate(challengePathOf(challenge));
  }

  private async submit(): Promise<void> {
    if ((await this.bench.submit()) && narrow.matches) maximised.set('brief');
  }

  private onSize(name: keyof Sizes, event: Event): void {
    const panel = event.target;
    if (panel === event.currentTarget && panel instanceof HTMLElement && 'position' in panel) {
      // A hidden or maximised pane reports sizes that nobody chose.
      if (!maximised.value && !narrow.matches) resizePane(name, Number(panel.position));
    }
  }

  private pane(name: PaneName, slot: 'start' | 'end', content: TemplateResult): TemplateResult {
    const full = maximised.value;
    return html`<section
      slot=${slot}
      class="pane ${full === name ? 'full' : ''}"
      aria-label=${texts.panes[name]}
      .inert=${full !== undefined && full !== name}
      data-pane=${name}
    >${content}</section>`;
  }

  /** Over an ended attempt: what it is, and the way to the open one. */
  private ended(attempt: Attempt): TemplateResult {
    return html`<div class="strip" role="status" data-testid="ended"><span>${texts.ended}</span><span class="grow"></span>
      <button class="primary" @click=${() => this.goOn(attempt.challenge.id)}>${texts.goOn}</button></div>`;
  }

  /** What is left of an ended attempt: its account has no keys any more. */
  private record(): TemplateResult {
    const { bench } = this;
    return html`<wa-split-panel class="outer record" .position=${recordPosition}>
      ${this.pane('brief', 'start', html`<lw-brief .bench=${bench}></lw-brief>`)}
      ${this.pane('calls', 'end', html`<lw-calls .bench=${bench}></lw-calls>`)}
    </wa-split-panel>`;
  }

  private panes(): TemplateResult {
    const { bench } = this;
    if (bench.attempt.current?.state === 'ended') return this.record();
    const { brief, editor, upper, terminal } = sizes.value;
    const calls = html`<lw-calls .bench=${bench}></lw-calls>`;
    const hasMatrix = panesOf(bench.attempt.current).includes('access');
    // Without a matrix the calls have its place, and the terminal the whole width.
    return html`<wa-split-panel class="outer" .position=${brief} @wa-reposition=${(event: Event) => this.onSize('brief', event)}>
      ${this.pane('brief', 'start', html`<lw-brief .bench=${bench}></lw-brief>`)}
      <wa-split-panel slot="end" class="rows" orientation="vertical" .position=${upper} @wa-reposition=${(event: Event) => this.onSize('upper', event)}>
        <wa-split-panel slot="start" class="columns" .position=${editor} @wa-reposition=${(event: Event) => this.onSize('editor', event)}>
          ${this.pane('editor', 'start', html`<lw-editor-pane .bench=${bench}></lw-editor-pane>`)}
          ${hasMatrix ? this.pane('access', 'end', html`<lw-access-pane .bench=${bench}></lw-access-pane>`) : this.pane('calls', 'end', calls)}
        </wa-split-panel>
        <wa-split-panel slot="end" class=${hasMatrix ? 'columns' : 'alone'} .position=${hasMatrix ? terminal : 100} ?disabled=${!hasMatrix} @wa-reposition=${(event: Event) => this.onSize('terminal', event)}>
          ${this.pane('terminal', 'start', html`<lw-terminal-pane .bench=${bench}></lw-terminal-pane>`)}
          ${hasMatrix ? this.pane('calls', 'end', calls) : nothing}
        </wa-split-panel>
      </wa-split-panel>
    </wa-split-panel>`;
  }

  private choosePane(event: CustomEvent<string>): void {
    const name = paneNames.find((pane) => pane === event.detail);
    if (name) maximised.set(name);
  }

  private dismiss(): void {
    this.bench.attempt.refusal.set(undefined);
  }

  protected override render(): TemplateResult {
    const state = this.bench.attempt.attempt.value;
    if (state.kind === 'failed') {
      return html`<lw-header .current=${'workbench'}></lw-header><lw-problem .error=${state.error} @retry=${this.open}></lw-problem>`;
    }
    const refusal = this.bench.attempt.refusal.value;
    const lost = this.bench.events.state.value === 'lost';
    const attempt = this.bench.attempt.current;
    const ended = attempt?.state === 'ended' ? attempt : undefined;
    const tabs = panesOf(attempt).map((id) => ({ id, text: texts.panes[id] }));
    return html`<div class="bench" @submit-work=${this.submit}>
      <lw-bench-header .bench=${this.bench}></lw-bench-header>
      <p class="toast ${this.toast ? 'shown' : ''}" role="status" data-testid="announcement">${this.bench.announcement.value}</p>
      ${
        refusal
          ? html`<div class="strip deny" role="alert"><b>✕</b> ${refusal.message}<span class="grow"></span><button class="quiet" @click=${this.dismiss}>${texts.dismiss}</button></div>`
          : nothing
      }
      ${ended ? this.ended(ended) : nothing}
      ${lost && !ended ? html`<div class="strip warn" role="status"><b>▲</b> ${texts.connectionLost}</div>` : nothing}
      <nav class="narrow"><lw-tabs .tabs=${tabs} .label=${texts.panesLabel} .current=${maximised.value ?? 'brief'} @choose=${this.choosePane}></lw-tabs></nav>
      <div class="panes">
        ${
          state.kind === 'loading'
            ? html`<p class="opening" role="status"><span class="pulse" aria-hidden="true"></span>${texts.opening} …</p>`
            : this.panes()
        }
      </div>
    </div>`;
  }
}

customElements.define('lw-workbench', Workbench);

declare global {
  interface HTMLElementTagNameMap {
    'lw-workbench': Workbench;
  }
}
