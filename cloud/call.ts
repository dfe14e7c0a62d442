/**
 * What a service operation is given besides its input: the caller, the clock, randomness and the blobs.
 * The pure code takes all of it as values, so a fork, a replay and a test decide what time and chance are.
 */
import type { AnyCaller } from '../iam/model.ts';
import type { AwsError } from './errors.ts';
import type { ManagedPolicyCatalogue } from './managed-policies.ts';
import type { Permission } from './service.ts';
import type { HostPlace } from './services/ec2/hosts.ts';
import type { Account, World } from './world.ts';

/** Digests and MACs, handed in by the runtime (Node's crypto on the server, @noble/hashes in the page). */
export interface Hashes {
  sha256(bytes: Uint8Array): Uint8Array;
  sha1(bytes: Uint8Array): Uint8Array;
  md5(bytes: Uint8Array): Uint8Array;
  hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array;
}

/** A body kept beside the state, or a slice of one. */
export interface Blob {
  /** SHA-256 of the whole body that is kept, in lower-case hex. */
  readonly digest: string;
  /** Bytes: of the body, or of the slice. */
  readonly size: number;
  /** Where the slice begins in the body (a range copied out of another object); 0 where absent. */
  readonly offset?: number;
}

/** A body as an operation's output names it: blobs one after the other, cut to `from` (inclusive) … `to` (exclusive). */
export class BlobBody {
  readonly blobs: readonly Blob[];
  readonly from: number;
  readonly to: number;

  constructor(blobs: readonly Blob[], from: number, to: number) {
    this.blobs = blobs;
    this.from = from;
    this.to = to;
  }
}

/** Bytes and numbers that nobody can guess. */
export interface Random {
  bytes(count: number): Uint8Array;
}

/** The facts of an HTTP request that condition keys speak of. */
export interface RequestFacts {
  /** `aws:SourceIp`, IPv4 or IPv6 without zone; of a call that a service makes the service's name, as CloudTrail has it. */
  readonly sourceIp: string;
  /** `aws:SecureTransport`. */
  readonly secureTransport: boolean;
  readonly userAgent: string;
  /** The region of the credential scope: `aws:RequestedRegion`. */
  readonly region: string;
  /** How the client signed; absent of unsigned requests, and of calls that services make. */
  readonly signing?: Signing;
  /** The instance that it was sent from; absent where it came from elsewhere. */
  readonly from?: HostPlace;
  /** Scheme and host that the client sent the request to, without a slash at the end: `http://127.0.0.1:4566`. Queue URLs begin so. */
  readonly endpoint?: string;
}

/** How a request was signed, as S3's condition keys tell it. */
export interface Signing {
  /** `s3:authType`. */
  readonly authType: 'REST-HEADER' | 'REST-QUERY-STRING';
  /** `s3:signatureversion`. */
  readonly version: 'AWS4-HMAC-SHA256' | 'AWS';
  /** `s3:signatureAge`: milliseconds since a URL was presigned. */
  readonly age?: number;
  /** `s3:x-amz-content-sha256`: the header as sent. */
  readonly contentSha256?: string;
}

/**
 * A service that makes a call in somebody's place. Who the caller is says on whose behalf: of a forwarded call the one who called the
 * service, of a call as a role the session of the role that it was passed, and else the service itself.
 */
export interface ServiceCall {
  /** `cloudformation.amazonaws.com`. */
  readonly service: string;
  /** The services that a caller's request was forwarded by, in order: `aws:CalledVia`. Empty where none forwarded it. */
  readonly calledVia: readonly string[];
  /** What the service calls for where it is the caller itself: `aws:SourceArn`, `aws:SourceAccount`. */
  readonly source?: { readonly arn: string; readonly accountId: string };
}

/** One call as a service sees it. */
export interface Call {
  readonly caller: AnyCaller;
  /** The service that makes the call; absent where the caller itself does. */
  readonly by?: ServiceCall;
  readonly request: RequestFacts;
  /** The id that the answer carries. */
  readonly requestId: string;
  /** The sandbox's clock, epoch milliseconds. */
  readonly now: number;
  /** Real time, epoch milliseconds: what a reported `Expiration` counts from. */
  readonly realNow: number;
  readonly random: Random;
  readonly hashes: Hashes;
  readonly managedPolicies: ManagedPolicyCatalogue;
  /** The whole sandbox as it was before the call, for look-ups across accounts. Never changed through this. */
  readonly world: World;
  /**
   * Asks the engine a second question of this caller, as S3 does for a missing key (is `s3:ListBucket` allowed?), and gives
   * the denial where it is not. It stands among the call's decisions.
   */
  readonly refusal: (permission: Permission) => AwsError | undefined;
  /** Keeps a body; the caller stores it before the change is acknowledged. */
  readonly keepBlob: (bytes: Uint8Array) => Blob;
}

/** What a change handler works on: the account that owns the resource, as an immer draft. */
export type Draft<T> = { -readonly [K in keyof T]: T[K] extends object ? Draft<T[K]> : T[K] };

/** The account as a change handler may alter it. */
export type AccountDraft = Draft<Account>;
