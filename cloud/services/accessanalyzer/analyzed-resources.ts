/** The resources that analyzers of external access look at. IAM User Guide, "IAM Access Analyzer supported resource types". */
import { parseArn } from '../../../iam/arn.ts';
import { own } from '../../own.ts';
import { type PolicedResource, policedResources } from '../../resource-policies.ts';
import type { Account } from '../../world.ts';

/** A resource that is looked at. */
export interface AnalyzedResource extends PolicedResource {
  /** `AWS::S3::Bucket`. */
  readonly type: string;
  readonly accountId: string;
}

const types: readonly (readonly [RegExp, string])[] = [
  [/^arn:aws:s3:::[^/]+$/, 'AWS::S3::Bucket'],
  [/^arn:aws:iam::\d+:role\//, 'AWS::IAM::Role'],
  [/^arn:aws:sqs:/, 'AWS::SQS::Queue'],
  [/^arn:aws:sns:/, 'AWS::SNS::Topic'],
  [/^arn:aws:lambda:[^:]+:\d+:function:/, 'AWS::Lambda::Function'],
  [/^arn:aws:lambda:[^:]+:\d+:layer:/, 'AWS::Lambda::LayerVersion'],
  [/^arn:aws:kms:[^:]+:\d+:key\//, 'AWS::KMS::Key'],
  [/^arn:aws:secretsmanager:/, 'AWS::SecretsManager::Secret'],
  [/^arn:aws:dynamodb:[^:]+:\d+:table\/[^/]+\/stream\//, 'AWS::DynamoDB::Stream'],
  [/^arn:aws:dynamodb:[^:]+:\d+:table\/[^/]+$/, 'AWS::DynamoDB::Table'],
];

/** Those of one region. Roles are of every region, a bucket is of its own. */
export function analyzedResources(account: Account, region: string): readonly AnalyzedResource[] {
  return policedResources(account).flatMap((resource) => {
    const [arn] = resource.arns;
    const type = types.find(([pattern]) => pattern.test(arn))?.[1];
    if (type === undefined || !isOfRegion(account, arn, region)) return [];
    return [{ ...resource, type, accountId: account.id }];
  });
}

function isOfRegion({ s3 }: Account, arn: string, region: string): boolean {
  const parsed = parseArn(arn);
  if (parsed?.service === 's3') return own(s3.buckets, parsed.resource)?.region === region;
  return parsed?.region === '' || parsed?.region === region;
}
