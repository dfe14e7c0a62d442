import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Finding } from '../../../iam/policy.ts';
import { styled } from '../../look/base.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import '../maximise.ts';
import type { CodeView } from './code-view.ts';
import './diff-view.ts';
import { formatted, isAwsManaged, isNew, mayChange, policyKindOf, titleOf } from './documents.ts';
import styles from './editor-pane.css?inline';
import { EditorStore, type OpenDocument } from './editor-store.ts';
import './editor-bar.ts';
import './editor-questions.ts';
import './policy-chooser.ts';
import { texts } from './texts.ts';

/** The middle pane: one policy of the account at a time, with findings inline, a diff, and saving by real AWS calls. */
export class EditorPane extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    bench: { attribute: false },
    choosing: { state: true },
    naming: { state: true },
    diffing: { state: true },
    failed: { state: true },
    findings: { state: true },
  };
  declare bench: Bench;
  declare private choosing: boolean;
  declare private naming: boolean;
  declare private diffing: boolean;
  declare private failed: boolean;
  declare private findings: readonly Finding[];
  private store: EditorStore | undefined;
  private attemptId: string | undefined;
  private code: CodeView | undefined;
  private opening = false;
  private shown: OpenDocument | undefined;
  /** What of the account's fate the open document has followed. */
  private seen: { readonly restarts: number; readonly call: string | undefined } = { restarts: 0, call: undefined };
  private stop: readonly (() => void)[] = [];

  constructor() {
    super();
    this.choosing = false;
    this.naming = false;
    this.diffing = false;
    this.failed = false;
    this.findings = [];
    watch(this, () => [
      this.bench.attempt.attempt,
      this.bench.attempt.restarts,
      this.bench.events.past,
      this.bench.file,
    ]);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stop) stop();
    this.code?.close();
    this.code = undefined;
    this.shown = undefined;
  }

  protected override willUpdate(): void {
    const attempt = this.bench.attempt.current;
    if (!attempt) return;
    if (attempt.id !== this.attemptId) this.begin(attempt.id, new EditorStore(attempt.id, attempt.sandbox));
    this.store?.give(attempt.sandbox);
    this.follow();
    const file = this.bench.file.value;
    if (file && this.store) {
      this.bench.file.set(undefined);
      void this.store.loadFile(file);
    }
  }

  /** Reads the open document again when the account was put back, or a call from elsewhere has changed what it belongs to. */
  private follow(): void {
    const { attempt, events } = this.bench;
    const known = this.seen;
    const calls = events.past.value.events;
    this.seen = { restarts: attempt.restarts.value, call: calls[0]?.id };
    const ref = this.store?.open.value?.ref;
    if (!ref) return;
    const end = calls.findIndex((call) => call.id === known.call);
    const news = known.call === undefined ? [] : calls.slice(0, Math.max(end, 0));
    const changed = !this.store?.isEcho && news.some((call) => mayChange(call, ref));
    if (changed || known.restarts !== attempt.restarts.value) void this.store?.refresh();
  }

  private begin(attemptId: string, store: EditorStore): void {
    for (const stop of this.stop) stop();
    this.attemptId = attemptId;
    this.store = store;
    const stores = [store.open, store.busy, store.refusal, store.full, store.taken, store.profile];
    this.stop = [
      ...stores.map((one) => one.subscribe(() => this.requestUpdate())),
      store.open.subscribe((open) => this.bench.document.set(open)),
    ];
    this.bench.document.set(store.open.value);
    this.shown = undefined;
    this.findings = [];
    this.seen = { restarts: this.bench.attempt.restarts.value, call: undefined };
    // Kept by the browser since the page was here last.
    void store.refresh();
  }

  protected override updated(): void {
    const open = this.store?.open.value;
    if (!open) return;
    if (this.code) this.showIn(this.code, open);
    else if (!this.opening && !this.failed) void this.openCode();
  }

  private async openCode(): Promise<void> {
    this.opening = true;
    this.failed = false;
    try {
      const [{ CodeView: View }, { findingsOf }] = await Promise.all([
        import('./code-view.ts'),
        import('./findings.ts'),
      ]);
      const host = this.renderRoot.querySelector<HTMLElement>('.code');
      if (!host || !(this.renderRoot instanceof ShadowRoot)) return;
      this.code = new View({
        host,
        root: this.renderRoot,
        find: (text) => {
          const { shown } = this;
          // What a new policy begins with is unfinished, and nobody's mistake.
          const isUnfinished = !shown || (isNew(shown.ref) && text === shown.base);
          return findingsOf(text, isUnfinished ? undefined : policyKindOf(shown.ref));
        },
        onChange: (text) => this.store?.type(text),
        onFindings: (findings) => {
          this.findings = findings;
        },
        onSave: () => this.save(),
      });
      this.requestUpdate();
    } catch {
      this.failed = true;
    } finally {
      this.opening = false;
    }
  }

  private showIn(code: CodeView, open: OpenDocument): void {
    const before = this.shown;
    this.shown = open;
    if (before?.revision === open.revision) return;
    const title = titleOf(open.ref);
    const label = texts.editorLabel(`${title.of} ${title.name}`.trim());
    const readOnly = open.ref.kind === 'managed' && isAwsManaged(open.ref.arn);
    if (before && before.ref === open.ref) code.replace(open.text);
    else code.show(open.text, label, readOnly ? 'read' : 'write');
  }

  private save(): void {
    const ref = this.store?.open.value?.ref;
    if (ref && isNew(ref)) this.naming = true;
    else void this.saveAs('');
  }

  private async saveAs(name: string): Promise<void> {
    const { store } = this;
    if (!store || store.busy.value === 'saving') return;
    const isSaved = await store.save(name);
    // A name that is taken is asked for again.
    this.naming = store.taken.value !== undefined;
    if (!isSaved) return;
    this.diffing = false;
    this.bench.announcement.set(texts.saved);
  }

  private format(): void {
    const text = this.store?.open.value?.text;
    const laidOut = text === undefined ? undefined : formatted(text);
    if (laidOut) this.store?.put(laidOut);
  }

  private revert(): void {
    const open = this.store?.open.value;
    if (open) this.store?.put(open.base);
  }

  private goToFinding(): void {
    const [first] = this.findings;
    this.diffing = false;
    if (first) this.code?.goTo(first);
  }

  private newManaged(): void {
    void this.store?.load({ kind: 'new-managed' });
  }

  private toggleDiff(): void {
    this.diffing = !this.diffing;
  }

  private choose(act: 'open' | 'close'): void {
    this.choosing = act === 'open';
  }

  private notices(store: EditorStore, open: OpenDocument | undefined): TemplateResult {
    const refusal = store.refusal.value;
    return html`
      ${
        refusal
          ? html`<div class="notice deny" role="alert" data-testid="refusal"><span class="grow"><b>✕ ${texts.refusedBy(refusal.code)}</b><br />${refusal.message}</span>
              <button class="quiet" @click=${() => store.refusal.set(undefined)}>${texts.dismiss}</button></div>`
          : nothing
      }
      ${
        open?.draft === undefined
          ? nothing
          : html`<div class="notice warn" role="status"><span class="grow">▲ ${texts.draft}</span>
              <button class="link" @click=${() => store.put(open.draft ?? '')}>${texts.useDraft}</button>
              <button class="link" @click=${() => store.dropDraft()}>${texts.dropDraft}</button></div>`
      }
      ${this.failed ? html`<div class="notice deny" role="alert"><span>${texts.codeFailed} <button class="link" @click=${this.openCode}>${texts.retry}</button></span></div>` : nothing}`;
  }

  private empty(): TemplateResult {
    return html`<div class="empty">
      <h2>${texts.emptyTitle}</h2>
      <p class="quiet">${texts.emptyText}</p>
      <div class="row">
        <button class="primary" @click=${() => this.choose('open')} data-testid="choose">${texts.open}</button>
        <button @click=${this.newManaged}>${texts.newManaged}</button>
      </div>
    </div>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store) return nothing;
    const open = store.open.value;
    return html`<div class="bar">
        ${
          open
            ? html`<lw-editor-bar class="grow" .document=${open} .findings=${this.findings} .diffing=${this.diffing} .saving=${store.busy.value === 'saving'}
                @choose=${() => this.choose('open')} @go-to-finding=${this.goToFinding} @format=${this.format} @diff=${this.toggleDiff} @revert=${this.revert} @save=${this.save}></lw-editor-bar>`
            : html`<b>${texts.title}</b><span class="grow"></span>`
        }
        <lw-maximise .pane=${'editor'}></lw-maximise>
      </div>
      ${this.notices(store, open)} ${open ? nothing : this.empty()}
      <div class="code" ?hidden=${!open || this.diffing} data-testid="editor"></div>
      ${open && this.diffing ? html`<lw-diff .base=${open.base} .text=${open.text}></lw-diff>` : nothing}
      <lw-policy-chooser .open=${this.choosing} .store=${store} @close=${() => this.choose('close')}></lw-policy-chooser>
      <lw-editor-questions .naming=${this.naming} .taken=${store.taken.value} .full=${store.full.value}
        @name=${(event: CustomEvent<string>) => this.saveAs(event.detail)}
        @make-room=${() => store.makeRoom()}
        @dismiss=${this.dismiss}></lw-editor-questions>`;
  }

  private dismiss(): void {
    this.naming = false;
    this.store?.taken.set(undefined);
    this.store?.full.set(undefined);
  }
}

customElements.define('lw-editor-pane', EditorPane);

declare global {
  interface HTMLElementTagNameMap {
    'lw-editor-pane': EditorPane;
  }
}
