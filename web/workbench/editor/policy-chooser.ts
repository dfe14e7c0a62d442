import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import '../../look/dialog.ts';
import '../../look/tabs.ts';
import type { ManagedPolicy } from './account.ts';
import type { DocumentRef, OwnerKind } from './documents.ts';
import type { EditorStore } from './editor-store.ts';
import styles from './policy-chooser.css?inline';
import './policy-list.ts';
import { type AwsRefusal, refusalOf } from './refusal.ts';
import { texts } from './texts.ts';

type Kind = OwnerKind | 'policy' | 'bucket';
const kinds: readonly Kind[] = ['user', 'group', 'role', 'policy', 'bucket'];
const isOwner = (kind: Kind): kind is OwnerKind => kind !== 'policy' && kind !== 'bucket';

type Entry = { readonly name: string; readonly policy?: ManagedPolicy };
type Listing = 'asking' | readonly Entry[] | AwsRefusal;

/** Finds a document of the account: kinds, what there is of each, and its policies. Every list is an AWS call. */
export class PolicyChooser extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    open: { attribute: false },
    store: { attribute: false },
    kind: { state: true },
    listing: { state: true },
    picked: { state: true },
  };
  declare open: boolean;
  declare store: EditorStore;
  declare private kind: Kind;
  declare private listing: Listing;
  declare private picked: string | undefined;

  constructor() {
    super();
    this.open = false;
    this.kind = 'user';
    this.listing = 'asking';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('open') && this.open) void this.list(this.kind);
  }

  private async list(kind: Kind): Promise<void> {
    this.kind = kind;
    this.picked = undefined;
    this.listing = 'asking';
    const listing = await this.ask(kind).catch((error: unknown) => refusalOf(error));
    if (this.kind === kind) this.listing = listing;
  }

  private async ask(kind: Kind): Promise<readonly Entry[]> {
    const { aws } = this.store;
    if (!aws) return [];
    if (kind === 'bucket') return (await (await aws.s3).buckets()).map((name) => ({ name }));
    const iam = await aws.iam;
    if (kind === 'policy') return (await iam.policies()).map((policy) => ({ name: policy.name, policy }));
    return (await iam.owners(kind)).map((name) => ({ name }));
  }

  private leave(): void {
    this.dispatchEvent(new CustomEvent('close'));
  }

  private async show(ref: DocumentRef): Promise<void> {
    this.leave();
    await this.store.load(ref);
  }

  private pick(entry: Entry): void {
    if (entry.policy) void this.show({ kind: 'managed', ...entry.policy });
    else if (this.kind === 'bucket') void this.show({ kind: 'bucket', bucket: entry.name });
    else this.picked = entry.name;
  }

  private chooseKind(event: CustomEvent<string>): void {
    const kind = kinds.find((one) => one === event.detail);
    if (kind) void this.list(kind);
  }

  private chooseProfile(event: Event): void {
    if (!(event.target instanceof HTMLSelectElement)) return;
    this.store.useProfile(event.target.value);
    void this.list(this.kind);
  }

  private entries(): TemplateResult {
    const { listing } = this;
    if (listing === 'asking') return html`<p class="quiet note" role="status">${texts.listing}</p>`;
    if (listing instanceof Error) {
      return html`<div class="notice deny" role="alert"><span><b>✕ ${listing.code}</b><br />${listing.message}</span></div>`;
    }
    if (listing.length === 0) return html`<p class="quiet note">${texts.nothing[this.kind]}</p>`;
    return html`<ul>${listing.map(
      (entry) =>
        html`<li><button class="entry mono" aria-pressed=${entry.name === this.picked ? 'true' : 'false'} @click=${() => this.pick(entry)} data-testid="entry">${entry.name}</button></li>`,
    )}</ul>`;
  }

  protected override render(): TemplateResult {
    const tabs = kinds.map((id) => ({ id, text: texts.kinds[id] }));
    const { kind, picked, store } = this;
    return html`<lw-dialog .open=${this.open} .heading=${texts.chooserTitle} @close=${this.leave} data-testid="chooser">
      <div class="row"><lw-tabs .tabs=${tabs} .current=${kind} .label=${texts.kindsLabel} @choose=${this.chooseKind}></lw-tabs><span class="grow"></span>
        ${
          store.profiles.length > 1
            ? html`<label class="small quiet">${texts.profile}
                <select @change=${this.chooseProfile}>${store.profiles.map((name) => html`<option value=${name} ?selected=${name === store.profile.value}>${name}</option>`)}</select></label>`
            : nothing
        }
      </div>
      <div class="columns ${isOwner(kind) ? 'two' : ''}">
        <div class="list">${this.entries()}</div>
        ${
          isOwner(kind)
            ? html`<div class="list">${
                picked
                  ? html`<lw-policy-list .store=${store} .owner=${kind} .ownerName=${picked} @show=${(event: CustomEvent<DocumentRef>) => this.show(event.detail)}></lw-policy-list>`
                  : Array.isArray(this.listing) && this.listing.length > 0
                    ? html`<p class="quiet note">${texts.pick}</p>`
                    : nothing
              }</div>`
            : nothing
        }
      </div>
      <button slot="acts" @click=${() => this.show({ kind: 'new-managed' })}>${texts.newManaged}</button>
      <button slot="acts" @click=${this.leave}>${texts.close}</button>
    </lw-dialog>`;
  }
}

customElements.define('lw-policy-chooser', PolicyChooser);

declare global {
  interface HTMLElementTagNameMap {
    'lw-policy-chooser': PolicyChooser;
  }
}
