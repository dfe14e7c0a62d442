import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Profile, SandboxAccess } from '../../../contract/index.ts';
import { styled } from '../../look/base.ts';
import '../../look/copy.ts';
import '../../look/dialog.ts';
import '../../look/tabs.ts';
import styles from './account-dialog.css?inline';
import { configFile, credentialsFile, exportLines } from './aws-files.ts';
import { texts } from './texts.ts';

const clock = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** The account's endpoint and keys, ready for the learner's own tools. */
export class AccountDialog extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    open: { attribute: false },
    sandbox: { attribute: false },
    profile: { state: true },
    form: { state: true },
    shown: { state: true },
  };
  declare open: boolean;
  declare sandbox: SandboxAccess;
  declare private profile: string;
  declare private form: string;
  declare private shown: boolean;

  constructor() {
    super();
    this.open = false;
    this.profile = '';
    this.form = 'shell';
    this.shown = false;
  }

  private fact(label: string, value: string, secret: 'secret' | 'plain' = 'plain'): TemplateResult {
    const text = secret === 'secret' && !this.shown ? '•'.repeat(24) : value;
    return html`<dt>${label}</dt>
      <dd><code>${text}</code><lw-copy .text=${value} .what=${label.toLowerCase()}></lw-copy></dd>`;
  }

  private keys(profile: Profile): TemplateResult {
    return html`<dl>
        ${this.fact(texts.accessKey, profile.accessKeyId)} ${this.fact(texts.secretKey, profile.secretAccessKey, 'secret')}
        ${profile.sessionToken ? this.fact(texts.sessionToken, profile.sessionToken, 'secret') : nothing}
      </dl>
      <p class="small quiet row">
        <span>${texts.profile(profile.name, profile.principal)}.
          ${profile.expiration ? texts.expires(clock.format(new Date(profile.expiration))) : nothing}</span>
        <span class="grow"></span>
        <button class="link" @click=${this.toggleSecrets} aria-pressed=${this.shown ? 'true' : 'false'}>${this.shown ? texts.hide : texts.show}</button>
      </p>`;
  }

  private toggleSecrets(): void {
    this.shown = !this.shown;
  }

  private chooseProfile(event: CustomEvent<string>): void {
    this.profile = event.detail;
  }

  private chooseForm(event: CustomEvent<string>): void {
    this.form = event.detail;
  }

  private leave(): void {
    this.shown = false;
    this.dispatchEvent(new CustomEvent('close'));
  }

  private text(profile: Profile): string {
    if (this.form === 'config') return configFile(this.sandbox);
    return this.form === 'credentials' ? credentialsFile(this.sandbox) : exportLines(this.sandbox, profile);
  }

  protected override render(): TemplateResult {
    const { sandbox } = this;
    const profile = sandbox.profiles.find((one) => one.name === this.profile) ?? sandbox.profiles[0];
    const forms = [
      { id: 'shell', text: texts.shell },
      { id: 'config', text: texts.config },
      { id: 'credentials', text: texts.credentials },
    ];
    return html`<lw-dialog .open=${this.open} .heading=${texts.title} @close=${this.leave} data-testid="account-dialog">
      <div class="grid">
        <p class="quiet">${texts.lead}</p>
        <dl>
          ${this.fact(texts.endpoint, sandbox.endpoint)} ${this.fact(texts.region, sandbox.region)}
          ${this.fact(texts.account, sandbox.accountId)}
          ${sandbox.backend === 'embedded' ? nothing : this.fact(texts.backend, texts[sandbox.backend])}
        </dl>
        ${
          profile
            ? html`<div class="bar flat">
                  <lw-tabs .label=${texts.profiles} .tabs=${sandbox.profiles.map((one) => ({ id: one.name, text: one.name }))} .current=${profile.name} @choose=${this.chooseProfile}></lw-tabs>
                </div>
                ${this.keys(profile)}
                <div class="bar flat">
                  <lw-tabs .label=${texts.title} .tabs=${forms} .current=${this.form} @choose=${this.chooseForm}></lw-tabs>
                  <span class="grow"></span><lw-copy .text=${this.text(profile)} .what=${'all of it'}></lw-copy>
                </div>
                <pre tabindex="0"><code>${this.shown ? this.text(profile) : masked(this.text(profile), sandbox.profiles)}</code></pre>
                <p class="small quiet">${texts.oldCli}</p>`
            : nothing
        }
      </div>
      <button slot="acts" class="primary" @click=${this.leave}>${texts.close}</button>
    </lw-dialog>`;
  }
}

/** The same text with its secrets as dots: a projector shows the screen to everyone. */
function masked(text: string, profiles: readonly Profile[]): string {
  const secrets = profiles.flatMap((profile) => [profile.secretAccessKey, profile.sessionToken ?? '']).filter(Boolean);
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, '•'.repeat(24)), text);
}

customElements.define('lw-account-dialog', AccountDialog);

declare global {
  interface HTMLElementTagNameMap {
    'lw-account-dialog': AccountDialog;
  }
}
