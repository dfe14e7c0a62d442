/** What the AWS SDK's schemas do not say about a service: from the configuration of its client (`runtimeConfig.shared.js`). */
import type { ServiceModel } from './model.ts';

/** The facts of one service. */
export type ServiceFacts = Omit<ServiceModel, 'operations' | 'errors'>;

/** The facts of the services that the embedded cloud has, by their name in it. */
export const serviceFacts = {
  iam: {
    name: 'iam',
    protocol: 'awsQuery',
    version: '2010-05-08',
    xmlNamespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
  },
  sts: {
    name: 'sts',
    protocol: 'awsQuery',
    version: '2011-06-15',
    xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  },
  s3: {
    name: 's3',
    protocol: 'restXml',
    addressing: 'buckets',
    version: '2006-03-01',
    xmlNamespace: 'http://s3.amazonaws.com/doc/2006-03-01/',
  },
  ssm: { name: 'ssm', protocol: 'awsJson1_1', version: '2014-11-06', target: 'AmazonSSM' },
  secretsmanager: {
    name: 'secretsmanager',
    protocol: 'awsJson1_1',
    version: '2017-10-17',
    target: 'secretsmanager',
  },
  kms: { name: 'kms', protocol: 'awsJson1_1', version: '2014-11-01', target: 'TrentService' },
  sqs: {
    name: 'sqs',
    protocol: 'awsJson1_0',
    version: '2012-11-05',
    target: 'AmazonSQS',
    xmlNamespace: 'http://queue.amazonaws.com/doc/2012-11-05/',
    isQueryCompatible: true,
  },
  sns: {
    name: 'sns',
    protocol: 'awsQuery',
    version: '2010-03-31',
    xmlNamespace: 'http://sns.amazonaws.com/doc/2010-03-31/',
  },
  dynamodb: { name: 'dynamodb', protocol: 'awsJson1_0', version: '2012-08-10', target: 'DynamoDB_20120810' },
  cloudtrail: { name: 'cloudtrail', protocol: 'awsJson1_1', version: '2013-11-01', target: 'CloudTrail_20131101' },
  organizations: {
    name: 'organizations',
    protocol: 'awsJson1_1',
    version: '2016-11-28',
    target: 'AWSOrganizationsV20161128',
  },
  cloudformation: {
    name: 'cloudformation',
    protocol: 'awsQuery',
    version: '2010-05-15',
    xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/',
  },
  events: { name: 'events', protocol: 'awsJson1_1', version: '2015-10-07', target: 'AWSEvents' },
  'cognito-identity': {
    name: 'cognito-identity',
    protocol: 'awsJson1_1',
    version: '2014-06-30',
    target: 'AWSCognitoIdentityService',
  },
  logs: { name: 'logs', protocol: 'awsJson1_1', version: '2014-03-28', target: 'Logs_20140328' },
  ec2: {
    name: 'ec2',
    protocol: 'ec2Query',
    version: '2016-11-15',
    xmlNamespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  },
  lambda: { name: 'lambda', protocol: 'restJson1', version: '2015-03-31' },
  'access-analyzer': { name: 'access-analyzer', protocol: 'restJson1', version: '2019-11-01' },
  scheduler: { name: 'scheduler', protocol: 'restJson1', version: '2021-06-30' },
  's3-control': {
    name: 's3-control',
    signingName: 's3',
    protocol: 'restXml',
    version: '2018-08-20',
    xmlNamespace: 'http://awss3control.amazonaws.com/doc/2018-08-20/',
  },
} as const satisfies Record<string, ServiceFacts>;

/** A service that the wire code knows, by the name that the cloud has it under. */
export type ServiceName = keyof typeof serviceFacts;
