import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { styled } from '../../look/base.ts';
import { type DocumentRef, isAwsManaged, type OwnerKind } from './documents.ts';
import type { EditorStore } from './editor-store.ts';
import type { OwnedPolicies } from './iam-calls.ts';
import styles from './policy-list.css?inline';
import { type AwsRefusal, refusalOf } from './refusal.ts';
import { texts } from './texts.ts';

type Listing = 'asking' | OwnedPolicies | AwsRefusal;

/** The policies of one user, role or group: to open, detach or delete, and to add to. Fires `show` with a document. */
export class PolicyList extends LitElement {
  static override styles = styled(styles);
  static override properties = {
    store: { attribute: false },
    owner: { attribute: false },
    ownerName: { attribute: false },
    listing: { state: true },
    refusal: { state: true },
    asked: { state: true },
  };
  declare store: EditorStore;
  declare owner: OwnerKind;
  declare ownerName: string;
  declare private listing: Listing;
  declare private refusal: AwsRefusal | undefined;
  /** The row that asks whether it is meant. */
  declare private asked: string | undefined;

  constructor() {
    super();
    this.listing = 'asking';
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('ownerName') || changed.has('owner') || changed.has('store')) void this.list();
  }

  private async list(): Promise<void> {
    const { owner, ownerName } = this;
    this.listing = 'asking';
    this.asked = undefined;
    this.refusal = undefined;
    const iam = await this.store.aws?.iam;
    const listing = await iam?.policiesOf(owner, ownerName).catch((error: unknown) => refusalOf(error));
    if (listing && owner === this.owner && ownerName === this.ownerName) this.listing = listing;
  }

  private show(ref: DocumentRef): void {
    this.dispatchEvent(new CustomEvent<DocumentRef>('show', { detail: ref }));
  }

  /** Changes the account, and reads the list again; a refusal is shown where the act was. */
  private async change(id: string, sure: 'ask' | 'sure', act: () => Promise<void> | undefined): Promise<void> {
    if (sure === 'ask' && this.asked !== id) {
      this.asked = id;
      return;
    }
    try {
      await act();
      await this.list();
    } catch (error) {
      this.refusal = refusalOf(error);
      this.asked = undefined;
    }
  }

  private async attach(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    const word = String(new FormData(form).get('policy') ?? '').trim();
    if (word === '') return;
    await this.change('attach', 'sure', async () => {
      const iam = await this.store.aws?.iam;
      const known = word.startsWith('arn:')
        ? undefined
        : (await iam?.policies())?.find((policy) => policy.name === word);
      // A name that the account has not is one of AWS's own.
      const arn = word.startsWith('arn:') ? word : (known?.arn ?? `arn:aws:iam::aws:policy/${word}`);
      await iam?.attach(this.owner, this.ownerName, arn);
      form.reset();
    });
  }

  private row(
    id: string,
    name: string,
    chip: string,
    ref: DocumentRef,
    remove: TemplateResult | typeof nothing,
  ): TemplateResult {
    return html`<li data-document=${id}>
      <button class="name mono" @click=${() => this.show(ref)} data-testid="document">${name}</button>
      <span class="chip">${chip}</span><span class="grow"></span>${remove}
    </li>`;
  }

  private remover(id: string, text: string, label: string, act: () => Promise<void> | undefined): TemplateResult {
    return html`<button class=${this.asked === id ? 'danger' : 'quiet'} aria-label=${label} @click=${() => this.change(id, 'ask', act)}>
      ${this.asked === id ? texts.sure : text}
    </button>`;
  }

  private rows({ inline, attached }: OwnedPolicies): TemplateResult {
    const { owner, ownerName } = this;
    const of = `${owner}/${ownerName}`;
    const iam = this.store.aws?.iam;
    return html`<ul>
      ${
        owner === 'role'
          ? this.row('trust', texts.trust, 'trust', { kind: 'trust', roleName: ownerName }, nothing)
          : nothing
      }
      ${inline.map((name) =>
        this.row(
          `inline:${name}`,
          name,
          texts.inline,
          { kind: 'inline', owner, ownerName, name },
          this.remover(`inline:${name}`, texts.remove, texts.deleteFrom(name, of), () =>
            iam?.then((calls) => calls.deleteInline(owner, ownerName, name)),
          ),
        ),
      )}
      ${attached.map((policy) =>
        this.row(
          policy.arn,
          policy.name,
          isAwsManaged(policy.arn) ? texts.awsManaged : texts.attached,
          { kind: 'managed', ...policy },
          this.remover(policy.arn, texts.detach, texts.detachFrom(policy.name, of), () =>
            iam?.then((calls) => calls.detach(owner, ownerName, policy.arn)),
          ),
        ),
      )}
      ${inline.length + attached.length === 0 ? html`<li class="quiet">${texts.noPolicies}</li>` : nothing}
    </ul>`;
  }

  protected override render(): TemplateResult {
    const { listing, owner, ownerName, refusal } = this;
    if (listing === 'asking') return html`<p class="quiet" role="status">${texts.listing}</p>`;
    if (listing instanceof Error) {
      return html`<div class="notice deny" role="alert"><span><b>✕ ${listing.code}</b><br />${listing.message}</span></div>`;
    }
    return html`${refusal ? html`<div class="notice deny" role="alert"><span><b>✕ ${refusal.code}</b><br />${refusal.message}</span></div>` : nothing}
      ${this.rows(listing)}
      <button class="link" @click=${() => this.show({ kind: 'new-inline', owner, ownerName })} data-testid="new-inline">${texts.newInline}</button>
      <form @submit=${this.attach}>
        <input name="policy" aria-label=${texts.attachLabel} placeholder=${texts.attachPlaceholder} spellcheck="false" autocomplete="off" data-testid="attach-name" />
        <button type="submit" data-testid="attach">${texts.attach}</button>
      </form>`;
  }
}

customElements.define('lw-policy-list', PolicyList);

declare global {
  interface HTMLElementTagNameMap {
    'lw-policy-list': PolicyList;
  }
}
