import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { styled } from '../../look/base.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import '../maximise.ts';
import './call-row.ts';
import styles from './calls.css?inline';
import { texts } from './texts.ts';

const ageEvery = 10_000;

/** The right pane: every call in the account as it happens, with its decision. */
export class Calls extends LitElement {
  static override styles = styled(styles);
  static override properties = { bench: { attribute: false }, deniedOnly: { state: true }, now: { state: true } };
  declare bench: Bench;
  declare private deniedOnly: boolean;
  declare private now: number;
  private clock: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.deniedOnly = false;
    this.now = Date.now();
    watch(this, () => [this.bench.events.past, this.bench.events.state, this.bench.attempt.attempt]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.clock = setInterval(() => {
      this.now = Date.now();
    }, ageEvery);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.clock);
  }

  private onFilter(event: Event): void {
    if (event.target instanceof HTMLInputElement) this.deniedOnly = event.target.checked;
  }

  private more(): void {
    void this.bench.events.more();
  }

  protected override render(): TemplateResult {
    const { state } = this.bench.events;
    const ended = this.bench.attempt.current?.state === 'ended';
    const { events, next } = this.bench.events.past.value;
    const shown = this.deniedOnly ? events.filter((event) => event.outcome === 'denied') : events;
    const now = Math.max(this.now, Date.parse(events[0]?.at ?? '') || 0);
    return html`<div class="bar">
        <b>${texts.title}</b>
        ${ended ? nothing : html`<span class="link small ${state.value}" role="status">${texts[state.value]}</span>`}
        <span class="grow"></span>
        <label class="small filter"><input type="checkbox" .checked=${this.deniedOnly} @change=${this.onFilter} data-testid="denied-only" />${texts.deniedOnly}</label>
        <lw-maximise .pane=${'calls'}></lw-maximise>
      </div>
      <div class="list" role="list" aria-label=${texts.title} data-testid="calls">
        ${
          shown.length === 0
            ? html`<p class="none quiet"><b>${this.deniedOnly ? texts.noneDenied : texts.none}</b>${this.deniedOnly ? nothing : html`<br />${texts.noneText}`}</p>`
            : repeat(
                shown,
                (event) => event.id,
                (event) =>
                  html`<lw-call-row role="listitem" data-testid="call" data-outcome=${event.outcome} .event=${event} .now=${now}></lw-call-row>`,
              )
        }
        ${next === null ? nothing : html`<button class="quiet more" @click=${this.more}>${texts.more}</button>`}
      </div>`;
  }
}

customElements.define('lw-calls', Calls);

declare global {
  interface HTMLElementTagNameMap {
    'lw-calls': Calls;
  }
}
