/** What CloudFormation says of a resource that failed. */
import type { AwsError } from '../../errors.ts';
import { own } from '../../own.ts';
import type { ServiceModel } from '../../wire/model.ts';
import {
  accessanalyzerModel,
  cloudtrailModel,
  cognitoidentityModel,
  dynamodbModel,
  ec2Model,
  eventsModel,
  iamModel,
  kmsModel,
  lambdaModel,
  logsModel,
  organizationsModel,
  s3Model,
  schedulerModel,
  secretsmanagerModel,
  snsModel,
  sqsModel,
  ssmModel,
} from '../../wire/models.ts';
import { statusOf } from '../../wire/protocol.ts';

/** What CloudFormation's handlers call an error (CloudFormation CLI User Guide, "Handler error codes"). */
function handlerCode({ code }: AwsError, status: number): string {
  if (/AccessDenied|Unauthorized|AuthorizationError|AuthFailure/.test(code) || status === 403) return 'AccessDenied';
  if (/AlreadyExists|AlreadyOwned|ResourceExists|Duplicate|InUse/.test(code)) return 'AlreadyExists';
  if (/NoSuch|NotFound|NonExistent|DoesNotExist/.test(code)) return 'NotFound';
  if (/LimitExceeded|TooMany|Quota/.test(code)) return 'ServiceLimitExceeded';
  if (/Throttl/.test(code)) return 'Throttling';
  if (/Conflict|DependencyViolation|NotEmpty/.test(code)) return 'ResourceConflict';
  return status >= 500 ? 'ServiceInternalError' : 'InvalidRequest';
}

/** The services that resources are of: the name that their client in a handler goes by, and what is known of their errors. */
const services: Readonly<Record<string, readonly [string, ServiceModel]>> = {
  'access-analyzer': ['AccessAnalyzer', accessanalyzerModel],
  'cognito-identity': ['CognitoIdentity', cognitoidentityModel],
  cloudtrail: ['CloudTrail', cloudtrailModel],
  dynamodb: ['DynamoDb', dynamodbModel],
  ec2: ['Ec2', ec2Model],
  events: ['EventBridge', eventsModel],
  iam: ['Iam', iamModel],
  kms: ['Kms', kmsModel],
  lambda: ['Lambda', lambdaModel],
  logs: ['CloudWatchLogs', logsModel],
  organizations: ['Organizations', organizationsModel],
  s3: ['S3', s3Model],
  scheduler: ['Scheduler', schedulerModel],
  secretsmanager: ['SecretsManager', secretsmanagerModel],
  sns: ['Sns', snsModel],
  sqs: ['Sqs', sqsModel],
  ssm: ['Ssm', ssmModel],
};

/** The reason that an event gives: what the service answered. */
export function handlerMessage(error: AwsError, service: string, requestId: string): string {
  const [name, model] = own(services, service) ?? [service, undefined];
  const status = model === undefined ? (error.status ?? 400) : statusOf(model, error);
  const said = `${error.message} (Service: ${name}, Status Code: ${status}, Request ID: ${requestId})`;
  return `Resource handler returned message: "${said} (SDK Attempt Count: 1)" (RequestToken: ${requestId}, HandlerErrorCode: ${handlerCode(error, status)})`;
}
