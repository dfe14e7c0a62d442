import type { SandboxAccess } from '../../../contract/index.ts';
import { recall, remember } from '../../state/remembered.ts';
import { Store } from '../../state/store.ts';
import type { EditedFile } from '../bench.ts';
import { AwsAccount, type PolicyVersion } from './account.ts';
import { type DocumentRef, idOf, isNew } from './documents.ts';
import type { AwsRefusal } from './refusal.ts';
import { refusalOf } from './refusal.ts';

/** The document that is open. */
export interface OpenDocument {
  readonly ref: DocumentRef;
  /** As it was loaded or last saved. */
  readonly base: string;
  readonly text: string;
  /** Counts up whenever the text was set from outside of the editor. */
  readonly revision: number;
  /** A draft from before, which differs from what was loaded. */
  readonly draft: string | undefined;
}

/** Milliseconds in which a change of the account that is heard of is the echo of one's own. */
const echo = 2_000;

export type EditorBusy = 'opening' | 'saving' | undefined;

interface Kept {
  readonly ref: DocumentRef;
  readonly base: string;
  readonly text: string;
}

const isKept = (value: unknown): value is Kept =>
  typeof value === 'object' &&
  value !== null &&
  'ref' in value &&
  typeof value.ref === 'object' &&
  'base' in value &&
  typeof value.base === 'string' &&
  'text' in value &&
  typeof value.text === 'string';

/** What the editor of one attempt has open, its drafts, and what is waited for. */
export class EditorStore {
  readonly open = new Store<OpenDocument | undefined>(undefined);
  readonly busy = new Store<EditorBusy>(undefined);
  readonly refusal = new Store<AwsRefusal | undefined>(undefined);
  /** The version that would have to go. */
  readonly full = new Store<PolicyVersion | undefined>(undefined);
  /** The name that a new policy was to have, and that another one has. */
  readonly taken = new Store<string | undefined>(undefined);
  readonly profile = new Store('');
  private readonly attemptId: string;
  private sandbox: SandboxAccess;
  private account: AwsAccount | undefined;
  private file: EditedFile | undefined;
  private revision = 0;
  private savedAt = 0;
  private keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(attemptId: string, sandbox: SandboxAccess) {
    this.attemptId = attemptId;
    this.sandbox = sandbox;
    this.profile.set(sandbox.profiles[0]?.name ?? '');
    const last = recall(`editor:${attemptId}`);
    // A file is read again from the terminal, when it is asked for there.
    if (isKept(last) && last.ref.kind !== 'file') this.show(last.ref, last.base, last.text, undefined);
  }

  /** New keys: those of a stage, or renewed ones. */
  give(sandbox: SandboxAccess): void {
    if (sandbox === this.sandbox) return;
    const before = this.sandbox.profiles[0]?.name;
    const first = sandbox.profiles[0]?.name ?? '';
    this.sandbox = sandbox;
    this.account = undefined;
    // A stage with another default profile begins as that one; keys that are only renewed leave the learner's choice.
    if (first !== before || !this.profiles.includes(this.profile.value)) this.profile.set(first);
  }

  useProfile(name: string): void {
    this.account = undefined;
    this.profile.set(name);
  }

  /** The names of the profiles that calls can be made as. */
  get profiles(): readonly string[] {
    return this.sandbox.profiles.map((profile) => profile.name);
  }

  /** AWS with the chosen profile's keys. */
  get aws(): AwsAccount | undefined {
    const profile = this.sandbox.profiles.find((one) => one.name === this.profile.value);
    if (profile) this.account ??= new AwsAccount(this.sandbox, profile);
    return this.account;
  }

  get changed(): boolean {
    const open = this.open.value;
    return open !== undefined && open.text !== open.base;
  }

  async load(ref: DocumentRef): Promise<boolean> {
    const text = await this.act('opening', async () => await this.aws?.read(ref));
    if (text === undefined) return false;
    const kept = recall(this.draftName(ref));
    const draft = typeof kept === 'string' && kept !== text ? kept : undefined;
    this.file = undefined;
    this.show(ref, text, text, draft);
    return true;
  }

  /** Reads the open document again: it may have been changed elsewhere. What is being typed stays, and differs from what is now. */
  async refresh(): Promise<void> {
    const asked = this.open.value?.ref;
    if (!asked || isNew(asked) || asked.kind === 'file') return;
    const found = await this.aws?.read(asked).catch((error: unknown) => refusalOf(error));
    const open = this.open.value;
    if (open?.ref !== asked || found === undefined) return;
    const clean = open.text === open.base;
    if (typeof found !== 'string') {
      // What is gone is closed; what may only not be read stays, as nobody knows better.
      if (clean && /^NoSuch/.test(found.code)) this.open.set(undefined);
    } else if (found !== open.base) {
      if (clean) this.show(asked, found, found, open.draft);
      else this.open.set({ ...open, base: found });
    }
  }

  /** Whether a change of the account that is heard of now is this editor's own. */
  get isEcho(): boolean {
    return this.busy.value === 'saving' || Date.now() - this.savedAt < echo;
  }

  async loadFile(file: EditedFile): Promise<void> {
    this.refusal.set(undefined);
    const text = (await file.read()) ?? '';
    this.file = file;
    this.show({ kind: 'file', path: file.path }, text, text, undefined);
  }

  /** The text as it is being typed. */
  type(text: string): void {
    const open = this.open.value;
    if (!open || text === open.text) return;
    this.open.set({ ...open, text });
    this.keepSoon();
  }

  /** Sets the text from outside of the editor: a draft, the loaded text, a new layout. */
  put(text: string): void {
    const open = this.open.value;
    if (!open) return;
    this.revision += 1;
    this.open.set({ ...open, text, draft: undefined, revision: this.revision });
    this.keep();
  }

  dropDraft(): void {
    const open = this.open.value;
    if (!open) return;
    this.open.set({ ...open, draft: undefined });
    this.keep();
  }

  /** `name` is that of a new policy. False where it was refused, or something has to be asked first. */
  async save(name = ''): Promise<boolean> {
    const open = this.open.value;
    if (!open) return false;
    const { ref, text } = open;
    this.taken.set(undefined);
    const saving = await this.act('saving', async () => {
      if (ref.kind === 'file') await this.file?.write(text);
      return await this.aws?.save(ref, text, name);
    });
    if (!saving) return false;
    if (saving.kind === 'versions-full') {
      this.full.set(saving.oldest);
      return false;
    }
    if (saving.kind === 'name-taken') {
      this.taken.set(name);
      return false;
    }
    this.savedAt = Date.now();
    remember(this.draftName(ref), undefined);
    const now = this.open.value;
    this.open.set(now && { ...now, ref: saving.ref, base: text, draft: undefined });
    this.keep();
    return true;
  }

  /** Deletes the version that stands in the way, and saves again. */
  async makeRoom(): Promise<boolean> {
    const oldest = this.full.value;
    const ref = this.open.value?.ref;
    this.full.set(undefined);
    if (!oldest || ref?.kind !== 'managed') return false;
    const gone = await this.act('saving', async () => {
      await this.aws?.deleteVersion(ref.arn, oldest.id);
      return true;
    });
    return gone === true && (await this.save());
  }

  private async act<T>(busy: EditorBusy, call: () => Promise<T>): Promise<T | undefined> {
    this.refusal.set(undefined);
    this.busy.set(busy);
    try {
      return await call();
    } catch (error) {
      this.refusal.set(refusalOf(error));
      return undefined;
    } finally {
      this.busy.set(undefined);
    }
  }

  private show(ref: DocumentRef, base: string, text: string, draft: string | undefined): void {
    // What was typed into the document before is kept under its name.
    if (this.keeping !== undefined) this.keep();
    this.revision += 1;
    this.open.set({ ref, base, text, draft, revision: this.revision });
    this.keep();
  }

  /** After the page has followed the key: what browsers keep is written while they wait. */
  private keepSoon(): void {
    this.keeping ??= setTimeout(() => this.keep());
  }

  private keep(): void {
    clearTimeout(this.keeping);
    this.keeping = undefined;
    const open = this.open.value;
    if (!open) return;
    const { ref, base, text } = open;
    remember(`editor:${this.attemptId}`, { ref, base, text } satisfies Kept);
    if (ref.kind !== 'file' && open.draft === undefined) {
      remember(this.draftName(ref), text === base ? undefined : text);
    }
  }

  private draftName(ref: DocumentRef): string {
    return `draft:${this.attemptId}:${idOf(ref)}`;
  }
}
