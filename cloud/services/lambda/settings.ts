/** The settings of a function that CreateFunction and UpdateFunctionConfiguration share, checked. */
import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import { own } from '../../own.ts';
import { keptByKey } from '../../state-key.ts';
import type { World } from '../../world.ts';
import { invalidParameter, validation } from './errors.ts';
import { lambdaLimits } from './limits.ts';
import { readLayerName, regionalKey } from './names.ts';
import type { UsedLayer, VersionState } from './state.ts';

type Settings = Omit<CreateFunctionRequest, 'Code' | 'FunctionName' | 'Role'> & UpdateFunctionConfigurationRequest;

/** What an input sets; a member that it does not give is absent. */
export type GivenSettings = { -readonly [K in keyof VersionState]?: VersionState[K] };

const largestMemory = 10_240;
const longestTimeout = 900;
const layersPerFunction = 5;

/** AWS lets no function be made or changed with these any more (Lambda Developer Guide, "Runtime deprecation"). */
const DEPRECATED =
  /^(nodejs(4\.3|4\.3-edge|6\.10|8\.10|1[0246]\.x)?|python(2\.7|3\.[678])|ruby2\.[57]|java8|go1\.x|dotnetcore.*|provided)$/;

/** @throws InvalidParameterValueException, ValidationException */
export function readSettings(input: Settings, world: World, region: string): GivenSettings {
  const given: GivenSettings = {};
  const { Runtime, Handler, Description, Timeout, MemorySize, Environment, Layers, LoggingConfig, VpcConfig } = input;
  if (Runtime !== undefined) given.runtime = checkedRuntime(Runtime);
  if (Handler !== undefined) given.handler = Handler;
  if (Description !== undefined) given.description = Description;
  if (Timeout !== undefined) given.timeout = atMost(Timeout, longestTimeout, 'timeout');
  if (MemorySize !== undefined) given.memorySize = atMost(MemorySize, largestMemory, 'memorySize');
  if (Environment !== undefined) given.environment = keptByKey(checkedVariables(Environment.Variables ?? {}));
  if (Layers !== undefined) given.layers = usedLayers(Layers, world, region);
  if (input.TracingConfig?.Mode !== undefined) given.tracingMode = input.TracingConfig.Mode;
  if (input.EphemeralStorage?.Size !== undefined) given.ephemeralStorage = input.EphemeralStorage.Size;
  if (input.DeadLetterConfig !== undefined) given.deadLetterArn = input.DeadLetterConfig.TargetArn ?? '';
  if (input.KMSKeyArn !== undefined) given.kmsKeyArn = input.KMSKeyArn;
  if (VpcConfig !== undefined) {
    given.vpc = { subnetIds: VpcConfig.SubnetIds ?? [], securityGroupIds: VpcConfig.SecurityGroupIds ?? [] };
  }
  if (LoggingConfig?.LogFormat !== undefined) given.logFormat = LoggingConfig.LogFormat;
  if (LoggingConfig?.LogGroup !== undefined) given.logGroup = LoggingConfig.LogGroup;
  if (LoggingConfig?.ApplicationLogLevel !== undefined) given.applicationLogLevel = LoggingConfig.ApplicationLogLevel;
  if (LoggingConfig?.SystemLogLevel !== undefined) given.systemLogLevel = LoggingConfig.SystemLogLevel;
  return given;
}

/** Takes away what an empty text stands for: no dead letters, AWS's own key. */
export function settled(version: VersionState): VersionState {
  const { deadLetterArn, kmsKeyArn, vpc, applicationLogLevel, systemLogLevel, ...rest } = version;
  const isJson = version.logFormat === 'JSON';
  return {
    ...rest,
    ...(deadLetterArn !== undefined && deadLetterArn !== '' && { deadLetterArn }),
    ...(kmsKeyArn !== undefined && kmsKeyArn !== '' && { kmsKeyArn }),
    ...(vpc !== undefined && vpc.subnetIds.length > 0 && { vpc }),
    ...(isJson && { applicationLogLevel: applicationLogLevel ?? 'INFO', systemLogLevel: systemLogLevel ?? 'INFO' }),
  };
}

function atMost(value: number, most: number, member: string): number {
  if (value <= most) return value;
  throw validation(
    `Value '${value}' at '${member}' failed to satisfy constraint: Member must have value less than or equal to ${most}`,
  );
}

function checkedRuntime(runtime: string): string {
  if (!DEPRECATED.test(runtime)) return runtime;
  throw invalidParameter(
    `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
  );
}

/** Lambda Developer Guide, "Defined runtime environment variables": the reserved ones. */
const RESERVED = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

function checkedVariables(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const reserved = Object.keys(variables).filter((name) => RESERVED.has(name));
  if (reserved.length > 0) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${reserved.join(', ')}`,
    );
  }
  const measured = JSON.stringify(variables);
  if (new TextEncoder().encode(measured).length > lambdaLimits.environmentBytes) {
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${measured}`,
    );
  }
  return variables;
}

function usedLayers(arns: readonly string[], world: World, region: string): readonly UsedLayer[] {
  if (arns.length > layersPerFunction) {
    throw invalidParameter(`Cannot reference more than ${layersPerFunction} layers.`);
  }
  const seen = new Map<string, string>();
  return arns.map((arn) => {
    const { name, region: place = region, accountId = '', version = '' } = readLayerName(arn);
    if (place !== region) {
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${region}.`,
      );
    }
    const layer = own(own(world.accounts, accountId)?.lambda.layers ?? {}, regionalKey(place, name));
    const found = layer && own(layer.versions, version);
    if (found === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`);
    const key = `${accountId}/${name}`;
    const other = seen.get(key);
    if (other !== undefined) {
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    }
    seen.set(key, arn);
    return { arn, code: found.code };
  });
}
