/**
 * The words of the policy engine: who asks, for what, which policies can speak, and what is answered.
 * Follows the IAM User Guide, "Policy evaluation logic" and "IAM JSON policy elements: Principal".
 */
import type { Policy } from './policy.ts';

/** Tags by key, as IAM keeps them. */
export type Tags = Readonly<Record<string, string>>;

/** The principal that signed a request, or the lack of one. */
export type Caller =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'root'; readonly accountId: string; readonly session?: SessionFacts }
  | {
      readonly kind: 'user';
      readonly accountId: string;
      /** With its path: `arn:aws:iam::111122223333:user/staff/Bea`. */
      readonly arn: string;
      readonly name: string;
      /** The unique id, `AIDA…`. */
      readonly id: string;
      readonly tags: Tags;
      readonly session?: SessionFacts;
    }
  | {
      readonly kind: 'role-session';
      readonly accountId: string;
      /** The role's own ARN, with its path. */
      readonly roleArn: string;
      readonly roleName: string;
      /** The unique id, `AROA…`. */
      readonly roleId: string;
      readonly sessionName: string;
      /** `arn:aws:sts::111122223333:assumed-role/Name/session`: without the role's path. */
      readonly sessionArn: string;
      /** The role's tags, overridden by the session's. */
      readonly tags: Tags;
      readonly session: SessionFacts;
    }
  | { readonly kind: 'service'; readonly service: string };

/** A session of GetFederationToken: what its user and its session policies both allow. */
export interface FederatedUser {
  readonly kind: 'federated-user';
  readonly accountId: string;
  /** `arn:aws:sts::111122223333:federated-user/Name`. */
  readonly arn: string;
  readonly name: string;
  /** The IAM user who called GetFederationToken. */
  readonly parent: { readonly arn: string; readonly id: string };
  readonly tags: Tags;
  readonly session: SessionFacts;
}

/**
 * Who calls AssumeRoleWithWebIdentity or AssumeRoleWithSAML: vouched for by an identity provider's token, not by credentials of AWS.
 * It has no policies of its own; the role's trust policy decides.
 */
export interface FederatedIdentity {
  readonly kind: 'federated-identity';
  /** As trust policies name it: `arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com`, `accounts.google.com`. */
  readonly provider: string;
  /** Whom the token speaks of; only shown. The keys that trust policies ask (`<provider>:sub`) come with the request. */
  readonly subject: string;
}

/** Every principal that the engine can decide for. */
export type AnyCaller = Caller | FederatedUser | FederatedIdentity;

/** What temporary credentials add to their principal. */
export interface SessionFacts {
  /** The access key id of the credentials: leads to their session policies. Absent for a session that is only imagined. */
  readonly accessKeyId?: string;
  /** `aws:TokenIssueTime`, epoch milliseconds. */
  readonly issuedAt: number;
  /** Present where the credentials were issued with MFA. In sessions without it `aws:MultiFactorAuthPresent` is `false`. */
  readonly mfa?: { readonly authenticatedAt: number };
  /** `aws:SourceIdentity`. */
  readonly sourceIdentity?: string;
  /** `aws:FederatedProvider`, of sessions of AssumeRoleWithWebIdentity. */
  readonly federatedProvider?: string;
  /** Condition keys that the credentials bring into every request: of an instance's role `ec2:SourceInstanceARN` and its kin. */
  readonly keys?: Readonly<Record<string, string>>;
  /** A root session that AssumeRoot made (`aws:AssumedRoot`): its task policy, given as session policy, limits it. */
  readonly assumedRoot?: true;
}

/** The layers of AWS's evaluation that a decision can name. */
export type Layer =
  | 'identity'
  | 'resource'
  | 'boundary'
  | 'session'
  | 'trust'
  | 'service-control'
  | 'resource-control'
  | 'vpc-endpoint'
  /** A grant of a KMS key. */
  | 'grant'
  /** An access control list of S3. */
  | 'acl'
  | 'block-public-access'
  /** The rights that the root user has by itself. */
  | 'root';

/** A policy where it applies. */
export interface AttachedPolicy {
  readonly layer: Layer;
  /** How people call it: the managed policy's or the inline policy's name; a bucket's or a role's for theirs. */
  readonly name: string;
  readonly kind: 'inline' | 'managed' | 'resource' | 'trust' | 'session';
  /** ARN of a managed policy. */
  readonly arn?: string;
  /** `user/Bea`, `group/Clerks`, `role/Cataloguer`, or the resource's ARN. */
  readonly attachedTo: string;
  readonly policy: Policy;
}

/** One permission asked for: the unit that `decide` answers. An AWS call may need several. */
export interface AccessRequest<Who = Caller> {
  readonly caller: Who;
  /** `s3:GetObject`. */
  readonly action: string;
  /** The full ARN, or `*` where the action has no resource that the service names. */
  readonly resource: string;
  /** The account that owns the resource; the caller's own for actions without one. */
  readonly resourceAccountId: string;
  /**
   * The condition keys that are present, as in `aws:SourceIp`; a key that is not here is absent. Names are compared without
   * regard to case. Several values only for multivalued keys. Keys that follow from the caller (`aws:PrincipalArn`,
   * `aws:username`, `aws:PrincipalTag/…`, `aws:TokenIssueTime`, …) are added by `decide`; one given here wins.
   */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
  /** `aws:ResourceTag/…`, where the action and the kind of resource support it. */
  readonly resourceTags?: Tags;
  /** The organization that the accounts of the request are in. */
  readonly organization?: Organization;
}

/** An organization of AWS Organizations, as far as a decision needs it. */
export interface Organization {
  /** `o-a1b2c3d4e5`. */
  readonly id: string;
  /** Neither service nor resource control policies reach this account. */
  readonly managementAccountId: string;
  /**
   * The path of each member, `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`, by account: `aws:PrincipalOrgPaths`. Who is not here is outside
   * of the organization, save for the management account. Absent: the caller's account is inside.
   */
  readonly paths?: Readonly<Record<string, string>>;
  /** The delegated administrators for IAM, who may call AssumeRoot besides the management account. */
  readonly delegatedAdministrators?: readonly string[];
}

/** A request of any principal that the engine can decide for. */
export type AnyRequest = AccessRequest<AnyCaller>;

/** The policies that can speak about one request, by layer. */
export interface ApplicablePolicies {
  readonly identity: readonly AttachedPolicy[];
  readonly boundary?: AttachedPolicy;
  /** Absent where the session was made without session policies; an empty list allows nothing. */
  readonly session?: readonly AttachedPolicy[];
  /** The bucket policy, queue policy …, or for sts:AssumeRole the role's trust policy (layer `trust`). */
  readonly resource?: AttachedPolicy;
  /** The service control policies over the caller's account, by level: root, organizational units, account. Each level must allow. */
  readonly serviceControl?: readonly (readonly AttachedPolicy[])[];
  /** The resource control policies over the resource's account, by level. RCPFullAWSAccess is always there besides. */
  readonly resourceControl?: readonly (readonly AttachedPolicy[])[];
  /** The policy of the VPC endpoint that the request came through; absent where it came through none. */
  readonly vpcEndpoint?: readonly AttachedPolicy[];
  /** The grants of the KMS key that is asked for. Its key policy is `resource`; without one the default key policy is taken. */
  readonly grants?: readonly KmsGrant[];
  /** The access control lists of the bucket and the object. */
  readonly acl?: AccessControl;
  /** S3 Block Public Access of access point, bucket, account and organization: what one of them blocks is blocked. */
  readonly publicAccessBlocks?: readonly PublicAccessBlock[];
}

/** A grant of a KMS key. AWS KMS API, "GrantListEntry". */
export interface KmsGrant {
  readonly id: string;
  /** The key's ARN, or its id. */
  readonly keyId: string;
  /** The ARN of a principal, or the name of a service. */
  readonly granteePrincipal: string;
  readonly retiringPrincipal?: string;
  /** `Decrypt`, `GenerateDataKey` … */
  readonly operations: readonly string[];
  readonly constraints?: {
    readonly encryptionContextSubset?: Readonly<Record<string, string>>;
    readonly encryptionContextEquals?: Readonly<Record<string, string>>;
  };
}

/** S3's access control lists, as they are asked. Amazon S3 User Guide, "Access control list (ACL) overview". */
export interface AccessControl {
  /** Object Ownership. `BucketOwnerEnforced`, the default of new buckets, turns access control lists off. */
  readonly ownership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter';
  readonly bucket: readonly AclGrant[];
  readonly object?: readonly AclGrant[];
  /** The account that owns the object; the bucket's where absent. The bucket's policy gives away only what its owner owns. */
  readonly objectOwnerAccountId?: string;
}

/** A grantee and what it gets. The account that a canonical user id stands for is looked up by who asks. */
export interface AclGrant {
  readonly grantee:
    | { readonly kind: 'account'; readonly accountId: string }
    | { readonly kind: 'all-users' }
    | { readonly kind: 'authenticated-users' };
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
}

/** The settings of S3 Block Public Access that bear on requests. The two others keep public policies and ACLs from being saved. */
export interface PublicAccessBlock {
  readonly ignorePublicAcls: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** The state of an account as the engine sees it. */
export interface AccountModel {
  /** The policies that can speak about a request. The resource's account and the caller's may differ. */
  policiesFor(request: AnyRequest): ApplicablePolicies;
}

/** A statement that took part in a decision. */
export interface DecisiveStatement {
  readonly policy: AttachedPolicy;
  /** Place in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
}

/**
 * The verdict on one request, with its reason. `statements`, `near` and `reason` are put together when they are first read, and kept:
 * a copy of the object's own properties has none of them, its JSON has all.
 */
export interface Decision {
  readonly verdict: 'allowed' | 'implicitly-denied' | 'explicitly-denied';
  /** The layer that decided: for a denial the one that AWS's message names, for an allow the one that granted. */
  readonly layer: Layer;
  /** The statements that allowed or explicitly denied. Empty for an implicit denial, and for root's own rights. */
  readonly statements: readonly DecisiveStatement[];
  /** For an implicit denial: Allow statements on this action that came near, and why each did not apply. */
  readonly near: readonly NearMiss[];
  /**
   * Whether AWS documents the rule that decided, others have observed it at AWS, or a cautious reading was taken
   * (docs/assumptions.md).
   */
  readonly basis: 'documented' | 'observed' | 'assumed';
  /** One sentence for people: who, what, on what, which statement of which policy in which layer. */
  readonly reason: string;
}

/** A statement that would have decided otherwise but for one element. */
export interface NearMiss {
  readonly statement: DecisiveStatement;
  readonly element: 'Principal' | 'NotPrincipal' | 'Action' | 'NotAction' | 'Resource' | 'NotResource' | 'Condition';
  /** `aws:SourceIp 10.1.2.3 is not in 203.0.113.0/24`. */
  readonly because: string;
}
