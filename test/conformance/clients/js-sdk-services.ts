/** The services beyond IAM, STS, S3 and SSM by their JavaScript clients: of each a change, a read of it, and a call that is refused. */
import * as analyzer from '@aws-sdk/client-accessanalyzer';
import * as formation from '@aws-sdk/client-cloudformation';
import * as trail from '@aws-sdk/client-cloudtrail';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as cognito from '@aws-sdk/client-cognito-identity';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as events from '@aws-sdk/client-eventbridge';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as organizations from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import * as s3control from '@aws-sdk/client-s3-control';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secrets from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import { strToU8, zipSync } from 'fflate';

/** What a client is made with, and the account it speaks to. */
export interface Spoken {
  readonly config: {
    readonly region: string;
    readonly endpoint: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly account: string;
}

/** One service: what was changed and read with what it should be, and the refused call with the name of its error. */
export interface SpokenService {
  readonly service: string;
  /** Changes something and reads it; answers `[read, expected]`. */
  changedAndRead(spoken: Spoken): Promise<readonly [unknown, unknown]>;
  refused(spoken: Spoken): Promise<unknown>;
  readonly refusal: string;
}

const NO_SUCH_KEY = '00000000-0000-4000-8000-000000000000';
const TEMPLATE = JSON.stringify({
  Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'js-stacked' } } },
});
const BYTES = new Uint8Array([0, 255, 7]);
const BLOCKS = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
const policy = (...statements: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

async function roleFor({ config }: Spoken, service: string): Promise<string | undefined> {
  const trust = policy({ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' });
  const RoleName = `js-${service.split('.')[0]}`;
  const made = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust });
  return (await new IAMClient(config).send(made)).Role?.Arn;
}

async function bucketOfTrails({ config, account }: Spoken): Promise<string> {
  const s3 = new S3Client(config);
  const Bucket = 'js-trail';
  const service = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
  const rights = policy(
    { ...service, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${Bucket}` },
    { ...service, Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/AWSLogs/${account}/*` },
  );
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: rights }));
  return Bucket;
}

/** The client puts the account's id before the endpoint's host, which an address cannot have: it is told where to go. */
const s3ControlOf = ({ config }: Spoken) =>
  new s3control.S3ControlClient({ ...config, endpointProvider: () => ({ url: new URL(config.endpoint) }) });

export const SERVICES: readonly SpokenService[] = [
  {
    service: 'access-analyzer',
    changedAndRead: async ({ config }) => {
      const client = new analyzer.AccessAnalyzerClient(config);
      await client.send(new analyzer.CreateAnalyzerCommand({ analyzerName: 'js', type: 'ACCOUNT' }));
      const read = await client.send(new analyzer.GetAnalyzerCommand({ analyzerName: 'js' }));
      return [read.analyzer?.type, 'ACCOUNT'];
    },
    refused: ({ config }) =>
      new analyzer.AccessAnalyzerClient(config).send(new analyzer.GetAnalyzerCommand({ analyzerName: 'none' })),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'cloudformation',
    changedAndRead: async ({ config, account }) => {
      const client = new formation.CloudFormationClient(config);
      await client.send(new formation.CreateStackCommand({ StackName: 'js', TemplateBody: TEMPLATE }));
      const read = await client.send(new formation.DescribeStackResourcesCommand({ StackName: 'js' }));
      const ids = read.StackResources?.map((entry) => entry.PhysicalResourceId);
      return [ids, [`arn:aws:sns:${config.region}:${account}:js-stacked`]];
    },
    refused: ({ config }) =>
      new formation.CloudFormationClient(config).send(
        new formation.CreateStackCommand({ StackName: 'js', TemplateBody: TEMPLATE }),
      ),
    refusal: 'AlreadyExistsException',
  },
  {
    service: 'cloudtrail',
    changedAndRead: async (spoken) => {
      const client = new trail.CloudTrailClient(spoken.config);
      const bucket = await bucketOfTrails(spoken);
      await client.send(new trail.CreateTrailCommand({ Name: 'js-trail', S3BucketName: bucket }));
      const read = await client.send(new trail.GetTrailCommand({ Name: 'js-trail' }));
      return [read.Trail?.S3BucketName, bucket];
    },
    refused: ({ config }) => new trail.CloudTrailClient(config).send(new trail.GetTrailCommand({ Name: 'none' })),
    refusal: 'TrailNotFoundException',
  },
  {
    service: 'cognito-identity',
    changedAndRead: async ({ config }) => {
      const client = new cognito.CognitoIdentityClient(config);
      const pool = { IdentityPoolName: 'js', AllowUnauthenticatedIdentities: true };
      const { IdentityPoolId } = await client.send(new cognito.CreateIdentityPoolCommand(pool));
      const read = await client.send(new cognito.DescribeIdentityPoolCommand({ IdentityPoolId }));
      return [read.IdentityPoolName, 'js'];
    },
    refused: ({ config }) =>
      new cognito.CognitoIdentityClient(config).send(
        new cognito.DescribeIdentityPoolCommand({ IdentityPoolId: `${config.region}:${NO_SUCH_KEY}` }),
      ),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'dynamodb',
    changedAndRead: async ({ config }) => {
      const client = new dynamodb.DynamoDBClient(config);
      const table = {
        TableName: 'js-table',
        KeySchema: [{ AttributeName: 'id', KeyType: dynamodb.KeyType.HASH }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: dynamodb.ScalarAttributeType.S }],
        BillingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      };
      const TableName = table.TableName;
      await client.send(new dynamodb.CreateTableCommand(table));
      await dynamodb.waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { TableName });
      const Item = { id: { S: '1' }, price: { N: '12.5' }, raw: { B: BYTES } };
      await client.send(new dynamodb.PutItemCommand({ TableName, Item }));
      const read = await client.send(new dynamodb.GetItemCommand({ TableName, Key: { id: { S: '1' } } }));
      return [read.Item, Item];
    },
    refused: ({ config }) =>
      new dynamodb.DynamoDBClient(config).send(new dynamodb.DescribeTableCommand({ TableName: 'none' })),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'ec2',
    changedAndRead: async ({ config }) => {
      const client = new ec2.EC2Client(config);
      const { Vpc } = await client.send(new ec2.CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
      const read = await client.send(new ec2.DescribeVpcsCommand({ VpcIds: [Vpc?.VpcId ?? ''] }));
      return [read.Vpcs?.map((vpc) => vpc.CidrBlock), ['10.9.0.0/16']];
    },
    refused: ({ config }) =>
      new ec2.EC2Client(config).send(new ec2.DescribeVpcsCommand({ VpcIds: ['vpc-00000000000000000'] })),
    refusal: 'InvalidVpcID.NotFound',
  },
  {
    service: 'events',
    changedAndRead: async ({ config }) => {
      const client = new events.EventBridgeClient(config);
      await client.send(new events.PutRuleCommand({ Name: 'js', EventPattern: '{"source":["shop"]}' }));
      const read = await client.send(new events.DescribeRuleCommand({ Name: 'js' }));
      return [JSON.parse(read.EventPattern ?? ''), { source: ['shop'] }];
    },
    refused: ({ config }) =>
      new events.EventBridgeClient(config).send(new events.DescribeRuleCommand({ Name: 'none' })),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'kms',
    changedAndRead: async ({ config }) => {
      const client = new kms.KMSClient(config);
      const { KeyMetadata } = await client.send(new kms.CreateKeyCommand({}));
      const sealed = await client.send(new kms.EncryptCommand({ KeyId: KeyMetadata?.KeyId, Plaintext: BYTES }));
      const read = await client.send(new kms.DecryptCommand({ CiphertextBlob: sealed.CiphertextBlob }));
      return [[...(read.Plaintext ?? [])], [...BYTES]];
    },
    refused: ({ config }) => new kms.KMSClient(config).send(new kms.DescribeKeyCommand({ KeyId: NO_SUCH_KEY })),
    refusal: 'NotFoundException',
  },
  {
    service: 'lambda',
    changedAndRead: async (spoken) => {
      const client = new lambda.LambdaClient(spoken.config);
      const code = strToU8('exports.handler = async (event) => ({ hello: event.name });');
      const made = {
        FunctionName: 'js',
        Runtime: lambda.Runtime.nodejs22x,
        Handler: 'index.handler',
        Role: await roleFor(spoken, 'lambda.amazonaws.com'),
        Code: { ZipFile: zipSync({ 'index.js': code }) },
      };
      const FunctionName = made.FunctionName;
      await client.send(new lambda.CreateFunctionCommand(made));
      await lambda.waitUntilFunctionActiveV2({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 2 }, { FunctionName });
      const { Payload } = await client.send(new lambda.InvokeCommand({ FunctionName, Payload: '{"name":"Bea"}' }));
      return [JSON.parse(Payload?.transformToString() ?? ''), { hello: 'Bea' }];
    },
    refused: ({ config }) =>
      new lambda.LambdaClient(config).send(new lambda.GetFunctionCommand({ FunctionName: 'none' })),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'logs',
    changedAndRead: async ({ config }) => {
      const client = new logs.CloudWatchLogsClient(config);
      await client.send(new logs.CreateLogGroupCommand({ logGroupName: '/js' }));
      const read = await client.send(new logs.DescribeLogGroupsCommand({ logGroupNamePrefix: '/js' }));
      return [read.logGroups?.map((group) => group.logGroupName), ['/js']];
    },
    refused: ({ config }) =>
      new logs.CloudWatchLogsClient(config).send(new logs.CreateLogGroupCommand({ logGroupName: '/js' })),
    refusal: 'ResourceAlreadyExistsException',
  },
  {
    service: 'organizations',
    changedAndRead: async ({ config }) => {
      const client = new organizations.OrganizationsClient(config);
      const made = await client.send(new organizations.CreateOrganizationCommand({ FeatureSet: 'ALL' }));
      const read = await client.send(new organizations.DescribeOrganizationCommand({}));
      return [read.Organization, made.Organization];
    },
    refused: ({ config }) =>
      new organizations.OrganizationsClient(config).send(new organizations.CreateOrganizationCommand({})),
    refusal: 'AlreadyInOrganizationException',
  },
  {
    service: 's3control',
    changedAndRead: async (spoken) => {
      const client = s3ControlOf(spoken);
      const AccountId = spoken.account;
      const blocked = { AccountId, PublicAccessBlockConfiguration: BLOCKS };
      await client.send(new s3control.PutPublicAccessBlockCommand(blocked));
      const read = await client.send(new s3control.GetPublicAccessBlockCommand({ AccountId }));
      await client.send(new s3control.DeletePublicAccessBlockCommand({ AccountId }));
      return [read.PublicAccessBlockConfiguration, BLOCKS];
    },
    refused: (spoken) =>
      s3ControlOf(spoken).send(new s3control.GetPublicAccessBlockCommand({ AccountId: spoken.account })),
    refusal: 'NoSuchPublicAccessBlockConfiguration',
  },
  {
    service: 'scheduler',
    changedAndRead: async (spoken) => {
      const client = new scheduler.SchedulerClient(spoken.config);
      const RoleArn = await roleFor(spoken, 'scheduler.amazonaws.com');
      const Arn = `arn:aws:sqs:${spoken.config.region}:${spoken.account}:js`;
      const schedule = {
        Name: 'js',
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: scheduler.FlexibleTimeWindowMode.OFF },
        Target: { Arn, RoleArn },
      };
      await client.send(new scheduler.CreateScheduleCommand(schedule));
      return [(await client.send(new scheduler.GetScheduleCommand({ Name: 'js' }))).Target?.RoleArn, RoleArn];
    },
    refused: ({ config }) =>
      new scheduler.SchedulerClient(config).send(new scheduler.GetScheduleCommand({ Name: 'none' })),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'secretsmanager',
    changedAndRead: async ({ config }) => {
      const client = new secrets.SecretsManagerClient(config);
      await client.send(new secrets.CreateSecretCommand({ Name: 'js', SecretBinary: BYTES }));
      const read = await client.send(new secrets.GetSecretValueCommand({ SecretId: 'js' }));
      return [[...(read.SecretBinary ?? [])], [...BYTES]];
    },
    refused: ({ config }) =>
      new secrets.SecretsManagerClient(config).send(new secrets.GetSecretValueCommand({ SecretId: 'none' })),
    refusal: 'ResourceNotFoundException',
  },
  {
    service: 'sns',
    changedAndRead: async ({ config }) => {
      const client = new sns.SNSClient(config);
      const made = new sns.CreateTopicCommand({ Name: 'js', Attributes: { DisplayName: 'Js' } });
      const { TopicArn } = await client.send(made);
      const read = await client.send(new sns.GetTopicAttributesCommand({ TopicArn }));
      return [read.Attributes?.['DisplayName'], 'Js'];
    },
    refused: ({ config, account }) =>
      new sns.SNSClient(config).send(
        new sns.GetTopicAttributesCommand({ TopicArn: `arn:aws:sns:${config.region}:${account}:none` }),
      ),
    refusal: 'NotFoundException',
  },
  {
    service: 'sqs',
    changedAndRead: async ({ config }) => {
      const client = new sqs.SQSClient(config);
      const { QueueUrl } = await client.send(new sqs.CreateQueueCommand({ QueueName: 'js' }));
      await client.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: 'hellö' }));
      const read = await client.send(new sqs.ReceiveMessageCommand({ QueueUrl }));
      return [read.Messages?.map((message) => message.Body), ['hellö']];
    },
    refused: ({ config }) => new sqs.SQSClient(config).send(new sqs.GetQueueUrlCommand({ QueueName: 'none' })),
    refusal: 'QueueDoesNotExist',
  },
];
