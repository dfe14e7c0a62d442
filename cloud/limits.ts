/**
 * What one sandbox may hold and do. A service's own limits stand in its folder (`limits.ts`) and are gathered here; it answers with the
 * error that AWS has for it.
 */

import { accessAnalyzerLimits } from './services/accessanalyzer/limits.ts';
import { cloudFormationLimits } from './services/cloudformation/limits.ts';
import { cloudtrailLimits } from './services/cloudtrail/limits.ts';
import { cognitoIdentityLimits } from './services/cognitoidentity/limits.ts';
import { dynamoDbLimits } from './services/dynamodb/limits.ts';
import { ec2Limits } from './services/ec2/limits.ts';
import { eventsLimits } from './services/events/limits.ts';
import { kmsLimits } from './services/kms/limits.ts';
import { lambdaLimits } from './services/lambda/limits.ts';
import { logsLimits } from './services/logs/limits.ts';
import { organizationsLimits } from './services/organizations/limits.ts';
import { s3Limits } from './services/s3/limits.ts';
import { schedulerLimits } from './services/scheduler/limits.ts';
import { secretsManagerLimits } from './services/secretsmanager/limits.ts';
import { snsLimits } from './services/sns/limits.ts';
import { sqsLimits } from './services/sqs/limits.ts';
import { ssmLimits } from './services/ssm/limits.ts';
import { stsLimits } from './services/sts/limits.ts';

const MiB = 1024 * 1024;

/** What bounds a sandbox whatever the service, each with its reason. */
const sandboxLimits = {
  /**
   * Bytes of all slices of all accounts, as JSON: the state stands in memory and in each snapshot. Larger than what the services'
   * own limits let one of them hold, so that it is met by who fills several. What makes the state smaller is always done.
   */
  stateBytes: 16 * MiB,
  /** Calls that services make within each other: a rule whose target sends the event that the rule waits for. Lambda stops loops at 16. */
  callDepth: 16,
  /** Calls that services make for one call, all depths together: a topic with many queues, a stack with many resources. */
  callsWithinCall: 1000,
  /** Due moments that are caught up with one by one when a clock is moved on; what is due after them is done once, as of now. */
  ticksAtOnce: 100,
} as const;

export const limits = {
  sandbox: sandboxLimits,
  accessanalyzer: accessAnalyzerLimits,
  dynamodb: dynamoDbLimits,
  ec2: ec2Limits,
  events: eventsLimits,
  cloudformation: cloudFormationLimits,
  cloudtrail: cloudtrailLimits,
  cognitoidentity: cognitoIdentityLimits,
  lambda: lambdaLimits,
  logs: logsLimits,
  kms: kmsLimits,
  organizations: organizationsLimits,
  s3: s3Limits,
  scheduler: schedulerLimits,
  secretsmanager: secretsManagerLimits,
  sns: snsLimits,
  sqs: sqsLimits,
  ssm: ssmLimits,
  sts: stsLimits,
} as const;
