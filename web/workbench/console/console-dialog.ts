import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { ConsoleAct, ConsoleView } from '../../../contract/index.ts';
import { styled } from '../../look/base.ts';
import '../../look/dialog.ts';
import { watch } from '../../state/store.ts';
import type { Bench } from '../bench.ts';
import styles from './console-dialog.css?inline';
import { texts } from './texts.ts';

/** The console's panels that the challenge offers: the root user, and signing in. */
export class ConsoleDialog extends LitElement {
  static override styles = styled(styles);
  static override properties = { bench: { attribute: false }, open: { attribute: false } };
  declare bench: Bench;
  declare open: boolean;

  constructor() {
    super();
    this.open = false;
    watch(this, () => [this.bench.attempt.attempt, this.bench.attempt.busy, this.bench.attempt.refusal]);
  }

  private async act(act: ConsoleAct): Promise<boolean> {
    const { attempt, announcement } = this.bench;
    if (!(await attempt.actInConsole(act))) return false;
    const profile = attempt.current?.sandbox.profiles.at(-1)?.name ?? '';
    announcement.set(act.name === 'SignIn' ? texts.signedIn(profile) : texts.done);
    return true;
  }

  /** The texts of a form by their names; empty ones left out. */
  private read(event: SubmitEvent): { form: HTMLFormElement; given: Readonly<Record<string, string>> } | undefined {
    event.preventDefault();
    const { target } = event;
    if (!(target instanceof HTMLFormElement)) return undefined;
    const entries = [...new FormData(target)].flatMap(([name, value]) =>
      typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
    );
    return { form: target, given: Object.fromEntries(entries) };
  }

  private async setPassword(event: SubmitEvent): Promise<void> {
    const read = this.read(event);
    const password = read?.given['password'];
    if (password !== undefined && (await this.act({ name: 'SetRootPassword', password }))) read?.form.reset();
  }

  private async signIn(event: SubmitEvent): Promise<void> {
    const read = this.read(event);
    const { user, password, ...rest } = read?.given ?? {};
    if (user === undefined || password === undefined) return;
    if (await this.act({ name: 'SignIn', user, password, ...rest })) {
      read?.form.reset();
      this.leave();
    }
  }

  private leave(): void {
    this.bench.attempt.refusal.set(undefined);
    this.dispatchEvent(new CustomEvent('close'));
  }

  private rootPanel({ mfa, password, accessKeys }: NonNullable<ConsoleView['root']>): TemplateResult {
    const busy = this.bench.attempt.busy.value !== undefined;
    return html`<section data-testid="root-panel">
      <h3>${texts.root}</h3>
      <dl>
        <dt>${texts.mfa}</dt>
        <dd>
          <span>${mfa ? texts.mfaOn : texts.mfaOff}</span>
          <button ?disabled=${busy} data-testid="root-mfa" @click=${() => this.act({ name: mfa ? 'DisableRootMfa' : 'EnableRootMfa' })}>${mfa ? texts.disableMfa : texts.enableMfa}</button>
        </dd>
        <dt>${texts.keys}</dt>
        <dd>
          ${accessKeys.length === 0 ? texts.noKeys : nothing}
          ${accessKeys.map((accessKeyId) => html`<button ?disabled=${busy} data-testid="root-key" @click=${() => this.act({ name: 'DeleteRootAccessKey', accessKeyId })}>${texts.deleteKey(accessKeyId)}</button>`)}
        </dd>
        <dt>${texts.password}</dt>
        <dd>
          <span>${password ? texts.passwordSet : texts.passwordNone}</span>
          <form @submit=${this.setPassword}>
            <input name="password" type="password" autocomplete="new-password" required aria-label=${texts.newPassword} placeholder=${texts.newPassword} />
            <button ?disabled=${busy}>${texts.setPassword}</button>
          </form>
        </dd>
      </dl>
    </section>`;
  }

  private signInPanel(): TemplateResult {
    const busy = this.bench.attempt.busy.value !== undefined;
    return html`<section data-testid="sign-in-panel">
      <h3>${texts.signIn}</h3>
      <p class="quiet small">${texts.signInLead}</p>
      <form @submit=${this.signIn}>
        <label>${texts.user}<input name="user" autocomplete="off" required /></label>
        <label>${texts.password}<input name="password" type="password" autocomplete="off" required /></label>
        <label>${texts.code}<input name="code" inputmode="numeric" autocomplete="off" maxlength="6" /></label>
        <label>${texts.changedPassword}<input name="newPassword" type="password" autocomplete="new-password" /></label>
        <button class="primary" ?disabled=${busy} data-testid="sign-in">${texts.signIn}</button>
      </form>
    </section>`;
  }

  protected override render(): TemplateResult {
    const view = this.bench.attempt.current?.console;
    const refusal = this.bench.attempt.refusal.value;
    return html`<lw-dialog .open=${this.open} .heading=${texts.title} @close=${this.leave} data-testid="console-dialog">
      <div class="content">
        <p class="quiet">${texts.lead}</p>
        ${refusal === undefined ? nothing : html`<p class="refusal" role="alert">✕ ${refusal.message}</p>`}
        ${view?.root ? this.rootPanel(view.root) : nothing}
        ${view?.panels.includes('sign-in') ? this.signInPanel() : nothing}
      </div>
      <button slot="acts" @click=${this.leave}>${texts.close}</button>
    </lw-dialog>`;
  }
}

customElements.define('lw-console-dialog', ConsoleDialog);

declare global {
  interface HTMLElementTagNameMap {
    'lw-console-dialog': ConsoleDialog;
  }
}
