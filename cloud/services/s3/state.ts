import type { Blob } from '../../call.ts';

/** What an account has in S3. */
export interface S3State {
  /** By name. */
  readonly buckets: Readonly<Record<string, BucketState>>;
  /** Block Public Access for the whole account; absent where it was never set. */
  readonly publicAccessBlock?: PublicAccessBlockState;
}

/** The four settings of Block Public Access. */
export interface PublicAccessBlockState {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

/** What a new account has; one object for all of them. */
export const emptyS3State: S3State = { buckets: {} };

export interface BucketState {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  readonly policy?: string;
  readonly tags?: readonly { readonly Key: string; readonly Value: string }[];
  readonly versioning?: 'Enabled' | 'Suspended';
  readonly publicAccessBlock?: PublicAccessBlockState;
  /** Absent where the ownership controls were deleted: the bucket then behaves as `ObjectWriter`. */
  readonly ownership?: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  /** Grants as set by an ACL; absent: the owner's FULL_CONTROL alone. */
  readonly acl?: readonly GrantState[];
  /** Lifecycle rules as the API gives them, plain data. */
  readonly lifecycle?: readonly Readonly<Record<string, unknown>>[];
  /** `TransitionDefaultMinimumObjectSize` of the lifecycle configuration. */
  readonly lifecycleMinimumSize?: string;
  /** What has a document of its own, each as the API gives it. */
  readonly settings?: Readonly<Partial<Record<SettingName, Document>>>;
  /** Configurations of which a bucket has many, by their kind and by the state's keys for their ids. */
  readonly configurations?: Readonly<Partial<Record<ConfigurationKind, Readonly<Record<string, Document>>>>>;
  /** By key (state-key.ts): the versions of an object, newest first; without versioning one whose id is `null`. */
  readonly objects: Readonly<Record<string, readonly ObjectVersionState[]>>;
  /** Multipart uploads by upload id. */
  readonly uploads: Readonly<Record<string, UploadState>>;
}

/** A document of the API as plain data. */
export type Document = Readonly<Record<string, unknown>>;

export type SettingName =
  | 'abac'
  | 'accelerate'
  | 'cors'
  | 'encryption'
  | 'logging'
  | 'notification'
  | 'objectLock'
  | 'replication'
  | 'requestPayment'
  | 'website';

export type ConfigurationKind = 'analytics' | 'intelligentTiering' | 'inventory' | 'metrics';

export interface GrantState {
  readonly grantee:
    | { readonly type: 'CanonicalUser'; readonly id: string }
    | { readonly type: 'Group'; readonly uri: string };
  readonly permission: 'FULL_CONTROL' | 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP';
}

export interface ObjectVersionState {
  /** `null` for the null version. */
  readonly versionId: string;
  readonly deleteMarker: boolean;
  readonly lastModified: number;
  readonly blobs: readonly Blob[];
  readonly size: number;
  /** With its quotation marks. */
  readonly etag: string;
  readonly contentType?: string;
  readonly storageClass?: string;
  /** Cache-Control, Content-Disposition, Content-Encoding, Content-Language, Expires … by header name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** By the state's keys for their names. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly checksum?: {
    readonly algorithm: string;
    readonly value: string;
    readonly type: 'FULL_OBJECT' | 'COMPOSITE';
  };
  /** Of a multipart upload: its parts, in order. */
  readonly parts?: readonly { readonly number: number; readonly size: number; readonly checksum?: string }[];
  /** Absent where S3's own keys protect it. */
  readonly encryption?: EncryptionState;
  readonly lock?: LockState;
  /** Canonical user id. */
  readonly ownerId: string;
  readonly acl?: readonly GrantState[];
}

/** How something is encrypted under a key of KMS. */
export interface EncryptionState {
  readonly algorithm: 'aws:kms' | 'aws:kms:dsse';
  readonly keyArn: string;
  /** Whether KMS is told of the bucket in place of the object. */
  readonly usesBucketKey: boolean;
  /** What the request gave besides, for KMS. */
  readonly context?: Readonly<Record<string, string>>;
  /** The data key: under a customer's key what KMS opens; of the managed key the account whose it is. */
  readonly seal:
    | { readonly kind: 'customer'; readonly ciphertext: string }
    | { readonly kind: 'managed'; readonly accountId: string };
}

/** What keeps a version from being deleted. */
export interface LockState {
  readonly mode?: 'GOVERNANCE' | 'COMPLIANCE';
  /** Until when the mode holds, epoch milliseconds on the sandbox's clock. */
  readonly until?: number;
  readonly legalHold?: boolean;
}

export interface UploadState {
  readonly uploadId: string;
  readonly key: string;
  readonly initiatedAt: number;
  /** ARN of the principal that began it: it may always abort and list. */
  readonly initiator: string;
  /** Canonical user id of the object's owner to be. */
  readonly ownerId: string;
  readonly properties: Pick<
    ObjectVersionState,
    'contentType' | 'storageClass' | 'headers' | 'metadata' | 'tags' | 'acl'
  >;
  readonly encryption?: EncryptionState;
  readonly lock?: LockState;
  readonly checksum?: { readonly algorithm: string; readonly type: 'FULL_OBJECT' | 'COMPOSITE' };
  /** By part number. */
  readonly parts: Readonly<Record<string, PartState>>;
}

export interface PartState {
  readonly number: number;
  /** One body; of a copied part the source's, cut to the range. */
  readonly blobs: readonly Blob[];
  readonly size: number;
  /** With its quotation marks. */
  readonly etag: string;
  readonly lastModified: number;
  readonly checksum?: string;
}
