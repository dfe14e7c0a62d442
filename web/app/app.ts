import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../api/client.ts';
import { styled } from '../look/base.ts';
import { load } from '../state/loadable.ts';
import { Watch } from '../state/store.ts';
import styles from './app.css?inline';
import './header.ts';
import { route } from './navigation.ts';
import './problem.ts';
import { ApiError } from '../api/client.ts';
import type { Route } from './routes.ts';
import { texts } from './texts.ts';

/** What a screen needs before it can be shown. */
const screens: Record<Route['screen'], () => Promise<unknown>> = {
  catalogue: () => import('../catalogue/catalogue.ts'),
  workbench: () => import('../workbench/workbench.ts'),
  playground: () => import('../workbench/workbench.ts'),
  attempt: () => import('../workbench/workbench.ts'),
  work: () => import('../work/work.ts'),
  'not-found': () => import('./not-found.ts'),
};

/** The screens that fill the window, with a header of their own. */
const benches: ReadonlySet<Route['screen']> = new Set(['workbench', 'playground', 'attempt']);

/** Fetches the workbench's code when the pointer comes to a challenge: it is there when the click comes. */
function fetchAhead(event: Event): void {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  // A failure is met again, and shown, when the screen is opened.
  if (link?.pathname.startsWith('/challenges/')) void screens.workbench().catch(() => undefined);
}

/** The page: a header, and the screen of the route, whose code is loaded when it is first shown. */
export class App extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    shown: { state: true },
    playground: { state: true },
    error: { state: true },
  };
  declare private shown: Route | undefined;
  /** The free challenge that the playground opens; null where no pack has one. */
  declare private playground: string | null | undefined;
  declare private error: ApiError | undefined;
  private readonly route = new Watch(this, route);
  private requested: Route | undefined;

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.requested !== this.route.value) void this.show(this.route.value);
  }

  private async show(next: Route): Promise<void> {
    this.requested = next;
    this.error = undefined;
    try {
      await screens[next.screen]();
    } catch {
      // A chunk that cannot be fetched: the server is away, or was updated while the page stood open.
      if (this.requested === next) this.error = new ApiError(texts.unreachableText, 'network', 0);
      return;
    }
    if (next.screen === 'playground' && this.playground === undefined) {
      const list = await load(api.challenges());
      if (list.kind === 'failed') this.error = list.error;
      if (list.kind === 'ready') {
        this.playground = list.value.challenges.find((challenge) => challenge.type === 'free')?.id ?? null;
      }
    }
    if (this.requested !== next) return;
    const first = this.shown === undefined;
    this.shown = next;
    await this.updateComplete;
    scrollTo(0, 0);
    // A screen reader goes on at the new screen; after the first load it begins where it always does.
    if (!first) this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  }

  private retry(): void {
    void this.show(this.route.value);
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('main')?.focus();
  }

  private screen(): TemplateResult | typeof nothing {
    if (this.error) return html`<lw-problem .error=${this.error} @retry=${this.retry}></lw-problem>`;
    const shown = this.shown;
    switch (shown?.screen) {
      case undefined:
        return html`<p class="loading" role="status">${texts.loading}</p>`;
      case 'catalogue':
        return html`<lw-catalogue></lw-catalogue>`;
      case 'work':
        return html`<lw-work></lw-work>`;
      case 'not-found':
        return html`<lw-not-found .path=${shown.path}></lw-not-found>`;
      case 'workbench':
        return html`<lw-workbench .challenge=${shown.challenge}></lw-workbench>`;
      case 'attempt':
        return html`<lw-workbench .attemptId=${shown.attempt}></lw-workbench>`;
      case 'playground':
        return this.playground
          ? html`<lw-workbench .challenge=${this.playground}></lw-workbench>`
          : html`<lw-problem .heading=${texts.noPlaygroundTitle} .text=${texts.noPlayground}></lw-problem>`;
    }
  }

  protected override render(): TemplateResult {
    const bench = this.shown !== undefined && benches.has(this.shown.screen);
    return html`<a class="skip" href="#main" @click=${this.skip}>${texts.skip}</a>
      ${bench && !this.error ? nothing : html`<lw-header .current=${this.route.value.screen}></lw-header>`}
      <main id="main" tabindex="-1" @pointerover=${fetchAhead} @focusin=${fetchAhead} class=${bench ? 'bench' : ''}>${this.screen()}</main>`;
  }
}

customElements.define('lw-app', App);

declare global {
  interface HTMLElementTagNameMap {
    'lw-app': App;
  }
}
