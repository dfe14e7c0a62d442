import type { ServiceModel } from '../cloud/wire/model.ts';
import { serviceFacts } from '../cloud/wire/service-model.ts';
import { readServiceModel } from '../cloud/wire/table.ts';

/** A service's table is fetched when its first command is typed; nothing of it is loaded before. */
const loaders: Readonly<Record<string, () => Promise<ServiceModel>>> = {
  accessanalyzer: async () =>
    readServiceModel(
      (await import('../cloud/generated/wire/access-analyzer.ts')).accessanalyzerTable,
      serviceFacts['access-analyzer'],
    ),
  cloudformation: async () =>
    readServiceModel(
      (await import('../cloud/generated/wire/cloudformation.ts')).cloudformationTable,
      serviceFacts.cloudformation,
    ),
  cloudtrail: async () =>
    readServiceModel((await import('../cloud/generated/wire/cloudtrail.ts')).cloudtrailTable, serviceFacts.cloudtrail),
  'cognito-identity': async () =>
    readServiceModel(
      (await import('../cloud/generated/wire/cognito-identity.ts')).cognitoidentityTable,
      serviceFacts['cognito-identity'],
    ),
  dynamodb: async () =>
    readServiceModel((await import('../cloud/generated/wire/dynamodb.ts')).dynamodbTable, serviceFacts.dynamodb),
  ec2: async () => readServiceModel((await import('../cloud/generated/wire/ec2.ts')).ec2Table, serviceFacts.ec2),
  events: async () =>
    readServiceModel((await import('../cloud/generated/wire/events.ts')).eventsTable, serviceFacts.events),
  iam: async () => readServiceModel((await import('../cloud/generated/wire/iam.ts')).iamTable, serviceFacts.iam),
  kms: async () => readServiceModel((await import('../cloud/generated/wire/kms.ts')).kmsTable, serviceFacts.kms),
  lambda: async () =>
    readServiceModel((await import('../cloud/generated/wire/lambda.ts')).lambdaTable, serviceFacts.lambda),
  logs: async () => readServiceModel((await import('../cloud/generated/wire/logs.ts')).logsTable, serviceFacts.logs),
  organizations: async () =>
    readServiceModel(
      (await import('../cloud/generated/wire/organizations.ts')).organizationsTable,
      serviceFacts.organizations,
    ),
  s3api: async () => readServiceModel((await import('../cloud/generated/wire/s3.ts')).s3Table, serviceFacts.s3),
  s3control: async () =>
    readServiceModel(
      (await import('../cloud/generated/wire/s3-control.ts')).s3controlTable,
      serviceFacts['s3-control'],
    ),
  scheduler: async () =>
    readServiceModel((await import('../cloud/generated/wire/scheduler.ts')).schedulerTable, serviceFacts.scheduler),
  secretsmanager: async () =>
    readServiceModel(
      (await import('../cloud/generated/wire/secretsmanager.ts')).secretsmanagerTable,
      serviceFacts.secretsmanager,
    ),
  sns: async () => readServiceModel((await import('../cloud/generated/wire/sns.ts')).snsTable, serviceFacts.sns),
  sqs: async () => readServiceModel((await import('../cloud/generated/wire/sqs.ts')).sqsTable, serviceFacts.sqs),
  ssm: async () => readServiceModel((await import('../cloud/generated/wire/ssm.ts')).ssmTable, serviceFacts.ssm),
  sts: async () => readServiceModel((await import('../cloud/generated/wire/sts.ts')).stsTable, serviceFacts.sts),
};

const loaded = new Map<string, Promise<ServiceModel>>();

/** The wire model of a service by its CLI name; undefined where the sandbox offers none. */
export async function loadService(name: string): Promise<ServiceModel | undefined> {
  const key = name === 's3' ? 's3api' : name;
  const load = Object.hasOwn(loaders, key) ? loaders[key] : undefined;
  if (!load) return undefined;
  const model = loaded.get(key) ?? load();
  loaded.set(key, model);
  try {
    return await model;
  } catch (error) {
    // A chunk that did not arrive may arrive the next time.
    loaded.delete(key);
    throw error;
  }
}
