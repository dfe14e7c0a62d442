import type { Profile, SandboxAccess } from '../../../contract/index.ts';
import { type DocumentRef, formatted, type OwnerKind, startText } from './documents.ts';
import type { IamCalls } from './iam-calls.ts';
import { AwsRefusal } from './refusal.ts';
import type { S3Calls } from './s3-calls.ts';

export interface ManagedPolicy {
  readonly name: string;
  readonly arn: string;
}

export interface PolicyVersion {
  /** `v3`. */
  readonly id: string;
  readonly created: Date;
}

/** How an SDK client reaches the sandbox with a profile's keys: nothing but endpoint, region and credentials. */
export interface ClientOptions {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

function optionsOf(sandbox: SandboxAccess, profile: Profile): ClientOptions {
  const { accessKeyId, secretAccessKey, sessionToken } = profile;
  return {
    endpoint: sandbox.endpoint,
    region: sandbox.region,
    // The SDK takes IAM's LimitExceeded for throttling and would ask again.
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) },
  };
}

/** What saving came to: done, or a question that the learner must answer first. */
export type Saving =
  | { readonly kind: 'saved'; readonly ref: DocumentRef }
  /** Five versions stand: one has to go before a new one comes. */
  | { readonly kind: 'versions-full'; readonly oldest: PolicyVersion }
  /** The owner has an inline policy of that name: AWS would put the new one in its place. */
  | { readonly kind: 'name-taken' };

/** The account's documents, read and written by AWS calls with one profile's keys. */
export class AwsAccount {
  private readonly options: ClientOptions;
  private iamCalls: Promise<IamCalls> | undefined;
  private s3Calls: Promise<S3Calls> | undefined;

  constructor(sandbox: SandboxAccess, profile: Profile) {
    this.options = optionsOf(sandbox, profile);
  }

  /** The SDK's clients are fetched when they are first needed. */
  get iam(): Promise<IamCalls> {
    this.iamCalls ??= import('./iam-calls.ts').then(({ IamCalls: Calls }) => new Calls(this.options));
    return this.iamCalls;
  }

  get s3(): Promise<S3Calls> {
    this.s3Calls ??= import('./s3-calls.ts').then(({ S3Calls: Calls }) => new Calls(this.options));
    return this.s3Calls;
  }

  /** A document's text as it stands; laid out where it stands in one line. */
  async read(ref: DocumentRef): Promise<string> {
    const text = await this.readRaw(ref);
    return text.includes('\n') ? text : (formatted(text) ?? text);
  }

  private async readRaw(ref: DocumentRef): Promise<string> {
    switch (ref.kind) {
      case 'inline':
        return await (await this.iam).readInline(ref.owner, ref.ownerName, ref.name);
      case 'managed':
        return await (await this.iam).readManaged(ref.arn);
      case 'trust':
        return await (await this.iam).readTrust(ref.roleName);
      case 'bucket':
        return (await (await this.s3).readPolicy(ref.bucket)) ?? '';
      case 'new-inline':
      case 'new-managed':
        return startText;
      case 'file':
        return '';
    }
  }

  /** `name` is that of a new policy. Rejects with an `AwsRefusal`. */
  async save(ref: DocumentRef, document: string, name: string): Promise<Saving> {
    switch (ref.kind) {
      case 'inline':
        await (await this.iam).putInline(ref.owner, ref.ownerName, ref.name, document);
        return { kind: 'saved', ref };
      case 'new-inline':
        if (await this.hasInline(ref.owner, ref.ownerName, name)) return { kind: 'name-taken' };
        await (await this.iam).putInline(ref.owner, ref.ownerName, name, document);
        return { kind: 'saved', ref: { ...ref, kind: 'inline', name } };
      case 'managed':
        return await this.saveManaged(ref, document);
      case 'new-managed': {
        const arn = await (await this.iam).createManaged(name, document);
        return { kind: 'saved', ref: { kind: 'managed', arn, name } };
      }
      case 'trust':
        await (await this.iam).putTrust(ref.roleName, document);
        return { kind: 'saved', ref };
      case 'bucket':
        await (await this.s3).putPolicy(ref.bucket, document);
        return { kind: 'saved', ref };
      case 'file':
        return { kind: 'saved', ref };
    }
  }

  /** False as well where the keys may not list the policies: they may still be allowed to put one. */
  private async hasInline(owner: OwnerKind, ownerName: string, name: string): Promise<boolean> {
    try {
      return (await (await this.iam).policiesOf(owner, ownerName)).inline.includes(name);
    } catch (error) {
      if (error instanceof AwsRefusal && error.code.startsWith('AccessDenied')) return false;
      throw error;
    }
  }

  private async saveManaged(ref: Extract<DocumentRef, { kind: 'managed' }>, document: string): Promise<Saving> {
    const iam = await this.iam;
    try {
      await iam.addVersion(ref.arn, document);
      return { kind: 'saved', ref };
    } catch (error) {
      if (!(error instanceof AwsRefusal) || !error.code.startsWith('LimitExceeded')) throw error;
      const oldest = await iam.oldestVersion(ref.arn);
      if (!oldest) throw error;
      return { kind: 'versions-full', oldest };
    }
  }

  async deleteVersion(arn: string, id: string): Promise<void> {
    await (await this.iam).deleteVersion(arn, id);
  }
}
