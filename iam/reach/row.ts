/**
 * Known escalation paths as data: what each needs, on what, with which condition keys AWS puts into such a request, and what it
 * gives. One row for one row of the table of paths, under its number.
 */

/** Where a way is played: on the control plane, by function code, by a service that acts as the role, by a command on a host. */
export type PlayClass = 'C' | 'L' | 'C*' | 'X';

export interface Row {
  /** The first column of the table: `36`, `M2`. */
  readonly path: string;
  readonly title: string;
  readonly class: PlayClass;
  readonly ways: readonly Way[];
}

/**
 * A permission that a way needs. `on`: a bound resource (`$target`, `$policy`, `$group`, `$profile`, `$workload`, `$provider`), `*`,
 * or the ARN of a resource that is yet to be made or that the caller may name. In such an ARN a part `*` is filled in; `{name}` is
 * whatever the caller likes, `{#id}` an id that the service draws.
 */
export interface Need {
  readonly action: string;
  readonly on: string;
  /**
   * Condition keys beside the global ones: texts, bound values (also `$boundary`, `$document`, `$self`, `$tag`) or ARNs as in `on`.
   * A key whose bound value is not there is absent.
   */
  readonly context?: Readonly<Record<string, string>>;
}

export type Way =
  | AssumeRole
  | RewriteTrust
  | TakeProvider
  | TakeCredentials
  | PassRole
  | TakeWorkload
  | ReadKeys
  | Deputy
  | Change
  | ChangeAndEnter
  | NewPrincipal
  | OpenResource
  | Persist;

interface Needing {
  readonly needs: readonly Need[];
}

/** Calls sts:AssumeRole: also with session tags of the caller's choice, or with a source identity that policies ask for. */
export interface AssumeRole extends Needing {
  readonly kind: 'assume-role';
  readonly with: 'nothing' | 'tags' | 'source-identity';
}

/** Writes a trust policy that names the caller, then assumes. */
export interface RewriteTrust extends Needing {
  readonly kind: 'rewrite-trust';
}

/** Makes an identity provider that roles trust speak for the caller. `$provider` is its ARN. */
export interface TakeProvider extends Needing {
  readonly kind: 'take-provider';
  readonly provider: 'saml' | 'oidc';
}

/** Gets credentials of another user. */
export interface TakeCredentials extends Needing {
  readonly kind: 'take-credentials';
  /** What alone the credentials can call; everything where absent. */
  readonly only?: readonly string[];
  /** The credentials count as authenticated with MFA. */
  readonly mfa?: 'authenticated';
}

/** Hands a role to a service, and gets its credentials, or has the service act as the role. `$target` is the role. */
export interface PassRole extends Needing {
  readonly kind: 'pass-role';
  /** Services of which the role must trust one. */
  readonly services: readonly string[];
  /** What `iam:PassedToService` can be, where it is not the trusted service. */
  readonly passedTo?: readonly string[];
  /**
   * `held`: an instance profile that holds the role exists. `made`: the caller makes one. `swapped`: another's, whose role is
   * replaced; `own`: one that holds the caller's role. `$profile` is its ARN.
   */
  readonly profile?: 'held' | 'made' | 'swapped' | 'own';
  /** The ARN that the service gives as `aws:SourceArn` when it assumes the role. */
  readonly source?: string;
  /** What of the role's powers the caller gets; everything where absent. */
  readonly only?: readonly string[];
  /** An existing workload on which it is done. `$workload` is its ARN. */
  readonly workload?: WorkloadKind;
  /** The role is not passed to a service, but trusts a pool of Cognito for guests. */
  readonly trusted?: 'by-pool';
}

/** Takes over a workload, and with it its role. */
export interface TakeWorkload extends Needing {
  readonly kind: 'take-workload';
  readonly workload: WorkloadKind;
}

/** Reads access keys of users that lie open in a workload's settings. */
export interface ReadKeys extends Needing {
  readonly kind: 'read-keys';
  readonly workload: WorkloadKind;
}

/** Makes a workload that can be invoked, but not changed, give the caller more. */
export interface Deputy extends Needing {
  readonly kind: 'deputy';
  readonly workload: WorkloadKind;
  /** What the workload's role must be able to do to the caller. */
  readonly deputyNeeds: readonly Need[];
  readonly of: 'user' | 'role';
}

/** How a principal's policies can be changed to its gain. */
export type ChangeKind =
  | 'write-inline'
  | 'attach'
  | 'write-version'
  | 'roll-back'
  | 'write-group-inline'
  | 'attach-to-group'
  | 'join-group'
  | 'delete-inline'
  | 'detach'
  | 'delete-group-inline'
  | 'detach-from-group'
  | 'leave-group'
  | 'remove-boundary'
  | 'replace-boundary'
  | 'write-boundary'
  | 'roll-back-boundary'
  | 'tag';

/** Changes what a user or a role may do: the caller or another. */
export interface Change extends Needing {
  readonly kind: 'change';
  readonly change: ChangeKind;
  readonly of: 'user' | 'role';
  /** Needed besides where a managed policy has its five versions. */
  readonly whenFull?: readonly Need[];
}

/** One row for two: a change of another principal (as the row of `change` does it), which the caller then enters by one of the rows. */
export interface ChangeAndEnter {
  readonly kind: 'change-and-enter';
  readonly change: ChangeKind;
  readonly of: 'user' | 'role';
  readonly by: readonly string[];
}

/** Makes a principal of its own. `{role}` or `{user}` names it. */
export interface NewPrincipal extends Needing {
  readonly kind: 'new-principal';
  readonly of: 'user' | 'role';
  /** Where its policies come from. */
  readonly gets: 'inline' | 'managed' | 'group';
}

/** Writes the policy of a resource, or a grant of it. */
export interface OpenResource extends Needing {
  readonly kind: 'open-resource';
  /** The resource's ARN as in `on`; `$resource` is one that is known. */
  readonly resource: string;
  /** What is gained. */
  readonly gains: readonly Need[];
  /** By its policy, which the caller writes anew, or by a grant of the key for these operations. */
  readonly by: { readonly policy: 'written' } | { readonly grant: readonly string[] };
}

/** Stays in hand, without gaining: credentials that outlive their key, or two roles that assume one another. */
export interface Persist extends Needing {
  readonly kind: 'persist';
  readonly by: 'federation' | 'juggling';
}

/** Kinds of workloads, told by their ARNs: service, and how the resource's part begins. */
export type WorkloadKind = keyof typeof WORKLOAD_ARNS;

export const WORKLOAD_ARNS = {
  function: ['lambda:function:'],
  instance: ['ec2:instance/', 'ssm:managed-instance/'],
  'launch-template': ['ec2:launch-template/'],
  'auto-scaling-group': ['autoscaling:autoScalingGroup:'],
  stack: ['cloudformation:stack/'],
  'stack-set': ['cloudformation:stackset/'],
  bucket: ['s3:'],
  'state-machine': ['states:stateMachine:'],
  project: ['codebuild:project/'],
  'deployment-group': ['codedeploy:deploymentgroup:'],
  'task-definition': ['ecs:task-definition/'],
  cluster: ['ecs:cluster/'],
  task: ['ecs:task/'],
  'kubernetes-cluster': ['eks:cluster/'],
  'dev-endpoint': ['glue:devEndpoint/'],
  job: ['glue:job/'],
  notebook: ['sagemaker:notebook-instance/'],
  'web-service': ['apprunner:service/'],
  'job-definition': ['batch:job-definition/'],
  'code-interpreter': ['bedrock-agentcore:code-interpreter'],
  browser: ['bedrock-agentcore:browser'],
  environment: ['elasticbeanstalk:environment/'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
