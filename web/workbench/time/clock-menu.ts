import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import { icon } from '../../look/icons.ts';
import '../../look/webawesome.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import styles from './clock-menu.css?inline';
import { texts } from './texts.ts';
import { aheadBy, lengthOf } from './words.ts';

const format = new Intl.DateTimeFormat('en', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const tick = 5_000;

/** What the account's clock shows, and the steps by which the challenge lets it be moved forward. Nothing where it offers none. */
export class ClockMenu extends LitElement {
  static override styles = styled(styles);
  static override properties = { bench: { attribute: false } };
  declare bench: Bench;
  private ticking: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    watch(this, () => [this.bench.attempt.attempt, this.bench.attempt.busy]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.ticking = setInterval(() => this.requestUpdate(), tick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.ticking);
  }

  private now(): string {
    return format.format(Date.now() + (this.bench.attempt.current?.clock.ahead ?? 0));
  }

  private async onMove(event: CustomEvent<{ item: { value: string } }>): Promise<void> {
    const { attempt, announcement } = this.bench;
    if (await attempt.moveClock(event.detail.item.value)) announcement.set(texts.moved(this.now()));
  }

  protected override render(): TemplateResult | typeof nothing {
    const attempt = this.bench.attempt.current;
    if (attempt === undefined || attempt.clock.steps.length === 0) return nothing;
    const ahead = aheadBy(attempt.clock.ahead);
    const busy = this.bench.attempt.busy.value !== undefined;
    return html`<wa-dropdown @wa-select=${this.onMove}>
      <button slot="trigger" class="chip clock" ?disabled=${busy} title=${texts.title(ahead)} aria-label="${texts.title(ahead)}: ${this.now()}" data-testid="clock">
        ${icon('clock')} ${this.now()} ${ahead === '' ? nothing : html`<span class="ahead">+${ahead}</span>`} ${icon('chevron')}
      </button>
      ${attempt.clock.steps.map(
        (step) =>
          html`<wa-dropdown-item value=${step} data-testid="clock-step">${texts.later(lengthOf(step))}<span slot="details" class="details">${texts.note}</span></wa-dropdown-item>`,
      )}
    </wa-dropdown>`;
  }
}

customElements.define('lw-clock-menu', ClockMenu);

declare global {
  interface HTMLElementTagNameMap {
    'lw-clock-menu': ClockMenu;
  }
}
