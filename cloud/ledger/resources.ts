/** The resources of calls as CloudTrail names them: `AWS::IAM::Role`. */
import { parseArn } from '../../iam/arn.ts';
import { dataEventType } from './event-kinds.ts';
import type { PastCall, RecordResource } from './past-call.ts';

/** By the service in an ARN and the beginning of what comes behind the account. */
const TYPES: readonly (readonly [service: string, beginning: string, type: string])[] = [
  ['iam', 'user/', 'AWS::IAM::User'],
  ['iam', 'group/', 'AWS::IAM::Group'],
  ['iam', 'role/', 'AWS::IAM::Role'],
  ['iam', 'policy/', 'AWS::IAM::Policy'],
  ['iam', 'instance-profile/', 'AWS::IAM::InstanceProfile'],
  ['iam', 'mfa/', 'AWS::IAM::MfaDevice'],
  ['kms', 'key/', 'AWS::KMS::Key'],
  ['lambda', 'function:', 'AWS::Lambda::Function'],
  ['dynamodb', 'table/', 'AWS::DynamoDB::Table'],
  ['ec2', 'instance/', 'AWS::EC2::Instance'],
  ['ec2', 'security-group/', 'AWS::EC2::SecurityGroup'],
  ['ec2', 'volume/', 'AWS::EC2::Volume'],
  ['ec2', 'snapshot/', 'AWS::EC2::Snapshot'],
  ['secretsmanager', 'secret:', 'AWS::SecretsManager::Secret'],
  ['ssm', 'parameter/', 'AWS::SSM::Parameter'],
  ['cloudtrail', 'trail/', 'AWS::CloudTrail::Trail'],
  ['cloudformation', 'stack/', 'AWS::CloudFormation::Stack'],
  ['sns', '', 'AWS::SNS::Topic'],
  ['sqs', '', 'AWS::SQS::Queue'],
  ['logs', 'log-group:', 'AWS::Logs::LogGroup'],
  ['s3', '', 'AWS::S3::Bucket'],
];

function typeOf(arn: string): string | undefined {
  const parsed = parseArn(arn);
  if (parsed === undefined) return undefined;
  if (parsed.service === 's3' && parsed.resource.includes('/')) return 'AWS::S3::Object';
  return TYPES.find(([service, beginning]) => service === parsed.service && parsed.resource.startsWith(beginning))?.[2];
}

/** Users, groups and the like are found by name, policies and keys by ARN; what has a name within its ARN by both. */
export function namedResources(arns: readonly string[]): PastCall['named'] {
  return arns.flatMap((arn) => {
    const type = typeOf(arn);
    const resource = parseArn(arn)?.resource ?? '';
    if (type === undefined || resource.endsWith('*')) return [];
    if (type === 'AWS::S3::Object' || type === 'AWS::S3::Bucket') {
      return [{ type: 'AWS::S3::Bucket', name: resource.split('/')[0] ?? '' }];
    }
    const name = resource.split(/[/:]/).at(-1) ?? '';
    const isByName = /^AWS::IAM::(User|Group|InstanceProfile)$/.test(type);
    return [
      { type, name: arn },
      { type, name },
    ].slice(isByName ? 1 : 0, type === 'AWS::IAM::Policy' ? 1 : 2);
  });
}

/** The `resources` of a record: of data events, of keys, and of roles that are assumed. */
export function recordResources(
  service: string,
  operation: string,
  arns: readonly string[],
  ownerAccountId: string,
): readonly RecordResource[] | undefined {
  const isData = dataEventType(service, operation) !== undefined;
  if (!isData && service !== 'kms' && !(service === 'sts' && operation.startsWith('AssumeRole'))) return undefined;
  const resources = arns.flatMap((ARN): readonly RecordResource[] => {
    const type = typeOf(ARN);
    if (type === undefined) return [];
    if (type !== 'AWS::S3::Object') return [{ accountId: ownerAccountId, type, ARN }];
    return [
      { type, ARN },
      { accountId: ownerAccountId, type: 'AWS::S3::Bucket', ARN: ARN.split('/')[0] ?? ARN },
    ];
  });
  return resources.length === 0 ? undefined : resources;
}
