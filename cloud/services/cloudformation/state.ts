/** The stacks of an account. */
import type { Tag } from '../../templates/differences.ts';
import type { Policy } from '../../templates/resources.ts';

/** A resource of a stack. */
export interface StackResourceState {
  readonly logicalId: string;
  /** `AWS::IAM::Role`. */
  readonly type: string;
  /** What `Ref` comes to; absent where it was never made. */
  readonly physicalId?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** What it was brought to, the tags of the stack among them: JSON text, as its keys are whatever a template says. */
  readonly properties: string;
  readonly deletionPolicy: Policy;
  readonly updateReplacePolicy: Policy;
  /** `CREATE_COMPLETE`. */
  readonly status: string;
  readonly statusReason?: string;
  /** The sandbox's clock, epoch milliseconds. */
  readonly at: number;
  /** JSON text. */
  readonly metadata?: string;
}

export interface StackEventState {
  readonly id: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly at: number;
  readonly token?: string;
}

export interface StackOutputState {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What a stack, or a change set, is to be like. */
export interface StackPlan {
  readonly template: string;
  /** By name, those with defaults too. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The parameters whose values are shown to nobody. */
  readonly hidden: readonly string[];
  readonly capabilities: readonly string[];
  readonly tags: readonly Tag[];
  /** The role that makes the calls; absent where the caller's own rights do. */
  readonly roleArn?: string;
  readonly notificationArns: readonly string[];
}

export interface ChangeState {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  readonly replacement?: 'True' | 'False' | 'Conditional';
  /** The names of the properties that change. */
  readonly properties: readonly string[];
}

export interface ChangeSetState extends StackPlan {
  /** An ARN. */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly kind: 'CREATE' | 'UPDATE';
  readonly createdAt: number;
  readonly status: 'CREATE_COMPLETE' | 'FAILED';
  readonly statusReason?: string;
  readonly executionStatus: 'AVAILABLE' | 'UNAVAILABLE' | 'EXECUTE_COMPLETE' | 'OBSOLETE';
  readonly onFailure?: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';
  readonly changes: readonly ChangeState[];
}

export interface StackState extends StackPlan {
  /** An ARN. */
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly description?: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly createdAt: number;
  readonly updatedAt?: number;
  readonly deletedAt?: number;
  readonly onFailure: 'DELETE' | 'DO_NOTHING' | 'ROLLBACK';
  readonly timeoutMinutes?: number;
  readonly isProtected: boolean;
  /** A stack policy, as JSON text. */
  readonly policy?: string;
  /** The change set that it was last changed by. */
  readonly changeSetId?: string;
  /** In the order in which they were made. */
  readonly resources: readonly StackResourceState[];
  readonly outputs: readonly StackOutputState[];
  /** The names of the exports of other stacks that it uses. */
  readonly imports: readonly string[];
  /** Oldest first. */
  readonly events: readonly StackEventState[];
  /** By name, under `stateKey`. */
  readonly changeSets: Readonly<Record<string, ChangeSetState>>;
}

export interface CloudFormationState {
  /** By ARN; deleted ones are kept for a while. */
  readonly stacks: Readonly<Record<string, StackState>>;
}

/** What a new account has; one object for all of them. */
export const emptyCloudFormationState: CloudFormationState = { stacks: {} };
