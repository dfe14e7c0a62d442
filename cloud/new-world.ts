import { emptyAccessAnalyzerState } from './services/accessanalyzer/state.ts';
import { emptyCloudFormationState } from './services/cloudformation/state.ts';
import { emptyCloudTrailState } from './services/cloudtrail/state.ts';
import { emptyCognitoIdentityState } from './services/cognitoidentity/state.ts';
import { emptyDynamoDbState } from './services/dynamodb/state.ts';
import { emptyEc2State } from './services/ec2/state.ts';
import { emptyEventsState } from './services/events/state.ts';
import { emptyIamState } from './services/iam/state.ts';
import { emptyKmsState } from './services/kms/state.ts';
import { emptyLambdaState } from './services/lambda/state.ts';
import { emptyLogsState } from './services/logs/state.ts';
import { emptyOrganizationsState } from './services/organizations/state.ts';
import { emptyS3State } from './services/s3/state.ts';
import { emptySchedulerState } from './services/scheduler/state.ts';
import { emptySecretsManagerState } from './services/secretsmanager/state.ts';
import { emptySnsState } from './services/sns/state.ts';
import { emptySqsState } from './services/sqs/state.ts';
import { emptySsmState } from './services/ssm/state.ts';
import { emptyStsState } from './services/sts/state.ts';
import type { Account, World } from './world.ts';

/** What every new account has, and all of them share until something is made in it. */
const emptyAccount: Omit<Account, 'id'> = {
  iam: emptyIamState,
  sts: emptyStsState,
  s3: emptyS3State,
  ssm: emptySsmState,
  secretsmanager: emptySecretsManagerState,
  kms: emptyKmsState,
  sqs: emptySqsState,
  sns: emptySnsState,
  dynamodb: emptyDynamoDbState,
  lambda: emptyLambdaState,
  ec2: emptyEc2State,
  cloudtrail: emptyCloudTrailState,
  organizations: emptyOrganizationsState,
  accessanalyzer: emptyAccessAnalyzerState,
  cloudformation: emptyCloudFormationState,
  scheduler: emptySchedulerState,
  events: emptyEventsState,
  cognitoidentity: emptyCognitoIdentityState,
  logs: emptyLogsState,
};

/** An account with nothing in it. */
export function newAccount(id: string): Account {
  return { id, ...emptyAccount };
}

/** A sandbox with one empty account, and as many neighbours, its clock at real time. @param options neighbours: ids by name */
export function newWorld(options: {
  readonly accountId: string;
  readonly region: string;
  readonly neighbours?: Readonly<Record<string, string>>;
}): World {
  const { accountId, region, neighbours = {} } = options;
  const ids = [accountId, ...Object.values(neighbours)];
  return {
    region,
    clockOffset: 0,
    primaryAccountId: accountId,
    ...(ids.length > 1 && { neighbours }),
    accounts: Object.fromEntries(ids.map((id) => [id, newAccount(id)])),
  };
}
