/** The AWS SDK's client of each service, by the service's name: where the tables come from, and the peer of the tests. */
import * as accessanalyzer from '@aws-sdk/client-accessanalyzer';
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as cognitoIdentity from '@aws-sdk/client-cognito-identity';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as lambda from '@aws-sdk/client-lambda';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as s3control from '@aws-sdk/client-s3-control';
import * as scheduler from '@aws-sdk/client-scheduler';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import type { ServiceName } from '../service-model.ts';

type ClientModule = Readonly<Record<string, unknown>>;

export const sdkClients: Readonly<Record<ServiceName, ClientModule>> = {
  'access-analyzer': accessanalyzer as unknown as ClientModule,
  cloudformation: cloudformation as unknown as ClientModule,
  cloudtrail: cloudtrail as unknown as ClientModule,
  'cognito-identity': cognitoIdentity as unknown as ClientModule,
  dynamodb: dynamodb as unknown as ClientModule,
  ec2: ec2 as unknown as ClientModule,
  events: events as unknown as ClientModule,
  iam: iam as unknown as ClientModule,
  kms: kms as unknown as ClientModule,
  lambda: lambda as unknown as ClientModule,
  logs: logs as unknown as ClientModule,
  organizations: organizations as unknown as ClientModule,
  s3: s3 as unknown as ClientModule,
  's3-control': s3control as unknown as ClientModule,
  scheduler: scheduler as unknown as ClientModule,
  secretsmanager: secretsmanager as unknown as ClientModule,
  sns: sns as unknown as ClientModule,
  sqs: sqs as unknown as ClientModule,
  ssm: ssm as unknown as ClientModule,
  sts: sts as unknown as ClientModule,
};
