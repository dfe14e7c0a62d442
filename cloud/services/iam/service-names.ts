/** What services are called in reports, by their prefix (Service Authorization Reference). */
const NAMES: Readonly<Record<string, string>> = {
  'access-analyzer': 'AWS IAM Access Analyzer',
  cloudformation: 'AWS CloudFormation',
  cloudtrail: 'AWS CloudTrail',
  'cognito-identity': 'Amazon Cognito Identity',
  dynamodb: 'Amazon DynamoDB',
  ec2: 'Amazon EC2',
  events: 'Amazon EventBridge',
  iam: 'AWS Identity and Access Management',
  kms: 'AWS Key Management Service',
  lambda: 'AWS Lambda',
  logs: 'Amazon CloudWatch Logs',
  organizations: 'AWS Organizations',
  s3: 'Amazon S3',
  scheduler: 'Amazon EventBridge Scheduler',
  secretsmanager: 'AWS Secrets Manager',
  sns: 'Amazon SNS',
  sqs: 'Amazon SQS',
  ssm: 'AWS Systems Manager',
  sts: 'AWS Security Token Service',
};

export function serviceName(prefix: string): string {
  return NAMES[prefix] ?? prefix;
}
