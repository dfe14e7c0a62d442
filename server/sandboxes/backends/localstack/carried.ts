/** What an emulator of the LocalStack family carries, in the order in which it is brought up: what others name comes first. */
import { own } from '../../../../cloud/own.ts';
import type { CarriedOperation, CarriedService } from './carried-service.ts';
import { kms } from './services/kms.ts';
import { logs } from './services/logs.ts';
import { s3 } from './services/s3.ts';
import { secretsmanager } from './services/secretsmanager.ts';
import { sns } from './services/sns.ts';
import { sqs } from './services/sqs.ts';
import { ssm } from './services/ssm.ts';

/** By the names that the cloud has for the services; each is the name of its slice of an account too. */
export const carriedServices = { kms, s3, secretsmanager, ssm, sqs, sns, logs } as const satisfies Readonly<
  Record<string, CarriedService>
>;

export type CarriedName = keyof typeof carriedServices;

export const carriedNames = Object.keys(carriedServices) as readonly CarriedName[];

/** A first call for each service that an emulator is asked: it loads a service then. */
export const firstCalls: Readonly<Record<CarriedName | 'iam', string>> = {
  iam: 'ListUsers',
  kms: 'ListKeys',
  s3: 'ListBuckets',
  secretsmanager: 'ListSecrets',
  ssm: 'DescribeParameters',
  sqs: 'ListQueues',
  sns: 'ListTopics',
  logs: 'DescribeLogGroups',
};

/** How an operation is carried; undefined where the embedded cloud answers it. */
export function carriedOperation(service: string, operation: string): CarriedOperation | undefined {
  const carried: CarriedService | undefined = own(carriedServices, service);
  return carried && own(carried.operations, operation);
}

/** Why the embedded cloud answers whole services, by name. */
export const keptServices: Readonly<Record<string, string>> = {
  iam: 'Who may do what is the policy engine’s. Changes are written through, credentials aside, so that LocalStack’s services find users, roles and profiles.',
  sts: 'Sessions are keys of the sandbox: the gateway verifies signatures by them.',
  organizations: 'LocalStack’s free edition has none.',
  cloudtrail: 'LocalStack’s free edition has none; the events are the sandbox’s own.',
  'access-analyzer': 'LocalStack’s free edition has none; findings come from the policy engine.',
  'cognito-identity': 'LocalStack’s free edition has none.',
  cloudformation:
    'Stacks act as the caller or as a passed role: each of their calls is decided, then carried as any call.',
  scheduler: 'Schedules act as a passed role: each of their calls is decided, then carried as any call.',
  events: 'Rules act for themselves or as a passed role: each of their calls is decided, then carried as any call.',
  lambda: 'Functions run with limits and as their role; LocalStack would need a Docker socket.',
  ec2: 'Instances act as their profile’s role and have a shell; an account’s first network has ids at LocalStack that no answer tells together.',
  dynamodb: 'LocalStack starts a Java program for it, which its package lacks without a download.',
  's3-control': 'What it blocks is asked by the policy engine.',
};
