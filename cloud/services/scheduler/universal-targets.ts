/**
 * Universal targets, `arn:aws:scheduler:::aws-sdk:iam:createAccessKey`: an operation of any service, by the names that the AWS SDK for
 * Java has for them. EventBridge Scheduler User Guide, "Using universal targets".
 */

import type { OperationModel, ServiceModel } from '../../wire/model.ts';
import * as models from '../../wire/models.ts';
import type { Shape } from '../../wire/shape.ts';
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
export function universalInput(target: UniversalTarget, text: string | undefined): Readonly<Record<string, unknown>> {
  const json = parsed(text ?? '{}');
  const value = converted(target.operation.input, json, target, 0);
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw validation('Invalid RequestJson provided. Reason: The input is not valid JSON.');
  }
}

function converted(shape: Shape, json: unknown, target: UniversalTarget, depth: number): unknown {
  const wrong = (what: string) =>
    validation(`Invalid RequestJson provided. Reason: ${JSON.stringify(json)} is not ${what}.`);
  if (depth > deepest) throw validation('Invalid RequestJson provided. Reason: The input is nested too deeply.');
  switch (shape.kind) {
    case 'structure': {
      const members = Object.entries(recordOf(json, wrong)).map(([name, value]) => {
        const member = shape.members.find((known) => isSameName(known.name, name));
        if (member === undefined) throw unknownField(name, target);
        return [member.name, converted(member.shape, value, target, depth + 1)] as const;
      });
      return Object.fromEntries(members);
    }
    case 'map': {
      const entries = Object.entries(recordOf(json, wrong));
      return Object.fromEntries(
        entries.map(([key, value]) => [key, converted(shape.value.shape, value, target, depth + 1)]),
      );
    }
    case 'list':
      if (!Array.isArray(json)) throw wrong('a list');
      return json.map((item) => converted(shape.item.shape, item, target, depth + 1));
    case 'blob':
      return new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json));
    case 'timestamp': {
      const date = new Date(typeof json === 'number' ? json * 1000 : String(json));
      if (Number.isNaN(date.getTime())) throw wrong('a time');
      return date;
    }
    case 'string':
    case 'number':
    case 'boolean':
      if (typeof json !== shape.kind) throw wrong(`a ${shape.kind}`);
      return json;
    default:
      return json;
  }
}

/** Names of the API reference begin with a capital or do not; the SDK's may differ in that. */
function isSameName(known: string, name: string): boolean {
  return (
    known === name ||
    (known.slice(1) === name.slice(1) && known.charAt(0).toLowerCase() === name.charAt(0).toLowerCase())
  );
}

function recordOf(json: unknown, wrong: (what: string) => Error): Readonly<Record<string, unknown>> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong('an object');
  return json as Readonly<Record<string, unknown>>;
}

function unknownField(name: string, { api, service }: UniversalTarget) {
  return validation(
    `Invalid RequestJson provided. Reason: The field '${name}' is not supported by api '${api}' for the service '${service}'.`,
  );
}
