/**
 * The state of one sandbox: plain, serialisable data, shared structurally between sandboxes, snapshots and forks.
 * Nothing in it is a class, a Map, a Date or bytes; times are epoch milliseconds, bodies are digests of blobs.
 */
import type { AccessAnalyzerState } from './services/accessanalyzer/state.ts';
import type { CloudFormationState } from './services/cloudformation/state.ts';
import type { CloudTrailState } from './services/cloudtrail/state.ts';
import type { CognitoIdentityState } from './services/cognitoidentity/state.ts';
import type { DynamoDbState } from './services/dynamodb/state.ts';
import type { Ec2State } from './services/ec2/state.ts';
import type { EventsState } from './services/events/state.ts';
import type { IamState } from './services/iam/state.ts';
import type { KmsState } from './services/kms/state.ts';
import type { LambdaState } from './services/lambda/state.ts';
import type { LogsState } from './services/logs/state.ts';
import type { OrganizationsState } from './services/organizations/state.ts';
import type { S3State } from './services/s3/state.ts';
import type { SchedulerState } from './services/scheduler/state.ts';
import type { SecretsManagerState } from './services/secretsmanager/state.ts';
import type { SnsState } from './services/sns/state.ts';
import type { SqsState } from './services/sqs/state.ts';
import type { SsmState } from './services/ssm/state.ts';
import type { StsState } from './services/sts/state.ts';

export interface World {
  /** The region that the sandbox's profiles name, `us-east-1`. */
  readonly region: string;
  /** Milliseconds that this sandbox's clock is ahead of real time. It only grows. */
  readonly clockOffset: number;
  /** The learner's account. */
  readonly primaryAccountId: string;
  /** The ids of the other accounts by what they are to the learner: `partner`. Absent where there are none. */
  readonly neighbours?: Readonly<Record<string, string>>;
  /** Every account of the sandbox by its 12-digit id. */
  readonly accounts: Readonly<Record<string, Account>>;
}

/** One AWS account: a slice for each service, which that service alone changes. */
export interface Account {
  readonly id: string;
  readonly iam: IamState;
  readonly sts: StsState;
  readonly s3: S3State;
  readonly ssm: SsmState;
  readonly secretsmanager: SecretsManagerState;
  readonly kms: KmsState;
  readonly sqs: SqsState;
  readonly sns: SnsState;
  readonly dynamodb: DynamoDbState;
  readonly lambda: LambdaState;
  readonly ec2: Ec2State;
  readonly cloudtrail: CloudTrailState;
  readonly organizations: OrganizationsState;
  readonly accessanalyzer: AccessAnalyzerState;
  readonly cloudformation: CloudFormationState;
  readonly scheduler: SchedulerState;
  readonly events: EventsState;
  readonly cognitoidentity: CognitoIdentityState;
  readonly logs: LogsState;
}
