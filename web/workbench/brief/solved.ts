import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ChallengeSummary } from '../../../contract/index.ts';
import { api } from '../../api/client.ts';
import { challengePathOf } from '../../app/routes.ts';
import { challengeAfter } from '../../catalogue/catalogue-view.ts';
import { styled } from '../../look/base.ts';
import { icon } from '../../look/icons.ts';
import { load } from '../../state/loadable.ts';
import type { Bench } from '../bench.ts';
import { texts } from './texts.ts';

/** The quiet joy of a solved challenge: it is said, the debrief is offered, and the way on. */
export class Solved extends LitElement {
  static override styles = styled(`
    .card { background: var(--allow-soft); border: 1px solid var(--allow); border-radius: var(--radius-l); padding: var(--s4); display: grid; gap: var(--s3) }
    .head { display: flex; gap: var(--s3); align-items: center }
    .ring { width: 34px; height: 34px; border-radius: 50%; background: var(--allow); color: var(--panel); display: grid; place-items: center; flex: none }
    .ring svg { width: 20px; height: 20px; stroke-width: 2.2 }
    .ring path { stroke-dasharray: 20 }
    b { font-size: 16px } .acts { display: flex; flex-wrap: wrap; gap: var(--s2) }
    a.act { display: inline-flex; gap: 6px; align-items: center; background: var(--accent); color: var(--accent-ink); font-weight: 600; text-decoration: none; padding: 3px 12px; border-radius: var(--radius-s); min-height: 28px }
    @media (prefers-reduced-motion: no-preference) {
      .ring { animation: grow .35s cubic-bezier(.2, 1.2, .4, 1) both } .ring path { animation: draw .4s .2s ease-out both }
    }
    @keyframes grow { from { transform: scale(.4); opacity: 0 } }
    @keyframes draw { from { stroke-dashoffset: 20 } }
  `);
  static override properties = { bench: { attribute: false }, next: { state: true } };
  declare bench: Bench;
  declare private next: ChallengeSummary | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.findNext();
  }

  private async findNext(): Promise<void> {
    const here = this.bench.attempt.current?.challenge.id;
    const answer = await load(Promise.all([api.challenges(), api.attempts()]));
    // Without the list there is only no link: the header leads to the catalogue too.
    if (answer.kind !== 'ready' || !here) return;
    const [list, work] = answer.value;
    this.next = challengeAfter(here, list.challenges, work.attempts);
  }

  private readDebrief(): void {
    this.bench.tab.set('debrief');
  }

  protected override render(): TemplateResult {
    const debrief = this.bench.attempt.current?.debrief;
    return html`<div class="card" data-testid="solved">
      <div class="head"><span class="ring">${icon('check')}</span><div><b>${texts.solvedTitle}</b><div class="small quiet">${texts.solvedText}</div></div></div>
      <div class="acts">
        ${
          this.next
            ? html`<a class="act" href=${challengePathOf(this.next.id)} data-testid="next-challenge">${texts.next(this.next.title)}</a>`
            : html`<a class="act" href="/">${texts.allChallenges}</a>`
        }
        ${debrief ? html`<button @click=${this.readDebrief}>${texts.readDebrief}</button>` : nothing}
      </div>
    </div>`;
  }
}

customElements.define('lw-solved', Solved);

declare global {
  interface HTMLElementTagNameMap {
    'lw-solved': Solved;
  }
}
