/** What is done in a sandbox whose journal is kept: at least a change by each service that has any. */
import { zipSync } from 'fflate';

/** What earlier calls answered, by name. */
export type Answers = Readonly<Record<string, string>>;

export interface StoryCall {
  readonly service: string;
  readonly operation: string;
  readonly input: (answers: Answers) => object;
  /** What later calls need of its answer: the name, and the way to it. */
  readonly keep?: Readonly<Record<string, readonly string[]>>;
}

type Input = object | ((answers: Answers) => object);

const does = (name: string, input: Input = {}, keep?: StoryCall['keep']): StoryCall => {
  const [service = '', operation = ''] = name.split(':');
  return {
    service,
    operation,
    input: typeof input === 'function' ? (input as StoryCall['input']) : () => input,
    ...(keep && { keep }),
  };
};

const allowing = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
const everything = allowing({ Effect: 'Allow', Action: '*', Resource: '*' });
const trusting = (...services: string[]) =>
  allowing({ Effect: 'Allow', Principal: { Service: services, AWS: '*' }, Action: 'sts:AssumeRole' });

/** Puts an object into the bucket of its account, as its role: what code does is rows of its own. */
const CODE = `const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
exports.handler = async ({ bucket }) => {
  await new S3Client({}).send(new PutObjectCommand({ Bucket: bucket, Key: 'by-code', Body: 'hello' }));
  return 'put';
};`;
const code = zipSync({ 'index.js': new TextEncoder().encode(CODE) });
const bytes = (text: string) => new TextEncoder().encode(text);

const bucket = ({ account }: Answers) => `kept-${account}`;
const role = ({ account }: Answers) => `arn:aws:iam::${account}:role/worker`;
const queue = ({ account }: Answers) => `arn:aws:sqs:us-east-1:${account}:tasks`;

export const story: readonly StoryCall[] = [
  does('iam:CreateUser', { UserName: 'bea', Tags: [{ Key: 'team', Value: 'blue' }] }),
  does('iam:CreateUser', { UserName: 'gone' }),
  does('iam:DeleteUser', { UserName: 'gone' }),
  does('iam:CreateRole', {
    RoleName: 'worker',
    AssumeRolePolicyDocument: trusting(
      ...['lambda.amazonaws.com', 'scheduler.amazonaws.com', 'events.amazonaws.com', 'cloudformation.amazonaws.com'],
    ),
  }),
  does('iam:PutRolePolicy', { RoleName: 'worker', PolicyName: 'all', PolicyDocument: everything }),
  does('iam:CreateAccessKey', { UserName: 'bea' }),
  does('iam:CreatePolicy', { PolicyName: 'wide', PolicyDocument: everything }),
  does('iam:AttachUserPolicy', ({ account }: Answers) => ({
    UserName: 'bea',
    PolicyArn: `arn:aws:iam::${account}:policy/wide`,
  })),
  does('sts:GetFederationToken', { Name: 'guest', Policy: everything }),
  does('s3:CreateBucket', (answers: Answers) => ({ Bucket: bucket(answers) })),
  does('s3:PutBucketVersioning', (answers: Answers) => ({
    Bucket: bucket(answers),
    VersioningConfiguration: { Status: 'Enabled' },
  })),
  does('s3:PutObject', (answers: Answers) => ({ Bucket: bucket(answers), Key: 'a.txt', Body: bytes('one') })),
  does('s3:PutObject', (answers: Answers) => ({ Bucket: bucket(answers), Key: 'a.txt', Body: bytes('two') })),
  does('s3:DeleteObject', (answers: Answers) => ({ Bucket: bucket(answers), Key: 'a.txt' })),
  does('s3-control:PutPublicAccessBlock', ({ account }: Answers) => ({
    AccountId: account,
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, IgnorePublicAcls: true },
  })),
  does('ssm:PutParameter', { Name: '/kept/one', Value: 'v', Type: 'String' }),
  does('ssm:PutParameter', { Name: '/kept/one', Value: 'w', Type: 'String', Overwrite: true }),
  does('kms:CreateKey', { Description: 'kept' }, { key: ['KeyMetadata', 'KeyId'] }),
  does('kms:CreateAlias', ({ key }: Answers) => ({ AliasName: 'alias/kept', TargetKeyId: key })),
  does('secretsmanager:CreateSecret', { Name: 'kept', SecretString: 's', ClientRequestToken: '0'.repeat(32) }),
  does('secretsmanager:CreateSecret', { Name: 'brief', SecretString: 's', ClientRequestToken: '1'.repeat(32) }),
  does('secretsmanager:DeleteSecret', { SecretId: 'brief', RecoveryWindowInDays: 7 }),
  does('sqs:CreateQueue', { QueueName: 'tasks' }, { queueUrl: ['QueueUrl'] }),
  does('sqs:SetQueueAttributes', (answers: Answers) => ({
    QueueUrl: answers['queueUrl'],
    Attributes: {
      Policy: allowing({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queue(answers) }),
    },
  })),
  does('sqs:SendMessage', ({ queueUrl }: Answers) => ({ QueueUrl: queueUrl, MessageBody: 'm' })),
  does('sns:CreateTopic', { Name: 'news' }, { topic: ['TopicArn'] }),
  does('sns:Subscribe', (answers: Answers) => ({
    TopicArn: answers['topic'],
    Protocol: 'sqs',
    Endpoint: queue(answers),
  })),
  does('sns:Publish', ({ topic }: Answers) => ({ TopicArn: topic, Message: 'to the queue' })),
  does('dynamodb:CreateTable', {
    TableName: 'orders',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  }),
  does('dynamodb:PutItem', { TableName: 'orders', Item: { id: { S: '1' }, total: { N: '12' } } }),
  does('lambda:CreateFunction', (answers: Answers) => ({
    FunctionName: 'put',
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Role: role(answers),
    Code: { ZipFile: code },
  })),
  does('lambda:Invoke', (answers: Answers) => ({
    FunctionName: 'put',
    Payload: bytes(JSON.stringify({ bucket: bucket(answers) })),
  })),
  does('ec2:CreateVpc', { CidrBlock: '10.9.0.0/16' }, { vpc: ['Vpc', 'VpcId'] }),
  does('ec2:CreateSecurityGroup', ({ vpc }: Answers) => ({ GroupName: 'web', Description: 'web', VpcId: vpc })),
  does('logs:CreateLogGroup', { logGroupName: 'kept' }),
  does('logs:CreateLogStream', { logGroupName: 'kept', logStreamName: 's' }),
  does('organizations:CreateOrganization', { FeatureSet: 'ALL' }),
  does('access-analyzer:CreateAnalyzer', { analyzerName: 'outside', type: 'ACCOUNT' }),
  does('s3:CreateBucket', ({ account }: Answers) => ({ Bucket: `trail-${account}` })),
  does('s3:PutBucketPolicy', ({ account }: Answers) => ({
    Bucket: `trail-${account}`,
    Policy: allowing({
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action: ['s3:GetBucketAcl', 's3:PutObject'],
      Resource: [`arn:aws:s3:::trail-${account}`, `arn:aws:s3:::trail-${account}/*`],
    }),
  })),
  does('cloudtrail:CreateTrail', (answers: Answers) => ({
    Name: 'trail',
    S3BucketName: `trail-${answers['account']}`,
  })),
  does('cognito-identity:CreateIdentityPool', { IdentityPoolName: 'app', AllowUnauthenticatedIdentities: true }),
  does('scheduler:CreateSchedule', (answers: Answers) => ({
    Name: 'daily',
    ScheduleExpression: 'rate(1 day)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: queue(answers), RoleArn: role(answers), Input: 'tick' },
  })),
  does('events:PutRule', { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' }),
  does('events:PutTargets', (answers: Answers) => ({ Rule: 'hourly', Targets: [{ Id: '1', Arn: queue(answers) }] })),
  does('cloudformation:CreateStack', {
    StackName: 'kept',
    TemplateBody: JSON.stringify({
      Resources: { Made: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'made' } } },
    }),
  }),
];
