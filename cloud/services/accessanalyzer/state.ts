/** The analyzers of an account with what they found, and the policies that were written from its calls. */
export interface AccessAnalyzerState {
  /** By region and name (`analyzerKey`). */
  readonly analyzers: Readonly<Record<string, AnalyzerState>>;
  /** By the id of the job, the oldest first. */
  readonly generations: Readonly<Record<string, GenerationState>>;
}

/** What a new account has; one object for all of them. */
export const emptyAccessAnalyzerState: AccessAnalyzerState = { analyzers: {}, generations: {} };

export type AnalyzerType = 'ACCOUNT' | 'ORGANIZATION' | 'ACCOUNT_UNUSED_ACCESS' | 'ORGANIZATION_UNUSED_ACCESS';

export interface AnalyzerState {
  readonly region: string;
  readonly name: string;
  readonly type: AnalyzerType;
  readonly createdAt: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly rules: Readonly<Record<string, ArchiveRuleState>>;
  /** Of an analyzer of unused access. */
  readonly unused?: UnusedConfiguration;
  /** When the resources were looked at last. */
  readonly analyzedAt: number;
  /** What was found so far, by id. */
  readonly findings: Readonly<Record<string, FindingState>>;
}

export interface UnusedConfiguration {
  /** Days. */
  readonly age: number;
  readonly exclusions: readonly Exclusion[];
}

/** Users and roles that an analyzer of unused access passes over: all that is given must be met. */
export interface Exclusion {
  readonly accountIds?: readonly string[];
  /** One of them must be there, with every pair. */
  readonly tags?: readonly Readonly<Record<string, string>>[];
}

export interface ArchiveRuleState {
  readonly name: string;
  readonly filter: Filter;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** By the key that is asked for: `isPublic`, `principal.AWS`. All must be met. */
export type Filter = Readonly<Record<string, CriterionState>>;

export interface CriterionState {
  readonly eq?: readonly string[];
  readonly neq?: readonly string[];
  readonly contains?: readonly string[];
  readonly exists?: boolean;
}

/** What was found, whatever was said about it. */
export interface Finding {
  readonly id: string;
  readonly resource: string;
  /** `AWS::S3::Bucket`. */
  readonly resourceType: string;
  readonly ownerAccountId: string;
  readonly details: FindingDetails;
}

export interface FindingState extends Finding {
  readonly status: 'ACTIVE' | 'ARCHIVED' | 'RESOLVED';
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type FindingDetails = ExternalAccess | UnusedRole | UnusedKey | UnusedPassword | UnusedPermission;

/** Somebody outside of the zone of trust may do something. */
export interface ExternalAccess {
  readonly kind: 'ExternalAccess';
  readonly principal: Principal;
  readonly actions: readonly string[];
  /** Values by condition key. */
  readonly condition: Readonly<Record<string, string>>;
  readonly isPublic: boolean;
  /** Of a bucket what grants it. */
  readonly sources?: readonly ('POLICY' | 'BUCKET_ACL')[];
  /** Whether a resource control policy of the organization may take it away again: it is not looked at. */
  readonly hasControlPolicies: boolean;
}

/** `{kind: 'AWS', id: '*'}`. */
export interface Principal {
  readonly kind: 'AWS' | 'Federated' | 'CanonicalUser';
  readonly id: string;
}

interface LastAccessed {
  /** Absent: never, as far as is known. */
  readonly lastAccessed?: number;
}

export interface UnusedRole extends LastAccessed {
  readonly kind: 'UnusedIAMRole';
}

export interface UnusedKey extends LastAccessed {
  readonly kind: 'UnusedIAMUserAccessKey';
  readonly accessKeyId: string;
}

export interface UnusedPassword extends LastAccessed {
  readonly kind: 'UnusedIAMUserPassword';
}

export interface UnusedPermission {
  readonly kind: 'UnusedPermission';
  readonly services: readonly UnusedService[];
}

/** A service of which nothing was used, or actions of one that was. */
export interface UnusedService extends LastAccessed {
  /** `s3`. */
  readonly prefix: string;
  /** Absent where nothing of the service was used. */
  readonly actions?: readonly (LastAccessed & { readonly action: string })[];
}

/** A policy that was written from the calls of a user or role. */
export interface GenerationState {
  readonly id: string;
  readonly principalArn: string;
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly startedAt: number;
  readonly completedAt: number;
  readonly error?: { readonly code: 'AUTHORIZATION_ERROR' | 'RESOURCE_NOT_FOUND_ERROR'; readonly message: string };
  readonly trails?: {
    readonly list: readonly {
      readonly arn: string;
      readonly regions: readonly string[];
      readonly allRegions: boolean;
    }[];
    readonly startTime: number;
    readonly endTime: number;
  };
  /** The actions that were used, in order: `iam:ListUsers`. */
  readonly actions: readonly string[];
  /** Prefixes of services of which only the service is known. */
  readonly services: readonly string[];
  readonly clientToken?: string;
}
