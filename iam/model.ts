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

/** Every principal that the engine can decide for. */
export type AnyCaller = Caller | FederatedUser;

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
  | 'vpc-endpoint';

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
}

/** The state of an account as the engine sees it. */
export interface AccountModel {
  /** The policies that can speak about a request. The resource's account and the caller's may differ. */
  policiesFor(request: AccessRequest): ApplicablePolicies;
}

/** A statement that took part in a decision. */
export interface DecisiveStatement {
  readonly policy: AttachedPolicy;
  /** Place in the policy, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
}

/** The verdict on one request, with its reason. */
export interface Decision {
  readonly verdict: 'allowed' | 'implicitly-denied' | 'explicitly-denied';
  /** The layer that decided: for a denial the one that AWS's message names, for an allow the one that granted. */
  readonly layer: Layer;
  /** The statements that allowed or explicitly denied. Empty for an implicit denial, and for root's own rights. */
  readonly statements: readonly DecisiveStatement[];
  /** For an implicit denial: Allow statements on this action that came near, and why each did not apply. */
  readonly near: readonly NearMiss[];
  /** Whether AWS documents the rule that decided, or a cautious reading was taken (docs/assumptions.md). */
  readonly basis: 'documented' | 'assumed';
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
