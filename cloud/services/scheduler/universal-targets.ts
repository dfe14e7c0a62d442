/**
 * Universal targets, `arn:aws:scheduler:::aws-sdk:iam:createAccessKey`: an operation of any service, by the names that the AWS SDK for
 * Java has for them. EventBridge Scheduler User Guide, "Using universal targets".
 */

import type { OperationModel, ServiceModel } from '../../wire/model.ts';
import * as models from '../../wire/models.ts';
import { plainInput } from '../../wire/plain-input.ts';
import { validation } from './errors.ts';

/** By the service's name in the ARN. */
const services: Readonly<Record<string, ServiceModel>> = {
  accessanalyzer: models.accessanalyzerModel,
  cloudformation: models.cloudformationModel,
  cloudtrail: models.cloudtrailModel,
  cloudwatchlogs: models.logsModel,
  cognitoidentity: models.cognitoidentityModel,
  dynamodb: models.dynamodbModel,
  ec2: models.ec2Model,
  eventbridge: models.eventsModel,
  iam: models.iamModel,
  kms: models.kmsModel,
  lambda: models.lambdaModel,
  organizations: models.organizationsModel,
  s3: models.s3Model,
  s3control: models.s3controlModel,
  scheduler: models.schedulerModel,
  secretsmanager: models.secretsmanagerModel,
  sns: models.snsModel,
  sqs: models.sqsModel,
  ssm: models.ssmModel,
  sts: models.stsModel,
};

const ARN = /^arn:aws[\w-]*:scheduler:::aws-sdk:([^:]+):([^:]+)$/;

/** Beginnings of operations that only read: they are no targets. */
const READS =
  /^(get|describe|list|poll|receive|search|scan|query|select|read|lookup|discover|validate|batchGet|batchDescribe|batchRead|transactGet|adminGet|adminList|testMigration|retrieve|testConnection|translateDocument|isAuthorized|invokeModel)/;

export interface UniversalTarget {
  readonly service: string;
  readonly api: string;
  readonly operation: OperationModel;
}

export function isUniversal(arn: string): boolean {
  return arn.includes(':scheduler:::aws-sdk:');
}

/** How deeply an input may be nested; no operation asks for more than its items' documents do (DynamoDB: 32 levels). */
const deepest = 100;

/** The operation that an ARN names. @throws ValidationException */
export function universalTarget(arn: string): UniversalTarget {
  const [, service = '', api = ''] = ARN.exec(arn) ?? [];
  const model = Object.hasOwn(services, service) ? services[service] : undefined;
  if (model === undefined)
    throw validation(`${service === '' ? arn : service} is not a supported service for a target.`);
  if (READS.test(api)) throw validation(`${api} is not a supported api for a target.`);
  const wanted = api.toLowerCase();
  const operation = [...model.operations.values()].find(({ name }) => name.toLowerCase() === wanted);
  if (operation === undefined || !/^[a-z]/.test(api)) {
    throw validation(`${api} is not a supported api for the service ${service}.`);
  }
  return { service: model.name, api, operation };
}

/** A target's input, JSON, as the operation takes it. @throws ValidationException for what the operation does not know */
export function universalInput(target: UniversalTarget, text = '{}'): Readonly<Record<string, unknown>> {
  const json = parsed(text);
  if (isDeep(json)) throw invalid('The input is nested too deeply.');
  const input = plainInput(target.operation.input, json);
  switch (input.kind) {
    case 'ok':
      return input.value as Readonly<Record<string, unknown>>;
    case 'unknown':
      throw invalid(
        `The field '${input.name}' is not supported by api '${target.api}' for the service '${target.service}'.`,
      );
    case 'wrong':
      throw invalid(`${JSON.stringify(input.value)} is not ${input.wanted}.`);
  }
}

function invalid(reason: string) {
  return validation(`Invalid RequestJson provided. Reason: ${reason}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('The input is not valid JSON.');
  }
}

function isDeep(json: unknown): boolean {
  let level: readonly unknown[] = [json];
  for (let depth = 0; depth <= deepest; depth += 1) {
    level = level.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []));
    if (level.length === 0) return false;
  }
  return true;
}
